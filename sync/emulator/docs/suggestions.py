"""How a document with suggestions reads: all of them inline, as if accepted, or as if there were none."""

from __future__ import annotations

from dataclasses import replace

from sync.emulator.docs.model import Document, Tab, Unit
from sync.emulator.docs.render import ACCEPTED, INLINE


def seen_as(document: Document, view: str) -> Document:
    """A copy without the units that this view does not show; indexes are those of the view, as Google's are."""
    if view == INLINE or not _has_suggestions(document):
        return document
    shown = document.copy()
    for tab in shown.tabs:
        _settle(tab, accepted=view == ACCEPTED)
    return shown


def _has_suggestions(document: Document) -> bool:
    return any(
        unit.inserted or unit.deleted
        for tab in document.tabs
        for segment in tab.segments.values()
        for unit in segment.units
    )


def _settle(tab: Tab, *, accepted: bool) -> None:
    for segment_id, segment in tab.segments.items():
        for index in range(len(segment) - 1, -1, -1):
            unit = segment.units[index]
            if _is_gone(unit, accepted=accepted):
                tab.splice(segment_id, index, index + 1, [])
            elif unit.inserted or unit.deleted:
                tab.repaint(segment_id, index, replace(unit, inserted=(), deleted=()))


def _is_gone(unit: Unit, *, accepted: bool) -> bool:
    return bool(unit.deleted) if accepted else bool(unit.inserted)
