"""The first tab of a group's Doc: who can read it, the year at a glance, next steps that are open. No I/O.

Rows are added and never taken out; what people change, delete or type in between is theirs.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sync.core.notes.next_steps import NextStep
from sync.google.docs.document import Document, Range
from sync.google.docs.page import Day, Dropdown, Mark, Page, Person, Piece, Request, Text
from sync.google.docs.protocols import Protocol, definition_id
from sync.services.ports import ANYBODY, DOMAIN, NotesView

INDEX = "downthehall.index"
YEAR_TABLE = "downthehall.year"
STEPS_TABLE = "downthehall.steps"
READERS = "downthehall.readers"
GOING = "step"
"""the dropdown "How it is going", whose options are those of `StepState`"""
_THESE, _AND, _END = "These people: ", ", ", "."
_BY_HAND = " Let in by hand: "
_CELLS = 4
_EMPTY_ROW = 1 + 2 * _CELLS
"""units of a row of empty cells: the row, and for each cell itself and its newline"""


def name_of_step(step: NextStep) -> str:
    return f"downthehall.step.{step.walk}.{step.key}"


def index_requests(document: Document, protocol: Protocol, view: NotesView) -> list[Request]:
    """What fills the empty first tab; nothing when it was filled, or people wrote there first."""
    first = document.tabs[0]
    if document.named(INDEX) or not first.empty:
        return []
    page = Page(first.id)
    charter = view.fields.get("charter", "")
    values: dict[str, Sequence[Piece | Mark]] = {
        "doc_title": (Text(view.doc_title),),
        "readers": (_readers(view.readers),),
        "charter": (
            Text("our charter says it.", link=charter)
            if charter
            else Text("to see what works for students, and to borrow it."),
        ),
        "photos": (Text(view.fields.get("photos", "")),),
        "year_table": (Mark(YEAR_TABLE, (Text("When"),)),),
        "steps_table": (Mark(STEPS_TABLE, (Text("What"),)),),
    }
    protocol.write(page, values, 0, 0, INDEX)
    return [titled(first.id, protocol.title), *page.finished()]


def titled(tab: str, title: str) -> Request:
    return {"updateDocumentTabProperties": {"tabProperties": {"tabId": tab, "title": title}, "fields": "title"}}


def year_row(document: Document, view: NotesView, when: Mark, link: Text) -> list[Request]:
    """One more row in the year at a glance; none where people took that table away."""
    hosts: list[Piece] = []
    for email in view.hosts:
        hosts += [Text(", "), Person(email)] if hosts else [Person(email)]
    return _rows(document, YEAR_TABLE, [[[when], hosts, [Text(view.fields.get("focus", ""))], [link]]])


def step_rows(document: Document, steps: Sequence[NextStep], zone: str) -> list[Request]:
    """A row for each step that has none, in its writer's words, with a dropdown for how it is going."""
    return _rows(document, STEPS_TABLE, [_step(one, zone) for one in steps if not document.named(name_of_step(one))])


def _step(step: NextStep, zone: str) -> list[Sequence[Piece | Mark]]:
    return [
        [Mark(name_of_step(step), (Text(step.what),))],
        [Person(step.owner)] if step.owner else [],
        [Day(step.by_noon(zone), zone)] if step.by else [],
        [Dropdown(definition_id(GOING))],
    ]


def _rows(document: Document, table_name: str, rows: Sequence[Sequence[Sequence[Piece | Mark]]]) -> list[Request]:
    found = document.table_around(table_name)
    if found is None or not rows:
        return []
    tab, table = found
    page, end = Page(tab), table.last_row_end
    for number, row in enumerate(rows):
        below = {"index": table.start, "tabId": tab}
        place = {"tableStartLocation": below, "rowIndex": table.rows - 1 + number, "columnIndex": 0}
        page.requests.append({"insertTableRow": {"tableCellLocation": place, "insertBelow": True}})
        end += _EMPTY_ROW + page.cells(end, row)
    return page.finished()


# --- who can read it ---


def _readers(emails: Sequence[str], by_hand: Sequence[str] = ()) -> Mark:
    pieces: list[Piece] = [Text(_THESE)]
    for number, email in enumerate(emails):
        pieces += [Text(_AND), Person(email)] if number else [Person(email)]
    return Mark(READERS, (*pieces, Text(_END + _guests(by_hand))))


def _guests(by_hand: Sequence[str]) -> str:
    """In plain words: an address may be a list's, and anybody with the link is nobody's chip."""
    return f"{_BY_HAND}{_AND.join(map(_guest, by_hand))}{_END}" if by_hand else ""


def _guest(who: str) -> str:
    if who == ANYBODY:
        return "anybody with the link"
    return f"everybody at {who.removeprefix(DOMAIN)}" if who.startswith(DOMAIN) else who


def readers_rewritten(
    answer: Mapping[str, Any], place: Range, emails: Sequence[str], by_hand: Sequence[str], before: Sequence[str]
) -> list[Request]:
    """The list of readers as it is now; nothing where it is right, or where people have written into it.

    `before` are those whom it named so far as let in by hand.
    """
    said, people = _within(answer, place)
    ours = _THESE + _AND * (len(people) - 1) + _END
    is_right = people == list(emails) and said == ours + _guests(by_hand)
    if is_right or said not in (ours + _guests(by_hand), ours + _guests(before)):
        return []
    page = Page(place.tab, place.start)
    page.words([_readers(emails, by_hand)])
    return [*taken_out(place), *page.finished()]


def taken_out(place: Range) -> list[Request]:
    """Our own words of a place, and its name, to be written anew."""
    span = {"startIndex": place.start, "endIndex": place.end, "tabId": place.tab}
    return [
        {"deleteNamedRange": {"namedRangeId": place.id, "tabsCriteria": {"tabIds": [place.tab]}}},
        {"deleteContentRange": {"range": span}},
    ]


def _within(answer: Mapping[str, Any], place: Range) -> tuple[str, list[str]]:
    """Text and people of a stretch."""
    said, people = "", []
    for element in _elements(answer.get("tabs", ()), place.tab):
        if place.start <= element.get("startIndex", 0) and element.get("endIndex", 0) <= place.end:
            people += [element["person"]["personProperties"]["email"].lower()] if "person" in element else []
        start, text = element.get("startIndex", 0), element.get("textRun", {}).get("content", "")
        said += text[max(0, place.start - start) : max(0, place.end - start)]
    return said, people


def _elements(tabs: Any, wanted: str) -> list[Mapping[str, Any]]:
    found: list[Mapping[str, Any]] = []
    for tab in tabs:
        if tab.get("tabProperties", {}).get("tabId") == wanted:
            for block in tab.get("documentTab", {}).get("body", {}).get("content", ()):
                found += block.get("paragraph", {}).get("elements", ())
        found += _elements(tab.get("childTabs", ()), wanted)
    return found
