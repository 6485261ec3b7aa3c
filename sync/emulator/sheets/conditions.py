"""Does a cell meet a BooleanCondition? One answer for conditional formats and filters (reference "ConditionType").

A condition's values are what a person would type: numbers, dates, formulas (relative to the first cell of the range),
or a RelativeDate counted from today in the spreadsheet's zone.
"""

import re
from collections.abc import Callable
from typing import Any

from dateutil.relativedelta import relativedelta

from sync.emulator.sheets import serials
from sync.emulator.sheets.book import Sheet
from sync.emulator.sheets.calculate import Calculator
from sync.emulator.sheets.entered import parse_entry
from sync.emulator.sheets.formulas.evaluate import evaluate
from sync.emulator.sheets.formulas.references import translated
from sync.emulator.sheets.ranges import resolve_a1
from sync.emulator.sheets.refusals import SheetRefusal
from sync.emulator.sheets.results import CellError, Value

Place = tuple[Sheet, int, int]  # sheet, row, column
_FROM_TODAY = {
    "PAST_YEAR": relativedelta(years=-1),
    "PAST_MONTH": relativedelta(months=-1),
    "PAST_WEEK": relativedelta(weeks=-1),
    "YESTERDAY": relativedelta(days=-1),
    "TOMORROW": relativedelta(days=1),
}
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_LINK = re.compile(r"(?:[a-z]+://)?[\w-]+(\.[\w-]+)+(/\S*)?", re.IGNORECASE)

_NUMBERS: dict[str, Callable[[float, list[float]], bool]] = {
    "GREATER": lambda value, than: value > than[0],
    "GREATER_THAN_EQ": lambda value, than: value >= than[0],
    "LESS": lambda value, than: value < than[0],
    "LESS_THAN_EQ": lambda value, than: value <= than[0],
    "EQ": lambda value, than: value == than[0],
    "NOT_EQ": lambda value, than: value != than[0],
    "BETWEEN": lambda value, than: than[0] <= value <= than[1],
    "NOT_BETWEEN": lambda value, than: not than[0] <= value <= than[1],
    "BEFORE": lambda value, than: value < than[0],
    "AFTER": lambda value, than: value > than[0],
    "ON_OR_BEFORE": lambda value, than: value <= than[0],
    "ON_OR_AFTER": lambda value, than: value >= than[0],
}
_TEXTS: dict[str, Callable[[str, list[str]], bool]] = {
    "CONTAINS": lambda text, words: words[0] in text,
    "NOT_CONTAINS": lambda text, words: words[0] not in text,
    "STARTS_WITH": lambda text, words: text.startswith(words[0]),
    "ENDS_WITH": lambda text, words: text.endswith(words[0]),
    "EQ": lambda text, words: text == words[0],
    "NOT_EQ": lambda text, words: text not in words,
    "IS_EMAIL": lambda text, _: _EMAIL.fullmatch(text) is not None,
    "IS_URL": lambda text, _: _LINK.fullmatch(text) is not None,
}


def meets(calculator: Calculator, condition: dict[str, Any], place: Place, origin: tuple[int, int]) -> bool:
    """Whether the cell at `place` meets the condition; `origin` is the first cell of the range it was made for."""
    sheet, row, column = place
    kind, _, rest = condition.get("type", "").partition("_")
    value = calculator.value(sheet, row, column)
    if kind in ("BLANK", "NOT"):
        return (value in {None, ""}) is (kind == "BLANK")
    if kind == "BOOLEAN":
        return isinstance(value, bool)
    moved = (row - origin[0], column - origin[1])
    entered = [_entered(calculator, one, place, moved) for one in condition.get("values", [])]
    if kind == "CUSTOM":
        return any(isinstance(one, int | float) and one != 0 for one in entered[:1])
    if kind == "ONE":
        wanted = _listed(calculator, condition) if rest == "OF_RANGE" else {_text(one) for one in entered}
        return calculator.text(sheet, row, column) in wanted
    if kind == "TEXT":
        shown = calculator.text(sheet, row, column).casefold()
        words = [_text(one).casefold() for one in entered]
        return bool(rest in _TEXTS and (words or rest.startswith("IS_")) and _TEXTS[rest](shown, words))
    return _meets_number(kind, rest, value, entered)


def _meets_number(kind: str, rest: str, value: Value, entered: list[Value]) -> bool:
    if not _is_number(value):
        return False
    if rest == "IS_VALID":
        return True
    than = [float(one) for one in entered if _is_number(one)]  # type: ignore[arg-type]
    if rest not in _NUMBERS or len(than) < (2 if rest.endswith("BETWEEN") else 1):
        return False
    whole = float(value)  # type: ignore[arg-type]
    return _NUMBERS[rest](float(int(whole)) if kind == "DATE" else whole, than)


def _entered(calculator: Calculator, value: dict[str, Any], place: Place, moved: tuple[int, int]) -> Value:
    if "relativeDate" in value:
        today = calculator.book.now.date()
        return serials.from_date(today + _FROM_TODAY.get(value["relativeDate"], relativedelta()))
    typed = parse_entry(value.get("userEnteredValue", ""), calculator.book.locale, calculator.book.now.date())
    if typed.formula is None:
        return typed.value
    return evaluate(translated(typed.formula, *moved), calculator, *place).value


def _listed(calculator: Calculator, condition: dict[str, Any]) -> set[str]:
    text = next((one.get("userEnteredValue", "") for one in condition.get("values", [])), "")
    try:
        sheet, area = resolve_a1(calculator.book, text.removeprefix("="))
    except SheetRefusal:
        return set()
    rect = area.within(sheet.row_count, sheet.column_count)
    cells = (
        calculator.text(sheet, row, rect.left + index)
        for row, found in calculator.rows(sheet, rect)
        for index in range(len(found))
    )
    return set(cells) - {""}


def _is_number(value: Value) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _text(value: Value) -> str:
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else value.text if isinstance(value, CellError) else str(value)
