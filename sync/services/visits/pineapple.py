"""A pineapple in the title of a class's own calendar event opens its door; without it the door closes again.

Looked at when its owner opens the event beside our panel, with what they have allowed us to read: nobody's calendar is
ever searched.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sync.core.refusals import Refused
from sync.core.school.timetable import Has
from sync.core.visits.doors import OpenDoor, Repeats
from sync.services.ports import Clock, Store
from sync.services.visits import opening_doors, shutting_doors

PINEAPPLE = "\N{PINEAPPLE}"
SEATS = 2
"""that a pineapple offers, as far as a class takes so many"""


@dataclass(frozen=True, slots=True)
class OwnEvent:
    """An event of a person's own, as they let us read it once."""

    event: str
    """its id; of one of a series, that of the series"""
    title: str
    start: datetime
    end: datetime
    repeats: bool


@dataclass(frozen=True, slots=True)
class ByTitle:
    """What the title has done: the door that stands open for this event now, or that one was closed."""

    door: OpenDoor | None = None
    opened: bool = False
    """just now"""
    closed: bool = False
    read: bool = False
    """whether there was a title to read"""


def by_title(store: Store, clock: Clock, school_key: str, *, actor: str, event: OwnEvent) -> ByTitle:
    """Open or close the door of the class that this event is; an event that is no class of theirs does nothing."""
    with store.work() as work:
        school = work.schools.get(school_key).school
        mine = [door for door in work.doors.of(school_key, [actor]) if door.event == event.event]
    if PINEAPPLE not in event.title:
        for door in mine:
            shutting_doors.close_door(store, clock, school_key, actor=actor, key=door.key)
        return ByTitle(closed=bool(mine))
    if mine:
        return ByTitle(mine[0])
    slot = school.slot_meant(event.start, event.end)
    if slot is None or school.has(actor, slot.date, slot.period) is not Has.CLASS:
        return ByTitle()
    try:
        door = opening_doors.open_door(
            store, clock, school_key, actor=actor, day=slot.date, period=slot.period,
            repeats=Repeats.WEEKLY if event.repeats else Repeats.ONCE,
            seats=min(SEATS, school.rules.agreement.room_cap), event=event.event,
        )  # fmt: skip
    except Refused:
        return ByTitle()  # the class is over, or has no seats: nothing is opened behind anybody's back
    return ByTitle(door, opened=True)
