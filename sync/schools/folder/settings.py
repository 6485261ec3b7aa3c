"""`school.toml`: the school's name, zone, mail domain, terms, and what it decides about notes."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

from sync.core.school.days import Term
from sync.core.school.notes_rules import NotesRules
from sync.schools.cells import YEARS, as_date
from sync.schools.folder.notes_settings import read_notes_rules
from sync.schools.problems import Findings, listed, quoted
from sync.schools.toml import TomlFile, read_toml

FILE = "school.toml"
KEYS = ("name", "timezone", "domain", "terms", "notes")


@dataclass(frozen=True, slots=True)
class Settings:
    name: str = ""
    zone: ZoneInfo = ZoneInfo("UTC")  # noqa: RUF009  # a ZoneInfo never changes
    domain: str = ""
    terms: tuple[Term, ...] = ()
    notes: NotesRules = field(default_factory=NotesRules)


def read_settings(data: bytes | None, found: Findings) -> Settings:
    """What the file says; what it does not say keeps its default (UTC, no terms)."""
    if data is None:
        found.odd(
            FILE, 0, "", "there is no such file, so times are read as UTC", "add it with name, timezone and domain"
        )
        return Settings()
    toml = read_toml(data, FILE, found)
    if toml is None:
        return Settings()
    for key in toml.values:
        if key not in KEYS:
            found.problem(FILE, toml.line(key), key, "this key is not known", f"the keys are {listed(KEYS)}")
    if "timezone" not in toml.values:
        found.odd(
            FILE, 0, "timezone", "no time zone is given, so times are read as UTC", "write one like America/Chicago"
        )
    return Settings(
        name=" ".join(_text(toml, "name", found).split()),
        zone=_zone(toml, found),
        domain=_text(toml, "domain", found).strip().lower().removeprefix("@"),
        terms=_terms(toml, found),
        notes=read_notes_rules(toml, found),
    )


def zone_named(name: str) -> ZoneInfo | None:
    """The zone of an IANA name, or None where there is none."""
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):  # unknown, malformed, or a folder of the zone database
        return None


def _text(toml: TomlFile, key: str, found: Findings) -> str:
    value = toml.values.get(key, "")
    if not isinstance(value, str):
        found.problem(FILE, toml.line(key), key, "this must be a text", f'write {key} = "…"')
        return ""
    return value


def _zone(toml: TomlFile, found: Findings) -> ZoneInfo:
    name = _text(toml, "timezone", found) or "UTC"
    zone = zone_named(name)
    if zone is None:
        what = f"{quoted(name)} is not a time zone"
        found.problem(FILE, toml.line("timezone"), "timezone", what, "write an IANA name like America/Chicago")
    return zone or ZoneInfo("UTC")


def _terms(toml: TomlFile, found: Findings) -> tuple[Term, ...]:
    tables = toml.values.get("terms", [])
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        found.problem(
            FILE, toml.line("terms"), "terms", "terms must be tables", "write [[terms]] with name, from and to"
        )
        return ()
    terms = [term for nth, table in enumerate(tables) if (term := _term(toml, nth, table, found))]
    for earlier, later in pairwise(terms):
        if later.first <= earlier.last:
            what = f"{quoted(later.name)} begins before {quoted(earlier.name)} is over"
            found.odd(FILE, 0, "terms", what, "check their dates")
    return tuple(terms)


def _term(toml: TomlFile, nth: int, table: dict[str, Any], found: Findings) -> Term | None:
    for key in table:
        if key not in ("name", "from", "to"):
            row = toml.line(key, "terms", nth)
            found.problem(FILE, row, f"terms.{key}", "this key is not known", "a term has name, from and to")
    ends = [_date(toml, nth, table, key, found) for key in ("from", "to")]
    name = table.get("name", f"Term {nth + 1}")
    if not isinstance(name, str):
        found.problem(FILE, toml.line("name", "terms", nth), "terms.name", "this must be a text", 'write name = "…"')
        return None
    if ends[0] is None or ends[1] is None:
        return None
    if ends[1] < ends[0]:
        row = toml.line("to", "terms", nth)
        found.problem(FILE, row, "terms.to", f"the term {quoted(name)} ends before it begins", "correct its dates")
        return None
    return Term(" ".join(name.split()), ends[0], ends[1])


def _date(toml: TomlFile, nth: int, table: dict[str, Any], key: str, found: Findings) -> date | None:
    value = table.get(key)
    if isinstance(value, str):
        value = as_date(value.strip())
    elif isinstance(value, datetime) or not isinstance(value, date) or value.year not in YEARS:
        value = None
    if value is None:
        row = toml.line(key, "terms", nth) or toml.line("terms")
        found.problem(FILE, row, f"terms.{key}", "this is not a date", f"write {key} = 2026-09-01")
    return value
