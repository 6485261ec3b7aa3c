"""A whole store in one file, and back: every row as a line of JSON, gzipped. Works between SQLite and PostgreSQL.

Words that people wrote about visits stay out: they stand in the Docs, and the first pass after a restore reads them
from there again. Consents are kept, since they belong to a line's key and not to its words.
"""

from __future__ import annotations

import gzip
import json
import os
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

from alembic.runtime.migration import MigrationContext
from sqlalchemy import Engine, Table, func, insert, select
from sqlalchemy.types import Date, DateTime

from sync.store.migrate import upgrade
from sync.store.tables import metadata

FORMAT = "downthehall backup 1"
LEFT_OUT = {"leases", "next_steps", "walk_notes", "notes_feeds", "colleague_wishes", "overlaps"}
"""leases belong to running processes; notes are read from all Docs again once the feed's token is gone; whom somebody
would like as a colleague is nobody's business until the other says so too; what stands in people's own calendars is
looked up again"""
WITHOUT_WORDS = {"walks": "own_focus", "shared_lines": "words", "support_requests": "words"}
"""columns of people's own words, which are written as empty"""
KEPT = [table for table in metadata.sorted_tables if table.name not in LEFT_OUT]
"""parents before children"""
AT_ONCE = 500


class BadBackup(ValueError):
    """A file that cannot be restored, or a store that it may not be restored into; the sentence says what to do."""


def back_up(engine: Engine, file: Path) -> int:
    """Write every row to `file`, all as of one moment, and return how many. An older file is replaced at the end."""
    written = 0
    unfinished = file.with_name(file.name + ".part")
    descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as raw, gzip.open(raw, "wt", encoding="utf-8") as out, engine.connect() as looking:
        if engine.dialect.name == "postgresql":
            looking = looking.execution_options(isolation_level="REPEATABLE READ")
        revision = MigrationContext.configure(looking).get_current_revision()
        print(json.dumps({"format": FORMAT, "revision": revision}), file=out)
        for table in KEPT:
            for row in looking.execution_options(yield_per=AT_ONCE).execute(select(table)).mappings():
                values = {name: _plain(value) for name, value in row.items()}
                if table.name in WITHOUT_WORDS:
                    values[WITHOUT_WORDS[table.name]] = ""
                print(json.dumps([table.name, values]), file=out)
                written += 1
    unfinished.replace(file)
    return written


def restore(engine: Engine, file: Path) -> int:
    """Read every row of `file` into an empty store, all or nothing, and return how many. Raises `BadBackup`."""
    upgrade(engine)
    with engine.begin() as writing:
        full = [table.name for table in KEPT if writing.scalar(select(func.count()).select_from(table))]
        if full:
            raise BadBackup(
                f"The store is not empty ({', '.join(full)}); restore into a fresh database by setting DATABASE_URL."
            )
        revision = MigrationContext.configure(writing).get_current_revision()
        lines = _lines(file)
        _check_head(next(lines, {}), revision, file)
        tables = {table.name: table for table in KEPT}
        restored = 0
        waiting: list[dict[str, Any]] = []
        current: Table | None = None
        for number, line in enumerate(lines, start=2):
            table, row = _row(line, tables, file, number)
            if waiting and (table is not current or len(waiting) >= AT_ONCE):
                assert current is not None
                writing.execute(insert(current), waiting)
                waiting = []
            current = table
            waiting.append(row)
            restored += 1
        if waiting and current is not None:
            writing.execute(insert(current), waiting)
    return restored


def _lines(file: Path) -> Iterator[Any]:
    try:
        with gzip.open(file, "rt", encoding="utf-8") as text:
            for line in text:
                yield json.loads(line)
    except (gzip.BadGzipFile, EOFError, UnicodeDecodeError, ValueError) as error:
        raise BadBackup(f"{file} is no backup of this product, or was cut off; nothing was restored.") from error


def _check_head(head: Any, revision: str | None, file: Path) -> None:
    if not isinstance(head, dict) or head.get("format") != FORMAT:
        raise BadBackup(f"{file} is no backup of this product; nothing was restored.")
    if head.get("revision") != revision:
        raise BadBackup(
            f"{file} is of version {head.get('revision')}, this program's tables are of {revision}; restore it with "
            "the version that wrote it, and upgrade afterwards."
        )


def _row(line: Any, tables: dict[str, Table], file: Path, number: int) -> tuple[Table, dict[str, Any]]:
    if not (isinstance(line, list) and len(line) == 2 and line[0] in tables and isinstance(line[1], dict)):
        raise BadBackup(f"{file}, line {number}: this is no row of ours; nothing was restored.")
    table = tables[line[0]]
    if set(line[1]) != {column.name for column in table.columns}:
        raise BadBackup(f"{file}, line {number}: the columns of {table.name} differ; nothing was restored.")
    return table, {column.name: _typed(column.type, line[1][column.name]) for column in table.columns}


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date | datetime) else value


def _typed(kind: Any, value: Any) -> Any:
    if not isinstance(value, str):
        return value
    kind = getattr(kind, "impl", kind)  # our own column types wrap SQLAlchemy's
    if isinstance(kind, DateTime):
        return datetime.fromisoformat(value)
    return date.fromisoformat(value) if isinstance(kind, Date) else value
