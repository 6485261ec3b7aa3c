"""What formulas such as FILTER or ARRAYFORMULA lay over the empty cells below and to the right of them."""

from collections.abc import Iterable, Iterator

from sync.emulator.sheets.a1 import Rect
from sync.emulator.sheets.book import Sheet
from sync.emulator.sheets.cells import Cell, is_blank, with_value
from sync.emulator.sheets.results import CellError, Value

Rows = list[list[Value]]
Spilled = dict[int, dict[int, Value]]  # row -> column -> value
Line = tuple[int, list[Cell | None]]  # row position, its cells


def lay(known: Spilled, row: int, column: int, rows: Rows) -> None:
    """Keep what a formula in a cell comes to beyond that cell. Empty values leave a cell as it is."""
    for r, line in enumerate(rows):
        for c, value in enumerate(line):
            if (r or c) and value not in (None, ""):
                known.setdefault(row + r, {})[column + c] = value


def blocked(sheet: Sheet, row: int, column: int, rows: Rows) -> str | None:
    """Why a result has no room beside a formula's cell, in Sheets' words; None where it has."""
    more_rows, more_columns = row + len(rows) - sheet.row_count, column + len(rows[0]) - sheet.column_count
    if more_rows > 0 or more_columns > 0:
        what = f"rows ({more_rows})" if more_rows > 0 else f"columns ({more_columns})"
        return f"Result was not automatically expanded, please insert more {what}."
    for at, cells in sheet.grid.kept_rows(Rect(row, column, row + len(rows), column + len(rows[0]))):
        for n, cell in enumerate(cells, column):
            if not is_blank(cell) and (at, n) != (row, column):
                return "Array result was not expanded because it would overwrite data in other cells."
    return None


def laid_over(lines: Iterable[Line], rect: Rect, known: Spilled) -> Iterator[Line]:
    """The lines of a rectangle that have anything in them, with what lies over them put into their empty cells."""
    kept = dict(lines)
    for row in sorted({*kept, *(row for row in known if rect.top <= row < rect.bottom)}):
        cells = kept.get(row) or [None] * rect.width
        values = [known.get(row, {}).get(column) for column in range(rect.left, rect.right)]
        found = [_covered(cell, value) for cell, value in zip(cells, values, strict=True)]
        if any(cell is not None for cell in found):
            yield row, found


def _covered(cell: Cell | None, value: Value) -> Cell | None:
    if value is None or not is_blank(cell):
        return cell
    # An error is no literal: it is written as the formula that comes to it.
    return with_value(cell, None, f"={value.text}") if isinstance(value, CellError) else with_value(cell, value)
