"""What people write in a Doc comes back through the feed of changes, and what cannot be found is said."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from sync.core.notes.evidence_words import QUESTIONS
from sync.core.notes.sharing import line_key
from sync.core.notes.thanks import ThanksState
from sync.core.refusals import Refused
from sync.core.visits.walk import State, Walk
from sync.services.notes import sharing, thanking
from sync.services.notes.hinting import Hints, hints_for
from sync.services.notes.notes_reading import NotesRead, lost_of, read_notes
from tests.google.conftest import Hall
from tests.google.writing import Writer, all_text
from tests.personas import ADA, BEN, CLEO

DAY = timedelta(days=1)


@pytest.fixture
def held(hall: Hall) -> Walk:
    """Ada has visited Ben; their Doc is there."""
    walk = hall.book()
    hall.sync()
    read(hall)
    hall.clock.set(walk.ends + timedelta(hours=1))
    hall.sync()
    thanking.take_stock(hall.store, hall.clock, "maple")
    return hall.walk(walk)


def read(hall: Hall) -> NotesRead:
    return read_notes(hall.store, hall.side.workspace, hall.clock, "maple")


def at_doc(hall: Hall, email: str) -> Writer:
    [doc] = hall.files("document")
    return Writer(hall.side.as_(email), doc["id"])


def test_what_people_write_and_choose_is_read_back(hall: Hall, held: Walk) -> None:
    ben, ada = at_doc(hall, BEN), at_doc(hall, ADA)
    ben.fill(held.key, "What", 1, 0, "Wait seven seconds 🎻")
    ben.fill(held.key, "What", 1, 2, "2026-03-20")
    ada.type_at_end_of(held.key, " #talk #wait-time", line="Tags")
    ada.new_line_below(held.key, "Cups on the desks say who needs help", line="Lines here may be shown")
    ada.choose(held.key, "thanks", "sent")
    ben.choose(held.key, "talked", "sit-down")
    before = all_text(ben.read())
    report = read(hall)
    assert report.debriefed == [held.key]
    assert report.lost == {}
    assert all_text(ben.read()) == before, "reading changes nothing"
    assert hall.walk(held).state is State.DEBRIEFED
    with hall.store.work() as work:
        [step] = work.notebook.steps("maple")
        notes = work.notebook.notes("maple")[held.key]
        [thanks] = work.notebook.thanks("maple")
    assert (step.what, step.owner, step.by) == ("Wait seven seconds 🎻", BEN, date(2026, 3, 20))
    assert (notes.minutes, notes.tags) == (20, ("talk", "wait-time"))
    assert thanks.state is ThanksState.SENT


def test_only_docs_that_changed_are_read_and_none_when_nothing_did(hall: Hall, held: Walk) -> None:
    read(hall)
    hall.side.forget_calls()
    assert read(hall).docs == 0
    assert hall.side.counted() == {"drive.changes.list": 1}
    at_doc(hall, ADA).type_at_end_of(held.key, " #talk", line="Tags")
    hall.side.forget_calls()
    assert read(hall).docs == 1
    assert hall.side.writes() == {}


def test_a_line_is_shown_once_both_agree_and_is_gone_one_look_after_it_is_taken_out(hall: Hall, held: Walk) -> None:
    words = "Cups on the desks say who needs help"
    at_doc(hall, ADA).new_line_below(held.key, words, line="Lines here may be shown")
    read(hall)
    line = line_key(held.key, words)
    assert sharing.lines_of(hall.store, "maple", actor=CLEO) == []
    for person in (ADA, BEN):
        assert sharing.newsletter(hall.store, "maple", "November").lines == ()
        sharing.answer(hall.store, hall.clock, "maple", actor=person, walk=held.key, line=line, yes=True)
    assert sharing.newsletter(hall.store, "maple", "November").lines == (words,)
    assert [one.words for one in sharing.lines_of(hall.store, "maple", actor=CLEO)] == [words]
    sharing.answer(hall.store, hall.clock, "maple", actor=BEN, walk=held.key, line=line, yes=False)
    assert sharing.newsletter(hall.store, "maple", "November").lines == ()
    sharing.answer(hall.store, hall.clock, "maple", actor=BEN, walk=held.key, line=line, yes=True)
    at_doc(hall, ADA).send({"replaceAllText": {"containsText": {"text": words}, "replaceText": "Never mind"}})
    read(hall)
    assert sharing.newsletter(hall.store, "maple", "November").lines == (), "other words are another line"


def test_places_are_found_after_people_typed_before_them_renamed_and_moved(hall: Hall, held: Walk) -> None:
    ada = at_doc(hall, ADA)
    tab = ada.tab_of(held.key)
    ada.insert(tab, 1, "Something on top 🎻\n\n")
    about = {"tabId": tab["tabProperties"]["tabId"], "title": "Our visit", "index": 0}
    ada.send({"updateDocumentTabProperties": {"tabProperties": about, "fields": "title,index"}})
    ada.send({"replaceAllText": {"containsText": {"text": "Share", "matchCase": True}, "replaceText": "Zeigen"}})
    ada.type_at_end_of(held.key, " #talk", line="Tags")
    ada.fill(held.key, "What", 1, 0, "Ask one more")
    report = read(hall)
    with hall.store.work() as work:
        [step] = work.notebook.steps("maple")
        notes = work.notebook.notes("maple")[held.key]
    assert step.what == "Ask one more"
    assert notes.tags == ("talk",)
    assert set(report.lost.get(held.key, ())) <= {"share"}


def test_what_was_deleted_is_reported_as_lost_and_nothing_is_put_back(hall: Hall, held: Walk) -> None:
    ada = at_doc(hall, ADA)
    tab = ada.tab_of(held.key)
    content = tab["documentTab"]["body"]["content"]
    span = {"startIndex": 1, "endIndex": content[-1]["endIndex"] - 1, "tabId": tab["tabProperties"]["tabId"]}
    ada.send({"deleteContentRange": {"range": span}})
    before = all_text(ada.read())
    report = read(hall)
    assert set(report.lost[held.key]) == {"talked", "thanks", "steps", "tags", "share"}
    assert len(lost_of(hall.store, "maple", held.key)) == 5
    hall.sync()
    assert all_text(ada.read()) == before


def test_a_deleted_tab_and_a_deleted_doc_are_reported(hall: Hall, held: Walk) -> None:
    ada = at_doc(hall, ADA)
    ada.fill(held.key, "What", 1, 0, "Ask one more")
    read(hall)
    ada.send({"deleteTab": {"tabId": ada.tab_of(held.key)["tabProperties"]["tabId"]}})
    assert read(hall).lost == {held.key: ("tab",)}
    with hall.store.work() as work:
        assert work.notebook.steps("maple") == [], "what was deleted is kept nowhere else"
    hall.side.send(hall.side.as_().api.files.delete(fileId=ada.doc))
    assert read(hall).lost == {held.key: ("doc",)}


def test_trouble_with_a_doc_leaves_the_token_where_it_was(hall: Hall, held: Walk) -> None:
    read(hall)
    at_doc(hall, ADA).type_at_end_of(held.key, " #talk", line="Tags")
    hall.side.trouble({"method": "docs.documents.get", "kind": "403-quota", "times": 9})
    assert read(hall).trouble
    hall.side.no_more_trouble()
    assert read(hall).docs == 1


def test_a_judging_sentence_gets_a_question_and_our_own_words_do_not(hall: Hall, held: Walk) -> None:
    def hints(person: str) -> Hints:
        return hints_for(
            hall.store,
            hall.side.workspace,
            "maple",
            held.key,
            reader=hall.school.person(person),
            roster=["Zoe Quill"],
        )

    assert hints(ADA) == Hints()
    ada = at_doc(hall, ADA)
    ada.fill(held.key, "Time", 1, 1, "Great engagement at table two")
    ada.fill(held.key, "Time", 2, 1, "Nine of ten students wrote a claim, Zoe too")
    before = all_text(ada.read())
    found = hints(BEN)
    assert found.questions == (("Great engagement at table two", QUESTIONS["en"]["worth"]),)
    assert found.pupils_named == 1
    assert all_text(ada.read()) == before, "a hint is never a mark on the text"
    with pytest.raises(Refused):
        hints(CLEO)
