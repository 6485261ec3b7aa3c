"""Which rows a sheet's basic filter hides: their DimensionProperties say hiddenByFilter."""

from typing import Any

from sync.emulator.sheets.book import Sheet
from sync.emulator.sheets.calculate import Calculator
from sync.emulator.sheets.conditions import meets
from sync.emulator.sheets.ranges import area_of


def hidden_rows(calculator: Calculator, sheet: Sheet) -> set[int]:
    """Positions of the rows below the filter's header that meet not every criterion."""
    kept = sheet.record.get("basicFilter")
    if not kept or not kept.get("criteria"):
        return set()
    rect = area_of(kept["range"]).within(sheet.row_count, sheet.column_count)
    return {
        row
        for row in range(rect.top + 1, min(rect.bottom, sheet.row_count))
        if not all(
            _passes(calculator, criteria, sheet, row, int(column), rect.top + 1)
            for column, criteria in kept["criteria"].items()
        )
    }


def _passes(calculator: Calculator, criteria: dict[str, Any], sheet: Sheet, row: int, column: int, first: int) -> bool:
    if calculator.text(sheet, row, column) in criteria.get("hiddenValues", []):
        return False
    condition = criteria.get("condition")
    return not condition or meets(calculator, condition, (sheet, row, column), (first, column))
