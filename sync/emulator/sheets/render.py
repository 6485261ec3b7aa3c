"""The Spreadsheet resource: properties, sheets with all that hangs on them, grid data when it is asked for."""

import re
from collections.abc import Set as AbstractSet
from typing import Any

from sync.emulator.sheets import defaults, metadata
from sync.emulator.sheets.a1 import Rect
from sync.emulator.sheets.book import Book, Sheet
from sync.emulator.sheets.calculate import Calculator
from sync.emulator.sheets.cells import Cell, formula, is_blank, to_data
from sync.emulator.sheets.fieldmask import Mask, below
from sync.emulator.sheets.filtering import hidden_rows
from sync.emulator.sheets.looks import Looks
from sync.emulator.sheets.protection import may_edit
from sync.emulator.sheets.ranges import area_of
from sync.emulator.sheets.results import CellError, text_of
from sync.emulator.sheets.shapes import answered

_LISTS = (
    "merges", "conditionalFormats", "filterViews", "protectedRanges", "charts", "bandedRanges",
    "rowGroups", "columnGroups", "slicers", "tables",
)  # fmt: skip
_LOOKS = frozenset({"*", "effectiveFormat"})
_COMPUTED = _LOOKS | {"effectiveValue", "formattedValue", "hyperlink"}  # the rest of CellData is as it was written
_LINK = re.compile(r'=\s*HYPERLINK\(\s*"((?:[^"]|"")+)"', re.IGNORECASE)
Areas = dict[int, list[Rect]]  # sheet id -> the rectangles asked for


def spreadsheet(book: Book, areas: Areas | None, cells: Mask | None) -> dict[str, Any]:
    """The resource. `areas` limits sheets (and their data) to those named, None means all of everything.

    `cells` is the mask of GridData that will be answered: what it leaves out is not worked out. None is no grid data.
    """
    chosen = [sheet for sheet in book.sheets if areas is None or sheet.id in areas]
    calculator = Calculator(book)
    sheets = []
    for sheet in chosen:
        whole = [Rect(0, 0, sheet.row_count, sheet.column_count)]
        rects = whole if areas is None else areas[sheet.id]
        resource = sheet_resource(book, sheet, None if areas is None else rects)
        if cells is not None:
            resource["data"] = [_grid_data(calculator, sheet, rect, cells) for rect in rects]
        sheets.append(resource)
    answer: dict[str, Any] = {
        "spreadsheetId": book.id,
        "properties": {**book.record["properties"], "title": book.title},
        "sheets": sheets,
    }
    if book.record["namedRanges"]:
        answer["namedRanges"] = answered(book.record["namedRanges"])
    own = metadata.on_spreadsheet(book)
    if own:
        answer["developerMetadata"] = own
    answer["spreadsheetUrl"] = f"https://docs.google.com/spreadsheets/d/{book.id}/edit"
    return answer


def sheet_properties(sheet: Sheet) -> dict[str, Any]:
    """SheetProperties with the present index, in Google's order of keys."""
    kept = sheet.record["properties"]
    order = sheet.book.record["order"]
    first = {"sheetId": sheet.id, "title": kept["title"], "index": order.index(sheet.id)}
    grid = {name: value for name, value in kept["gridProperties"].items() if value}
    rest = {name: value for name, value in kept.items() if name not in first and value is not False}
    return {**first, **rest, "gridProperties": grid}


def sheet_resource(book: Book, sheet: Sheet, rects: list[Rect] | None) -> dict[str, Any]:
    """A Sheet without its cells. With `rects`, merges and the like are limited to what touches them."""
    record = sheet.record
    resource: dict[str, Any] = {"properties": sheet_properties(sheet)}
    for name in _LISTS:
        items = record.get(name)
        if name == "protectedRanges" and items:
            items = [protected_range(book, item) for item in items]
        if name == "merges" and items and rects is not None:
            items = [item for item in items if _touches(sheet, item, rects)]
        if items:
            resource[name] = answered(items)
    if record.get("basicFilter"):
        resource["basicFilter"] = answered(record["basicFilter"])
    own = metadata.on_sheet(book, sheet)
    if own:
        resource["developerMetadata"] = own
    return resource


def protected_range(book: Book, protected: dict[str, Any]) -> dict[str, Any]:
    """A ProtectedRange as the caller sees it: editors only for those who may edit."""
    allowed = may_edit(book, protected)
    shown = {name: value for name, value in protected.items() if name not in {"editors", "requestingUserCanEdit"}}
    if allowed:
        editors = dict(protected.get("editors", {}))
        editors["users"] = sorted({*editors.get("users", []), book.owner} - {""})
        shown |= {"requestingUserCanEdit": True, "editors": editors}
    return shown


def _touches(sheet: Sheet, grid_range: dict[str, Any], rects: list[Rect]) -> bool:
    own = area_of(grid_range).within(sheet.row_count, sheet.column_count)
    return any(own.intersects(rect) for rect in rects)


def _grid_data(calculator: Calculator, sheet: Sheet, rect: Rect, mask: Mask) -> dict[str, Any]:
    data: dict[str, Any] = {}
    if rect.top:
        data["startRow"] = rect.top
    if rect.left:
        data["startColumn"] = rect.left
    rows: list[dict[str, Any]] = []
    wanted, looks = below(below(mask, "rowData"), "values"), Looks(calculator, sheet)
    for row, cells in calculator.rows(sheet, rect) if wanted is not None else ():
        rows.extend({} for _ in range(row - rect.top - len(rows)))
        values = [
            cell_data(calculator, looks, sheet, row, rect.left + index, cell, wanted or {})
            for index, cell in enumerate(cells)
        ]
        for column in calculator.laid(sheet).get(row, ()):
            if rect.left <= column < rect.right:
                values[column - rect.left].pop("userEnteredValue", None)  # nobody entered it here
        while values and not values[-1]:
            values.pop()
        rows.append({"values": values})
    if rows:
        data["rowData"] = rows
    filtered = hidden_rows(calculator, sheet) if below(mask, "rowMetadata") is not None else set()
    data["rowMetadata"] = _dimension_metadata(sheet, "ROWS", rect.top, rect.bottom, filtered)
    data["columnMetadata"] = _dimension_metadata(sheet, "COLUMNS", rect.left, rect.right)
    return data


def _dimension_metadata(
    sheet: Sheet, dimension: str, start: int, end: int, filtered: AbstractSet[int] = frozenset()
) -> list[dict[str, Any]]:
    kept = sheet.record["columnMetadata" if dimension == "COLUMNS" else "rowMetadata"]
    pixels = defaults.COLUMN_PIXELS if dimension == "COLUMNS" else defaults.ROW_PIXELS
    found = metadata.on_lines(sheet.book, sheet, dimension)
    shown = []
    for position, line in enumerate(sheet.lines(dimension).slice(start, end), start):
        entry = {"pixelSize": pixels, **kept.get(str(line), {})}
        if position in filtered:
            entry["hiddenByFilter"] = True
        if line in found:
            entry["developerMetadata"] = found[line]
        shown.append(entry)
    return shown


def cell_data(
    calculator: Calculator, looks: Looks, sheet: Sheet, row: int, column: int, cell: Cell | None, mask: Mask
) -> dict[str, Any]:
    """CellData of one cell, or what the mask leaves of it: what was entered, what it comes to, how it looks."""
    if cell is None:
        return {}
    data: dict[str, Any] = {}
    kept = to_data(cell)
    if mask and _COMPUTED.isdisjoint(mask):
        return kept
    if "userEnteredValue" in kept:
        data["userEnteredValue"] = kept.pop("userEnteredValue")
    number_format = None
    if not is_blank(cell):
        result = calculator.result_of(sheet, row, column, cell)
        number_format = result.number_format
        value = result.value
        if isinstance(value, CellError):
            data["effectiveValue"] = value.as_extended()
        elif value is not None:
            kind = (
                "boolValue" if isinstance(value, bool) else "stringValue" if isinstance(value, str) else "numberValue"
            )
            data["effectiveValue"] = {kind: value}
        data["formattedValue"] = text_of(value, number_format)
        link = _LINK.match(formula(cell) or "")
        if link:
            data["hyperlink"] = link[1].replace('""', '"')
        elif isinstance(value, str) and value.startswith(("http://", "https://")) and " " not in value:
            data["hyperlink"] = value
    if not mask or not _LOOKS.isdisjoint(mask):
        data["effectiveFormat"] = looks.of(row, column, cell, number_format, data.get("effectiveValue", {}))
    return {**data, **kept}
