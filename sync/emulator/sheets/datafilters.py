"""DataFilter: an A1 range, a GridRange or a look-up of developer metadata -> places on sheets, or metadata records."""

from typing import Any

from sync.emulator.sheets import metadata
from sync.emulator.sheets.a1 import Area, Rect
from sync.emulator.sheets.book import Book, Sheet
from sync.emulator.sheets.ranges import area_of, in_grid, resolve_a1
from sync.emulator.sheets.refusals import SheetRefusal


def places(book: Book, data_filter: dict[str, Any]) -> list[tuple[Sheet, Area]]:
    """Every sheet area the filter matches. Raises SheetRefusal for a filter that says nothing."""
    if "a1Range" in data_filter:
        return [resolve_a1(book, data_filter["a1Range"])]
    if "gridRange" in data_filter:
        grid_range = data_filter["gridRange"]
        return [(book.sheet(grid_range.get("sheetId", 0)), area_of(grid_range))]
    if "developerMetadataLookup" in data_filter:
        return [place for record in look_up(book, data_filter) for place in _places_of(book, record)]
    raise SheetRefusal("dataFilter: must specify one of a1Range, gridRange, developerMetadataLookup")


def look_up(book: Book, data_filter: dict[str, Any]) -> list[dict[str, Any]]:
    """The metadata records a filter matches: by look-up, or all that lie in a range."""
    wanted = data_filter.get("developerMetadataLookup")
    if wanted is None:
        spots = [
            (sheet.id, area.within(sheet.row_count, sheet.column_count)) for sheet, area in places(book, data_filter)
        ]
        return [record for record in metadata.everything(book) if _lies_in(book, record, spots)]
    if "metadataId" in wanted:
        found = metadata.by_id(book, wanted["metadataId"])
        candidates = [found] if found else []
    elif "metadataKey" in wanted:
        candidates = metadata.with_key(book, wanted["metadataKey"])
    else:
        candidates = metadata.everything(book)
    return [record for record in candidates if _fits(book, record, wanted)]


def _fits(book: Book, record: dict[str, Any], wanted: dict[str, Any]) -> bool:
    for name in ("metadataKey", "metadataValue", "visibility"):
        if name in wanted and not wanted[name].endswith("_UNSPECIFIED") and record.get(name) != wanted[name]:
            return False
    kind = wanted.get("locationType", "DEVELOPER_METADATA_LOCATION_TYPE_UNSPECIFIED")
    if not kind.endswith("_UNSPECIFIED") and record["place"]["type"] != kind:
        return False
    location = wanted.get("metadataLocation")
    return location is None or _stands_at(book, record, location, wanted.get("locationMatchingStrategy", ""))


def _stands_at(book: Book, record: dict[str, Any], location: dict[str, Any], strategy: str) -> bool:
    place = record["place"]
    exact = strategy == "EXACT_LOCATION"
    if location.get("spreadsheet"):
        return place["type"] == "SPREADSHEET" or not exact
    if "dimensionRange" not in location:
        same = place.get("sheetId") == location.get("sheetId", 0)
        return same and (place["type"] == "SHEET" or not exact)
    lines = location["dimensionRange"]
    here = (metadata.position(book, record) or {}).get("dimensionRange")
    if here is None:
        return not exact and place.get("sheetId") == lines.get("sheetId", 0)
    if here["sheetId"] != lines.get("sheetId", 0):
        return False
    if here["dimension"] != lines.get("dimension"):
        return not exact
    start, end = lines.get("startIndex", 0), lines.get("endIndex", 10**9)
    if exact:
        return bool(here["startIndex"] == start and here["endIndex"] == end)
    return bool(start <= here["startIndex"] < end)


def _lies_in(book: Book, record: dict[str, Any], spots: list[tuple[int, Rect]]) -> bool:
    location = metadata.position(book, record) or {}
    lines = location.get("dimensionRange")
    if lines is None:
        return any(location.get("sheetId") == sheet_id for sheet_id, _ in spots)
    for sheet_id, rect in spots:
        start, end = (rect.top, rect.bottom) if lines["dimension"] == "ROWS" else (rect.left, rect.right)
        if lines["sheetId"] == sheet_id and start <= lines["startIndex"] < end:
            return True
    return False


def _places_of(book: Book, record: dict[str, Any]) -> list[tuple[Sheet, Area]]:
    location = metadata.position(book, record) or {}
    if location.get("spreadsheet"):
        return [(sheet, Area()) for sheet in book.sheets]
    if "sheetId" in location:
        return [(book.sheet(location["sheetId"]), Area())]
    lines = location["dimensionRange"]
    sheet, start, end = book.sheet(lines["sheetId"]), lines["startIndex"], lines["endIndex"]
    return [(sheet, Area(top=start, bottom=end) if lines["dimension"] == "ROWS" else Area(left=start, right=end))]


def rectangles(book: Book, data_filters: list[dict[str, Any]]) -> list[tuple[Sheet, Rect]]:
    """All matches of all filters as rectangles within their grids."""
    return [(sheet, in_grid(sheet, area)) for entry in data_filters for sheet, area in places(book, entry)]
