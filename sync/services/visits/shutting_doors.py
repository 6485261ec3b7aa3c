"""Closing one's own door, for good or on single dates, and telling those who come through it.

No booked visit is taken from anybody: it stands until its visitor chooses to keep it, to move it or to give it up.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import islice

from sync.core.school.agreement import Kind
from sync.core.school.school import School
from sync.core.school.slots import Slot
from sync.core.school.timetable import Entry
from sync.core.visits.doors import Doors, OpenDoor, Repeats, class_of
from sync.core.visits.walk import State, Walk
from sync.services.ports import Clock, Item, Store, Topic, Work, item_key
from sync.services.visits import opening_doors

DATES_WITHIN, DATES_AT_MOST = timedelta(days=42), 10
"""how far ahead dates of a door are listed for keeping it shut"""


def close_door(store: Store, clock: Clock, school_key: str, *, actor: str, key: str) -> None:
    """Close one's own door; a door that is closed already, or another's, is left as it is.

    Visits that are booked stand; their visitors hear of it and may choose another time.
    """
    with store.work() as work:
        work.lock(school_key)
        doors = work.doors.of(school_key, [actor.lower()])
        if any(door.key == key for door in doors):
            work.doors.remove(school_key, key)
            left = [door for door in doors if door.key != key]
            _tell_visitors(work, school_key, actor.lower(), doors, left, clock.now())
            work.commit()


def keep_shut(
    store: Store, clock: Clock, school_key: str, *, actor: str, key: str, day: date, shut: bool = True
) -> OpenDoor | None:
    """Keep one's own door shut on a date, such as that of a test, or not after all; None = there is no such door."""
    with store.work() as work:
        work.lock(school_key)
        doors = work.doors.of(school_key, [actor.lower()])
        door = next((one for one in doors if one.key == key), None)
        if door is None:
            return None
        rest = tuple(one for one in door.not_on if one != day)
        changed = replace(door, not_on=tuple(sorted((*rest, day))) if shut else rest)
        if changed != door:
            work.doors.keep(school_key, changed)
            left = [changed if one.key == key else one for one in doors]
            _tell_visitors(work, school_key, actor.lower(), doors, left, clock.now())
            work.commit()
    return changed


def no_visitors(store: Store, clock: Clock, school_key: str, *, actor: str, day: date, period: str) -> OpenDoor:
    """Nobody visits the actor's class in this period, such as that of a test; no door has to be open for it.

    Visits that are booked stand. It is taken back as a door is closed. Raises `Refused`.
    """
    now = clock.now()
    with store.work() as work:
        work.lock(school_key)
        school = work.schools.get(school_key).school
        me = school.person(actor).email
        section = opening_doors.own_class(school, me, day, period, now)
        key = opening_doors.door_key(school_key, me, Repeats.ONCE, day, period, section)
        shut = OpenDoor(key, me, Repeats.ONCE, day, period, section, 1, not_on=(day,))
        doors = work.doors.of(school_key, [me])
        work.doors.keep(school_key, shut)
        _tell_visitors(work, school_key, me, doors, [*(door for door in doors if door.key != key), shut], now)
        work.commit()
    return shut


def dates_of(store: Store, clock: Clock, school_key: str, *, actor: str, key: str) -> list[tuple[Slot, bool]]:
    """The next periods in which one's own door would be open, each with whether it is kept shut then."""
    now = clock.now()
    with store.work() as work:
        school = work.schools.get(school_key).school
        door = next((one for one in work.doors.of(school_key, [actor.lower()]) if one.key == key), None)
    if door is None:
        return []
    always, today = replace(door, not_on=()), now.astimezone(school.zone).date()
    found = (
        (slot, slot.date in door.not_on)
        for slot in school.class_slots(today, today + DATES_WITHIN)
        if slot.end > now and always.opens(slot.date, slot.period, class_of(_entry(school, door.host, slot)))
    )
    return list(islice(found, DATES_AT_MOST))


def is_shut_since(school: School, doors: Doors, walk: Walk) -> bool:
    """Whether a visit was booked through a door that does not stand open then any more."""
    if walk.kind is not Kind.OPEN_DOOR or walk.state is not State.BOOKED:
        return False
    stop = walk.stops[0]
    entry = _entry(school, stop.host, stop.slot)
    return doors.at(stop.host, stop.slot.date, stop.slot.period, class_of(entry)) is None


def _tell_visitors(
    work: Work, school_key: str, host: str, before: list[OpenDoor], after: list[OpenDoor], now: datetime
) -> None:
    """Those who come through a door that has just been shut hear of it; their visit stands until they choose."""
    school = work.schools.get(school_key).school
    for walk in work.walks.of_person(school_key, host, now.astimezone(school.zone).date(), date.max):
        slot = walk.stops[0].slot
        shut_now = is_shut_since(school, Doors(after), walk) and not is_shut_since(school, Doors(before), walk)
        if shut_now and walk.starts > now and walk.hosts == (host,):
            told = f"{school.person(host).name} has shut the door of {slot}; keep your visit, or choose another time."
            keys = [
                (email, item_key("door", walk.key, walk.revision, now.isoformat(), email)) for email in walk.visitors
            ]
            items = [Item(key, email, Topic.CHANGED, told, now, walk.key, walk.starts) for email, key in keys]
            work.news.tell(school_key, items)


def _entry(school: School, host: str, slot: Slot) -> Entry | None:
    return school.entry(host, slot.date, slot.period)
