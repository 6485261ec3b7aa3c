"""Where the files lie that people may edit; the one place that knows."""

from __future__ import annotations

from pathlib import Path

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"
"""the repository's own templates; every function that reads from it takes another folder as well"""
