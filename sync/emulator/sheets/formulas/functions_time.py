"""Functions about dates and times; all reckon in serial numbers and in the spreadsheet's zone."""

import calendar
from datetime import date, datetime, timedelta

from sync.emulator.sheets import serials
from sync.emulator.sheets.entered import tidy_number
from sync.emulator.sheets.formulas.asking import Evaluator
from sync.emulator.sheets.formulas.coerce import FormulaError, checked, number
from sync.emulator.sheets.formulas.library import Arguments, function
from sync.emulator.sheets.formulas.parse import Node
from sync.emulator.sheets.results import Value


@function("TODAY", most=0)
def today(evaluator: Evaluator, arguments: Arguments) -> Value:
    return serials.from_date(evaluator.now.date())


@function("NOW", most=0)
def now(evaluator: Evaluator, arguments: Arguments) -> Value:
    return serials.from_datetime(evaluator.now)


@function("DATE", least=3, most=3)
def make_date(evaluator: Evaluator, arguments: Arguments) -> Value:
    """Months and days may run over: DATE(2026, 13, 1) is the first of January 2027."""
    year, month, day = (int(number(evaluator.scalar(node))) for node in arguments)
    if 0 <= year < 1900:
        year += 1900
    years, month0 = divmod(month - 1, 12)
    return serials.from_date(date(year + years, month0 + 1, 1) + timedelta(days=day - 1))


@function("TIME", least=3, most=3)
def make_time(evaluator: Evaluator, arguments: Arguments) -> Value:
    hours, minutes, seconds = (int(number(evaluator.scalar(node))) for node in arguments)
    return tidy_number((hours * 3600 + minutes * 60 + seconds) % serials.DAY_SECONDS / serials.DAY_SECONDS)


def _part(name: str) -> None:
    @function(name.upper(), least=1, most=1)
    def apply(evaluator: Evaluator, arguments: Arguments) -> Value:
        part: int = getattr(_moment(evaluator, arguments[0]), name)
        return part


for _name in ("year", "month", "day", "hour", "minute", "second"):
    _part(_name)


@function("WEEKDAY", least=1, most=2)
def weekday(evaluator: Evaluator, arguments: Arguments) -> Value:
    """1 is Sunday; with type 2 Monday; with type 3 Monday is 0."""
    day = _moment(evaluator, arguments[0]).weekday()
    kind = number(evaluator.scalar(arguments[1])) if len(arguments) == 2 else 1
    return {1: (day + 1) % 7 + 1, 2: day + 1, 3: day}.get(int(kind), (day + 1) % 7 + 1)


@function("WEEKNUM", least=1, most=1)
def week_number(evaluator: Evaluator, arguments: Arguments) -> Value:
    day = _moment(evaluator, arguments[0]).date()
    first = date(day.year, 1, 1)
    return ((day - first).days + (first.weekday() + 1) % 7) // 7 + 1


@function("ISOWEEKNUM", least=1, most=1)
def iso_week_number(evaluator: Evaluator, arguments: Arguments) -> Value:
    return _moment(evaluator, arguments[0]).isocalendar().week


@function("EDATE", least=2, most=2)
def edate(evaluator: Evaluator, arguments: Arguments) -> Value:
    day = _moment(evaluator, arguments[0]).date()
    return serials.from_date(_months_on(day, int(number(evaluator.scalar(arguments[1])))))


@function("EOMONTH", least=2, most=2)
def eomonth(evaluator: Evaluator, arguments: Arguments) -> Value:
    day = _months_on(_moment(evaluator, arguments[0]).date(), int(number(evaluator.scalar(arguments[1]))))
    return serials.from_date(day.replace(day=calendar.monthrange(day.year, day.month)[1]))


@function("DAYS", least=2, most=2)
def days(evaluator: Evaluator, arguments: Arguments) -> Value:
    end, start = (int(number(evaluator.scalar(node))) for node in arguments)
    return end - start


@function("DATEVALUE", "TIMEVALUE", least=1, most=1)
def date_value(evaluator: Evaluator, arguments: Arguments) -> Value:
    return number(evaluator.scalar(arguments[0]))


@function("NETWORKDAYS", least=2, most=3)
def networkdays(evaluator: Evaluator, arguments: Arguments) -> Value:
    start, end = (_moment(evaluator, node).date() for node in arguments[:2])
    off = {int(number(value)) for value in evaluator.filled(arguments[2])} if len(arguments) == 3 else set()
    low, high, sign = (start, end, 1) if start <= end else (end, start, -1)
    span = [low + timedelta(days=step) for step in range((high - low).days + 1)]
    return sign * sum(day.weekday() < 5 and serials.from_date(day) not in off for day in span)


def _moment(evaluator: Evaluator, node: Node | None) -> datetime:
    moment = serials.to_datetime(number(checked(evaluator.scalar(node))))
    if moment is None:
        raise FormulaError("#NUM!", "The date is out of range.")
    return moment


def _months_on(day: date, months: int) -> date:
    years, month0 = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month0 + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))
