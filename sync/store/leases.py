"""Leases: one holder at a time of a named piece of work, until a moment that passes by itself."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, delete, or_
from sqlalchemy.dialects.postgresql import insert as insert_into_postgresql
from sqlalchemy.dialects.sqlite import insert as insert_into_sqlite

from sync.store.tables.mirrors import leases


def take(connection: Connection, name: str, holder: str, until: datetime, now: datetime) -> bool:
    """Take or extend a lease in one statement; False while somebody else holds it."""
    into = insert_into_sqlite if connection.dialect.name == "sqlite" else insert_into_postgresql
    statement = into(leases).values(name=name, holder=holder, until=until)
    mine_or_over = or_(leases.c.holder == holder, leases.c.until <= now)
    statement = statement.on_conflict_do_update(
        index_elements=[leases.c.name], set_={"holder": holder, "until": until}, where=mine_or_over
    )
    return connection.execute(statement.returning(leases.c.holder)).first() is not None


def release(connection: Connection, name: str, holder: str) -> None:
    """Give a lease back; one that somebody else holds by now stays theirs."""
    connection.execute(delete(leases).where(leases.c.name == name, leases.c.holder == holder))
