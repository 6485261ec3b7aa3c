"""What is offered with cover may be booked with cover, and somebody may be asked."""

from __future__ import annotations

from sync.services.covers import covering
from sync.services.covers.cover_offers import offers_with_cover
from sync.services.visits import booking
from sync.store import SqlStore
from tests.fakes import StandingClock
from tests.personas import BEN, EVE, MONDAY


def test_classes_that_somebody_could_take_are_on_offer_and_easy_ones_first(
    hall: SqlStore, clock: StandingClock
) -> None:
    covering.mark_easy(hall, "maple", actor=EVE, day_type="every day", period="3")
    offers = offers_with_cover(hall, clock, "maple", EVE, days=2)
    assert offers
    assert next(one.easy for one in offers if one.offer.slot.date == MONDAY)
    for one in offers[:1]:
        walk = booking.book(
            hall, clock, "maple", actor=EVE, visitors=(EVE,), host=one.offer.host, day=one.offer.slot.date,
            period=one.offer.slot.period, focus=("questions",), covered=(EVE,),
        )  # fmt: skip
        (asked,) = covering.ask_waiting(hall, clock, "maple")
        assert asked.key == walk.key
        assert asked.covers[0].asked


def test_a_host_may_be_named(hall: SqlStore, clock: StandingClock) -> None:
    offers = offers_with_cover(hall, clock, "maple", EVE, host=BEN)
    assert {one.offer.host for one in offers} == {BEN}
