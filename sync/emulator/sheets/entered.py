"""USER_ENTERED: what Sheets makes of text as if a person had typed it (guide "ValueInputOption").

Text becomes a formula, a boolean, a number, a percentage, an amount of money, a date or a time, each with the number
format the page would give it; anything else stays text. English month names; day before month outside en_US.
"""

import re
from datetime import date, time
from typing import Any, NamedTuple

from sync.emulator.sheets import serials


class Entered(NamedTuple):
    """The kept value, the formula with its "=", and the number format that came with it; None where there is none."""

    value: str | float | bool | None
    formula: str | None = None
    number_format: dict[str, Any] | None = None


_NUMBER = re.compile(r"([+-]?)(?:(\d{1,3}(?:,\d{3})+|\d+)(\.\d*)?|(\.\d+))$")
_SCIENTIFIC = re.compile(r"[+-]?\d+(?:\.\d*)?[eE][+-]?\d+$")
_MONEY = re.compile(r"(-?)([$£€¥])(-?)\s?([\d,]+(?:\.\d*)?)$")
_ISO = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})$")
_NUMERIC_DATE = re.compile(r"(\d{1,2})([-/.])(\d{1,2})(?:\2(\d{4}|\d{2}))?$")
_MONTHS = {
    name: index
    for index, name in enumerate(
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"], 1
    )
}
_MONTH = (
    "("
    + "|".join(
        [
            "january",
            "february",
            "march",
            "april",
            "may",
            "june",
            "july",
            "august",
            "september",
            "october",
            "november",
            "december",
            "jan",
            "feb",
            "mar",
            "apr",
            "jun",
            "jul",
            "aug",
            "sept",
            "sep",
            "oct",
            "nov",
            "dec",
        ]
    )
    + r")\.?"
)
_MONTH_FIRST = re.compile(rf"{_MONTH}\s+(\d{{1,2}})(?:st|nd|rd|th)?(?:,?\s+(\d{{4}}))?$", re.IGNORECASE)
_DAY_FIRST = re.compile(rf"(\d{{1,2}})[\s-]{_MONTH}(?:[\s-](\d{{4}}))?$", re.IGNORECASE)
_TIME = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2})(\.\d{1,3})?)?(?:\s*([ap])\.?m\.?)?$", re.IGNORECASE)


def parse_entry(text: str, locale: str, today: date) -> Entered:
    """What typing `text` gives. `today` supplies the year of a date without one."""
    if text.startswith("'"):
        return Entered(text[1:])
    if len(text) > 1 and text[0] == "=":
        return Entered(None, formula=text)
    if len(text) > 1 and text[0] in "+-" and re.match(r"[A-Za-z($]", text[1:]):
        return Entered(None, formula="=" + text)
    stripped = text.strip()
    if stripped.upper() in {"TRUE", "FALSE"}:
        return Entered(stripped.upper() == "TRUE")
    return _number(stripped) or _moment(stripped, locale, today) or Entered(text)


def tidy_number(number: float) -> float:
    """A whole float as an int, so that it reads back as 5 and not 5.0."""
    return int(number) if isinstance(number, float) and number.is_integer() and abs(number) < 1e15 else number


def _number(text: str) -> Entered | None:
    if text.endswith("%") and _NUMBER.match(text[:-1]):
        pattern = "0.00%" if "." in text else "0%"
        # via a decimal shift of the text so that 29% is 0.29 and not 0.29000000000000004
        value = float(f"{text[:-1].replace(',', '')}e-2")
        return Entered(tidy_number(value), number_format={"type": "PERCENT", "pattern": pattern})
    money = _MONEY.match(text)
    if money:
        sign = -1 if money.group(1) or money.group(3) else 1
        amount = money.group(4)
        pattern = f'"{money.group(2)}"#,##0' + (".00" if "." in amount else "")
        number_format = {"type": "CURRENCY", "pattern": pattern}
        return Entered(tidy_number(sign * float(amount.replace(",", ""))), number_format=number_format)
    if _SCIENTIFIC.match(text):
        return Entered(tidy_number(float(text)), number_format={"type": "SCIENTIFIC", "pattern": "0.00E+00"})
    plain = _NUMBER.match(text)
    if not plain:
        return None
    value = tidy_number(float(text.replace(",", "")))
    if "," not in text:
        return Entered(value)
    pattern = "#,##0.00" if "." in text else "#,##0"
    return Entered(value, number_format={"type": "NUMBER", "pattern": pattern})


def _moment(text: str, locale: str, today: date) -> Entered | None:
    clock = _time(text)
    if clock:
        return Entered(tidy_number(clock[0]), number_format={"type": "TIME", "pattern": clock[1]})
    day = _date(text, locale, today)
    if day:
        return Entered(day[0], number_format={"type": "DATE", "pattern": day[1]})
    head, _, tail = text.partition(" ")
    while tail:
        day, clock = _date(head, locale, today), _time(tail)
        if day and clock:
            number_format = {"type": "DATE_TIME", "pattern": f"{day[1]} {clock[1]}"}
            return Entered(tidy_number(day[0] + clock[0]), number_format=number_format)
        word, _, rest = tail.partition(" ")
        head, tail = f"{head} {word}", rest
    return None


def _time(text: str) -> tuple[float, str] | None:
    match = _TIME.match(text)
    if not match:
        return None
    hours, minutes, seconds, fraction, half = match.groups()
    hour = int(hours)
    if half and not 1 <= hour <= 12:
        return None
    if half:
        hour = hour % 12 + (12 if half.lower() == "p" else 0)
    if hour > 23 or int(minutes) > 59 or int(seconds or 0) > 59:
        return None
    moment = time(hour, int(minutes), int(seconds or 0), int(float(fraction or 0) * 1e6))
    pattern = "h:mm" + (":ss" if seconds else "") + (".000" if fraction else "") + (" am/pm" if half else "")
    return serials.from_time(moment), pattern


def _date(text: str, locale: str, today: date) -> tuple[int, str] | None:
    iso = _ISO.match(text)
    if iso:
        year, mark, month, day = iso.groups()
        digits = "mm" if len(month) == 2 else "m"
        return _serial(int(year), int(month), int(day), f"yyyy{mark}{digits}{mark}{'dd' if len(day) == 2 else 'd'}")
    numeric = _NUMERIC_DATE.match(text)
    if numeric:
        return _numeric_date(numeric, locale, today)
    named = _MONTH_FIRST.match(text)
    if named:
        month, day, year_text = named.groups()
        pattern = _month_pattern(month) + " d" + (", yyyy" if year_text else "")
        return _serial(int(year_text or today.year), _MONTHS[month[:3].lower()], int(day), pattern)
    named = _DAY_FIRST.match(text)
    if named:
        day, month, year_text = named.groups()
        mark = "-" if "-" in text else " "
        pattern = f"d{mark}{_month_pattern(month)}" + (f"{mark}yyyy" if year_text else "")
        return _serial(int(year_text or today.year), _MONTHS[month[:3].lower()], int(day), pattern)
    return None


def _numeric_date(match: re.Match[str], locale: str, today: date) -> tuple[int, str] | None:
    first, mark, second, year_text = match.groups()
    if mark == "." and (year_text is None or locale == "en_US"):
        return None
    month_leads = locale in {"en_US", "", "en"}
    month, day = (first, second) if month_leads else (second, first)
    year = int(year_text) if year_text else today.year
    if year_text and len(year_text) == 2:
        year += 2000 if year < 50 else 1900
    names = {"m": "mm" if len(month) == 2 and month[0] == "0" else "m", "d": "dd" if day[0] == "0" else "d"}
    order = ("m", "d") if month_leads else ("d", "m")
    pattern = mark.join(names[letter] for letter in order)
    if year_text:
        pattern += mark + "y" * len(year_text)
    return _serial(year, int(month), int(day), pattern)


def _month_pattern(name: str) -> str:
    return "mmm" if len(name) <= 4 and name.lower() not in {"june", "july"} else "mmmm"


def _serial(year: int, month: int, day: int, pattern: str) -> tuple[int, str] | None:
    try:
        return serials.from_date(date(year, month, day)), pattern
    except ValueError:
        return None
