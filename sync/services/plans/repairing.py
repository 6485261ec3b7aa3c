"""Repair: somebody is away, snow falls, a room is closed, a timetable is another. Only what this hits moves.

What happened is noted beside the school, at the price of a row; the visits that it may have hit are held against the
school as it is now, and mended (`mending`). Each person is told once. Where a whole new school came in, from an import
or the Sheet, every visit to come is looked at.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta

from sync.core.school.agreement import Blocked
from sync.core.school.happenings import Absence, DayBecomes, Happening, KeptFree
from sync.core.school.happenings import lost_day as _lost_day
from sync.core.school.school import School
from sync.core.visits.walk import Walk
from sync.services.plans.mending import Mending, Repaired, Told
from sync.services.plans.misfits import is_to_come, known_beside, reasons
from sync.services.ports import Clock, Store
from sync.services.schools import taken_in

__all__ = [
    "Change",
    "Repaired",
    "Told",
    "absence",
    "blocked",
    "day_becomes",
    "foresee",
    "lost_day",
    "repair",
    "repair_after_change",
    "repair_soon",
    "room_closed",
]

Change = Callable[[School], Iterable[Happening]]
"""what happens, said of a school"""
FEW = 5
"""visits that are mended by themselves, however few there are"""
SHARE = 3
"""of so many visits to come one at most is: a timetable half typed in is no reason to move the term"""
WAITED_FOR = 60
"""visits that are looked at while somebody waits: two seconds' work, and Google gives a card thirty"""
AT_ONCE = 20
"""visits that a pass mends in one unit of work"""


# --- what happens to a school ---


def absence(email: str, first: date, last: date) -> Change:
    """Somebody is away from `first` to `last`, both included. The change raises `NoSuchPerson`."""
    return lambda school: [Absence(school.person(email).email, first, last)]


def day_becomes(day: date, day_type: str, note: str = "") -> Change:
    """A date gets another day type, such as that of a late start; the days after it stay as they are."""

    def change(school: School) -> list[Happening]:
        before = school.days.get(day)
        return [DayBecomes(day, day_type, before.day_type, note)] if before else []

    return change


def lost_day(day: date, note: str = "") -> Change:
    """A date has no school after all; where the school's rotation shifts, it moves on (`rules.rotation_shifts`)."""
    return lambda school: _lost_day(school, day, note)


def room_closed(room: str, first: date, last: date, reason: str = "") -> Change:
    """A room has no visitors from `first` to `last`, both included."""
    return blocked(Blocked(first, last, (), reason, (room,)))


def blocked(kept: Blocked) -> Change:
    """Dates are kept free of visits, such as a week of testing announced late."""
    return lambda school: [KeptFree(kept)]


# --- and what becomes of the visits ---


def repair(store: Store, clock: Clock, school_key: str, *changes: Change) -> Repaired:
    """Note these changes and mend every visit to come that they hit; without any, look at all visits to come.

    One transaction: either all of it or nothing. Raises `NoSuchSchool`, `NoSuchPerson`.
    """
    return _repair(store, clock, school_key, changes)


def repair_soon(
    store: Store, clock: Clock, school_key: str, *changes: Change, waited_for: int = WAITED_FOR
) -> Repaired:
    """The same for somebody who waits for an answer: where more visits have to be looked at than that allows, the
    changes are noted and the passes do the rest. `later` counts these visits then. Raises as `repair` does.
    """
    return _repair(store, clock, school_key, changes, waited_for)


def _repair(
    store: Store, clock: Clock, school_key: str, changes: Sequence[Change], waited_for: int | None = None
) -> Repaired:
    with store.work() as work:
        work.lock(school_key)
        stored = work.schools.get(school_key)
        settled = stored.mended == stored.revision
        said: list[Happening] = []
        for change in changes:
            more = list(change(stored.school))
            stored = work.schools.change(school_key, more)
            said += more
        mending = Mending(work, school_key, stored.school, clock.now())
        walks = _touched_by(mending, said) if changes else _all_to_come(mending)
        # What came in from a Sheet before and waits for somebody to look at it is not said yes to along the way.
        if waited_for is not None and len(walks) > waited_for and (settled or not changes):
            work.schools.confirm(school_key, stored.revision)
            work.commit()
            return Repaired(later=sum(is_to_come(walk, mending.now) for walk in walks))
        for walk in walks:
            _look_at(mending, walk)
        if settled or not changes:
            work.schools.mark_mended(school_key, stored.revision)
        work.commit()
    return mending.repaired


def repair_after_change(store: Store, clock: Clock, school_key: str) -> Repaired:
    """Mend what a new school hit that came in from an import or the Sheet; nothing where it was looked at already.

    Where a great part of the visits would be hit, nothing is touched and `too_many` says how many: somebody is to look
    first, and then `repair` does it; what somebody has said yes to is done, some visits at a time. To be called in
    every pass.
    """
    with store.work() as work:
        stored = work.schools.get(school_key)
        if stored.mended == stored.revision:
            return Repaired()
        mending = Mending(work, school_key, stored.school, clock.now())
        walks = _all_to_come(mending)
        if stored.confirmed != stored.revision and (hit := _too_many(mending, walks)):
            return Repaired(too_many=hit)
    repaired = Repaired()
    for begin in range(0, len(walks), AT_ONCE):
        repaired = repaired.followed_by(_some(store, clock, school_key, walks[begin : begin + AT_ONCE]))
    with store.work() as work:
        work.lock(school_key)
        if work.schools.get(school_key).revision == stored.revision:  # else the next pass looks again
            work.schools.mark_mended(school_key, stored.revision)
            work.commit()
    return repaired


def _too_many(mending: Mending, walks: Sequence[Walk]) -> int:
    """How many visits would be hit, if that is a great part of them; else 0."""
    work, key, school, now = mending.work, mending.key, mending.school, mending.now
    coming = [walk for walk in walks if is_to_come(walk, now)]
    hit = sum(bool(reasons(walk, known_beside(work, key, school, walk, now))) for walk in coming)
    return hit if hit > max(FEW, len(coming) // SHARE) else 0


def _some(store: Store, clock: Clock, school_key: str, walks: Sequence[Walk]) -> Repaired:
    """Mend a few visits, as they are now, in a unit of work of their own: nobody is to wait long with a booking."""
    with store.work() as work:
        work.lock(school_key)
        mending = Mending(work, school_key, work.schools.get(school_key).school, clock.now())
        for walk in _in_order(work.walks.get(school_key, one.key) for one in walks):
            _look_at(mending, walk)
        work.commit()
    return mending.repaired


def foresee(store: Store, clock: Clock, school_key: str, school: School) -> Repaired:
    """What would become of the visits to come if this school came in: nothing is kept, and nobody is told."""
    with store.work() as work:
        work.lock(school_key)
        taken_in(work, clock, school_key, school)
        mending = Mending(work, school_key, work.schools.get(school_key).school, clock.now())
        for walk in _all_to_come(mending):
            _look_at(mending, walk)
    return mending.repaired


# --- which visits are looked at ---


def _look_at(mending: Mending, walk: Walk) -> None:
    if is_to_come(walk, mending.now):
        mending.look_at(walk)
    now = mending.work.walks.get(mending.key, walk.key)
    if now is not None:
        mending.look_at_paybacks(now)


def _touched_by(mending: Mending, said: Iterable[Happening]) -> list[Walk]:
    """Walks that have anything to do with these dates, and of an absence with this person."""
    work, key, keys = mending.work, mending.key, set[str]()
    for one in said:
        first, last, people = one.first, one.last, None
        if isinstance(one, Absence):
            people = [one.email]
            keys.update(work.covers.asked(key, one.email))
        elif mending.school.rules.agreement.prep_floor_minutes_per_week:
            first, last = first - timedelta(days=first.weekday()), last + timedelta(days=6 - last.weekday())
        keys.update(held.walk for held in work.walks.commitments(key, first, last, people))
    return _in_order(work.walks.get(key, walk) for walk in keys)


def _all_to_come(mending: Mending) -> list[Walk]:
    """Every walk that has anything to come: prep is given back long after the visit."""
    work, key = mending.work, mending.key
    today = mending.now.astimezone(mending.school.zone).date()
    there = {walk.key: walk for walk in work.walks.between(key, today, date.max) if walk.stands}
    others = {held.walk for held in work.walks.commitments(key, today, date.max)} - there.keys()
    return _in_order([*there.values(), *(work.walks.get(key, walk) for walk in others)])


def _in_order(walks: Iterable[Walk | None]) -> list[Walk]:
    return sorted((walk for walk in walks if walk is not None), key=lambda walk: (walk.starts, walk.key))
