"""Dates and periods in `rules.toml`: `[[blocked]]` keeps them free of visits, `[[windows]]` are a planned term's."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any

from sync.core.school.agreement import Blocked, Window
from sync.schools.cells import YEARS, as_date
from sync.schools.problems import Findings, listed, quoted
from sync.schools.toml import TomlFile

BLOCKED, WINDOWS = "blocked", "windows"
WINDOW_KEYS = ("from", "to", "periods", "reason")
KEYS = (*WINDOW_KEYS, "rooms")


def read_blocked(toml: TomlFile, found: Findings) -> tuple[Blocked, ...]:
    """Every [[blocked]] table that can be read; what cannot is told with its line."""
    return tuple(_read(toml, BLOCKED, KEYS, found))


def read_windows(toml: TomlFile, found: Findings) -> tuple[Window, ...]:
    """Every [[windows]] table that can be read; what cannot is told with its line."""
    return tuple(
        Window(one.first, one.last, one.periods, one.reason) for one in _read(toml, WINDOWS, WINDOW_KEYS, found)
    )


def _read(toml: TomlFile, name: str, keys: Sequence[str], found: Findings) -> Iterator[Blocked]:
    tables = toml.values.get(name, [])
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        do = f"write [[{name}]] with from, to and reason"
        found.problem(toml.file, toml.line(name), name, "these must be tables", do)
        return
    for nth, table in enumerate(tables):
        one = _Table(toml, name, nth, found).read(table, keys)
        if one is not None:
            yield one


class _Table:
    """One [[blocked]] or [[windows]] table, the `nth`, and where its keys stand."""

    def __init__(self, toml: TomlFile, name: str, nth: int, found: Findings) -> None:
        self.toml, self.name, self.nth, self.found = toml, name, nth, found

    def read(self, table: dict[str, Any], keys: Sequence[str]) -> Blocked | None:
        for key in table:
            if key not in keys:
                self._problem(key, "this key is not known", f"the keys are {listed(keys)}")
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
        row = self.toml.line(key, self.name, self.nth) or self.toml.line(self.name)
        self.found.problem(self.toml.file, row, f"{self.name}.{key}", what, do)
