"""Developer metadata: one record each, found by id or by key and value, standing on rows by their line id.

A row's line id stays when rows are inserted, moved or deleted around it, so its metadata does too, and goes with it.
"""

from typing import Any

from sync.emulator.sheets.book import Book, Sheet
from sync.emulator.sheets.refusals import SheetRefusal
from sync.emulator.tables import Table

VALUE_LIMIT = 30_000  # characters of keys and values per spreadsheet and per sheet (guide "Metadata")


def table(book: Book) -> Table:
    return book.tables.table(f"sheets.metadata:{book.id}")


def keys(book: Book) -> Table:
    """key + NUL + id -> 1, so that a look-up by key costs what it finds."""
    return book.tables.table(f"sheets.metadata.keys:{book.id}")


def add(book: Book, given: dict[str, Any]) -> dict[str, Any]:
    """Create metadata; answers DeveloperMetadata. Raises SheetRefusal for a taken id or a missing part."""
    if not given.get("metadataKey"):
        raise SheetRefusal("developerMetadata.metadataKey is required")
    visibility = given.get("visibility", "DEVELOPER_METADATA_VISIBILITY_UNSPECIFIED")
    if visibility == "DEVELOPER_METADATA_VISIBILITY_UNSPECIFIED":
        raise SheetRefusal("developerMetadata.visibility is required")
    wanted = given.get("metadataId")
    if wanted and str(wanted) in table(book):
        raise SheetRefusal(f"Developer metadata with id {wanted} already exists")
    number = wanted or book.new_number({int(key) for key in table(book).keys()})  # noqa: SIM118
    record = {"metadataId": number, "metadataKey": given["metadataKey"], "visibility": visibility}
    if given.get("metadataValue"):
        record["metadataValue"] = given["metadataValue"]
    record["place"] = _place(book, given.get("location") or {})
    _put(book, record)
    return shown(book, record)


def change(book: Book, record: dict[str, Any], new: dict[str, Any], fields: set[str]) -> dict[str, Any]:
    """Change metadataKey, metadataValue, visibility or location; answers the result."""
    changed = dict(record)
    for name in ("metadataKey", "metadataValue", "visibility"):
        if name in fields or "*" in fields:
            changed.pop(name, None)
            if new.get(name):
                changed[name] = new[name]
    if any(name.startswith("location") for name in fields) or ("*" in fields and new.get("location")):
        changed["place"] = _place(book, new.get("location") or {})
    remove(book, record)
    _put(book, changed)
    return shown(book, changed)


def remove(book: Book, record: dict[str, Any]) -> None:
    table(book).delete(str(record["metadataId"]))
    keys(book).delete(f"{record['metadataKey']}\x00{record['metadataId']}")


def by_id(book: Book, metadata_id: int) -> dict[str, Any] | None:
    found: dict[str, Any] | None = table(book).get(str(metadata_id))
    return found if found is not None and position(book, found) is not None else None


def with_key(book: Book, key: str) -> list[dict[str, Any]]:
    """All records of a key, those on vanished rows left out."""
    found = [table(book)[entry.rpartition("\x00")[2]] for entry, _ in keys(book).starting(key + "\x00")]
    return [record for record in found if position(book, record) is not None]


def everything(book: Book) -> list[dict[str, Any]]:
    return [record for record in table(book).values() if position(book, record) is not None]


def position(book: Book, record: dict[str, Any]) -> dict[str, Any] | None:
    """DeveloperMetadataLocation as it is now; None when the row, column or sheet is gone."""
    place = record["place"]
    if place["type"] == "SPREADSHEET":
        return {"locationType": "SPREADSHEET", "spreadsheet": True}
    if place["sheetId"] not in book.record["order"]:
        return None
    if place["type"] == "SHEET":
        return {"locationType": "SHEET", "sheetId": place["sheetId"]}
    dimension = "ROWS" if place["type"] == "ROW" else "COLUMNS"
    start = book.sheet(place["sheetId"]).lines(dimension).position(place["line"])
    if start is None:
        return None
    lines = {"sheetId": place["sheetId"], "dimension": dimension, "startIndex": start, "endIndex": start + 1}
    return {"locationType": place["type"], "dimensionRange": lines}


def shown(book: Book, record: dict[str, Any]) -> dict[str, Any]:
    """A record as DeveloperMetadata."""
    answer = {name: value for name, value in record.items() if name != "place"}
    return {**answer, "location": position(book, record)}


def on_spreadsheet(book: Book) -> list[dict[str, Any]]:
    return [shown(book, record) for record in table(book).values() if record["place"]["type"] == "SPREADSHEET"]


def on_sheet(book: Book, sheet: Sheet) -> list[dict[str, Any]]:
    wanted = {"type": "SHEET", "sheetId": sheet.id}
    return [shown(book, record) for record in table(book).values() if record["place"] == wanted]


def on_lines(book: Book, sheet: Sheet, dimension: str) -> dict[int, list[dict[str, Any]]]:
    """line id -> the metadata that stands on it."""
    kind = "ROW" if dimension == "ROWS" else "COLUMN"
    found: dict[int, list[dict[str, Any]]] = {}
    for record in table(book).values():
        place = record["place"]
        here = place["type"] == kind and place["sheetId"] == sheet.id
        if here and position(book, record) is not None:
            found.setdefault(place["line"], []).append(shown(book, record))
    return found


def _put(book: Book, record: dict[str, Any]) -> None:
    table(book).put(str(record["metadataId"]), record)
    keys(book).put(f"{record['metadataKey']}\x00{record['metadataId']}", 1)


def _place(book: Book, location: dict[str, Any]) -> dict[str, Any]:
    if location.get("spreadsheet"):
        return {"type": "SPREADSHEET"}
    if "dimensionRange" in location:
        lines = location["dimensionRange"]
        sheet = book.sheet(lines.get("sheetId", 0))
        dimension = lines.get("dimension", "DIMENSION_UNSPECIFIED")
        start, end = lines.get("startIndex", 0), lines.get("endIndex", 0)
        if dimension not in {"ROWS", "COLUMNS"} or end != start + 1:
            raise SheetRefusal("developerMetadata.location.dimensionRange must represent a single row or column")
        if not 0 <= start < sheet.lines(dimension).count:
            raise SheetRefusal("developerMetadata.location.dimensionRange is out of bounds")
        kind = "ROW" if dimension == "ROWS" else "COLUMN"
        return {"type": kind, "sheetId": sheet.id, "line": sheet.lines(dimension).at(start)}
    if "sheetId" in location:
        return {"type": "SHEET", "sheetId": book.sheet(location["sheetId"]).id}
    raise SheetRefusal("developerMetadata.location is required")
