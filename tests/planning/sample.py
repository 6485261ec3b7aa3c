"""Schools made up for measuring: as large as wished, with the loads and the departments of a big American high school.

Eight periods a day, two day types in turn, eighteen weeks. Each teacher has five classes, a lunch in one of three
waves and two other periods, one of which is at times a duty; most of a department shares a prep. Some are away for
three days; some have wishes. The same number and seed give the same school.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sync.core.school.agreement import Agreement, Goal, Kind, Rules
from sync.core.school.bell import BellSchedule, Period
from sync.core.school.days import SchoolDay
from sync.core.school.people import Person
from sync.core.school.school import Busy, School, Wish
from sync.core.school.timetable import Entry, Has, Timetable

FIRST = date(2026, 9, 7)
DEPARTMENTS = ("Maths", "English", "Science", "History", "Languages", "Art", "Music", "PE", "Support")
PERIODS = 8


def sample_school(teachers: int, seed: int, kind: Kind, weeks: int = 18) -> School:
    """A school of so many teachers and a cover person for every twelve of them."""
    draw = random.Random(seed)  # the same school for the same seed
    days = {day: SchoolDay(day, "AB"[i % 2]) for i, day in enumerate(_weekdays(weeks))}
    staff = {f"t{i:04d}@sample.example": i for i in range(teachers)}
    people = {email: _teacher(email, i, draw) for email, i in staff.items()}
    entries = [entry for email in people for entry in _timetable(email, people[email].departments[0], draw)]
    for i in range(max(4, teachers // 12)):
        email = f"c{i:03d}@sample.example"
        people[email] = Person(email, f"Cover {i}", ("cover",))
        entries += [
            Entry(email, day_type, str(p), Has.OFF)
            for day_type in "AB"
            for p in range(1, PERIODS + 1)
            if draw.random() < 0.5
        ]
    names = list(staff)
    return School(
        name=f"Sample {teachers}",
        zone=ZoneInfo("America/Chicago"),
        domain="sample.example",
        staff=people,
        bells={day_type: BellSchedule(day_type, tuple(_bells())) for day_type in "AB"},
        days=days,
        timetable=Timetable(entries),
        busy=tuple(_away(names, list(days), draw)),
        wishes=tuple(Wish(email, what, draw.choice(names)) for email in names for what in ("visit", "partner")),
        rules=Rules("default", Agreement(), Goal(kind=kind)),
    )


def _weekdays(weeks: int) -> Iterator[date]:
    for offset in range(7 * weeks):
        day = FIRST + timedelta(days=offset)
        if day.weekday() < 5:
            yield day


def _bells() -> Iterator[Period]:
    for i in range(PERIODS):
        start = datetime.combine(FIRST, time(8)) + timedelta(minutes=50 * i)
        yield Period(str(i + 1), start.time(), (start + timedelta(minutes=45)).time())


def _teacher(email: str, number: int, draw: random.Random) -> Person:
    return Person(
        email,
        f"Teacher {number}",
        grades=(str(draw.randint(9, 12)),),
        departments=(DEPARTMENTS[number % len(DEPARTMENTS)],),
        building="Main",
        room=f"{number // 12:02d}-{number % 12:02d}",
        open_to_visits=draw.random() > 0.05,
    )


def _timetable(email: str, department: str, draw: random.Random) -> Iterator[Entry]:
    common = 1 + DEPARTMENTS.index(department) % 3
    for day_type in "AB":
        lunch = draw.choice((4, 5, 6))
        rest = [p for p in range(1, PERIODS + 1) if p != lunch]
        prep = common if draw.random() < 0.8 else draw.choice(rest)
        other = draw.choice([p for p in rest if p != prep])
        for p in range(1, PERIODS + 1):
            if p == lunch:
                kind = Has.LUNCH
            elif p == prep or (p == other and draw.random() > 0.35):
                kind = Has.PREP
            else:
                kind = Has.DUTY if p == other else Has.CLASS
            yield Entry(email, day_type, str(p), kind)


def _away(names: list[str], days: list[date], draw: random.Random) -> Iterator[Busy]:
    zone = ZoneInfo("America/Chicago")
    for email in names:
        for day in draw.sample(days, min(3, len(days))):
            start = datetime.combine(day, time(0), tzinfo=zone)
            yield Busy(email, start, start + timedelta(days=1))
