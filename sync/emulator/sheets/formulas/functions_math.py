"""Sums, counts, averages, rounding, and the conditional ones."""

import math
from collections.abc import Callable
from decimal import ROUND_DOWN, ROUND_HALF_UP, ROUND_UP, Decimal
from statistics import median

from sync.emulator.sheets.entered import tidy_number
from sync.emulator.sheets.formulas.asking import Evaluator
from sync.emulator.sheets.formulas.coerce import FormulaError, checked, criterion, number
from sync.emulator.sheets.formulas.functions_array import is_array, lifted
from sync.emulator.sheets.formulas.library import Arguments, function
from sync.emulator.sheets.formulas.parse import Node, Reference
from sync.emulator.sheets.results import CellError, Value


def numbers(evaluator: Evaluator, arguments: Arguments) -> list[float]:
    """The numbers of all arguments: in ranges other values are passed over, given directly they must be numbers."""
    found: list[float] = []
    for node in arguments:
        for value in evaluator.filled(node):
            if isinstance(node, Reference) or is_array(node):
                value = checked(value)
                if isinstance(value, int | float) and not isinstance(value, bool):
                    found.append(value)
            else:
                found.append(number(value))
    return found


@function("SUM", least=1)
def total(evaluator: Evaluator, arguments: Arguments) -> Value:
    return tidy_number(math.fsum(numbers(evaluator, arguments)))


@function("PRODUCT", least=1)
def product(evaluator: Evaluator, arguments: Arguments) -> Value:
    return tidy_number(math.prod(numbers(evaluator, arguments)))


@function("AVERAGE", least=1)
def average(evaluator: Evaluator, arguments: Arguments) -> Value:
    return _mean(numbers(evaluator, arguments), "AVERAGE")


@function("MEDIAN", least=1)
def middle(evaluator: Evaluator, arguments: Arguments) -> Value:
    found = numbers(evaluator, arguments)
    if not found:
        raise FormulaError("#NUM!", "MEDIAN has no valid input data.")
    return tidy_number(median(found))


@function("MIN", least=1)
def least(evaluator: Evaluator, arguments: Arguments) -> Value:
    return min(numbers(evaluator, arguments), default=0)


@function("MAX", least=1)
def most(evaluator: Evaluator, arguments: Arguments) -> Value:
    return max(numbers(evaluator, arguments), default=0)


@function("COUNT", least=1)
def count(evaluator: Evaluator, arguments: Arguments) -> Value:
    found = [value for node in arguments for value in evaluator.filled(node)]
    return sum(isinstance(value, int | float) and not isinstance(value, bool) for value in found)


@function("COUNTA", least=1)
def count_all(evaluator: Evaluator, arguments: Arguments) -> Value:
    return sum(len(evaluator.filled(node)) for node in arguments)


@function("COUNTBLANK", least=1)
def count_blank(evaluator: Evaluator, arguments: Arguments) -> Value:
    return sum(value is None or value == "" for node in arguments for value in evaluator.values(node))


@function("COUNTUNIQUE", least=1)
def count_unique(evaluator: Evaluator, arguments: Arguments) -> Value:
    return len({(type(value), value) for node in arguments for value in evaluator.filled(node)})


@function("COUNTIF", "COUNTIFS", least=2)
def count_if(evaluator: Evaluator, arguments: Arguments) -> Value:
    return len(_matching(evaluator, arguments))


@function("SUMIF", least=2, most=3)
def sum_if(evaluator: Evaluator, arguments: Arguments) -> Value:
    return tidy_number(
        math.fsum(chosen(evaluator, arguments[-1] if len(arguments) == 3 else arguments[0], arguments[:2]))
    )


@function("SUMIFS", least=3)
def sum_ifs(evaluator: Evaluator, arguments: Arguments) -> Value:
    return tidy_number(math.fsum(chosen(evaluator, arguments[0], arguments[1:])))


@function("AVERAGEIF", least=2, most=3)
def average_if(evaluator: Evaluator, arguments: Arguments) -> Value:
    values = arguments[-1] if len(arguments) == 3 else arguments[0]
    return _mean(chosen(evaluator, values, arguments[:2]), "AVERAGEIF")


@function("AVERAGEIFS", least=3)
def average_ifs(evaluator: Evaluator, arguments: Arguments) -> Value:
    return _mean(chosen(evaluator, arguments[0], arguments[1:]), "AVERAGEIFS")


@function("SUMPRODUCT", least=1)
def sum_product(evaluator: Evaluator, arguments: Arguments) -> Value:
    tables = [evaluator.table(node) if isinstance(node, Reference) else lifted(evaluator, node) for node in arguments]
    columns = [[checked(value) for row in table for value in row] for table in tables]
    if len({len(column) for column in columns}) > 1:
        raise FormulaError("#VALUE!", "Array arguments to SUMPRODUCT are of different size.")
    plain = [[v if isinstance(v, int | float) and not isinstance(v, bool) else 0 for v in column] for column in columns]
    return tidy_number(math.fsum(math.prod(line) for line in zip(*plain, strict=True)))


@function("ROUND", least=1, most=2)
def rounded(evaluator: Evaluator, arguments: Arguments) -> Value:
    return _round(evaluator, arguments, ROUND_HALF_UP)


@function("ROUNDUP", least=1, most=2)
def rounded_up(evaluator: Evaluator, arguments: Arguments) -> Value:
    return _round(evaluator, arguments, ROUND_UP)


@function("ROUNDDOWN", "TRUNC", least=1, most=2)
def rounded_down(evaluator: Evaluator, arguments: Arguments) -> Value:
    return _round(evaluator, arguments, ROUND_DOWN)


@function("MOD", least=2, most=2)
def remainder(evaluator: Evaluator, arguments: Arguments) -> Value:
    left, right = (number(evaluator.scalar(node)) for node in arguments)
    if right == 0:
        raise FormulaError("#DIV/0!", "Function MOD parameter 2 cannot be zero.")
    return tidy_number(left - right * math.floor(left / right))


@function("POWER", least=2, most=2)
def power(evaluator: Evaluator, arguments: Arguments) -> Value:
    left, right = (number(evaluator.scalar(node)) for node in arguments)
    return tidy_number(math.pow(left, right))


def _one(name: str, work: Callable[[float], float]) -> None:
    @function(name, least=1, most=1)
    def apply(evaluator: Evaluator, arguments: Arguments) -> Value:
        return tidy_number(work(number(evaluator.scalar(arguments[0]))))


for _name, _work in (("ABS", abs), ("INT", math.floor), ("SQRT", math.sqrt), ("EXP", math.exp), ("LN", math.log)):
    _one(_name, _work)


def _mean(found: list[float], name: str) -> Value:
    if not found:
        raise FormulaError("#DIV/0!", f"Evaluation of function {name} caused a divide by zero error.")
    return tidy_number(math.fsum(found) / len(found))


def _round(evaluator: Evaluator, arguments: Arguments, rounding: str) -> Value:
    value = number(evaluator.scalar(arguments[0]))
    places = int(number(evaluator.scalar(arguments[1]))) if len(arguments) > 1 else 0
    return tidy_number(float(Decimal(repr(float(value))).quantize(Decimal(1).scaleb(-places), rounding)))


def _matching(evaluator: Evaluator, pairs: Arguments) -> list[int]:
    """Positions at which every range matches its criterion; arguments are range, criterion, range, criterion ..."""
    if len(pairs) % 2:
        raise FormulaError("#N/A", "Ranges and criteria must come in pairs.")
    kept: list[int] | None = None
    size = 0
    for position in range(0, len(pairs), 2):
        values = evaluator.values(pairs[position])
        wanted = evaluator.scalar(pairs[position + 1])
        fits = criterion("" if wanted is None else wanted)
        if kept is None:
            kept, size = list(range(len(values))), len(values)
        elif len(values) != size:
            raise FormulaError("#VALUE!", "Array arguments to COUNTIFS are of different size.")
        kept = [index for index in kept if fits(values[index])]
    return kept or []


def chosen(evaluator: Evaluator, node: Node | None, pairs: Arguments) -> list[float]:
    """The numbers of a range at the places where every other range matches its criterion."""
    values = evaluator.values(node)
    found = [values[index] for index in _matching(evaluator, pairs) if index < len(values)]
    for value in found:
        if isinstance(value, CellError):
            raise FormulaError(value.text, value.message)
    return [value for value in found if isinstance(value, int | float) and not isinstance(value, bool)]
