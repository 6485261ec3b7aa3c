"""Edits of looks: text styles, paragraph styles, bullets, document, section and named styles."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sync.emulator.docs.edit import Edit, Span, edits, splits_pair
from sync.emulator.docs.errors import RequestRefused
from sync.emulator.docs.lists import indents, list_of
from sync.emulator.docs.model import BODY, NEWLINE, SECTION, STRUCTURE, Json, Tab
from sync.emulator.docs.styles import (
    DOCUMENT_FIELDS,
    HEADINGS,
    PARAGRAPH_FIELDS,
    SECTION_FIELDS,
    TEXT_FIELDS,
    camel,
    mask_paths,
    masked,
    points,
    text_style_change,
)


@edits("updateTextStyle")
def update_text_style(edit: Edit, request: Json) -> None:
    """Style the text of a range; a list paragraph that is covered whole has its bullet styled too."""
    span = whole_characters(edit.span(request.get("range")))
    paths = mask_paths(request.get("fields"), TEXT_FIELDS)
    change = text_style_change(request.get("textStyle") or {}, paths)
    units = span.segment.units
    for index in range(span.start, span.end):
        if units[index].mark not in STRUCTURE:
            span.tab.repaint(span.segment_id, index, units[index].with_style(change(units[index].style)))
    for start, end in span.segment.paragraphs(span.start, span.end):
        about = units[end - 1].about or {}
        if start >= span.start and end - 1 <= span.end and "bullet" in about:
            bullet = {**about["bullet"], "textStyle": change(about["bullet"].get("textStyle", {}))}
            span.tab.repaint(span.segment_id, end - 1, units[end - 1].with_about({**about, "bullet": bullet}))


def whole_characters(span: Span) -> Span:
    """The span grown so that it cuts no character in two."""
    start = span.start - splits_pair(span.segment, span.start)
    return replace(span, start=start, end=span.end + splits_pair(span.segment, span.end))


@edits("updateParagraphStyle")
def update_paragraph_style(edit: Edit, request: Json) -> None:
    """Style every paragraph that overlaps a range; a heading gets an id, plain text has none."""
    span = edit.span(request.get("range"))
    paths = mask_paths(request.get("fields"), PARAGRAPH_FIELDS)
    style = dict(request.get("paragraphStyle") or {})
    if any(path == ["namedStyleType"] for path in paths):
        style["namedStyleType"] = style.get("namedStyleType") or "NORMAL_TEXT"
        if style["namedStyleType"] == "NAMED_STYLE_TYPE_UNSPECIFIED":
            raise RequestRefused("The named style type must be specified.")
    for about, place in _paragraphs(span):
        changed = masked(about.get("style", {}), style, paths)
        if changed.get("namedStyleType") not in HEADINGS:
            changed.pop("headingId", None)
        elif "headingId" not in changed:
            changed = {"headingId": edit.fresh_id("h."), **changed}
        _set_paragraph(span, place, {**about, "style": changed})


@edits("createParagraphBullets")
def create_paragraph_bullets(edit: Edit, request: Json) -> None:
    """Make list items of every paragraph that overlaps a range; leading tabs become nesting and disappear."""
    span = edit.span(request.get("range"))
    preset = request.get("bulletPreset", "BULLET_GLYPH_PRESET_UNSPECIFIED")
    if preset == "BULLET_GLYPH_PRESET_UNSPECIFIED":
        raise RequestRefused("The bullet preset must be specified.")
    spans = span.segment.paragraphs(span.start, span.end)
    if not spans:
        return
    list_id = _list_before(span, spans[0][0], preset)
    if list_id is None:
        list_id = edit.fresh_id("kix.")
        span.tab.lists[list_id] = {"preset": preset, **list_of(preset)}
    for start, end in reversed(spans):
        tabs = 0
        while span.segment.units[start + tabs].mark == "\t":
            tabs += 1
        level = min(tabs, 8)
        about = span.segment.units[end - 1].about or {}
        bullet = {"listId": list_id, **({"nestingLevel": level} if level else {}), "textStyle": {}}
        style = {**about.get("style", {}), **indents(level)}
        _set_paragraph(span, end - 1, {**about, "style": style, "bullet": bullet})
        if tabs:
            span.tab.splice(span.segment_id, start, start + tabs, [])


def _list_before(span: Span, start: int, preset: str) -> str | None:
    """The list the paragraph before `start` belongs to, if it was made with the same preset."""
    if start == 0 or span.segment.units[start - 1].mark != NEWLINE:
        return None
    bullet = (span.segment.units[start - 1].about or {}).get("bullet")
    if bullet and span.tab.lists.get(bullet["listId"], {}).get("preset") == preset:
        return str(bullet["listId"])
    return None


@edits("deleteParagraphBullets")
def delete_paragraph_bullets(edit: Edit, request: Json) -> None:
    """Make plain paragraphs of list items; a nested one keeps its depth as an indent."""
    span = edit.span(request.get("range"))
    for about, place in _paragraphs(span):
        if "bullet" not in about:
            continue
        level = about["bullet"].get("nestingLevel", 0)
        style = {name: value for name, value in about["style"].items() if name not in indents(0)}
        if level:
            style |= {"indentFirstLine": points(36 * level), "indentStart": points(36 * level)}
        _set_paragraph(span, place, {"style": style})


def _paragraphs(span: Span) -> list[tuple[Json, int]]:
    """What every paragraph of a span is, and where its newline stands."""
    ends = [end - 1 for _, end in span.segment.paragraphs(span.start, span.end)]
    return [(dict(span.segment.units[end].about or {}), end) for end in ends]


def _set_paragraph(span: Span, place: int, about: Json) -> None:
    span.tab.repaint(span.segment_id, place, span.segment.units[place].with_about(about))


@edits("updateDocumentStyle")
def update_document_style(edit: Edit, request: Json) -> None:
    tab = edit.tab(request.get("tabId"))
    paths = mask_paths(request.get("fields"), DOCUMENT_FIELDS)
    tab.document_style = masked(tab.document_style, request.get("documentStyle") or {}, paths)


@edits("updateSectionStyle")
def update_section_style(edit: Edit, request: Json) -> None:
    """Style every section that overlaps a range of the body."""
    given = request.get("range") or {}
    tab, segment_id = edit.segment_of(given)
    if segment_id != BODY:
        raise RequestRefused("Section styles can only be updated in the body; the segment ID must be empty.")
    paths = mask_paths(request.get("fields"), SECTION_FIELDS)
    start, end = given.get("startIndex", 0), given.get("endIndex", 0)
    if end <= start:
        raise RequestRefused("The range should not be empty.")
    for index in _sections(tab, start, end):
        unit = tab.body.units[index]
        about = masked(unit.about or {}, request.get("sectionStyle") or {}, paths)
        tab.repaint(BODY, index, unit.with_about(about))


def _sections(tab: Tab, start: int, end: int) -> list[int]:
    """The section breaks whose sections overlap [start, end)."""
    breaks = [index for index, unit in enumerate(tab.body.units) if unit.mark == SECTION]
    ends = [*breaks[1:], len(tab.body)]
    return [first for first, last in zip(breaks, ends, strict=True) if first < end and start < last]


@edits("updateNamedStyle")
def update_named_style(edit: Edit, request: Json) -> None:
    """Change what one of the named styles looks like in a tab."""
    tab = edit.tab(request.get("tabId"))
    given: dict[str, Any] = request.get("namedStyle") or {}
    kind = given.get("namedStyleType")
    fields = {camel(part.strip()) for part in (request.get("fields") or "").split(",") if part.strip()}
    if not fields:
        mask_paths("", ())
    if not kind or kind == "NAMED_STYLE_TYPE_UNSPECIFIED":
        raise RequestRefused("The named style type must be specified.")
    whole = fields == {"*"}
    changed = []
    for style in tab.named_styles["styles"]:
        if style["namedStyleType"] != kind:
            changed.append(style)
            continue
        result = dict(style)
        for part, allowed in (("textStyle", TEXT_FIELDS), ("paragraphStyle", PARAGRAPH_FIELDS)):
            inner = [field.partition(".")[2] for field in fields if field.startswith(part + ".")]
            if whole or (part in fields and not inner):
                result[part] = masked(style[part], given.get(part) or {}, mask_paths("*", allowed))
            elif inner:
                result[part] = masked(style[part], given.get(part) or {}, mask_paths(",".join(inner), allowed))
        changed.append(result)
    tab.named_styles = {"styles": changed}
