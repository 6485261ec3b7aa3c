"""spreadsheets: create, get, getByDataFilter, batchUpdate; sheets.copyTo; developerMetadata get and search."""

from typing import Any

from sync.emulator.call import Call, GoogleError, provides
from sync.emulator.sheets import datafilters, metadata
from sync.emulator.sheets.a1 import Rect
from sync.emulator.sheets.book import Book, Sheet
from sync.emulator.sheets.changes.batch import apply_requests
from sync.emulator.sheets.fieldmask import Mask, parse_mask
from sync.emulator.sheets.files import copying, creating, driveside
from sync.emulator.sheets.opening import reading, refusing, writing
from sync.emulator.sheets.ranges import in_grid, resolve_a1
from sync.emulator.sheets.render import Areas, sheet_properties, spreadsheet


@provides("sheets.spreadsheets.create")
def create_spreadsheet(call: Call) -> dict[str, Any]:
    properties = call.body.get("properties", {})
    title = properties.get("title") or "Untitled spreadsheet"
    book_id = driveside.create(call, title)
    with refusing():
        book = creating.fill(call.workspace, book_id, call.body, call.now)
        book.title, book.user, book.owner = title, call.user, call.user
        answer = spreadsheet(book, None, None)
        book.save()
    return answer


@provides("sheets.spreadsheets.get")
def get_spreadsheet(call: Call) -> dict[str, Any]:
    with reading(call) as book:
        ranges = call.params.get("ranges", [])
        areas = _areas([_placed(book, text) for text in ranges]) if ranges else None
        return spreadsheet(book, areas, wanted_cells(call, call.params.get("includeGridData", False)))


@provides("sheets.spreadsheets.getByDataFilter")
def get_spreadsheet_by_filter(call: Call) -> dict[str, Any]:
    with reading(call) as book:
        filters = call.body.get("dataFilters", [])
        areas = _areas(datafilters.rectangles(book, filters)) if filters else None
        return spreadsheet(book, areas, wanted_cells(call, call.body.get("includeGridData", False)))


@provides(
    "sheets.spreadsheets.batchUpdate",
    partly="no data sources, comments, pasteData HTML; pivot tables kept, not computed",
)
def batch_update(call: Call) -> dict[str, Any]:
    if not call.body.get("requests"):
        raise GoogleError(400, "badRequest", "Must specify at least one request.")
    with writing(call) as book:
        replies = apply_requests(book, call.body["requests"])
        answer: dict[str, Any] = {"spreadsheetId": book.id, "replies": replies}
        if call.body.get("includeSpreadsheetInResponse"):
            ranges = call.body.get("responseRanges", [])
            areas = _areas([_placed(book, text) for text in ranges]) if ranges else None
            cells = wanted_cells(call, call.body.get("responseIncludeGridData", False))
            answer["updatedSpreadsheet"] = spreadsheet(book, areas, cells)
        return answer


@provides("sheets.spreadsheets.sheets.copyTo")
def copy_sheet_to(call: Call) -> dict[str, Any]:
    target_id = call.body.get("destinationSpreadsheetId", "")
    with reading(call) as source, writing(call, target_id) as target:
        target_book = source if target_id == source.id else target
        copied = copying.copy_to(source.sheet(call.params["sheetId"]), target_book)
        target_book.save()
        return sheet_properties(copied)


@provides("sheets.spreadsheets.developerMetadata.get")
def get_metadata(call: Call) -> dict[str, Any]:
    with reading(call) as book:
        record = metadata.by_id(book, call.params["metadataId"])
        if record is None:
            raise GoogleError(404, "notFound", "Requested entity was not found.")
        return metadata.shown(book, record)


@provides("sheets.spreadsheets.developerMetadata.search")
def search_metadata(call: Call) -> dict[str, Any]:
    with reading(call) as book:
        matched = [
            {"developerMetadata": metadata.shown(book, record), "dataFilters": [data_filter]}
            for data_filter in call.body.get("dataFilters", [])
            for record in datafilters.look_up(book, data_filter)
        ]
        return {"matchedDeveloperMetadata": matched} if matched else {}


def wanted_cells(call: Call, asked: bool) -> Mask | None:
    """The mask of the grid data that goes along, None for none: that is asked for, or named by the field mask, which
    then decides alone (spreadsheets.get)."""
    text = call.fields
    if not text or text == "*":
        return {} if asked else None
    mask = parse_mask(text)
    sheets: Mask = mask.get("sheets", mask.get("updatedSpreadsheet", {}).get("sheets", {}))
    return sheets.get("data")


def _placed(book: Book, text: str) -> tuple[Sheet, Rect]:
    sheet, area = resolve_a1(book, text)
    return sheet, in_grid(sheet, area)


def _areas(found: list[tuple[Sheet, Rect]]) -> Areas:
    areas: Areas = {}
    for sheet, rect in found:
        areas.setdefault(sheet.id, []).append(rect)
    return areas
