"""Whoever covers has an event of their own, exactly one, gone with the visit, and unknown to it says nothing of it."""

from __future__ import annotations

from typing import Any

from sync.core.visits.walk import Walk
from sync.services.covers import covering
from sync.services.visits import booking
from tests.google.conftest import Hall
from tests.personas import ADA, BEN, EVE, GUS, TUESDAY


def covered(hall: Hall) -> Walk:
    walk = booking.book(
        hall.store, hall.clock, "maple", actor=EVE, visitors=(EVE,), host=BEN, day=TUESDAY, period="3",
        focus=("questions",), covered=(EVE,),
    )  # fmt: skip
    hall.sync()  # asks whose turn it is
    return covering.ask(hall.store, hall.clock, "maple", walk.key, actor=EVE, away=EVE, note="Page 12, in pairs")


def cover_events(hall: Hall) -> list[dict[str, Any]]:
    return [event for event in hall.events() if event["summary"].startswith("Cover")]


def test_the_coverer_has_an_event_with_the_handover_note(hall: Hall) -> None:
    walk = covered(hall)
    assert walk.covers[0].asked == ADA
    assert cover_events(hall) == []
    covering.accept(hall.store, hall.clock, "maple", walk.key, actor=ADA)
    hall.sync()
    (event,) = cover_events(hall)
    assert event["summary"] == "Cover: Room 14 · French"
    assert {guest["email"] for guest in event["attendees"]} == {ADA, EVE}
    assert "Handover: Page 12, in pairs" in event["description"]
    assert "Ben" not in event["description"]
    assert len(hall.events()) == 2
    hall.sync()
    hall.side.forget_calls()
    assert not hall.sync().changed
    assert not hall.side.writes()


def test_who_gives_cover_up_is_let_go_and_the_next_one_invited(hall: Hall) -> None:
    walk = covered(hall)
    covering.accept(hall.store, hall.clock, "maple", walk.key, actor=ADA)
    hall.sync()
    covering.decline(hall.store, hall.clock, "maple", walk.key, actor=ADA)
    hall.sync()
    assert cover_events(hall) == []
    covering.accept(hall.store, hall.clock, "maple", walk.key, actor=GUS)
    hall.sync()
    (event,) = cover_events(hall)
    assert {guest["email"] for guest in event["attendees"]} == {GUS, EVE}


def test_a_cancelled_visit_takes_its_covers_event_along(hall: Hall) -> None:
    walk = covered(hall)
    covering.accept(hall.store, hall.clock, "maple", walk.key, actor=ADA)
    hall.sync()
    booking.cancel(hall.store, hall.clock, "maple", walk.key, actor=EVE)
    hall.sync()
    assert hall.events() == []
