"""Edits of tables: insert, rows, columns, merges, looks.

In a fresh table at T the text of cell (r, c) is at T + 3 + r*(2*columns + 1) + 2*c, which falls out of the row of
units: one for the table, one for each row, and two (its own and a newline) for each cell.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sync.emulator.docs.edit import Edit, edits
from sync.emulator.docs.errors import RequestRefused
from sync.emulator.docs.model import (
    CELL,
    NEWLINE,
    ROW,
    TABLE,
    TABLE_END,
    CellSpan,
    Json,
    Segment,
    Tab,
    TableSpan,
    Unit,
    newline,
)
from sync.emulator.docs.styles import (
    CELL_DEFAULTS,
    CELL_FIELDS,
    COLUMN_FIELDS,
    ROW_FIELDS,
    mask_paths,
    masked,
    points,
)
from sync.emulator.docs.text import new_paragraph, put, style_at

EVEN_COLUMN: Json = {"widthType": "EVENLY_DISTRIBUTED"}
BAD_START = "The provided table start location is invalid."


@dataclass(frozen=True, slots=True)
class Found:
    """A table somebody pointed at."""

    tab: Tab
    segment_id: str
    span: TableSpan

    @property
    def segment(self) -> Segment:
        return self.tab.segments[self.segment_id]

    def cell(self, row: int, column: int) -> CellSpan:
        return self.span.rows[row].cells[column]

    def style(self, row: int, column: int) -> Json:
        return dict(self.segment.units[self.cell(row, column).start].about or {})

    def restyle(self, row: int, column: int, style: Json) -> None:
        start = self.cell(row, column).start
        self.tab.repaint(self.segment_id, start, self.segment.units[start].with_about(style))

    def again(self) -> Found:
        """The same table after its cells were changed."""
        return Found(self.tab, self.segment_id, self.segment.table(self.span.start))

    @property
    def columns_about(self) -> list[Json]:
        return list((self.segment.units[self.span.start].about or {}).get("columns", []))

    def set_columns(self, columns: list[Json]) -> None:
        unit = self.segment.units[self.span.start]
        self.tab.repaint(self.segment_id, self.span.start, unit.with_about({**(unit.about or {}), "columns": columns}))


def empty_cell(style: Json = CELL_DEFAULTS) -> list[Unit]:
    return [Unit(CELL, {}, {**style, "rowSpan": 1, "columnSpan": 1}), newline()]


def row_unit(style: Json | None = None) -> Unit:
    return Unit(ROW, {}, style or {"minRowHeight": points()})


@edits("insertTable")
def insert_table(edit: Edit, request: Json) -> None:
    """Insert a newline and an empty table after it; refused in footnotes."""
    place = edit.insertion(request)
    rows, columns = request.get("rows", 0), request.get("columns", 0)
    if rows < 1 or columns < 1:
        raise RequestRefused("The number of rows and columns must be at least 1.")
    if place.segment.kind == "footnote":
        raise RequestRefused("Tables cannot be inserted inside a footnote.")
    units = [Unit(NEWLINE, style_at(place.segment, place.index), new_paragraph(edit, place))]
    units.append(Unit(TABLE, {}, {"columns": [EVEN_COLUMN] * columns}))
    for _ in range(rows):
        units.append(row_unit())
        for _ in range(columns):
            units += empty_cell()
    units.append(Unit(TABLE_END, {}))
    put(edit, place, units)


def find_table(edit: Edit, location: Json | None) -> Found:
    if not location:
        raise RequestRefused("The table start location must be specified.")
    place = edit.position(location)
    if place.segment.units[place.index].mark != TABLE:
        raise RequestRefused(BAD_START)
    return Found(place.tab, place.segment_id, place.segment.table(place.index))


def find_cell(edit: Edit, location: Json | None) -> tuple[Found, int, int]:
    """The table, row and column a TableCellLocation names."""
    location = location or {}
    found = find_table(edit, location.get("tableStartLocation"))
    row, column = location.get("rowIndex", 0), location.get("columnIndex", 0)
    if not 0 <= row < len(found.span.rows):
        raise RequestRefused(f"The row index {row} is outside the table, which has {len(found.span.rows)} rows.")
    if not 0 <= column < len(found.span.rows[row].cells):
        raise RequestRefused(f"The column index {column} is outside the table, which has {found.span.columns} columns.")
    return found, row, column


@edits("insertTableRow")
def insert_table_row(edit: Edit, request: Json) -> None:
    """Insert an empty row above or below a cell, past all rows of it if it is merged; cells look like its row's."""
    found, row, column = find_cell(edit, request.get("tableCellLocation"))
    target = row + found.style(row, column).get("rowSpan", 1) if request.get("insertBelow") else row
    model = found.span.rows[row]
    units = [row_unit(dict(found.segment.units[model.start].about or {}))]
    for index in range(len(model.cells)):
        units += empty_cell(found.style(row, index))
    at = found.span.rows[target].start if target < len(found.span.rows) else found.span.end - 1
    found.tab.splice(found.segment_id, at, at, units)


@edits("insertTableColumn")
def insert_table_column(edit: Edit, request: Json) -> None:
    """Insert an empty column left or right of a cell, past all columns of it if it is merged."""
    found, row, column = find_cell(edit, request.get("tableCellLocation"))
    target = column + found.style(row, column).get("columnSpan", 1) if request.get("insertRight") else column
    for index in reversed(range(len(found.span.rows))):
        model = found.span.rows[index]
        beside = found.style(index, min(column, len(model.cells) - 1))
        at = model.cells[target].start if target < len(model.cells) else model.end
        found.tab.splice(found.segment_id, at, at, empty_cell(beside))
    columns = found.columns_about
    found.set_columns([*columns[:target], EVEN_COLUMN, *columns[target:]])


@edits("deleteTableRow")
def delete_table_row(edit: Edit, request: Json) -> None:
    """Delete the rows a cell spans, and the table with its last row."""
    found, row, column = find_cell(edit, request.get("tableCellLocation"))
    last = min(row + found.style(row, column).get("rowSpan", 1), len(found.span.rows))
    if last - row == len(found.span.rows):
        return found.tab.splice(found.segment_id, found.span.start, found.span.end, [])
    _shrink_merges(found, range(row, last), rows=True)
    found.tab.splice(found.segment_id, found.span.rows[row].start, found.span.rows[last - 1].end, [])


@edits("deleteTableColumn")
def delete_table_column(edit: Edit, request: Json) -> None:
    """Delete the columns a cell spans, and the table with its last column."""
    found, row, column = find_cell(edit, request.get("tableCellLocation"))
    last = min(column + found.style(row, column).get("columnSpan", 1), found.span.columns)
    if last - column == found.span.columns:
        return found.tab.splice(found.segment_id, found.span.start, found.span.end, [])
    _shrink_merges(found, range(column, last), rows=False)
    for model in reversed(found.span.rows):
        gone = model.cells[column:last]
        found.tab.splice(found.segment_id, gone[0].start, gone[-1].end, [])
    columns = found.columns_about
    found.set_columns(columns[:column] + columns[last:])


def _shrink_merges(found: Found, gone: range, *, rows: bool) -> None:
    """Let merged cells that begin before the deleted rows or columns span fewer of them."""
    name = "rowSpan" if rows else "columnSpan"
    for row in range(len(found.span.rows)):
        for column in range(len(found.span.rows[row].cells)):
            first = row if rows else column
            style = found.style(row, column)
            reach = range(first, first + style.get(name, 1))
            lost = sum(1 for index in gone if index in reach)
            if lost and first not in gone:
                found.restyle(row, column, {**style, name: style[name] - lost})


def _range(edit: Edit, table_range: Json | None) -> tuple[Found, range, range]:
    given = table_range or {}
    found, row, column = find_cell(edit, given.get("tableCellLocation"))
    height, width = given.get("rowSpan", 0), given.get("columnSpan", 0)
    if height < 1 or width < 1:
        raise RequestRefused("The row span and column span of the table range must be at least 1.")
    if row + height > len(found.span.rows) or column + width > found.span.columns:
        raise RequestRefused("The table range must lie inside the table.")
    return found, range(row, row + height), range(column, column + width)


@edits("mergeTableCells")
def merge_table_cells(edit: Edit, request: Json) -> None:
    """Merge a rectangle of cells; all their text goes to its upper left cell."""
    found, rows, columns = _range(edit, request.get("tableRange"))
    for row, column in _cells(rows, columns):
        style = found.style(row, column)
        inside = row + style.get("rowSpan", 1) <= rows.stop and column + style.get("columnSpan", 1) <= columns.stop
        if not inside or _covered_from_outside(found, row, column, rows, columns):
            raise RequestRefused("The range of table cells to merge must be rectangular.")
    gathered: list[Unit] = []
    for row, column in reversed(_cells(rows, columns)[1:]):
        content = _content(found, row, column)
        if len(content) > 1:
            gathered = content + gathered
            cell = found.cell(row, column)
            found.tab.splice(found.segment_id, cell.start + 1, cell.end, [newline()])
        found = found.again()
        found.restyle(row, column, {**found.style(row, column), "rowSpan": 1, "columnSpan": 1})
    head = found.cell(rows.start, columns.start)
    spans = {"rowSpan": len(rows), "columnSpan": len(columns)}
    found.restyle(rows.start, columns.start, {**found.style(rows.start, columns.start), **spans})
    if gathered:
        only_newline = head.end - head.start == 2
        start = head.start + 1 if only_newline else head.end
        found.tab.splice(found.segment_id, start, head.end, gathered)


def _covered_from_outside(found: Found, row: int, column: int, rows: range, columns: range) -> bool:
    """Whether a cell is hidden under a merged cell whose head lies outside the rectangle."""
    for above in range(row + 1):
        for left in range(min(column + 1, len(found.span.rows[above].cells))):
            style = found.style(above, left)
            reaches = above + style.get("rowSpan", 1) > row and left + style.get("columnSpan", 1) > column
            if reaches and (above not in rows or left not in columns):
                return True
    return False


def _content(found: Found, row: int, column: int) -> list[Unit]:
    cell = found.cell(row, column)
    return found.segment.units[cell.start + 1 : cell.end]


def _cells(rows: Iterable[int], columns: Iterable[int]) -> list[tuple[int, int]]:
    columns = list(columns)
    return [(row, column) for row in rows for column in columns]


@edits("unmergeTableCells")
def unmerge_table_cells(edit: Edit, request: Json) -> None:
    """Take every merged cell in a range apart; its text stays in the upper left one."""
    found, rows, columns = _range(edit, request.get("tableRange"))
    for row, column in _cells(rows, columns):
        found.restyle(row, column, {**found.style(row, column), "rowSpan": 1, "columnSpan": 1})


@edits("updateTableCellStyle")
def update_table_cell_style(edit: Edit, request: Json) -> None:
    """Style a range of cells, or all of a table."""
    paths = mask_paths(request.get("fields"), CELL_FIELDS)
    if "tableRange" in request:
        found, rows, columns = _range(edit, request["tableRange"])
        cells = _cells(rows, columns)
    else:
        found = find_table(edit, request.get("tableStartLocation"))
        cells = [(r, c) for r, row in enumerate(found.span.rows) for c in range(len(row.cells))]
    for row, column in cells:
        found.restyle(row, column, masked(found.style(row, column), request.get("tableCellStyle") or {}, paths))


@edits("updateTableRowStyle")
def update_table_row_style(edit: Edit, request: Json) -> None:
    found = find_table(edit, request.get("tableStartLocation"))
    paths = mask_paths(request.get("fields"), ROW_FIELDS)
    for row in _chosen(request.get("rowIndices"), len(found.span.rows), "row"):
        _restyle_row(found, row, request.get("tableRowStyle") or {}, paths)


@edits("pinTableHeaderRows")
def pin_table_header_rows(edit: Edit, request: Json) -> None:
    """Make the first rows header rows and all others not."""
    found = find_table(edit, request.get("tableStartLocation"))
    pinned = request.get("pinnedHeaderRowsCount", 0)
    if not 0 <= pinned <= len(found.span.rows):
        raise RequestRefused(f"Cannot pin {pinned} rows of a table that has {len(found.span.rows)}.")
    for row in range(len(found.span.rows)):
        _restyle_row(found, row, {"tableHeader": True} if row < pinned else {}, [["tableHeader"]])


def _restyle_row(found: Found, row: int, style: Json, paths: list[list[str]]) -> None:
    start = found.span.rows[row].start
    unit = found.segment.units[start]
    found.tab.repaint(found.segment_id, start, unit.with_about(masked(unit.about or {}, style, paths)))


@edits("updateTableColumnProperties")
def update_table_column_properties(edit: Edit, request: Json) -> None:
    """Set the width of columns; less than 5 points is refused."""
    found = find_table(edit, request.get("tableStartLocation"))
    paths = mask_paths(request.get("fields"), COLUMN_FIELDS)
    given: dict[str, Any] = request.get("tableColumnProperties") or {}
    if any(path[0] == "width" for path in paths) and given.get("width", {}).get("magnitude", 5) < 5:
        raise RequestRefused("The width of a table column must be at least 5 points.")
    columns = found.columns_about
    for index in _chosen(request.get("columnIndices"), len(columns), "column"):
        columns[index] = masked(columns[index], given, paths)
    found.set_columns(columns)


def _chosen(indices: list[int] | None, count: int, what: str) -> Iterable[int]:
    for index in indices or ():
        if not 0 <= index < count:
            raise RequestRefused(f"The {what} index {index} is outside the table, which has {count} {what}s.")
    return indices or range(count)
