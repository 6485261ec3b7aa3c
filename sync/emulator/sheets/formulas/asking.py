"""What a formula asks of the spreadsheet it stands in, and what a function asks of its formula."""

from collections.abc import Iterator
from datetime import datetime
from typing import Protocol

from sync.emulator.sheets.a1 import Rect
from sync.emulator.sheets.book import Book, Sheet
from sync.emulator.sheets.cells import Cell
from sync.emulator.sheets.formulas.parse import Node, Reference
from sync.emulator.sheets.results import Result, Value
from sync.emulator.sheets.spilling import Line, Rows


class Cells(Protocol):
    """The cells of a book, worked out."""

    book: Book
    tables: dict[tuple[int, Rect], Rows]

    def rows(self, sheet: Sheet, rect: Rect) -> Iterator[Line]: ...

    def result(self, sheet: Sheet, row: int, column: int) -> Result: ...

    def result_of(self, sheet: Sheet, row: int, column: int, cell: Cell | None) -> Result: ...


class Evaluator(Protocol):
    """One formula being worked out: where it stands, and what the parts of it come to."""

    calculator: Cells
    row: int
    column: int
    now: datetime

    def scalar(self, node: Node | None) -> Value: ...

    def values(self, node: Node | None) -> list[Value]: ...

    def filled(self, node: Node | None) -> list[Value]: ...

    def table(self, node: Node | None) -> Rows: ...

    def place(self, node: Reference) -> tuple[Sheet, Rect]: ...
