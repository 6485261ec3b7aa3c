"""People at work in the coordinator's Sheet: anything, in any order, between passes and in the middle of one.

What they wrote stays where they wrote it; the tabs we keep are as the store has them, no row twice; and in the tabs
that they fill no cell of theirs is touched.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from sync.core.refusals import Refused
from sync.core.school.school import NoSuchPerson
from sync.google.sheet.forms import SAYS
from sync.google.sheet.grid import FIELDS, HEADER_WITHIN, KEY, Cell, Grid, Place, read_grids
from sync.google.sheet.layout import read_layout
from sync.schools.tabs.forms import SchoolForms
from sync.services.passes.reconciling import reconcile
from sync.services.ports import Fill, Filled, FormKind, Page, Rooms, Sheet, Workspace
from sync.services.sheet.rolling_up import beside, tables_of
from sync.services.visits import booking, focus
from tests.google.conftest import Hall
from tests.personas import ADA, BEN, CLEO, EVE, GUS, THURSDAY, TUESDAY, WEDNESDAY, maple

PASS_EVERY = 6
LAYOUT = read_layout(Path(__file__).resolve().parents[2] / "templates" / "sheet" / "layout.toml")
FORMS = SchoolForms()
INPUT = {LAYOUT.look(kind.tab).id: kind for kind in FORMS.kinds}
KEPT = tuple(LAYOUT.look(tab).id for tab in ("Tracker", "Visits", "Who visits whom", "Coverage & prep", "Actions"))
BOOKINGS = ((ADA, BEN, TUESDAY, "3"), (GUS, EVE, WEDNESDAY, "3"), (CLEO, EVE, THURSDAY, "2"))


@dataclass
class Hands:
    """People at work in the Sheet, and what they have written that has to stay."""

    hall: Hall
    dice: random.Random
    written: dict[str, int] = field(default_factory=dict)
    """token -> sheet id"""
    count: int = 0
    done: Counter[str] = field(default_factory=Counter)
    """acts by name"""

    def act(self) -> None:
        one = self.dice.choice(WHAT_PEOPLE_DO)
        one(self)
        self.done[one.__name__.strip("_")] += 1

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
        """A tab that is still there: one of those we keep, or, one time in three, of those that people fill."""
        grids = self.grids()
        wanted = KEPT if self.dice.random() < 2 / 3 else tuple(INPUT)
        return grids[self.dice.choice([one for one in wanted if one in grids] or list(grids))]

    def form(self) -> Grid | None:
        """A tab that people fill, if one is left."""
        grids = self.grids()
        there = [one for one in INPUT if one in grids]
        return grids[self.dice.choice(there)] if there else None

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


def type_(hands: Hands) -> None:
    """A value in a tab that people fill: another room, another day type, or what cannot be read at all."""
    grid = hands.form()
    if grid is None or not grid.cells:
        return
    row, column = hands.row(grid), hands.dice.randint(0, grid.wide - 1)
    hands.forget(grid, lambda r, c: (r, c) == (row, column))
    hands.put(grid, row, column, [[hands.dice.choice(["Room 99", "every day", "3", "", "???", "=1+1", "08:05"])]])


def fill_again(hands: Hands) -> None:
    """The coordinator clears a tab and pastes the school's own rows, headings included."""
    grid = hands.form()
    if grid is None:
        return
    kind = INPUT[grid.sheet_id]
    lines = [list(kind.headings), *(list(line) for line in FORMS.rows(maple())[kind.tab])]
    short = len(lines) + 1 - grid.rows
    if len(kind.headings) > grid.columns:
        return
    if short > 0:
        hands.do({"appendDimension": {"sheetId": grid.sheet_id, "dimension": "ROWS", "length": short}})
    hands.forget(grid, lambda r, c: True)
    hands.do({"updateCells": {"range": {"sheetId": grid.sheet_id}, "fields": "userEnteredValue"}})
    hands.put(grid, 0, 0, lines)


WHAT_PEOPLE_DO = [
    *(sort, sort, hide, filter_, delete_row, delete_row, move, move, add_column, write, write, write, write),
    *(paste, paste, rename, copy, delete_column, delete_tab),
    *(type_, type_, fill_again, fill_again),
]


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
                self.hands.act()
            return fill(there)

        return self.real.show(rooms, filled, kinds)


def live_through(hall: Hall, seed: str, acts: int) -> Counter[str]:
    """So many acts of people, a pass after every few, visits booked and cancelled meanwhile; raises at the first loss.

    Returns the acts by name, those in the middle of a pass too.
    """
    hands = Hands(hall, random.Random(seed))
    workspace = replace(hall.side.workspace, forms=FORMS)
    books = iter(BOOKINGS)
    _pass(hall, workspace)
    for act in range(acts):
        hands.act()
        if act % (acts // 4) == 2 and (one := next(books, None)):
            _book(hall, *one)
        if act == acts // 2:
            _cancel_one(hall)
        if act % PASS_EVERY == 0:
            # What is done to the Sheet while it is written, the next pass mends.
            crowd = Crowded(workspace.sheet, hands, hands.dice.choice([0, 0, 1, 2]))
            _pass(hall, replace(workspace, sheet=crowd))
            before = hands.grids()
            _pass(hall, workspace)
            check(hands, before)
    return hands.done


def _pass(hall: Hall, workspace: Workspace) -> None:
    report = reconcile(hall.store, workspace, hall.clock, "maple")
    assert report.fine, list(report.sentences())


def _book(hall: Hall, *visit: Any) -> None:
    try:
        hall.book(*visit)
    except (Refused, NoSuchPerson):
        """Somebody has just taken them off the staff list, or their prep out of the timetable."""


def _cancel_one(hall: Hall) -> None:
    with hall.store.work() as work:
        standing = [walk for walk in work.walks.all("maple") if walk.stands]
    for walk in standing[:1]:
        booking.cancel(hall.store, hall.clock, "maple", walk.key, actor=walk.visitors[0])


def check(hands: Hands, before: Mapping[int, Grid]) -> None:
    """`before`: the tabs as they were before the last pass, during which nobody touched them."""
    grids = hands.grids()
    texts = {sheet: {str(value) for value in grid.cells.values()} for sheet, grid in grids.items()}
    lost = [token for token, sheet in hands.written.items() if token not in texts.get(sheet, set())]
    assert not lost, "what people wrote is where they wrote it"
    with hands.hall.store.work() as work:
        school, walks = work.schools.get("maple").school, work.walks.all("maple")
    labels = {name: one.label for name, one in focus.every_wording(school).items()}
    today = hands.hall.clock.now().astimezone(school.zone).date()
    for table in tables_of(school, walks, labels, (), beside(hands.hall.store, "maple"), today):
        if table.tab != "Health":  # of the service, and not of the store
            grid = grids[LAYOUT.look(table.tab).id]
            assert shown(grid, table.headings) == sorted((key, cells) for key, cells in table.rows), table.tab
    for sheet, kind in INPUT.items():
        if sheet in before:
            gone = theirs(before[sheet]).items() - theirs(grids[sheet]).items()
            assert not gone, f"cells of the tab {kind.tab} stay as people left them"


def theirs(grid: Grid) -> dict[Place, Cell]:
    """The cells of a tab that people fill, without our answers."""
    ours = {column for (row, column), value in grid.cells.items() if row < HEADER_WITHIN and value == SAYS}
    return {place: value for place, value in grid.cells.items() if place[1] not in ours}


def shown(grid: Grid, headings: tuple[str, ...]) -> list[tuple[str, tuple[Any, ...]]]:
    header = next(r for r in range(10) if any(grid.cells.get((r, c)) == KEY for c in range(grid.columns)))
    at = {grid.cells[header, c]: c for c in reversed(range(grid.columns)) if (header, c) in grid.cells}
    rows = []
    for row in range(header + 1, grid.last_row + 1):
        key = grid.cells.get((row, at[KEY]))
        if key:
            rows.append((str(key), tuple(grid.cells.get((row, at[heading]), "") for heading in headings)))
    return sorted(rows)
