"""Working a formula out: from its tree and the cells it refers to, to a value or one of the spreadsheet's errors."""

from sync.emulator.sheets import a1
from sync.emulator.sheets.a1 import Area, Rect
from sync.emulator.sheets.book import Sheet
from sync.emulator.sheets.cells import is_blank
from sync.emulator.sheets.entered import tidy_number
from sync.emulator.sheets.formulas import (
    functions_lookup,
    functions_math,
    functions_spread,
    functions_text,
    functions_time,
    library,
)
from sync.emulator.sheets.formulas.asking import Cells
from sync.emulator.sheets.formulas.coerce import FormulaError, checked, compare, number, text
from sync.emulator.sheets.formulas.functions_array import call_array, is_array
from sync.emulator.sheets.formulas.hints import format_hint
from sync.emulator.sheets.formulas.parse import (
    ErrorLiteral,
    Function,
    Literal,
    Node,
    Operation,
    Reference,
    UnreadableFormulaError,
    parse,
)
from sync.emulator.sheets.ranges import area_of
from sync.emulator.sheets.refusals import SheetRefusal
from sync.emulator.sheets.results import CellError, Result, Value
from sync.emulator.sheets.spilling import blocked

__all__ = ["evaluate", "functions_lookup", "functions_math", "functions_spread", "functions_text", "functions_time"]


def evaluate(formula: str, calculator: Cells, sheet: Sheet, row: int, column: int) -> Result:
    """The value of a formula ("=...") that stands in a cell; never raises."""
    evaluator = _Evaluator(calculator, sheet, row, column)
    try:
        tree = parse(formula)
        if isinstance(tree, Function) and is_array(tree):
            rows = call_array(evaluator, tree)
            if why := blocked(sheet, row, column, rows):
                return Result(CellError("#REF!", why))
            return Result(rows[0][0], None, tuple(rows))
        value = evaluator.scalar(tree)
        # Text and booleans are shown as they are; only numbers take a format from what they were worked out of.
        hint = format_hint(tree, evaluator) if isinstance(value, int | float) and not isinstance(value, bool) else None
        return Result(value, hint)
    except UnreadableFormulaError:
        return Result(CellError("#ERROR!", "Formula parse error."))
    except FormulaError as failure:
        return Result(failure.error)
    except (ArithmeticError, ValueError):
        return Result(CellError("#NUM!", "Result was not a number."))


class _Evaluator:
    """Evaluates nodes for one cell."""

    def __init__(self, calculator: Cells, sheet: Sheet, row: int, column: int) -> None:
        self.calculator = calculator
        self.sheet, self.row, self.column = sheet, row, column
        self.now = calculator.book.now

    def scalar(self, node: Node | None) -> Value:
        """One value; a range of several cells gives the one in the formula's own row or column."""
        if node is None:
            return None
        if isinstance(node, Literal):
            return tidy_number(node.value) if isinstance(node.value, float) else node.value
        if isinstance(node, ErrorLiteral):
            raise FormulaError(node.text)
        if isinstance(node, Reference):
            return self._one_of(*self.place(node))
        if isinstance(node, Function):
            return checked(call_array(self, node)[0][0]) if is_array(node) else library.call(self, node)
        return self._operate(node)

    def values(self, node: Node | None) -> list[Value]:
        """The values of a range, row by row, None for blanks; one value for anything else."""
        return [value for line in self.table(node) for value in line]

    def filled(self, node: Node | None) -> list[Value]:
        """Like `values` without the blanks; cheap on long empty ranges."""
        if is_array(node):
            return [value for value in self.values(node) if value is not None]
        if not isinstance(node, Reference):
            return [self.scalar(node)]
        sheet, rect = self.place(node)
        return [
            self.calculator.result_of(sheet, row, rect.left + index, cell).value
            for row, cells in self.calculator.rows(sheet, rect)
            for index, cell in enumerate(cells)
            if not is_blank(cell)
        ]

    def table(self, node: Node | None) -> list[list[Value]]:
        """The values of a range, or of a function that comes to many, as rows."""
        if isinstance(node, Function) and is_array(node):
            return call_array(self, node)
        if not isinstance(node, Reference):
            return [[self.scalar(node)]]
        sheet, rect = self.place(node)
        key = (sheet.id, rect)
        known = self.calculator.tables
        if key not in known:
            rows: list[list[Value]] = [[None] * rect.width for _ in range(rect.height)]
            for row, cells in self.calculator.rows(sheet, rect):
                for index, cell in enumerate(cells):
                    if not is_blank(cell):
                        value = self.calculator.result_of(sheet, row, rect.left + index, cell).value
                        rows[row - rect.top][index] = value
            known[key] = rows
        return known[key]

    def place(self, node: Reference) -> tuple[Sheet, Rect]:
        """The cells a reference names. Raises FormulaError #REF! or #NAME?."""
        if "#REF!" in node.text:
            raise FormulaError("#REF!", "Reference does not exist")
        try:
            found = a1.parse(node.text)
        except SheetRefusal:
            raise FormulaError("#NAME?", f"Unknown range name: '{node.text}'.") from None
        if found.name is not None:
            return self._named(found.name)
        sheet = self.sheet
        if found.sheet is not None:
            other = self.calculator.book.titled(found.sheet)
            if other is None:
                raise FormulaError("#REF!", f"Unresolved sheet name '{found.sheet}'.")
            sheet = other
        return sheet, self._within(sheet, found.area or Area())

    def _named(self, name: str) -> tuple[Sheet, Rect]:
        for named in self.calculator.book.record["namedRanges"]:
            if named["name"].lower() == name.lower():
                sheet = self.calculator.book.sheet(named["range"].get("sheetId", 0))
                return sheet, self._within(sheet, area_of(named["range"]))
        raise FormulaError("#NAME?", f"Unknown range name: '{name.upper()}'.")

    def _within(self, sheet: Sheet, area: Area) -> Rect:
        rect = area.within(sheet.row_count, sheet.column_count)
        if rect.top >= sheet.row_count or rect.left >= sheet.column_count:
            raise FormulaError("#REF!", "Reference does not exist")
        return Rect(rect.top, rect.left, min(rect.bottom, sheet.row_count), min(rect.right, sheet.column_count))

    def _one_of(self, sheet: Sheet, rect: Rect) -> Value:
        row, column = rect.top, rect.left
        if rect.height > 1:
            row = self.row
        if rect.width > 1:
            column = self.column
        if not (rect.top <= row < rect.bottom and rect.left <= column < rect.right):
            raise FormulaError("#VALUE!", "An array value could not be found.")
        return checked(self.calculator.result(sheet, row, column).value)

    def _operate(self, node: Operation) -> Value:
        values = [self.scalar(operand) for operand in node.operands]
        if node.operator == "neg":
            return tidy_number(-number(values[0]))
        if node.operator == "pos":
            return values[0]
        if node.operator == "%":
            return tidy_number(number(values[0]) / 100)
        if node.operator == "&":
            return text(values[0]) + text(values[1])
        if node.operator in {"+", "-", "*", "/", "^"}:
            return _arithmetic(node.operator, number(values[0]), number(values[1]))
        return compare(node.operator, values[0], values[1])


def _arithmetic(operator: str, left: float, right: float) -> float:
    if operator == "/":
        if right == 0:
            raise FormulaError("#DIV/0!", "Function DIVIDE parameter 2 cannot be zero.")
        return tidy_number(left / right)
    if operator == "^":
        power = float(left) ** float(right)
        if isinstance(power, complex):
            raise FormulaError("#NUM!", "Function POWER evaluates to an imaginary number.")
        return tidy_number(power)
    results = {"+": left + right, "-": left - right, "*": left * right}
    return tidy_number(results[operator])
