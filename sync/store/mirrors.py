"""What Google holds of a school, and how far it has come with each walk."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict

from sqlalchemy import JSON, bindparam, delete, insert, select, update

from sync.services.ports import Mirror, NotesPlace, Rooms, Shown
from sync.store.connection import WorkConnection
from sync.store.tables.mirrors import notes_places, rooms, shown
from sync.store.tables.walks import walks


class SqlMirrors:
    """The repository of mirrors (`sync.services.ports.Mirrors`)."""

    def __init__(self, connection: WorkConnection) -> None:
        self._connection = connection

    def rooms(self, school: str) -> Rooms | None:
        row = self._connection.reading().execute(select(rooms).where(rooms.c.school == school)).one_or_none()
        if row is None:
            return None
        return Rooms(row.account, row.calendar_id, row.folder_id, row.sheet_id, row.calendar_token, row.sheet_shown)

    def keep_rooms(self, school: str, kept: Rooms) -> None:
        writing = self._connection.writing()
        values = asdict(kept)
        if writing.execute(update(rooms).where(rooms.c.school == school).values(**values)).rowcount == 0:
            writing.execute(insert(rooms).values(school=school, **values))

    def shown(self, school: str, mirror: Mirror, walk: str) -> Shown | None:
        """How far a mirror is with a walk; None while it has shown nothing of it."""
        revision = walks.c[f"{mirror.value}_revision"]
        found = (
            self._connection.reading()
            .execute(
                select(revision.label("revision"), shown.c.ref)
                .join(walks, (walks.c.school == shown.c.school) & (walks.c.key == shown.c.walk))
                .where(shown.c.school == school, shown.c.walk == walk, shown.c.mirror == mirror.value)
            )
            .one_or_none()
        )
        return None if found is None else Shown(walk, mirror, found.revision, found.ref)

    def keep_shown(self, school: str, kept: Sequence[Shown]) -> None:
        writing = self._connection.writing()
        for mirror in sorted({one.mirror for one in kept}):
            rows = [
                {
                    "of_school": school,
                    "of_walk": one.walk,
                    "of_mirror": mirror.value,
                    "new_ref": dict(one.ref),
                    "new_thing": one.ref.get("id", ""),
                    "new_revision": one.revision,
                }
                for one in kept
                if one.mirror is mirror
            ]
            writing.execute(_FORGET, rows)
            writing.execute(_KEEP, rows)
            writing.execute(_REACHED[mirror], rows)

    def walk_of_event(self, school: str, event_id: str) -> str | None:
        return self._connection.reading().scalar(
            select(shown.c.walk).where(
                shown.c.school == school, shown.c.mirror == Mirror.EVENT.value, shown.c.thing == event_id
            )
        )

    def notes_place(self, school: str, notes_key: str, year: str) -> NotesPlace | None:
        here = notes_places.c
        row = (
            self._connection.reading()
            .execute(select(notes_places).where(here.school == school, here.notes_key == notes_key, here.year == year))
            .one_or_none()
        )
        return None if row is None else NotesPlace(row.notes_key, row.year, row.folder_id, row.doc_id)

    def keep_notes_place(self, school: str, place: NotesPlace) -> None:
        writing = self._connection.writing()
        here = notes_places.c
        is_it = (here.school == school) & (here.notes_key == place.notes_key) & (here.year == place.year)
        writing.execute(delete(notes_places).where(is_it))
        writing.execute(insert(notes_places).values(school=school, **asdict(place)))


_FORGET = delete(shown).where(
    shown.c.school == bindparam("of_school"),
    shown.c.walk == bindparam("of_walk"),
    shown.c.mirror == bindparam("of_mirror"),
)
_KEEP = insert(shown).values(
    school=bindparam("of_school"),
    walk=bindparam("of_walk"),
    mirror=bindparam("of_mirror"),
    ref=bindparam("new_ref", type_=JSON),
    thing=bindparam("new_thing"),
)
_REACHED = {
    mirror: update(walks)
    .where(walks.c.school == bindparam("of_school"), walks.c.key == bindparam("of_walk"))
    .values({f"{mirror.value}_revision": bindparam("new_revision")})
    for mirror in Mirror
}
