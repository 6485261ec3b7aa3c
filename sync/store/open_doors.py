"""Open doors and waiting lists in the database."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, delete, insert, select, update

from sync.core.visits.doors import OpenDoor, Repeats
from sync.services.ports import Waiting
from sync.store.connection import WorkConnection
from sync.store.tables.doors import open_doors, waiting


class SqlOpenDoors:
    """The repository of open doors (`sync.services.ports.OpenDoors`)."""

    def __init__(self, connection: WorkConnection) -> None:
        self._connection = connection

    def of(self, school: str, hosts: Iterable[str] | None = None) -> list[OpenDoor]:
        asked = select(open_doors).where(open_doors.c.school == school).order_by(open_doors.c.first, open_doors.c.key)
        if hosts is not None:
            asked = asked.where(open_doors.c.host.in_(sorted(set(hosts))))
        return [_door(row) for row in self._connection.reading().execute(asked)]

    def keep(self, school: str, door: OpenDoor) -> None:
        writing = self._connection.writing()
        writing.execute(delete(open_doors).where(open_doors.c.school == school, open_doors.c.key == door.key))
        values = {
            "key": door.key,
            "host": door.host,
            "repeats": door.repeats.value,
            "first": door.first,
            "last": door.last,
            "period": door.period,
            "section": door.section,
            "seats": door.seats,
            "drop_in": door.drop_in,
            "visits_a_week": door.visits_a_week,
            "visits_a_year": door.visits_a_year,
            "not_on": [day.isoformat() for day in door.not_on],
            "about": door.about,
            "event": door.event,
        }
        writing.execute(insert(open_doors).values(school=school, **values))

    def remove(self, school: str, key: str) -> None:
        writing = self._connection.writing()
        writing.execute(delete(open_doors).where(open_doors.c.school == school, open_doors.c.key == key))


class SqlWaitingList:
    """Who waits for a seat (`sync.services.ports.WaitingList`)."""

    def __init__(self, connection: WorkConnection) -> None:
        self._connection = connection

    def add(self, school: str, one: Waiting) -> None:
        found = select(waiting.c.since).where(_is(school, one))
        if self._connection.writing().execute(found).first() is None:
            values = {"email": one.email, "host": one.host, "date": one.date, "period": one.period, "since": one.since}
            self._connection.writing().execute(insert(waiting).values(school=school, **values))

    def remove(self, school: str, one: Waiting) -> None:
        self._connection.writing().execute(delete(waiting).where(_is(school, one)))

    def of_person(self, school: str, email: str, first: date) -> list[Waiting]:
        mine = and_(waiting.c.school == school, waiting.c.email == email, waiting.c.date >= first)
        asked = select(waiting).where(mine).order_by(waiting.c.date, waiting.c.period, waiting.c.host)
        return [_waiting(row) for row in self._connection.reading().execute(asked)]

    def lined_up(self, school: str, first: date) -> list[Waiting]:
        return self._read(waiting.c.school == school, waiting.c.date >= first)

    def kept(self, school: str, now: datetime) -> list[Waiting]:
        return self._read(waiting.c.school == school, waiting.c.kept_until > now)

    def _read(self, *conditions: ColumnElement[bool]) -> list[Waiting]:
        here = waiting.c
        asked = select(waiting).where(*conditions).order_by(here.date, here.period, here.host, here.since, here.email)
        return [_waiting(row) for row in self._connection.reading().execute(asked)]

    def keep_until(self, school: str, one: Waiting, until: datetime) -> None:
        self._connection.writing().execute(update(waiting).where(_is(school, one)).values(kept_until=until))

    def before(self, school: str, one: Waiting) -> int:
        place = and_(
            waiting.c.school == school,
            waiting.c.host == one.host,
            waiting.c.date == one.date,
            waiting.c.period == one.period,
            waiting.c.email != one.email,
            waiting.c.since < one.since,
        )
        return len(self._connection.reading().execute(select(waiting.c.email).where(place)).all())


def _is(school: str, one: Waiting) -> Any:
    return and_(
        waiting.c.school == school,
        waiting.c.email == one.email,
        waiting.c.host == one.host,
        waiting.c.date == one.date,
        waiting.c.period == one.period,
    )


def _waiting(row: Row[Any]) -> Waiting:
    return Waiting(row.email, row.host, row.date, row.period, row.since, row.kept_until)


def _door(row: Row[Any]) -> OpenDoor:
    return OpenDoor(
        key=row.key,
        host=row.host,
        repeats=Repeats(row.repeats),
        first=row.first,
        last=row.last,
        period=row.period,
        section=row.section,
        seats=row.seats,
        drop_in=row.drop_in,
        visits_a_week=row.visits_a_week,
        visits_a_year=row.visits_a_year,
        not_on=tuple(date.fromisoformat(day) for day in row.not_on),
        about=row.about,
        event=row.event,
    )
