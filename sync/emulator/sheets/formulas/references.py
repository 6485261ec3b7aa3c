"""References inside formulas: kept right when rows and columns move, and translated when a formula is copied."""

import re
from functools import lru_cache

from openpyxl.formula.tokenizer import Token, Tokenizer, TokenizerError
from openpyxl.formula.translate import Translator, TranslatorError

from sync.emulator.sheets import a1
from sync.emulator.sheets.book import Book, Sheet
from sync.emulator.sheets.moving import Shift

_PART = re.compile(r"(\$?)([A-Za-z]{1,3})?(\$?)([0-9]+)?$")


@lru_cache(maxsize=4096)
def tokens(text: str) -> tuple[Token, ...] | None:
    """The tokens of a formula ("=..."), None for one that cannot be read."""
    try:
        return tuple(Tokenizer(text).items)
    except TokenizerError:
        return None


def translated(text: str, rows: int, columns: int) -> str:
    """A formula copied that many rows down and columns right: relative references follow, $ ones stay."""
    # The translator wants a place to start from; any will do, far enough from the edges not to matter.
    origin, target = a1.cell(5000, 5000), a1.cell(5000 + rows, 5000 + columns)
    try:
        return str(Translator(text, origin=origin).translate_formula(target))
    except (TranslatorError, TokenizerError):
        return text


def shift_formulas(book: Book, sheet: Sheet, dimension: str, shift: Shift) -> None:
    """Rewrite every formula of the book that refers to the sheet, after its lines were moved by `shift`."""
    for other in book.sheets:
        for row_id, column_id in other.grid.formula_cells():
            cell = other.grid.by_id(row_id, column_id)
            if not isinstance(cell, dict) or "=" not in cell:
                continue
            changed = shifted_formula(cell["="], other.title, sheet.title, dimension, shift)
            if changed != cell["="]:
                other.grid.set_by_id(row_id, column_id, {**cell, "=": changed})


def shifted_formula(text: str, own_title: str, title: str, dimension: str, shift: Shift) -> str:
    """The formula of a cell on sheet `own_title` once lines of sheet `title` moved; what is gone becomes #REF!."""
    found = tokens(text)
    if found is None:
        return text
    pieces = ["="]
    for token in found:
        if token.type == Token.OPERAND and token.subtype == Token.RANGE:
            pieces.append(_shifted_reference(token.value, own_title, title, dimension, shift))
        else:
            pieces.append(token.value)
    return "".join(pieces)


def _shifted_reference(reference: str, own_title: str, title: str, dimension: str, shift: Shift) -> str:
    sheet_part, mark, cells = reference.rpartition("!")
    named = sheet_part[1:-1].replace("''", "'") if sheet_part.startswith("'") else sheet_part
    if (named or own_title).lower() != title.lower():
        return reference
    first, colon, second = cells.partition(":")
    ends = [_PART.match(first), _PART.match(second) if colon else _PART.match(first)]
    if ends[0] is None or ends[1] is None or not first:
        return reference
    group = 2 if dimension == "COLUMNS" else 4
    low, high = (_index(end.group(group), dimension) for end in ends if end)
    if low is None:
        return reference
    span = shift((low, None if high is None else high + 1))
    if span is None:
        return f"{sheet_part}{mark}#REF!"
    new_first = _with_index(first, dimension, span[0])
    if not colon:
        return f"{sheet_part}{mark}{new_first}"
    new_second = second if span[1] is None else _with_index(second, dimension, span[1] - 1)
    return f"{sheet_part}{mark}{new_first}:{new_second}"


def _index(part: str | None, dimension: str) -> int | None:
    if part is None:
        return None
    return a1.column_index(part) if dimension == "COLUMNS" else int(part) - 1


def _with_index(text: str, dimension: str, index: int) -> str:
    match = _PART.match(text)
    assert match
    column_mark, letters, row_mark, digits = match.groups()
    if dimension == "COLUMNS":
        letters = a1.column_letters(index)
    elif digits is not None:
        digits = str(index + 1)
    return f"{column_mark}{letters or ''}{row_mark}{digits or ''}"
