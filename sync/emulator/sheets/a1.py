"""A1 notation in every form the Sheets API reads, and the canonical form it writes.

Indices inside are zero-based and half-open, as in GridRange. Source of the forms: the Sheets API guide "Cell
references"; canonical output checked against recorded answers ("Sheet1!A1:Z1000", "'D3'!A1:D4").
"""

import re
from dataclasses import dataclass

from sync.emulator.sheets.refusals import unparsable

_END = re.compile(r"\$?([A-Za-z]{1,3})?\$?([0-9]{1,8})?$")
_R1C1 = re.compile(r"[Rr]([0-9]{1,8})[Cc]([0-9]{1,8})(?::[Rr]([0-9]{1,8})[Cc]([0-9]{1,8}))?$")
_PLAIN_TITLE = re.compile(r"[A-Za-z_][A-Za-z0-9_]*$")
_LOOKS_LIKE_CELL = re.compile(r"(?:[A-Za-z]{1,3}[0-9]+|[Rr][0-9]*[Cc][0-9]*|[A-Za-z]{1,3}|TRUE|FALSE)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Rect:
    """Rows top..bottom and columns left..right of one grid, half-open."""

    top: int
    left: int
    bottom: int
    right: int

    @property
    def height(self) -> int:
        return self.bottom - self.top

    @property
    def width(self) -> int:
        return self.right - self.left

    def contains(self, other: "Rect") -> bool:
        rows = self.top <= other.top and other.bottom <= self.bottom
        return rows and self.left <= other.left and other.right <= self.right

    def intersects(self, other: "Rect") -> bool:
        rows = self.top < other.bottom and other.top < self.bottom
        return rows and self.left < other.right and other.left < self.right

    def intersection(self, other: "Rect") -> "Rect":
        return Rect(
            max(self.top, other.top),
            max(self.left, other.left),
            min(self.bottom, other.bottom),
            min(self.right, other.right),
        )


@dataclass(frozen=True, slots=True)
class Area:
    """Like Rect, with None for a side that the notation leaves open."""

    top: int | None = None
    left: int | None = None
    bottom: int | None = None
    right: int | None = None

    @property
    def is_one_cell(self) -> bool:
        if None in (self.top, self.left, self.bottom, self.right):
            return False
        return self.bottom == (self.top or 0) + 1 and self.right == (self.left or 0) + 1

    def within(self, rows: int, columns: int) -> Rect:
        """The rectangle this area covers in a grid of that size; open sides reach the edge."""
        return Rect(
            self.top or 0,
            self.left or 0,
            rows if self.bottom is None else self.bottom,
            columns if self.right is None else self.right,
        )


@dataclass(frozen=True, slots=True)
class Reference:
    """What a range string says: a sheet, cells, a name, or a word that may be a sheet or a name."""

    sheet: str | None
    area: Area | None
    name: str | None = None


def column_index(letters: str) -> int:
    """A -> 0, Z -> 25, AA -> 26."""
    index = 0
    for letter in letters.upper():
        index = index * 26 + ord(letter) - 64
    return index - 1


def column_letters(index: int) -> str:
    """0 -> A, 26 -> AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def parse_area(text: str) -> Area | None:
    """The cells that text such as "B2", "A:C", "3:4", "A5:A" or "R1C1:R2C2" names, or None if it names none."""
    r1c1 = _R1C1.match(text)
    if r1c1:
        r1, c1, r2, c2 = (int(number or 0) for number in r1c1.groups())
        return _area(c1, r1, c2 or c1, r2 or r1) if r1 and c1 else None
    first, colon, second = text.partition(":")
    start = _endpoint(first)
    if start is None:
        return None
    if not colon:
        if None in start:
            return None
        return _area(*start, *start)
    end = _endpoint(second)
    return None if end is None else _area(*start, *end)


def parse(text: str) -> Reference:
    """Read a range string.

    Raises SheetRefusal with Google's "Unable to parse range" for anything that can be neither cells, sheet nor name.
    """
    sheet, rest = _split_sheet(text)
    if rest is None:
        return Reference(sheet, None)
    area = parse_area(rest)
    if area is not None:
        return Reference(sheet, area)
    if not rest:
        raise unparsable(text)
    return Reference(sheet, None, name=rest)


def quoted(title: str) -> str:
    """The sheet title as it stands before "!"; quoted unless it is a plain word that no cell could be taken for."""
    if _PLAIN_TITLE.match(title) and not _LOOKS_LIKE_CELL.match(title):
        return title
    return "'" + title.replace("'", "''") + "'"


def cell(row: int, column: int) -> str:
    return f"{column_letters(column)}{row + 1}"


def canonical(title: str, rect: Rect) -> str:
    """The form in which answers name a range: Sheet1!A1 for one cell, Sheet1!A1:B2 for more."""
    first = cell(rect.top, rect.left)
    last = cell(max(rect.bottom - 1, rect.top), max(rect.right - 1, rect.left))
    return f"{quoted(title)}!{first}" if first == last else f"{quoted(title)}!{first}:{last}"


def _split_sheet(text: str) -> tuple[str | None, str | None]:
    if text.startswith("'"):
        end = 1
        while True:
            end = text.find("'", end)
            if end < 0:
                raise unparsable(text)
            if text[end + 1 : end + 2] != "'":
                break
            end += 2
        title, rest = text[1:end].replace("''", "'"), text[end + 1 :]
        if not rest:
            return title, None
        if not rest.startswith("!"):
            raise unparsable(text)
        return title, rest[1:]
    title, mark, rest = text.rpartition("!")
    return (title, rest) if mark else (None, text)


def _endpoint(text: str) -> tuple[int | None, int | None] | None:
    match = _END.match(text)
    if not text or text.endswith("$") or not match:
        return None
    letters, digits = match.groups()
    if digits is not None and int(digits) == 0:
        return None
    return (None if letters is None else column_index(letters) + 1, None if digits is None else int(digits))


def _area(c1: int | None, r1: int | None, c2: int | None, r2: int | None) -> Area:
    """From one-based endpoints; two given ends may come in either order, a missing one leaves its side open."""
    top, bottom = _ordered(r1, r2)
    left, right = _ordered(c1, c2)
    return Area(top, left, bottom, right)


def _ordered(first: int | None, second: int | None) -> tuple[int | None, int | None]:
    if first is not None and second is not None:
        return min(first, second) - 1, max(first, second)
    if first is None and second is None:
        return None, None
    if first is None:
        return 0, second
    return first - 1, None
