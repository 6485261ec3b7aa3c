"""The face of the local Workspace: a page to sign in, look and click."""

from sync.emulator.face import pages

__all__ = ["pages"]
