"""Insert, delete and move whole rows or columns: the grid, every kept range, the formulas that refer there."""

from sync.emulator.sheets import moving
from sync.emulator.sheets.book import Book, Sheet
from sync.emulator.sheets.cells import cell_format, compact, is_blank, with_value
from sync.emulator.sheets.formulas.references import shift_formulas
from sync.emulator.sheets.refusals import SheetRefusal

_KEEP = {"ROWS": "rowMetadata", "COLUMNS": "columnMetadata"}


def insert_lines(book: Book, sheet: Sheet, dimension: str, at: int, count: int, *, inherit_before: bool) -> None:
    """Put `count` empty lines before position `at`; formats come from the line before or after."""
    lines = sheet.lines(dimension)
    other = sheet.column_count if dimension == "ROWS" else sheet.row_count
    book.check_cell_limit(count * other)
    lines.insert(at, count)
    source = at - 1 if inherit_before else at + count
    if 0 <= source < lines.count:
        _inherit(sheet, dimension, source, at, count)
    _settle(book, sheet, dimension, moving.inserted(at, count))


def delete_lines(book: Book, sheet: Sheet, dimension: str, start: int, end: int) -> None:
    """Take lines out. Raises SheetRefusal when none (or none that is not frozen) would be left."""
    lines = sheet.lines(dimension)
    word = "row" if dimension == "ROWS" else "column"
    if start >= lines.count or end > lines.count:
        raise SheetRefusal(
            f"Cannot delete a {word} that doesn't exist. Tried to delete {word} index {max(start, lines.count)} "
            f"but there are only {lines.count} {word}s."
        )
    if start == 0 and end == lines.count:
        raise SheetRefusal(f"You can't delete all the {word}s on the sheet.")
    grid = sheet.record["properties"]["gridProperties"]
    frozen = grid.get("frozenRowCount" if dimension == "ROWS" else "frozenColumnCount", 0)
    frozen_gone = max(0, min(end, frozen) - start)
    if lines.count - (end - start) <= frozen - frozen_gone:
        raise SheetRefusal(f"Sorry, it is not possible to delete all non-frozen {word}s.")
    gone = lines.delete(start, end)
    if dimension == "ROWS":
        sheet.grid.forget_rows(gone)
    else:
        sheet.grid.forget_columns(gone)
    kept = sheet.record[_KEEP[dimension]]
    if any(str(line) in kept for line in gone):
        for line in gone:
            sheet.edit()[_KEEP[dimension]].pop(str(line), None)
    if frozen_gone:
        name = "frozenRowCount" if dimension == "ROWS" else "frozenColumnCount"
        sheet.edit()["properties"]["gridProperties"][name] = frozen - frozen_gone
    _settle(book, sheet, dimension, moving.deleted(start, end))


def move_lines(book: Book, sheet: Sheet, dimension: str, start: int, end: int, destination: int) -> None:
    """Move lines before the one at `destination` (counted before the move)."""
    lines = sheet.lines(dimension)
    if end > lines.count or destination > lines.count or destination < 0:
        raise SheetRefusal("The destination or source is outside of the grid.")
    if start < destination < end:
        raise SheetRefusal("The destination can't be inside the range that is moved.")
    lines.move(start, end, destination)
    _settle(book, sheet, dimension, moving.moved(start, end, destination))


def _settle(book: Book, sheet: Sheet, dimension: str, shift: moving.Shift) -> None:
    sheet.lines_changed()
    moving.shift_ranges(book, sheet, dimension, shift)
    if dimension == "COLUMNS":
        _name_new_columns(sheet)
    shift_formulas(book, sheet, dimension, shift)


def _name_new_columns(sheet: Sheet) -> None:
    """A column that came into a native table carries its name in the header."""
    for table in sheet.record.get("tables", []):
        top, left = table["range"]["startRowIndex"], table["range"]["startColumnIndex"]
        for index, column in enumerate(table["columnProperties"]):
            if is_blank(sheet.grid.cell(top, left + index)):
                header = with_value(sheet.grid.cell(top, left + index), column["columnName"])
                sheet.grid.set(top, left + index, header)


def _inherit(sheet: Sheet, dimension: str, source: int, at: int, count: int) -> None:
    """New lines look like their neighbour: formats and data validation, not values or notes."""
    crossing = sheet.column_count if dimension == "ROWS" else sheet.row_count
    for position in range(crossing):
        old = sheet.grid.cell(source, position) if dimension == "ROWS" else sheet.grid.cell(position, source)
        if not isinstance(old, dict):
            continue
        fields = {"userEnteredFormat": cell_format(old), "dataValidation": old.get("dataValidation")}
        look = compact({name: value for name, value in fields.items() if value})
        for new in range(at, at + count):
            row, column = (new, position) if dimension == "ROWS" else (position, new)
            if look is not None:
                sheet.grid.set(row, column, look)
