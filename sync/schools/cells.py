"""Cells of a row as values. Each reader gives the value, or None after telling the problem."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime, time
from enum import StrEnum
from typing import TypeVar
from zoneinfo import ZoneInfo

from sync.schools.problems import Findings, listed, quoted
from sync.schools.tables import Row

CLOCK = re.compile(r"([0-9]{1,2}):([0-9]{2})(?::00)?")
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
EMAIL = re.compile(r"[^@\s,;:<>\"()\[\]\\]+@[^@\s,;:<>\"()\[\]\\.]+(?:\.[^@\s,;:<>\"()\[\]\\.]+)+")
YEARS = range(2000, 2101)
YES = frozenset({"", "yes", "true", "1", "y"})
NO = frozenset({"no", "false", "0", "n"})

E = TypeVar("E", bound=StrEnum)


def as_time(text: str) -> time | None:
    """`8:05` or `08:05` (seconds only as `:00`), on the 24-hour clock."""
    found = CLOCK.fullmatch(text)
    if found is None or int(found[1]) > 23 or int(found[2]) > 59:
        return None
    return time(int(found[1]), int(found[2]))


def as_date(text: str) -> date | None:
    """An ISO date of this century, `2026-09-01`."""
    if DAY.fullmatch(text) is None:
        return None
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if day.year in YEARS else None


def as_moment(text: str, zone: ZoneInfo) -> datetime | None:
    """An ISO 8601 moment; one that names no offset is on the clock of `zone`."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    if moment.year not in YEARS:
        return None
    return (moment if moment.tzinfo else moment.replace(tzinfo=zone)).astimezone(zone)


def as_list(text: str) -> tuple[str, ...]:
    """What stands between the `;` of a cell, each once, in order."""
    return tuple(dict.fromkeys(part for item in text.split(";") if (part := item.strip())))


def as_email(text: str) -> str | None:
    return text.lower() if EMAIL.fullmatch(text) else None


def needed(row: Row, column: str, found: Findings, do: str) -> str | None:
    if not row[column]:
        found.problem(row.file, row.number, column, "the cell is empty", do)
        return None
    return row[column]


def email(row: Row, column: str, found: Findings, missing: str = "the e-mail is missing") -> str | None:
    if not row[column]:
        found.problem(row.file, row.number, column, missing, "fill in the school e-mail")
        return None
    address = as_email(row[column])
    if address is None:
        what = f"{quoted(row[column])} is not an e-mail address"
        found.problem(row.file, row.number, column, what, "write it like ada@school.org")
    return address


def clock(row: Row, column: str, found: Findings) -> time | None:
    value = as_time(row[column])
    if value is None:
        what = f"{quoted(row[column])} is not a time" if row[column] else "the time is missing"
        found.problem(row.file, row.number, column, what, "write it on the 24-hour clock, like 08:05")
    return value


def day(row: Row, column: str, found: Findings) -> date | None:
    value = as_date(row[column])
    if value is None:
        what = f"{quoted(row[column])} is not a date of a school year" if row[column] else "the date is missing"
        found.problem(row.file, row.number, column, what, "write year, month and day, like 2026-09-01")
    return value


def moment(row: Row, column: str, zone: ZoneInfo, found: Findings) -> datetime | None:
    value = as_moment(row[column], zone)
    if value is None:
        what = f"{quoted(row[column])} is not a date and time" if row[column] else "the date and time are missing"
        found.problem(row.file, row.number, column, what, "write it like 2026-09-01T08:05")
    return value


def choice(row: Row, column: str, among: Sequence[E], found: Findings) -> E | None:
    by_word = {value.value: value for value in among}
    value = by_word.get(row[column].lower())
    if value is None:
        what = f"{quoted(row[column])} is not a {column}" if row[column] else f"the {column} is missing"
        found.problem(row.file, row.number, column, what, f"write one of {listed(list(by_word))}")
    return value


def flag(row: Row, column: str, found: Findings) -> bool:
    """Yes or no; an empty cell means yes."""
    said = row[column].lower()
    if said not in YES | NO:
        found.problem(row.file, row.number, column, f"{quoted(row[column])} is neither yes nor no", "write yes or no")
    return said not in NO
