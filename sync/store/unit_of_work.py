"""The unit of work, and the store that hands them out."""

from __future__ import annotations

from datetime import datetime
from types import TracebackType
from typing import Self

from sqlalchemy import Engine, select

from sync.services.ports import (
    Access,
    Covers,
    Inquiry,
    Mirrors,
    News,
    Newsletters,
    Notebook,
    OpenDoors,
    Overlaps,
    Retention,
    Schools,
    TermPlans,
    Together,
    Videos,
    WaitingList,
    Walks,
)
from sync.store import leases
from sync.store.access import SqlAccess
from sync.store.connection import WorkConnection
from sync.store.covers import SqlCovers
from sync.store.engine import open_engine
from sync.store.inquiry import SqlInquiry
from sync.store.migrate import upgrade
from sync.store.mirrors import SqlMirrors
from sync.store.news import SqlNews
from sync.store.newsletters import SqlNewsletters
from sync.store.notebook import SqlNotebook
from sync.store.open_doors import SqlOpenDoors, SqlWaitingList
from sync.store.overlaps import SqlOverlaps
from sync.store.retention import SqlRetention
from sync.store.schools import SchoolCache, SqlSchools
from sync.store.term_plans import SqlTermPlans
from sync.store.together import SqlTogether
from sync.store.videos import SqlVideos
from sync.store.walk_cache import WalkCache
from sync.store.walks import SqlWalks


class SqlWork:
    """A unit of work on a database (`sync.services.ports.Work`); usable once, inside `with`."""

    schools: Schools
    walks: Walks
    mirrors: Mirrors
    doors: OpenDoors
    waiting: WaitingList
    covers: Covers
    notebook: Notebook
    access: Access
    newsletters: Newsletters
    retention: Retention
    news: News
    term_plans: TermPlans
    together: Together
    videos: Videos
    inquiry: Inquiry
    overlaps: Overlaps

    def __init__(self, engine: Engine, schools: SchoolCache, walks: WalkCache) -> None:
        self._engine = engine
        self._known_schools = schools
        self._known_walks = walks

    def __enter__(self) -> Self:
        self._connection = WorkConnection(self._engine)
        schools = SqlSchools(self._connection, self._known_schools)
        self.schools = schools
        self.walks = SqlWalks(self._connection, schools, self._known_walks)
        self.mirrors = SqlMirrors(self._connection)
        self.doors = SqlOpenDoors(self._connection)
        self.waiting = SqlWaitingList(self._connection)
        self.covers = SqlCovers(self._connection)
        self.notebook = SqlNotebook(self._connection)
        self.access = SqlAccess(self._connection)
        self.newsletters = SqlNewsletters(self._connection)
        self.retention = SqlRetention(self._connection)
        self.news = SqlNews(self._connection)
        self.term_plans = SqlTermPlans(self._connection)
        self.together = SqlTogether(self._connection)
        self.videos = SqlVideos(self._connection)
        self.inquiry = SqlInquiry(self._connection)
        self.overlaps = SqlOverlaps(self._connection)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._connection.close()

    def lock(self, school: str) -> None:
        self._connection.lock(f"school:{school}")

    def commit(self) -> None:
        self._connection.commit()


class SqlStore:
    """The store on SQLite or PostgreSQL (`sync.services.ports.Store`); one per process, shared by its threads."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._schools = SchoolCache()
        self._walks = WalkCache()

    def work(self) -> SqlWork:
        return SqlWork(self.engine, self._schools, self._walks)

    def lease(self, name: str, holder: str, until: datetime, now: datetime) -> bool:
        connection = WorkConnection(self.engine)
        try:
            taken = leases.take(connection.writing(), name, holder, until, now)
            connection.commit()
        finally:
            connection.close()
        return taken

    def release(self, name: str, holder: str) -> None:
        connection = WorkConnection(self.engine)
        try:
            leases.release(connection.writing(), name, holder)
            connection.commit()
        finally:
            connection.close()

    def ping(self) -> None:
        """Ask the database for an answer; raises SQLAlchemy's own error when it gives none."""
        with self.engine.connect() as connection:
            connection.execute(select(1))

    def close(self) -> None:
        self.engine.dispose()


def open_store(url: str) -> SqlStore:
    """Open the store of a database URL and bring its tables up to date. Raises `BadDatabaseUrl`."""
    engine = open_engine(url)
    upgrade(engine)
    return SqlStore(engine)
