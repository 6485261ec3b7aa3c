"""Small schools to plan for, built from a few words each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from datetime import date, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sync.core.school.agreement import Agreement, Goal, Kind, Rules
from sync.core.school.bell import BellSchedule, Period
from sync.core.school.days import SchoolDay
from sync.core.school.people import Person
from sync.core.school.school import School
from sync.core.school.timetable import Entry, Has, Timetable
from sync.planning.problem import Plan

MONDAY = date(2026, 9, 7)
KINDS = {"c": Has.CLASS, "p": Has.PREP, "d": Has.DUTY, "l": Has.LUNCH, "o": Has.OFF, "t": Has.TRAVEL}


def email(name: str) -> str:
    return f"{name}@hall.example"


def make_school(
    week: Mapping[str, Sequence[str]],
    weeks: int = 1,
    *,
    minutes: int = 45,
    roles: Mapping[str, tuple[str, ...]] | None = None,
    groups: Mapping[str, Sequence[str]] | None = None,
    people: Mapping[str, Mapping[str, Any]] | None = None,
    agreement: Mapping[str, int] | None = None,
    **goal: Any,
) -> School:
    """A school whose people are given as days of letters: `{"ada": ["cp", "pc"]}` teaches first, then has prep.

    A letter is a period of the day (class, prep, duty, lunch, off, travel; `.` is no row at all); days go round
    from Monday 7 September 2026, Saturdays and Sundays without school.
    """
    cycle = len(next(iter(week.values())))
    length = max(len(day) for days in week.values() for day in days)
    eight = timedelta(hours=8)
    periods = []
    for i in range(length):
        start = eight + timedelta(minutes=i * (minutes + 5))
        periods.append(Period(str(i + 1), _clock(start), _clock(start + timedelta(minutes=minutes))))
    bells = {f"Day {i + 1}": BellSchedule(f"Day {i + 1}", tuple(periods)) for i in range(cycle)}
    dates = [MONDAY + timedelta(days=7 * w + d) for w in range(weeks) for d in range(5)]
    days = {day: SchoolDay(day, f"Day {i % cycle + 1}") for i, day in enumerate(dates)}
    staff = {
        email(name): replace(
            Person(email(name), name.title(), (roles or {}).get(name, ("teacher",)), room=f"R-{name}"),
            **(people or {}).get(name, {}),
        )
        for name in week
    }
    entries = [
        Entry(email(name), f"Day {i + 1}", str(j + 1), KINDS[letter])
        for name, week_of in week.items()
        for i, day in enumerate(week_of)
        for j, letter in enumerate(day)
        if letter != "."
    ]
    rules = Rules("default", replace(Agreement(), **dict(agreement or {})), replace(Goal(kind=Kind.PAIR), **goal))
    named = {name: tuple(email(m) for m in members) for name, members in (groups or {}).items()}
    return School(
        name="Hall",
        zone=ZoneInfo("America/Chicago"),
        domain="hall.example",
        staff=staff,
        bells=bells,
        days=days,
        timetable=Timetable(entries),
        groups=named,
        rules=rules,
    )


def _clock(since_midnight: timedelta) -> time:
    minutes = int(since_midnight.total_seconds() // 60)
    return time(minutes // 60, minutes % 60)


def last_day(school: School) -> date:
    return max(school.days)


def as_written(plan: Plan) -> list[dict[str, str]]:
    """The rows of a plan as plan.csv has them."""
    return [asdict(row) for row in plan.rows]
