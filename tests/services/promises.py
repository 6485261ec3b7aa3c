"""The promises, counted from the walks themselves and not by asking the rules: what the rules are to bring about."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from itertools import combinations

from sync.core.school.school import School
from sync.core.school.timetable import Has
from sync.core.visits.walk import Walk


def broken(school: School, walks: Iterable[Walk]) -> list[str]:
    """Every promise that these walks break, in words; empty is as it should be."""
    standing = [walk for walk in walks if walk.stands]
    return [
        *_two_places(school, standing),
        *_rooms_too_full(school, standing),
        *_weeks_too_full(school, standing),
        *_prep_lost(school, standing),
        *_not_as_the_timetable_has_it(school, standing),
    ]


def _two_places(school: School, walks: list[Walk]) -> list[str]:
    times: dict[str, list[tuple[datetime, datetime, str, str]]] = defaultdict(list)
    for walk in walks:
        for stop in walk.stops:
            for visitor in walk.visitors:
                times[visitor].append((stop.slot.start, stop.slot.end, stop.host, walk.key))
            whole = school.slot(stop.slot.date, stop.slot.period) or stop.slot
            times[stop.host].append((whole.start, whole.end, stop.host, ""))  # teaching, however long guests stay
    return [
        f"{person} is in two places at {second[0]}"
        for person, taken in times.items()
        for first, second in combinations(sorted(set(taken)), 2)
        if second[0] < first[1]
    ]


def _rooms_too_full(school: School, walks: list[Walk]) -> list[str]:
    guests = Counter(
        (stop.host, stop.slot.date, stop.slot.period) for walk in walks for stop in walk.stops for _ in walk.visitors
    )
    return [f"{place} has {count} guests" for place, count in guests.items() if count > school.rules.agreement.room_cap]


def _weeks_too_full(school: School, walks: list[Walk]) -> list[str]:
    weeks = Counter((visitor, walk.stops[0].slot.date.isocalendar()[:2]) for walk in walks for visitor in walk.visitors)
    most = school.rules.agreement.max_visits_per_week
    return [f"{who} has {count} visits in one week" for who, count in weeks.items() if most and count > most]


def _prep_lost(school: School, walks: list[Walk]) -> list[str]:
    visited: dict[tuple[str, date], timedelta] = defaultdict(timedelta)
    for walk in walks:
        for visit in walk.visits():
            visited[visit.visitor, visit.stop.slot.date] += visit.stop.slot.end - visit.stop.slot.start
    floor = timedelta(minutes=school.rules.agreement.prep_floor_minutes_per_day)
    return [
        f"{who} keeps too little prep on {day}"
        for (who, day), taken in visited.items()
        if sum((slot.end - slot.start for slot in school.prep_slots(who, day)), timedelta()) - taken < floor
    ]


def _not_as_the_timetable_has_it(school: School, walks: list[Walk]) -> list[str]:
    visits = [visit for walk in walks for visit in walk.visits()]
    return [
        f"{visit.visitor} visits {visit.stop.host} in {visit.stop.slot}"
        for visit in visits
        if school.has(visit.visitor, visit.stop.slot.date, visit.stop.slot.period) is not Has.PREP
        or school.has(visit.stop.host, visit.stop.slot.date, visit.stop.slot.period) is not Has.CLASS
    ]
