"""Named ranges: make, delete, and replace what they cover."""

from __future__ import annotations

from dataclasses import replace

from sync.emulator.docs.edit import Edit, Place, Span, edits
from sync.emulator.docs.errors import RequestRefused
from sync.emulator.docs.model import Json, NamedRange, Stretch, Tab, utf16_units
from sync.emulator.docs.text import clean, delete, put_text, style_at


@edits("createNamedRange")
def create_named_range(edit: Edit, request: Json) -> Json:
    """Name a range. Names need not be unique and have 1 to 256 UTF-16 units."""
    name = request.get("name", "")
    if not 1 <= len(utf16_units(name)) <= 256:
        raise RequestRefused("Names must be at least 1 character and no more than 256 characters.")
    span = edit.span(request.get("range"))
    range_id = edit.fresh_id("kix.")
    span.tab.named_ranges.append(NamedRange(range_id, name, (Stretch(span.segment_id, span.start, span.end),)))
    return {"namedRangeId": range_id}


@edits("deleteNamedRange")
def delete_named_range(edit: Edit, request: Json) -> None:
    """Delete one range by its id, or all of a name; the text stays."""
    tabs = edit.tabs(request.get("tabsCriteria"))
    if range_id := request.get("namedRangeId"):
        if not any(_by_id(tab, range_id) for tab in tabs):
            raise RequestRefused(f"The named range with ID {range_id} was not found.")
        for tab in tabs:
            tab.named_ranges = [named for named in tab.named_ranges if named.range_id != range_id]
    elif name := request.get("name"):
        if not any(named.name == name for tab in tabs for named in tab.named_ranges):
            raise RequestRefused(f"The named range with name {name} was not found.")
        for tab in tabs:
            tab.named_ranges = [named for named in tab.named_ranges if named.name != name]
    else:
        raise RequestRefused("The named range must be specified by its ID or its name.")


def _by_id(tab: Tab, range_id: str) -> list[NamedRange]:
    return [named for named in tab.named_ranges if named.range_id == range_id]


@edits("replaceNamedRangeContent")
def replace_named_range_content(edit: Edit, request: Json) -> None:
    """Put text in the place of what named ranges cover: an unknown name changes nothing, an unknown id is refused."""
    tabs = edit.tabs(request.get("tabsCriteria"))
    range_id, name = request.get("namedRangeId"), request.get("namedRangeName")
    if not range_id and not name:
        raise RequestRefused("The named range must be specified by its ID or its name.")
    wanted = [
        (tab, named.range_id)
        for tab in tabs
        for named in tab.named_ranges
        if (named.range_id == range_id if range_id else named.name == name)
    ]
    if range_id and not wanted:
        raise RequestRefused(f"The named range with ID {range_id} was not found.")
    for tab, one in wanted:
        _replace(edit, tab, one, clean(request.get("text", "")))


def _replace(edit: Edit, tab: Tab, range_id: str, text: str) -> None:
    """Text goes into the first stretch, the others are emptied, and the range then covers the new text."""
    found = _by_id(tab, range_id)
    if not found:  # Another range of the same name covered it and is gone already.
        return
    named = found[0]
    first, *others = named.stretches
    for piece in reversed(others):
        delete(edit, Span(tab, piece.segment_id, piece.start, piece.end))
    segment = tab.segments[first.segment_id]
    style = segment.units[first.start].style if segment.units[first.start].is_inline else None
    delete(edit, Span(tab, first.segment_id, first.start, first.end))
    tab.named_ranges = [other for other in tab.named_ranges if other.range_id != range_id]
    if not text:
        return
    place = Place(tab, first.segment_id, first.start)
    size = put_text(edit, place, text, style_at(segment, first.start) if style is None else style)
    covered = (Stretch(first.segment_id, first.start, first.start + size),)
    tab.named_ranges.append(replace(named, stretches=covered))
