"""Gaps in days, bells and the timetable."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import datetime, time

from sync.core.preflight.gaps import BELLS, DAYS, SETTINGS, TIMETABLE, Gap, Reach
from sync.core.school.bell import spoken
from sync.core.school.people import TEACHER
from sync.core.school.school import School
from sync.core.school.slots import minutes_between
from sync.core.school.timetable import Has
from sync.core.words import counted, listed, quoted

EARLIEST, LATEST = time(6), time(21)
"""classes outside these hours are most often an afternoon written on the 12-hour clock"""


def days_gaps(school: School, reach: Reach) -> Iterator[Gap]:
    everybody = len(school.staff)
    days = school.school_days
    if not days:
        yield Gap(
            "no_days",
            everybody,
            DAYS,
            "day_type",
            "no date is a school day",
            "write a day type beside each school day",
        )
    elif reach.today and days[-1].date < reach.today:
        what = f"the last school day, {days[-1].date}, has passed"
        yield Gap("days_over", everybody, DAYS, "date", what, "add the coming school days")
    for day in sorted(school.days.values(), key=lambda one: one.date):
        if day.is_school_day and day.day_type not in school.bells:
            what = f"the day type {quoted(day.day_type)} has no bell schedule, so {day.date} has no slot"
            at = {"date": day.date.isoformat()}
            yield Gap("no_bell", everybody, DAYS, "day_type", what, "add its periods to the bell schedule", at)
    if school.zone.key in ("UTC", "Etc/UTC") and school.bells:
        what = "the time zone is UTC, so all events would stand at London's winter hours"
        yield Gap("zone", everybody, SETTINGS, "timezone", what, "write the school's own, like America/Chicago")
    for term in school.terms:
        if not any(day.date in term for day in days):
            what = f"{quoted(term.name)} has no school day"
            yield Gap("empty_term", everybody, SETTINGS, "terms", what, "add its days to days.csv")
    weekend = [day for day in days if day.date.weekday() > 4]
    if 0 < len(weekend) < len(days) / 10:
        what = f"{counted(len(weekend), 'school day')} on a Saturday or Sunday, first on {weekend[0].date}"
        at = {"date": weekend[0].date.isoformat()}
        yield Gap("weekend", 0, DAYS, "date", what, "check that this is meant", at)


def bells_gaps(school: School, reach: Reach) -> Iterator[Gap]:
    used = {day.day_type for day in school.school_days}
    unused = [quoted(day_type) for day_type in school.bells if day_type not in used]
    if unused:
        what = f"no date has the day type {listed(unused)}"
        yield Gap("unused_day_type", 0, BELLS, "day_type", what, "nothing to do, or add its dates to days.csv")
    for bell in school.bells.values():
        touched = _teachers_on(school, bell.day_type)
        if not any(period.is_class for period in bell):
            what = f"day type {quoted(bell.day_type)} has no class period, so nothing can be booked on it"
            at = {"day_type": bell.day_type}
            yield Gap("no_class_period", touched, BELLS, "kind", what, "check the kinds of its periods", at)
        for period in bell:
            at = {"day_type": bell.day_type, "period": period.name}
            if period.is_class and (period.start < EARLIEST or period.end > LATEST):
                what = f"{spoken(period.name)} is from {period.start:%H:%M} to {period.end:%H:%M}, outside school hours"
                do = "write times on the 24-hour clock, the afternoon from 13:00"
                yield Gap("outside_hours", touched, BELLS, "start", what, do, at)
    yield from _clock_gaps(school)


def _clock_gaps(school: School) -> Iterator[Gap]:
    for day in school.school_days:
        for slot, period in school.slots_of(day):
            wall = datetime.combine(day.date, period.end) - datetime.combine(day.date, period.start)
            if minutes_between(slot.start, slot.end) != wall.total_seconds() // 60:
                what = f"the clock changes during {spoken(period.name)} on {day.date}"
                at = {"day_type": day.day_type, "period": period.name}
                touched = _teachers_on(school, day.day_type)
                yield Gap("clock", touched, BELLS, "start", what, "check that periods at night are meant", at)


def timetable_gaps(school: School, reach: Reach) -> Iterator[Gap]:
    for bell in school.bells.values():
        periods = [p.name for p in bell if p.is_class and not school.timetable.teaching(bell.day_type, p.name)]
        if periods:
            what = f"on day type {quoted(bell.day_type)} nobody teaches in {listed([spoken(name) for name in periods])}"
            do = "add the classes, or change the kind of the period"
            yield Gap("nobody_teaches", _teachers_on(school, bell.day_type), TIMETABLE, "period", what, do)
    outside = defaultdict[tuple[str, str], list[str]](list)
    for entry in school.timetable:
        if entry.kind is Has.CLASS and not _is_class_period(school, entry.day_type, entry.period):
            outside[entry.day_type, entry.period].append(entry.email)
    for (day_type, period), people in outside.items():
        what = (
            f"{counted(len(people), 'class', 'classes')} in {spoken(period)} of {quoted(day_type)}, "
            "which is no class period"
        )
        at = {"email": people[0], "day_type": day_type, "period": period}
        do = "visits are offered in class periods only; check its kind"
        yield Gap("no_class_slot", len(set(people)), TIMETABLE, "period", what, do, at)
    yield from _room_gaps(school)


def _room_gaps(school: School) -> Iterator[Gap]:
    shared: list[tuple[str, str, str]] = []
    for bell in school.bells.values():
        for period in bell:
            held = defaultdict[str, set[str]](set)
            for entry in school.timetable.teaching(bell.day_type, period.name):
                if entry.room:
                    held[entry.room].add(entry.section or entry.course)
            shared += [(room, bell.day_type, period.name) for room, classes in held.items() if len(classes) > 1]
    if shared:
        room, day_type, name = shared[0]
        first = f"{room} on {quoted(day_type)}, {spoken(name)}"
        what = f"{counted(len(shared), 'time')} a room holds two different classes at once, first {first}"
        at = {"day_type": day_type, "period": name, "room": room}
        yield Gap("room_twice", 0, TIMETABLE, "room", what, "check that they really share it", at)
    nowhere = Counter(
        entry.email
        for entry in school.timetable
        if entry.kind is Has.CLASS and not entry.room and not school.person(entry.email).room
    )
    if nowhere and len(nowhere) < len({entry.email for entry in school.timetable}):
        # where no class has a room the school simply does not say rooms
        names = listed([school.staff[email].name for email in nowhere])
        what = f"nobody would find the classes of {names}: neither they nor these people have a room"
        yield Gap("no_room", len(nowhere), TIMETABLE, "room", what, "fill in the room", {"email": next(iter(nowhere))})


def _is_class_period(school: School, day_type: str, period: str) -> bool:
    bell = school.bells.get(day_type)
    known = bell.period(period) if bell else None
    return known is not None and known.is_class


def _teachers_on(school: School, day_type: str) -> int:
    """How many people have a row on a day type; all teachers where nobody has."""
    people = {entry.email for entry in school.timetable if entry.day_type == day_type}
    return len(people) or sum(person.has_role(TEACHER) for person in school.staff.values())
