"""A document as Google counts it: every segment is a row of UTF-16 code units.

The Docs API addresses text by index, and the index counts more than letters: a table, each of its rows and each of
its cells begin with one unit of their own, the table ends with one, a chip is one, a section break is one. Here a
segment simply *is* that row of units, so an index is a position in a list and no arithmetic can be wrong.

Characters that insertText strips from people's text (control characters and U+E907) serve as the marks, as they
are the ones that can never be text.

Rules: the structure section of Google's Docs guide; table arithmetic checked against recorded documents.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

Json = dict[str, Any]

NEWLINE = "\n"
SECTION = "\x0e"
TABLE = "\x10"
TABLE_END = "\x11"
ROW = "\x12"
CELL = "\x1c"
CHIP = "\ue907"
STRUCTURE = frozenset({SECTION, TABLE, TABLE_END, ROW, CELL})
PARAGRAPH_BOUNDS = STRUCTURE | {NEWLINE}
CELL_ENDERS = frozenset({CELL, ROW, TABLE_END})

BODY = ""
PLAIN: Json = {}
NORMAL_PARAGRAPH: Json = {"style": {"namedStyleType": "NORMAL_TEXT", "direction": "LEFT_TO_RIGHT"}}


@dataclass(frozen=True, slots=True)
class Unit:
    """One position of a segment.

    `mark` is a UTF-16 code unit or one of the marks above; `style` its text style; `about` what else is known: the
    paragraph of a newline, the chip, the style of a cell, a row, a table or a section. `inserted` and `deleted` name
    the suggestions that would add or remove it. Never changed in place.
    """

    mark: str
    style: Mapping[str, Any]
    about: Mapping[str, Any] | None = None
    inserted: tuple[str, ...] = ()
    deleted: tuple[str, ...] = ()

    @property
    def is_inline(self) -> bool:
        return self.mark not in PARAGRAPH_BOUNDS

    def with_style(self, style: Mapping[str, Any]) -> Unit:
        return replace(self, style=style)

    def with_about(self, about: Mapping[str, Any] | None) -> Unit:
        return replace(self, about=about)


def utf16_units(text: str) -> list[str]:
    """Split text into UTF-16 code units; a character beyond the basic plane becomes two surrogates."""
    if text.isascii():
        return list(text)
    raw = text.encode("utf-16-le", "surrogatepass")
    return [chr(raw[i] | raw[i + 1] << 8) for i in range(0, len(raw), 2)]


def utf16_text(units: Iterable[str]) -> str:
    """Join UTF-16 code units back into text; a lone half of a pair becomes U+FFFD."""
    joined = "".join(units)
    if joined.isascii():
        return joined
    return joined.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def is_high_surrogate(mark: str) -> bool:
    return "\ud800" <= mark <= "\udbff"


def is_low_surrogate(mark: str) -> bool:
    return "\udc00" <= mark <= "\udfff"


def newline(about: Mapping[str, Any] = NORMAL_PARAGRAPH, style: Mapping[str, Any] = PLAIN) -> Unit:
    return Unit(NEWLINE, style, about)


@dataclass(frozen=True, slots=True)
class CellSpan:
    """Where a cell lies: `start` is its own unit, its content runs from `start + 1` to `end`."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class RowSpan:
    start: int
    end: int
    cells: tuple[CellSpan, ...]


@dataclass(frozen=True, slots=True)
class TableSpan:
    start: int
    end: int
    rows: tuple[RowSpan, ...]

    @property
    def columns(self) -> int:
        return max(len(row.cells) for row in self.rows)


@dataclass
class Segment:
    """A body, header, footer or footnote: units that always end in a newline."""

    units: list[Unit]
    kind: str = "body"

    def __len__(self) -> int:
        return len(self.units)

    def copy(self) -> Segment:
        return Segment(list(self.units), self.kind)

    def paragraph(self, index: int) -> tuple[int, int]:
        """The paragraph that holds `index`: its start and its end, the newline included."""
        units, start, end = self.units, index, index
        while start > 0 and units[start - 1].mark not in PARAGRAPH_BOUNDS:
            start -= 1
        while units[end].mark != NEWLINE:
            end += 1
        return start, end + 1

    def paragraphs(self, start: int, end: int) -> list[tuple[int, int]]:
        """Every paragraph that has a unit in [start, end), in order."""
        found = []
        at = start
        while at < min(end, len(self.units)):
            if self.units[at].mark in STRUCTURE:
                at += 1
                continue
            found.append(self.paragraph(at))
            at = found[-1][1]
        return found

    def table(self, start: int) -> TableSpan:
        """The table whose own unit is at `start`."""
        rows = []
        at = start + 1
        while self.units[at].mark == ROW:
            row_start, at, cells = at, at + 1, []
            while self.units[at].mark == CELL:
                cell_start, at = at, self._cell_end(at + 1)
                cells.append(CellSpan(cell_start, at))
            rows.append(RowSpan(row_start, at, tuple(cells)))
        return TableSpan(start, at + 1, tuple(rows))

    def _cell_end(self, at: int) -> int:
        depth = 0
        while depth or self.units[at].mark not in CELL_ENDERS:
            depth += {TABLE: 1, TABLE_END: -1}.get(self.units[at].mark, 0)
            at += 1
        return at

    def table_depth(self, index: int) -> int:
        """In how many tables `index` lies."""
        marks = [unit.mark for unit in self.units[:index]]
        return marks.count(TABLE) - marks.count(TABLE_END)


@dataclass(frozen=True, slots=True)
class Stretch:
    """A piece of a segment that a named range or a comment covers."""

    segment_id: str
    start: int
    end: int

    def after_splice(self, segment_id: str, start: int, end: int, size: int) -> Stretch | None:
        """Where this piece is once [start, end) of a segment was replaced by `size` units; None if it is gone."""
        if segment_id != self.segment_id:
            return self
        if start < end and size and self.start <= start and end <= self.end:
            # Text exchanged within the piece: what came in belongs to it, as what went out did.
            return Stretch(segment_id, self.start, self.end + size - (end - start))
        cut_start = self.start if self.start <= start else max(start, self.start - (end - start))
        cut_end = self.end if self.end <= start else max(start, self.end - (end - start))
        if cut_start == cut_end:
            return None
        grown = cut_start + (size if start <= cut_start else 0), cut_end + (size if start < cut_end else 0)
        return Stretch(segment_id, *grown)


@dataclass(frozen=True)
class NamedRange:
    range_id: str
    name: str
    stretches: tuple[Stretch, ...]


@dataclass
class Tab:
    """One tab: its segments and everything Google numbers per tab."""

    tab_id: str
    title: str
    parent_id: str = ""
    icon: str = ""
    segments: dict[str, Segment] = field(default_factory=dict)
    lists: Json = field(default_factory=dict)
    named_ranges: list[NamedRange] = field(default_factory=list)
    anchors: list[NamedRange] = field(default_factory=list)
    dropdowns: Json = field(default_factory=dict)
    inline_objects: Json = field(default_factory=dict)
    document_style: Json = field(default_factory=dict)
    named_styles: Json = field(default_factory=dict)

    @property
    def body(self) -> Segment:
        return self.segments[BODY]

    def copy(self) -> Tab:
        return replace(
            self,
            segments={key: segment.copy() for key, segment in self.segments.items()},
            lists=dict(self.lists),
            named_ranges=list(self.named_ranges),
            anchors=list(self.anchors),
            dropdowns=dict(self.dropdowns),
            inline_objects=dict(self.inline_objects),
        )

    def splice(self, segment_id: str, start: int, end: int, new: list[Unit]) -> None:
        """Replace units [start, end) of a segment and move every named range accordingly: the only way text moves."""
        self.segments[segment_id].units[start:end] = new
        self.named_ranges = _moved(self.named_ranges, segment_id, start, end, len(new))
        self.anchors = _moved(self.anchors, segment_id, start, end, len(new))

    def repaint(self, segment_id: str, index: int, unit: Unit) -> None:
        """Put another unit in the place of one: nothing moves."""
        self.segments[segment_id].units[index] = unit


def _moved(ranges: list[NamedRange], segment_id: str, start: int, end: int, size: int) -> list[NamedRange]:
    kept = []
    for named in ranges:
        moved = (piece.after_splice(segment_id, start, end, size) for piece in named.stretches)
        stretches = tuple(piece for piece in moved if piece is not None)
        if stretches:
            kept.append(replace(named, stretches=stretches))
    return kept


@dataclass
class Document:
    """A document: tabs in reading order among their siblings, parents before children."""

    tabs: list[Tab]
    revision: int = 1

    def copy(self) -> Document:
        return Document([tab.copy() for tab in self.tabs], self.revision)

    def tab(self, tab_id: str) -> Tab | None:
        return next((tab for tab in self.tabs if tab.tab_id == tab_id), None)

    def children(self, parent_id: str) -> list[Tab]:
        return [tab for tab in self.tabs if tab.parent_id == parent_id]

    def in_order(self, parent_id: str = "") -> list[Tab]:
        """Every tab as a reader meets them: each before its children."""
        ordered = []
        for tab in self.children(parent_id):
            ordered += [tab, *self.in_order(tab.tab_id)]
        return ordered
