"""A spreadsheet as a file: xlsx (values, formulas, everyday formats), CSV and TSV of the first sheet, ods, pdf, zip."""

import csv
import io
import re
from collections.abc import Iterable, Iterator
from html import escape
from typing import Any

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from sync.emulator.office import packed
from sync.emulator.sheets.a1 import Rect
from sync.emulator.sheets.book import Book, Sheet
from sync.emulator.sheets.calculate import Calculator
from sync.emulator.sheets.cells import Cell, cell_format, formula, is_blank, literal
from sync.emulator.sheets.files.workbook import draw, furnish, hex_of
from sync.emulator.sheets.spilling import Line

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_DELIMITERS = {"text/csv": ",", "text/tab-separated-values": "\t"}


def export(book: Book, mime_type: str) -> bytes | None:
    """The bytes of an export, None for a type there is no export to."""
    if mime_type in _DELIMITERS:
        return _delimited(book, _DELIMITERS[mime_type])
    return _workbook(book) if mime_type == XLSX else packed(_page(book), mime_type)


def _page(book: Book) -> str:
    """Every sheet as an HTML table, as people see it."""
    calculator, tables = Calculator(book), []
    for sheet in book.sheets:
        rows = "".join(
            f"<tr>{''.join(f'<td>{escape(text)}</td>' for text in row)}</tr>" for row in _shown(calculator, sheet)
        )
        tables.append(f'<table title="{escape(sheet.title)}">{rows}</table>')
    return f"<html><head><title>{escape(book.title)}</title></head><body>{''.join(tables)}</body></html>"


def _delimited(book: Book, delimiter: str) -> bytes:
    """The first sheet; lines end in CR LF as Google's do."""
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator="\r\n").writerows(_shown(Calculator(book), book.sheets[0]))
    return out.getvalue().removesuffix("\r\n").encode()


def _shown(calculator: Calculator, sheet: Sheet) -> list[list[str]]:
    """What a person sees on a sheet, as wide and long as it is filled."""
    rows: list[list[str]] = []
    for row, column, cell in _cells(calculator.rows(sheet, _whole(sheet))):
        if is_blank(cell):
            continue
        rows.extend([] for _ in range(row + 1 - len(rows)))
        rows[row].extend("" for _ in range(column - len(rows[row])))
        rows[row].append(calculator.text(sheet, row, column))
    width = max((len(row) for row in rows), default=0)
    return [row + [""] * (width - len(row)) for row in rows]


def _workbook(book: Book) -> bytes:
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    for sheet in book.sheets:
        # A workbook knows shorter sheet names and fewer letters than Sheets.
        target = workbook.create_sheet(re.sub(r"[\\*?:/\[\]]", "_", sheet.title)[:31])
        properties = sheet.record["properties"]
        grid = properties["gridProperties"]
        frozen_rows, frozen_columns = grid.get("frozenRowCount", 0), grid.get("frozenColumnCount", 0)
        if frozen_rows or frozen_columns:
            target.freeze_panes = f"{get_column_letter(frozen_columns + 1)}{frozen_rows + 1}"
        if properties.get("hidden") and len(book.sheets) > 1:
            target.sheet_state = "hidden"
        for row, column, cell in _cells(sheet.grid.kept_rows(_whole(sheet))):
            _put(target.cell(row + 1, column + 1), cell)
        for merge in sheet.record.get("merges", []):
            target.merge_cells(
                start_row=merge["startRowIndex"] + 1,
                end_row=merge["endRowIndex"],
                start_column=merge["startColumnIndex"] + 1,
                end_column=merge["endColumnIndex"],
            )
        furnish(target, sheet)
    for target, sheet in zip(workbook.worksheets, book.sheets, strict=True):
        draw(target, sheet, book, workbook)
    out = io.BytesIO()
    workbook.save(out)
    return out.getvalue()


def _put(target: Any, cell: Cell) -> None:
    text, value = formula(cell), literal(cell)
    if text is not None:
        target.value = text
    elif isinstance(value, str):
        target.value = ILLEGAL_CHARACTERS_RE.sub("", value)
        target.data_type = "s"  # text stays text, also when it looks like a formula
    else:
        target.value = value
    look = cell_format(cell)
    number_format = look.get("numberFormat", {}).get("pattern")
    if number_format:
        target.number_format = number_format
    font = look.get("textFormat", {})
    if font:
        target.font = Font(bold=font.get("bold"), italic=font.get("italic"), strike=font.get("strikethrough"))
    if "backgroundColor" in look:
        target.fill = PatternFill("solid", start_color=hex_of(look["backgroundColor"]))
    if look.get("horizontalAlignment") in {"LEFT", "CENTER", "RIGHT"}:
        target.alignment = Alignment(horizontal=look["horizontalAlignment"].lower())


def _whole(sheet: Sheet) -> Rect:
    return Rect(0, 0, sheet.row_count, sheet.column_count)


def _cells(lines: Iterable[Line]) -> Iterator[tuple[int, int, Cell]]:
    """(row, column, cell) of every cell that is there."""
    for row, cells in lines:
        for column, cell in enumerate(cells):
            if cell is not None:
                yield row, column, cell
