"""Google Docs v1 of the local Workspace: a model of a document, its edits, its JSON, and the three methods."""

from sync.emulator.docs import routes

__all__ = ["routes"]
