"""The tables, a file for each subject. What the rules promise is stated here a second time, as constraints."""

from __future__ import annotations

from sync.store.tables import (
    covers,
    docs,
    doors,
    inquiry,
    mirrors,
    news,
    notes,
    overlaps,
    plans,
    promised,
    schools,
    together,
    walks,
)
from sync.store.tables.columns import metadata

__all__ = [
    "covers",
    "docs",
    "doors",
    "inquiry",
    "metadata",
    "mirrors",
    "news",
    "notes",
    "overlaps",
    "plans",
    "promised",
    "schools",
    "together",
    "walks",
]
