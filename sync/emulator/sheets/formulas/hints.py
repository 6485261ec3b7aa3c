"""The number format a formula's result takes on by itself: dates stay dates, money stays money."""

from typing import Any

from sync.emulator.sheets.formulas.asking import Evaluator
from sync.emulator.sheets.formulas.coerce import FormulaError
from sync.emulator.sheets.formulas.parse import Function, Node, Operation, Reference

_DATE = {"type": "DATE", "pattern": "m/d/yyyy"}
_BY_NAME: dict[str, dict[str, Any]] = {
    "TODAY": _DATE,
    "DATE": _DATE,
    "EDATE": _DATE,
    "EOMONTH": _DATE,
    "WORKDAY": _DATE,
    "NOW": {"type": "DATE_TIME", "pattern": "m/d/yyyy h:mm:ss"},
    "TIME": {"type": "TIME", "pattern": "h:mm:ss am/pm"},
}
_PASS_ON = {
    "SUM": 0,
    "MIN": 0,
    "MAX": 0,
    "AVERAGE": 0,
    "MEDIAN": 0,
    "ROUND": 0,
    "ABS": 0,
    "IF": 1,
    "IFERROR": 0,
    "VLOOKUP": 1,
}


def format_hint(node: Node | None, evaluator: Evaluator) -> dict[str, Any] | None:
    """The NumberFormat of the result, None for the general one."""
    if isinstance(node, Function):
        if node.name in _BY_NAME:
            return _BY_NAME[node.name]
        position = _PASS_ON.get(node.name)
        if position is None or position >= len(node.arguments):
            return None
        return format_hint(node.arguments[position], evaluator)
    if isinstance(node, Reference):
        try:
            sheet, rect = evaluator.place(node)
        except FormulaError:
            return None
        return evaluator.calculator.result(sheet, rect.top, rect.left).number_format
    if isinstance(node, Operation) and node.operator in {"+", "-", "neg", "*", "/"}:
        hints = [format_hint(operand, evaluator) for operand in node.operands]
        kinds = [hint["type"] for hint in hints if hint]
        if node.operator == "-" and len(kinds) == 2 and kinds[0] == kinds[1] == "DATE":
            return None  # a span of days is a plain number
        return next((hint for hint in hints if hint), None)
    return None
