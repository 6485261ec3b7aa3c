"""Functions that come to many values: FILTER, SORT, UNIQUE and their like; ARRAYFORMULA, which makes any formula one.

Their values are rows of a table; the calculator lays them over the empty cells beside the formula.
"""

import re
from collections.abc import Callable

from sync.emulator.sheets.entered import tidy_number
from sync.emulator.sheets.formulas.asking import Evaluator
from sync.emulator.sheets.formulas.coerce import FormulaError, number, numeric_text, text, truth
from sync.emulator.sheets.formulas.library import Arguments, check_count
from sync.emulator.sheets.formulas.parse import ErrorLiteral, Function, Literal, Node, Operation, Reference
from sync.emulator.sheets.results import CellError, Value, sort_key

Table = list[list[Value]]
_BLANK = Function("IFERROR", (ErrorLiteral("#N/A"),))  # what a blank cell counts as, among operands
ARRAYS: dict[str, tuple[Callable[[Evaluator, Arguments], Table], int, int]] = {}
MOST_VALUES = 100_000
# Arguments that stay whole ranges inside ARRAYFORMULA; every other range is gone through value by value.
_WHOLE = {
    "VLOOKUP": (1,), "HLOOKUP": (1,), "XLOOKUP": (1, 2), "MATCH": (1,), "INDEX": (0,), "COUNTIF": (0,), "SUMIF": (0, 2),
    "AVERAGEIF": (0, 2),
}  # fmt: skip
_TOGETHER = frozenset({
    "SUM", "PRODUCT", "AVERAGE", "MEDIAN", "MIN", "MAX", "COUNT", "COUNTA", "COUNTBLANK", "COUNTUNIQUE", "COUNTIFS",
    "SUMIFS", "AVERAGEIFS", "SUMPRODUCT", "AND", "OR", "XOR", "JOIN", "TEXTJOIN", "ROWS", "COLUMNS", "LARGE", "SMALL",
})  # fmt: skip


def array(name: str, least: int = 1, most: int = 255) -> Callable[..., Callable[[Evaluator, Arguments], Table]]:
    """Says that a function comes to a table of values."""

    def register(made: Callable[[Evaluator, Arguments], Table]) -> Callable[[Evaluator, Arguments], Table]:
        ARRAYS[name] = (made, least, most)
        return made

    return register


def is_array(node: Node | None) -> bool:
    return isinstance(node, Function) and node.name in ARRAYS


def call_array(evaluator: Evaluator, node: Function) -> Table:
    """The values, at least one. Raises FormulaError #N/A for a wrong number of arguments."""
    made, least, most = ARRAYS[node.name]
    check_count(node, least, most)
    rows = made(evaluator, node.arguments)
    if sum(len(row) for row in rows) > MOST_VALUES:
        raise FormulaError("#REF!", "Result was not automatically expanded, it is too large.")
    return rows


@array("ARRAYFORMULA", most=1)
def array_formula(evaluator: Evaluator, arguments: Arguments) -> Table:
    return lifted(evaluator, arguments[0])


@array("FILTER", least=2)
def filtered(evaluator: Evaluator, arguments: Arguments) -> Table:
    rows, tests = evaluator.table(arguments[0]), [lifted(evaluator, node) for node in arguments[1:]]
    if all(len(test) == 1 and len(test[0]) == len(rows[0]) for test in tests) and len(rows) > 1:
        kept = [n for n in range(len(rows[0])) if all(_true(test[0][n]) for test in tests)]
        found = [[row[n] for n in kept] for row in rows] if kept else []
    else:
        columns = [[value for row in test for value in row] for test in tests]
        if any(len(column) != len(rows) for column in columns):
            raise FormulaError("#N/A", "FILTER has mismatched range sizes.")
        found = [row for n, row in enumerate(rows) if all(_true(column[n]) for column in columns)]
    if not found:
        raise FormulaError("#N/A", "No matches are found in FILTER evaluation.")
    return found


@array("UNIQUE", most=3)
def unique(evaluator: Evaluator, arguments: Arguments) -> Table:
    seen: dict[tuple[object, ...], list[Value]] = {}
    for row in evaluator.table(arguments[0]):
        seen.setdefault(tuple((type(value).__name__, value) for value in row), row)
    return list(seen.values())


@array("SORT")
def ordered(evaluator: Evaluator, arguments: Arguments) -> Table:
    rows = list(evaluator.table(arguments[0]))
    keys: list[tuple[Node | None, Node | None]] = list(zip(arguments[1::2], arguments[2::2], strict=False))
    keys = keys or [(Literal(1.0), Literal(True))]
    for column, ascending in reversed(keys):
        place = int(number(evaluator.scalar(column)))
        if not 1 <= place <= len(rows[0]):
            raise FormulaError("#VALUE!", "SORT has a column that is out of range.")
        rows = _by_column(rows, place - 1, down=not truth(evaluator.scalar(ascending)))
    return rows


def _by_column(rows: Table, column: int, *, down: bool) -> Table:
    """Rows in order of a column; those that have nothing there come last."""
    filled = [row for row in rows if row[column] is not None]
    blanks = [row for row in rows if row[column] is None]
    return sorted(filled, key=lambda row: sort_key(row[column]), reverse=down) + blanks


@array("TRANSPOSE", most=1)
def transposed(evaluator: Evaluator, arguments: Arguments) -> Table:
    return [list(column) for column in zip(*evaluator.table(arguments[0]), strict=True)]


@array("SEQUENCE", most=4)
def sequence(evaluator: Evaluator, arguments: Arguments) -> Table:
    told = [number(evaluator.scalar(node)) if node is not None else 1 for node in arguments]
    rows, columns, start, step = (told[n] if n < len(told) else 1 for n in range(4))
    if not (1 <= rows <= MOST_VALUES and 1 <= columns <= MOST_VALUES and rows * columns <= MOST_VALUES):
        raise FormulaError("#NUM!", "SEQUENCE has a number of rows or columns that cannot be.")
    width = int(columns)
    return [[tidy_number(start + step * (row * width + n)) for n in range(width)] for row in range(int(rows))]


@array("SPLIT", least=2, most=4)
def split(evaluator: Evaluator, arguments: Arguments) -> Table:
    words, marks = text(evaluator.scalar(arguments[0])), text(evaluator.scalar(arguments[1]))
    each = truth(evaluator.scalar(arguments[2])) if len(arguments) > 2 else True
    without_empty = truth(evaluator.scalar(arguments[3])) if len(arguments) > 3 else True
    if not words or not marks:
        raise FormulaError("#VALUE!", "Function SPLIT parameters should not be empty.")
    parts = re.split(f"[{re.escape(marks)}]" if each else re.escape(marks), words)
    return [[_typed(part) for part in parts if part or not without_empty] or [None]]


def _typed(part: str) -> Value:
    amount = numeric_text(part)
    return part if amount is None else amount


def lifted(evaluator: Evaluator, node: Node | None) -> Table:
    """What a formula comes to for each value of the ranges in it; one row or column is repeated along the others."""
    tables = _tables(evaluator, node)
    height = max((len(table) for table in tables.values()), default=1)
    width = max((len(table[0]) for table in tables.values()), default=1)
    if height * width > MOST_VALUES:
        raise FormulaError("#REF!", "Result was not automatically expanded, it is too large.")
    return [[_value(evaluator, _at(node, tables, row, column)) for column in range(width)] for row in range(height)]


def _tables(evaluator: Evaluator, node: Node | None) -> dict[Node, Table]:
    """The tables of a formula that are gone through value by value."""
    if isinstance(node, Reference) or is_array(node):
        return {node: evaluator.table(node)} if node is not None else {}
    inside: list[Node | None] = []
    if isinstance(node, Operation):
        inside = list(node.operands)
    elif isinstance(node, Function) and node.name not in _TOGETHER:
        inside = [one for n, one in enumerate(node.arguments) if n not in _WHOLE.get(node.name, ())]
    return {key: table for one in inside for key, table in _tables(evaluator, one).items()}


def _at(node: Node | None, tables: dict[Node, Table], row: int, column: int) -> Node | None:
    """The formula for one place of the result: each table is replaced by its value there."""
    if isinstance(node, Reference | Function) and node in tables:
        table = tables[node]
        r, c = (0 if len(table) == 1 else row), (0 if len(table[0]) == 1 else column)
        return _literal(table[r][c]) if r < len(table) and c < len(table[0]) else ErrorLiteral("#N/A")
    if isinstance(node, Operation):
        operands = (_at(one, tables, row, column) for one in node.operands)
        return Operation(node.operator, tuple(_BLANK if one is None else one for one in operands))
    if isinstance(node, Function) and node.name in _TOGETHER:
        return Function(node.name, tuple(_gathered(one) for one in node.arguments))
    if isinstance(node, Function):
        whole = _WHOLE.get(node.name, ())
        parts = (one if n in whole else _at(one, tables, row, column) for n, one in enumerate(node.arguments))
        return Function(node.name, tuple(parts))
    return node


def _gathered(node: Node | None) -> Node | None:
    """An argument that is taken as a whole: what it comes to for all values at once."""
    return Function("ARRAYFORMULA", (node,)) if isinstance(node, Operation | Function) and not is_array(node) else node


def _literal(value: Value) -> Node | None:
    if isinstance(value, CellError):
        return ErrorLiteral(value.text)
    return None if value is None else Literal(value)


def _value(evaluator: Evaluator, node: Node | None) -> Value:
    try:
        return evaluator.scalar(node)
    except FormulaError as failure:
        return failure.error


def _true(value: Value) -> bool:
    return value is not None and not isinstance(value, CellError) and truth(value)
