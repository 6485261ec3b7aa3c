"""Tabs, headers, footers and footnotes: the parts a document is made of."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sync.emulator.docs.edit import Edit, edits
from sync.emulator.docs.errors import RequestRefused
from sync.emulator.docs.model import (
    BODY,
    CHIP,
    SECTION,
    Document,
    Json,
    Segment,
    Tab,
    Unit,
    newline,
)
from sync.emulator.docs.styles import FIRST_SECTION, mask_paths, new_document_style, new_named_styles
from sync.emulator.docs.text import put, style_at

DEEPEST = 2  # Root tabs are level 0; Google allows three levels.


def new_document() -> Document:
    """An empty document as documents.create makes it: one tab with one empty paragraph."""
    return Document([new_tab("t.0", "Tab 1")])


def new_tab(tab_id: str, title: str, parent_id: str = "", icon: str = "") -> Tab:
    body = Segment([Unit(SECTION, {}, FIRST_SECTION), newline()])
    return Tab(
        tab_id,
        title,
        parent_id,
        icon,
        segments={BODY: body},
        document_style=new_document_style(),
        named_styles=new_named_styles(),
    )


def level_of(document: Document, tab: Tab) -> int:
    """How deep a tab lies; a root tab is at 0."""
    level = 0
    while tab.parent_id:
        parent = document.tab(tab.parent_id)
        assert parent is not None, "a tab's parent is in the document"
        tab, level = parent, level + 1
    return level


def tab_properties(document: Document, tab: Tab) -> Json:
    """TabProperties as Google shows them; zero levels and absent parents are left out."""
    properties: Json = {
        "tabId": tab.tab_id,
        "title": tab.title,
        "index": [sibling.tab_id for sibling in document.children(tab.parent_id)].index(tab.tab_id),
    }
    if tab.parent_id:
        properties |= {"parentTabId": tab.parent_id, "nestingLevel": level_of(document, tab)}
    if tab.icon:
        properties["iconEmoji"] = tab.icon
    return properties


@edits("addDocumentTab")
def add_document_tab(edit: Edit, request: Json) -> Json:
    """Add a tab, at the end of its siblings unless an index is given; later siblings move on."""
    given: dict[str, Any] = request.get("tabProperties") or {}
    parent_id = given.get("parentTabId", "")
    if parent_id and level_of(edit.document, edit.tab(parent_id)) >= DEEPEST:
        raise RequestRefused("The tab cannot be nested deeper than 3 levels.")
    wanted = given.get("tabId")
    if wanted and edit.document.tab(wanted):
        raise RequestRefused(f"A tab with ID {wanted} already exists.")
    title = given.get("title") or f"Tab {len(edit.document.tabs) + 1}"
    tab = new_tab(wanted or edit.fresh_id("t."), title, parent_id, given.get("iconEmoji", ""))
    siblings = edit.document.children(parent_id)
    index = given.get("index", len(siblings))
    if not 0 <= index <= len(siblings):
        raise RequestRefused(f"The tab index {index} must be between 0 and {len(siblings)}.")
    _place_tab(edit.document, tab, index)
    return {"tabProperties": tab_properties(edit.document, tab)}


def _place_tab(document: Document, tab: Tab, index: int) -> None:
    """Put a tab before the sibling that is at `index` now."""
    siblings = [other for other in document.children(tab.parent_id) if other is not tab]
    others = [other for other in document.tabs if other is not tab]
    at = others.index(siblings[index]) if index < len(siblings) else len(others)
    document.tabs = [*others[:at], tab, *others[at:]]


@edits("deleteTab")
def delete_tab(edit: Edit, request: Json) -> None:
    """Delete a tab and its children; a document keeps at least one."""
    if not request.get("tabId"):
        raise RequestRefused("The tab ID must be specified.")
    tab = edit.tab(request["tabId"])
    gone = {tab.tab_id, *(child.tab_id for child in edit.document.in_order(tab.tab_id))}
    left = [other for other in edit.document.tabs if other.tab_id not in gone]
    if not left:
        raise RequestRefused("The last tab of a document cannot be deleted.")
    edit.document.tabs = left


@edits("updateDocumentTabProperties")
def update_document_tab_properties(edit: Edit, request: Json) -> None:
    """Rename, mark or move a tab."""
    given: dict[str, Any] = request.get("tabProperties") or {}
    if not given.get("tabId"):
        raise RequestRefused("The tab ID must be specified.")
    tab = edit.tab(given["tabId"])
    fields = request.get("fields") or ""
    named = {path[0] for path in mask_paths(fields, {"title", "iconEmoji", "index", "parentTabId", "tabId"})}
    if "title" in named:
        tab.title = given.get("title", "")
    if "iconEmoji" in named:
        tab.icon = given.get("iconEmoji", "")
    if "parentTabId" in named and (fields.strip() != "*" or "parentTabId" in given):
        _move_under(edit, tab, given.get("parentTabId", ""))
    if "index" in named and (fields.strip() != "*" or "index" in given):
        _place_tab(edit.document, tab, given.get("index", 0))


def _move_under(edit: Edit, tab: Tab, parent_id: str) -> None:
    below = edit.document.in_order(tab.tab_id)
    if parent_id:
        parent = edit.tab(parent_id)
        if parent is tab or parent in below:
            raise RequestRefused("A tab cannot be moved under itself.")
        depth = max((level_of(edit.document, child) for child in below), default=level_of(edit.document, tab))
        height = depth - level_of(edit.document, tab)
        if level_of(edit.document, parent) + 1 + height > DEEPEST:
            raise RequestRefused("The tab cannot be nested deeper than 3 levels.")
    tab.parent_id = parent_id
    _place_tab(edit.document, tab, len(edit.document.children(parent_id)))


@edits("createHeader")
def create_header(edit: Edit, request: Json) -> Json:
    """Make the default header of the document, or of a later section; a second one is refused."""
    return {"headerId": _create_margin(edit, request, "header", "defaultHeaderId")}


@edits("createFooter")
def create_footer(edit: Edit, request: Json) -> Json:
    """Make the default footer of the document, or of a later section; a second one is refused."""
    return {"footerId": _create_margin(edit, request, "footer", "defaultFooterId")}


def _create_margin(edit: Edit, request: Json, kind: str, name: str) -> str:
    if request.get("type", "HEADER_FOOTER_TYPE_UNSPECIFIED") != "DEFAULT":
        raise RequestRefused(f"The {kind} type must be specified.")
    location = request.get("sectionBreakLocation") or {}
    tab = edit.tab(location.get("tabId"))
    style, keep = _style_holder(edit, tab, location)
    if name in style:
        raise RequestRefused(f"Default {kind} already exists. ID: {style[name]}")
    segment_id = edit.fresh_id("kix.")
    tab.segments[segment_id] = Segment([newline()], kind)
    keep({**style, name: segment_id})
    return segment_id


def _style_holder(edit: Edit, tab: Tab, location: Json) -> tuple[Json, Callable[[Json], None]]:
    """Whose style names the header: the document's for the first section, else the section's own."""
    if not location.get("index"):
        return tab.document_style, lambda style: setattr(tab, "document_style", style)
    place = edit.position(location)
    unit = place.segment.units[place.index]
    if unit.mark != SECTION:
        raise RequestRefused("The provided section break location is invalid.")
    return dict(unit.about or {}), lambda style: tab.repaint(BODY, place.index, unit.with_about(style))


@edits("deleteHeader")
def delete_header(edit: Edit, request: Json) -> None:
    _delete_margin(edit, request, "header", request.get("headerId"))


@edits("deleteFooter")
def delete_footer(edit: Edit, request: Json) -> None:
    _delete_margin(edit, request, "footer", request.get("footerId"))


def _delete_margin(edit: Edit, request: Json, kind: str, segment_id: str | None) -> None:
    tab = edit.tab(request.get("tabId"))
    if not segment_id or segment_id not in tab.segments or tab.segments[segment_id].kind != kind:
        raise RequestRefused(f"The {kind} with ID {segment_id or ''} was not found.")
    end = len(tab.segments[segment_id])
    tab.splice(segment_id, 0, end, [newline()])
    del tab.segments[segment_id]
    tab.named_ranges = _without(tab, segment_id)
    tab.document_style = {name: value for name, value in tab.document_style.items() if value != segment_id}
    for index, unit in enumerate(tab.body.units):
        if unit.mark == SECTION and segment_id in (unit.about or {}).values():
            about = {name: value for name, value in (unit.about or {}).items() if value != segment_id}
            tab.repaint(BODY, index, unit.with_about(about))


def _without(tab: Tab, segment_id: str) -> list[Any]:
    return [named for named in tab.named_ranges if all(piece.segment_id != segment_id for piece in named.stretches)]


@edits("createFootnote")
def create_footnote(edit: Edit, request: Json) -> Json:
    """Insert a footnote reference; the footnote holds a space and a newline, as Google's does."""
    place = edit.insertion(request)
    if place.segment_id != BODY:
        raise RequestRefused("Footnote references cannot be inserted inside a header, footer or footnote.")
    footnote_id = edit.fresh_id("kix.")
    place.tab.segments[footnote_id] = Segment([Unit(" ", {}), newline()], "footnote")
    style = style_at(place.segment, place.index)
    put(edit, place, [Unit(CHIP, style, {"footnoteReference": {"footnoteId": footnote_id}})])
    return {"footnoteId": footnote_id}
