"""One connection of a unit of work, which begins to read at once and to write only when it must."""

from __future__ import annotations

import hashlib

from sqlalchemy import Connection, Engine, text

from sync.store.engine import IMMEDIATE


class WorkConnection:
    """A connection with at most one transaction; closing it without `commit` keeps nothing.

    On SQLite only one transaction may write at a time. One that has read before it comes to write is begun anew,
    so that it never meets an outdated snapshot; what is read afterwards is then as fresh as under PostgreSQL.
    """

    def __init__(self, engine: Engine) -> None:
        self._connection = engine.connect()
        self._writes = False

    def reading(self) -> Connection:
        return self._connection

    def writing(self) -> Connection:
        if not self._writes:
            if self._connection.dialect.name == "sqlite":
                self._connection.rollback()
                self._connection = self._connection.execution_options(**{IMMEDIATE: True})
                self._connection.begin()
            self._writes = True
        return self._connection

    @property
    def has_written(self) -> bool:
        """Whether what is read may never be kept."""
        return self._writes

    def lock(self, name: str) -> None:
        """Keep other writers of this name away until the transaction ends."""
        connection = self.writing()
        # SQLite has let nobody else write since BEGIN IMMEDIATE.
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": lock_number(name)})

    def commit(self) -> None:
        self._connection.commit()
        self._end()

    def close(self) -> None:
        self._connection.rollback()
        self._end()
        self._connection.close()

    def _end(self) -> None:
        self._writes = False
        self._connection = self._connection.execution_options(**{IMMEDIATE: False})


def lock_number(name: str) -> int:
    """A signed 64-bit number for a name, the same in every process."""
    return int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], "big", signed=True)
