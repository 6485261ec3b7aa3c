"""Merging and unmerging cells; a merge keeps the value of its first cell only."""

from typing import Any

from sync.emulator.sheets import protection
from sync.emulator.sheets.a1 import Rect
from sync.emulator.sheets.book import Book, Sheet
from sync.emulator.sheets.cells import is_blank, with_value
from sync.emulator.sheets.changes.batch import change
from sync.emulator.sheets.ranges import area_of, grid_range, resolve
from sync.emulator.sheets.refusals import SheetRefusal


@change("mergeCells")
def merge_cells(book: Book, request: dict[str, Any]) -> None:
    sheet, rect = resolve(book, request.get("range"))
    protection.check_cells(book, sheet, rect)
    _drop_merges(sheet, rect, "merge")
    grid = sheet.record["properties"]["gridProperties"]
    if rect.top < grid.get("frozenRowCount", 0) < rect.bottom:
        raise SheetRefusal("You can't merge frozen and non-frozen rows.")
    if rect.left < grid.get("frozenColumnCount", 0) < rect.right:
        raise SheetRefusal("You can't merge frozen and non-frozen columns.")
    merges = [_keep_first(sheet, part) for part in _parts(rect, request.get("mergeType", "MERGE_ALL"))]
    fresh = [grid_range(sheet.id, part) for part in merges if part.height * part.width > 1]
    if fresh:
        record = sheet.edit()
        record["merges"] = [*record.get("merges", []), *fresh]


@change("unmergeCells")
def unmerge_cells(book: Book, request: dict[str, Any]) -> None:
    sheet, rect = resolve(book, request.get("range"))
    _drop_merges(sheet, rect, "unmerge")


def _parts(rect: Rect, merge_type: str) -> list[Rect]:
    if merge_type == "MERGE_ROWS":
        return [Rect(row, rect.left, row + 1, rect.right) for row in range(rect.top, rect.bottom)]
    if merge_type == "MERGE_COLUMNS":
        return [Rect(rect.top, column, rect.bottom, column + 1) for column in range(rect.left, rect.right)]
    return [rect]


def _drop_merges(sheet: Sheet, rect: Rect, verb: str) -> None:
    kept = []
    for merge in sheet.record.get("merges", []):
        own = area_of(merge).within(sheet.row_count, sheet.column_count)
        if not own.intersects(rect):
            kept.append(merge)
        elif not rect.contains(own):
            raise SheetRefusal(f"You must select all cells in a merged range to {verb} them.")
    if len(kept) != len(sheet.record.get("merges", [])):
        sheet.edit()["merges"] = kept


def _keep_first(sheet: Sheet, rect: Rect) -> Rect:
    """The first value found becomes the merged cell's; the others go."""
    first = None
    for row, cells in list(sheet.grid.kept_rows(rect)):
        for index, cell in enumerate(cells):
            if cell is None or is_blank(cell):
                continue
            if first is None:
                first = (row, rect.left + index, cell)
            sheet.grid.set(row, rect.left + index, with_value(cell, None))
    if first is not None:
        _, _, cell = first
        sheet.grid.set(rect.top, rect.left, cell)
    return rect
