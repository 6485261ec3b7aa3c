"""A coordinator keeps dates, periods or a room free of visits: a week of tests, a room that is painted.

What was said here can be taken back here. What stands in the school's own rules is changed there.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from sync.core.school.agreement import Blocked
from sync.core.school.happenings import KeptFree
from sync.core.school.school import School
from sync.core.school.timetable import Has
from sync.core.visits.walk import State
from sync.services.plans import repairing
from sync.services.plans.mending import Repaired
from sync.services.plans.plan_work import must_have_school_days
from sync.services.ports import Clock, Store
from sync.services.visits.refusing import must_coordinate, refuse

REASON_AT_MOST = 80


def kept_free(store: Store, clock: Clock, school_key: str) -> list[Blocked]:
    """What was said here and is not over, the soonest first."""
    with store.work() as work:
        today = clock.now().astimezone(work.schools.get(school_key).school.zone).date()
        said = [one.blocked for one in work.schools.happenings(school_key) if isinstance(one, KeptFree)]
    return sorted((one for one in said if one.last >= today), key=lambda one: (one.first, one.last))


def wanted(school: School, first: date, last: date, periods: Sequence[str], room: str, reason: str) -> Blocked:
    """What a coordinator asks for, as the rules hold it. Raises `Refused`."""
    must_have_school_days(school, first, last)
    there = {_plain(known): known for known in rooms_of(school)}
    if room and _plain(room) not in there:
        raise refuse("no_room", "timetable", f"No class is in a room “{room}”; write it as the timetable does.")
    rooms = (there[_plain(room)],) if room else ()
    return Blocked(first, last, tuple(periods), " ".join(reason.split())[:REASON_AT_MOST], rooms)


def rooms_of(school: School) -> frozenset[str]:
    """Where classes are, as the timetable writes it."""
    classes = [entry for entry in school.timetable if entry.kind is Has.CLASS]
    return frozenset(filter(None, (entry.room or school.staff[entry.email].room for entry in classes)))


def _plain(room: str) -> str:
    """`12` and `Room 12` are one room to whoever types it."""
    return room.casefold().removeprefix("room").strip()


def hit_by(store: Store, school_key: str, blocked: Blocked) -> int:
    """How many visits to come lie where none shall be."""
    with store.work() as work:
        walks = work.walks.between(school_key, blocked.first, blocked.last)
    open_walks = [walk for walk in walks if walk.state in (State.PROPOSED, State.BOOKED) and not walk.video]
    return sum(
        any(
            blocked.holds(stop.slot.date, stop.slot.period) and (not blocked.rooms or stop.room in blocked.rooms)
            for stop in walk.stops
        )
        for walk in open_walks
    )


def keep_free(store: Store, clock: Clock, school_key: str, *, actor: str, blocked: Blocked) -> Repaired:
    """Note it, and mend what it hits; saying it twice changes nothing more. For coordinators. Raises `Refused`."""
    with store.work() as work:
        _must_coordinate(work.schools.get(school_key).school, actor)
    return repairing.repair_soon(store, clock, school_key, repairing.blocked(blocked))


def name_of(blocked: Blocked) -> str:
    """What names it on a card."""
    return hashlib.sha256(repr(blocked).encode()).hexdigest()[:32]


def take_back(store: Store, school_key: str, *, actor: str, name: str) -> None:
    """People may visit then again; what was moved stays where it is. For coordinators. Raises `Refused`."""
    with store.work() as work:
        work.lock(school_key)
        stored = work.schools.get(school_key)
        _must_coordinate(stored.school, actor)
        said = [one.blocked for one in work.schools.happenings(school_key) if isinstance(one, KeptFree)]
        if name in map(name_of, said):
            rules = stored.school.rules
            left = tuple(one for one in rules.blocked if name_of(one) != name)
            kept = work.schools.save(school_key, replace(stored.school, rules=replace(rules, blocked=left)))
            if stored.mended == stored.revision:
                work.schools.mark_mended(school_key, kept.revision)  # more is allowed than before: nothing is hit
            elif stored.confirmed == stored.revision:
                work.schools.confirm(school_key, kept.revision)
            work.commit()


def _must_coordinate(school: School, actor: str) -> None:
    must_coordinate(school, actor, "Dates are kept free by a coordinator; tell yours.")
