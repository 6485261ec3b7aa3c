"""Words whose time is over: listed first, removed later (adapter: `sync.store.retention`)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Protocol


@dataclass(frozen=True, slots=True)
class DueYear:
    """A school year whose notes are due, and what became of our copies."""

    year: str
    listed_on: date
    removed_on: date | None = None
    removed: int = 0
    """entries that were taken out"""


class Retention(Protocol):
    def due(self, school: str) -> list[DueYear]: ...

    def keep(self, school: str, due: DueYear) -> None: ...

    def remove_words(self, school: str, first: date, last: date) -> int:
        """Take people's own words of these dates out of the database; returns entries. That visits were stays."""
        ...
