"""A newsletter's Doc follows what people agree to, and take back, and keeps what its editors made of it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from sync.core.notes.sharing import line_key
from sync.core.refusals import Refused
from sync.core.visits.walk import Walk
from sync.services.notes import newsletters, sharing
from tests.google.conftest import Hall
from tests.google.test_access import can_read
from tests.google.writing import Writer, all_text
from tests.personas import ADA, BEN, CLEO

CUPS = "Red and green cups told Ben who wanted help."
WAIT = "Nine of ten pupils asked a question after a wait of seven seconds."


@pytest.fixture
def walk(hall: Hall) -> Walk:
    """Ada visited Ben, and two lines were marked."""
    booked = hall.book()
    hall.sync()
    [doc] = hall.files("document")
    ada = Writer(hall.side.as_(ADA), doc["id"])
    ada.new_line_below(booked.key, f"{CUPS}\n{WAIT}", line="Lines here may be shown")
    hall.clock.set(booked.ends + timedelta(hours=1))
    hall.sync()
    return booked


def answer(hall: Hall, walk: Walk, words: str, *people: str, yes: bool = True) -> None:
    for person in people:
        line = line_key(walk.key, words)
        sharing.answer(hall.store, hall.clock, "maple", actor=person, walk=walk.key, line=line, yes=yes)
    assert hall.sync().fine


def begin(hall: Hall, title: str = "March") -> None:
    newsletters.begin(hall.store, hall.clock, "maple", actor=CLEO, title=title, hashtags=("maple learns",))
    assert hall.sync().fine


def draft(hall: Hall, name: str = "March") -> Writer:
    [doc] = [doc["id"] for doc in hall.files("document") if doc["name"] == name]
    return Writer(hall.side.as_(CLEO), doc)


def test_a_line_comes_when_both_agree_and_goes_when_one_takes_it_back(hall: Hall, walk: Walk) -> None:
    begin(hall)
    answer(hall, walk, CUPS, ADA)
    assert CUPS not in all_text(draft(hall).read())
    answer(hall, walk, CUPS, BEN)
    answer(hall, walk, WAIT, ADA, BEN)
    text = all_text(draft(hall).read())
    assert text.count(CUPS) == text.count(WAIT) == 1
    assert "#maplelearns" in text
    assert can_read(hall, draft(hall).doc) == [CLEO]
    answer(hall, walk, CUPS, BEN, yes=False)
    text = all_text(draft(hall).read())
    assert (CUPS in text, WAIT in text) == (False, True)
    answer(hall, walk, CUPS, BEN)
    assert all_text(draft(hall).read()).count(CUPS) == 1


def test_a_line_taken_out_of_its_own_doc_goes_here_too_and_copies_with_it(hall: Hall, walk: Walk) -> None:
    answer(hall, walk, CUPS, ADA, BEN)
    begin(hall)
    cleo = draft(hall)
    first = cleo.read()["tabs"][0]
    cleo.insert(first, 1, f"Dear all! Look: {CUPS} And more.\n")
    answer(hall, walk, CUPS, ADA, yes=False)
    text = all_text(cleo.read())
    assert CUPS not in text
    assert "Dear all! Look:  And more." in text


def test_what_the_coordinator_took_out_or_wrote_stays_so(hall: Hall, walk: Walk) -> None:
    answer(hall, walk, CUPS, ADA, BEN)
    begin(hall)
    cleo = draft(hall)
    change = {"containsText": {"text": CUPS, "matchCase": True}, "replaceText": "In our own words."}
    cleo.send({"replaceAllText": change})
    answer(hall, walk, WAIT, ADA, BEN)
    text = all_text(cleo.read())
    assert (CUPS in text, "In our own words." in text, text.count(WAIT)) == (False, True, 1)
    hall.side.forget_calls()
    hall.sync()
    assert not [method for method in hall.side.counted() if method.startswith("docs.")] or not hall.side.writes()


@pytest.mark.parametrize("kind", ["lost-reply", "503"])
def test_one_doc_through_trouble_and_only_for_coordinators(hall: Hall, walk: Walk, kind: str) -> None:
    with pytest.raises(Refused):
        newsletters.begin(hall.store, hall.clock, "maple", actor=ADA, title="March")
    answer(hall, walk, CUPS, ADA, BEN)
    for method in ("drive.files.create", "docs.documents.batchUpdate"):
        hall.side.trouble({"method": method, "kind": kind, "times": 1})
    begin(hall)
    begin(hall)
    assert all_text(draft(hall).read()).count(CUPS) == 1
