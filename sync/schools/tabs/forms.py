"""The Sheet's input tabs: the school folder's tables, filled in by people, read by the same readers, row by row.

A row that cannot be read is told beside itself and left out; it never stands in the way of the others.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from sync.core.preflight.gaps import BELLS, COVERAGE, DAYS, FOCUS, GROUPS, RULES, SETTINGS, STAFF, TIMETABLE, WISHES
from sync.core.school.school import School
from sync.core.school.timetable import Timetable
from sync.schools.folder import bells, covering, extras, focuses, lessons, staff, writer
from sync.schools.oddities import tell_oddities
from sync.schools.problems import Findings, Problem
from sync.schools.tables import Columns, Row, row_of_cells
from sync.schools.tabs import formrules
from sync.services.ports import Cell, Filled, FormKind, Understood

ROUNDS = 6
"""leaving a row out may make others unreadable, which are then left out too"""
DATES, TIMES = ("date", "purpose_met"), ("start", "end")
FIRST_SERIAL = date(1899, 12, 30)
"""day 0 of a spreadsheet's dates"""


@dataclass(frozen=True, slots=True)
class _Kind:
    tab: str
    file: str
    columns: Columns
    key: tuple[str, ...]

    @property
    def headings(self) -> tuple[str, ...]:
        return self.columns.needed + self.columns.welcome


_KINDS = (
    _Kind("Staff", STAFF, staff.COLUMNS, ("email",)),
    _Kind("Bell schedule", BELLS, bells.BELL_COLUMNS, ("day_type", "period")),
    _Kind("School days", DAYS, bells.DAY_COLUMNS, ("date",)),
    _Kind("Timetable", TIMETABLE, lessons.COLUMNS, ("email", "day_type", "period")),
    _Kind("Groups", GROUPS, extras.GROUP_COLUMNS, ("group", "email")),
    _Kind("Wishes", WISHES, extras.WISH_COLUMNS, ("email", "wish", "other")),
    _Kind("Focus", FOCUS, focuses.COLUMNS, ("id",)),
    _Kind("Coverage", COVERAGE, covering.COLUMNS, ("email",)),
    _Kind("Rules", RULES, formrules.COLUMNS, ("rule",)),
)
TAB_OF = {kind.file: kind.tab for kind in _KINDS} | {SETTINGS: "Rules"}


class SchoolForms:
    """`sync.services.ports.SchoolForms`."""

    kinds = tuple(FormKind(kind.tab, kind.headings, kind.columns.needed, kind.key) for kind in _KINDS)

    def rows(self, school: School) -> Mapping[str, tuple[tuple[str, ...], ...]]:
        """What the tabs say of a school, by tab."""
        tables: dict[str, Iterable[Sequence[str]]] = {
            "Staff": writer.staff_rows(school),
            "Bell schedule": writer.bell_rows(school),
            "School days": writer.day_rows(school),
            "Timetable": writer.lesson_rows(school),
            "Groups": extras.group_rows(school),
            "Wishes": ((wish.email, wish.wish, wish.other) for wish in school.wishes),
            "Focus": focuses.focus_rows(school),
            "Coverage": covering.cover_rows(school),
            "Rules": formrules.rows(school),
        }
        return {tab: tuple(tuple(row) for row in rows) for tab, rows in tables.items()}

    def understand(self, before: School, filled: Mapping[str, Filled]) -> Understood:
        """The school that the tabs describe, and an answer in words for each row. Tabs not given stay as before."""
        told = Findings(tuple(TAB_OF))
        rows = {kind.file: _rows(kind, filled[kind.tab], told) for kind in _KINDS if kind.tab in filled}
        school = before
        for _ in range(ROUNDS):
            found = Findings(tuple(TAB_OF))
            school = _school(before, rows, found)
            told.problems += found.problems
            told.oddities += found.oddities
            bad = {(problem.file, problem.row) for problem in found.problems}
            if not bad:
                break
            rows = {file: [row for row in ours if (file, row.number) not in bad] for file, ours in rows.items()}
        for file, ours in rows.items():
            told.seen[file] = [(row.number, row.cells) for row in ours]
        told.problems = list(dict.fromkeys(told.problems))
        tell_oddities(school, told)
        return Understood(school, _says(filled, told), tuple(_gaps(told)))


def _rows(kind: _Kind, filled: Filled, told: Findings) -> list[Row]:
    names = list(kind.headings)
    found = []
    for number, cells in filled.rows:
        texts = [_text(name, cells.get(name, "")) for name in names]
        row = row_of_cells(kind.file, number, names, texts, told)
        if row and any(row.cells.values()):
            found.append(row)
    return found


def _text(column: str, cell: Cell) -> str:
    """A cell as the readers expect it; dates and times that people typed are numbers to a spreadsheet."""
    if isinstance(cell, str):
        return cell
    if column in DATES and cell >= 1:
        return (FIRST_SERIAL + timedelta(days=int(cell))).isoformat()
    if column in TIMES and 0 <= cell < 1:
        minutes = round(cell * 24 * 60)
        return f"{minutes // 60 % 24:02d}:{minutes % 60:02d}"
    return str(int(cell)) if cell == int(cell) else str(cell)


def _school(before: School, rows: Mapping[str, list[Row]], found: Findings) -> School:
    changes: dict[str, Any] = {}
    if RULES in rows:
        changes |= formrules.read(rows[RULES], before, found)
    people = staff.Staff(dict(before.staff), set(before.staff))
    if rows.get(STAFF):
        people = staff.read_staff(rows[STAFF], found)
        changes["staff"] = people.people
    schedules = bells.Bells(dict(before.bells))
    for bell in before.bells.values():
        schedules.periods[bell.day_type] = dict.fromkeys([period.name for period in bell], 0)
    if BELLS in rows:
        schedules = bells.read_bells(rows[BELLS], found) if rows[BELLS] else bells.Bells()
        changes["bells"] = schedules.schedules
    if DAYS in rows:
        terms = changes.get("terms", before.terms)
        changes["days"] = bells.read_days(rows[DAYS], schedules, terms, found) if rows[DAYS] else {}
    if TIMETABLE in rows:
        lines = rows[TIMETABLE]
        entries = lessons.read_timetable(lines, people, schedules, found) if lines else []
        changes["timetable"] = Timetable(entries)
    elif "staff" in changes or "bells" in changes:
        changes["timetable"] = Timetable(entry for entry in before.timetable if entry.email in people.people)
    if GROUPS in rows:
        changes["groups"] = extras.read_groups(rows[GROUPS], people, found)
        changes["purpose_met"] = extras.read_purpose(rows[GROUPS], found)
    if WISHES in rows:
        changes["wishes"] = extras.read_wishes(rows[WISHES], people, found)
    if FOCUS in rows:
        changes["focuses"] = focuses.read_focuses(rows[FOCUS], before, found) if rows[FOCUS] else ()
    if COVERAGE in rows:
        changes["cover_minutes"] = covering.read_cover(rows[COVERAGE], people, found)
    changes["busy"] = tuple(busy for busy in before.busy if busy.email in people.people)
    return replace(before, **changes)


def _says(filled: Mapping[str, Filled], told: Findings) -> dict[str, dict[int, str]]:
    says: dict[str, dict[int, list[str]]] = {tab: {row: [] for row, _ in one.rows} for tab, one in filled.items()}
    bad = {(TAB_OF.get(one.file, one.file), one.row) for one in told.problems}
    for one in [*told.problems, *told.oddities]:
        tab = TAB_OF.get(one.file, one.file)
        if one.row in says.get(tab, {}):
            sentence = f"{one.field}: {one.what}; {_here(one.do)}."
            if sentence not in says[tab][one.row]:
                says[tab][one.row].append(sentence)
    return {
        tab: {
            row: " ".join(sentences if (tab, row) in bad else ["Good.", *sentences]) for row, sentences in rows.items()
        }
        for tab, rows in says.items()
    }


def _gaps(told: Findings) -> Iterable[tuple[int, str, str]]:
    """What the coordinator should look at: (people touched, where, in words), rows that were left out first."""
    for problem in told.sorted_problems():
        yield 1, _place(problem), f"{problem.what}; {_here(problem.do)}."
    for oddity in told.sorted_oddities():
        if oddity.people or not oddity.row:  # what touches nobody yet and has a row is said beside that row
            yield oddity.people, _place(oddity), f"{oddity.what}; {_here(oddity.do)}."


def _place(problem: Problem) -> str:
    tab = TAB_OF.get(problem.file, problem.file)
    row = f"row {problem.row}" if problem.row else ""
    return ", ".join(part for part in (f"Tab {tab}", row, problem.field) if part)


def _here(do: str) -> str:
    """Advice that names files, said for somebody who has tabs."""
    for file, tab in TAB_OF.items():
        do = do.replace(file, f"tab {tab}")
    return do


def left_out(told: Understood) -> int:
    """How many rows could not be read."""
    return sum(not text.startswith("Good.") for rows in told.says.values() for text in rows.values())
