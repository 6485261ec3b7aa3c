"""Docs: exactly one per pair and year, one tab for each walk, and nobody's words touched."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from sync.core.visits.walk import Walk
from sync.google import workspace_of
from sync.services.visits import booking
from tests.google.agreement import check_agreement
from tests.google.conftest import Hall
from tests.personas import ADA, BEN, CLEO, EVE, GUS, THURSDAY, TUESDAY, WEDNESDAY


def text_of(content: list[dict[str, Any]]) -> Iterator[str]:
    """Every paragraph, tables too; chips in angle brackets."""
    for element in content:
        for row in element.get("table", {}).get("tableRows", ()):
            for cell in row["tableCells"]:
                yield from text_of(cell["content"])
        if "paragraph" in element:
            yield "".join(map(_piece, element["paragraph"]["elements"])).rstrip("\n")


def _piece(element: dict[str, Any]) -> str:
    if "textRun" in element:
        return str(element["textRun"]["content"])
    if "person" in element:
        return f"<{element['person']['personProperties']['email']}>"
    if "dateElement" in element:
        return f"<{element['dateElement']['dateElementProperties']['timestamp']}>"
    return f"<{element['dropdown']['dropdownProperties']['displayValue']}>"


def tab_of(hall: Hall, walk: Walk) -> dict[str, Any]:
    [found] = [
        tab
        for doc in hall.files("document")
        for tab in hall.doc(doc["id"])["tabs"]
        if f"downthehall.walk.{walk.key}" in tab["documentTab"].get("namedRanges", {})
    ]
    return {**found, "text": list(text_of(found["documentTab"]["body"]["content"]))}


def index_of(hall: Hall) -> list[str]:
    [doc] = hall.files("document")
    return list(text_of(hall.doc(doc["id"])["tabs"][0]["documentTab"]["body"]["content"]))


def write(hall: Hall, doc: str, *requests: dict[str, Any], as_: str = ADA) -> None:
    account = hall.side.as_(as_)
    account.send(account.api.documents.batchUpdate(documentId=doc, body={"requests": list(requests)}), "writing")


def test_a_section_says_who_when_and_what_for_and_ends_without_stray_lines(hall: Hall) -> None:
    walk = hall.book(focus=("talk", "own"), own_focus="How do you begin? *x* {{host}} 🎻 =1+1")
    hall.sync()
    tab = tab_of(hall, walk)
    assert tab["text"][0] == "Visit to Room 12"
    assert "We visit to learn, not to judge." in tab["text"]
    assert f"<{ADA}> with <{BEN}> on <2026-03-03T14:40:00Z>, period 3 · Grade 7 Mathematics" in tab["text"]
    [focus] = [line for line in tab["text"] if line.startswith("Focus:")]
    assert "“How do you begin? *x* {{host}} 🎻 =1+1”" in focus, "one's own words are never taken for markup"
    assert [line for line in tab["text"] if "<Choose>" in line] == [
        "Host asks for: <Choose>",
        "We talked: <Choose>",
        "Thanks: <Choose>",
    ]
    assert tab["text"][-2:] == [
        "Lines here may be shown outside the two of you, once you both agree. Empty is fine.",
        "",
    ]


def test_a_group_has_one_block_for_each_visitor_and_one_doc_all_year(hall: Hall) -> None:
    first = hall.book(ADA, BEN, TUESDAY, visitors=(ADA, GUS), group="Group 1")
    hall.clock.forward(timedelta(days=7))
    second = hall.book(GUS, BEN, TUESDAY + timedelta(days=14), group="Group 1")
    assert hall.sync().fine
    [doc] = hall.files("document")
    assert doc["name"] == "Group 1 · 2025-26"
    assert tab_of(hall, first)["text"].count("Notes") == 2
    assert tab_of(hall, second)["text"].count("Notes") == 1
    assert sum(line.startswith("on <") for line in index_of(hall)) == 2


def test_exactly_those_who_take_part_can_open_the_doc_and_nobody_gets_a_mail(hall: Hall) -> None:
    hall.book(ADA, BEN, TUESDAY, group="Group 1")
    hall.sync()
    [doc] = hall.files("document")
    for email in (ADA, BEN, GUS):
        account = hall.side.as_(email)
        assert account.send(account.api.documents.get(documentId=doc["id"]), "reading")
    for email in (CLEO, EVE):
        listed = hall.side.as_(email).send(hall.side.as_(email).api.files.list(), "listing")
        assert doc["id"] not in {item["id"] for item in listed["files"]}
    assert not [mail for mail in hall.side.outbox() if "drive" in str(mail.get("service", mail.get("kind", "")))]


def test_words_that_people_wrote_stay_when_the_visit_moves(hall: Hall) -> None:
    walk = hall.book()
    hall.sync()
    [doc] = hall.files("document")
    tab = tab_of(hall, walk)["tabProperties"]["tabId"]
    write(hall, doc["id"], {"insertText": {"location": {"index": 1, "tabId": tab}, "text": "Ada was here 🎻\n"}})
    booking.move(hall.store, hall.clock, "maple", walk.key, actor=ADA, day=THURSDAY, period="3")
    assert hall.sync().fine
    moved = tab_of(hall, walk)
    assert moved["text"][0] == "Ada was here 🎻"
    assert moved["tabProperties"]["title"] == "5 Mar · Room 12"
    assert f"<{ADA}> with <{BEN}> on <2026-03-05T14:40:00Z>, period 3 · Grade 7 Mathematics" in moved["text"]
    assert "on <2026-03-05T14:40:00Z>, period 3" in index_of(hall)
    assert "2026-03-03" not in str(moved["text"]) + str(index_of(hall))


def test_a_renamed_tab_and_doc_keep_the_names_people_gave_them(hall: Hall) -> None:
    walk = hall.book()
    hall.sync()
    [doc] = hall.files("document")
    tab = tab_of(hall, walk)["tabProperties"]["tabId"]
    renamed = {"tabProperties": {"tabId": tab, "title": "Our first visit"}, "fields": "title"}
    write(hall, doc["id"], {"updateDocumentTabProperties": renamed})
    hall.side.send(hall.side.as_().api.files.update(fileId=doc["id"], body={"name": "Ada and Ben learn"}))
    booking.move(hall.store, hall.clock, "maple", walk.key, actor=ADA, day=THURSDAY, period="3")
    hall.sync()
    assert tab_of(hall, walk)["tabProperties"]["title"] == "Our first visit"
    assert [item["name"] for item in hall.files("document")] == ["Ada and Ben learn"]


def test_a_section_whose_heading_people_deleted_is_not_written_again(hall: Hall) -> None:
    walk = hall.book()
    hall.sync()
    [doc] = hall.files("document")
    tab = tab_of(hall, walk)["tabProperties"]["tabId"]
    everything = {"deleteContentRange": {"range": {"startIndex": 1, "endIndex": 17, "tabId": tab}}}
    write(hall, doc["id"], everything)
    booking.move(hall.store, hall.clock, "maple", walk.key, actor=ADA, day=THURSDAY, period="3")
    assert hall.sync().fine
    tabs = hall.doc(doc["id"])["tabs"]
    assert len(tabs) == 2
    assert "Visit to Room 12" not in list(text_of(tabs[1]["documentTab"]["body"]["content"]))


def test_a_cancelled_visits_section_stays_and_says_so(hall: Hall) -> None:
    walk = hall.book()
    hall.sync()
    booking.cancel(hall.store, hall.clock, "maple", walk.key, actor=ADA)
    hall.sync()
    assert tab_of(hall, walk)["tabProperties"]["title"] == "3 Mar · Room 12 · cancelled"


def test_a_visit_cancelled_before_it_had_a_section_gets_none(hall: Hall) -> None:
    walk = hall.book()
    booking.cancel(hall.store, hall.clock, "maple", walk.key, actor=ADA)
    assert hall.sync().fine
    assert hall.files("document") == []


def test_a_doc_deleted_for_good_is_made_anew(hall: Hall) -> None:
    hall.book()
    hall.sync()
    [doc] = hall.files("document")
    hall.side.send(hall.side.as_().api.files.delete(fileId=doc["id"]))
    hall.clock.forward(timedelta(days=7))
    hall.book(ADA, BEN, TUESDAY + timedelta(days=14))
    assert hall.sync().fine
    [made] = hall.files("document")
    assert made["id"] != doc["id"]


@pytest.mark.parametrize(
    ("method", "kind"),
    [
        *(("drive.files.create", kind) for kind in ("lost-reply", "429", "cut-off")),
        *(("drive.permissions.create", kind) for kind in ("lost-reply", "403-rate")),
        *(("docs.documents.batchUpdate", kind) for kind in ("lost-reply", "403-rate", "503", "401", "cut-off")),
        ("docs.documents.get", "503"),
    ],
)
def test_one_doc_and_one_section_through_trouble(hall: Hall, method: str, kind: str) -> None:
    hall.sync()
    hall.book()
    hall.side.trouble({"method": method, "kind": kind, "times": 2})
    assert hall.sync().fine
    check_agreement(hall)
    assert len(hall.files("folder")) == 2


def test_a_doc_that_is_not_yet_known_right_after_it_was_made_is_waited_for(hall: Hall) -> None:
    hall.book()
    hall.side.trouble({"method": "docs.documents.get", "kind": "404", "times": 2})
    assert hall.sync().fine
    check_agreement(hall)


def test_somebody_typing_at_the_same_moment_shifts_nothing(hall: Hall) -> None:
    """The write demands the revision that was read; here somebody else writes in between."""
    first = hall.book()
    hall.sync()
    hall.clock.forward(timedelta(days=7))
    second = hall.book(ADA, BEN, TUESDAY + timedelta(days=14))
    [doc] = hall.files("document")
    tab = tab_of(hall, first)["tabProperties"]["tabId"]
    typed: list[str] = []

    class Interrupted(type(hall.side.google.patience)):  # type: ignore[misc]
        def call(self, do: Any, doing: str, **how: Any) -> Any:
            if doing == "writing in a group's Doc" and len(typed) < 2:
                typed.append(f"word {len(typed)} ")
                place = {"index": 1, "tabId": tab}
                write(hall, doc["id"], {"insertText": {"location": place, "text": typed[-1]}})
            return super().call(do, doing, **how)

    whole = hall.side.google
    busy = type(whole)(whole.key, whole.base, Interrupted(sleep=lambda seconds: None), whole.api)
    assert hall.sync(workspace_of(busy)).fine
    assert tab_of(hall, second)["text"][0] == "Visit to Room 12"
    assert tab_of(hall, first)["text"][0] == "word 1 word 0 Visit to Room 12"
    assert len(typed) == 2


def test_a_quota_used_up_ends_the_notes_of_this_pass_and_no_more(hall: Hall) -> None:
    hall.sync()
    hall.book()
    hall.book(GUS, EVE, WEDNESDAY)
    hall.side.trouble({"method": "drive.files.create", "kind": "403-quota", "times": 1})
    report = hall.sync()
    assert len(report.broken) == 1
    assert report.waiting == {"notes": 1}
    assert len(hall.events()) == 2, "the calendar is another queue"
    assert hall.sync().fine
    check_agreement(hall)
    assert all("attachments" in event for event in hall.events()), "the link came after"


def test_a_view_that_is_shown_already_costs_no_call(hall: Hall) -> None:
    walk = hall.book()
    hall.sync()
    hall.side.forget_calls()
    hall.clock.forward(timedelta(days=4))
    hall.sync()
    assert hall.walk(walk).state.value == "held"
    assert set(hall.side.counted()) <= {
        "calendar.events.list",
        "drive.changes.list",
        "docs.documents.get",
        "drive.files.get",  # whether somebody edited the Sheet
        "gmail.users.messages.send",  # the reminder to thank
        "sheets.spreadsheets.get",
        "sheets.spreadsheets.batchUpdate",
    }
