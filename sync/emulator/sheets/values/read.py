"""Reading values: render options, major dimension, blanks at the end left away."""

from dataclasses import dataclass
from typing import Any

from sync.emulator.sheets import a1
from sync.emulator.sheets.a1 import Rect
from sync.emulator.sheets.book import Sheet
from sync.emulator.sheets.calculate import Calculator
from sync.emulator.sheets.cells import Cell, formula, is_blank
from sync.emulator.sheets.results import plain_of, text_of


@dataclass(frozen=True, slots=True)
class Rendering:
    """valueRenderOption, dateTimeRenderOption and majorDimension of one read."""

    values: str = "FORMATTED_VALUE"
    dates: str = "SERIAL_NUMBER"
    major: str = "ROWS"

    @staticmethod
    def of(
        options: dict[str, Any], values: str = "valueRenderOption", dates: str = "dateTimeRenderOption"
    ) -> "Rendering":
        """From request parameters or a body; what is not said is Google's default."""
        major = options.get("majorDimension") or "ROWS"
        return Rendering(
            options.get(values) or "FORMATTED_VALUE",
            options.get(dates) or "SERIAL_NUMBER",
            "ROWS" if major == "DIMENSION_UNSPECIFIED" else major,
        )


def value_range(calculator: Calculator, sheet: Sheet, rect: Rect, rendering: Rendering) -> dict[str, Any]:
    """The ValueRange of a rectangle; "values" is left away when all is blank."""
    answer: dict[str, Any] = {"range": a1.canonical(sheet.title, rect), "majorDimension": rendering.major}
    values = read(calculator, sheet, rect, rendering)
    if values:
        answer["values"] = values
    return answer


def read(calculator: Calculator, sheet: Sheet, rect: Rect, rendering: Rendering) -> list[list[Any]]:
    """The values as lists along the major dimension, without blank ends."""
    rows: list[list[Any]] = []
    for row, cells in calculator.rows(sheet, rect):
        shown = [
            "" if cell is None else _render(calculator, sheet, row, rect.left + index, cell, rendering)
            for index, cell in enumerate(cells)
        ]
        while shown and is_blank(cells[len(shown) - 1]):
            shown.pop()
        if shown:
            rows.extend([] for _ in range(row - rect.top - len(rows)))
            rows.append(shown)
    return _transposed(rows) if rendering.major == "COLUMNS" else rows


def _render(calculator: Calculator, sheet: Sheet, row: int, column: int, cell: Cell, rendering: Rendering) -> Any:
    if isinstance(cell, str):
        return cell
    if rendering.values == "FORMULA":
        text = formula(cell)
        if text is not None:
            return text
    if is_blank(cell):
        return ""
    result = calculator.result_of(sheet, row, column, cell)
    if rendering.values == "FORMATTED_VALUE":
        return text_of(result.value, result.number_format)
    return plain_of(result.value, result.number_format, rendering.dates == "FORMATTED_STRING")


def _transposed(rows: list[list[Any]]) -> list[list[Any]]:
    width = max((len(row) for row in rows), default=0)
    columns: list[list[Any]] = []
    for index in range(width):
        column: list[Any] = []
        for position, row in enumerate(rows):
            if index < len(row) and row[index] != "":
                column.extend("" for _ in range(position - len(column)))
                column.append(row[index])
        columns.append(column)
    while columns and not columns[-1]:
        columns.pop()
    return columns
