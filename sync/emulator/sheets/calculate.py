"""What cells come to. Formulas are worked out when they are read, once per call, so nothing can be out of date."""

from collections.abc import Iterator

from sync.emulator.sheets.a1 import Rect
from sync.emulator.sheets.book import Book, Sheet
from sync.emulator.sheets.cells import Cell, formula, is_blank, literal, number_format
from sync.emulator.sheets.formulas.evaluate import evaluate
from sync.emulator.sheets.results import CellError, Result, Value, text_of
from sync.emulator.sheets.spilling import Line, Rows, Spilled, laid_over, lay

_CIRCULAR = CellError(
    "#REF!", "Circular dependency detected. To resolve with iterative calculation, see File > Settings."
)
_PASSES = 4  # of laying results over cells, each of which may be read by the next
_DEEPEST = 30  # formulas inside formulas at a time; Python's own stack would end at about a hundred
Place = tuple[int, int, int]  # sheet id, row, column


class _FirstError(Exception):
    """Unwinds a chain of formulas that is too deep: this cell must be worked out before the one at its start."""

    def __init__(self, place: Place) -> None:
        super().__init__(place)
        self.place = place


class Calculator:
    """Values of one book as it stands now; make a new one after a change."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self._known: dict[Place, Result] = {}
        self._open: set[Place] = set()
        self._laid: dict[int, Spilled] | None = None  # by sheet id
        self.tables: dict[tuple[int, Rect], Rows] = {}  # what ranges hold, for whoever reads one again

    def rows(self, sheet: Sheet, rect: Rect) -> Iterator[Line]:
        """The rows of a rectangle that have anything in them, with what formulas lay over their empty cells."""
        lines, known = sheet.grid.kept_rows(rect), self.laid(sheet)
        return laid_over(lines, rect, known) if known else lines

    def laid(self, sheet: Sheet) -> Spilled:
        """What formulas of the book lay over the cells of a sheet."""
        if self._laid is None:
            self._lay()
        return (self._laid or {}).get(sheet.id, {})

    def _lay(self) -> None:
        self._laid = {}
        places = [(sheet, *place) for sheet in self.book.sheets for place in sheet.grid.many()]
        for _ in range(min(len(places), _PASSES)):
            fresh: dict[int, Spilled] = {}
            for sheet, row, column in places:
                found = self.result_of(sheet, row, column, sheet.grid.cell(row, column))
                lay(fresh.setdefault(sheet.id, {}), row, column, list(found.rows))
            same, self._laid = fresh == self._laid, fresh
            self._known.clear()
            self.tables.clear()
            if same:
                break

    def result(self, sheet: Sheet, row: int, column: int) -> Result:
        """The value of a cell and the number format it is shown in."""
        cell = sheet.grid.cell(row, column)
        value = self.laid(sheet).get(row, {}).get(column) if is_blank(cell) else None
        return Result(value, number_format(cell)) if value is not None else self.result_of(sheet, row, column, cell)

    def result_of(self, sheet: Sheet, row: int, column: int, cell: Cell | None) -> Result:
        """Like `result`, for a cell already at hand."""
        text = formula(cell)
        if text is None:
            return Result(literal(cell), number_format(cell))
        place = (sheet.id, row, column)
        if place not in self._known:
            self._known[place] = self._work_out(sheet, row, column, text)
        found = self._known[place]
        own = number_format(cell)
        return Result(found.value, own) if own else found

    def value(self, sheet: Sheet, row: int, column: int) -> Value:
        return self.result(sheet, row, column).value

    def text(self, sheet: Sheet, row: int, column: int) -> str:
        found = self.result(sheet, row, column)
        return text_of(found.value, found.number_format)

    def _work_out(self, sheet: Sheet, row: int, column: int, text: str) -> Result:
        place = (sheet.id, row, column)
        if place in self._open:
            return Result(_CIRCULAR)
        if self._open:
            if len(self._open) >= _DEEPEST:
                raise _FirstError(place)
            return self._evaluated(place, text)
        self.laid(self.book.sheet(place[0]))
        waiting = [place]
        while waiting:
            now = waiting[-1]
            try:
                self._known[now] = self._evaluated(now, text if now == place else self._text(now))
                waiting.pop()
            except _FirstError as first:
                if first.place in waiting:
                    self._known[first.place] = Result(_CIRCULAR)
                else:
                    waiting.append(first.place)
        return self._known[place]

    def _evaluated(self, place: Place, text: str) -> Result:
        self._open.add(place)
        try:
            return evaluate(text, self, self.book.sheet(place[0]), place[1], place[2])
        finally:
            self._open.discard(place)

    def _text(self, place: Place) -> str:
        return formula(self.book.sheet(place[0]).grid.cell(place[1], place[2])) or ""
