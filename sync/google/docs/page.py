"""A page of a Google Doc written forward from one index, as requests of one atomic batchUpdate. No I/O.

Indexes are UTF-16 code units; those of a fresh table are computed (Docs "Structure": the text of cell r, c of a table
at T is at T + 3 + r * (2 * columns + 1) + 2 * c). Chips go in last and from the end backwards, so that nothing here
depends on how long Google takes a chip to be.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

Request = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Text:
    text: str
    bold: bool = False
    italic: bool = False
    link: str = ""
    tab_link: str = ""


@dataclass(frozen=True, slots=True)
class Person:
    email: str


@dataclass(frozen=True, slots=True)
class Day:
    """A date chip."""

    when: datetime
    zone: str


@dataclass(frozen=True, slots=True)
class Dropdown:
    definition: str
    """one of the page's own dropdown definitions"""
    option: str = ""
    """the option that is chosen already; empty = the first, which says nothing"""


Chip = Person | Day | Dropdown
Piece = Text | Chip


@dataclass(frozen=True, slots=True)
class Mark:
    """What lies between two marks' ends is given a name by which it is found again."""

    name: str
    pieces: tuple[Piece, ...]


Line = Sequence[Piece | Mark]


def units(text: str) -> int:
    """Length as Docs counts it."""
    return len(text.encode("utf-16-le")) // 2


@dataclass
class Page:
    """Requests that write into one tab, from `at` on; `at` must be the start of a paragraph."""

    tab: str
    at: int = 1
    requests: list[Request] = field(default_factory=list)
    _chips: list[tuple[int, Request]] = field(default_factory=list)
    _after_paragraph: bool = False
    _newline_there: bool = False
    """a table took the newline of the paragraph before it along; the next paragraph ends in that one"""

    def paragraph(self, line: Line, style: str = "NORMAL_TEXT", mark: str = "") -> tuple[int, int]:
        """One paragraph; `mark` names its whole text. Returns where it starts and ends, its newline included."""
        start = self.at
        end = start + units(_plain(line)) + 1
        self._insert(start, _plain(line) + ("" if self._newline_there else "\n"))
        self._newline_there = False
        self.requests.append(
            _request(
                "updateParagraphStyle",
                range=self._range(start, end),
                paragraphStyle={"namedStyleType": style},
                fields="namedStyleType",
            )
        )
        self._dress(start, line)
        if mark and end - start > 1:
            self.name(mark, start, end - 1)
        self.at = end
        self._after_paragraph = True
        return start, end

    def items(self, lines: Sequence[Line], *, numbered: bool = False) -> None:
        """A list of one level."""
        ends = [self.paragraph(line) for line in lines]
        preset = "NUMBERED_DECIMAL_ALPHA_ROMAN" if numbered else "BULLET_DISC_CIRCLE_SQUARE"
        if ends:
            self.requests.append(
                _request("createParagraphBullets", range=self._range(ends[0][0], ends[-1][1]), bulletPreset=preset)
            )

    def table(self, rows: Sequence[Sequence[Line]]) -> None:
        """A table with a bold first row. Stands right below the paragraph before it, without an empty line between:

        insertTable puts a newline before the table, so it goes in front of that paragraph's own newline.
        """
        columns = len(rows[0])
        location = self.at - 1 if self._after_paragraph else self.at
        self.requests.append(
            _request("insertTable", rows=len(rows), columns=columns, location=self._location(location))
        )
        start = location + 1
        starts = [[start + 3 + r * (2 * columns + 1) + 2 * c for c in range(columns)] for r in range(len(rows))]
        cells = [(starts[r][c], line, r) for r, row in enumerate(rows) for c, line in enumerate(row)]
        for at, line, _ in reversed(cells):
            self._insert(at, _plain(line))
        shift = 0
        for at, line, row in cells:
            self._dress(at + shift, line, bold=row == 0)
            shift += units(_plain(line))
        self.at = start + 2 + len(rows) * (2 * columns + 1) + shift
        self._newline_there = self._after_paragraph
        self._after_paragraph = False

    def cells(self, row_start: int, lines: Sequence[Line]) -> int:
        """Fill the empty cells of a fresh row of a table; returns how much longer its text makes it."""
        cells = [(row_start + 2 + 2 * c, line) for c, line in enumerate(lines)]
        for at, line in reversed(cells):
            self._insert(at, _plain(line))
        shift = 0
        for at, line in cells:
            self._dress(at + shift, line)
            shift += units(_plain(line))
        return shift

    def words(self, line: Line) -> None:
        """Text within a paragraph that is there already."""
        self._insert(self.at, _plain(line))
        self._dress(self.at, line)
        self.at += units(_plain(line))

    def name(self, mark: str, start: int, end: int) -> None:
        self.requests.append(_request("createNamedRange", name=mark, range=self._range(start, end)))

    def define(self, definition: str, title: str, options: Sequence[tuple[str, str]]) -> None:
        """A dropdown with our own option ids, so that reading it back does not depend on language."""
        self.requests.append(
            _request(
                "createDropdownDefinition",
                tabId=self.tab,
                dropdownDefinition={
                    "dropdownDefinitionId": definition,
                    "dropdownDefinitionProperties": {
                        "title": title,
                        "options": [{"optionId": option, "displayValue": shown} for option, shown in options],
                    },
                },
            )
        )

    def finished(self) -> list[Request]:
        """All requests, the chips last; of two at the same index the later one first."""
        chips = sorted(reversed(self._chips), key=lambda chip: -chip[0])
        return [*self.requests, *(request for _, request in chips)]

    # --- one line ---

    def _insert(self, at: int, text: str) -> None:
        if text:
            self.requests.append(_request("insertText", location=self._location(at), text=text))

    def _dress(self, at: int, line: Line, *, bold: bool = False) -> None:
        """Styles, marks and chips of a line whose text stands at `at`."""
        length = units(_plain(line))
        if length:
            self._style(at, at + length, {"bold": True} if bold else {}, "bold,italic,link")
        for piece in line:
            if isinstance(piece, Mark):
                end = at + units(_plain(piece.pieces))
                self.name(piece.name, at, end)
                at = self._pieces(at, piece.pieces)
            else:
                at = self._pieces(at, (piece,))

    def _pieces(self, at: int, pieces: Sequence[Piece]) -> int:
        for piece in pieces:
            if isinstance(piece, Text):
                self._look(at, piece)
                at += units(_clean(piece.text))
            else:
                self._chips.append((at, self._chip(at, piece)))
        return at

    def _look(self, at: int, piece: Text) -> None:
        end = at + units(_clean(piece.text))
        look: dict[str, Any] = {}
        if piece.bold:
            look["bold"] = True
        if piece.italic:
            look["italic"] = True
        if piece.link or piece.tab_link:
            look["link"] = {"url": piece.link} if piece.link else {"tabId": piece.tab_link}
        if look and end > at:
            self._style(at, end, look, ",".join(look))

    def _style(self, start: int, end: int, style: dict[str, Any], fields: str) -> None:
        self.requests.append(_request("updateTextStyle", range=self._range(start, end), textStyle=style, fields=fields))

    def _chip(self, at: int, chip: Chip) -> Request:
        location = self._location(at)
        match chip:
            case Person(email):
                return _request("insertPerson", personProperties={"email": email}, location=location)
            case Day(when, zone):
                shown = {
                    "timestamp": when.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
                    "timeZoneId": zone,
                    "dateFormat": "DATE_FORMAT_MONTH_DAY_YEAR_ABBREVIATED",
                }
                return _request("insertDate", dateElementProperties=shown, location=location)
            case Dropdown(definition, option):
                chosen = {"selectedOptionId": option} if option else {}
                return _request("insertDropdown", dropdownDefinitionId=definition, location=location, **chosen)

    def _location(self, index: int) -> dict[str, Any]:
        return {"index": index, "tabId": self.tab}

    def _range(self, start: int, end: int) -> dict[str, Any]:
        return {"startIndex": start, "endIndex": end, "tabId": self.tab}


def _plain(line: Line) -> str:
    return "".join(
        _plain(piece.pieces) if isinstance(piece, Mark) else _clean(piece.text) if isinstance(piece, Text) else ""
        for piece in line
    )


def _clean(text: str) -> str:
    """One line, without the characters that insertText takes out (they would shift every index behind them)."""
    kept = (c for c in " ".join(text.split()) if c >= " " and not "\ud800" <= c <= "\uf8ff")
    edges = (" " if text[:1].isspace() else "", " " if text[-1:].isspace() and text.strip() else "")
    return edges[0] + "".join(kept) + edges[1]


def _request(kind: str, **body: Any) -> Request:
    return {kind: body}
