"""Rows for people's eyes, in columns."""

from __future__ import annotations

from collections.abc import Sequence

import click


def in_columns(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Columns under their heads; nothing at all where there are no rows."""
    if not rows:
        return
    widths = [max(len(row[column]) for row in (heads, *rows)) for column in range(len(heads))]
    for row in (heads, *rows):
        click.echo("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())
