"""Objects that are kept in lists of their sheets and known by an id of their own."""

from typing import Any

from sync.emulator.sheets.book import Book, Sheet
from sync.emulator.sheets.refusals import SheetRefusal

_WORDS = {
    "protectedRanges": "protected range",
    "bandedRanges": "banded range",
    "filterViews": "filter view",
    "charts": "embedded object",
    "slicers": "embedded object",
}


def find(book: Book, name: str, id_name: str, wanted: int | None) -> tuple[Sheet, int, dict[str, Any]]:
    """(sheet, place in its list, the object). Raises SheetRefusal "No ... with id"."""
    for sheet in book.sheets:
        for index, entry in enumerate(sheet.record.get(name, [])):
            if entry[id_name] == wanted:
                return sheet, index, entry
    raise SheetRefusal(f"No {_WORDS[name]} with id: {wanted if wanted is not None else 0}")


def find_id(book: Book, name: str, id_name: str, wanted: int | None) -> tuple[Sheet, int]:
    sheet, index, _ = find(book, name, id_name, wanted)
    return sheet, index


def fresh_id(book: Book, name: str, id_name: str, wanted: int | None) -> int:
    """The id the client chose, or a new one. Raises SheetRefusal for a taken one."""
    taken = {entry[id_name] for sheet in book.sheets for entry in sheet.record.get(name, [])}
    if wanted is None or wanted == 0:
        return book.new_number(taken)
    if wanted in taken:
        raise SheetRefusal(f"The {_WORDS[name]} id {wanted} is already in use.")
    return wanted


def find_table(book: Book, table_id: str) -> tuple[Sheet, dict[str, Any]]:
    """Raises SheetRefusal when no native table has that id."""
    for sheet in book.sheets:
        for table in sheet.record.get("tables", []):
            if table["tableId"] == table_id:
                return sheet, table
    raise SheetRefusal(f"No table with id: {table_id}")
