"""A document as it is kept: plain JSON, units of one look joined into runs."""

from __future__ import annotations

from typing import Any

from sync.emulator.docs.model import (
    CHIP,
    NEWLINE,
    STRUCTURE,
    Document,
    Json,
    NamedRange,
    Segment,
    Stretch,
    Tab,
    Unit,
    utf16_text,
    utf16_units,
)

PLAIN_FIELDS = ("lists", "dropdowns", "inline_objects", "document_style", "named_styles")


def to_json(document: Document) -> Json:
    """A whole document as JSON."""
    return {"revision": document.revision, "tabs": [tab_to_json(tab) for tab in document.tabs]}


def from_json(kept: Json) -> Document:
    return Document([tab_from_json(tab) for tab in kept["tabs"]], kept["revision"])


def tab_to_json(tab: Tab) -> Json:
    """One tab as JSON; `tab_from_json` makes an equal one of it."""
    return {
        "tab_id": tab.tab_id,
        "title": tab.title,
        "parent_id": tab.parent_id,
        "icon": tab.icon,
        "segments": {key: [segment.kind, _runs(segment.units)] for key, segment in tab.segments.items()},
        "named_ranges": [_range_to_json(named) for named in tab.named_ranges],
        "anchors": [_range_to_json(named) for named in tab.anchors],
        **{name: getattr(tab, name) for name in PLAIN_FIELDS},
    }


def tab_from_json(kept: Json) -> Tab:
    return Tab(
        kept["tab_id"],
        kept["title"],
        kept["parent_id"],
        kept["icon"],
        segments={key: Segment(_units(runs), kind) for key, (kind, runs) in kept["segments"].items()},
        named_ranges=[_range_from_json(named) for named in kept["named_ranges"]],
        anchors=[_range_from_json(named) for named in kept["anchors"]],
        **{name: kept[name] for name in PLAIN_FIELDS},
    )


def _runs(units: list[Unit]) -> list[list[Any]]:
    """Runs as [text, style, about, inserted, deleted]; only plain text is joined."""
    runs: list[list[Any]] = []
    marks: list[str] = []
    last: Unit | None = None
    for unit in units:
        joins = (
            last is not None
            and not _stands_alone(last)
            and not _stands_alone(unit)
            and (unit.style, unit.inserted, unit.deleted) == (last.style, last.inserted, last.deleted)
        )
        if not joins and last is not None:
            runs.append(_run(marks, last))
            marks = []
        marks.append(unit.mark)
        last = unit
    if last is not None:
        runs.append(_run(marks, last))
    return runs


def _stands_alone(unit: Unit) -> bool:
    return unit.mark in STRUCTURE or unit.mark in (NEWLINE, CHIP)


def _run(marks: list[str], unit: Unit) -> list[Any]:
    return [utf16_text(marks), dict(unit.style), unit.about, list(unit.inserted), list(unit.deleted)]


def _units(runs: list[list[Any]]) -> list[Unit]:
    return [
        Unit(mark, style, about, tuple(inserted), tuple(deleted))
        for text, style, about, inserted, deleted in runs
        for mark in utf16_units(text)
    ]


def _range_to_json(named: NamedRange) -> Json:
    return {
        "range_id": named.range_id,
        "name": named.name,
        "stretches": [[piece.segment_id, piece.start, piece.end] for piece in named.stretches],
    }


def _range_from_json(kept: Json) -> NamedRange:
    stretches = tuple(Stretch(segment_id, start, end) for segment_id, start, end in kept["stretches"])
    return NamedRange(kept["range_id"], kept["name"], stretches)
