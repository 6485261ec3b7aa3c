"""What a preflight brings: one thing that would make slots silently vanish, with the place to mend it."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

STAFF, BELLS, DAYS, TIMETABLE = "staff.csv", "bell_schedule.csv", "days.csv", "timetable.csv"
GROUPS, BUSY, WISHES = "groups.csv", "busy.csv", "wishes.csv"
FOCUS, COVERAGE = "focus.csv", "cover.csv"
SETTINGS, RULES, GOOGLE = "school.toml", "rules.toml", "Google"


@dataclass(frozen=True, slots=True)
class Gap:
    """One reason why slots are missing. `at` names the row by what stands in it; empty = the file as a whole."""

    code: str
    people: int
    """how many people it touches"""
    file: str
    field: str
    what: str
    do: str
    at: Mapping[str, str] = dataclasses.field(default_factory=dict)

    @property
    def sentence(self) -> str:
        where = ", ".join(part for part in (self.file, *self.at.values(), self.field) if part)
        return f"{where}: {self.what}; {self.do}."


@dataclass(frozen=True, slots=True)
class Reach:
    """What is known about the school's side of Google; all of it empty where nobody has looked."""

    today: date | None = None
    never_connected: frozenset[str] = frozenset()
    """people whose calendar has never answered"""
    missing_scopes: tuple[str, ...] = ()
    not_shared_with: frozenset[str] = frozenset()
    """coordinators who cannot open the Sheet"""
