"""Understanding "Who, what or when": one field in which a visitor writes whom or what they would like to see."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import reduce

from sync.core.focuses import Focus
from sync.core.lookup import folded, split
from sync.core.school import School
from sync.core.timetable import Entry

_NARROW_NOTHING = (
    "a all an any anybody anyone anything at class everyone for grade in lesson lessons next of on prep room see "
    "somebody someone teacher the to today tomorrow visit with year"
)
FILLERS = frozenset(_NARROW_NOTHING.split())
"""words that narrow nothing down (those of time are read before)"""
WEEKDAYS = {
    **dict.fromkeys(("monday", "mon"), 0),
    **dict.fromkeys(("tuesday", "tue", "tues"), 1),
    **dict.fromkeys(("wednesday", "wed"), 2),
    **dict.fromkeys(("thursday", "thu", "thur", "thurs"), 3),
    **dict.fromkeys(("friday", "fri"), 4),
    **dict.fromkeys(("saturday",), 5),
    **dict.fromkeys(("sunday",), 6),
}
"""Monday = 0; "sat" and "sun" are left to the subjects that are called so"""
_PERIOD = re.compile(r"\b(?:period|p)\s?(\d+)\b")


@dataclass(frozen=True)
class Wanted:
    """What a query asks for. Without a query everything fits."""

    fits: Callable[[Entry], bool] = field(default=lambda entry: True)
    hosts: frozenset[str] | None = None
    """nobody else fits; None = anybody may"""
    on: Callable[[date, str], bool] = field(default=lambda day, period: True)
    focus: tuple[str, ...] = ()
    """focuses that the query names"""


def read_query(query: str, school: School, today: date, library: Mapping[str, Focus]) -> Wanted:
    """Read a query: names, subjects, departments, grades, rooms, weekdays, "period 3", or words of a focus."""
    text = folded(query)
    periods = frozenset(_PERIOD.findall(text))
    words = split(_PERIOD.sub(" ", text))
    days = _days(words, today)
    asked = [word for word in words if word not in FILLERS and word not in WEEKDAYS]
    sought = [_Sought(word, school) for word in asked]
    # A word that nobody's name or lesson has may be one of a focus: that says what to look for, and rules out nobody.
    named = [_focuses(one.word, library) for one in sought if not one.hits_anything]
    narrowing = [one for one in sought if one.hits_anything or not _focuses(one.word, library)]
    return Wanted(
        fits=lambda entry: all(one.hits(entry) for one in narrowing),
        hosts=reduce(frozenset.__and__, (one.hosts for one in narrowing)) if narrowing else None,
        on=lambda day, period: (days is None or days(day)) and (not periods or period in periods),
        focus=tuple(dict.fromkeys(focus for focuses in named for focus in focuses))[:2],
    )


class _Sought:
    """One word of a query, and whom and what it hits."""

    def __init__(self, word: str, school: School) -> None:
        self.word = word
        self._lookup = school.lookup
        self._words = self._lookup.like(word)
        self._people = self._lookup.people(self._words)
        self.hosts = self._people | self._lookup.teachers(self._words)
        """who is meant, or teaches what is meant at some time"""

    def hits(self, entry: Entry) -> bool:
        return entry.email in self._people or not self._words.isdisjoint(self._lookup.of_lesson(entry))

    @property
    def hits_anything(self) -> bool:
        return bool(self.hosts)


def _focuses(word: str, library: Mapping[str, Focus]) -> list[str]:
    if len(word) < 4:
        return []
    return [focus.id for focus in library.values() if any(part.startswith(word) for part in split(focus.label))]


def _days(words: Iterable[str], today: date) -> Callable[[date], bool] | None:
    relative = {"today": today, "tomorrow": today + timedelta(days=1)}
    dates = {relative[word] for word in words if word in relative}
    weekdays = {WEEKDAYS[word] for word in words if word in WEEKDAYS}
    return (lambda day: day in dates or day.weekday() in weekdays) if dates or weekdays else None
