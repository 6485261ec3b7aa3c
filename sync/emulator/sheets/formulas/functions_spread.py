"""Ranks, spread and kinds of numbers."""

import math
import statistics
from collections.abc import Callable

from sync.emulator.sheets.entered import tidy_number
from sync.emulator.sheets.formulas.asking import Evaluator
from sync.emulator.sheets.formulas.coerce import FormulaError, number
from sync.emulator.sheets.formulas.functions_math import chosen, numbers
from sync.emulator.sheets.formulas.library import Arguments, function
from sync.emulator.sheets.results import Value


@function("LARGE", least=2, most=2)
def large(evaluator: Evaluator, arguments: Arguments) -> Value:
    return _ranked(evaluator, arguments, "LARGE", reverse=True)


@function("SMALL", least=2, most=2)
def small(evaluator: Evaluator, arguments: Arguments) -> Value:
    return _ranked(evaluator, arguments, "SMALL", reverse=False)


def _ranked(evaluator: Evaluator, arguments: Arguments, name: str, *, reverse: bool) -> Value:
    found, place = sorted(numbers(evaluator, arguments[:1]), reverse=reverse), number(evaluator.scalar(arguments[1]))
    if not 1 <= place <= len(found):
        raise FormulaError("#NUM!", f"Function {name} parameter 2 value {place:g} is out of range.")
    return found[int(place) - 1]


@function("RANK", least=2, most=3)
def rank(evaluator: Evaluator, arguments: Arguments) -> Value:
    value, found = number(evaluator.scalar(arguments[0])), numbers(evaluator, arguments[1:2])
    ascending = len(arguments) == 3 and number(evaluator.scalar(arguments[2])) != 0
    if value not in found:
        raise FormulaError("#N/A", f"Did not find value '{value:g}' in RANK evaluation.")
    return 1 + sum(one < value if ascending else one > value for one in found)


@function("MODE", least=1)
def mode(evaluator: Evaluator, arguments: Arguments) -> Value:
    found = numbers(evaluator, arguments)
    if len(set(found)) == len(found):
        raise FormulaError("#N/A", "MODE cannot find a value that comes more than once.")
    return statistics.mode(found)


@function("MAXIFS", least=3)
def max_ifs(evaluator: Evaluator, arguments: Arguments) -> Value:
    return max(chosen(evaluator, arguments[0], arguments[1:]), default=0)


@function("MINIFS", least=3)
def min_ifs(evaluator: Evaluator, arguments: Arguments) -> Value:
    return min(chosen(evaluator, arguments[0], arguments[1:]), default=0)


@function("PI", most=0)
def pi(evaluator: Evaluator, arguments: Arguments) -> Value:
    return math.pi


@function("LOG", least=1, most=2)
def log(evaluator: Evaluator, arguments: Arguments) -> Value:
    value, *base = (number(evaluator.scalar(node)) for node in arguments)
    return tidy_number(math.log(value, base[0]) if base else math.log10(value))


@function("ISEVEN", least=1, most=1)
def is_even(evaluator: Evaluator, arguments: Arguments) -> Value:
    return math.trunc(number(evaluator.scalar(arguments[0]))) % 2 == 0


@function("ISODD", least=1, most=1)
def is_odd(evaluator: Evaluator, arguments: Arguments) -> Value:
    return not is_even(evaluator, arguments)


def _to_multiple(name: str, towards: Callable[[float], float]) -> None:
    @function(name, least=1, most=2)
    def apply(evaluator: Evaluator, arguments: Arguments) -> Value:
        value, *step = (number(evaluator.scalar(node)) for node in arguments)
        factor = step[0] if step else 1
        return tidy_number(towards(value / factor) * factor) if factor else 0


def _spread(names: tuple[str, ...], work: Callable[[list[float]], float], least: int) -> None:
    @function(*names, least=1)
    def apply(evaluator: Evaluator, arguments: Arguments) -> Value:
        found = numbers(evaluator, arguments)
        if len(found) < least:
            raise FormulaError("#DIV/0!", f"Evaluation of function {names[0]} caused a divide by zero error.")
        return tidy_number(work(found))


_to_multiple("CEILING", math.ceil)
_to_multiple("FLOOR", math.floor)
_spread(("STDEV", "STDEV.S"), statistics.stdev, 2)
_spread(("STDEVP", "STDEV.P"), statistics.pstdev, 1)
_spread(("VAR", "VAR.S"), statistics.variance, 2)
_spread(("VARP", "VAR.P"), statistics.pvariance, 1)
