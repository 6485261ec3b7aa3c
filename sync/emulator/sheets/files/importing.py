"""A spreadsheet from an uploaded file: CSV and TSV into one sheet named like the file, xlsx sheet by sheet."""

import csv
import io
import zipfile
from datetime import date, datetime, time
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from sync.emulator.errors import GoogleError
from sync.emulator.sheets import defaults, serials
from sync.emulator.sheets.book import Book, Sheet
from sync.emulator.sheets.values.write import put_rows

_DELIMITERS = {"text/csv": ",", "text/tab-separated-values": "\t"}


def fill_from(book: Book, content: bytes, mime_type: str, name: str) -> None:
    """Replace all sheets by the file's. Raises GoogleError 400 for content that is no such file."""
    tables = _tables(content, mime_type, name)
    old = book.sheets
    for title, rows in tables:
        size = {"rowCount": max(len(rows), defaults.ROWS), "columnCount": max([defaults.COLUMNS, *map(len, rows)])}
        number = book.new_number(set(book.record["order"]))
        record = defaults.sheet_record(number, _free(book, title, old), {"gridProperties": size})
        sheet = book.add_sheet(record, None)
        put_rows(book, sheet, 0, 0, rows, typed=True)
    for sheet in old:
        book.drop_sheet(sheet)


def _tables(content: bytes, mime_type: str, name: str) -> list[tuple[str, list[list[Any]]]]:
    if mime_type in _DELIMITERS:
        text = io.StringIO(content.decode("utf-8-sig", "replace"), newline=None)
        try:
            rows: list[list[Any]] = [list(row) for row in csv.reader(text, delimiter=_DELIMITERS[mime_type])]
        except csv.Error as problem:
            raise GoogleError(400, "badRequest", f"Bad Request: the file cannot be read ({problem}).") from None
        return [(name[:100] or "Sheet1", rows)]
    try:
        workbook = load_workbook(io.BytesIO(content))
    except (zipfile.BadZipFile, InvalidFileException, SyntaxError, LookupError, ValueError, TypeError, AttributeError):
        # SyntaxError is what XML that does not parse raises; the others are what openpyxl meets in broken workbooks.
        raise GoogleError(400, "badRequest", "Bad Request: the file is not a spreadsheet.") from None
    return [
        (sheet.title, [[_plain(cell) for cell in row] for row in sheet.iter_rows(values_only=True)])
        for sheet in workbook.worksheets
    ]


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return serials.from_datetime(value)
    if isinstance(value, date):
        return serials.from_date(value)
    if isinstance(value, time):
        return serials.from_time(value)
    return value if value is None or isinstance(value, bool | int | float) else str(value)


def _free(book: Book, title: str, old: list[Sheet]) -> str:
    taken = {sheet.title.lower() for sheet in book.sheets if sheet not in old}
    number, wanted = 1, title
    while wanted.lower() in taken:
        number += 1
        wanted = f"{title} {number}"
    return wanted
