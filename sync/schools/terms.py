"""School days for sources that have none: a term of weekdays, each given its day of the cycle."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, timedelta

from sync.core.days import SchoolDay, Term

WEEKS = 18
"""length of a term nobody gave the dates of: half a school year"""
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def term_after(today: date) -> Term:
    """Eighteen weeks from the next Monday (today, if it is one)."""
    monday = today + timedelta(days=-today.weekday() % 7)
    return Term("Term", monday, monday + timedelta(weeks=WEEKS, days=-1))


def weekday_of(name: str) -> int | None:
    """0 for Monday ... 6 for Sunday, of a name or its abbreviation of two letters or more."""
    word = name.strip().rstrip(".").lower()
    found = [n for n, weekday in enumerate(WEEKDAYS) if len(word) > 1 and weekday.startswith(word)]
    return found[0] if found else None


def days_of_cycle(term: Term, cycle: Sequence[str], left_out: Collection[str] = ()) -> dict[date, SchoolDay]:
    """Dates of a term with the cycle's days as day types.

    A cycle of named weekdays keeps them: Sunday to Thursday are Sunday to Thursday. One of five others is Monday to
    Friday by position; any other length goes round over Monday to Friday, beginning with the term. Days of the
    cycle that are `left_out` bring no school.
    """
    weekdays = [weekday_of(name) for name in cycle]
    by_weekday: dict[int, str] = {}
    if None not in weekdays and len(set(weekdays)) == len(cycle):
        by_weekday = {day: name for day, name in zip(weekdays, cycle, strict=True) if day is not None}
    elif len(cycle) == 5:
        by_weekday = dict(enumerate(cycle))
    days: dict[date, SchoolDay] = {}
    turn = 0
    for offset in range((term.last - term.first).days + 1):
        day = term.first + timedelta(days=offset)
        if by_weekday:
            day_type = by_weekday.get(day.weekday(), "")
        elif day.weekday() < 5:
            day_type, turn = cycle[turn % len(cycle)], turn + 1
        else:
            day_type = ""
        if day_type and day_type not in left_out:
            days[day] = SchoolDay(day, day_type)
    return days
