"""Who is in which Doc, in the database (`sync.services.ports.Access`)."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import ColumnElement, delete, insert, select

from sync.services.ports import Given, NotesPlace, OpenTo, Reader
from sync.store.connection import WorkConnection
from sync.store.tables.docs import doc_open_to, doc_readers, open_groups
from sync.store.tables.mirrors import notes_places


class SqlAccess:
    """The repository of access to Docs."""

    def __init__(self, connection: WorkConnection) -> None:
        self._connection = connection

    def places(self, school: str, doc_id: str = "") -> list[NotesPlace]:
        here = notes_places.c
        asked = select(notes_places).where(here.school == school).order_by(here.year, here.notes_key)
        if doc_id:
            asked = asked.where(here.doc_id == doc_id)
        rows = self._connection.reading().execute(asked)
        return [NotesPlace(row.notes_key, row.year, row.folder_id, row.doc_id) for row in rows]

    def readers(self, school: str, place: NotesPlace | None = None) -> list[Reader]:
        here = doc_readers.c
        asked = select(doc_readers).where(here.school == school).order_by(here.year, here.notes_key, here.email)
        if place is not None:
            asked = asked.where(here.notes_key == place.notes_key, here.year == place.year)
        rows = self._connection.reading().execute(asked)
        return [Reader(row.notes_key, row.year, row.email, row.walk, Given(row.given)) for row in rows]

    def keep(self, school: str, readers: Iterable[Reader]) -> None:
        for one in readers:
            self.remove(school, one)
            values = {"notes_key": one.notes_key, "year": one.year, "email": one.email, "walk": one.walk}
            self._connection.writing().execute(
                insert(doc_readers).values(school=school, given=one.given.value, **values)
            )

    def remove(self, school: str, reader: Reader) -> None:
        self._connection.writing().execute(delete(doc_readers).where(_is(school, reader)))

    def open_to(self, school: str) -> dict[tuple[str, str], OpenTo]:
        asked = select(doc_open_to).where(doc_open_to.c.school == school)
        rows = self._connection.reading().execute(asked)
        return {
            (row.notes_key, row.year): OpenTo(row.notes_key, row.year, frozenset(row.who), tuple(row.said))
            for row in rows
        }

    def keep_open_to(self, school: str, kept: OpenTo) -> None:
        here, writing = doc_open_to.c, self._connection.writing()
        is_it = (here.school == school) & (here.notes_key == kept.notes_key) & (here.year == kept.year)
        writing.execute(delete(doc_open_to).where(is_it))
        values = {"notes_key": kept.notes_key, "year": kept.year, "who": sorted(kept.who), "said": list(kept.said)}
        writing.execute(insert(doc_open_to).values(school=school, **values))

    def opened(self, school: str) -> frozenset[str]:
        asked = select(open_groups.c.group_name).where(open_groups.c.school == school)
        return frozenset(self._connection.reading().scalars(asked))

    def open(self, school: str, group: str, yes: bool) -> None:
        writing, here = self._connection.writing(), open_groups.c
        writing.execute(delete(open_groups).where(here.school == school, here.group_name == group))
        if yes:
            writing.execute(insert(open_groups).values(school=school, group_name=group))


def _is(school: str, one: Reader) -> ColumnElement[bool]:
    here = doc_readers.c
    return (
        (here.school == school)
        & (here.notes_key == one.notes_key)
        & (here.year == one.year)
        & (here.email == one.email)
    )
