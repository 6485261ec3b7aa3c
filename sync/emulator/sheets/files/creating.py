"""A new spreadsheet from a Spreadsheet resource: properties, sheets with their data, named ranges, metadata."""

from datetime import datetime
from typing import Any

from sync.emulator.sheets import defaults, metadata
from sync.emulator.sheets.book import Book, HasTables, Sheet
from sync.emulator.sheets.cells import from_data
from sync.emulator.sheets.changes.batch import apply_request
from sync.emulator.sheets.refusals import SheetRefusal
from sync.emulator.sheets.serials import local_now
from sync.emulator.sheets.shapes import tidy

_OBJECTS = {
    "protectedRanges": ("addProtectedRange", "protectedRange"),
    "filterViews": ("addFilterView", "filter"),
    "bandedRanges": ("addBanding", "bandedRange"),
    "tables": ("addTable", "table"),
    "charts": ("addChart", "chart"),
    "slicers": ("addSlicer", "slicer"),
}


def fill(tables: HasTables, book_id: str, resource: dict[str, Any], now: datetime) -> Book:
    """Make the spreadsheet; without sheets it gets "Sheet1". Raises SheetRefusal for what batchUpdate would refuse."""
    resource = tidy(resource)
    properties = resource.get("properties", {})
    book = Book.create(tables, book_id, properties, local_now(now, properties.get("timeZone", "Etc/GMT")))
    given = resource.get("sheets") or [{"properties": {"sheetId": 0}}]
    for number, sheet in enumerate(given, 1):
        _add_sheet(book, sheet, number, first=number == 1)
    for named in resource.get("namedRanges", []):
        apply_request(book, "addNamedRange", {"namedRange": named})
    for entry in resource.get("developerMetadata", []):
        metadata.add(book, {**entry, "location": {"spreadsheet": True}})
    return book


def _add_sheet(book: Book, resource: dict[str, Any], number: int, *, first: bool) -> None:
    properties = dict(resource.get("properties", {}))
    properties.setdefault("title", f"Sheet{number}")
    if first:
        properties.setdefault("sheetId", 0)
    elif "sheetId" not in properties:
        properties["sheetId"] = book.new_number(set(book.record["order"]))
    if properties["sheetId"] in book.record["order"]:
        raise SheetRefusal(f"Duplicate sheet id: {properties['sheetId']}")
    if book.titled(properties["title"]):
        raise SheetRefusal(f'A sheet with the name "{properties["title"]}" already exists. Please enter another name.')
    sheet = book.add_sheet(defaults.sheet_record(properties["sheetId"], properties["title"], properties), None)
    for data in resource.get("data", []):
        _put_data(sheet, data)
    for merge in resource.get("merges", []):
        apply_request(book, "mergeCells", {"range": {**merge, "sheetId": sheet.id}, "mergeType": "MERGE_ALL"})
    if "basicFilter" in resource:
        apply_request(book, "setBasicFilter", {"filter": resource["basicFilter"]})
    for index, rule in enumerate(resource.get("conditionalFormats", [])):
        apply_request(book, "addConditionalFormatRule", {"rule": rule, "index": index})
    for name, (kind, field) in _OBJECTS.items():
        for entry in resource.get(name, []):
            apply_request(book, kind, {field: entry})
    for entry in resource.get("developerMetadata", []):
        metadata.add(book, {**entry, "location": {"sheetId": sheet.id}})


def _put_data(sheet: Sheet, data: dict[str, Any]) -> None:
    top, left = data.get("startRow", 0), data.get("startColumn", 0)
    rows = data.get("rowData", [])
    width = max((len(row.get("values", [])) for row in rows), default=0)
    sheet.grow("ROWS", top + len(rows) - sheet.row_count)
    sheet.grow("COLUMNS", left + width - sheet.column_count)
    for row, entry in enumerate(rows, top):
        for column, cell in enumerate(entry.get("values", []), left):
            sheet.grid.set(row, column, from_data(cell))
    for dimension, name, start in (("ROWS", "rowMetadata", top), ("COLUMNS", "columnMetadata", left)):
        for position, entry in enumerate(data.get(name, []), start):
            if entry and position < sheet.lines(dimension).count:
                kept = {key: value for key, value in entry.items() if key in {"pixelSize", "hiddenByUser"}}
                sheet.edit()[name][str(sheet.lines(dimension).at(position))] = kept
