"""Maple Hall: a school of our own making, so that everything can be tried before a real one is at hand.

Its dates are made from a day that is passed in, so that its term always lies round whatever today is. Nothing in it
is random: the same day gives the same school.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sync.core.school.agreement import Rules
from sync.core.school.days import SchoolDay, Term
from sync.core.school.school import Busy, School, Wish
from sync.core.school.slots import moment
from sync.core.school.timetable import Timetable
from sync.schools.folder.rules import pack
from sync.schools.sample.people import DEPARTMENTS, DOMAIN, PART_TIME, TRAVELLING, address, building_of, people
from sync.schools.sample.timetable import LATE, LETTERS, bells, entries

NAME = "Maple Hall"
ZONE = ZoneInfo("America/Chicago")
WEEKS = 18
NO_SCHOOL = {
    (3, 4): "Teacher workshop",
    (5, 1): "Snow day",
    (7, 0): "Founders' Day",
    (10, 0): "Mid-term break",
    (10, 1): "Mid-term break",
    (10, 2): "Mid-term break",
    (10, 3): "Mid-term break",
    (10, 4): "Mid-term break",
    (14, 4): "Family conferences",
}
"""notes by week of the term and weekday, both counted from 0"""
LATE_WEEKS = (2, 6, 11, 15)
"""weeks whose Wednesday starts late, for the staff meeting"""
GROUP_SIZE = 4


def sample_school(first_day: date) -> School:
    """Maple Hall in a term of 18 weeks that begins on the Monday of `first_day`'s week."""
    monday = first_day - timedelta(days=first_day.weekday())
    days = _days(monday)
    return School(
        name=NAME,
        zone=ZONE,
        domain=DOMAIN,
        staff={person.email: person for person in people()},
        bells=bells(),
        days=days,
        timetable=Timetable(entries()),
        terms=(Term("Term", monday, monday + timedelta(weeks=WEEKS, days=-3)),),
        groups=_groups(),
        busy=_busy(days),
        wishes=_wishes(),
        rules=_rules(),
    )


def _days(monday: date) -> dict[date, SchoolDay]:
    """A and B in turn; a day without school takes no turn, so the day after a snow day is what that day was to be."""
    days: dict[date, SchoolDay] = {}
    turn = 0
    for week in range(WEEKS):
        for weekday in range(5):
            day = monday + timedelta(weeks=week, days=weekday)
            note = NO_SCHOOL.get((week, weekday), "")
            if note:
                days[day] = SchoolDay(day, "", note)
                continue
            late = weekday == 2 and week in LATE_WEEKS
            letter = LETTERS[turn % len(LETTERS)]
            days[day] = SchoolDay(day, letter + LATE if late else letter, "Late start" if late else "")
            turn += 1
    return days


def _groups() -> dict[str, tuple[str, ...]]:
    """Groups of three to five of one building who share a planning period, its departments mixed."""
    together: dict[tuple[str, str], list[str]] = defaultdict(list)
    for place in range(max(len(department.teachers) for department in DEPARTMENTS)):
        for department in DEPARTMENTS:
            name = department.teachers[place] if place < len(department.teachers) else ""
            if name and name not in (*PART_TIME, *TRAVELLING):
                together[building_of(place), department.planning].append(address(name))
    groups: dict[str, tuple[str, ...]] = {}
    for (building, planning), members in sorted(together.items()):
        count = max(1, round(len(members) / GROUP_SIZE))
        for number in range(count):
            groups[f"{building} period {planning} group {number + 1}"] = tuple(members[number::count])
    return groups


def _busy(days: dict[date, SchoolDay]) -> tuple[Busy, ...]:
    """A meeting here and there, as calendars have them."""
    school_days = [day for day in days.values() if day.is_school_day]
    found = []
    for number, (name, hour, minutes) in enumerate(
        (("Rosa Delgado", 9, 60), ("Simon Achebe", 10, 45), ("Paula Weiss", 13, 60), ("Jamal Reed", 8, 90)) * 4
    ):
        day = school_days[(7 + 11 * number) % len(school_days)].date
        start = moment(day, time(hour, 15), ZONE)
        found.append(Busy(address(name), start, start + timedelta(minutes=minutes)))
    return tuple(sorted(found, key=lambda busy: (busy.start, busy.email)))


def _wishes() -> tuple[Wish, ...]:
    visits = (("Ada Marsh", "Priya Raman"), ("Ben Castillo", "Carmen Ortiz"), ("Mei Lin", "Dora Kiss"),
              ("Jamal Reed", "Marcus Webb"), ("Sofia Romano", "Juno Park"), ("Kofi Mensah", "Rosa Delgado"),
              ("Arun Patel", "Yuki Tanaka"), ("Hana Sato", "Felix Braun"))  # fmt: skip
    partners = (("Ada Marsh", "Ben Castillo"), ("Ines Duarte", "Tom Gallagher"), ("Leo Marchetti", "Marta Vidal"))
    return tuple(Wish(address(one), "visit", address(other)) for one, other in visits) + tuple(
        Wish(address(one), "partner", address(other)) for one, other in partners
    )


def _rules() -> Rules:
    """The default pack, with the ten minutes that the way between East and West takes."""
    rules = pack("default")
    return replace(rules, agreement=replace(rules.agreement, travel_minutes=10))


def around(today: datetime) -> School:
    """Maple Hall with its term two weeks old, as demonstrations show it."""
    return sample_school((today.astimezone(ZONE) - timedelta(weeks=2)).date())
