"""Requests that write cells: values, formats, notes, validation, borders."""

from typing import Any

from sync.emulator.sheets import protection
from sync.emulator.sheets.a1 import Rect
from sync.emulator.sheets.book import Book, Sheet
from sync.emulator.sheets.cells import WRITABLE, Cell, from_data, to_data
from sync.emulator.sheets.changes.batch import change
from sync.emulator.sheets.fieldmask import EVERYTHING, Mask, apply_mask, is_everything, parse_mask, with_colour_twins
from sync.emulator.sheets.formulas.references import translated
from sync.emulator.sheets.kept import find_table
from sync.emulator.sheets.ranges import area_of, exceeds, resolve, resolve_cell
from sync.emulator.sheets.refusals import SheetRefusal

_READ_ONLY = frozenset({"effectiveValue", "effectiveFormat", "formattedValue", "hyperlink"})


@change("updateCells")
def update_cells(book: Book, request: dict[str, Any]) -> None:
    mask = cell_mask(request.get("fields"))
    rows = [row.get("values", []) for row in request.get("rows", [])]
    height, width = len(rows), max((len(row) for row in rows), default=0)
    if "start" in request:
        sheet, top, left = resolve_cell(book, request["start"], "start")
        rect = Rect(top, left, top + height, left + width)
        if rect.bottom > sheet.row_count or rect.right > sheet.column_count:
            raise exceeds(sheet, rect)
    else:
        sheet, rect = resolve(book, request.get("range"))
        if height > rect.height:
            raise SheetRefusal(
                f"Attempting to write row: {rect.top + height - 1}, beyond the last requested row of: {rect.bottom - 1}"
            )
        if width > rect.width:
            raise SheetRefusal(
                f"Attempting to write column: {rect.left + width - 1}, "
                f"beyond the last requested column of: {rect.right - 1}"
            )
    protection.check_cells(book, sheet, rect)
    for row in range(rect.top, rect.bottom):
        given = rows[row - rect.top] if row - rect.top < height else []
        if not given and not _row_kept(sheet, row, rect):
            continue
        for column in range(rect.left, rect.right):
            data = given[column - rect.left] if column - rect.left < len(given) else {}
            set_fields(sheet, row, column, data or {}, mask)


@change("repeatCell")
def repeat_cell(book: Book, request: dict[str, Any]) -> None:
    mask = cell_mask(request.get("fields"))
    sheet, rect = resolve(book, request.get("range"))
    protection.check_cells(book, sheet, rect)
    data = request.get("cell", {})
    formula = data.get("userEnteredValue", {}).get("formulaValue")
    clearing = not any(name in data for name in mask) and not is_everything(mask)
    for row in range(rect.top, rect.bottom):
        if clearing and not _row_kept(sheet, row, rect):
            continue
        for column in range(rect.left, rect.right):
            entry = data
            if formula and (row, column) != (rect.top, rect.left):
                moved = translated(formula, row - rect.top, column - rect.left)
                entry = {**data, "userEnteredValue": {"formulaValue": moved}}
            set_fields(sheet, row, column, entry, mask)


@change("appendCells")
def append_cells(book: Book, request: dict[str, Any]) -> None:
    """Cells go below the last row with anything in it, or below a native table, which takes them in."""
    mask = cell_mask(request.get("fields"))
    rows = [row.get("values", []) for row in request.get("rows", [])]
    left, table = 0, None
    if request.get("tableId"):
        sheet, table = find_table(book, request["tableId"])
        area = area_of(table["range"]).within(sheet.row_count, sheet.column_count)
        top, left = area.bottom, area.left
    else:
        sheet = book.sheet(request.get("sheetId", 0))
        kept = [row for row, _ in sheet.grid.kept_rows(Rect(0, 0, sheet.row_count, sheet.column_count))]
        top = kept[-1] + 1 if kept else 0
    width = max((len(row) for row in rows), default=0)
    sheet.grow("ROWS", top + len(rows) - sheet.row_count)
    sheet.grow("COLUMNS", left + width - sheet.column_count)
    protection.check_cells(book, sheet, Rect(top, left, top + len(rows), left + width))
    for row, entries in enumerate(rows, top):
        for column, data in enumerate(entries, left):
            set_fields(sheet, row, column, data or {}, mask)
    if table is not None:
        for kept_table in sheet.edit()["tables"]:
            if kept_table["tableId"] == table["tableId"]:
                kept_table["range"] = {**kept_table["range"], "endRowIndex": top + len(rows)}


@change("setDataValidation")
def set_data_validation(book: Book, request: dict[str, Any]) -> None:
    sheet, rect = resolve(book, request.get("range"))
    protection.check_cells(book, sheet, rect)
    rule = request.get("rule")
    if rule is not None and not rule.get("condition", {}).get("type"):
        raise SheetRefusal("rule.condition.type is required")
    mask: Mask = {"dataValidation": {}}
    for row in range(rect.top, rect.bottom):
        if rule is None and not _row_kept(sheet, row, rect):
            continue
        for column in range(rect.left, rect.right):
            set_fields(sheet, row, column, {"dataValidation": rule} if rule else {}, mask)


@change("updateBorders")
def update_borders(book: Book, request: dict[str, Any]) -> None:
    sheet, rect = resolve(book, request.get("range"))
    protection.check_cells(book, sheet, rect)
    for row in range(rect.top, rect.bottom):
        for column in range(rect.left, rect.right):
            sides = {
                "top": request.get("top" if row == rect.top else "innerHorizontal"),
                "bottom": request.get("bottom" if row == rect.bottom - 1 else "innerHorizontal"),
                "left": request.get("left" if column == rect.left else "innerVertical"),
                "right": request.get("right" if column == rect.right - 1 else "innerVertical"),
            }
            chosen = {side: border for side, border in sides.items() if border is not None}
            if chosen:
                _set_borders(sheet, row, column, chosen)


def cell_mask(text: str | None) -> Mask:
    """A mask over CellData. Raises SheetRefusal for a name CellData does not have."""
    mask = with_colour_twins(parse_mask(text))
    for name in mask:
        if name not in WRITABLE | _READ_ONLY | {"*", "dataSourceTable"}:
            raise SheetRefusal(f"Invalid field: {name}")
    return EVERYTHING if is_everything(mask) else mask


def set_fields(sheet: Sheet, row: int, column: int, data: dict[str, Any], mask: Mask) -> None:
    """Write the masked fields of (tidied) CellData into one cell; the other fields stay."""
    old = sheet.grid.cell(row, column)
    new: Cell | None
    if is_everything(mask):
        new = from_data(data)
    else:
        kept = to_data(old)
        if "userEnteredValue" in mask:
            mask = {**mask, "userEnteredValue": {}}
            kept.pop("textFormatRuns", None)
        new = from_data(apply_mask(kept, data, mask))
    if new is not None or old is not None:
        sheet.grid.set(row, column, new)


def _row_kept(sheet: Sheet, row: int, rect: Rect) -> bool:
    return any(cell is not None for cell in sheet.grid.cells_of(row, rect.left, rect.right))


def _set_borders(sheet: Sheet, row: int, column: int, sides: dict[str, Any]) -> None:
    old = sheet.grid.cell(row, column)
    data = to_data(old)
    look = data.get("userEnteredFormat", {})
    borders = {**look.get("borders", {}), **sides}
    borders = {side: border for side, border in borders.items() if border.get("style") != "NONE"}
    look = {name: value for name, value in look.items() if name != "borders"}
    if borders:
        look["borders"] = borders
    data["userEnteredFormat"] = look
    sheet.grid.set(row, column, from_data(data))
