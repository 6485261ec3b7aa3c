"""values.append: find the table, write below it.

Rule (Sheets API guide "Append values", and recorded answers): the last cell with a value inside the given range belongs
to the table; the table is the block of cells around it that touch each other; new rows start below its first column.
Without any value in the range they start at the range's first cell.
"""

from typing import Any

from sync.emulator.sheets.a1 import Area, Rect
from sync.emulator.sheets.book import Book, Sheet
from sync.emulator.sheets.calculate import Calculator
from sync.emulator.sheets.cells import is_blank
from sync.emulator.sheets.dimensions import insert_lines
from sync.emulator.sheets.ranges import area_of, in_grid
from sync.emulator.sheets.values.write import Written, put_rows, rows_of


def append(
    book: Book, sheet: Sheet, area: Area, value_range: dict[str, Any], typed: bool, insert: bool
) -> tuple[Rect | None, Written]:
    """Append rows; answers the table found (None for none) and what was written.

    With `insert` whole rows are put in for the data (on an empty sheet too, as pygsheets' live tests expect),
    else cells below the table are overwritten.
    """
    start = in_grid(sheet, area)
    table = find_table(Calculator(book), sheet, start)
    rows = rows_of(value_range)
    top, left = (table.bottom, table.left) if table else (start.top, start.left)
    width = max((len(row) for row in rows), default=0)
    if insert and rows and top < sheet.row_count:
        insert_lines(book, sheet, "ROWS", top, len(rows), inherit_before=table is not None)
    sheet.grow("ROWS", top + len(rows) - sheet.row_count)
    sheet.grow("COLUMNS", left + width - sheet.column_count)
    written = put_rows(book, sheet, top, left, rows, typed)
    if table:
        _stretch_native_table(sheet, table, written.rect.bottom)
    return table, written


def find_table(calculator: Calculator, sheet: Sheet, start: Rect) -> Rect | None:
    """The table that the last value inside `start` belongs to."""
    last = _last_value(calculator, sheet, start)
    if last is None:
        return None

    def has_value(rect: Rect) -> bool:
        return any(not is_blank(cell) for _, cells in calculator.rows(sheet, rect) for cell in cells)

    top, left = last
    bottom, right = top + 1, left + 1
    grown = True
    while grown:
        grown = False
        rows = Rect(max(top - 1, 0), 0, min(bottom + 1, sheet.row_count), 0)
        while left > 0 and has_value(Rect(rows.top, left - 1, rows.bottom, left)):
            left, grown = left - 1, True
        while right < sheet.column_count and has_value(Rect(rows.top, right, rows.bottom, right + 1)):
            right, grown = right + 1, True
        around_left, around_right = max(left - 1, 0), min(right + 1, sheet.column_count)
        while top > 0 and has_value(Rect(top - 1, around_left, top, around_right)):
            top, grown = top - 1, True
        while bottom < sheet.row_count and has_value(Rect(bottom, around_left, bottom + 1, around_right)):
            bottom, grown = bottom + 1, True
    return Rect(top, left, bottom, right)


def _last_value(calculator: Calculator, sheet: Sheet, start: Rect) -> tuple[int, int] | None:
    found = None
    for row, cells in calculator.rows(sheet, start):
        for index in range(len(cells) - 1, -1, -1):
            if not is_blank(cells[index]):
                found = (row, start.left + index)
                break
    return found


def _stretch_native_table(sheet: Sheet, table: Rect, bottom: int) -> None:
    """A native table that ends where the rows went takes them in."""
    for index, native in enumerate(sheet.record.get("tables", [])):
        rect = area_of(native["range"]).within(sheet.row_count, sheet.column_count)
        if rect.bottom == table.bottom and rect.left == table.left and bottom > rect.bottom:
            sheet.edit()["tables"][index]["range"]["endRowIndex"] = bottom
