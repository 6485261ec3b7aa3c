"""Functions about text."""

import re

from sync.emulator.sheets.formulas.asking import Evaluator
from sync.emulator.sheets.formulas.coerce import FormulaError, number, numeric_text, text, truth
from sync.emulator.sheets.formulas.library import Arguments, function
from sync.emulator.sheets.numberformat import format_number
from sync.emulator.sheets.results import Value

_LONGEST = 50_000  # characters of a cell (Drive help, "Files you can store")


def _texts(evaluator: Evaluator, arguments: Arguments) -> list[str]:
    return [text(evaluator.scalar(node)) for node in arguments]


@function("CONCATENATE", "CONCAT", least=1)
def concatenate(evaluator: Evaluator, arguments: Arguments) -> Value:
    return "".join(text(value) for node in arguments for value in evaluator.values(node))


@function("JOIN", least=2)
def join(evaluator: Evaluator, arguments: Arguments) -> Value:
    mark = text(evaluator.scalar(arguments[0]))
    return mark.join(text(value) for node in arguments[1:] for value in evaluator.values(node))


@function("TEXTJOIN", least=3)
def text_join(evaluator: Evaluator, arguments: Arguments) -> Value:
    mark, skip = text(evaluator.scalar(arguments[0])), truth(evaluator.scalar(arguments[1]))
    parts = [text(value) for node in arguments[2:] for value in evaluator.values(node)]
    return mark.join(part for part in parts if part or not skip)


@function("LEN", least=1, most=1)
def length(evaluator: Evaluator, arguments: Arguments) -> Value:
    return len(_texts(evaluator, arguments)[0])


@function("UPPER", least=1, most=1)
def upper(evaluator: Evaluator, arguments: Arguments) -> Value:
    return _texts(evaluator, arguments)[0].upper()


@function("LOWER", least=1, most=1)
def lower(evaluator: Evaluator, arguments: Arguments) -> Value:
    return _texts(evaluator, arguments)[0].lower()


@function("PROPER", least=1, most=1)
def proper(evaluator: Evaluator, arguments: Arguments) -> Value:
    return _texts(evaluator, arguments)[0].title()


@function("TRIM", least=1, most=1)
def trim(evaluator: Evaluator, arguments: Arguments) -> Value:
    return " ".join(_texts(evaluator, arguments)[0].split())


@function("LEFT", least=1, most=2)
def left(evaluator: Evaluator, arguments: Arguments) -> Value:
    return text(evaluator.scalar(arguments[0]))[: _size(evaluator, arguments)]


@function("RIGHT", least=1, most=2)
def right(evaluator: Evaluator, arguments: Arguments) -> Value:
    size = _size(evaluator, arguments)
    return text(evaluator.scalar(arguments[0]))[-size:] if size else ""


@function("MID", least=3, most=3)
def middle(evaluator: Evaluator, arguments: Arguments) -> Value:
    start = int(number(evaluator.scalar(arguments[1]))) - 1
    size = int(number(evaluator.scalar(arguments[2])))
    if start < 0 or size < 0:
        raise FormulaError("#NUM!", "Function MID parameters must not be negative.")
    return text(evaluator.scalar(arguments[0]))[start : start + size]


@function("SUBSTITUTE", least=3, most=4)
def substitute(evaluator: Evaluator, arguments: Arguments) -> Value:
    whole, old, new = _texts(evaluator, arguments[:3])
    if not old:
        return whole
    if len(arguments) == 3:
        return whole.replace(old, new)
    parts, which = whole.split(old), int(number(evaluator.scalar(arguments[3])))
    if not 1 <= which < len(parts):
        return whole
    return old.join(parts[:which]) + new + old.join(parts[which:])


@function("FIND", least=2, most=3)
def find(evaluator: Evaluator, arguments: Arguments) -> Value:
    return _position(evaluator, arguments, "FIND", fold=False)


@function("SEARCH", least=2, most=3)
def search(evaluator: Evaluator, arguments: Arguments) -> Value:
    return _position(evaluator, arguments, "SEARCH", fold=True)


@function("TEXT", least=2, most=2)
def as_text(evaluator: Evaluator, arguments: Arguments) -> Value:
    value, pattern = evaluator.scalar(arguments[0]), text(evaluator.scalar(arguments[1]))
    if isinstance(value, str) and numeric_text(value) is None:
        return value
    dates = any(letter in pattern.lower() for letter in "ymdhs") and not any(mark in pattern for mark in "#0")
    return format_number(number(value), {"type": "DATE_TIME" if dates else "NUMBER", "pattern": pattern})


@function("VALUE", least=1, most=1)
def as_number(evaluator: Evaluator, arguments: Arguments) -> Value:
    return number(evaluator.scalar(arguments[0]))


@function("HYPERLINK", least=1, most=2)
def hyperlink(evaluator: Evaluator, arguments: Arguments) -> Value:
    return text(evaluator.scalar(arguments[-1]))


def _size(evaluator: Evaluator, arguments: Arguments) -> int:
    size = int(number(evaluator.scalar(arguments[1]))) if len(arguments) == 2 else 1
    if size < 0:
        raise FormulaError("#VALUE!", "The number of characters must not be negative.")
    return size


def _position(evaluator: Evaluator, arguments: Arguments, name: str, *, fold: bool) -> Value:
    wanted, whole = _texts(evaluator, arguments[:2])
    start = int(number(evaluator.scalar(arguments[2]))) - 1 if len(arguments) == 3 else 0
    at = whole.lower().find(wanted.lower(), start) if fold else whole.find(wanted, start)
    if at < 0:
        raise FormulaError("#VALUE!", f"In {name} evaluation, cannot find '{wanted}' within '{whole}'.")
    return at + 1


@function("EXACT", least=2, most=2)
def exact(evaluator: Evaluator, arguments: Arguments) -> Value:
    one, other = _texts(evaluator, arguments)
    return one == other


@function("REPT", least=2, most=2)
def repeated(evaluator: Evaluator, arguments: Arguments) -> Value:
    words, times = text(evaluator.scalar(arguments[0])), number(evaluator.scalar(arguments[1]))
    if not 0 <= times * len(words) <= _LONGEST:
        raise FormulaError("#VALUE!", f"Function REPT comes to more than {_LONGEST} characters, or to fewer than none.")
    return words * int(times)


@function("CHAR", "UNICHAR", least=1, most=1)
def character(evaluator: Evaluator, arguments: Arguments) -> Value:
    code = int(number(evaluator.scalar(arguments[0])))
    if not 1 <= code <= 0x10FFFF or 0xD800 <= code <= 0xDFFF:
        raise FormulaError("#NUM!", f"Function CHAR parameter 1 value {code} is out of range.")
    return chr(code)


@function("CODE", "UNICODE", least=1, most=1)
def code_of(evaluator: Evaluator, arguments: Arguments) -> Value:
    words = _texts(evaluator, arguments)[0]
    if not words:
        raise FormulaError("#VALUE!", "Function CODE parameter 1 value should be non-empty.")
    return ord(words[0])


@function("REGEXMATCH", least=2, most=2)
def regex_match(evaluator: Evaluator, arguments: Arguments) -> Value:
    words, pattern = _texts(evaluator, arguments)
    return _pattern(pattern, "REGEXMATCH").search(words) is not None


@function("REGEXEXTRACT", least=2, most=2)
def regex_extract(evaluator: Evaluator, arguments: Arguments) -> Value:
    words, pattern = _texts(evaluator, arguments)
    found = _pattern(pattern, "REGEXEXTRACT").search(words)
    if found is None:
        message = f'Function REGEXEXTRACT parameter 2 value "{pattern}" does not match text of parameter 1.'
        raise FormulaError("#N/A", message)
    return found[1] if found.re.groups else found[0]


@function("REGEXREPLACE", least=3, most=3)
def regex_replace(evaluator: Evaluator, arguments: Arguments) -> Value:
    words, pattern, instead = _texts(evaluator, arguments)
    try:
        return _pattern(pattern, "REGEXREPLACE").sub(re.sub(r"\$(\d)", r"\\\1", instead), words)
    except (re.error, IndexError):
        raise FormulaError("#REF!", "Function REGEXREPLACE parameter 3 names a group that is not there.") from None


def _pattern(text_: str, name: str) -> re.Pattern[str]:
    try:
        return re.compile(text_)
    except re.error:
        raise FormulaError(
            "#REF!", f'Function {name} parameter 2 value "{text_}" is not a valid regular expression.'
        ) from None
