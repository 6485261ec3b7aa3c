"""Whatever people do to the Sheet, in whatever order, between passes and in the middle of one: their cells stay, ours
agree with the store, no row twice."""

from __future__ import annotations

import os
import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest

from sync.google.sheetgrid import FIELDS, KEY, Grid, read_grids
from sync.google.sheetlayout import read_layout
from sync.schools.forms import SchoolForms
from sync.services.passes.reconciling import reconcile
from sync.services.ports import Fill, Filled, FormKind, Page, Rooms, Sheet
from sync.services.sheet.rolling_up import beside, tables_of
from sync.services.visits import booking, focus
from tests.google.conftest import Hall
from tests.personas import ADA, BEN, CLEO, EVE, GUS, THURSDAY, TUESDAY, WEDNESDAY

ACTS = int(os.environ.get("SHEET_ACTS", "24"))
SEEDS = os.environ.get("SHEET_SEEDS", "1").split(",")
"""by hand with hundreds and many; fewer in the suite, since each act is a call of its own"""
PASS_EVERY = 6
LAYOUT = Path(__file__).resolve().parents[2] / "templates" / "sheet" / "layout.toml"
TRACKER, VISITS, GRADES = 1101, 1102, 1105
KEPT = (TRACKER, VISITS, GRADES)


@dataclass
class Hands:
    """People at work in the Sheet, and what they have written that has to stay."""

    hall: Hall
    dice: random.Random
    written: dict[str, int] = field(default_factory=dict)
    """token -> sheet id"""
    count: int = 0

    def grids(self) -> dict[int, Grid]:
        answer = self.hall.side.as_(CLEO).on_sheet(
            self.hall.rooms.sheet_id,
            lambda there: there.fetch_sheet_metadata(params={"includeGridData": "true", "fields": FIELDS}),
            "looking",
        )
        return read_grids(answer)

    def do(self, *requests: dict[str, Any]) -> None:
        self.hall.side.as_(CLEO).on_sheet(
            self.hall.rooms.sheet_id, lambda there: there.batch_update({"requests": list(requests)}), "changing"
        )

    def some(self) -> Grid:
        """One of the tabs we keep that is still there."""
        grids = self.grids()
        return grids[self.dice.choice([kept for kept in KEPT if kept in grids] or list(grids))]

    def row(self, grid: Grid) -> int:
        return self.dice.randint(1, max(1, grid.last_row))

    def column(self, grid: Grid) -> int:
        return self.dice.randint(0, grid.columns - 1)

    def put(self, grid: Grid, row: int, column: int, rows: list[list[str]]) -> None:
        cells = [{"values": [{"userEnteredValue": {"stringValue": text}} for text in line]} for line in rows]
        start = {"sheetId": grid.sheet_id, "rowIndex": row, "columnIndex": column}
        self.do({"updateCells": {"start": start, "rows": cells, "fields": "userEnteredValue"}})

    def forget(self, grid: Grid, gone: Callable[[int, int], bool]) -> None:
        """What people take away themselves is not missed."""
        for (row, column), value in grid.cells.items():
            if str(value) in self.written and gone(row, column):
                del self.written[str(value)]


def sort(hands: Hands) -> None:
    grid = hands.some()
    span = {"sheetId": grid.sheet_id, "startRowIndex": 1}
    order = hands.dice.choice(["ASCENDING", "DESCENDING"])
    spec = {"dimensionIndex": hands.column(grid), "sortOrder": order}
    hands.do({"sortRange": {"range": span, "sortSpecs": [spec]}})


def hide(hands: Hands) -> None:
    grid = hands.some()
    row = hands.row(grid)
    span = {"sheetId": grid.sheet_id, "dimension": "ROWS", "startIndex": row, "endIndex": row + 1}
    hands.do({"updateDimensionProperties": {"range": span, "properties": {"hiddenByUser": True}, "fields": "*"}})


def filter_(hands: Hands) -> None:
    grid = hands.some()
    hands.count += 1
    view = {"title": f"mine {hands.count}", "range": {"sheetId": grid.sheet_id}}
    hands.do({"addFilterView": {"filter": view}})


def delete_row(hands: Hands) -> None:
    grid = hands.some()
    row = hands.row(grid)
    hands.forget(grid, lambda r, c: r == row)
    span = {"sheetId": grid.sheet_id, "dimension": "ROWS", "startIndex": row, "endIndex": row + 1}
    hands.do({"deleteDimension": {"range": span}})


def delete_column(hands: Hands) -> None:
    grid = hands.some()
    column = hands.column(grid)
    hands.forget(grid, lambda r, c: c == column)
    span = {"sheetId": grid.sheet_id, "dimension": "COLUMNS", "startIndex": column, "endIndex": column + 1}
    hands.do({"deleteDimension": {"range": span}})


def move(hands: Hands) -> None:
    grid = hands.some()
    dimension = hands.dice.choice(["ROWS", "COLUMNS"])
    first, most = (1, grid.last_row) if dimension == "ROWS" else (0, grid.columns - 1)
    if most <= first:
        return
    here, there = hands.dice.randint(first, most), hands.dice.randint(first, most)
    span = {"sheetId": grid.sheet_id, "dimension": dimension, "startIndex": here, "endIndex": here + 1}
    if not here <= there <= here + 1:
        hands.do({"moveDimension": {"source": span, "destinationIndex": there}})


def add_column(hands: Hands) -> None:
    grid = hands.some()
    at = hands.column(grid)
    hands.count += 1
    span = {"sheetId": grid.sheet_id, "dimension": "COLUMNS", "startIndex": at, "endIndex": at + 1}
    hands.do({"insertDimension": {"range": span}})
    hands.put(grid, 0, at, [[f"Mine {hands.count}"]])
    hands.written[f"Mine {hands.count}"] = grid.sheet_id


def write(hands: Hands) -> None:
    grid = hands.some()
    mine = [column for (row, column), value in grid.cells.items() if row == 0 and str(value).startswith("Mine ")]
    if mine:
        row, column = hands.row(grid), hands.dice.choice(mine)
        hands.forget(grid, lambda r, c: (r, c) == (row, column))
        hands.count += 1
        hands.put(grid, row, column, [[f"=told {hands.count}"]])
        hands.written[f"=told {hands.count}"] = grid.sheet_id


def paste(hands: Hands) -> None:
    """A block over ours, over theirs, over headings or keys, as it happens."""
    grid = hands.some()
    row, column = hands.dice.randint(0, grid.last_row + 2), hands.column(grid)
    high, wide = hands.dice.randint(1, 3), hands.dice.randint(1, 3)
    if row + high > grid.rows or column + wide > grid.columns:
        return
    hands.forget(grid, lambda r, c: row <= r < row + high and column <= c < column + wide)
    hands.put(grid, row, column, [["pasted"] * wide] * high)


def rename(hands: Hands) -> None:
    grid = hands.some()
    hands.count += 1
    named = {"properties": {"sheetId": grid.sheet_id, "title": f"Tab {hands.count}"}, "fields": "title"}
    hands.do({"updateSheetProperties": named})


def copy(hands: Hands) -> None:
    hands.do({"duplicateSheet": {"sourceSheetId": hands.some().sheet_id}})


def delete_tab(hands: Hands) -> None:
    grid = hands.some()
    hands.forget(grid, lambda r, c: True)
    hands.do({"deleteSheet": {"sheetId": grid.sheet_id}})


WHAT_PEOPLE_DO = [
    *(sort, sort, hide, filter_, delete_row, delete_row, move, move, add_column, write, write, write, write),
    *(paste, paste, rename, copy, delete_column, delete_tab),
]


@pytest.mark.parametrize("seed", SEEDS)
def test_random_acts_of_people_leave_theirs_and_ours_right(hall: Hall, seed: str) -> None:
    hands = Hands(hall, random.Random(seed))
    workspace = replace(hall.side.workspace, forms=SchoolForms())
    books = iter([(ADA, BEN, TUESDAY, "3"), (GUS, EVE, WEDNESDAY, "3"), (CLEO, EVE, THURSDAY, "2")])
    reconcile(hall.store, workspace, hall.clock, "maple")
    for act in range(ACTS):
        hands.dice.choice(WHAT_PEOPLE_DO)(hands)
        if act % (ACTS // 4) == 2 and (one := next(books, None)):
            hall.book(*one)
        if act == ACTS // 2:
            with hall.store.work() as work:
                [first, *_] = work.walks.all("maple")
            booking.cancel(hall.store, hall.clock, "maple", first.key, actor=first.visitors[0])
        if act % PASS_EVERY == 0:
            crowd = Crowded(workspace.sheet, hands, hands.dice.choice([0, 0, 1, 2]))
            for sheet in (crowd, workspace.sheet):  # what is done to it while it is written, the next pass mends
                report = reconcile(hall.store, replace(workspace, sheet=sheet), hall.clock, "maple")
                assert report.fine, list(report.sentences())
            check(hands)


@dataclass
class Crowded:
    """The Sheet's adapter while people go on working: they act after it has read and before it writes."""

    real: Sheet
    hands: Hands
    acts: int

    def provide(self, rooms: Rooms, school: str, name: str, writers: Sequence[str]) -> Rooms:
        return self.real.provide(rooms, school, name, writers)

    def version(self, rooms: Rooms) -> tuple[str, bool]:
        return self.real.version(rooms)

    def show(self, rooms: Rooms, fill: Fill, kinds: Sequence[FormKind] = ()) -> int:
        def filled(there: Mapping[str, Filled]) -> Page:
            if self.acts:
                self.acts -= 1
                self.hands.dice.choice(WHAT_PEOPLE_DO)(self.hands)
            return fill(there)

        return self.real.show(rooms, filled, kinds)


def check(hands: Hands) -> None:
    grids = hands.grids()
    texts = {sheet: {str(value) for value in grid.cells.values()} for sheet, grid in grids.items()}
    lost = [token for token, sheet in hands.written.items() if token not in texts.get(sheet, set())]
    assert not lost, "what people wrote is where they wrote it"
    with hands.hall.store.work() as work:
        school, walks = work.schools.get("maple").school, work.walks.all("maple")
    labels = {name: one.label for name, one in focus.library().items()}
    today = hands.hall.clock.now().astimezone(school.zone).date()
    layout = read_layout(LAYOUT)
    for table in tables_of(school, walks, labels, (), beside(hands.hall.store, "maple"), today):
        sheet = layout.look(table.tab).id
        if sheet in KEPT:
            assert shown(grids[sheet], table.headings) == sorted((key, cells) for key, cells in table.rows), table.tab


def shown(grid: Grid, headings: tuple[str, ...]) -> list[tuple[str, tuple[Any, ...]]]:
    header = next(r for r in range(10) if any(grid.cells.get((r, c)) == KEY for c in range(grid.columns)))
    at = {grid.cells[header, c]: c for c in reversed(range(grid.columns)) if (header, c) in grid.cells}
    rows = []
    for row in range(header + 1, grid.last_row + 1):
        key = grid.cells.get((row, at[KEY]))
        if key:
            rows.append((str(key), tuple(grid.cells.get((row, at[heading]), "") for heading in headings)))
    return sorted(rows)
