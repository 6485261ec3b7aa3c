"""What every edit is given: the copy it works on, and Google's ways of naming a place in it.

An edit is a function of one request of a batch, registered under the request's name:

    @edits("insertText")
    def insert_text(edit: Edit, request: Json) -> Json | None: ...

It changes `edit.document`, which is a copy nobody sees unless the whole batch succeeds, and returns its reply. It
refuses with `RequestRefused` and Google's sentence.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

from sync.emulator.docs.errors import RequestRefused
from sync.emulator.docs.model import (
    BODY,
    SECTION,
    STRUCTURE,
    Document,
    Json,
    Segment,
    Tab,
    is_high_surrogate,
    is_low_surrogate,
)

NOT_IN_PARAGRAPH = (
    "The insertion index must be inside the bounds of an existing paragraph. "
    "You can still create new paragraphs by inserting newlines."
)
FIRST_SECTION_BREAK = "Cannot operate on the first section break in the document."

Handler = Callable[["Edit", Json], Json | None]
HANDLERS: dict[str, Handler] = {}


def edits(kind: str) -> Callable[[Handler], Handler]:
    """Register the function that performs requests of this kind."""

    def register(handler: Handler) -> Handler:
        HANDLERS[kind] = handler
        return handler

    return register


@dataclass(frozen=True, slots=True)
class Place:
    """A position in a document: units are inserted before `index`."""

    tab: Tab
    segment_id: str
    index: int

    @property
    def segment(self) -> Segment:
        return self.tab.segments[self.segment_id]


@dataclass(frozen=True, slots=True)
class Span:
    """Units [start, end) of a segment."""

    tab: Tab
    segment_id: str
    start: int
    end: int

    @property
    def segment(self) -> Segment:
        return self.tab.segments[self.segment_id]


class Threads(Protocol):
    """Where comments are kept: with the file, in Drive. Each refuses with RequestRefused what may not be done."""

    def comment(self, content: str, quote: str, assignee: str | None) -> Json:
        """Keep a new comment; its thread as Docs shows it."""

    def reply(self, comment_id: str, post: Json) -> Json:
        """Keep a reply; the post as Docs shows it."""

    def edit(self, comment_id: str, post_id: str, content: str) -> None: ...

    def delete(self, comment_id: str, post_id: str | None) -> None:
        """Delete a reply, or the whole thread where no post is named."""


@dataclass
class Edit:
    """The working copy of a batch, and where new ids come from.

    `new_id` makes a string nobody else has; under `suggestion`, if set, text edits are suggested instead of made.
    """

    document: Document
    new_id: Callable[[], str]
    suggestion: str | None = None
    threads: Threads | None = None
    name_of: Callable[[str], str | None] = lambda _: None

    def tab(self, tab_id: str | None) -> Tab:
        """The tab a request names; the first one if it names none."""
        if not tab_id:
            return self.document.in_order()[0]
        tab = self.document.tab(tab_id)
        if tab is None:
            raise RequestRefused(f"The tab with ID {tab_id} was not found.")
        return tab

    def tabs(self, criteria: Json | None) -> list[Tab]:
        """The tabs a TabsCriteria names; all of them if it names none."""
        wanted = (criteria or {}).get("tabIds")
        if not wanted:
            return self.document.in_order()
        return [self.tab(tab_id) for tab_id in wanted]

    def segment_of(self, where: Json) -> tuple[Tab, str]:
        tab = self.tab(where.get("tabId"))
        segment_id = where.get("segmentId") or BODY
        if segment_id not in tab.segments:
            raise RequestRefused(f"Segment with ID {segment_id} was not found.")
        return tab, segment_id

    def insertion(self, request: Json) -> Place:
        """Where a request wants something inserted; refused unless that is inside a paragraph."""
        if "location" in request:
            place = self.position(request["location"])
        elif "endOfSegmentLocation" in request:
            tab, segment_id = self.segment_of(request["endOfSegmentLocation"])
            place = Place(tab, segment_id, len(tab.segments[segment_id]) - 1)
        else:
            raise RequestRefused("The insertion location must be specified.")
        units = place.segment.units
        if units[place.index].mark in STRUCTURE:
            raise RequestRefused(NOT_IN_PARAGRAPH)
        if splits_pair(place.segment, place.index):
            raise RequestRefused("The insertion index cannot be within a grapheme cluster.")
        return place

    def body_insertion(self, request: Json, what: str) -> Place:
        """The same for what may stand only in the body and outside tables."""
        place = self.insertion(request)
        if place.segment_id != BODY:
            raise RequestRefused(f"{what} cannot be inserted inside a header, footer or footnote.")
        if place.segment.table_depth(place.index):
            raise RequestRefused(f"{what} cannot be inserted inside a table.")
        return place

    def position(self, location: Json) -> Place:
        """A location's place; its index must lie inside the segment."""
        tab, segment_id = self.segment_of(location)
        index = location.get("index", 0)
        check_index(index, len(tab.segments[segment_id]))
        return Place(tab, segment_id, index)

    def span(self, given: Any) -> Span:
        """A range's units. Rule: it must have an end, must not be empty, and must lie inside its segment."""
        if not isinstance(given, dict) or "endIndex" not in given:
            raise RequestRefused("The range must be specified.")
        tab, segment_id = self.segment_of(given)
        segment = tab.segments[segment_id]
        start, end = given.get("startIndex", 0), given["endIndex"]
        check_index(start, len(segment))
        if end <= start:
            raise RequestRefused("The range should not be empty.")
        check_index(end - 1, len(segment), shown=end)
        if segment.units[start].mark == SECTION and start == 0:
            raise RequestRefused(FIRST_SECTION_BREAK)
        return Span(tab, segment_id, start, end)

    def fresh_id(self, prefix: str) -> str:
        return prefix + self.new_id()


def check_index(index: int, length: int, shown: int | None = None) -> None:
    if index < 0:
        raise RequestRefused(f"Index {index} must be greater than or equal to 0.")
    if index >= length:
        number = index if shown is None else shown
        raise RequestRefused(f"Index {number} must be less than the end index of the referenced segment, {length}.")


def splits_pair(segment: Segment, index: int) -> bool:
    """Whether `index` lies between the two halves of one character."""
    if not 0 < index < len(segment):
        return False
    return is_high_surrogate(segment.units[index - 1].mark) and is_low_surrogate(segment.units[index].mark)
