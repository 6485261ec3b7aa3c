"""Schools in the database, and those read already in memory."""

from __future__ import annotations

from threading import Lock
from zoneinfo import ZoneInfo

from sqlalchemy import delete, insert, select, update

from sync.core.school import School
from sync.services.ports import NoSuchSchool, StoredSchool
from sync.store import documents
from sync.store.connection import WorkConnection
from sync.store.tables import people, schools

KEPT_AT_MOST = 32
"""schools in the memory of one process; a large one takes some 50 MB"""


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

    def save(self, key: str, school: School) -> StoredSchool:
        document = documents.write(school)
        digest = documents.digest(document)
        writing = self._connection.writing()
        found = writing.execute(select(schools.c.revision, schools.c.digest).where(schools.c.key == key)).one_or_none()
        if found is not None and found.digest == digest:
            return StoredSchool(key, school, found.revision)
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
            writing.execute(insert(schools).values(key=key, **row))
        else:
            writing.execute(update(schools).where(schools.c.key == key).values(**row))
        self._keep_people(key, school)
        return StoredSchool(key, school, revision)

    def _keep_people(self, key: str, school: School) -> None:
        writing = self._connection.writing()
        writing.execute(delete(people).where(people.c.school == key))
        if school.staff:
            writing.execute(insert(people), [{"school": key, "email": email} for email in school.staff])

    def get(self, key: str) -> StoredSchool:
        reading = self._connection.reading()
        asked = select(schools.c.revision, schools.c.digest).where(schools.c.key == key)
        found = reading.execute(asked).one_or_none()
        if found is None:
            raise NoSuchSchool(key)
        school = self._cache.get(key, found.digest)
        if school is None:
            # Content, digest and revision in one statement: between two, an import may have come.
            found = reading.execute(asked.add_columns(schools.c.content)).one()
            school = documents.read(School, found.content)
            self._cache.keep(key, found.digest, school)
        return StoredSchool(key, school, found.revision)

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
