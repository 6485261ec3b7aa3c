"""Reading back what people wrote in a walk's section: talked, thanked, next steps, tags, lines to be shown.

Places are found by their named ranges and our own option ids, else by the words that stood there; what is not found is
told as lost. Nothing is written here, ever.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from sync.core.notes.next_steps import NextStep
from sync.google.docs.anchors import MARKED, MINUTES, SENT, SHARE, STEPS, TAGS, TALKED, THANKS, name_of_place
from sync.google.docs.document import Document, Range, read_document
from sync.google.docs.index import name_of_step
from sync.google.docs.paragraphs import Block, Grid, Paragraph, blocks, paragraphs
from sync.google.docs.protocols import Protocols, definition_id, option_id
from sync.services.ports import ReadStep, ReadTab, WantedTab

TAG = re.compile(r"#(\w[\w-]*)")
WALK, TAB = "walk", "tab"
AS_IT_STANDS = "PREVIEW_WITHOUT_SUGGESTIONS"
A_SENTENCE = 20
"""so many characters of a protocol are no coincidence; a shorter beginning may be a person's own"""


def read_tabs(
    answer: Mapping[str, Any], wanted: Sequence[WantedTab], protocols: Protocols, zone: ZoneInfo
) -> list[ReadTab]:
    """What stands in the sections of these walks, from the answer to documents.get with tabs."""
    document = read_document(answer)
    contents = {tab_id: blocks(content, zone) for tab_id, content in _contents(answer.get("tabs", ()))}
    return [_read(document, contents, one, protocols) for one in wanted]


def written_lines(answer: Mapping[str, Any], wanted: WantedTab, protocols: Protocols, zone: ZoneInfo) -> list[str]:
    """What people wrote in a walk's section, paragraph by paragraph; headings and the protocol's own words left out."""
    document = read_document(answer)
    contents = {tab_id: blocks(content, zone) for tab_id, content in _contents(answer.get("tabs", ()))}
    tab = _tab_of(document, contents, wanted)
    protocol = protocols.of(wanted.protocol, wanted.text)
    ours, begun = protocol.wording, protocol.beginnings
    found = (" ".join(one.text.split()) for one in paragraphs(contents.get(tab, [])) if not one.is_heading)
    return [line for line in found if line and line not in ours and not line.startswith(begun)]


def _tab_of(document: Document, contents: Mapping[str, list[Block]], wanted: WantedTab) -> str:
    """The tab with our mark, the one we put it in before any copy; empty where there is none."""
    here = [piece.tab for piece in document.named(name_of_place(WALK, wanted.walk))]
    if wanted.tab in here or (wanted.tab in contents and not here):
        return wanted.tab
    return next(iter(here), "")


def _read(document: Document, contents: Mapping[str, list[Block]], wanted: WantedTab, protocols: Protocols) -> ReadTab:
    tab = _tab_of(document, contents, wanted)
    if tab not in contents:
        return ReadTab(wanted.walk, lost=(TAB,))
    protocol = protocols.of(wanted.protocol, wanted.text)
    return _Section(document, contents, tab, wanted.walk, protocol.wording).read(protocol.reads)


class _Section:
    """One walk's tab."""

    def __init__(
        self, document: Document, contents: Mapping[str, list[Block]], tab: str, walk: str, ours: frozenset[str]
    ) -> None:
        self.document, self.everything, self.tab, self.walk = document, contents, tab, walk
        self.content = contents[tab]
        self.ours = ours
        """paragraphs of the protocol itself: what equals them was not written by people"""
        self.lost: list[str] = []

    def read(self, places: Sequence[str]) -> ReadTab:
        said = {place: self._choice(place) for place in (TALKED, THANKS) if place in places}
        found = ReadTab(
            self.walk,
            talked=MINUTES.get(said.get(TALKED, "")),
            thanked=said.get(THANKS, "") == SENT,
            steps=tuple(self._steps()) if STEPS in places else (),
            tags=tuple(dict.fromkeys(self._tags())) if TAGS in places else (),
            share=tuple(dict.fromkeys(self._share())) if SHARE in places else (),
        )
        return ReadTab(found.walk, found.talked, found.thanked, found.steps, found.tags, found.share, tuple(self.lost))

    def _choice(self, place: str) -> str:
        """The option that is chosen, by the name a protocol gives it."""
        for paragraph in paragraphs(self.content):
            for dropdown in paragraph.dropdowns:
                if dropdown.definition == definition_id(place):
                    return dropdown.option.removeprefix(option_id(""))
        self.lost.append(place)
        return ""

    def _steps(self) -> Iterator[ReadStep]:
        grid = self._grid()
        if grid is None:
            self.lost.append(STEPS)
            return
        for row in grid.rows[1:]:
            cells = [*row, (), (), ()]
            what = _words(cells[0])
            if what:
                owners = [email for paragraph in cells[1] for email in paragraph.people]
                yield ReadStep(what, owners[0] if owners else "", _by(cells[2]), self._going(what))

    def _going(self, what: str) -> str:
        """What people chose beside this step in the index."""
        for piece in self.document.named(name_of_step(NextStep(self.walk, 0, what))):
            for grid in (block for block in self.everything.get(piece.tab, ()) if isinstance(block, Grid)):
                for row in grid.rows:
                    inside = [one for cell in row for one in cell]
                    if any(one.start <= piece.start < one.end for one in inside):
                        chosen = [one.option for paragraph in inside for one in paragraph.dropdowns]
                        return chosen[0].removeprefix(option_id("")) if chosen else ""
        return ""

    def _grid(self) -> Grid | None:
        """The table our named range stands in; else the only one that still begins with our word."""
        grids = [block for block in self.content if isinstance(block, Grid)]
        for piece in self._named(STEPS):
            for grid in grids:
                if grid.start < piece.start < grid.end:
                    return grid
        titled = [grid for grid in grids if grid.rows and grid.rows[0] and _words(grid.rows[0][0]) == MARKED[STEPS]]
        return titled[0] if len(titled) == 1 else None

    def _tags(self) -> Iterator[str]:
        place = self._place(TAGS)
        if place is None:
            self.lost.append(TAGS)
            return
        paragraph, end = place
        yield from (tag.casefold() for tag in TAG.findall(paragraph.text_after(end)))

    def _share(self) -> Iterator[str]:
        """The lines below the heading, up to the next heading or table."""
        place = self._place(SHARE)
        if place is None:
            self.lost.append(SHARE)
            return
        below = self.content[self.content.index(place[0]) + 1 :] if place[0] in self.content else []
        for block in below:
            if isinstance(block, Grid) or block.is_heading:
                return
            line = self._without_ours(block.text)
            if line:
                yield line

    def _without_ours(self, text: str) -> str:
        line = " ".join(text.split())
        for ours in self.ours:
            if len(ours) >= A_SENTENCE and line.startswith(ours):
                line = line.removeprefix(ours).strip()
        return line

    def _place(self, place: str) -> tuple[Paragraph, int] | None:
        """The paragraph of a place, and where what people write behind our word begins."""
        for piece in self._named(place):
            for paragraph in paragraphs(self.content):
                if paragraph.start <= piece.start < paragraph.end:
                    return paragraph, piece.end
        word = MARKED[place]
        for paragraph in paragraphs(self.content):
            if paragraph.text.rstrip(":").rstrip() == word or paragraph.text.startswith(f"{word}:"):
                return paragraph, paragraph.start + len(word)
        return None

    def _named(self, place: str) -> list[Range]:
        name = name_of_place(place, self.walk)
        return [piece for piece in self.document.named(name) if piece.tab == self.tab]


def _words(cell: Sequence[Paragraph]) -> str:
    return " ".join(" ".join(paragraph.text.split()) for paragraph in cell if paragraph.text)


def _by(cell: Sequence[Paragraph]) -> date | None:
    for paragraph in cell:
        if paragraph.dates:
            return paragraph.dates[0]
        try:
            return date.fromisoformat(paragraph.text)
        except ValueError:
            continue
    return None


def _contents(tabs: Any) -> Iterator[tuple[str, Sequence[Mapping[str, Any]]]]:
    for item in tabs:
        about, inside = item.get("tabProperties", {}), item.get("documentTab", {})
        yield str(about.get("tabId", "")), inside.get("body", {}).get("content", ())
        yield from _contents(item.get("childTabs", ()))
