"""`[[blocked]]` in `rules.toml`: dates and periods that a school keeps free of visits, such as weeks of testing."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sync.core.agreement import Blocked
from sync.schools.cells import YEARS, as_date
from sync.schools.problems import Findings, quoted
from sync.schools.toml import TomlFile

TABLE = "blocked"
KEYS = ("from", "to", "periods", "rooms", "reason")


def read_blocked(toml: TomlFile, found: Findings) -> tuple[Blocked, ...]:
    """Every [[blocked]] table that can be read; what cannot is told with its line."""
    tables = toml.values.get(TABLE, [])
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        found.problem(
            toml.file, toml.line(TABLE), TABLE, "these must be tables", "write [[blocked]] with from, to and reason"
        )
        return ()
    return tuple(one for nth, table in enumerate(tables) if (one := _Table(toml, nth, found).read(table)))


class _Table:
    """One [[blocked]] table, the `nth`, and where its keys stand."""

    def __init__(self, toml: TomlFile, nth: int, found: Findings) -> None:
        self.toml, self.nth, self.found = toml, nth, found

    def read(self, table: dict[str, Any]) -> Blocked | None:
        for key in table:
            if key not in KEYS:
                self._problem(key, "this key is not known", "the keys are from, to, periods, rooms and reason")
        first = self._date(table, "from")
        last = self._date(table, "to") if "to" in table else first
        periods, rooms = self._names(table, "periods"), self._names(table, "rooms")
        reason = table.get("reason", "")
        if not isinstance(reason, str):
            self._problem("reason", "this must be a text", 'write reason = "State testing"')
            return None
        if first is None or last is None or periods is None or rooms is None:
            return None
        if last < first:
            self._problem("to", f"{last} lies before {first}", "swap the dates")
            return None
        return Blocked(first, last, periods, " ".join(reason.split()), rooms)

    def _date(self, table: dict[str, Any], key: str) -> date | None:
        value = table.get(key)
        if isinstance(value, str):
            value = as_date(value.strip())
        if isinstance(value, datetime) or not isinstance(value, date) or value.year not in YEARS:
            self._problem(key, "a date is missing here", f"write {key} = 2026-05-04")
            return None
        return value

    def _names(self, table: dict[str, Any], key: str) -> tuple[str, ...] | None:
        value = table.get(key, [])
        if not isinstance(value, list) or not all(isinstance(one, (str, int)) for one in value):
            self._problem(key, f"{quoted(str(value))} cannot stand here", f'write {key} = ["1", "2"]')
            return None
        return tuple(dict.fromkeys(str(one).strip() for one in value))

    def _problem(self, key: str, what: str, do: str) -> None:
        row = self.toml.line(key, TABLE, self.nth) or self.toml.line(TABLE)
        self.found.problem(self.toml.file, row, f"{TABLE}.{key}", what, do)
