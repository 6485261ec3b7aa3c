"""Store and Google agree after one pass, and a pass with nothing to do sends nothing."""

from __future__ import annotations

from tests.google.conftest import Hall
from tests.personas import ADA, BEN


def test_a_booked_visit_gets_one_event_one_tab_and_one_row(hall: Hall) -> None:
    walk = hall.book()
    report = hall.sync()
    assert report.fine, list(report.sentences())
    [event] = hall.events()
    assert event["extendedProperties"]["private"]["downthehall.walk"] == walk.key
    assert {guest["email"] for guest in event["attendees"]} == {ADA, BEN}
    [doc] = hall.files("document")
    tabs = hall.doc(doc["id"])["tabs"]
    assert [tab["tabProperties"]["title"] for tab in tabs] == ["This year", "3 Mar · Room 12"]
    assert len(hall.sheet("Visits")) == 2


def test_a_second_pass_with_nothing_changed_reads_two_feeds_once_and_writes_nothing(hall: Hall) -> None:
    hall.book()
    hall.sync()
    hall.sync()  # takes in the echo of its own writes
    hall.side.forget_calls()
    report = hall.sync()
    assert not report.changed
    assert hall.side.counted() == {"calendar.events.list": 1, "drive.changes.list": 1}
