"""What is odd in a school without being wrong: each a reason why slots might be fewer than somebody expects."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, time, timedelta

from sync.core.bell import spoken
from sync.core.people import TEACHER
from sync.core.school import School
from sync.core.slots import minutes_between
from sync.core.timetable import Has
from sync.schools.problems import Findings, listed, quoted


def tell_oddities(school: School, found: Findings) -> None:
    """Adds to `found` whatever a coordinator would want to look at before anybody books."""
    for tell in (
        _people,
        _addresses,
        _days,
        _clock_changes,
        _bells,
        _nobody_teaching,
        _lessons,
        _rooms,
        _groups,
        _terms,
    ):
        tell(school, found)


def _people(school: School, found: Findings) -> None:
    if not school.coordinators:
        do = "write coordinator into the roles of whoever runs the programme"
        found.odd("staff.csv", 0, "roles", "nobody is the coordinator", do)
    with_rows = {entry.email for entry in school.timetable}
    without = [
        person.name for person in school.staff.values() if person.has_role(TEACHER) and person.email not in with_rows
    ]
    if without:
        what = f"{_count(len(without), 'teacher')} without a row: {listed(without)}; all class periods read as prep"
        found.odd("timetable.csv", 0, "email", what, "add their classes, or take the role teacher from them")
    teaching = {entry.email for entry in school.timetable if entry.kind is Has.CLASS}
    some_off = {entry.email for entry in school.timetable if entry.kind is Has.OFF} & teaching
    if some_off:
        names = [school.staff[email].name for email in sorted(some_off)]
        found.odd(
            "timetable.csv",
            0,
            "kind",
            f"{listed(names)} {'are' if len(names) > 1 else 'is'} off for part of the time",
            "nothing to do: they are never booked then",
        )
    twice = [name for name, times in Counter(person.name for person in school.staff.values()).items() if times > 1]
    if twice:
        found.odd("staff.csv", 0, "name", f"the name {listed(twice)} is there twice", "check that these are two people")


def _addresses(school: School, found: Findings) -> None:
    outside = [email for email in school.staff if email.rpartition("@")[2] != school.domain]
    if outside:
        what = f"{_count(len(outside), 'address', 'addresses')} outside {school.domain}: {listed(outside)}"
        found.odd("staff.csv", 0, "email", what, "the add-on acts only for people of the school's domain")


def _days(school: School, found: Findings) -> None:
    used = {day.day_type for day in school.school_days}
    unused = [quoted(day_type) for day_type in school.bells if day_type not in used]
    if unused:
        what = f"no date has the day type {listed(unused)}"
        found.odd("bell_schedule.csv", 0, "day_type", what, "nothing to do, or add its dates to days.csv")
    if not school.school_days:
        found.odd("days.csv", 0, "day_type", "no date is a school day", "write a day type beside each school day")
    weekend = [day for day in school.school_days if day.date.weekday() > 4]
    if 0 < len(weekend) < len(school.school_days) / 10:
        what = f"{_count(len(weekend), 'school day')} on a Saturday or Sunday, first on {weekend[0].date}"
        found.odd("days.csv", 0, "date", what, "check that this is meant")


def _clock_changes(school: School, found: Findings) -> None:
    if not school.school_days:
        return
    day, last = school.school_days[0].date, school.school_days[-1].date
    while day < last:
        noon = [datetime.combine(day + timedelta(days=n), time(12), tzinfo=school.zone) for n in (0, 1)]
        if noon[0].utcoffset() != noon[1].utcoffset():
            what = f"the clocks of {school.zone.key} change on {noon[1]:%d %B %Y}"
            found.odd("days.csv", 0, "date", what, "nothing to do: bells keep their time on the wall")
        day += timedelta(days=1)


def _bells(school: School, found: Findings) -> None:
    for bell in school.bells.values():
        if not any(period.is_class for period in bell):
            what = f"day type {quoted(bell.day_type)} has no class period, so nothing can be booked on it"
            found.odd("bell_schedule.csv", 0, "kind", what, "check the kinds of its periods")
    for day in school.school_days:
        for slot, period in school.slots_of(day):
            wall = datetime.combine(day.date, period.end) - datetime.combine(day.date, period.start)
            if minutes_between(slot.start, slot.end) != wall.total_seconds() // 60:
                what = f"the clock changes during {spoken(period.name)} on {day.date}"
                found.odd("bell_schedule.csv", 0, "start", what, "check that periods at night are meant")


def _nobody_teaching(school: School, found: Findings) -> None:
    for bell in school.bells.values():
        silent = [spoken(p.name) for p in bell if p.is_class and not school.timetable.teaching(bell.day_type, p.name)]
        if silent:
            what = f"on day type {quoted(bell.day_type)} nobody teaches in {listed(silent)}"
            found.odd("timetable.csv", 0, "period", what, "add the classes, or change the kind of the period")


def _lessons(school: School, found: Findings) -> None:
    outside = Counter(
        (entry.day_type, entry.period)
        for entry in school.timetable
        if entry.kind is Has.CLASS and not _is_class_period(school, entry.day_type, entry.period)
    )
    for (day_type, period), times in outside.items():
        what = (
            f"{_count(times, 'class', 'classes')} in {spoken(period)} of {quoted(day_type)}, which is no class period"
        )
        found.odd("timetable.csv", 0, "period", what, "visits are offered in class periods only; check its kind")


def _is_class_period(school: School, day_type: str, period: str) -> bool:
    known = school.bells[day_type].period(period)
    return known is not None and known.is_class


def _rooms(school: School, found: Findings) -> None:
    shared = 0
    first = ""
    for bell in school.bells.values():
        for period in bell:
            lessons: dict[str, set[str]] = {}
            for entry in school.timetable.teaching(bell.day_type, period.name):
                if entry.room:
                    lessons.setdefault(entry.room, set()).add(entry.section or entry.course)
            for room, held in lessons.items():
                if len(held) > 1:
                    shared += 1
                    first = first or f"{room} on {quoted(bell.day_type)}, {spoken(period.name)}"
    if shared:
        what = f"{_count(shared, 'time')} a room holds two different classes at once, first {first}"
        found.odd("timetable.csv", 0, "room", what, "check that they really share it")


def _groups(school: School, found: Findings) -> None:
    for group, members in school.groups.items():
        if len(members) == 1:
            found.odd("groups.csv", 0, "group", f"{quoted(group)} has one member only", "add colleagues, or remove it")
    several = Counter(email for members in school.groups.values() for email in members)
    twice = [school.staff[email].name for email, times in several.items() if times > 1]
    if twice:
        found.odd("groups.csv", 0, "email", f"{listed(twice)} in more than one group", "nothing to do if it is meant")


def _terms(school: School, found: Findings) -> None:
    for term in school.terms:
        if not any(day.date in term for day in school.school_days):
            found.odd("school.toml", 0, "terms", f"{quoted(term.name)} has no school day", "add its days to days.csv")


def _count(number: int, one: str, many: str = "") -> str:
    return f"{number} {one if number == 1 else many or one + 's'}"
