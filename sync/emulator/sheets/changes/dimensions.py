"""Requests about rows and columns: insert, delete, move, append, their properties and groups; cells that shift."""

from typing import Any

from sync.emulator.sheets import protection
from sync.emulator.sheets.a1 import Rect
from sync.emulator.sheets.book import Book, Sheet
from sync.emulator.sheets.calculate import Calculator
from sync.emulator.sheets.cells import cell_format
from sync.emulator.sheets.changes.batch import change
from sync.emulator.sheets.dimensions import delete_lines, insert_lines, move_lines
from sync.emulator.sheets.fieldmask import apply_mask, parse_mask
from sync.emulator.sheets.ranges import resolve, resolve_lines
from sync.emulator.sheets.refusals import SheetRefusal

_KEPT = {"ROWS": "rowMetadata", "COLUMNS": "columnMetadata"}
_GROUPS = {"ROWS": ("rowGroups", "rowGroupControlAfter"), "COLUMNS": ("columnGroups", "columnGroupControlAfter")}
_MOST_DEPTH = 8


@change("insertDimension")
def insert_dimension(book: Book, request: dict[str, Any]) -> None:
    sheet, dimension, start, end = resolve_lines(book, request.get("range"))
    before = bool(request.get("inheritFromBefore"))
    count = sheet.lines(dimension).count
    if before and start == 0:
        raise SheetRefusal("inheritFromBefore cannot be true when inserting at the first index.")
    if start > count or (start == count and not before):
        says = "or equal to " if before else ""
        raise SheetRefusal(
            f"range.startIndex[{start}] must be less than {says}the grid size[{count}] "
            f"if inheritFromBefore is {'true' if before else 'false'}."
        )
    protection.check_cells(book, sheet, _band(sheet, dimension, start, min(start + 1, count)))
    insert_lines(book, sheet, dimension, start, end - start, inherit_before=before)


@change("deleteDimension")
def delete_dimension(book: Book, request: dict[str, Any]) -> None:
    sheet, dimension, start, end = resolve_lines(book, request.get("range"))
    protection.check_cells(book, sheet, _band(sheet, dimension, start, end))
    delete_lines(book, sheet, dimension, start, end)


@change("moveDimension")
def move_dimension(book: Book, request: dict[str, Any]) -> None:
    sheet, dimension, start, end = resolve_lines(book, request.get("source"))
    protection.check_cells(book, sheet, _band(sheet, dimension, start, end))
    move_lines(book, sheet, dimension, start, end, request.get("destinationIndex", 0))


@change("appendDimension")
def append_dimension(book: Book, request: dict[str, Any]) -> None:
    sheet = book.sheet(request.get("sheetId", 0))
    dimension, length = request.get("dimension", "DIMENSION_UNSPECIFIED"), request.get("length", 0)
    if dimension == "DIMENSION_UNSPECIFIED":
        raise SheetRefusal("No dimension specified.")
    if length < 1:
        raise SheetRefusal("length must be greater than 0.")
    sheet.grow(dimension, length)


@change("updateDimensionProperties")
def update_dimension_properties(book: Book, request: dict[str, Any]) -> None:
    sheet, dimension, start, end = resolve_lines(book, request.get("range"))
    mask = parse_mask(request.get("fields"))
    new = request.get("properties", {})
    if new.get("pixelSize", 1) < 0:
        raise SheetRefusal("properties.pixelSize must not be negative.")
    _check_end(sheet, dimension, end)
    kept = sheet.edit()[_KEPT[dimension]]
    for line in sheet.lines(dimension).slice(start, end):
        changed = {name: value for name, value in apply_mask(kept.get(str(line), {}), new, mask).items() if value}
        _keep(kept, line, changed)


@change("autoResizeDimensions")
def auto_resize(book: Book, request: dict[str, Any]) -> None:
    """Column widths from the longest text, about as wide as Arial 10 draws it; row heights back to the usual."""
    sheet, dimension, start, end = resolve_lines(book, request.get("dimensions"))
    _check_end(sheet, dimension, end)
    kept, calculator = sheet.edit()[_KEPT[dimension]], Calculator(book)
    for position, line in enumerate(sheet.lines(dimension).slice(start, end), start):
        changed = {name: value for name, value in kept.get(str(line), {}).items() if name != "pixelSize"}
        if dimension == "COLUMNS":
            longest = 0.0
            for row, cells in sheet.grid.kept_rows(Rect(0, position, sheet.row_count, position + 1)):
                size = cell_format(cells[0]).get("textFormat", {}).get("fontSize", 10)
                longest = max(longest, len(calculator.text(sheet, row, position)) * size * 0.74)
            if longest:
                changed["pixelSize"] = round(longest) + 7
        _keep(kept, line, changed)


@change("addDimensionGroup")
def add_dimension_group(book: Book, request: dict[str, Any]) -> dict[str, Any]:
    """A group inside another is one deeper; the same range again deepens it."""
    sheet, dimension, start, end = resolve_lines(book, request.get("range"))
    _check_end(sheet, dimension, end)
    name, control = _GROUPS[dimension]
    groups = list(sheet.record.get(name, []))
    spans = [(group["range"]["startIndex"], group["range"]["endIndex"]) for group in groups]
    if any(a < start < b < end or start < a < end < b for a, b in spans):
        raise SheetRefusal("A group must lie inside another group or apart from it.")
    if len([1 for a, b in spans if a <= start and end <= b]) >= _MOST_DEPTH:
        raise SheetRefusal(f"Groups can be nested {_MOST_DEPTH} deep.")
    lines = {"sheetId": sheet.id, "dimension": dimension, "startIndex": start, "endIndex": end}
    groups.append({"range": lines, "depth": 1})
    record = sheet.edit()
    record[name] = _with_depths(groups)
    record["properties"]["gridProperties"].setdefault(control, True)
    return {"dimensionGroups": record[name]}


@change("deleteDimensionGroup")
def delete_dimension_group(book: Book, request: dict[str, Any]) -> dict[str, Any]:
    sheet, dimension, start, end = resolve_lines(book, request.get("range"))
    name, _ = _GROUPS[dimension]
    groups = sheet.record.get(name, [])
    found = [group for group in groups if (group["range"]["startIndex"], group["range"]["endIndex"]) == (start, end)]
    if not found:
        raise SheetRefusal("Cannot delete a group that does not exist over the range.")
    record = sheet.edit()
    record[name] = _with_depths([group for group in groups if group is not found[-1]])
    return {"dimensionGroups": record[name]} if record[name] else {}


@change("updateDimensionGroup")
def update_dimension_group(book: Book, request: dict[str, Any]) -> None:
    given = request.get("dimensionGroup", {})
    sheet, dimension, start, end = resolve_lines(book, given.get("range"))
    mask = parse_mask(request.get("fields"))
    name, _ = _GROUPS[dimension]
    for index, group in enumerate(sheet.record.get(name, [])):
        same = (group["range"]["startIndex"], group["range"]["endIndex"]) == (start, end)
        if same and group["depth"] == given.get("depth", group["depth"]):
            changed = apply_mask(group, given, {key: inner for key, inner in mask.items() if key in {"collapsed", "*"}})
            sheet.edit()[name][index] = {**group, "collapsed": True} if changed.get("collapsed") else _open(group)
            return
    raise SheetRefusal("No group exists over the range and depth.")


@change("insertRange")
def insert_range(book: Book, request: dict[str, Any]) -> None:
    """Cells from the range on move down (ROWS) or right (COLUMNS); the grid grows when values would fall off."""
    sheet, rect = resolve(book, request.get("range"))
    down = _direction(request) == "ROWS"
    band = (
        Rect(rect.top, rect.left, sheet.row_count, rect.right)
        if down
        else Rect(rect.top, rect.left, rect.bottom, sheet.column_count)
    )
    protection.check_cells(book, sheet, band)
    cells = _taken(sheet, band)
    by_rows, by_columns = (rect.height, 0) if down else (0, rect.width)
    last_row = max((row + by_rows + 1 for row, _ in cells), default=0)
    last_column = max((column + by_columns + 1 for _, column in cells), default=0)
    sheet.grow("ROWS", last_row - sheet.row_count)
    sheet.grow("COLUMNS", last_column - sheet.column_count)
    for (row, column), cell in cells.items():
        sheet.grid.set(row + by_rows, column + by_columns, cell)


@change("deleteRange")
def delete_range(book: Book, request: dict[str, Any]) -> None:
    sheet, rect = resolve(book, request.get("range"))
    up = _direction(request) == "ROWS"
    band = (
        Rect(rect.top, rect.left, sheet.row_count, rect.right)
        if up
        else Rect(rect.top, rect.left, rect.bottom, sheet.column_count)
    )
    protection.check_cells(book, sheet, band)
    for (row, column), cell in _taken(sheet, band).items():
        if up and row >= rect.bottom:
            sheet.grid.set(row - rect.height, column, cell)
        elif not up and column >= rect.right:
            sheet.grid.set(row, column - rect.width, cell)


def _taken(sheet: Sheet, band: Rect) -> dict[tuple[int, int], Any]:
    """The cells of a band, taken out of the grid."""
    cells = {
        (row, band.left + index): cell
        for row, found in sheet.grid.kept_rows(band)
        for index, cell in enumerate(found)
        if cell is not None
    }
    for row, column in cells:
        sheet.grid.set(row, column, None)
    return cells


def _direction(request: dict[str, Any]) -> str:
    dimension = request.get("shiftDimension", "DIMENSION_UNSPECIFIED")
    if dimension == "DIMENSION_UNSPECIFIED":
        raise SheetRefusal("No shiftDimension specified.")
    return str(dimension)


def _band(sheet: Sheet, dimension: str, start: int, end: int) -> Rect:
    if dimension == "ROWS":
        return Rect(start, 0, end, sheet.column_count)
    return Rect(0, start, sheet.row_count, end)


def _check_end(sheet: Sheet, dimension: str, end: int) -> None:
    count = sheet.lines(dimension).count
    if end > count:
        raise SheetRefusal(f"range.endIndex[{end}] is beyond the grid size[{count}].")


def _keep(kept: dict[str, Any], line: int, changed: dict[str, Any]) -> None:
    if changed:
        kept[str(line)] = changed
    else:
        kept.pop(str(line), None)


def _open(group: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in group.items() if name != "collapsed"}


def _with_depths(groups: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Groups in order with their depths: one more than the groups around them."""
    ordered = sorted(groups, key=lambda group: (group["range"]["startIndex"], -group["range"]["endIndex"]))
    result: list[dict[str, Any]] = []
    for group in ordered:
        start, end = group["range"]["startIndex"], group["range"]["endIndex"]
        around = [g for g in result if g["range"]["startIndex"] <= start and end <= g["range"]["endIndex"]]
        result.append({**group, "depth": len(around) + 1})
    return result
