"""School days and terms."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Term:
    """A stretch of the school year, both ends included."""

    name: str
    first: date
    last: date

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last


@dataclass(frozen=True, slots=True)
class SchoolDay:
    """A date as the school's calendar has it; without a day type nobody has school."""

    date: date
    day_type: str
    note: str = ""

    @property
    def is_school_day(self) -> bool:
        return bool(self.day_type)


def school_year(day: date) -> str:
    """The school year a date lies in, as people write it: `2026-27` (it turns on 1 August)."""
    first = day.year if day.month >= 8 else day.year - 1
    return f"{first}-{(first + 1) % 100:02d}"
