"""Understanding "Who, what or when": one field in which a visitor writes whom or what they would like to see."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import reduce

from sync.core.school.focuses import Focus
from sync.core.school.lookup import folded, split
from sync.core.school.school import School
from sync.core.school.timetable import Entry
from sync.services.visits.search_dates import take_dates
from sync.services.visits.search_words import search_words


@dataclass(frozen=True)
class Wanted:
    """What a query asks for. Without a query everything fits."""

    fits: Callable[[Entry], bool] = field(default=lambda entry: True)
    hosts: frozenset[str] | None = None
    """nobody else fits; None = anybody may"""
    on: Callable[[date, str], bool] = field(default=lambda day, period: True)
    first: date | None = None
    """the first day that the query names; before it, nothing is wanted"""
    focus: tuple[str, ...] = ()
    """focuses that the query names"""


def read_query(query: str, school: School, today: date, library: Mapping[str, Focus]) -> Wanted:
    """Read a query: names, subjects, departments, grades, rooms, weekdays, dates, "period 3", or words of a focus."""
    text = folded(query)
    known = search_words()
    named_days, text = take_dates(text, today, known)
    periods = frozenset(known.period.findall(text))
    words = split(known.period.sub(" ", text))
    days = _days(words, today, named_days)
    of_time = known.weekdays.keys() | known.days_from_now.keys()
    asked = [word for word in words if word not in known.nothing and word not in of_time]
    sought = [_sought(word, school) for word in asked]
    # A word that nobody's name or lesson has may be one of a focus: that says what to look for, and rules out nobody.
    named = [_focuses(one.word, library) for one in sought if not one.hits_anything]
    narrowing = [one for one in sought if one.hits_anything or not _focuses(one.word, library)]
    return Wanted(
        fits=lambda entry: all(one.hits(entry) for one in narrowing),
        hosts=reduce(frozenset.__and__, (one.hosts for one in narrowing)) if narrowing else None,
        on=lambda day, period: (days is None or days(day)) and (not periods or period in periods),
        first=min(named_days or (), default=None),
        focus=tuple(dict.fromkeys(focus for focuses in named for focus in focuses))[:2],
    )


def _sought(word: str, school: School) -> _Sought:
    """A word as the school knows it: a subject in another language where the word itself hits nothing."""
    found, subject = _Sought(word, school), search_words().subjects.get(word)
    return found if found.hits_anything or subject is None else _Sought(subject, school)


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


def _days(words: Iterable[str], today: date, named: frozenset[date] | None) -> Callable[[date], bool] | None:
    """`Wed Dec 2` and `friday next week` say one thing twice; `tomorrow or friday` says two things."""
    known = search_words()
    dates = {today + timedelta(days=known.days_from_now[word]) for word in words if word in known.days_from_now}
    weekdays = {known.weekdays[word] for word in words if word in known.weekdays}
    if not dates and not weekdays and named is None:
        return None
    any_time = not (dates or weekdays)
    return lambda day: (named is None or day in named) and (any_time or day in dates or day.weekday() in weekdays)
