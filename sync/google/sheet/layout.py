"""How the coordinator's Sheet looks: tabs with ids of ours, headings, widths. Read from templates/sheet. No calls."""

from __future__ import annotations

import tomllib
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sync.services.ports import Fault

Request = dict[str, Any]
FIRST_ROWS = 200
HEADER_COLOUR = "#eef3ea"
NEXT_COLOUR = "#fff4e0"


@dataclass(frozen=True, slots=True)
class Look:
    """One tab's id, colour and widths by heading."""

    id: int
    colour: str = "#8a8a8a"
    widths: Mapping[str, int] = field(default_factory=dict)
    hidden: bool = False
    marks: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """heading -> text -> how a cell with it looks: strong, quiet or warn"""
    views: tuple[str, ...] = ()
    """headings by whose values there are filter views"""
    scale: bool = False
    """whether numbers are shaded by size"""
    theirs: tuple[str, ...] = ()
    """headings beside ours that people fill in"""
    hints: Mapping[str, str] = field(default_factory=dict)
    choices: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    sources: Mapping[str, str] = field(default_factory=dict)
    """heading -> range of another tab whose values may stand here"""


@dataclass(frozen=True)
class Layout:
    start_title: str
    start_note: str
    start_rows: tuple[tuple[str, ...], ...]
    tabs: Mapping[str, Look]
    charts: tuple[Mapping[str, Any], ...] = ()

    def look(self, tab: str) -> Look:
        """How a tab looks; one that the layout does not know gets an id that follows from its name."""
        return self.tabs.get(tab) or Look(id=2_000 + zlib.crc32(tab.encode()) % 1_000_000)


def read_layout(path: Path) -> Layout:
    """Raises `Fault` with the file and what is wrong in it."""
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
        tabs = {name: _look(tab) for name, tab in data["tabs"].items()}
        rows = tuple(tuple(map(str, row)) for row in data["start"]["rows"])
        return Layout(
            str(data["start"]["title"]), str(data["start"]["note"]), rows, tabs, tuple(data.get("charts", ()))
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise Fault(f"{path.name} in templates/sheet cannot be read: {error}.", retry=False) from error


def _look(tab: Mapping[str, Any]) -> Look:
    return Look(
        int(tab["id"]),
        str(tab["colour"]),
        dict(tab.get("widths", {})),
        bool(tab.get("hidden", False)),
        dict(tab.get("marks", {})),
        tuple(tab.get("views", ())),
        bool(tab.get("scale", False)),
        tuple(tab.get("theirs", ())),
        dict(tab.get("hints", {})),
        {name: tuple(choices) for name, choices in tab.get("choices", {}).items()},
        dict(tab.get("sources", {})),
    )


def header_look(span: Mapping[str, int]) -> Request:
    style = {
        "textFormat": {"bold": True},
        "wrapStrategy": "WRAP",
        "verticalAlignment": "MIDDLE",
        "backgroundColor": rgb(HEADER_COLOUR),
    }
    fields = ",".join(f"userEnteredFormat.{name}" for name in style)
    return {"repeatCell": {"range": dict(span), "cell": {"userEnteredFormat": style}, "fields": fields}}


def start_page(layout: Layout, sheet_id: int, cells: Sequence[Sequence[Request]]) -> list[Request]:
    """The first tab, where somebody who opens the Sheet for the first time finds what to do."""
    return [
        {
            "updateSheetProperties": {
                "properties": {"sheetId": sheet_id, "title": layout.start_title, "index": 0},
                "fields": "title,index",
            }
        },
        {
            "updateCells": {
                "start": {"sheetId": sheet_id, "rowIndex": 0, "columnIndex": 0},
                "rows": [{"values": list(row)} for row in cells],
                "fields": "userEnteredValue",
            }
        },
        {
            "repeatCell": {
                "range": {"sheetId": sheet_id, "startRowIndex": 0, "endRowIndex": 1},
                "cell": {"userEnteredFormat": {"textFormat": {"bold": True, "fontSize": 14}}},
                "fields": "userEnteredFormat.textFormat",
            }
        },
        header_look({"sheetId": sheet_id, "startRowIndex": 2, "endRowIndex": 3}),
        _stands_out(sheet_id, "Next", len(cells[2])),
        _wrapped(
            {"sheetId": sheet_id, "startRowIndex": 3, "endRowIndex": 40, "startColumnIndex": 0, "endColumnIndex": 4}
        ),
        columns(sheet_id, 0, 1, {"pixelSize": 70}),
        columns(sheet_id, 1, 2, {"pixelSize": 460}),
        columns(sheet_id, 2, 3, {"pixelSize": 260}),
        columns(sheet_id, len(cells[2]) - 1, len(cells[2]), {"hiddenByUser": True}),
    ]


def _wrapped(span: Request) -> Request:
    """A sentence is read whole, also where the next cell is filled."""
    style = {"wrapStrategy": "WRAP", "verticalAlignment": "TOP"}
    fields = ",".join(f"userEnteredFormat.{name}" for name in style)
    return {"repeatCell": {"range": dict(span), "cell": {"userEnteredFormat": style}, "fields": fields}}


def _stands_out(sheet_id: int, step: str, wide: int) -> Request:
    """The one next thing is seen first, wherever people sort it: bold on a tint, so also without colour."""
    look = {"textFormat": {"bold": True}, "backgroundColor": rgb(NEXT_COLOUR)}
    condition = {"type": "CUSTOM_FORMULA", "values": [{"userEnteredValue": f'=$A4="{step}"'}]}
    span = {"sheetId": sheet_id, "startRowIndex": 3, "startColumnIndex": 0, "endColumnIndex": wide}
    rule = {"ranges": [span], "booleanRule": {"condition": condition, "format": look}}
    return {"addConditionalFormatRule": {"rule": rule, "index": 0}}


def columns(sheet_id: int, first: int, end: int, properties: Mapping[str, Any]) -> Request:
    """Width, or out of sight, of some columns."""
    return {
        "updateDimensionProperties": {
            "range": {"sheetId": sheet_id, "dimension": "COLUMNS", "startIndex": first, "endIndex": end},
            "properties": dict(properties),
            "fields": ",".join(properties),
        }
    }


def rgb(colour: str) -> dict[str, float]:
    red, green, blue = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    return {"red": red, "green": green, "blue": blue}
