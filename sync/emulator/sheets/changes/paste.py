"""Copying and moving cells: copyPaste, cutPaste, pasteData, autoFill."""

import csv
from itertools import pairwise
from typing import Any

from sync.emulator.sheets import protection
from sync.emulator.sheets.a1 import Rect
from sync.emulator.sheets.book import Book, Sheet
from sync.emulator.sheets.calculate import Calculator
from sync.emulator.sheets.cells import Cell, extended, from_data, is_blank, literal, to_data
from sync.emulator.sheets.changes.batch import change
from sync.emulator.sheets.formulas.references import translated
from sync.emulator.sheets.ranges import grid_range, resolve, resolve_cell
from sync.emulator.sheets.refusals import SheetRefusal
from sync.emulator.sheets.results import CellError
from sync.emulator.sheets.values.write import put_rows

Cells = list[list[Cell | None]]
_VALUE = ("userEnteredValue", "textFormatRuns", "chipRuns")


@change("copyPaste")
def copy_paste(book: Book, request: dict[str, Any]) -> None:
    """The source fills the destination, repeated while it fits a whole number of times, once otherwise."""
    source, from_rect = resolve(book, request.get("source"), "source")
    target, to_rect = resolve(book, request.get("destination"), "destination")
    kind = request.get("pasteType", "PASTE_NORMAL")
    cells = [
        source.grid.cells_of(row, from_rect.left, from_rect.right) for row in range(from_rect.top, from_rect.bottom)
    ]
    values = _values(book, source, from_rect) if kind == "PASTE_VALUES" else None
    turned = request.get("pasteOrientation") == "TRANSPOSE"
    height, width = (from_rect.width, from_rect.height) if turned else (from_rect.height, from_rect.width)
    full = Rect(
        to_rect.top, to_rect.left,
        to_rect.top + height * max(1, to_rect.height // height),
        to_rect.left + width * max(1, to_rect.width // width),
    )  # fmt: skip
    target.grow("ROWS", full.bottom - target.row_count)
    target.grow("COLUMNS", full.right - target.column_count)
    protection.check_cells(book, target, full)
    for row in range(full.top, full.bottom):
        for column in range(full.left, full.right):
            down, right = (row - full.top) % height, (column - full.left) % width
            i, j = (right, down) if turned else (down, right)
            cell = cells[i][j] if values is None else values[i][j]
            moved = _translated(cell, row - from_rect.top - i, column - from_rect.left - j)
            target.grid.set(row, column, _pasted(target.grid.cell(row, column), moved, kind))
    if kind == "PASTE_NORMAL" and not turned:
        _copy_merges(source, from_rect, target, full)


@change("cutPaste")
def cut_paste(book: Book, request: dict[str, Any]) -> None:
    source, from_rect = resolve(book, request.get("source"), "source")
    target, top, left = resolve_cell(book, request.get("destination", {}), "destination")
    kind = request.get("pasteType", "PASTE_NORMAL")
    target.grow("ROWS", top + from_rect.height - target.row_count)
    target.grow("COLUMNS", left + from_rect.width - target.column_count)
    protection.check_cells(book, source, from_rect)
    protection.check_cells(book, target, Rect(top, left, top + from_rect.height, left + from_rect.width))
    cells = [
        source.grid.cells_of(row, from_rect.left, from_rect.right) for row in range(from_rect.top, from_rect.bottom)
    ]
    for row in range(from_rect.top, from_rect.bottom):
        for column in range(from_rect.left, from_rect.right):
            source.grid.set(row, column, None)
    for down, line in enumerate(cells):
        for right, cell in enumerate(line):
            row, column = top + down, left + right
            target.grid.set(row, column, _pasted(target.grid.cell(row, column), cell, kind))


@change("pasteData")
def paste_data(book: Book, request: dict[str, Any]) -> None:
    sheet, top, left = resolve_cell(book, request.get("coordinate", {}), "coordinate")
    if request.get("html"):
        raise SheetRefusal("The local Workspace pastes delimited data only, not HTML.")
    delimiter = request.get("delimiter") or "\t"
    if len(delimiter) != 1 or delimiter in '"\r\n':
        raise SheetRefusal("The local Workspace pastes data with a delimiter of one character only.")
    rows = list(csv.reader(request.get("data", "").splitlines(), delimiter=delimiter))
    sheet.grow("ROWS", top + len(rows) - sheet.row_count)
    sheet.grow("COLUMNS", left + max((len(row) for row in rows), default=0) - sheet.column_count)
    put_rows(book, sheet, top, left, [list(row) for row in rows], typed=True)


@change("autoFill")
def auto_fill(book: Book, request: dict[str, Any]) -> None:
    """Goes on with a series: evenly spaced numbers go on, formulas are translated, anything else repeats."""
    if "sourceAndDestination" in request:
        given = request["sourceAndDestination"]
        sheet, rect = resolve(book, given.get("source"), "source")
        down, length = given.get("dimension") == "ROWS", given.get("fillLength", 0)
    else:
        sheet, rect, down, length = _seed(book, request)
    if length < 0:
        raise SheetRefusal("The local Workspace fills downwards and to the right only.")
    sheet.grow(
        "ROWS" if down else "COLUMNS",
        (rect.bottom + length - sheet.row_count) if down else (rect.right + length - sheet.column_count),
    )
    for line in range(rect.left, rect.right) if down else range(rect.top, rect.bottom):
        size = rect.height if down else rect.width
        places = [(rect.top + i, line) if down else (line, rect.left + i) for i in range(size)]
        seed = [sheet.grid.cell(*place) for place in places]
        for step in range(size, size + length):
            row, column = (rect.top + step, line) if down else (line, rect.left + step)
            cell = _next(seed, step)
            back = step - step % size
            sheet.grid.set(row, column, _translated(cell, back if down else 0, 0 if down else back))


def _seed(book: Book, request: dict[str, Any]) -> tuple[Sheet, Rect, bool, int]:
    """In a plain range the filled rows at its top are the source for the empty ones below."""
    sheet, rect = resolve(book, request.get("range"))
    filled = [row for row, cells in sheet.grid.kept_rows(rect) if any(not is_blank(cell) for cell in cells)]
    bottom = filled[-1] + 1 if filled else rect.bottom
    return sheet, Rect(rect.top, rect.left, bottom, rect.right), True, rect.bottom - bottom


def _next(seed: list[Cell | None], step: int) -> Cell | None:
    numbers = [literal(cell) for cell in seed]
    numeric = [number for number in numbers if isinstance(number, int | float) and not isinstance(number, bool)]
    source = seed[step % len(seed)]
    if len(numeric) == len(seed) and len(seed) > 1:
        gap = numeric[1] - numeric[0]
        if all(b - a == gap for a, b in pairwise(numeric)):
            return from_data({**to_data(source), "userEnteredValue": {"numberValue": numeric[0] + gap * step}})
    return source


def _values(book: Book, sheet: Sheet, rect: Rect) -> Cells:
    calculator = Calculator(book)
    rows: Cells = []
    for row in range(rect.top, rect.bottom):
        line: list[Cell | None] = []
        for column in range(rect.left, rect.right):
            value = calculator.value(sheet, row, column)
            line.append(value.text if isinstance(value, CellError) else value)
        rows.append(line)
    return rows


def _translated(cell: Cell | None, rows: int, columns: int) -> Cell | None:
    if isinstance(cell, dict) and "=" in cell:
        return {**cell, "=": translated(cell["="], rows, columns)}
    return cell


def _pasted(old: Cell | None, new: Cell | None, kind: str) -> Cell | None:
    """The destination cell after a paste of that type."""
    if kind == "PASTE_NORMAL":
        return new
    before, after = to_data(old), to_data(new)
    if kind == "PASTE_VALUES":
        kept = {name: value for name, value in before.items() if name not in _VALUE}
        value = literal(new)
        return from_data(kept if value is None else {**kept, "userEnteredValue": extended(value)})
    if kind == "PASTE_FORMULA":
        taken: tuple[str, ...] = _VALUE
    elif kind == "PASTE_DATA_VALIDATION":
        taken = ("dataValidation",)
    elif kind == "PASTE_FORMAT":
        taken = ("userEnteredFormat",)
    elif kind == "PASTE_NO_BORDERS":
        look = {name: value for name, value in after.get("userEnteredFormat", {}).items() if name != "borders"}
        own = before.get("userEnteredFormat", {}).get("borders")
        return from_data({**after, "userEnteredFormat": {**look, **({"borders": own} if own else {})}})
    else:
        return old
    kept = {name: value for name, value in before.items() if name not in taken}
    return from_data({**kept, **{name: after[name] for name in taken if name in after}})


def _copy_merges(source: Sheet, from_rect: Rect, target: Sheet, full: Rect) -> None:
    fresh = []
    for merge in source.record.get("merges", []):
        own = Rect(merge["startRowIndex"], merge["startColumnIndex"], merge["endRowIndex"], merge["endColumnIndex"])
        if not from_rect.contains(own):
            continue
        for top in range(full.top, full.bottom, from_rect.height):
            for left in range(full.left, full.right, from_rect.width):
                down, right = top - from_rect.top, left - from_rect.left
                moved = Rect(own.top + down, own.left + right, own.bottom + down, own.right + right)
                fresh.append(grid_range(target.id, moved))
    if fresh:
        record = target.edit()
        known = record.get("merges", [])
        record["merges"] = [*known, *[merge for merge in fresh if merge not in known]]
