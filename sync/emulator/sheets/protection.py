"""Protected ranges: who may change what. The owner of the file always may."""

from typing import Any

from sync.emulator.sheets.a1 import Rect
from sync.emulator.sheets.book import Book, Sheet
from sync.emulator.sheets.ranges import area_of
from sync.emulator.sheets.refusals import SheetRefusal

_REFUSED = (
    "You are trying to edit a protected cell or object. "
    "Please contact the spreadsheet owner to remove protection if you need to edit."
)


def may_edit(book: Book, protected: dict[str, Any]) -> bool:
    """Whether the caller may edit what a protected range protects."""
    editors = protected.get("editors", {})
    if book.user == book.owner or protected.get("warningOnly") or book.user in editors.get("users", []):
        return True
    domain = book.owner.partition("@")[2]
    return bool(editors.get("domainUsersCanEdit")) and book.user.endswith("@" + domain)


def check_cells(book: Book, sheet: Sheet, rect: Rect) -> None:
    """Raises SheetRefusal when a cell of the rectangle is protected from the caller."""
    for protected in sheet.record.get("protectedRanges", []):
        if may_edit(book, protected):
            continue
        area = _area(book, sheet, protected)
        if area is None or not area.intersects(rect):
            continue
        free = [
            area_of(item).within(sheet.row_count, sheet.column_count) for item in protected.get("unprotectedRanges", [])
        ]
        if not any(open_area.contains(area.intersection(rect)) for open_area in free):
            raise SheetRefusal(_REFUSED)


def check_sheet(book: Book, sheet: Sheet) -> None:
    """Raises SheetRefusal when anything of the sheet is protected from the caller, for changes to the sheet itself."""
    check_cells(book, sheet, Rect(0, 0, sheet.row_count, sheet.column_count))


def _area(book: Book, sheet: Sheet, protected: dict[str, Any]) -> Rect | None:
    spot = protected.get("range")
    for named in book.record["namedRanges"]:
        if named["namedRangeId"] == protected.get("namedRangeId"):
            spot = named["range"]
    for table in sheet.record.get("tables", []):
        if table["tableId"] == protected.get("tableId"):
            spot = table["range"]
    if spot is None or spot.get("sheetId", 0) != sheet.id:
        return None
    return area_of(spot).within(sheet.row_count, sheet.column_count)
