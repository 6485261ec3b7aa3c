"""A page's indexes are right whatever stands on it: what is written is what is read back."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sync.google.docs.page import Day, Dropdown, Mark, Page, Person, Piece, Text, units
from sync.google.docs.protocols import Protocols, definition_id, option_id, read_protocol, values_of
from sync.services.mirrors.views import PROTOCOLS
from sync.services.places import TEMPLATES
from sync.services.ports import Fault, NotesView
from tests.google.conftest import Side
from tests.google.test_documents import text_of
from tests.personas import ADA, BEN, GUS

WHEN = datetime(2026, 3, 3, 14, 40, tzinfo=UTC)
CHOICE = definition_id("choice")
words = st.text(st.sampled_from("ab é🎻ß\n\t\ue000\x07\u2028{}*|="), max_size=8).map(Text)
chips: st.SearchStrategy[Piece] = st.sampled_from([Person(ADA), Day(WHEN, "UTC"), Dropdown(CHOICE)])
lines = st.lists(words | chips, max_size=4)
tables = st.integers(1, 3).flatmap(
    lambda wide: st.lists(st.lists(lines, min_size=wide, max_size=wide), min_size=1, max_size=3)
)
blocks = st.lists(
    st.tuples(st.just("paragraph"), lines)
    | st.tuples(st.just("items"), st.lists(lines, min_size=1, max_size=3))
    | st.tuples(st.just("table"), tables),
    max_size=5,
)


def shown(line: list[Any]) -> str:
    """What a line is to look like when read back."""
    return "".join(_shown(piece) for piece in line)


def _shown(piece: Piece) -> str:
    match piece:
        case Text(text):
            page = Page("t.0")
            page.words([Text(text)])
            return str(page.requests[0]["insertText"]["text"]) if page.requests else ""
        case Person(email):
            return f"<{email}>"
        case Day():
            return "<2026-03-03T14:40:00Z>"
        case Dropdown():
            return "<Choose>"


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(written=blocks)
def test_any_page_reads_back_as_it_was_meant(side: Side, written: list[tuple[str, Any]]) -> None:
    account = side.as_()
    body = {"name": "page", "mimeType": "application/vnd.google-apps.document"}
    doc = side.send(account.api.files.create(body=body))["id"]
    page = Page("t.0")
    page.define(CHOICE, "Choice", [(option_id("choose"), "Choose"), (option_id("yes"), "Yes")])
    page.paragraph([Text("Title")], "HEADING_1", mark="title")
    expected = ["Title"]
    for kind, content in written:
        if kind == "paragraph":
            page.paragraph(content)
            expected.append(shown(content))
        elif kind == "items":
            page.items(content)
            expected += map(shown, content)
        else:
            page.table(content)
            expected += [shown(line) for row in content for line in row]
    side.send(account.api.documents.batchUpdate(documentId=doc, body={"requests": page.finished()}))
    read = side.send(account.api.documents.get(documentId=doc, includeTabsContent=True))["tabs"][0]["documentTab"]
    found = [line for line in text_of(read["body"]["content"]) if line]
    assert found == [line for line in expected if line]
    [title] = read["namedRanges"]["title"]["namedRanges"]
    assert title["ranges"][0] == {"startIndex": 1, "endIndex": 6, "tabId": "t.0"}


def test_length_is_counted_as_docs_counts_it() -> None:
    assert (units("a"), units("é"), units("🎻"), units("")) == (1, 1, 2, 0)


def a_view(protocol: str) -> NotesView:
    fields = {"room": "Room 12", "course": "Algebra", "focus": "Talk", "look_fors": "Who speaks", "period": "period 3"}
    stop = {"host": BEN, "room": "Room 12", "course": "Algebra"}
    return NotesView(
        "w", "Doc", "Tab", protocol, fields, (ADA, GUS), (BEN,), WHEN, "UTC", (ADA, BEN, GUS), (stop, stop)
    )


@pytest.mark.parametrize("protocol", list(Protocols(TEMPLATES / "protocols")), ids=lambda protocol: protocol.id)
def test_every_protocol_fills_every_field_and_begins_neutral(protocol: Any) -> None:
    values = {**values_of(a_view(protocol.id), Mark("when", (Text("on "),))), "doc_title": [Text("Ada & Ben")]}
    known = {name.split(".")[0] for name in values} | {
        "doc_title",
        "readers",
        "year_table",
        "steps_table",
        "charter",
        "photos",
    }
    known |= {"line"} if protocol.id == "check-in" else set()  # the lines that a teacher picks for a check-in
    asked = {name.split(".")[0] for name in protocol.fields if not name.startswith("choose ")}
    assert asked <= known
    assert {name.removeprefix("choose ") for name in protocol.fields if name.startswith("choose ")} <= set(
        protocol.dropdowns
    )
    for _, options in protocol.dropdowns.values():
        assert options[0] == (option_id("choose"), "Choose")
        assert len({option for option, _ in options}) == len(options)
    for word in ("observ", "evaluator", "rating", "score"):
        assert word not in protocol.text.lower().replace("this is not evaluation", "")
    page = Page("t.1")
    protocol.write(page, values, 2, 2, "mark")
    assert any("createNamedRange" in request for request in page.requests), "the first line has text to carry the mark"


def test_every_kind_of_walk_has_a_protocol() -> None:
    protocols = Protocols(TEMPLATES / "protocols")
    for kind, name in PROTOCOLS.items():
        assert kind.value in protocols[name].kinds


@pytest.mark.parametrize("content", ["", "# no front matter", "+++\nid = 1\n+++\n", "+++\nnot toml\n+++\n# x"])
def test_a_protocol_that_cannot_be_read_is_named_in_a_sentence(tmp_path: Path, content: str) -> None:
    path = tmp_path / "ours.md"
    path.write_text(content)
    with pytest.raises(Fault, match=r"ours\.md"):
        read_protocol(path)
