"""Tabs that people fill: reading what they wrote, and putting our answer beside each row. No I/O."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sync.google.sheet.grid import HEADER_WITHIN, Cell, Fitting, Grid, Place, grown, room_for, writes
from sync.services.ports import Filled, Form, FormKind

SAYS = "Says"


def filled(kind: FormKind, grid: Grid) -> Filled:
    """The rows below the headings, wherever people moved them; a row counts from 1 as the Sheet shows it."""
    header, columns = _found(kind, grid)
    rows = []
    for row in range(header + 1, grid.last_row + 1):
        cells = {name: grid.cells[row, column] for name, column in columns.items() if (row, column) in grid.cells}
        if cells:
            rows.append((row + 1, cells))
    return Filled(tuple(rows), tuple(name for name in kind.needed if name not in columns))


def fit_form(form: Form, grid: Grid) -> Fitting:
    """Headings that are missing in a new tab, the rows where they are ours to write, and what we say of each."""
    kind = form.kind
    header, columns = _found(kind, grid)
    wide = grid.wide
    changes: dict[Place, Cell] = {}
    wanted = (SAYS,) if columns else (*kind.headings, SAYS)
    said = _says_column(grid, header)
    for name in wanted:
        if name != SAYS:
            columns[name] = wide
        elif said < 0:
            said = wide
        else:
            continue
        changes[header, wide] = name
        wide += 1
    says = {row - 1: text for row, text in form.says.items()}
    if form.rows is not None:
        at = _placed(kind, grid, header, columns, form.rows)
        changes |= _rows(kind, grid, header, columns, form.rows, at)
        says = {row: form.says.get(n, "") for n, row in enumerate(at, start=1)}
    for row in range(header + 1, max([grid.last_row, *says]) + 1):
        if grid.cells.get((row, said), "") != says.get(row, ""):
            changes[row, said] = says.get(row, "")
    rows = max((row for row, _ in changes), default=-1) + 1
    return Fitting([*room_for(grid, rows, wide), *grown(grid, rows), *writes(grid.sheet_id, changes)], len(changes))


def _found(kind: FormKind, grid: Grid) -> tuple[int, dict[str, int]]:
    """The row with most of our headings, and the column of each that is there."""
    best: tuple[int, dict[str, int]] = (0, {})
    for row in range(HEADER_WITHIN):
        names = {
            str(grid.cells.get((row, column), "")).strip().lower(): column for column in reversed(range(grid.wide))
        }
        there = {name: names[name] for name in kind.headings if name in names}
        if len(there) > len(best[1]):
            best = row, there
    return best


def _says_column(grid: Grid, header: int) -> int:
    """Where our answers stand; -1 when there is no such column yet."""
    return next((column for column in range(grid.wide) if grid.cells.get((header, column)) == SAYS), -1)


def _placed(
    kind: FormKind, grid: Grid, header: int, columns: Mapping[str, int], rows: Sequence[Sequence[str]]
) -> list[int]:
    """Where each of our rows stands: beside what people wrote about the same thing, else below everything."""
    keys = [kind.headings.index(name) for name in kind.key]
    there: dict[tuple[str, ...], int] = {}
    for row in range(header + 1, grid.last_row + 1):
        key = tuple(str(grid.cells.get((row, columns.get(name, -1)), "")) for name in kind.key)
        if any(key):
            there.setdefault(key, row)
    free, at = max(grid.last_row, header) + 1, []
    for cells in rows:
        found = there.pop(tuple(cells[i] for i in keys), None)
        at.append(free if found is None else found)
        free += found is None
    return at


def _rows(
    kind: FormKind,
    grid: Grid,
    header: int,
    columns: Mapping[str, int],
    rows: Sequence[Sequence[str]],
    at: Sequence[int],
) -> dict[Place, Cell]:
    changes: dict[Place, Cell] = {}
    for row, cells in zip(at, rows, strict=True):
        for name, value in zip(kind.headings, cells, strict=True):
            if name in columns and str(grid.cells.get((row, columns[name]), "")) != value:
                changes[row, columns[name]] = value
    for row in set(range(header + 1, grid.last_row + 1)) - set(at):
        changes |= {(row, column): "" for column in columns.values() if (row, column) in grid.cells}
    return changes
