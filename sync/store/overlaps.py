"""Appointments that fall on what people have promised, in the database (`sync.services.ports.Overlaps`)."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import ColumnElement, delete, insert, select

from sync.core.visits.commitments import Part
from sync.services.ports import Overlap
from sync.store.connection import WorkConnection
from sync.store.tables.overlaps import overlaps


class SqlOverlaps:
    """The repository of overlaps."""

    def __init__(self, connection: WorkConnection) -> None:
        self._connection = connection

    def of(self, school: str, email: str) -> list[Overlap]:
        return self._found(_of(school), overlaps.c.email == email.lower(), overlaps.c.kept_at.is_(None))

    def all(self, school: str) -> list[Overlap]:
        return self._found(_of(school))

    def put(self, school: str, found: Iterable[Overlap]) -> None:
        rows = {one.name: _row(school, one) for one in found}
        if rows:
            self._take_out(school, rows)
            self._connection.writing().execute(insert(overlaps), list(rows.values()))

    def remove(self, school: str, gone: Iterable[Overlap]) -> None:
        self._take_out(school, (one.name for one in gone))

    def forget(self, school: str, email: str) -> int:
        gone = delete(overlaps).where(_of(school), overlaps.c.email == email.lower())
        return int(self._connection.writing().execute(gone).rowcount)

    def _take_out(self, school: str, names: Iterable[tuple[str, str, str, Part]]) -> None:
        here = overlaps.c
        for walk, email, appointment, part in names:
            is_it = here.walk == walk, here.email == email, here.appointment == appointment, here.part == part.value
            self._connection.writing().execute(delete(overlaps).where(_of(school), *is_it))

    def _found(self, *where: ColumnElement[bool]) -> list[Overlap]:
        here = overlaps.c
        asked = select(overlaps).where(*where).order_by(here.starts, here.walk, here.email, here.appointment)
        return [
            Overlap(row.walk, row.email, row.appointment, Part(row.part), row.starts, row.ends, row.kept_at)
            for row in self._connection.reading().execute(asked)
        ]


def _of(school: str) -> ColumnElement[bool]:
    return overlaps.c.school == school


def _row(school: str, one: Overlap) -> dict[str, object]:
    return {
        "school": school,
        "walk": one.walk,
        "email": one.email,
        "appointment": one.appointment,
        "part": one.part.value,
        "starts": one.start,
        "ends": one.end,
        "kept_at": one.kept_at,
    }
