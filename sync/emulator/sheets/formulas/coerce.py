"""What a value counts as: a number, text, true or false; how two compare; what a criterion such as ">=5" matches."""

import re
from collections.abc import Callable
from datetime import date

from sync.emulator.sheets.entered import parse_entry
from sync.emulator.sheets.results import CellError, Value, sort_key, text_of

_CRITERION = re.compile(r"(<=|>=|<>|<|>|=)?(.*)$", re.DOTALL)


class FormulaError(Exception):
    """Carries an error value up to the cell, or to an IFERROR on the way."""

    def __init__(self, text: str, message: str = "") -> None:
        super().__init__(text)
        self.error = CellError(text, message)


def checked(value: Value) -> str | float | bool | None:
    """The value itself; an error value is raised."""
    if isinstance(value, CellError):
        raise FormulaError(value.text, value.message)
    return value


def number(value: Value) -> float:
    """Raises FormulaError #VALUE! for text that is no number."""
    value = checked(value)
    if value is None:
        return 0
    if isinstance(value, str):
        parsed = numeric_text(value)
        if parsed is None:
            message = f"Parameter expects number values. But '{value}' is a text and cannot be coerced to a number."
            raise FormulaError("#VALUE!", message)
        return parsed
    return int(value) if isinstance(value, bool) else value


def numeric_text(text: str) -> float | None:
    """The number that text such as "5", "50%" or "2024-01-31" stands for, None for other text."""
    entered = parse_entry(text, "en_US", date(2000, 1, 1)).value
    return entered if isinstance(entered, int | float) and not isinstance(entered, bool) else None


def text(value: Value) -> str:
    return text_of(checked(value))


def truth(value: Value) -> bool:
    """Raises FormulaError #VALUE! for text other than TRUE and FALSE."""
    value = checked(value)
    if isinstance(value, str):
        if value.upper() not in {"TRUE", "FALSE", ""}:
            raise FormulaError("#VALUE!", f"'{value}' is a text and cannot be coerced to a boolean.")
        return value.upper() == "TRUE"
    return bool(value)


def compare(operator: str, left: Value, right: Value) -> bool:
    """Numbers stand before text before booleans; text compares without case; a blank is 0, "" or FALSE."""
    one, other = sort_key(_like(checked(left), right)), sort_key(_like(checked(right), left))
    order = (one > other) - (one < other)
    signs = {"=": order == 0, "<>": order != 0, "<": order < 0, ">": order > 0, "<=": order <= 0}
    return signs.get(operator, order >= 0)


def _like(value: Value, other: Value) -> Value:
    if value is not None:
        return value
    if isinstance(other, str):
        return ""
    return False if isinstance(other, bool) else 0


def criterion(wanted: Value) -> Callable[[Value], bool]:
    """What COUNTIF and its family ask of a cell: a value, a comparison in text, "*" and "?" as wildcards."""
    if not isinstance(wanted, str):
        return lambda value: value is not None and not isinstance(value, CellError) and compare("=", value, wanted)
    match = _CRITERION.match(wanted)
    assert match
    operator, rest = match.group(1) or "=", match.group(2)
    target = numeric_text(rest)
    if operator in {"=", "<>"}:
        equal = _equals(rest, target)
        return equal if operator == "=" else lambda value: not equal(value)
    if target is not None:
        return lambda value: _is_number(value) and compare(operator, value, target)
    return lambda value: isinstance(value, str) and compare(operator, value, rest)


def _equals(rest: str, target: float | None) -> Callable[[Value], bool]:
    if rest == "":
        return lambda value: value is None or value == ""
    if target is not None:
        return lambda value: (_is_number(value) and value == target) or (isinstance(value, str) and value == rest)
    if rest.upper() in {"TRUE", "FALSE"}:
        return lambda value: value is (rest.upper() == "TRUE")
    pattern = wildcard(rest)
    return lambda value: isinstance(value, str) and bool(pattern.match(value))


def wildcard(wanted: str) -> re.Pattern[str]:
    """A pattern for text with * and ?; "~*" means the star itself."""
    parts = re.findall(r"~[*?~]|.", wanted, re.DOTALL)
    marks = {"*": ".*", "?": "."}
    body = "".join(marks.get(part) or re.escape(part[1] if len(part) == 2 else part) for part in parts)
    return re.compile(rf"{body}\Z", re.IGNORECASE | re.DOTALL)


def _is_number(value: Value) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
