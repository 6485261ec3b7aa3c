"""Copies: a sheet within its spreadsheet, to another one, a whole spreadsheet."""

import copy
from typing import Any

from sync.emulator.sheets.book import Book, Sheet
from sync.emulator.sheets.refusals import SheetRefusal

_ID_NAMES = {
    "filterViews": "filterViewId",
    "protectedRanges": "protectedRangeId",
    "charts": "chartId",
    "bandedRanges": "bandedRangeId",
    "slicers": "slicerId",
}


def copy_to(source: Sheet, target: Book) -> Sheet:
    """Google's copyTo: a new sheet "Copy of <title>" at the end of the target."""
    title, number = f"Copy of {source.title}", 1
    while target.titled(title):
        number += 1
        title = f"Copy of {source.title} {number}"
    return copy_sheet(source, target, title, None, None)


def copy_sheet(source: Sheet, target: Book, title: str, sheet_id: int | None, index: int | None) -> Sheet:
    """A copy with all cells and objects; objects that stay in one spreadsheet get new ids."""
    if sheet_id is not None and sheet_id in target.record["order"]:
        raise SheetRefusal(f"Duplicate sheet id: {sheet_id}")
    new_id = target.new_number(set(target.record["order"])) if sheet_id is None else sheet_id
    record = _moved(copy.deepcopy(source.record), source.id, new_id)
    record["properties"] |= {"sheetId": new_id, "title": title}
    record["properties"].pop("hidden", None)
    for name, id_name in _ID_NAMES.items():
        for entry in record.get(name, []):
            entry[id_name] = target.new_number(set())
    for entry in record.get("tables", []):
        entry["tableId"] = str(target.new_number(set()))
        entry["name"] = _free_table_name(target, entry["name"])
    sheet = target.add_sheet(record, index)
    _copy_cells(source, sheet)
    return sheet


def copy_book(source: Book, target_id: str) -> Book:
    """A whole spreadsheet under another id (Drive files.copy); ids inside stay, developer metadata is not copied."""
    target = Book(source.tables, target_id, copy.deepcopy(source.record), source.now)
    order = target.edit()["order"]
    target.edit()["order"] = []
    for sheet in source.sheets:
        copied = target.add_sheet(copy.deepcopy(sheet.record), None)
        _copy_cells(sheet, copied)
    target.edit()["order"] = order
    return target


def _copy_cells(source: Sheet, target: Sheet) -> None:
    columns = list(source.grid.columns.slice(0, source.column_count))
    for row in source.grid.rows.slice(0, source.row_count):
        for column in columns:
            cell = source.grid.by_id(row, column)
            if cell is not None:
                target.grid.set_by_id(row, column, cell)


def _moved(value: Any, old: int, new: int) -> Any:
    if isinstance(value, list):
        return [_moved(item, old, new) for item in value]
    if not isinstance(value, dict):
        return value
    return {name: new if name == "sheetId" and item == old else _moved(item, old, new) for name, item in value.items()}


def _free_table_name(book: Book, name: str) -> str:
    taken = {table["name"] for sheet in book.sheets for table in sheet.record.get("tables", [])}
    number, wanted = 1, name
    while wanted in taken:
        number += 1
        wanted = f"{name}_{number}"
    return wanted
