"""The order of sortRange: numbers, then text (not minding case), then booleans, errors; blanks always last."""

from typing import Any

from sync.emulator.sheets.a1 import Rect
from sync.emulator.sheets.book import Book, Sheet
from sync.emulator.sheets.calculate import Calculator
from sync.emulator.sheets.cells import Cell, formula
from sync.emulator.sheets.formulas.references import translated
from sync.emulator.sheets.results import sort_key


def sort_rows(book: Book, sheet: Sheet, rect: Rect, specs: list[dict[str, Any]], *, header: bool = False) -> None:
    """Sort the rows of a rectangle by the columns of SortSpecs, the first most. Equal rows keep their order."""
    if header:
        rect = Rect(rect.top + 1, rect.left, rect.bottom, rect.right)
    calculator = Calculator(book)
    order = list(range(rect.top, rect.bottom))
    for spec in reversed(specs):
        column = spec.get("dimensionIndex", 0)
        values = {row: calculator.value(sheet, row, column) for row in order}
        filled = [row for row in order if values[row] is not None]
        blank = [row for row in order if values[row] is None]
        filled.sort(key=lambda row: sort_key(values[row]), reverse=spec.get("sortOrder") == "DESCENDING")
        order = filled + blank
    reorder_rows(sheet, rect, order)


def reorder_rows(sheet: Sheet, rect: Rect, order: list[int]) -> None:
    """Put the cells of row order[i] into row rect.top + i; formulas follow their row."""
    cells = {row: sheet.grid.cells_of(row, rect.left, rect.right) for row in order}
    for target, source in enumerate(order, rect.top):
        if target == source:
            continue
        for index, cell in enumerate(cells[source]):
            sheet.grid.set(target, rect.left + index, _followed(cell, target - source))


def _followed(cell: Cell | None, rows: int) -> Cell | None:
    text = formula(cell)
    if text is None or not isinstance(cell, dict):
        return cell
    return {**cell, "=": translated(text, rows, 0)}
