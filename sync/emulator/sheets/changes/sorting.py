"""Requests that put whole rows of a range in another order, or take some out."""

import random
from typing import Any

from sync.emulator.sheets import protection
from sync.emulator.sheets.a1 import Rect
from sync.emulator.sheets.book import Book
from sync.emulator.sheets.calculate import Calculator
from sync.emulator.sheets.changes.batch import change
from sync.emulator.sheets.ranges import resolve
from sync.emulator.sheets.refusals import SheetRefusal
from sync.emulator.sheets.results import CellError
from sync.emulator.sheets.sorting import reorder_rows, sort_rows


@change("sortRange")
def sort_range(book: Book, request: dict[str, Any]) -> None:
    sheet, rect = resolve(book, request.get("range"))
    specs = request.get("sortSpecs") or [{"dimensionIndex": rect.left, "sortOrder": "ASCENDING"}]
    for spec in specs:
        if not rect.left <= spec.get("dimensionIndex", 0) < rect.right:
            raise SheetRefusal(
                f"sortSpecs.dimensionIndex[{spec.get('dimensionIndex', 0)}] must be inside of the range's columns"
            )
    protection.check_cells(book, sheet, rect)
    sort_rows(book, sheet, rect, specs)


@change("randomizeRange")
def randomize_range(book: Book, request: dict[str, Any]) -> None:
    sheet, rect = resolve(book, request.get("range"))
    protection.check_cells(book, sheet, rect)
    order = list(range(rect.top, rect.bottom))
    # Seeded by the spreadsheet's own count of numbers, so that the same calls give the same order.
    random.Random(f"{book.id}:{book.new_number(set())}").shuffle(order)
    reorder_rows(sheet, rect, order)


@change("deleteDuplicates")
def delete_duplicates(book: Book, request: dict[str, Any]) -> dict[str, Any]:
    """Rows equal to an earlier one (case apart) in the comparison columns go; those below move up within the range."""
    sheet, rect = resolve(book, request.get("range"))
    protection.check_cells(book, sheet, rect)
    columns = [
        column
        for entry in request.get("comparisonColumns", [])
        for column in range(
            max(entry.get("startIndex", 0), rect.left), min(entry.get("endIndex", rect.right), rect.right)
        )
    ] or list(range(rect.left, rect.right))
    calculator, seen, kept = Calculator(book), set(), []
    for row in range(rect.top, rect.bottom):
        key = tuple(_comparable(calculator.value(sheet, row, column)) for column in columns)
        if key not in seen or all(part is None for part in key):
            kept.append(row)
        seen.add(key)
    gone = rect.height - len(kept)
    if not gone:
        return {}
    reorder_rows(sheet, Rect(rect.top, rect.left, rect.top + len(kept), rect.right), kept)
    for row in range(rect.top + len(kept), rect.bottom):
        for column in range(rect.left, rect.right):
            sheet.grid.set(row, column, None)
    return {"duplicatesRemovedCount": gone}


def _comparable(value: object) -> object:
    if isinstance(value, str):
        return "text", value.casefold()
    if isinstance(value, CellError):
        return "error", value.text
    return None if value is None else (type(value) is bool, value)
