"""Suggestions: how a document with them reads, and accepting or rejecting them."""

from __future__ import annotations

from dataclasses import replace

from sync.emulator.docs.edit import Edit, edits
from sync.emulator.docs.errors import RequestRefused
from sync.emulator.docs.model import Document, Json, Tab, Unit
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


@edits("acceptSuggestion")
def accept_suggestion(edit: Edit, request: Json) -> None:
    """Make a suggestion part of the document."""
    _resolve(edit, request, accepted=True)


@edits("rejectSuggestion")
def reject_suggestion(edit: Edit, request: Json) -> None:
    """Take a suggestion back out of the document."""
    _resolve(edit, request, accepted=False)


@edits("deleteSuggestion")
def delete_suggestion(edit: Edit, request: Json) -> None:
    """Withdraw a suggestion; what it did to the document is as if rejected."""
    _resolve(edit, request, accepted=False)


def _resolve(edit: Edit, request: Json, *, accepted: bool) -> None:
    wanted = request.get("suggestionId", "")
    found = False
    for tab in edit.document.tabs:
        for segment_id, segment in tab.segments.items():
            for index in range(len(segment) - 1, -1, -1):
                unit = segment.units[index]
                if wanted not in (*unit.inserted, *unit.deleted):
                    continue
                found = True
                if wanted in (unit.deleted if accepted else unit.inserted):
                    tab.splice(segment_id, index, index + 1, [])
                else:
                    inserted = tuple(name for name in unit.inserted if name != wanted)
                    deleted = tuple(name for name in unit.deleted if name != wanted)
                    tab.repaint(segment_id, index, replace(unit, inserted=inserted, deleted=deleted))
    if not found:
        raise RequestRefused(f"Suggestion with ID {wanted} was not found.", 404)


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
