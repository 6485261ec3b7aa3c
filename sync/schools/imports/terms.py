"""School days for sources that have none: a term of weekdays, each given its day of the cycle."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, timedelta

from sync.core.school.days import SchoolDay, Term
from sync.schools.imports.weekdays import weekdays_of

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


def days_of_cycle(
    term: Term, cycle: Sequence[str], left_out: Collection[str] = (), parts: int = 1, is_week: bool = False
) -> dict[date, SchoolDay]:
    """Dates of a term with the cycle's days as day types.

    A cycle of named weekdays keeps them: Sunday to Thursday are Sunday to Thursday, and where a weekday comes again a
    second week begins. One of five others, or of any length that `is_week`, is Monday, Tuesday ... by position; another
    goes round over Monday to Friday, beginning with the term. A cycle in equal `parts` gives each its share of the
    term, one after the other. Days of the cycle that are `left_out` bring no school.
    """
    weeks = _weeks(cycle, is_week)
    days: dict[date, SchoolDay] = {}
    for place, day in enumerate(_dates(term) if weeks else _working_days(term)):
        day_type = cycle[place % len(cycle)]
        if weeks:
            share = _share(day, term, parts)
            among = weeks[len(weeks) * share // parts : len(weeks) * (share + 1) // parts] or weeks
            begun = (day - term.first).days + (term.first.weekday() - next(iter(weeks[0]))) % 7
            day_type = among[begun // 7 % len(among)].get(day.weekday(), "")
        if day_type and day_type not in left_out:
            days[day] = SchoolDay(day, day_type)
    return days


def _weeks(cycle: Sequence[str], is_week: bool) -> list[dict[int, str]]:
    """The cycle's days by weekday, week after week; none for a cycle that goes round."""
    named = (
        weekdays_of(cycle) if len(cycle) > 1 else tuple(day for name in cycle if (day := weekday_of(name)) is not None)
    )
    if not named and (len(cycle) == 5 or (is_week and len(cycle) <= 7)):
        named = tuple(range(len(cycle)))
    weeks: list[dict[int, str]] = []
    for weekday, name in zip(named or (), cycle, strict=False):
        if not weeks or weekday in weeks[-1]:
            weeks.append({})
        weeks[-1][weekday] = name
    return weeks


def _share(day: date, term: Term, parts: int) -> int:
    """In which of the equal parts of the term the week of a date begins."""
    weeks = (term.last - term.first).days // 7 + 1
    return min((day - term.first).days // 7 * parts // weeks, parts - 1)


def _dates(term: Term) -> list[date]:
    return [term.first + timedelta(days=offset) for offset in range((term.last - term.first).days + 1)]


def _working_days(term: Term) -> list[date]:
    return [day for day in _dates(term) if day.weekday() < 5]
