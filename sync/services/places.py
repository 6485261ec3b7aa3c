"""Where the files lie that people may edit, and where a Doc is opened; the one place that knows."""

from __future__ import annotations

from pathlib import Path

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"
"""the repository's own templates; every function that reads from it takes another folder as well"""


def doc_link(doc_id: str) -> str:
    """Where people open a Doc."""
    return f"https://docs.google.com/document/d/{doc_id}/edit"
