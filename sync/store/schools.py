"""Schools in the database, and those read already in memory."""

from __future__ import annotations

from collections.abc import Sequence
from threading import Lock
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import delete, func, insert, select, update

from sync.core.school.happenings import Absence, DayBecomes, Happening, KeptFree, with_happenings
from sync.core.school.school import School
from sync.services.ports import NoSuchSchool, StoredSchool
from sync.store import documents
from sync.store.connection import WorkConnection
from sync.store.tables.schools import happenings, people, schools

KEPT_AT_MOST = 32
"""schools in the memory of one process; a large one takes some 50 MB"""
KINDS: dict[str, type[Happening]] = {"absence": Absence, "day": DayBecomes, "free": KeptFree}
NAMES = {kind: name for name, kind in KINDS.items()}


class SchoolCache:
    """Schools that this process has read, by key and digest of their content.

    By digest and not by revision: the revision of a unit of work that was given up is used again by the next one.
    """

    def __init__(self) -> None:
        self._kept: dict[tuple[str, str], School] = {}
        self._lock = Lock()

    def get(self, key: str, digest: str) -> School | None:
        return self._kept.get((key, digest))

    def keep(self, key: str, digest: str, school: School) -> None:
        with self._lock:
            for old in [old for old in self._kept if old[0] == key]:
                del self._kept[old]
            while len(self._kept) >= KEPT_AT_MOST:
                del self._kept[next(iter(self._kept))]
            self._kept[key, digest] = school


class SqlSchools:
    """The repository of schools (`sync.services.ports.Schools`)."""

    def __init__(self, connection: WorkConnection, cache: SchoolCache) -> None:
        self._connection = connection
        self._cache = cache

    # --- writing ---

    def save(self, key: str, school: School) -> StoredSchool:
        document = documents.write(school)
        digest = documents.digest(document)
        writing = self._connection.writing()
        found = self._row(key)
        if found is not None and (found.digest == digest or self.get(key).school == school):
            return StoredSchool(key, school, found.revision, found.mended, found.confirmed)
        revision = found.revision + 1 if found else 1
        row = {
            "name": school.name,
            "zone": school.zone.key,
            "room_cap": school.rules.agreement.room_cap,
            "revision": revision,
            "digest": digest,
            "content": document,
        }
        if found is None:
            # Nobody can have booked yet, so nothing needs mending.
            writing.execute(insert(schools).values(key=key, mended=revision, **row))
        else:
            writing.execute(update(schools).where(schools.c.key == key).values(**row))
            contained = [one for one in self.happenings(key) if with_happenings(school, [one]) == school]
            writing.execute(delete(happenings).where(happenings.c.school == key))
            self._note(key, 1, contained)
        self._keep_people(key, school)
        mended, confirmed = (found.mended, found.confirmed) if found else (revision, 0)
        return StoredSchool(key, school, revision, mended, confirmed)

    def change(self, key: str, said: Sequence[Happening]) -> StoredSchool:
        before = self.get(key)
        school = with_happenings(before.school, said)
        if school is before.school:
            return before
        writing, there = self._connection.writing(), self._row(key)
        assert there is not None
        digest, revision = documents.digest(there.digest + documents.write(tuple(said))), there.revision + 1
        writing.execute(update(schools).where(schools.c.key == key).values(digest=digest, revision=revision))
        last = writing.scalar(select(func.max(happenings.c.number)).where(happenings.c.school == key))
        self._note(key, (last or 0) + 1, said)
        self._cache.keep(key, digest, school)
        return StoredSchool(key, school, revision, before.mended, before.confirmed)

    def mark_mended(self, key: str, revision: int) -> None:
        self._connection.writing().execute(update(schools).where(schools.c.key == key).values(mended=revision))

    def confirm(self, key: str, revision: int) -> None:
        mended = func.min if self._connection.writing().dialect.name == "sqlite" else func.least
        values = {"confirmed": revision, "mended": mended(schools.c.mended, revision - 1)}
        self._connection.writing().execute(update(schools).where(schools.c.key == key).values(**values))

    def _note(self, key: str, number: int, said: Sequence[Happening]) -> None:
        rows = [
            {"school": key, "number": nth, "kind": NAMES[type(one)], "content": documents.write(one)}
            for nth, one in enumerate(said, start=number)
        ]
        if rows:
            self._connection.writing().execute(insert(happenings), rows)

    def _keep_people(self, key: str, school: School) -> None:
        writing = self._connection.writing()
        writing.execute(delete(people).where(people.c.school == key))
        if school.staff:
            writing.execute(insert(people), [{"school": key, "email": email} for email in school.staff])

    # --- reading ---

    def get(self, key: str) -> StoredSchool:
        found = self._row(key)
        if found is None:
            raise NoSuchSchool(key)
        school = self._cache.get(key, found.digest)
        while school is None:
            # Content and digest in one statement, and the digest again after the rows: in between, a change may come.
            asked = select(schools.c.content, schools.c.digest).where(schools.c.key == key)
            document = self._connection.reading().execute(asked).one()
            said = self.happenings(key)
            found = self._row(key)
            if found is None:
                raise NoSuchSchool(key)
            if found.digest == document.digest:
                school = with_happenings(documents.read(School, document.content), said)
                self._cache.keep(key, found.digest, school)
        return StoredSchool(key, school, found.revision, found.mended, found.confirmed)

    def _row(self, key: str) -> Any:
        """Revisions and digest of a school; None where there is none."""
        here = schools.c
        asked = select(here.revision, here.digest, here.mended, here.confirmed).where(here.key == key)
        return self._connection.reading().execute(asked).one_or_none()

    def happenings(self, key: str) -> list[Happening]:
        here = happenings.c
        asked = select(here.kind, here.content).where(here.school == key).order_by(here.number)
        return [documents.read(KINDS[row.kind], row.content) for row in self._connection.reading().execute(asked)]

    def keys(self) -> list[str]:
        return list(self._connection.reading().scalars(select(schools.c.key).order_by(schools.c.key)))

    def of_person(self, email: str) -> str | None:
        found = select(people.c.school).where(people.c.email == email.lower()).order_by(people.c.school).limit(1)
        return self._connection.reading().scalar(found)

    def zone(self, key: str) -> ZoneInfo:
        """The time zone of a school, without the rest of it. Raises `NoSuchSchool`."""
        name = self._connection.reading().scalar(select(schools.c.zone).where(schools.c.key == key))
        if name is None:
            raise NoSuchSchool(key)
        return ZoneInfo(name)

    def room_cap(self, key: str) -> int:
        """Visitors with one host at a time, as the school's agreement has it. Raises `NoSuchSchool`."""
        cap: int | None = self._connection.reading().scalar(select(schools.c.room_cap).where(schools.c.key == key))
        if cap is None:
            raise NoSuchSchool(key)
        return cap
