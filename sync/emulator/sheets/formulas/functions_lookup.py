"""Choosing and looking up: IF and its family, VLOOKUP, INDEX, MATCH, what a cell is."""

from sync.emulator.sheets.formulas.asking import Evaluator
from sync.emulator.sheets.formulas.coerce import FormulaError, checked, compare, number, text, truth, wildcard
from sync.emulator.sheets.formulas.library import Arguments, function
from sync.emulator.sheets.formulas.parse import Node, Reference
from sync.emulator.sheets.results import CellError, Value


@function("IF", least=2, most=3)
def if_(evaluator: Evaluator, arguments: Arguments) -> Value:
    if truth(evaluator.scalar(arguments[0])):
        return evaluator.scalar(arguments[1])
    return evaluator.scalar(arguments[2]) if len(arguments) == 3 else False


@function("IFS", least=2)
def ifs(evaluator: Evaluator, arguments: Arguments) -> Value:
    for position in range(0, len(arguments) - 1, 2):
        if truth(evaluator.scalar(arguments[position])):
            return evaluator.scalar(arguments[position + 1])
    raise FormulaError("#N/A", "No match")


@function("SWITCH", least=3)
def switch(evaluator: Evaluator, arguments: Arguments) -> Value:
    wanted = evaluator.scalar(arguments[0])
    for position in range(1, len(arguments) - 1, 2):
        if compare("=", wanted, evaluator.scalar(arguments[position])):
            return evaluator.scalar(arguments[position + 1])
    if len(arguments) % 2 == 0:
        return evaluator.scalar(arguments[-1])
    raise FormulaError("#N/A", "No match")


@function("CHOOSE", least=2)
def choose(evaluator: Evaluator, arguments: Arguments) -> Value:
    place = int(number(evaluator.scalar(arguments[0])))
    if not 1 <= place < len(arguments):
        raise FormulaError("#NUM!", f"Function CHOOSE parameter 1 value {place} is out of range.")
    return evaluator.scalar(arguments[place])


@function("IFERROR", least=1, most=2)
def if_error(evaluator: Evaluator, arguments: Arguments) -> Value:
    try:
        return checked(evaluator.scalar(arguments[0]))
    except (FormulaError, ArithmeticError, ValueError):
        return evaluator.scalar(arguments[1]) if len(arguments) == 2 else None


@function("IFNA", least=1, most=2)
def if_na(evaluator: Evaluator, arguments: Arguments) -> Value:
    try:
        return checked(evaluator.scalar(arguments[0]))
    except FormulaError as failure:
        if failure.error.text != "#N/A":
            raise
        return evaluator.scalar(arguments[1]) if len(arguments) == 2 else None


@function("AND", least=1)
def and_(evaluator: Evaluator, arguments: Arguments) -> Value:
    return all(_truths(evaluator, arguments))


@function("OR", least=1)
def or_(evaluator: Evaluator, arguments: Arguments) -> Value:
    return any(_truths(evaluator, arguments))


@function("XOR", least=1)
def xor(evaluator: Evaluator, arguments: Arguments) -> Value:
    return sum(_truths(evaluator, arguments)) % 2 == 1


@function("NOT", least=1, most=1)
def not_(evaluator: Evaluator, arguments: Arguments) -> Value:
    return not truth(evaluator.scalar(arguments[0]))


@function("TRUE", most=0)
def true(evaluator: Evaluator, arguments: Arguments) -> Value:
    return True


@function("FALSE", most=0)
def false(evaluator: Evaluator, arguments: Arguments) -> Value:
    return False


@function("NA", most=0)
def not_available(evaluator: Evaluator, arguments: Arguments) -> Value:
    raise FormulaError("#N/A", "Not available.")


@function("VLOOKUP", least=3, most=4)
def vlookup(evaluator: Evaluator, arguments: Arguments) -> Value:
    return _look_along(evaluator, arguments, evaluator.table(arguments[1]), "VLOOKUP")


@function("HLOOKUP", least=3, most=4)
def hlookup(evaluator: Evaluator, arguments: Arguments) -> Value:
    turned = [list(column) for column in zip(*evaluator.table(arguments[1]), strict=True)]
    return _look_along(evaluator, arguments, turned, "HLOOKUP")


@function("XLOOKUP", least=3, most=4)
def xlookup(evaluator: Evaluator, arguments: Arguments) -> Value:
    position = _find(evaluator.values(arguments[1]), evaluator.scalar(arguments[0]), 0)
    if position is not None:
        return checked(evaluator.values(arguments[2])[position])
    if len(arguments) == 4:
        return evaluator.scalar(arguments[3])
    raise FormulaError("#N/A", "Did not find value in XLOOKUP evaluation.")


@function("MATCH", least=2, most=3)
def match(evaluator: Evaluator, arguments: Arguments) -> Value:
    kind = number(evaluator.scalar(arguments[2])) if len(arguments) == 3 else 1
    wanted = evaluator.scalar(arguments[0])
    position = _find(evaluator.values(arguments[1]), wanted, kind)
    if position is None:
        raise FormulaError("#N/A", f"Did not find value '{text(wanted)}' in MATCH evaluation.")
    return position + 1


@function("INDEX", least=1, most=3)
def index(evaluator: Evaluator, arguments: Arguments) -> Value:
    rows = evaluator.table(arguments[0])
    row = int(number(evaluator.scalar(arguments[1]))) if len(arguments) > 1 else 1
    column = int(number(evaluator.scalar(arguments[2]))) if len(arguments) > 2 else 1
    if len(rows) == 1 and len(arguments) == 2:
        row, column = 1, row
    if not (0 <= row <= len(rows) and 0 <= column <= len(rows[0])):
        raise FormulaError("#NUM!", "INDEX is out of range.")
    return checked(rows[max(row, 1) - 1][max(column, 1) - 1])


@function("ROW", most=1)
def row_number(evaluator: Evaluator, arguments: Arguments) -> Value:
    return _place(evaluator, arguments)[0] + 1


@function("COLUMN", most=1)
def column_number(evaluator: Evaluator, arguments: Arguments) -> Value:
    return _place(evaluator, arguments)[1] + 1


@function("ROWS", least=1, most=1)
def rows(evaluator: Evaluator, arguments: Arguments) -> Value:
    return len(evaluator.table(arguments[0]))


@function("COLUMNS", least=1, most=1)
def columns(evaluator: Evaluator, arguments: Arguments) -> Value:
    return len(evaluator.table(arguments[0])[0])


@function("ISBLANK", least=1, most=1)
def is_blank(evaluator: Evaluator, arguments: Arguments) -> Value:
    return _look(evaluator, arguments[0]) is None


@function("ISNUMBER", least=1, most=1)
def is_number(evaluator: Evaluator, arguments: Arguments) -> Value:
    value = _look(evaluator, arguments[0])
    return isinstance(value, int | float) and not isinstance(value, bool)


@function("ISTEXT", least=1, most=1)
def is_text(evaluator: Evaluator, arguments: Arguments) -> Value:
    return isinstance(_look(evaluator, arguments[0]), str)


@function("ISERROR", least=1, most=1)
def is_error(evaluator: Evaluator, arguments: Arguments) -> Value:
    return isinstance(_look(evaluator, arguments[0]), CellError)


@function("ISNA", least=1, most=1)
def is_na(evaluator: Evaluator, arguments: Arguments) -> Value:
    value = _look(evaluator, arguments[0])
    return isinstance(value, CellError) and value.text == "#N/A"


def _look(evaluator: Evaluator, node: Node | None) -> Value:
    """A value, errors included."""
    try:
        return evaluator.scalar(node)
    except FormulaError as failure:
        return failure.error


def _place(evaluator: Evaluator, arguments: Arguments) -> tuple[int, int]:
    if not arguments or not isinstance(arguments[0], Reference):
        return evaluator.row, evaluator.column
    _, rect = evaluator.place(arguments[0])
    return rect.top, rect.left


def _truths(evaluator: Evaluator, arguments: Arguments) -> list[bool]:
    found = []
    for node in arguments:
        for value in evaluator.filled(node):
            if isinstance(node, Reference) and isinstance(value, str):
                continue
            found.append(truth(value))
    return found


def _look_along(evaluator: Evaluator, arguments: Arguments, lines: list[list[Value]], name: str) -> Value:
    wanted = evaluator.scalar(arguments[0])
    place = int(number(evaluator.scalar(arguments[2])))
    sorted_ = truth(evaluator.scalar(arguments[3])) if len(arguments) == 4 else True
    if not 1 <= place <= len(lines[0]):
        raise FormulaError("#REF!", f"{name} evaluates to an out of bounds range.")
    position = _find([line[0] for line in lines], wanted, 1 if sorted_ else 0)
    if position is None:
        raise FormulaError("#N/A", f"Did not find value '{text(wanted)}' in {name} evaluation.")
    return checked(lines[position][place - 1])


def _find(values: list[Value], wanted: Value, kind: float) -> int | None:
    """Position of the match: exact (0), the last not above (1) or not below (-1) in sorted values."""
    usable = [(i, value) for i, value in enumerate(values) if value is not None and not isinstance(value, CellError)]
    if kind == 0:
        if isinstance(wanted, str) and any(mark in wanted for mark in "*?~"):
            pattern = wildcard(wanted)
            return next((i for i, value in usable if isinstance(value, str) and pattern.match(value)), None)
        return next((i for i, value in usable if compare("=", value, wanted)), None)
    fitting = [i for i, value in usable if type(value) is type(wanted) or not isinstance(value, str | bool)]
    operator = "<=" if kind > 0 else ">="
    found = None
    for i in fitting:
        if not compare(operator, values[i], wanted):
            break
        found = i
    return found
