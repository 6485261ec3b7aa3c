"""A tab of a Doc as lines and tables, with the chips that matter: people, dates, our dropdowns. No I/O."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

Json = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Chosen:
    """A dropdown: its definition and the option that is chosen, by our own ids."""

    definition: str
    option: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    start: int
    end: int
    style: str
    runs: tuple[tuple[int, str], ...]
    """(where it starts, text)"""
    people: tuple[str, ...] = ()
    dates: tuple[date, ...] = ()
    dropdowns: tuple[Chosen, ...] = ()

    @property
    def text(self) -> str:
        return "".join(text for _, text in self.runs).strip()

    @property
    def is_heading(self) -> bool:
        return self.style.startswith(("HEADING_", "TITLE"))

    def text_after(self, index: int) -> str:
        """What stands behind an index (UTF-16 code units)."""
        return "".join(_cut(start, text, index) for start, text in self.runs).strip()


@dataclass(frozen=True, slots=True)
class Grid:
    start: int
    end: int
    rows: tuple[tuple[tuple[Paragraph, ...], ...], ...]
    """rows of cells of paragraphs"""


Block = Paragraph | Grid


def blocks(content: Sequence[Json], zone: ZoneInfo) -> list[Block]:
    """The content of a tab's body, in order; dates are those of the school's zone."""
    return list(_blocks(content, zone))


def paragraphs(found: Sequence[Block]) -> Iterator[Paragraph]:
    """Every paragraph, those in tables too."""
    for block in found:
        if isinstance(block, Paragraph):
            yield block
        else:
            for row in block.rows:
                for cell in row:
                    yield from cell


def _blocks(content: Sequence[Json], zone: ZoneInfo) -> Iterator[Block]:
    for element in content:
        start, end = int(element.get("startIndex", 0)), int(element.get("endIndex", 0))
        if "paragraph" in element:
            yield _paragraph(element["paragraph"], start, end, zone)
        elif "table" in element:
            rows = element["table"].get("tableRows", ())
            cells = tuple(tuple(_cell(cell, zone) for cell in row.get("tableCells", ())) for row in rows)
            yield Grid(start, end, cells)


def _cell(cell: Json, zone: ZoneInfo) -> tuple[Paragraph, ...]:
    return tuple(paragraphs(list(_blocks(cell.get("content", ()), zone))))


def _paragraph(paragraph: Json, start: int, end: int, zone: ZoneInfo) -> Paragraph:
    elements = paragraph.get("elements", ())
    return Paragraph(
        start,
        end,
        str(paragraph.get("paragraphStyle", {}).get("namedStyleType", "")),
        tuple(
            (int(one.get("startIndex", 0)), str(one["textRun"].get("content", "")))
            for one in elements
            if "textRun" in one
        ),
        tuple(_email(one["person"]) for one in elements if _email(one.get("person", {}))),
        tuple(day for one in elements if (day := _date(one.get("dateElement", {}), zone))),
        tuple(_chosen(one["dropdown"]) for one in elements if "dropdown" in one),
    )


def _email(person: Json) -> str:
    return str(person.get("personProperties", {}).get("email", "")).lower()


def _date(element: Json, zone: ZoneInfo) -> date | None:
    said = str(element.get("dateElementProperties", {}).get("timestamp", ""))
    try:
        return datetime.fromisoformat(said.replace("Z", "+00:00")).astimezone(zone).date()
    except ValueError:
        return None


def _chosen(dropdown: Json) -> Chosen:
    about = dropdown.get("dropdownProperties", {})
    return Chosen(str(about.get("dropdownDefinitionId", "")), str(about.get("selectedOptionId", "")))


def _cut(start: int, text: str, index: int) -> str:
    if index <= start:
        return text
    units = text.encode("utf-16-le")
    return units[2 * (index - start) :].decode("utf-16-le", errors="ignore")
