"""`[notes]` in school.toml: charter, hashtags, photos, years_after, and Docs that stand in for our protocols."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from sync.core.school.agreement import Kind
from sync.core.school.notes_rules import NotesRules
from sync.schools.problems import Findings, listed, quoted
from sync.schools.toml import TomlFile
from sync.schools.toml import basic_string as _text

FILE, TABLE = "school.toml", "notes"
KEYS = ("charter", "hashtags", "photos", "years_after", "protocols")
KINDS = tuple(kind.value for kind in Kind)
YEARS_AT_MOST = 20
_DOC = re.compile(r"(?:https://docs\.google\.com/document/d/)?([A-Za-z0-9_-]{20,})(?:[/?#].*)?")


def read_notes_rules(toml: TomlFile, found: Findings) -> NotesRules:
    """What `[notes]` says; whatever is wrong with it is a problem with its line."""
    table = toml.values.get(TABLE, {})
    if not isinstance(table, dict):
        found.problem(FILE, toml.line(TABLE), TABLE, "notes must be a table", "write [notes] and its keys below")
        return NotesRules()
    read = _Reader(toml, table, found)
    for key in table:
        if key not in KEYS:
            read.wrong(key, "this key is not known", f"the keys are {listed(KEYS)}")
    return NotesRules(read.charter(), read.hashtags(), read.photos(), read.years(), read.protocols())


class _Reader:
    def __init__(self, toml: TomlFile, table: Mapping[str, Any], found: Findings) -> None:
        self._toml, self._table, self._found = toml, table, found

    def wrong(self, key: str, what: str, todo: str, table: str = TABLE) -> None:
        self._found.problem(FILE, self._toml.line(key, table), f"{table}.{key}", what, todo)

    def charter(self) -> str:
        value = self._table.get("charter", "")
        if not isinstance(value, str) or (value and not value.startswith("https://")):
            self.wrong("charter", "this is no link", 'write charter = "https://…"')
            return ""
        return value

    def hashtags(self) -> tuple[str, ...]:
        value = self._table.get("hashtags", [])
        if not isinstance(value, list) or not all(isinstance(tag, str) for tag in value):
            self.wrong("hashtags", "these are no hashtags", 'write hashtags = ["#OakLearns"]')
            return ()
        return tuple(tag.strip() for tag in value if tag.strip())

    def photos(self) -> bool:
        value = self._table.get("photos", False)
        if not isinstance(value, bool):
            self.wrong("photos", "this is neither true nor false", "write photos = true or leave it out")
            return False
        return value

    def years(self) -> int:
        value = self._table.get("years_after", 1)
        if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= YEARS_AT_MOST:
            self.wrong("years_after", f"this is no number from 0 to {YEARS_AT_MOST}", "write years_after = 1")
            return 1
        return value

    def protocols(self) -> dict[str, str]:
        value = self._table.get("protocols", {})
        if not isinstance(value, dict):
            self.wrong("protocols", "this must be a table", "write [notes.protocols] and a line for each kind")
            return {}
        return dict(self._protocols(value))

    def _protocols(self, table: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
        name = f"{TABLE}.protocols"
        for kind, link in table.items():
            doc = _DOC.fullmatch(link.strip()) if isinstance(link, str) else None
            if kind not in KINDS:
                self.wrong(kind, "there is no such kind of walk", f"the kinds are {listed(KINDS)}", name)
            elif doc is None:
                self.wrong(kind, f"{quoted(str(link))} is no link to a Google Doc", "copy it from the browser", name)
            else:
                yield kind, doc[1]


def written(rules: NotesRules) -> list[str]:
    """The lines that read back as these rules; none where nothing is said."""
    lines = []
    if rules.charter:
        lines.append(f"charter = {_text(rules.charter)}")
    if rules.hashtags:
        lines.append(f"hashtags = [{', '.join(map(_text, rules.hashtags))}]")
    if rules.photos:
        lines.append("photos = true")
    if rules.years_after != NotesRules.years_after:
        lines.append(f"years_after = {rules.years_after}")
    if rules.protocols:
        lines += ["", "[notes.protocols]", *(f"{kind} = {_text(doc)}" for kind, doc in rules.protocols.items())]
    return ["", f"[{TABLE}]", *lines] if lines else []
