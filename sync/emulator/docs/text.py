"""Edits of text: insert, delete, find and replace, breaks.

Rules: the request reference of Docs v1 and its "structural edit rules" guide; the sentences of refusals are those
callers have reported where such reports exist.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from sync.emulator.docs.edit import Edit, Place, Span, edits, splits_pair
from sync.emulator.docs.errors import RequestRefused
from sync.emulator.docs.model import (
    CELL,
    CELL_ENDERS,
    CHIP,
    NEWLINE,
    ROW,
    SECTION,
    TABLE,
    TABLE_END,
    Json,
    Segment,
    Tab,
    Unit,
    utf16_text,
    utf16_units,
)
from sync.emulator.docs.styles import HEADINGS

STRIPPED = re.compile("[\x00-\x08\x0c-\x1f\ue000-\uf8ff]")


@edits("insertText")
def insert_text(edit: Edit, request: Json) -> None:
    """Insert text, making paragraphs at its newlines in the style of the paragraph it goes into."""
    if not request.get("text"):
        raise RequestRefused("Insert text requests must specify text to insert.")
    put_text(edit, edit.insertion(request), request["text"])


@edits("deleteContentRange")
def delete_content_range(edit: Edit, request: Json) -> None:
    """Delete a range that leaves a whole document behind."""
    delete(edit, edit.span(request.get("range")))


@edits("replaceAllText")
def replace_all_text(edit: Edit, request: Json) -> Json:
    """Replace every match within a paragraph, in every segment of the named tabs (all of them by default)."""
    criteria = request.get("containsText") or {}
    pattern = _pattern(criteria)
    text = clean(request.get("replaceText", ""))
    count = 0
    for tab in edit.tabs(request.get("tabsCriteria")):
        for segment_id in list(tab.segments):
            segment = tab.segments[segment_id]
            if not criteria.get("searchByRegex") and not pattern.search("".join([each.mark for each in segment.units])):
                continue  # Nothing anywhere, which is cheap to see and true of most segments.
            for start, end in reversed(_matches(segment, pattern)):
                _exchange(edit, Span(tab, segment_id, start, end), text)
                count += 1
    return {"occurrencesChanged": count} if count else {}


@edits("insertPageBreak")
def insert_page_break(edit: Edit, request: Json) -> None:
    """Insert a page break followed by a newline; only in the body and outside tables."""
    place = edit.body_insertion(request, "Page breaks")
    style = style_at(place.segment, place.index)
    put(edit, place, [Unit(CHIP, style, {"pageBreak": {}}), Unit(NEWLINE, style, new_paragraph(edit, place))])


@edits("insertSectionBreak")
def insert_section_break(edit: Edit, request: Json) -> None:
    """Insert a newline and a section break; only in the body and outside tables."""
    place = edit.body_insertion(request, "Section breaks")
    kind = request.get("sectionType", "SECTION_TYPE_UNSPECIFIED")
    if kind == "SECTION_TYPE_UNSPECIFIED":
        raise RequestRefused("The section type must be specified.")
    about = {"columnSeparatorStyle": "NONE", "contentDirection": "LEFT_TO_RIGHT", "sectionType": kind}
    ending = Unit(NEWLINE, style_at(place.segment, place.index), new_paragraph(edit, place))
    put(edit, place, [ending, Unit(SECTION, {}, about)])


def put_text(edit: Edit, place: Place, text: str, style: Mapping[str, Any] | None = None) -> int:
    """Insert text at a place, in the style of its neighbours unless one is given; the number of units it took."""
    marks = utf16_units(clean(text))
    look = style_at(place.segment, place.index) if style is None else style
    about = new_paragraph(edit, place) if NEWLINE in marks else None
    units = [Unit(mark, look, about if mark == NEWLINE else None) for mark in marks]
    put(edit, place, units)
    if about and marks.count(NEWLINE):
        _renew_headings(edit, place, marks)
    return len(units)


def put(edit: Edit, place: Place, units: list[Unit]) -> None:
    """Insert units, as a suggestion where the batch suggests."""
    if edit.suggestion:
        units = [replace(unit, inserted=(edit.suggestion,)) for unit in units]
    place.tab.splice(place.segment_id, place.index, place.index, units)


def clean(text: str) -> str:
    """What is left of people's text: some control characters and the private use area are stripped.

    Half of a surrogate pair, which JSON can carry, becomes U+FFFD.
    """
    whole = text if text.isascii() else text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return STRIPPED.sub("", whole)


def style_at(segment: Segment, index: int) -> Mapping[str, Any]:
    """The style text takes when inserted at `index`: that of the text before it in its paragraph, else after it.

    A link is only inherited in its middle: text typed at its end does not become part of it.
    """
    after = segment.units[index]
    before = segment.units[index - 1] if index and segment.units[index - 1].is_inline else after
    style = before.style
    if "link" in style and after.style.get("link") != style["link"]:
        return {name: value for name, value in style.items() if name not in ("link", "foregroundColor", "underline")}
    return style


def new_paragraph(edit: Edit, place: Place) -> Json:
    """What a paragraph split off at this place is: a copy of the one it is split from."""
    end = place.segment.paragraph(place.index)[1]
    return dict(place.segment.units[end - 1].about or {})


def _renew_headings(edit: Edit, place: Place, marks: list[str]) -> None:
    """Give every paragraph after the first its own heading id: one id never names two places."""
    segment = place.segment
    for start, end in segment.paragraphs(place.index, place.index + len(marks) + 1)[1:]:
        about = dict(segment.units[end - 1].about or {})
        if about.get("style", {}).get("namedStyleType") in HEADINGS and start > place.index:
            about["style"] = {**about["style"], "headingId": edit.fresh_id("h.")}
            place.tab.repaint(place.segment_id, end - 1, segment.units[end - 1].with_about(about))


def delete(edit: Edit, span: Span) -> None:
    """Delete a span; the paragraph that is left keeps the first paragraph's style if any of its text is left.

    A suggested deletion only marks, except for text that was itself only suggested.
    """
    check_deletable(span)
    if edit.suggestion and not all(unit.inserted for unit in span.segment.units[span.start : span.end]):
        for index in range(span.start, span.end):
            unit = span.segment.units[index]
            if edit.suggestion not in unit.deleted:
                marked = replace(unit, deleted=(*unit.deleted, edit.suggestion))
                span.tab.repaint(span.segment_id, index, marked)
        return
    segment = span.segment
    first = segment.paragraph(span.start) if segment.units[span.start].mark not in (TABLE, SECTION) else None
    keeps_first = first is not None and first[0] < span.start and span.end >= first[1]
    about = segment.units[first[1] - 1].about if first and keeps_first else None
    footnotes = [unit.about["footnoteReference"]["footnoteId"] for unit in _footnote_references(span)]
    span.tab.splice(span.segment_id, span.start, span.end, [])
    for footnote_id in footnotes:
        span.tab.segments.pop(footnote_id, None)
    if about is not None:
        end = segment.paragraph(span.start)[1]
        span.tab.repaint(span.segment_id, end - 1, segment.units[end - 1].with_about(about))


def _footnote_references(span: Span) -> list[Any]:
    units = span.segment.units[span.start : span.end]
    return [unit for unit in units if unit.mark == CHIP and unit.about and "footnoteReference" in unit.about]


def check_deletable(span: Span) -> None:
    """Refuse a range whose loss would break the document (the examples in DeleteContentRangeRequest)."""
    units = span.segment.units
    if span.end == len(units):
        raise RequestRefused("The range cannot include the newline character at the end of the segment.")
    if splits_pair(span.segment, span.start) or splits_pair(span.segment, span.end):
        raise RequestRefused("The range cannot start or end within a grapheme cluster.")
    depth = 0
    for unit in units[span.start : span.end]:
        if unit.mark == TABLE:
            depth += 1
        elif unit.mark in (TABLE_END, ROW, CELL) and depth == 0:
            raise RequestRefused("Invalid deletion range. Cannot delete part of a table; delete all of it or none.")
        elif unit.mark == TABLE_END:
            depth -= 1
    if depth:
        raise RequestRefused("Invalid deletion range. Cannot delete part of a table; delete all of it or none.")
    after = units[span.end].mark
    if units[span.end - 1].mark == NEWLINE and after in CELL_ENDERS:
        raise RequestRefused("Invalid deletion range. Cannot delete the requisite newline character in a table cell.")
    if units[span.end - 1].mark in (NEWLINE, SECTION) and after in (TABLE, SECTION):
        raise RequestRefused(
            "Invalid deletion range. Cannot delete the newline character before a table or a section break without "
            "deleting it too."
        )
    _check_section_breaks(span)


def _check_section_breaks(span: Span) -> None:
    """A section break goes only together with the newline before it."""
    units = span.segment.units
    if units[span.start].mark == SECTION:
        raise RequestRefused(
            "Invalid deletion range. Cannot delete a section break without deleting the newline character before it."
        )


def _pattern(criteria: Json) -> re.Pattern[str]:
    text = criteria.get("text", "")
    if not text:
        raise RequestRefused("The text to search for must not be empty.")
    flags = 0 if criteria.get("matchCase") else re.IGNORECASE
    if not criteria.get("searchByRegex"):
        return re.compile(re.escape("".join(utf16_units(text))), flags)
    try:
        return re.compile(text, flags)
    except re.error as broken:
        raise RequestRefused(f"The regular expression is invalid: {broken}.") from broken


def _matches(segment: Segment, pattern: re.Pattern[str]) -> list[tuple[int, int]]:
    """Where a pattern matches, paragraph by paragraph; never half of a character, a newline or a chip."""
    found: list[tuple[int, int]] = []
    for start, end in segment.paragraphs(0, len(segment)):
        text = "".join(unit.mark for unit in segment.units[start : end - 1])
        for match in pattern.finditer(text):
            first, last = start + match.start(), start + match.end()
            halves = splits_pair(segment, first) or splits_pair(segment, last)
            if first < last and not halves and CHIP not in match.group():
                found.append((first, last))
    return found


def _exchange(edit: Edit, span: Span, text: str) -> None:
    """Put text where a match was, in the style of the match's first letter."""
    style = span.segment.units[span.start].style
    if edit.suggestion or NEWLINE in text:
        put_text(edit, Place(span.tab, span.segment_id, span.end), text, style)
        delete(edit, span)
        return
    units = [Unit(mark, style) for mark in utf16_units(text)]
    span.tab.splice(span.segment_id, span.start, span.end, units)


def text_of(tab: Tab, segment_id: str, start: int, end: int) -> str:
    """The plain text of units [start, end), structure left out."""
    units = tab.segments[segment_id].units[start:end]
    return utf16_text(unit.mark for unit in units if unit.is_inline or unit.mark == NEWLINE)
