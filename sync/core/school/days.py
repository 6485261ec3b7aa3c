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


TURN = 8
"""the month with whose first day a school year begins"""


def school_year(day: date) -> str:
    """The school year a date lies in, as people write it: `2026-27` (it turns on 1 August)."""
    first = year_of(day)[0].year
    return f"{first}-{(first + 1) % 100:02d}"


def year_of(day: date) -> tuple[date, date]:
    """The first and the last date of the school year a date lies in."""
    first = day.year if day.month >= TURN else day.year - 1
    return date(first, TURN, 1), date(first + 1, TURN - 1, 31)
