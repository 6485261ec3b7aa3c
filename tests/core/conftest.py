"""A school that each test cuts to its need."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from sync.core.school.agreement import Agreement, Goal, Rules
from sync.core.school.bell import BellSchedule, Period, PeriodKind
from sync.core.school.days import SchoolDay
from sync.core.school.people import Person
from sync.core.school.school import Busy, School, by_email
from sync.core.school.timetable import Entry, Has, Timetable

CHICAGO = ZoneInfo("America/Chicago")
MONDAY = date(2026, 9, 7)
ADA, BEN, EVE, FAY = (f"{name}@elm.example" for name in ("ada", "ben", "eve", "fay"))
BELL = "H 8:00 8:10 homeroom|1 8:15 9:00|2 9:05 9:50|3 9:55 10:40|L 10:45 11:15 lunch|4 11:20 12:05|5 12:10 12:55"
LESSONS = {ADA: "1 4", BEN: "2 3 5", EVE: "1 2 3", FAY: "3 5"}

Build = Callable[..., School]


def periods(text: str) -> tuple[Period, ...]:
    """Periods out of `name start end [kind]|...`."""
    return tuple(_period(*part.split()) for part in text.split("|"))


def _period(name: str, start: str, end: str, kind: str = "class") -> Period:
    clock = [time(*map(int, text.split(":"))) for text in (start, end)]
    return Period(name, clock[0], clock[1], PeriodKind(kind))


def build(
    agreement: Agreement | None = None,
    goal: Goal | None = None,
    lessons: Mapping[str, str] | None = None,
    rows: Sequence[Entry] = (),
    bell: str = BELL,
    days: int = 10,
    first: date = MONDAY,
    zone: ZoneInfo = CHICAGO,
    busy: Sequence[Busy] = (),
    people: Mapping[str, Mapping[str, object]] | None = None,
) -> School:
    """Elm School: four teachers, one day type "A", weekdays from Monday 7 September 2026."""
    staff = [Person(email, email.split("@")[0].capitalize(), building="East", room=f"{email[0].upper()}1")
             for email in (ADA, BEN, EVE, FAY)]  # fmt: skip
    changed = [replace(person, **(people or {}).get(person.email, {})) for person in staff]  # type: ignore[arg-type]
    taught = [
        Entry(email, "A", period, Has.CLASS)
        for email, names in (LESSONS if lessons is None else lessons).items()
        for period in names.split()
    ]
    weekdays = [day for n in range(days * 2) if (day := first + timedelta(days=n)).weekday() < 5][:days]
    return School(
        name="Elm School",
        zone=zone,
        domain="elm.example",
        staff=by_email(changed),
        bells={"A": BellSchedule("A", periods(bell))},
        days={day: SchoolDay(day, "A") for day in weekdays},
        timetable=Timetable([*taught, *rows]),
        busy=tuple(busy),
        rules=Rules(agreement=agreement or Agreement(), goal=goal or Goal()),
    )


def at(clock: str, day: date = MONDAY, zone: ZoneInfo = CHICAGO) -> datetime:
    return datetime.combine(day, time(*map(int, clock.split(":"))), tzinfo=zone)


@pytest.fixture
def elm() -> School:
    return build()
