"""A spreadsheet opened for one call: its own record, its sheets, their grids.

Records are read as they are stored and copied only when a request changes them; `save` writes what changed.
"""

import copy
import zlib
from datetime import datetime
from typing import Any, Protocol

from sync.emulator.sheets import defaults
from sync.emulator.sheets.grid import Grid
from sync.emulator.sheets.lines import Lines
from sync.emulator.sheets.refusals import SheetRefusal, no_grid
from sync.emulator.tables import Table

CELL_LIMIT = 10_000_000  # cells of one spreadsheet (Drive help, "Files you can store")


class HasTables(Protocol):
    def table(self, name: str) -> Table: ...


class Kept:
    """A record as it is stored. `record` is for reading, `edit()` for changing."""

    def __init__(self, record: dict[str, Any], *, new: bool = False) -> None:
        self._stored = record
        self._edited: dict[str, Any] | None = record if new else None

    @property
    def record(self) -> dict[str, Any]:
        return self._stored if self._edited is None else self._edited

    def edit(self) -> dict[str, Any]:
        """The record to change in place."""
        if self._edited is None:
            self._edited = copy.deepcopy(self._stored)
        return self._edited

    def save_record(self, table: Table, key: str) -> None:
        if self._edited is not None:
            table.put(key, self._edited)
            self._stored, self._edited = self._edited, None


class Sheet(Kept):
    """One tab."""

    def __init__(self, book: "Book", record: dict[str, Any], *, new: bool = False) -> None:
        super().__init__(record, new=new)
        self.book = book
        self.id = int(record["properties"]["sheetId"])
        tables, place = book.tables, f"{book.id}/{self.id}"
        self.grid = Grid(
            tables.table(f"sheets.cells:{place}"),
            tables.table(f"sheets.formulas:{place}"),
            Lines(record["rows"]),
            Lines(record["columns"]),
        )

    @property
    def title(self) -> str:
        return str(self.record["properties"]["title"])

    @property
    def row_count(self) -> int:
        return self.grid.rows.count

    @property
    def column_count(self) -> int:
        return self.grid.columns.count

    def lines(self, dimension: str) -> Lines:
        return self.grid.columns if dimension == "COLUMNS" else self.grid.rows

    def grow(self, dimension: str, count: int) -> None:
        """Add empty lines at the end. Raises SheetRefusal past the cell limit."""
        if count <= 0:
            return
        lines = self.lines(dimension)
        other = self.row_count if dimension == "COLUMNS" else self.column_count
        self.book.check_cell_limit(count * other)
        lines.insert(lines.count, count)
        self.lines_changed()

    def lines_changed(self) -> None:
        """Keep the stored line order and the counts in gridProperties with the grid."""
        record = self.edit()
        record["rows"], record["columns"] = self.grid.rows.record(), self.grid.columns.record()
        grid_properties = record["properties"]["gridProperties"]
        grid_properties["rowCount"], grid_properties["columnCount"] = self.row_count, self.column_count

    def save(self) -> None:
        self.grid.save()
        self.save_record(self.book.tables.table("sheets.sheets"), f"{self.book.id}/{self.id}")


class Book(Kept):
    """One spreadsheet. `now`: the moment of the call in the spreadsheet's zone, for TODAY and dates without a year."""

    def __init__(self, tables: HasTables, book_id: str, record: dict[str, Any], now: datetime) -> None:
        super().__init__(record)
        self.tables = tables
        self.id = book_id
        self.now = now
        self._sheets: dict[int, Sheet] = {}
        self.title: str = record["properties"].get("title", "")
        self.user = self.owner = ""  # e-mails; the routes say who calls

    @staticmethod
    def create(tables: HasTables, book_id: str, properties: dict[str, Any], now: datetime) -> "Book":
        """A new spreadsheet without any sheet yet."""
        kept = {**defaults.spreadsheet_properties(), **properties}
        book = Book(tables, book_id, {"properties": kept, "order": [], "namedRanges": [], "numbers": 0}, now)
        book.edit()
        return book

    @staticmethod
    def open(tables: HasTables, book_id: str, now: datetime) -> "Book | None":
        record = tables.table("sheets.books").get(book_id)
        return None if record is None else Book(tables, book_id, record, now)

    @property
    def locale(self) -> str:
        return str(self.record["properties"].get("locale", "en_US"))

    @property
    def sheets(self) -> list[Sheet]:
        """All sheets in the order of their tabs."""
        return [self.sheet(sheet_id) for sheet_id in self.record["order"]]

    def sheet(self, sheet_id: int) -> Sheet:
        """Raises SheetRefusal "No grid with id" for one that is not there."""
        if sheet_id not in self._sheets:
            record = self.tables.table("sheets.sheets").get(f"{self.id}/{sheet_id}")
            if record is None or sheet_id not in self.record["order"]:
                raise no_grid(sheet_id)
            self._sheets[sheet_id] = Sheet(self, record)
        return self._sheets[sheet_id]

    def titled(self, title: str) -> Sheet | None:
        """The sheet of that name; names differ by more than case."""
        found = [sheet for sheet in self.sheets if sheet.title.lower() == title.lower()]
        exact = [sheet for sheet in found if sheet.title == title]
        return next(iter(exact or found), None)

    def add_sheet(self, record: dict[str, Any], index: int | None) -> Sheet:
        sheet = Sheet(self, record, new=True)
        order = self.edit()["order"]
        order.insert(len(order) if index is None else min(index, len(order)), sheet.id)
        self._sheets[sheet.id] = sheet
        self.check_cell_limit(0)
        return sheet

    def drop_sheet(self, sheet: Sheet) -> None:
        sheet.grid.clear()
        self.edit()["order"].remove(sheet.id)
        self._sheets.pop(sheet.id, None)
        self.tables.table("sheets.sheets").delete(f"{self.id}/{sheet.id}")

    def new_number(self, taken: set[int]) -> int:
        """A fresh id that looks like Google's: positive, 31 bits, not in order."""
        record = self.edit()
        while True:
            record["numbers"] += 1
            number = zlib.crc32(f"{self.id}:{record['numbers']}".encode()) & 0x7FFFFFFF
            if number and number not in taken:
                return number

    def check_cell_limit(self, more: int) -> None:
        """Raises SheetRefusal when `more` cells would be too many."""
        cells = more + sum(sheet.row_count * sheet.column_count for sheet in self.sheets)
        if cells > CELL_LIMIT:
            raise SheetRefusal(
                f"This action would increase the number of cells in the workbook above the limit of {CELL_LIMIT} cells."
            )

    def save(self) -> None:
        for sheet in self._sheets.values():
            sheet.save()
        self.save_record(self.tables.table("sheets.books"), self.id)

    def drop(self) -> None:
        """Remove everything of this spreadsheet from the tables."""
        for sheet in list(self.sheets):
            self.drop_sheet(sheet)
        for name in ("metadata", "metadata.keys"):
            table = self.tables.table(f"sheets.{name}:{self.id}")
            for key in table.keys():  # noqa: SIM118 - a Table is not a dict
                table.delete(key)
        self.tables.table("sheets.books").delete(self.id)
