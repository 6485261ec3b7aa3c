"""A rehearsal says what would be done, sends nothing and keeps nothing."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

from sync.services.passes.quotas import minutes_needed
from sync.services.passes.rehearsing import rehearse
from tests.google.conftest import Hall
from tests.personas import ADA, BEN, EVE, GUS, WEDNESDAY


def test_before_the_first_pass_everything_is_said_and_nothing_sent(hall: Hall) -> None:
    hall.book()
    hall.side.forget_calls()
    rehearsal = rehearse(hall.store, hall.side.workspace, hall.clock, "maple")
    assert "make the calendar “Maple Hall: visits”" in rehearsal.would
    [event] = [line for line in rehearsal.would if "event" in line]
    assert event == f"put in the event “Visit: Room 12 · Grade 7 Mathematics” on Tue 03 Mar 09:40 for {ADA}, {BEN}"
    assert hall.side.calls() == []
    with hall.store.work() as work:
        assert work.mirrors.rooms("maple") is None


def test_what_was_rehearsed_is_what_is_done(hall: Hall) -> None:
    hall.book()
    hall.sync()
    hall.book(GUS, EVE, WEDNESDAY)
    hall.side.forget_calls()
    rehearsal = rehearse(hall.store, hall.side.workspace, hall.clock, "maple")
    assert not hall.side.writes()
    assert sum("event" in line for line in rehearsal.would) == 1
    assert sum("Doc" in line for line in rehearsal.would) == 1
    report = hall.sync()
    assert (report.shown["event"], report.shown["notes"]) == (1, 1)


def test_time_does_not_pass_in_a_rehearsal(hall: Hall) -> None:
    walk = hall.book()
    hall.sync()
    hall.clock.forward(timedelta(days=4))
    rehearse(hall.store, hall.side.workspace, hall.clock, "maple")
    assert hall.walk(walk).state.value == "booked"


def test_who_would_get_how_many_messages_and_give_how_much_prep_is_told(hall: Hall) -> None:
    hall.book()
    hall.book(GUS, EVE, WEDNESDAY)
    rehearsal = rehearse(hall.store, hall.side.workspace, hall.clock, "maple")
    assert rehearsal.messages == {ADA: 1, BEN: 1, GUS: 1, EVE: 1}
    assert rehearsal.prep == {ADA: 45, GUS: 45}
    told = " ".join(rehearsal.sentences())
    assert "4 messages to 4 people, at most 1 to one of them" in told
    assert "prep of 2 people, at most 45 minutes" in told


def test_the_writes_that_are_told_are_those_that_are_made(hall: Hall) -> None:
    """Of each API by itself; what is only looked at costs none."""
    hall.sync()
    hall.book()
    hall.book(GUS, EVE, WEDNESDAY)
    told = rehearse(hall.store, hall.side.workspace, hall.clock, "maple")
    hall.side.forget_calls()
    hall.sync()
    made: Counter[str] = Counter()
    for method, count in hall.side.writes().items():
        made[method.partition(".")[0].title()] += count
    assert dict(made) == told.writes
    assert any("in 1 min or so" in sentence for sentence in told.sentences())


def test_the_tightest_api_decides_how_long_it_takes() -> None:
    assert minutes_needed({}) == 0
    assert minutes_needed({"Calendar": 600, "Docs": 61}) == 2
