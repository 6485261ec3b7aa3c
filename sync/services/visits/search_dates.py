"""Dates in "Who, what or when": `Dec 3`, `3 de diciembre`, `12/3`, `2026-12-03`, `next week`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta

from sync.services.visits.search_words import SearchWords

_ISO = re.compile(r"\b(\d{4})-(\d{1,2})-(\d{1,2})\b")
_NUMBERS = re.compile(r"\b(\d{1,2})[/.](\d{1,2})\b")


Reading = Callable[[re.Match[str]], Iterable[date | None]]


def take_dates(text: str, today: date, known: SearchWords) -> tuple[frozenset[date] | None, str]:
    """The days that a query names, None where it names none, and the query without them.

    A day that no calendar has is named all the same: nothing is then. A day without its year is the next one of that
    name. `12/3` is read both ways, since nobody says which comes first.
    """
    found: set[date | None] = set()
    for pattern, days_of in _readings(today, known):
        for at in pattern.finditer(text):
            found.update(days_of(at))
        text = pattern.sub(" ", text)
    return (frozenset(filter(None, found)) if found else None), text


def _readings(today: date, known: SearchWords) -> Iterator[tuple[re.Pattern[str], Reading]]:
    yield _ISO, lambda at: [_day(int(at[1]), int(at[2]), int(at[3]))]
    yield _NUMBERS, lambda at: [_next(int(at[1]), int(at[2]), today), _next(int(at[2]), int(at[1]), today)]
    for pattern in known.dates:
        yield pattern, lambda at: [_next(known.months[at["month"]], int(at["day"]), today)]
    for pattern, weeks in known.weeks:
        yield pattern, _always(_week_of(today + timedelta(weeks=weeks)))


def _always(days: Iterable[date]) -> Reading:
    return lambda at: days


def _week_of(day: date) -> tuple[date, ...]:
    monday = day - timedelta(days=day.weekday())
    return tuple(monday + timedelta(days=n) for n in range(7))


def _next(month: int, number: int, today: date) -> date | None:
    days = (_day(year, month, number) for year in (today.year, today.year + 1))
    return next((day for day in days if day and day >= today), None)


def _day(year: int, month: int, number: int) -> date | None:
    try:
        return date(year, month, number)
    except ValueError:
        return None
