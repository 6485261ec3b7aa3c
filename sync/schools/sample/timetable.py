"""Maple Hall's bells and timetable: eight periods, lunch in two waves, A days and B days."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from sync.core.school.bell import BellSchedule, Period, PeriodKind
from sync.core.school.timetable import Entry, Has
from sync.schools.sample.people import (
    DEPARTMENTS,
    EAST,
    OTHERS,
    PART_TIME,
    TRAVELLING,
    WEST,
    Department,
    address,
    building_of,
    grades_of,
    room_of,
)

PERIODS = tuple("12345678")
WAVES = ("5", "6")
"""the two lunches"""
LETTERS = ("A", "B")
LATE = " late"
DAY_TYPES = tuple(letter + ending for ending in ("", LATE) for letter in LETTERS)


def bells() -> dict[str, BellSchedule]:
    """A full day from 8:00 with homeroom, and a late start at 9:40 with shorter periods."""
    return {day_type: BellSchedule(day_type, tuple(_periods(day_type.endswith(LATE)))) for day_type in DAY_TYPES}


def _periods(late: bool) -> Iterator[Period]:
    if not late:
        yield Period("Homeroom", time(8, 0), time(8, 10), PeriodKind.HOMEROOM)
    first, minutes = (time(9, 40), 35) if late else (time(8, 15), 45)
    for place, name in enumerate(PERIODS):
        start = datetime.combine(date(2000, 1, 1), first) + timedelta(minutes=place * (minutes + 5))
        yield Period(name, start.time(), (start + timedelta(minutes=minutes)).time())


def entries() -> list[Entry]:
    """Everybody's periods; late days go like full ones."""
    rows = [entry for letter in LETTERS for entry in _rows(letter)]
    return rows + [
        Entry(e.email, e.day_type + LATE, e.period, e.kind, e.section, e.course, e.grade, e.room) for e in rows
    ]


def _rows(letter: str) -> Iterator[Entry]:
    for department in DEPARTMENTS:
        for place in range(len(department.teachers)):
            yield from _day(department, place, letter)
    for name, *_ in OTHERS:
        yield Entry(address(name), letter, WAVES[0], Has.LUNCH)
    coordinator = address(OTHERS[0][0])
    for period in ("1", "2", "7"):
        yield Entry(coordinator, letter, period, Has.DUTY, course="Coaching")
    for name, *_ in OTHERS[1:]:
        for period in PERIODS if name in ("Walter Ames", "Judith Lowe") else ():
            if period != WAVES[0]:
                yield Entry(address(name), letter, period, Has.DUTY, course="School office")


def _day(department: Department, place: int, letter: str) -> Iterator[Entry]:
    name = department.teachers[place]
    email = address(name)
    lunch, own = WAVES[place % 2], _own_preps(department, place, letter)
    for period in PERIODS:
        if name in PART_TIME and period in ("6", "7", "8"):
            yield Entry(email, letter, period, Has.OFF)
        elif name in TRAVELLING and period == "4":
            yield Entry(email, letter, period, Has.TRAVEL)
        elif period == (WAVES[0] if name in PART_TIME else lunch):
            yield Entry(email, letter, period, Has.LUNCH)
        elif period == department.planning:
            yield Entry(email, letter, period, Has.PREP, course=f"{department.name} planning")
        elif period in WAVES and place % 3 == 0 and letter == LETTERS[place % 2]:
            yield Entry(email, letter, period, Has.DUTY, course="Lunch duty")
        elif period not in own:
            yield _lesson(department, place, letter, period)


def _own_preps(department: Department, place: int, letter: str) -> set[str]:
    """A prep of one's own besides the common planning, another on A days than on B days; it needs no row.

    Whoever is not there in the planning period has two.
    """
    name, turn = department.teachers[place], place + 2 * LETTERS.index(letter) + DEPARTMENTS.index(department)
    free = [period for period in PERIODS if period not in (*WAVES, department.planning)]
    if name in PART_TIME:
        free = [period for period in free if period in "1234"]
    elif name in TRAVELLING:
        free = [period for period in free if period != "4"]
    count = 2 if name in PART_TIME and department.planning in "678" else 1
    return {free[(turn + number) % len(free)] for number in range(count)}


def _lesson(department: Department, place: int, letter: str, period: str) -> Entry:
    name, number = department.teachers[place], PERIODS.index(period)
    building, teaches = building_of(place), place
    if name in TRAVELLING:
        building = EAST if number < 3 else WEST
        teaches = place - place % 2 + (building == WEST)
    grades = grades_of(teaches)
    grade = grades[(number + LETTERS.index(letter)) % len(grades)]
    return Entry(
        email=address(name),
        day_type=letter,
        period=period,
        kind=Has.CLASS,
        section=f"{department.code}{grade}-{place + 1}{letter}{period}",
        course=f"{department.name} {grade}",
        grade=grade,
        room=room_of(department, place, building),
    )
