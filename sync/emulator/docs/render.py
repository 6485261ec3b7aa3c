"""A document as documents.get shows it, index by index."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from sync.emulator.docs.dropdowns import shown
from sync.emulator.docs.model import (
    BODY,
    CHIP,
    NEWLINE,
    SECTION,
    TABLE,
    Document,
    Json,
    NamedRange,
    Segment,
    Stretch,
    Tab,
    Unit,
    utf16_text,
)
from sync.emulator.docs.parts import tab_properties

INLINE = "SUGGESTIONS_INLINE"
ACCEPTED = "PREVIEW_SUGGESTIONS_ACCEPTED"
WITHOUT = "PREVIEW_WITHOUT_SUGGESTIONS"


def render_document(document: Document, *, tabs_content: bool, anchors: bool = False) -> Json:
    """The parts of a Document resource that hold content: `tabs`, or the first tab's in the old fields.

    With `anchors`, tabs say which ranges comments stand on.
    """
    if tabs_content:
        return {"tabs": [_tab(document, tab, anchors=anchors) for tab in document.children("")]}
    legacy = _tab_content(document.in_order()[0])
    legacy.pop("dropdownDefinitions", None)  # Document has no such field; only DocumentTab has.
    return legacy


def _tab(document: Document, tab: Tab, *, anchors: bool) -> Json:
    resource: Json = {"tabProperties": tab_properties(document, tab), "documentTab": _tab_content(tab)}
    if anchors and tab.anchors:
        resource["documentTab"]["commentAnchors"] = {
            anchor.range_id: {
                "anchorId": anchor.range_id,
                "ranges": [_range(tab, piece) for piece in anchor.stretches],
            }
            for anchor in tab.anchors
        }
    if children := document.children(tab.tab_id):
        resource["childTabs"] = [_tab(document, child, anchors=anchors) for child in children]
    return resource


def _tab_content(tab: Tab) -> Json:
    content: Json = {"body": {"content": render_segment(tab, BODY)}}
    for kind, name in (("header", "headers"), ("footer", "footers"), ("footnote", "footnotes")):
        ids = [key for key, segment in tab.segments.items() if segment.kind == kind]
        if ids:
            content[name] = {key: {f"{kind}Id": key, "content": render_segment(tab, key)} for key in ids}
    content |= {"documentStyle": tab.document_style, "namedStyles": tab.named_styles}
    if lists := {key: {"listProperties": tab.lists[key]["listProperties"]} for key in _lists_in_use(tab)}:
        content["lists"] = lists
    if tab.named_ranges:
        content["namedRanges"] = _named_ranges(tab)
    if tab.inline_objects:
        content["inlineObjects"] = tab.inline_objects
    if tab.dropdowns:
        content["dropdownDefinitions"] = tab.dropdowns
    return content


def _lists_in_use(tab: Tab) -> list[str]:
    used = {
        unit.about["bullet"]["listId"]
        for segment in tab.segments.values()
        for unit in segment.units
        if unit.mark == NEWLINE and unit.about and "bullet" in unit.about
    }
    return [key for key in tab.lists if key in used]


def _named_ranges(tab: Tab) -> Json:
    grouped: dict[str, list[NamedRange]] = {}
    for named in tab.named_ranges:
        grouped.setdefault(named.name, []).append(named)
    return {name: {"name": name, "namedRanges": [_named(tab, one) for one in group]} for name, group in grouped.items()}


def _named(tab: Tab, named: NamedRange) -> Json:
    ranges = [_range(tab, piece) for piece in named.stretches]
    return {"namedRangeId": named.range_id, "name": named.name, "ranges": ranges}


def _range(tab: Tab, piece: Stretch) -> Json:
    segment = {"segmentId": piece.segment_id} if piece.segment_id else {}
    return {**segment, **_indexes(piece.start, piece.end), "tabId": tab.tab_id}


def _indexes(start: int, end: int) -> Json:
    """Google leaves a start of 0 out, as it does every number that is 0."""
    return {"startIndex": start, "endIndex": end} if start else {"endIndex": end}


def render_segment(tab: Tab, segment_id: str) -> list[Json]:
    """The structural elements of a segment."""
    segment = tab.segments[segment_id]
    return list(_elements(tab, segment, 0, len(segment)))


def _elements(tab: Tab, segment: Segment, start: int, end: int) -> Iterator[Json]:
    at = start
    while at < end:
        unit = segment.units[at]
        if unit.mark == SECTION:
            yield {**_indexes(at, at + 1), "sectionBreak": {"sectionStyle": dict(unit.about or {}), **_suggested(unit)}}
            at += 1
        elif unit.mark == TABLE:
            yield _table(tab, segment, at)
            at = segment.table(at).end
        else:
            last = segment.paragraph(at)[1]
            yield {**_indexes(at, last), "paragraph": _paragraph(tab, segment, at, last)}
            at = last


def _table(tab: Tab, segment: Segment, start: int) -> Json:
    span = segment.table(start)
    rows = []
    for row in span.rows:
        cells = [
            {
                **_indexes(cell.start, cell.end),
                "content": list(_elements(tab, segment, cell.start + 1, cell.end)),
                "tableCellStyle": dict(segment.units[cell.start].about or {}),
            }
            for cell in row.cells
        ]
        row_style = dict(segment.units[row.start].about or {})
        rows.append({**_indexes(row.start, row.end), "tableCells": cells, "tableRowStyle": row_style})
    unit = segment.units[start]
    table = {
        "rows": len(span.rows),
        "columns": span.columns,
        "tableRows": rows,
        "tableStyle": {"tableColumnProperties": list((unit.about or {}).get("columns", []))},
        **_suggested(unit),
    }
    return {**_indexes(span.start, span.end), "table": table}


def _paragraph(tab: Tab, segment: Segment, start: int, end: int) -> Json:
    about = segment.units[end - 1].about or {}
    paragraph: Json = {
        "elements": [_element(tab, segment, *run) for run in _runs(segment, start, end)],
        "paragraphStyle": dict(about.get("style", {})),
    }
    if "bullet" in about:
        paragraph["bullet"] = dict(about["bullet"])
    return paragraph


def _runs(segment: Segment, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Stretches of text of one look, and chips one by one."""
    first = start
    for at in range(start + 1, end + 1):
        if at == end or not _same_run(segment.units[first], segment.units[at]):
            yield first, at
            first = at


def _same_run(one: Unit, other: Unit) -> bool:
    if CHIP in (one.mark, other.mark):
        return False
    same_look = one.style is other.style or one.style == other.style
    return same_look and one.inserted == other.inserted and one.deleted == other.deleted


def _element(tab: Tab, segment: Segment, start: int, end: int) -> Json:
    unit = segment.units[start]
    style = {"textStyle": dict(unit.style)}
    if unit.mark != CHIP:
        text = utf16_text(each.mark for each in segment.units[start:end])
        return {**_indexes(start, end), "textRun": {"content": text, **_suggested(unit), **style}}
    ((kind, properties),) = (unit.about or {}).items()
    return {**_indexes(start, end), kind: {**_chip(tab, kind, properties), **_suggested(unit), **style}}


def _chip(tab: Tab, kind: str, properties: Mapping[str, Any]) -> Json:
    if kind == "dropdown":
        return shown(tab, dict(properties))
    if kind == "footnoteReference":
        return {**properties, "footnoteNumber": str(_footnote_number(tab, properties["footnoteId"]))}
    return dict(properties)


def _footnote_number(tab: Tab, footnote_id: str) -> int:
    number = 0
    for unit in tab.body.units:
        if unit.mark == CHIP and unit.about and "footnoteReference" in unit.about:
            number += 1
            if unit.about["footnoteReference"]["footnoteId"] == footnote_id:
                break
    return number


def _suggested(unit: Unit) -> Json:
    ids: Json = {}
    if unit.inserted:
        ids["suggestedInsertionIds"] = list(unit.inserted)
    if unit.deleted:
        ids["suggestedDeletionIds"] = list(unit.deleted)
    return ids
