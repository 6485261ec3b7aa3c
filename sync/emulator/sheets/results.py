"""What a cell comes to: a literal, nothing, or one of the spreadsheet's errors, and the text a person sees for it."""

from dataclasses import dataclass
from typing import Any

from sync.emulator.sheets import serials
from sync.emulator.sheets.datepattern import format_datetime
from sync.emulator.sheets.numberformat import DATE_TYPES, format_number, format_text, general, pattern_of

_ERROR_TYPES = {
    "#ERROR!": "ERROR",
    "#NULL!": "NULL_VALUE",
    "#DIV/0!": "DIVIDE_BY_ZERO",
    "#VALUE!": "VALUE",
    "#REF!": "REF",
    "#NAME?": "NAME",
    "#NUM!": "NUM",
    "#N/A": "N_A",
}


@dataclass(frozen=True, slots=True)
class CellError:
    """An error value such as #DIV/0!; `message` is what the page says when one hovers over it."""

    text: str
    message: str = ""

    def as_extended(self) -> dict[str, Any]:
        return {"errorValue": {"type": _ERROR_TYPES[self.text], "message": self.message}}


Value = str | float | bool | CellError | None


@dataclass(frozen=True, slots=True)
class Result:
    """A cell's value, the number format a formula brings along when its cell has none, and all it comes to if more."""

    value: Value
    number_format: dict[str, Any] | None = None
    rows: tuple[list[Value], ...] = ()


def text_of(value: Value, number_format: dict[str, Any] | None = None) -> str:
    """FORMATTED_VALUE."""
    if value is None:
        return ""
    if isinstance(value, str):
        return format_text(value, number_format) if number_format else value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, CellError):
        return value.text
    return format_number(value, number_format) if number_format else general(value)


def plain_of(value: Value, number_format: dict[str, Any] | None, dates_as_text: bool) -> str | float | bool:
    """UNFORMATTED_VALUE; a date is its serial number unless dates are wanted as text."""
    if value is None:
        return ""
    if isinstance(value, CellError):
        return value.text
    if dates_as_text and number_format and not isinstance(value, str | bool):
        kind, pattern = pattern_of(number_format)
        moment = serials.to_datetime(value) if kind in DATE_TYPES else None
        if moment is not None:
            return format_datetime(moment, value, pattern)
    return value


SortKey = tuple[int, float, str]


def sort_key(value: Value) -> SortKey:
    """The order of sortRange: numbers, then text (not minding case), booleans, errors, blanks."""
    if isinstance(value, bool):
        return 2, float(value), ""
    if isinstance(value, str):
        return 1, 0.0, value.casefold()
    if isinstance(value, CellError):
        return 3, 0.0, value.text
    return (0, float(value), "") if value is not None else (4, 0.0, "")
