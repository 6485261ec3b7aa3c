"""Opening and closing one's own door.

A host opens the door of one of their classes, once, every week or always. Closing it takes no booked visit away from
anybody: those stand until somebody cancels or moves them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from sync.core.school.school import School
from sync.core.school.slots import Slot
from sync.core.school.timetable import Has
from sync.core.visits.doors import Doors, OpenDoor, Repeats, class_of
from sync.core.visits.walk import Stop
from sync.services.ports import Clock, Store
from sync.services.visits.refusing import refuse

DOORS_AT_MOST = 20
"""of one host"""
AHEAD = 5
"""school days whose classes are listed for opening"""
ABOUT_AT_MOST = 200
FOR_A_WHILE = timedelta(weeks=4)


@dataclass(frozen=True, slots=True)
class OwnClass:
    """A class of a host's to come, and the door that stands open then."""

    slot: Slot
    room: str
    section: str
    course: str
    grade: str
    door: OpenDoor | None


@dataclass(frozen=True, slots=True)
class OwnDoors:
    """What a host sees of their doors."""

    doors: tuple[OpenDoor, ...]
    classes: tuple[OwnClass, ...]


def doors_of(store: Store, clock: Clock, school_key: str, email: str) -> OwnDoors:
    """A host's doors that may still open, and their classes of the next school days."""
    now = clock.now()
    with store.work() as work:
        school = work.schools.get(school_key).school
        me = school.person(email).email
        doors = tuple(door for door in work.doors.of(school_key, [me]) if not _is_over(door, _today(school, now)))
    return OwnDoors(doors, tuple(_classes(school, me, now, doors)))


def open_door(
    store: Store,
    clock: Clock,
    school_key: str,
    *,
    actor: str,
    day: date,
    period: str,
    repeats: Repeats,
    seats: int,
    drop_in: bool = False,
    last: date | None = None,
    visits_a_week: int = 0,
    visits_a_year: int = 0,
    about: str = "",
    event: str = "",
) -> OpenDoor:
    """Open the door of the actor's own class in this period; opening it again changes it. Raises `Refused`.

    `about` is what visitors see, in the host's words; `event` the class's calendar event beside which it is opened.
    """
    now = clock.now()
    with store.work() as work:
        work.lock(school_key)
        school = work.schools.get(school_key).school
        me = school.person(actor).email
        section, cap = own_class(school, me, day, period, now), school.rules.agreement.room_cap
        if not 1 <= seats <= cap:
            raise refuse("seats", "agreement.room_cap", f"A class takes 1 to {cap} visitors; choose within these.")
        door = OpenDoor(
            door_key(school_key, me, repeats, day, period, section),
            me, repeats, day, period, section, seats, drop_in, last, visits_a_week,
            about=" ".join(about.split())[:ABOUT_AT_MOST], event=event, visits_a_year=visits_a_year,
        )  # fmt: skip
        doors = work.doors.of(school_key, [me])
        others = [one for one in doors if one.key != door.key]
        kept_shut = next((one.not_on for one in doors if one.key == door.key and not one.is_no_invitation), ())
        door = replace(door, not_on=kept_shut)
        if sum(not _is_over(one, _today(school, now)) for one in others) >= DOORS_AT_MOST:
            raise refuse("doors", "doors", f"You have {DOORS_AT_MOST} doors open; close one first.")
        work.doors.keep(school_key, door)
        work.commit()
    return door


def own_class(school: School, me: str, day: date, period: str, now: datetime) -> str:
    """The class that this person teaches then, and is not over. Raises `Refused`."""
    slot = school.slot(day, period)
    if slot is None or school.has(me, day, period) is not Has.CLASS:
        raise refuse("no_class", "timetable", "You have no class then; choose one of your classes.")
    if slot.end <= now:
        raise refuse("past", "clock", "This class is over; choose one to come.")
    return class_of(school.entry(me, day, period))


def last_days(school: School, day: date) -> list[date]:
    """Until when a door may be opened: for some weeks, or until a term ends."""
    ends = {day + FOR_A_WHILE, *(term.last for term in school.terms if term.last >= day)}
    return sorted(ends)


def door_at(store: Store, school_key: str, stop: Stop) -> OpenDoor | None:
    """The door that stands open at a stop."""
    with store.work() as work:
        school, doors = work.schools.get(school_key).school, Doors(work.doors.of(school_key, [stop.host]))
    entry = school.entry(stop.host, stop.slot.date, stop.slot.period)
    return doors.at(stop.host, stop.slot.date, stop.slot.period, class_of(entry))


# --- what they share ---


def _classes(school: School, me: str, now: datetime, doors: tuple[OpenDoor, ...]) -> Iterator[OwnClass]:
    today, standing = _today(school, now), Doors(doors)
    days = [day.date for day in school.days_between(today, today + timedelta(days=21))][:AHEAD]
    for slot in school.class_slots(days[0], days[-1]) if days else ():
        entry = school.entry(me, slot.date, slot.period)
        if slot.end <= now or entry is None or school.has(me, slot.date, slot.period) is not Has.CLASS:
            continue
        then = (me, slot.date, slot.period, class_of(entry))
        if standing.kept_shut(*then):
            continue
        room = school.room_of(me, slot.date, slot.period)
        yield OwnClass(slot, room, entry.section, entry.course, entry.grade, standing.at(*then))


def _is_over(door: OpenDoor, today: date) -> bool:
    last = door.first if door.repeats is Repeats.ONCE else door.last
    return last is not None and last < today


def _today(school: School, now: datetime) -> date:
    return now.astimezone(school.zone).date()


def door_key(school: str, host: str, repeats: Repeats, day: date, period: str, section: str) -> str:
    """One key for one meaning, so that two taps open one door."""
    meant = {
        Repeats.ONCE: (day.isoformat(), period),
        Repeats.WEEKLY: (str(day.weekday()), period),
        Repeats.ALWAYS: (),
    }[repeats]
    return hashlib.sha256("\n".join((school, host, repeats, section, *meant)).encode()).hexdigest()[:32]
