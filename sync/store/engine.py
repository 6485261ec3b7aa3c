"""Opening the database: SQLite as the embedded default, PostgreSQL when the URL says so."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError

BUSY_SECONDS = 60
"""how long a writer waits for the one before it (SQLite has one writer at a time)"""

IMMEDIATE = "downthehall_immediate"
"""execution option of a connection whose next transaction is to write"""


class BadDatabaseUrl(ValueError):
    """The database URL names nothing that can be opened; the sentence says what to write instead."""


def open_engine(url: str) -> Engine:
    """An engine for `url`: `sqlite:///file`, `postgresql://...` or `postgres://...` (also `?host=/cloudsql/...`).

    Nothing is connected to yet; the folder of SQLite's file is made where it is not there. Raises `BadDatabaseUrl`.
    """
    parsed = _read(url)
    if parsed.get_backend_name() == "sqlite":
        return _open_sqlite(parsed)
    return create_engine(
        parsed.set(drivername="postgresql+psycopg"),
        # An instance that slept, or a database that failed over, leaves dead connections in the pool.
        pool_pre_ping=True,
        connect_args={"options": "-c timezone=UTC", "connect_timeout": 10},
    )


def _read(url: str) -> URL:
    # `postgres://` is what several hosts still hand out, SQLAlchemy knows the longer name alone.
    if url.startswith("postgres://"):
        url = "postgresql://" + url.removeprefix("postgres://")
    try:
        parsed = make_url(url)
    except ArgumentError as error:
        raise BadDatabaseUrl(_EXPECTED) from error
    if parsed.get_backend_name() not in ("sqlite", "postgresql"):
        raise BadDatabaseUrl(_EXPECTED)
    if parsed.get_backend_name() == "sqlite" and parsed.database in (None, "", ":memory:"):
        raise BadDatabaseUrl("SQLite is used with a file, since every thread has its own connection. " + _EXPECTED)
    return parsed


_EXPECTED = "Set DATABASE_URL to sqlite:///FILE or to postgresql://USER:PASSWORD@HOST/NAME."


def _open_sqlite(url: URL) -> Engine:
    if url.database and not url.database.startswith("file:"):
        Path(url.database).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(url, connect_args={"timeout": BUSY_SECONDS})
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _record: object) -> None:
    # The driver would begin transactions by guessing from the statement; we say ourselves when and how.
    connection.isolation_level = None
    cursor = connection.cursor()
    # Waiting first: even the switch to WAL may find another process at the file.
    for pragma in (f"busy_timeout={BUSY_SECONDS * 1000}", "journal_mode=WAL", "foreign_keys=ON", "synchronous=FULL"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    # A transaction that reads first and writes later can find its snapshot outdated and must fail; one that says
    # at its start that it will write waits for its turn instead.
    immediate = connection.get_execution_options().get(IMMEDIATE, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")
