"""Writing values: RAW and USER_ENTERED, null = leave alone, "" = clear, data that must fit its range."""

from dataclasses import dataclass
from typing import Any

from sync.emulator.sheets import a1, protection
from sync.emulator.sheets.a1 import Area, Rect
from sync.emulator.sheets.book import Book, Sheet
from sync.emulator.sheets.cells import Cell, number_format, with_value
from sync.emulator.sheets.entered import parse_entry, tidy_number
from sync.emulator.sheets.ranges import exceeds
from sync.emulator.sheets.refusals import SheetRefusal


@dataclass(frozen=True, slots=True)
class Written:
    """Where values went: the rectangle of the data, and the rows, columns and cells in it that were set or cleared.

    A null leaves its cell alone, so it does not count (recorded).
    """

    sheet: Sheet
    rect: Rect
    rows: frozenset[int]
    columns: frozenset[int]
    cells: int

    def answer(self, book_id: str) -> dict[str, Any]:
        """UpdateValuesResponse without updatedData; zero counts are left away as Google does."""
        counts = {"updatedRows": len(self.rows), "updatedColumns": len(self.columns), "updatedCells": self.cells}
        name = a1.canonical(self.sheet.title, self.rect)
        return {
            "spreadsheetId": book_id,
            "updatedRange": name,
            **{key: count for key, count in counts.items() if count},
        }


def check_option(option: str | None) -> bool:
    """Whether entries are typed as by a person. Raises SheetRefusal when the option is not said."""
    if not option or option == "INPUT_VALUE_OPTION_UNSPECIFIED":
        raise SheetRefusal("'valueInputOption' is required but not specified")
    return option == "USER_ENTERED"


def write(book: Book, sheet: Sheet, area: Area, value_range: dict[str, Any], typed: bool) -> Written:
    """Put the values of a ValueRange at the start of `area`.

    One cell or an open side is only a start: the data may run on and the grid grows. Raises SheetRefusal when data
    leaves a closed range, or the grid inside of one.
    """
    rows = rows_of(value_range)
    height, width = len(rows), max((len(row) for row in rows), default=0)
    top, left = area.top or 0, area.left or 0
    bounds = area.within(sheet.row_count, sheet.column_count)
    if area.is_one_cell:
        closed_bottom, closed_right = None, None
    else:
        closed_bottom, closed_right = area.bottom, area.right
    if top >= sheet.row_count or left >= sheet.column_count:
        raise exceeds(sheet, bounds)
    _check_fit(sheet, bounds, closed_bottom, closed_right, top + height, left + width)
    # A closed range may end beyond the grid (pygsheets names one row and column too many) as long as the data does not.
    if (closed_bottom and top + height > sheet.row_count) or (closed_right and left + width > sheet.column_count):
        raise exceeds(sheet, bounds)
    sheet.grow("ROWS", top + height - sheet.row_count)
    sheet.grow("COLUMNS", left + width - sheet.column_count)
    return put_rows(book, sheet, top, left, rows, typed)


def put_rows(book: Book, sheet: Sheet, top: int, left: int, rows: list[list[Any]], typed: bool) -> Written:
    """Set cells from `top`, `left` on; the grid must be large enough."""
    height, width = len(rows), max((len(row) for row in rows), default=0)
    rect = Rect(top, left, top + height, left + width)
    if sheet.record.get("protectedRanges"):
        protection.check_cells(book, sheet, rect)
    grid, columns = sheet.grid, list(sheet.grid.columns.slice(left, left + width))
    touched_rows, touched_columns, count = set(), set(), 0
    for row_index, (row_id, row) in enumerate(zip(grid.rows.slice(top, top + height), rows, strict=True), top):
        for index, value in enumerate(row):
            if value is None:
                continue
            count += 1
            touched_rows.add(row_index)
            touched_columns.add(left + index)
            column_id = columns[index]
            grid.set_by_id(row_id, column_id, entry(book, grid.by_id(row_id, column_id), value, typed))
    return Written(sheet, rect, frozenset(touched_rows), frozenset(touched_columns), count)


def entry(book: Book, old: Cell | None, value: Any, typed: bool) -> Cell | None:
    """The cell once `value` (a JSON scalar) is entered into it."""
    if value == "" and isinstance(value, str):
        return with_value(old, None)
    if not isinstance(value, str):
        return with_value(old, value if isinstance(value, bool) else tidy_number(value))
    if not typed or (number_format(old) or {}).get("type") == "TEXT":
        return with_value(old, value)
    entered = parse_entry(value, book.locale, book.now.date())
    return with_value(old, entered.value, entered.formula, entered.number_format)


def clear(book: Book, sheet: Sheet, rect: Rect) -> None:
    """Take the values out; formats, notes and validation stay."""
    if sheet.record.get("protectedRanges"):
        protection.check_cells(book, sheet, rect)
    for row, cells in list(sheet.grid.kept_rows(rect)):
        for index, cell in enumerate(cells):
            if cell is not None:
                sheet.grid.set(row, rect.left + index, with_value(cell, None))


def rows_of(value_range: dict[str, Any]) -> list[list[Any]]:
    """The values row by row whatever the major dimension. Raises SheetRefusal for what is no scalar."""
    values = value_range.get("values") or []
    for i, line in enumerate(values):
        if not isinstance(line, list):
            raise SheetRefusal(f"Invalid value at 'data.values[{i}]' (type.googleapis.com/google.protobuf.ListValue)")
        for j, value in enumerate(line):
            if isinstance(value, dict | list):
                kind = "struct_value" if isinstance(value, dict) else "list_value"
                raise SheetRefusal(f"Invalid values[{i}][{j}]: {kind} {{\n}}\n")
    if value_range.get("majorDimension") != "COLUMNS":
        return values
    height = max((len(column) for column in values), default=0)
    return [[column[row] if row < len(column) else None for column in values] for row in range(height)]


def _check_fit(
    sheet: Sheet, bounds: Rect, bottom: int | None, right: int | None, data_bottom: int, data_right: int
) -> None:
    within = f"Requested writing within range [{a1.canonical(sheet.title, bounds)}], but tried writing to"
    if bottom is not None and data_bottom > bottom:
        raise SheetRefusal(f"{within} row [{bottom + 1}]")
    if right is not None and data_right > right:
        raise SheetRefusal(f"{within} column [{a1.column_letters(right)}]")
