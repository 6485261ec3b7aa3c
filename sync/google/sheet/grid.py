"""Fitting our tables into a spreadsheet that people sort, filter, widen and rearrange. No I/O.

Tabs are known by their id, columns by their heading, rows by a key in a hidden column. Only cells of ours that differ
are written, and always as literal values, so that nobody's text can become a formula.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from sync.services.ports import Table

KEY = "Key (please keep)"
HEADER_WITHIN = 10
"""people may put rows above our headings"""
FIELDS = (
    "sheets(properties(sheetId,title,gridProperties(rowCount,columnCount)),tables(tableId,range,columnProperties(columnIndex,columnName)),"
    "data(rowData(values(effectiveValue))))"
)
SPARE_ROWS = 50
Cell = str | int | float
Place = tuple[int, int]
"""(row, column), counted from 0"""
Request = dict[str, Any]


@dataclass(frozen=True)
class Grid:
    """One tab as it was read."""

    sheet_id: int
    title: str
    rows: int
    columns: int
    cells: Mapping[Place, Cell]
    tables: tuple[Mapping[str, Any], ...] = ()

    @cached_property
    def last_row(self) -> int:
        """The last row with anything in it; -1 when there is none."""
        return max((row for row, _ in self.cells), default=-1)

    @cached_property
    def wide(self) -> int:
        """How many columns there are up to the last with anything in it."""
        return max((column for _, column in self.cells), default=-1) + 1


def read_grids(answer: Mapping[str, Any]) -> dict[int, Grid]:
    """From the answer to spreadsheets.get, by sheet id."""
    grids = {}
    for sheet in answer.get("sheets", ()):
        about = sheet.get("properties", {})
        size = about.get("gridProperties", {})
        sheet_id = int(about.get("sheetId", 0))
        grids[sheet_id] = Grid(
            sheet_id,
            str(about.get("title", "")),
            int(size.get("rowCount", 0)),
            int(size.get("columnCount", 0)),
            dict(_cells(sheet.get("data", ()))),
            tuple(sheet.get("tables", ())),
        )
    return grids


def _cells(data: Sequence[Mapping[str, Any]]) -> Iterator[tuple[Place, Cell]]:
    for block in data:
        for r, row in enumerate(block.get("rowData", ()), int(block.get("startRow", 0))):
            for c, cell in enumerate(row.get("values", ()), int(block.get("startColumn", 0))):
                value = cell.get("effectiveValue", {})
                plain = next((value[kind] for kind in ("stringValue", "numberValue", "boolValue") if kind in value), "")
                if value and plain != "":
                    yield (r, c), str(plain) if isinstance(plain, bool) else plain


@dataclass(frozen=True, slots=True)
class Fitting:
    """Requests that bring one tab up to date, and how many cells they change."""

    requests: list[Request]
    cells: int


def fit(table: Table, grid: Grid) -> Fitting:
    """What has to be written so that the tab shows the table."""
    header, columns, changes = _columns(table, grid)
    at, gone = _rows(table, grid, header, columns[KEY])
    ours = sorted(columns.values())
    removed = []
    theirs = {row for row, column in grid.cells if column not in ours} if gone else set()
    for row in gone:
        if row in theirs:
            changes |= {(row, column): "" for column in ours if (row, column) in grid.cells}
        else:
            removed.append(row)
    for key, cells in table.rows:
        wanted = dict(zip((columns[heading] for heading in table.headings), cells, strict=True)) | {columns[KEY]: key}
        for column, value in wanted.items():
            if grid.cells.get((at[key], column), "") != value:
                changes[at[key], column] = value
    rows = max((row for row, _ in changes), default=-1) + 1
    wide = max((column for _, column in changes), default=-1) + 1
    requests = [
        *room_for(grid, rows, wide),
        *grown(grid, max(at.values(), default=-1) + 1),
        *writes(grid.sheet_id, changes),
        *_removals(grid.sheet_id, removed),
    ]
    return Fitting(requests, len(changes) + len(removed) * len(ours))


def _columns(table: Table, grid: Grid) -> tuple[int, dict[str, int], dict[Place, Cell]]:
    """The row of our headings, the column of each, and what has to be written for those that are missing."""
    header = next((r for r in range(HEADER_WITHIN) if any(grid.cells.get((r, c)) == KEY for c in _span(grid))), None)
    if header is None:
        header = _most_headings(table, grid)
    there = {str(grid.cells[header, c]): c for c in reversed(_span(grid)) if (header, c) in grid.cells}
    free = grid.wide
    columns, missing = {}, {}
    for heading in (KEY, *table.headings):
        if heading in there:
            columns[heading] = there[heading]
        else:
            columns[heading] = free
            missing[header, free] = heading
            free += 1
    return header, columns, dict(missing)


def _most_headings(table: Table, grid: Grid) -> int:
    """Where our headings stand if the key's was lost: the row with most of them, else the first."""
    counts = [sum(grid.cells.get((r, c)) in table.headings for c in _span(grid)) for r in range(HEADER_WITHIN)]
    return counts.index(max(counts))


def _span(grid: Grid) -> range:
    return range(grid.wide)


def _rows(table: Table, grid: Grid, header: int, key_column: int) -> tuple[dict[str, int], list[int]]:
    """The row of each of our keys, new ones below everything that is there, and rows whose key is no longer ours."""
    wanted = {key for key, _ in table.rows}
    at: dict[str, int] = {}
    gone = []
    for row in range(header + 1, grid.last_row + 1):
        key = str(grid.cells.get((row, key_column), ""))
        if key in wanted:
            at.setdefault(key, row)
        elif key:
            gone.append(row)
    free = max(grid.last_row, header) + 1
    for key, _ in table.rows:
        if key not in at:
            at[key] = free
            free += 1
    return at, gone


def grown(grid: Grid, rows: int) -> Iterator[Request]:
    """Native tables that our rows have outgrown, made longer."""
    for table in grid.tables:
        span = table.get("range", {})
        if span.get("endRowIndex", rows) < rows and _is_as_it_says(table, grid):
            longer = {"tableId": table["tableId"], "range": {**span, "endRowIndex": rows}}
            yield {"updateTable": {"table": longer, "fields": "range"}}


def _is_as_it_says(table: Mapping[str, Any], grid: Grid) -> bool:
    """Whether a table's columns are still those it was made with.

    After people moved, renamed or removed some, a change of the table might be refused, and the whole write with it;
    such a table stays as long as it is, and our rows go on below it.
    """
    span = table["range"]
    top, left, right = span.get("startRowIndex", 0), span.get("startColumnIndex", 0), span.get("endColumnIndex", 0)
    names = {
        column.get("columnIndex", 0) + left: column.get("columnName", "")
        for column in table.get("columnProperties", ())
    }
    cells = {column: str(grid.cells.get((top, column), "")) for column in range(left, right)}
    return names in ({}, cells) and len({name.lower() for name in names.values()}) == len(names)


def room_for(grid: Grid, rows: int, columns: int) -> Iterator[Request]:
    for dimension, missing, spare in (("ROWS", rows - grid.rows, SPARE_ROWS), ("COLUMNS", columns - grid.columns, 0)):
        if missing > 0:
            yield {"appendDimension": {"sheetId": grid.sheet_id, "dimension": dimension, "length": missing + spare}}


def writes(sheet_id: int, changes: Mapping[Place, Cell]) -> Iterator[Request]:
    """Changed cells as few rectangles: stretches of a row, joined with equal ones right below."""
    open_blocks: dict[tuple[int, int], tuple[int, list[list[Cell]]]] = {}
    by_row: dict[int, dict[int, Cell]] = {}
    for (row, column), value in changes.items():
        by_row.setdefault(row, {})[column] = value
    blocks = []
    for row in sorted(by_row):
        stretches = dict(_stretches(by_row[row]))
        still: dict[tuple[int, int], tuple[int, list[list[Cell]]]] = {}
        for span, values in stretches.items():
            top, lines = open_blocks.get(span, (row, []))
            if top + len(lines) != row:
                top, lines = row, []
            if not lines:
                blocks.append((top, span[0], lines))
            lines.append(values)
            still[span] = (top, lines)
        open_blocks = still
    return (_update(sheet_id, top, left, lines) for top, left, lines in blocks)


def _stretches(row: Mapping[int, Cell]) -> Iterator[tuple[tuple[int, int], list[Cell]]]:
    columns = sorted(row)
    start = 0
    for i in range(1, len(columns) + 1):
        if i == len(columns) or columns[i] != columns[i - 1] + 1:
            part = columns[start:i]
            yield (part[0], len(part)), [row[column] for column in part]
            start = i


def _update(sheet_id: int, top: int, left: int, lines: Sequence[Sequence[Cell]]) -> Request:
    return {
        "updateCells": {
            "start": {"sheetId": sheet_id, "rowIndex": top, "columnIndex": left},
            "rows": [{"values": [literal(value) for value in line]} for line in lines],
            "fields": "userEnteredValue",
        }
    }


def literal(value: Cell) -> Request:
    """A cell that shows exactly this; text is never read as a formula, a number or a date."""
    if value == "":
        return {}
    kind = "stringValue" if isinstance(value, str) else "numberValue"
    return {"userEnteredValue": {kind: value}}


def _removals(sheet_id: int, rows: Sequence[int]) -> Iterator[Request]:
    for row in sorted(rows, reverse=True):
        span = {"sheetId": sheet_id, "dimension": "ROWS", "startIndex": row, "endIndex": row + 1}
        yield {"deleteDimension": {"range": span}}
