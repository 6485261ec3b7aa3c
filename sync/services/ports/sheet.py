"""The coordinator's Sheet (adapter: `sync.google.sheet.sheet`), and the readers of its tabs (`sync.schools.tabs`)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from sync.core.school.school import School
from sync.services.ports.schools import Rooms

Cell = str | int | float


@dataclass(frozen=True, slots=True)
class Table:
    """One tab we keep: its name, headings, and keyed rows. Cells are text, numbers, dates as ISO text, or blank."""

    tab: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, tuple[str | int, ...]], ...]
    """(key, cells); rows keep their key wherever people sort them"""


@dataclass(frozen=True, slots=True)
class FormKind:
    """One tab that people fill: its name, its columns, those it cannot do without, and those that name a row."""

    tab: str
    headings: tuple[str, ...]
    needed: tuple[str, ...]
    key: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Filled:
    """What people filled in: rows by number (the first row of a tab being 1), and needed columns that are not there."""

    rows: tuple[tuple[int, Mapping[str, Cell]], ...]
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Form:
    """What is to be written to a tab that people fill."""

    kind: FormKind
    rows: tuple[tuple[str, ...], ...] | None
    """None leaves what people wrote"""
    says: Mapping[int, str]
    """our answer by row number; where `rows` is given, by place in it, from 1"""


@dataclass(frozen=True, slots=True)
class Understood:
    """What was made of the tabs: the school, an answer for each row, and what hides slots from how many people."""

    school: School
    says: Mapping[str, Mapping[int, str]]
    gaps: tuple[tuple[int, str, str], ...]
    """(people, where, in words)"""


class SchoolForms(Protocol):
    """The readers of a school, for tabs of a Sheet in place of files."""

    kinds: tuple[FormKind, ...]

    def rows(self, school: School) -> Mapping[str, tuple[tuple[str, ...], ...]]:
        """What the tabs say of a school, by tab."""
        ...

    def understand(self, before: School, filled: Mapping[str, Filled]) -> Understood:
        """The school that the tabs describe; rows that cannot be read are left out and told, tabs not given stay."""
        ...


@dataclass(frozen=True, slots=True)
class Page:
    """What the Sheet is to show: the tabs we keep, and our part of those that people fill."""

    tables: Sequence[Table]
    forms: Sequence[Form] = ()


Fill = Callable[[Mapping[str, Filled]], Page]
"""from what people filled in, by tab (tabs that are not there are missing), to what is to be shown"""


class SheetGone(Exception):
    """Somebody deleted the spreadsheet for good: a new one has to be made."""


class Sheet(Protocol):
    """The coordinator's Sheet of one school."""

    def provide(self, rooms: Rooms, school: str, name: str, writers: Sequence[str]) -> Rooms:
        """Find or make the spreadsheet in the school's folder, shared with the coordinators."""
        ...

    def version(self, rooms: Rooms) -> tuple[str, bool]:
        """A mark that changes with every edit, and whether the last edit was ours. Costs no call of Sheets."""
        ...

    def show(self, rooms: Rooms, fill: Fill, kinds: Sequence[FormKind] = ()) -> int:
        """Read the tabs, ask `fill` what is to be there, and write what differs: one read and one write.

        Returns cells changed. `fill` may be asked again when a write got no answer. Raises `SheetGone`.
        """
        ...
