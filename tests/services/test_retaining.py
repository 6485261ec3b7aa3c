"""Retention: listed first, removed a month later, never while a hold stands."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from sync.core.notes.next_steps import NextStep
from sync.core.visits.walk import Walk
from sync.services.notes import holdings, retaining
from sync.services.ports import NotesPlace
from sync.services.visits import booking
from sync.store import SqlStore
from tests.fakes import StandingClock
from tests.personas import ADA, BEN, CLEO, TUESDAY, maple

SECRET = "Wait seven seconds"


@pytest.fixture
def walk(hall: SqlStore, clock: StandingClock) -> Walk:
    """A visit of March 2026 with words that were read back; its year's notes are kept until July 2027."""
    booked = booking.book(
        hall, clock, "maple", actor=ADA, visitors=(ADA,), host=BEN, day=TUESDAY, period="3",
        focus=("own",), own_focus=SECRET,
    )  # fmt: skip
    with hall.work() as work:
        work.notebook.keep_steps("maple", booked.key, [NextStep(booked.key, 0, SECRET, BEN)])
        work.notebook.keep_lines("maple", booked.key, [("a" * 32, SECRET)])
        work.notebook.agree("maple", booked.key, "a" * 32, ADA, clock.now())
        work.mirrors.keep_notes_place("maple", NotesPlace("people:x", "2025-26", "folder", "doc"))
        work.commit()
    return booked


def on(clock: StandingClock, year: int, month: int, day: int) -> None:
    clock.set(datetime(year, month, day, 12, tzinfo=maple().zone))


def words(hall: SqlStore, walk: Walk) -> list[str]:
    with hall.work() as work:
        kept = work.walks.get("maple", walk.key)
        assert kept is not None
        found = [step.what for step in work.notebook.steps("maple")] + [kept.own_focus]
        return [one for one in found + [line.words for line in work.notebook.lines("maple")] if one]


def told(hall: SqlStore, clock: StandingClock) -> str:
    return " ".join(one.sentence() for one in holdings.holdings(hall, clock, "maple"))


def test_what_is_due_is_listed_and_goes_a_month_later(hall: SqlStore, clock: StandingClock, walk: Walk) -> None:
    on(clock, 2027, 7, 31)
    assert retaining.retain(hall, clock, "maple") == []
    assert "listed as due" not in told(hall, clock)
    on(clock, 2027, 8, 1)
    retaining.retain(hall, clock, "maple")
    assert "words of 2025-26, listed as due on 2027-08-01" in told(hall, clock)
    clock.forward(timedelta(days=29))
    assert retaining.retain(hall, clock, "maple") == []
    assert words(hall, walk) == [SECRET] * 3
    clock.forward(timedelta(days=1))
    [gone] = retaining.retain(hall, clock, "maple")
    assert (gone.year, gone.removed, words(hall, walk)) == ("2025-26", 3, [])
    assert "3 entries were removed" in told(hall, clock)
    assert retaining.retain(hall, clock, "maple") == []


def test_nothing_goes_while_the_school_has_to_keep_it(hall: SqlStore, clock: StandingClock, walk: Walk) -> None:
    on(clock, 2027, 8, 1)
    retaining.retain(hall, clock, "maple")
    holdings.put_hold(hall, clock, "maple", actor=CLEO, reason="a request")
    clock.forward(timedelta(days=90))
    assert retaining.retain(hall, clock, "maple") == []
    assert words(hall, walk) == [SECRET] * 3
    holdings.lift_hold(hall, "maple", actor=CLEO)
    assert [one.removed for one in retaining.retain(hall, clock, "maple")] == [3]
