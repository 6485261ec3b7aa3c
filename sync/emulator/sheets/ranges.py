"""From what a client names (A1 text, GridRange, DimensionRange) to a sheet and a rectangle on it, and back."""

from typing import Any

from sync.emulator.sheets import a1
from sync.emulator.sheets.a1 import Area, Rect
from sync.emulator.sheets.book import Book, Sheet
from sync.emulator.sheets.refusals import SheetRefusal, unparsable


def resolve_a1(book: Book, text: str) -> tuple[Sheet, Area]:
    """The sheet and cells that A1 text names: a range, a sheet, a named range.

    Raises SheetRefusal "Unable to parse range" for anything else.
    """
    reference = a1.parse(text)
    if reference.name is not None:
        return _resolve_name(book, reference.sheet, reference.name, text)
    if reference.sheet is None:
        return book.sheets[0], reference.area or Area()
    sheet = book.titled(reference.sheet)
    if sheet is None:
        raise unparsable(text)
    return sheet, reference.area or Area()


def _resolve_name(book: Book, sheet_title: str | None, name: str, text: str) -> tuple[Sheet, Area]:
    for named in book.record["namedRanges"]:
        if named["name"].lower() == name.lower():
            sheet = book.sheet(named["range"].get("sheetId", 0))
            return sheet, area_of(named["range"])
    for sheet in book.sheets:
        for table in sheet.record.get("tables", []):
            if table["name"].lower() == name.lower():
                return sheet, area_of(table["range"])
    found = book.titled(name) if sheet_title is None else None
    if found is None:
        raise unparsable(text)
    return found, Area()


def in_grid(sheet: Sheet, area: Area) -> Rect:
    """The rectangle of an area whose first cell must exist; a far end beyond the grid is cut off.

    Raises SheetRefusal "exceeds grid limits" like Google.
    """
    rows, columns = sheet.row_count, sheet.column_count
    rect = area.within(rows, columns)
    if rect.top >= rows or rect.left >= columns:
        raise exceeds(sheet, rect)
    return Rect(rect.top, rect.left, min(rect.bottom, rows), min(rect.right, columns))


def exceeds(sheet: Sheet, rect: Rect) -> SheetRefusal:
    name = a1.canonical(sheet.title, rect)
    limits = f"Max rows: {sheet.row_count}, max columns: {sheet.column_count}"
    return SheetRefusal(f"Range ({name}) exceeds grid limits. {limits}")


def area_of(grid_range: dict[str, Any]) -> Area:
    return Area(
        grid_range.get("startRowIndex"),
        grid_range.get("startColumnIndex"),
        grid_range.get("endRowIndex"),
        grid_range.get("endColumnIndex"),
    )


def grid_range(sheet_id: int, rect: Rect) -> dict[str, int]:
    return {
        "sheetId": sheet_id,
        "startRowIndex": rect.top,
        "endRowIndex": rect.bottom,
        "startColumnIndex": rect.left,
        "endColumnIndex": rect.right,
    }


def resolve(
    book: Book, value: dict[str, Any] | None, field: str = "range", *, empty: bool = False
) -> tuple[Sheet, Rect]:
    """The sheet and rectangle of a GridRange; a far end beyond the grid is cut off.

    Raises SheetRefusal for no sheet, turned-round indices or a first cell outside of the grid.
    """
    if value is None:
        raise SheetRefusal(f"{field} is required")
    sheet = book.sheet(value.get("sheetId", 0))
    rect = area_of(value).within(sheet.row_count, sheet.column_count)
    check_order(value, field, empty=empty)
    if rect.top >= sheet.row_count or rect.left >= sheet.column_count:
        raise exceeds(sheet, rect)
    return sheet, Rect(rect.top, rect.left, min(rect.bottom, sheet.row_count), min(rect.right, sheet.column_count))


def resolve_cell(book: Book, value: dict[str, Any], field: str) -> tuple[Sheet, int, int]:
    """(sheet, row, column) of a GridCoordinate. Raises SheetRefusal for one outside of the grid."""
    sheet = book.sheet(value.get("sheetId", 0))
    row, column = value.get("rowIndex", 0), value.get("columnIndex", 0)
    if row < 0 or column < 0:
        raise SheetRefusal(f"{field}.{'rowIndex' if row < 0 else 'columnIndex'} must be >= 0")
    if row >= sheet.row_count or column >= sheet.column_count:
        raise exceeds(sheet, Rect(row, column, row + 1, column + 1))
    return sheet, row, column


def check_order(value: dict[str, Any], field: str = "range", *, empty: bool = False) -> None:
    """Raises SheetRefusal for a GridRange whose indices are negative or whose end is not after its start.

    `empty` says that a range without any row or column will do.
    """
    for start_name, end_name in (("startRowIndex", "endRowIndex"), ("startColumnIndex", "endColumnIndex")):
        start, end = value.get(start_name, 0), value.get(end_name)
        if start < 0 or (end is not None and end < 0):
            raise SheetRefusal(f"{field}.{start_name if start < 0 else end_name} must be >= 0")
        if end is not None and (end < start or (end == start and not empty)):
            raise SheetRefusal(f"{field}.{end_name}[{end}] must be after {field}.{start_name}[{start}]")


def check(book: Book, value: dict[str, Any] | None, field: str = "range", *, empty: bool = False) -> dict[str, Any]:
    """The GridRange itself, its open sides left open, once `resolve` accepts it; sheetId always set."""
    sheet, _ = resolve(book, value, field, empty=empty)
    return {**(value or {}), "sheetId": sheet.id}


def resolve_lines(book: Book, value: dict[str, Any] | None) -> tuple[Sheet, str, int, int]:
    """(sheet, dimension, start, end) of a DimensionRange; the end may lie beyond the grid."""
    if not value:
        raise SheetRefusal("range is required")
    sheet = book.sheet(value.get("sheetId", 0))
    dimension = value.get("dimension", "DIMENSION_UNSPECIFIED")
    if dimension == "DIMENSION_UNSPECIFIED":
        raise SheetRefusal("No dimension specified.")
    start = value.get("startIndex", 0)
    end = value.get("endIndex", sheet.lines(dimension).count)
    if start < 0 or end < 0:
        raise SheetRefusal("DimensionRange indexes must be >= 0")
    if end <= start:
        raise SheetRefusal("DimensionRange.endIndex must be greater than startIndex")
    return sheet, dimension, start, end
