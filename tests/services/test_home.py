"""Home: what comes next for Ada, who is coming to Ben, and one idea."""

from __future__ import annotations

from datetime import timedelta

import pytest

from sync.core.school.school import NoSuchPerson
from sync.services.home import Home, home
from sync.services.visits import booking
from sync.store import SqlStore
from tests.fakes import StandingClock
from tests.personas import ADA, BEN, CLEO, DAN, EVE, GUS, MONDAY, TUESDAY
from tests.services.acts import books


def test_home_shows_each_their_side_of_a_visit(hall: SqlStore, clock: StandingClock) -> None:
    later = books(hall, clock, GUS, day=TUESDAY)
    first = books(hall, clock, ADA, day=MONDAY)
    assert home(hall, clock, "maple", ADA).visiting == (first,)
    assert home(hall, clock, "maple", BEN).hosting == (first, later)
    assert home(hall, clock, "maple", CLEO).visiting == home(hall, clock, "maple", CLEO).hosting == ()


def test_the_idea_is_the_nearest_opening_and_may_be_booked(hall: SqlStore, clock: StandingClock) -> None:
    idea = home(hall, clock, "maple", ADA).idea
    assert idea is not None
    assert (idea.slot.date, idea.slot.period) == (MONDAY, "3")
    assert books(hall, clock, ADA, host=idea.host, day=idea.slot.date, period=idea.slot.period).stands


def test_a_cancelled_visit_is_not_on_home(hall: SqlStore, clock: StandingClock) -> None:
    walk = books(hall, clock, ADA)
    booking.cancel(hall, clock, "maple", walk.key, actor=BEN)
    assert home(hall, clock, "maple", ADA).visiting == ()


def test_when_it_is_over_a_visit_is_there_to_give_thanks_for_two_weeks(hall: SqlStore, clock: StandingClock) -> None:
    walk = books(hall, clock, ADA)
    clock.set(walk.ends)
    assert home(hall, clock, "maple", ADA).lately == (walk,)
    assert home(hall, clock, "maple", BEN).lately == home(hall, clock, "maple", BEN).hosting == ()
    (held,) = booking.close_past(hall, clock, "maple")
    assert home(hall, clock, "maple", ADA).lately == (held,)
    clock.forward(timedelta(days=15))
    assert home(hall, clock, "maple", ADA).lately == ()


def test_after_the_last_day_home_is_empty(hall: SqlStore, clock: StandingClock) -> None:
    clock.forward(timedelta(days=200))
    assert home(hall, clock, "maple", EVE) == Home()


def test_a_stranger_has_no_home_here(hall: SqlStore, clock: StandingClock) -> None:
    with pytest.raises(NoSuchPerson):
        home(hall, clock, "maple", DAN)
