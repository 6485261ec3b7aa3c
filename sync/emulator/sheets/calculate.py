"""What cells come to. Formulas are worked out when they are read, once per call, so nothing can be out of date."""

from sync.emulator.sheets.book import Book, Sheet
from sync.emulator.sheets.cells import Cell, formula, literal, number_format
from sync.emulator.sheets.results import CellError, Result, Value, text_of

_CIRCULAR = CellError(
    "#REF!", "Circular dependency detected. To resolve with iterative calculation, see File > Settings."
)
_DEEPEST = 200  # formulas that refer to formulas; Python's own stack ends somewhat later


class Calculator:
    """Values of one book as it stands now; make a new one after a change."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self._known: dict[tuple[int, int, int], Result] = {}
        self._open: set[tuple[int, int, int]] = set()

    def result(self, sheet: Sheet, row: int, column: int) -> Result:
        """The value of a cell and the number format it is shown in."""
        return self.result_of(sheet, row, column, sheet.grid.cell(row, column))

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
        from sync.emulator.sheets.formulas.evaluate import evaluate  # the evaluator reads cells through us

        place = (sheet.id, row, column)
        if place in self._open or len(self._open) >= _DEEPEST:
            return Result(_CIRCULAR)
        self._open.add(place)
        try:
            return evaluate(text, self, sheet, row, column)
        finally:
            self._open.discard(place)
