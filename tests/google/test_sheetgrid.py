"""Fitting tables into a grid that people changed: ours is right afterwards, theirs as it was, and then it is quiet."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from sync.google.sheet.grid import KEY, Grid, fit
from sync.services.ports import Table

HEADINGS = ("Person", "Made")
keys = st.lists(st.sampled_from("abcdefgh"), unique=True, max_size=8)
cells = st.sampled_from(["Ada", "Ben", "=1+1", ""]) | st.integers(0, 9)
tables = keys.flatmap(
    lambda chosen: st.lists(st.tuples(cells, cells), min_size=len(chosen), max_size=len(chosen)).map(
        lambda rows: Table("Tracker", HEADINGS, tuple(zip(chosen, rows, strict=True)))
    )
)
columns = st.permutations([KEY, *HEADINGS, "Theirs", "Also theirs"])
theirs = st.lists(st.sampled_from(["told", "", "later"]), min_size=9, max_size=9)


def applied(grid: Grid, requests: list[dict[str, Any]]) -> Grid:
    """What Google does with the requests that `fit` makes."""
    now = dict(grid.cells)
    rows, wide = grid.rows, grid.columns
    for request in requests:
        [(kind, body)] = request.items()
        if kind == "appendDimension":
            rows += body["length"] if body["dimension"] == "ROWS" else 0
            wide += body["length"] if body["dimension"] == "COLUMNS" else 0
        elif kind == "updateCells":
            for r, line in enumerate(body["rows"], body["start"]["rowIndex"]):
                for c, cell in enumerate(line["values"], body["start"]["columnIndex"]):
                    now.pop((r, c), None)
                    if cell:
                        [now[r, c]] = cell["userEnteredValue"].values()
        else:
            gone = body["range"]["startIndex"]
            now = {(r - (r > gone), c): value for (r, c), value in now.items() if r != gone}
            rows -= 1
    assert all(r < rows and c < wide for r, c in now), "nothing is written outside the grid"
    return Grid(grid.sheet_id, grid.title, rows, wide, now)


@given(before=tables, after=tables, order=columns, notes=theirs, above=st.integers(0, 2))
def test_ours_is_right_theirs_as_it_was_and_then_it_is_quiet(
    before: Table, after: Table, order: list[str], notes: list[str], above: int
) -> None:
    grid = arranged(before, order, notes, above)
    fitted = applied(grid, fit(after, grid).requests)
    assert shows(fitted, above) == {key: row for key, row in after.rows}
    kept = {key: note for (key, _), note in zip(before.rows, notes, strict=False) if note}
    assert {key: note for key, note in notes_by_key(fitted, above).items() if key in kept} == {
        key: note for key, note in kept.items() if key in shows(fitted, above)
    }
    assert sorted(note for note in all_of(fitted, "Theirs", above) if note) == sorted(kept.values())
    assert fit(after, fitted).requests == []


@given(table=tables)
def test_an_empty_tab_gets_everything(table: Table) -> None:
    grid = Grid(7, "Tracker", 3, 3, {})
    fitted = applied(grid, fit(table, grid).requests)
    assert shows(fitted, 0) == dict(table.rows)


def arranged(table: Table, order: list[str], notes: list[str], above: int) -> Grid:
    """A tab as people left it: columns in any order, lines above the headings, notes beside our rows."""
    now: dict[tuple[int, int], Any] = {(above, c): heading for c, heading in enumerate(order)}
    for r, ((key, row), note) in enumerate(zip(table.rows, notes, strict=False), above + 1):
        values = {KEY: key, "Theirs": note, **dict(zip(HEADINGS, row, strict=True))}
        now |= {(r, c): values[heading] for c, heading in enumerate(order) if values.get(heading, "") != ""}
    return Grid(7, "Tracker", above + len(table.rows) + 1, len(order), now)


def shows(grid: Grid, above: int) -> dict[str, tuple[Any, ...]]:
    at = {str(grid.cells[above, c]): c for c in range(grid.columns) if (above, c) in grid.cells}
    found: dict[str, tuple[Any, ...]] = {}
    for r in range(above + 1, grid.last_row + 1):
        key = grid.cells.get((r, at[KEY]))
        if key:
            assert key not in found, "a row is there once"
            found[str(key)] = tuple(grid.cells.get((r, at[heading]), "") for heading in HEADINGS)
    return found


def notes_by_key(grid: Grid, above: int) -> dict[str, Any]:
    at = {str(grid.cells[above, c]): c for c in range(grid.columns) if (above, c) in grid.cells}
    rows = range(above + 1, grid.last_row + 1)
    return {str(grid.cells.get((r, at[KEY]), "")): grid.cells.get((r, at["Theirs"]), "") for r in rows}


def all_of(grid: Grid, heading: str, above: int) -> list[Any]:
    [column] = [c for c in range(grid.columns) if grid.cells.get((above, c)) == heading]
    return [grid.cells.get((r, column), "") for r in range(above + 1, grid.last_row + 1)]
