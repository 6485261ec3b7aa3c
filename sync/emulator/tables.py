"""Tables of JSON values by string key, with a journal to roll back from and a SQLite file to write through to.

Everything is held in memory: a get costs a dict look-up. Stored values are never changed in place by anyone, so the
journal can keep the old value itself. A table that is asked for a range keeps its keys sorted from then on.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any, overload

from sync.emulator.sortedkeys import SortedKeys

_NOTHING: Any = object()


class Table:
    """A named table. Values are JSON (mostly dicts); never mutate what `get` returned: build a new one and `put` it."""

    def __init__(self, name: str, store: Tables) -> None:
        self.name = name
        self._store = store
        self._values: dict[str, Any] = {}
        self._order: SortedKeys | None = None

    @overload
    def get(self, key: str) -> Any: ...
    @overload
    def get(self, key: str, default: Any) -> Any: ...
    def get(self, key: str, default: Any = None) -> Any:
        return self._values.get(key, default)

    def __getitem__(self, key: str) -> Any:
        return self._values[key]

    def __contains__(self, key: str) -> bool:
        return key in self._values

    def __len__(self) -> int:
        return len(self._values)

    def put(self, key: str, value: Any) -> None:
        """Store a value, new or in place of another."""
        self._store.note(self, key, self._values.get(key, _NOTHING))
        self._set(key, value)

    def delete(self, key: str) -> None:
        """Remove a key; one that is not there is no error."""
        old = self._values.get(key, _NOTHING)
        if old is not _NOTHING:
            self._store.note(self, key, old)
            self._set(key, _NOTHING)

    def keys(self) -> list[str]:
        return list(self._values)

    def values(self) -> list[Any]:
        return list(self._values.values())

    def items(self) -> list[tuple[str, Any]]:
        return list(self._values.items())

    def between(self, low: str, high: str, *, reverse: bool = False) -> Iterator[tuple[str, Any]]:
        """(key, value) with low <= key < high, in key order. Cost: two bisections and what is taken from it."""
        keys = self._sorted().between(low, high)
        for key in reversed(keys) if reverse else keys:
            yield key, self._values[key]

    def starting(self, prefix: str, *, after: str = "") -> Iterator[tuple[str, Any]]:
        """(key, value) of keys that start with prefix, in key order, and come after prefix + after if that is given.

        Walks lazily: taking ten of a million costs ten.
        """
        for key in self._sorted().starting_at(prefix + after):
            if not key.startswith(prefix):
                return
            if not after or key != prefix + after:
                yield key, self._values[key]

    def _sorted(self) -> SortedKeys:
        if self._order is None:
            self._order = SortedKeys(self._values)
        return self._order

    def _set(self, key: str, value: Any) -> None:
        if self._order is not None:
            known = key in self._values
            if value is _NOTHING and known:
                self._order.remove(key)
            elif value is not _NOTHING and not known:
                self._order.add(key)
        if value is _NOTHING:
            self._values.pop(key, None)
        else:
            self._values[key] = value


class Tables:
    """All tables of one Workspace, one journal, and, when `file` is given, the SQLite file that remembers them."""

    def __init__(self, file: Path | None = None) -> None:
        self._tables: dict[str, Table] = {}
        self._journal: list[tuple[Table, str, Any]] = []
        self._connection = _open(file) if file else None
        if self._connection:
            for name, key, text in self._connection.execute("SELECT name, key, value FROM entries ORDER BY rowid"):
                self.table(name)._set(key, json.loads(text))

    def table(self, name: str) -> Table:
        """The table of that name, made on first use."""
        found = self._tables.get(name)
        if found is None:
            found = self._tables[name] = Table(name, self)
        return found

    def note(self, table: Table, key: str, old: Any) -> None:
        self._journal.append((table, key, old))

    def commit(self) -> None:
        """Keep what was done since the last commit or rollback."""
        if self._connection and self._journal:
            changed = {(table.name, key): table.get(key, _NOTHING) for table, key, _ in self._journal}
            gone = [name_key for name_key, value in changed.items() if value is _NOTHING]
            kept = [
                (*name_key, json.dumps(value, ensure_ascii=False))
                for name_key, value in changed.items()
                if value is not _NOTHING
            ]
            with self._connection:
                self._connection.executemany("DELETE FROM entries WHERE name = ? AND key = ?", gone)
                self._connection.executemany("INSERT OR REPLACE INTO entries (name, key, value) VALUES (?, ?, ?)", kept)
        self._journal.clear()

    def rollback(self) -> None:
        """Undo what was done since the last commit or rollback, newest first."""
        for table, key, old in reversed(self._journal):
            table._set(key, old)
        self._journal.clear()

    def clear(self) -> None:
        """Empty every table, for good."""
        self._journal.clear()
        for table in self._tables.values():
            table._values.clear()
            table._order = None
        if self._connection:
            with self._connection:
                self._connection.execute("DELETE FROM entries")

    def close(self) -> None:
        if self._connection:
            self._connection.close()
            self._connection = None


def _open(file: Path) -> sqlite3.Connection:
    """Raises OSError with the reason when the file is another Workspace's, or none of ours."""
    file.parent.mkdir(parents=True, exist_ok=True)
    # Any thread may be the one that holds the Workspace's lock; only that one touches the connection.
    connection = sqlite3.connect(file, check_same_thread=False, timeout=1)
    try:
        # All state is in memory: two processes on one file would each lose what the other wrote.
        connection.execute("PRAGMA locking_mode = EXCLUSIVE")
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute(
            "CREATE TABLE IF NOT EXISTS entries (name TEXT, key TEXT, value TEXT NOT NULL, PRIMARY KEY (name, key))"
        )
        with connection:
            connection.execute("BEGIN IMMEDIATE")  # takes the lock now, and keeps it until the connection is closed
    except sqlite3.DatabaseError as problem:
        connection.close()
        busy = isinstance(problem, sqlite3.OperationalError)
        what = "is in use by another local Workspace" if busy else "holds no state of a Workspace"
        raise OSError(f"{file} {what} ({problem})") from None
    return connection
