"""CSV as people save it: bytes in, rows with their numbers out, and a sentence for whatever cannot be read."""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

from sync.core.csvcells import as_meant
from sync.schools.problems import Findings, listed, quoted

SAVE_AS = 'save it as "CSV UTF-8 (comma separated)"'


@dataclass(frozen=True, slots=True)
class Row:
    """One row below the header; a column that is not there reads as empty."""

    file: str
    number: int
    cells: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns a file must have, and those it may have."""

    needed: tuple[str, ...]
    welcome: tuple[str, ...] = ()


def content(path: Path, found: Findings) -> bytes:
    """The bytes of a file that somebody named. Raises `SchoolProblems` where there is none to be read."""
    try:
        return path.read_bytes()
    except OSError as error:
        found.problem(str(path), 0, "", f"the file cannot be read ({error.strerror})", "check its name and place")
        found.stop_if_any()
        raise


def decoded(data: bytes, file: str, found: Findings) -> str | None:
    """The text of a file, or None with a problem that names the row of the first byte that is not UTF-8."""
    save_as = SAVE_AS if file.endswith(".csv") else "save it as UTF-8 text"
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        found.problem(file, 1, "", "the file is UTF-16 text, not UTF-8", save_as)
        return None
    if b"\x00" in data:
        row = _line_of(data, data.index(b"\x00"))
        found.problem(file, row, "", "there is a NUL byte, so this is no text file", save_as)
        return None
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        at = error.start + (3 if data.startswith(b"\xef\xbb\xbf") else 0)
        row, byte = _line_of(data, at), data[at]
        found.problem(file, row, "", f"byte {at + 1} of the file (0x{byte:02X}) is not UTF-8 text", save_as)
        return None


def read_table(data: bytes, file: str, columns: Columns, found: Findings) -> list[Row] | None:
    """The rows of a CSV file, blank ones left out. None, with problems, where it cannot be read as a table."""
    text = decoded(data, file, found)
    if text is None:
        return None
    records = _records(text, file, found)
    if records is None:
        return None
    number, header = next(iter(records), (1, []))
    names = [" ".join(name.split()).lower() for name in header]
    if len(header) == 1 and any(mark in header[0].strip() for mark in ";\t|"):
        found.problem(file, number, "", "the columns are not separated by commas", SAVE_AS)
        return None
    if not _header_is_good(names, file, number, columns, found):
        return None
    meant = ((number, [as_meant(cell) for cell in cells]) for number, cells in records[1:])
    rows = [row for number, cells in meant if (row := row_of_cells(file, number, names, cells, found))]
    found.seen[file] += [(row.number, row.cells) for row in rows]
    return rows


def _records(text: str, file: str, found: Findings) -> list[tuple[int, list[str]]] | None:
    """Records with their numbers, as a spreadsheet counts them; blank ones count but are left out."""
    records: list[tuple[int, list[str]]] = []
    number = 0
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        for number, cells in enumerate(reader, start=1):
            if any(cell.strip() for cell in cells):
                records.append((number, cells))
    except csv.Error as error:
        said = str(error)
        if "field limit" in said:
            what, do = "one cell is longer than 131,072 letters", "shorten it, or close the quotation mark before it"
        elif "end of data" in said:
            what, do = (
                "a quotation mark is opened and never closed",
                'close it, and write a quotation mark in a text as ""',
            )
        else:
            what, do = (
                "a quotation mark stands in the middle of a cell",
                'put the whole cell in quotes and double it: ""',
            )
        found.problem(file, number + 1, "", what, do)
        return None
    return records


def _header_is_good(names: list[str], file: str, row: int, columns: Columns, found: Findings) -> bool:
    expected = columns.needed + columns.welcome
    if not names:
        found.problem(file, 0, "", "the file is empty", f"its first row must be {','.join(expected)}")
        return False
    missing = [name for name in columns.needed if name not in names]
    for name in missing:
        found.problem(file, row, name, "this column is missing", f"the header must have {', '.join(columns.needed)}")
    twice = sorted({name for name in names if name and names.count(name) > 1})
    for name in twice:
        found.problem(file, row, name, "this column is there twice", "remove or rename one of them")
    _tell_unused(names, file, row, expected, found)
    return not missing and not twice


def _tell_unused(names: list[str], file: str, row: int, expected: Collection[str], found: Findings) -> None:
    unused = [quoted(name) for name in names if name and name not in expected]
    if unused:
        what = (
            f"the columns {listed(unused)} are not used" if len(unused) > 1 else f"the column {unused[0]} is not used"
        )
        found.odd(file, row, "", what, "check its spelling, or leave it: nothing reads it")


def row_of_cells(file: str, number: int, names: list[str], cells: list[str], found: Findings) -> Row | None:
    """One row from its cells' texts; None, with a problem, where it has too many or invisible characters."""
    if any(cell.strip() for cell in cells[len(names) :]):
        what = f"the row has {len(cells)} cells and the header has {len(names)}"
        found.problem(file, number, "", what, "remove what is too much, or put a cell that has a comma in quotes")
        return None
    clean = {name: " ".join(cell.split()) for name, cell in zip(names, cells, strict=False) if name}
    for name, cell in clean.items():
        if any(ord(letter) < 32 or ord(letter) == 127 for letter in cell):
            found.problem(file, number, name, f"{quoted(cell)} has an invisible control character", "type it anew")
            return None
    return Row(file, number, clean)


def _line_of(data: bytes, at: int) -> int:
    before = data[:at].replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    return before.count(b"\n") + 1
