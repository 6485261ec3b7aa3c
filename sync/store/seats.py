"""Seats: who sits where, one row each, so that the database itself refuses a second one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import count, islice
from typing import Any

from sqlalchemy import Connection, delete, insert, select
from sqlalchemy.exc import IntegrityError

from sync.core.visits.walk import Walk
from sync.services.ports import SeatTaken
from sync.store.tables.promised import room_seats, seats

Place = tuple[str, date, str]
"""somebody (a visitor, or a host), a date and a period"""


def take(connection: Connection, school: str, walk: Walk, cap: int) -> None:
    """Take the seats of a standing walk. Raises `SeatTaken`; the caller's savepoint then undoes what was taken."""
    if not walk.stands:
        return
    places = _distinct((*_places_of_visitors(walk), *_places_of_coverers(walk)))
    people = [_row(school, walk, "person", place) for place in places]
    rooms = [
        {**_row(school, walk, "host", place), "cap": cap, "visitor": visitor, "number": number}
        for place in _places_of_hosts(walk)
        for visitor, number in zip(walk.visitors, _free_numbers(connection, school, place), strict=False)
    ]
    try:
        connection.execute(insert(seats), people)
        if rooms:
            connection.execute(insert(room_seats), rooms)
    except IntegrityError as error:
        raise SeatTaken(f"A seat of walk {walk.key} is taken already.") from error


def give_back(connection: Connection, school: str, walk: str) -> None:
    """Free every seat that a walk holds."""
    for table in (seats, room_seats):
        connection.execute(delete(table).where(table.c.school == school, table.c.walk == walk))


def same(before: Walk, after: Walk) -> bool:
    """Whether two revisions of a walk need the very same seats."""
    return _needs(before) == _needs(after)


def _needs(walk: Walk) -> object:
    places = (_places_of_visitors(walk), _places_of_coverers(walk), _places_of_hosts(walk))
    return (walk.visitors, *places) if walk.stands else None


def _places_of_visitors(walk: Walk) -> list[Place]:
    # A route may lead through several rooms in one period: that is one seat of the visitor's time.
    return _distinct((visit.visitor, visit.stop.slot.date, visit.stop.slot.period) for visit in walk.visits())


def _places_of_coverers(walk: Walk) -> list[Place]:
    return [(cover.by, cover.slot.date, cover.slot.period) for cover in walk.covers if cover.stands]


def _places_of_hosts(walk: Walk) -> list[Place]:
    if walk.video:
        return []  # nobody comes into the room
    return _distinct((stop.host, stop.slot.date, stop.slot.period) for stop in walk.stops)


def _distinct(places: Iterable[Place]) -> list[Place]:
    return list(dict.fromkeys(places))


def _row(school: str, walk: Walk, who: str, place: Place) -> dict[str, Any]:
    return {"school": school, who: place[0], "date": place[1], "period": place[2], "walk": walk.key}


def _free_numbers(connection: Connection, school: str, place: Place) -> Iterator[int]:
    """Numbers of seats that nobody sits on, lowest first; beyond the room's cap a constraint says no."""
    taken = set(
        connection.scalars(
            select(room_seats.c.number).where(
                room_seats.c.school == school,
                room_seats.c.host == place[0],
                room_seats.c.date == place[1],
                room_seats.c.period == place[2],
            )
        )
    )
    return (number for number in islice(count(1), 10_000) if number not in taken)
