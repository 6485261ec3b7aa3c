"""Requests about the text in cells: find and replace, split into columns, trim."""

import re
from typing import Any

from sync.emulator.sheets import protection
from sync.emulator.sheets.a1 import Rect
from sync.emulator.sheets.book import Book, Sheet
from sync.emulator.sheets.cells import Cell, formula, literal, with_value
from sync.emulator.sheets.changes.batch import change
from sync.emulator.sheets.ranges import resolve
from sync.emulator.sheets.refusals import SheetRefusal
from sync.emulator.sheets.results import text_of
from sync.emulator.sheets.values.write import entry, put_rows

_DELIMITERS = {"COMMA": ",", "SEMICOLON": ";", "PERIOD": ".", "SPACE": " "}
_SPACES = re.compile(r"[ \t\n\r\u00a0]+")


@change("findReplace")
def find_replace(book: Book, request: dict[str, Any]) -> dict[str, Any]:
    if not request.get("find"):
        raise SheetRefusal("find is required")
    pattern = _pattern(request)
    replacement = request.get("replacement", "")
    if request.get("searchByRegex"):
        replacement = re.sub(r"\$(\d)", r"\\\1", replacement.replace("\\", "\\\\"))
    else:
        replacement = replacement.replace("\\", "\\\\")
    counts = {"valuesChanged": 0, "formulasChanged": 0, "rowsChanged": 0, "sheetsChanged": 0, "occurrencesChanged": 0}
    for sheet, rect in _scope(book, request):
        rows = _replace_in(book, sheet, rect, pattern, replacement, bool(request.get("includeFormulas")), counts)
        counts["rowsChanged"] += rows
        counts["sheetsChanged"] += bool(rows)
    return {name: count for name, count in counts.items() if count}


@change("trimWhitespace")
def trim_whitespace(book: Book, request: dict[str, Any]) -> dict[str, Any]:
    sheet, rect = resolve(book, request.get("range"))
    protection.check_cells(book, sheet, rect)
    changed = 0
    for row, cells in list(sheet.grid.kept_rows(rect)):
        for index, cell in enumerate(cells):
            value = literal(cell)
            if isinstance(value, str) and _SPACES.sub(" ", value).strip() != value:
                sheet.grid.set(row, rect.left + index, with_value(cell, _SPACES.sub(" ", value).strip() or None))
                changed += 1
    return {"cellsChangedCount": changed} if changed else {}


@change("textToColumns")
def text_to_columns(book: Book, request: dict[str, Any]) -> None:
    sheet, rect = resolve(book, request.get("source"), "source")
    if rect.width != 1:
        raise SheetRefusal("source must span exactly one column")
    kind = request.get("delimiterType", "DELIMITER_TYPE_UNSPECIFIED")
    texts = {row: literal(cells[0]) for row, cells in sheet.grid.kept_rows(rect)}
    delimiter = request.get("delimiter", "") if kind == "CUSTOM" else _DELIMITERS.get(kind)
    if kind == "AUTODETECT":
        joined = " ".join(str(text) for text in texts.values())
        delimiter = next((mark for mark in ",;.\t " if mark in joined), ",")
    if not delimiter:
        raise SheetRefusal("delimiterType is required (and delimiter for CUSTOM)")
    for row, text in texts.items():
        if isinstance(text, str):
            parts = [part.strip() for part in text.split(delimiter)]
            sheet.grow("COLUMNS", rect.left + len(parts) - sheet.column_count)
            put_rows(book, sheet, row, rect.left, [list(parts)], typed=True)


def _scope(book: Book, request: dict[str, Any]) -> list[tuple[Sheet, Rect]]:
    chosen = [name for name in ("range", "sheetId", "allSheets") if name in request and request[name] is not False]
    if len(chosen) != 1:
        raise SheetRefusal("Must specify exactly one of range, sheetId, allSheets.")
    if chosen == ["range"]:
        return [resolve(book, request["range"])]
    sheets = book.sheets if chosen == ["allSheets"] else [book.sheet(request["sheetId"])]
    return [(sheet, Rect(0, 0, sheet.row_count, sheet.column_count)) for sheet in sheets]


def _pattern(request: dict[str, Any]) -> re.Pattern[str]:
    find = request["find"] if request.get("searchByRegex") else re.escape(request["find"])
    if request.get("matchEntireCell"):
        find = rf"\A(?:{find})\Z"
    try:
        return re.compile(find, 0 if request.get("matchCase") else re.IGNORECASE)
    except re.error as error:
        raise SheetRefusal(f"find is not a valid regular expression: {error}") from None


def _replace_in(
    book: Book,
    sheet: Sheet,
    rect: Rect,
    pattern: re.Pattern[str],
    replacement: str,
    formulas: bool,
    counts: dict[str, int],
) -> int:
    rows = 0
    for row, cells in list(sheet.grid.kept_rows(rect)):
        changed_here = 0
        for index, cell in enumerate(cells):
            new, found = _replaced(book, cell, pattern, replacement, formulas)
            if not found:
                continue
            column = rect.left + index
            protection.check_cells(book, sheet, Rect(row, column, row + 1, column + 1))
            sheet.grid.set(row, column, new)
            counts["occurrencesChanged"] += found
            counts["formulasChanged" if formula(cell) else "valuesChanged"] += 1
            changed_here += 1
        rows += bool(changed_here)
    return rows


def _replaced(
    book: Book, cell: Cell | None, pattern: re.Pattern[str], replacement: str, formulas: bool
) -> tuple[Cell | None, int]:
    text = formula(cell)
    if text is not None:
        if not formulas:
            return cell, 0
        new, found = pattern.subn(replacement, text)
        return (with_value(cell, None, new) if new.startswith("=") else entry(book, cell, new, True)), found
    value = literal(cell)
    if value is None:
        return cell, 0
    new, found = pattern.subn(replacement, text_of(value))
    return (entry(book, cell, new, True) if found else cell), found
