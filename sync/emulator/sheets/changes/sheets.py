"""Requests about whole sheets and the spreadsheet itself."""

from typing import Any

from sync.emulator.sheets import defaults, protection
from sync.emulator.sheets.book import Book, Sheet
from sync.emulator.sheets.changes.batch import change
from sync.emulator.sheets.dimensions import delete_lines
from sync.emulator.sheets.fieldmask import apply_mask, is_everything, parse_mask, with_colour_twins
from sync.emulator.sheets.files import copying
from sync.emulator.sheets.refusals import SheetRefusal
from sync.emulator.sheets.render import sheet_properties

_TITLE_LIMIT = 100


@change("addSheet")
def add_sheet(book: Book, request: dict[str, Any]) -> dict[str, Any]:
    properties = request.get("properties", {})
    sheet_id = properties.get("sheetId")
    if sheet_id is None:
        sheet_id = book.new_number(set(book.record["order"]))
    elif sheet_id in book.record["order"]:
        raise SheetRefusal(f"Sheet with id {sheet_id} already exists.")
    elif sheet_id < 0:
        raise SheetRefusal("properties.sheetId must not be negative.")
    title = properties.get("title") or _free_title(book)
    _check_title(book, title, None)
    grid = properties.get("gridProperties", {})
    if grid.get("rowCount", 1) < 1 or grid.get("columnCount", 1) < 1:
        raise SheetRefusal("properties.gridProperties: a sheet must have at least one row and one column.")
    sheet = book.add_sheet(defaults.sheet_record(sheet_id, title, properties), properties.get("index"))
    return {"properties": sheet_properties(sheet)}


@change("deleteSheet")
def delete_sheet(book: Book, request: dict[str, Any]) -> None:
    sheet = book.sheet(request.get("sheetId", 0))
    visible = [other for other in book.sheets if other.id != sheet.id and not other.record["properties"].get("hidden")]
    if len(book.record["order"]) == 1:
        raise SheetRefusal("You can't remove all the sheets in a document.")
    if not visible:
        raise SheetRefusal("You can't remove all the visible sheets in a document.")
    protection.check_sheet(book, sheet)
    named = book.record["namedRanges"]
    if any(entry["range"].get("sheetId", 0) == sheet.id for entry in named):
        book.edit()["namedRanges"] = [entry for entry in named if entry["range"].get("sheetId", 0) != sheet.id]
    book.drop_sheet(sheet)


@change("duplicateSheet")
def duplicate_sheet(book: Book, request: dict[str, Any]) -> dict[str, Any]:
    source = book.sheet(request.get("sourceSheetId", 0))
    title = request.get("newSheetName") or _copy_title(book, source)
    _check_title(book, title, None)
    index = request.get("insertSheetIndex", 0)
    sheet = copying.copy_sheet(source, book, title, request.get("newSheetId"), index)
    return {"properties": sheet_properties(sheet)}


@change("updateSheetProperties")
def update_sheet_properties(book: Book, request: dict[str, Any]) -> None:
    new = request.get("properties", {})
    sheet = book.sheet(new.get("sheetId", 0))
    mask = with_colour_twins(parse_mask(request.get("fields")))
    protection.check_sheet(book, sheet)
    if is_everything(mask):
        mask = {name: {} for name in new if name != "sheetId"}
    if "sheetId" in mask:
        mask.pop("sheetId")
    if "title" in mask:
        _check_title(book, new.get("title", ""), sheet)
    if mask.get("hidden") == {} and new.get("hidden"):
        others = [other for other in book.sheets if other.id != sheet.id]
        if all(other.record["properties"].get("hidden") for other in others):
            raise SheetRefusal("You can't hide all the sheets in a document.")
    if "index" in mask:
        _move(book, sheet, new.get("index", 0))
    if "gridProperties" in mask:
        wanted = mask.pop("gridProperties") or {name: {} for name in new.get("gridProperties", {})}
        _change_grid(book, sheet, new.get("gridProperties", {}), wanted)
    mask.pop("index", None)
    if mask:
        record = sheet.edit()
        changed = apply_mask(record["properties"], new, mask)
        record["properties"] = {name: value for name, value in changed.items() if value != {}}


@change("updateSpreadsheetProperties")
def update_spreadsheet_properties(book: Book, request: dict[str, Any]) -> None:
    new = request.get("properties", {})
    mask = with_colour_twins(parse_mask(request.get("fields")))
    if is_everything(mask):
        mask = {name: {} for name in new}
    if "title" in mask:
        if not new.get("title"):
            raise SheetRefusal("properties.title must not be empty.")
        book.title = new["title"]
    record = book.edit()
    record["properties"] = apply_mask(record["properties"], new, mask)
    record["properties"]["title"] = book.title


def _change_grid(book: Book, sheet: Sheet, new: dict[str, Any], mask: dict[str, Any]) -> None:
    if is_everything(mask):
        mask = {name: {} for name in new}
    for name, dimension in (("rowCount", "ROWS"), ("columnCount", "COLUMNS")):
        if name not in mask:
            continue
        mask = {key: inner for key, inner in mask.items() if key != name}
        count, now = new.get(name, 0), sheet.lines(dimension).count
        if count < 1:
            word = "rows" if dimension == "ROWS" else "columns"
            raise SheetRefusal(f"You can't delete all the {word} on the sheet.")
        if count < now:
            delete_lines(book, sheet, dimension, count, now)
        else:
            sheet.grow(dimension, count - now)
    if not mask:
        return
    for name, limit in (("frozenRowCount", sheet.row_count), ("frozenColumnCount", sheet.column_count)):
        if name in mask and new.get(name, 0) >= limit:
            word = "rows" if name == "frozenRowCount" else "columns"
            raise SheetRefusal(f"You can't freeze all visible {word} on the sheet.")
    record = sheet.edit()
    record["properties"]["gridProperties"] = apply_mask(record["properties"]["gridProperties"], new, mask)


def _move(book: Book, sheet: Sheet, index: int) -> None:
    """The index counts tabs as they stand before the move, so a move to the right ends one earlier."""
    order = book.edit()["order"]
    if not 0 <= index <= len(order):
        raise SheetRefusal("properties.index is out of bounds.")
    now = order.index(sheet.id)
    order.remove(sheet.id)
    order.insert(index - 1 if index > now else index, sheet.id)


def _check_title(book: Book, title: str, own: Sheet | None) -> None:
    if not title:
        raise SheetRefusal("properties.title must not be empty.")
    if len(title) > _TITLE_LIMIT:
        raise SheetRefusal(f"The sheet name cannot be greater than {_TITLE_LIMIT} characters.")
    taken = book.titled(title)
    if taken is not None and taken is not own:
        raise SheetRefusal(f'A sheet with the name "{title}" already exists. Please enter another name.')


def _free_title(book: Book) -> str:
    number = len(book.record["order"]) + 1
    while book.titled(f"Sheet{number}"):
        number += 1
    return f"Sheet{number}"


def _copy_title(book: Book, source: Sheet) -> str:
    title, number = f"Copy of {source.title}", 1
    while book.titled(title):
        number += 1
        title = f"Copy of {source.title} {number}"
    return title
