"""Whatever people do, in whatever order: a seat is won once, prep is protected, and what is offered may be booked."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from sqlalchemy import text

from sync.core.refusals import Refused
from sync.core.school.agreement import Agreement
from sync.core.visits.openings import Closed, Opening, survey
from sync.core.visits.walk import State, Walk
from sync.services.visits import booking, finding
from sync.services.visits.asking import known_about
from sync.store import SqlStore
from sync.store.engine import open_engine
from tests.fakes import StandingClock
from tests.personas import ADA, BEN, CLEO, EVE, FAY, GUS, SUNDAY_BEFORE, maple
from tests.services.acts import books
from tests.services.promises import broken

SCHOOL = maple(Agreement(max_visits_per_week=2, room_cap=2, prep_floor_minutes_per_day=90, prep_piece_minutes=45))
PEOPLE = st.sampled_from([ADA, BEN, CLEO, EVE, FAY, GUS])
DAYS = st.sampled_from([day.date for day in SCHOOL.school_days[:7]])
PERIODS = st.sampled_from("123456")
WHO = st.integers(0, 2)


class Corridor(RuleBasedStateMachine):
    """Six people and two weeks, in which everything that can be done is done in any order."""

    walks = Bundle("walks")

    def __init__(self, url: str) -> None:
        super().__init__()
        self.store = SqlStore(open_engine(url))
        self.clock = StandingClock(SUNDAY_BEFORE)
        with self.store.engine.begin() as connection:
            connection.execute(text("DELETE FROM schools"))
        with self.store.work() as work:
            work.schools.save("maple", SCHOOL)
            work.commit()

    @rule(target=walks, visitor=PEOPLE, other=PEOPLE, host=PEOPLE, day=DAYS, period=PERIODS)
    def book_together(self, visitor: str, other: str, host: str, day: date, period: str) -> str:
        return _key(_try(partial(books, self.store, self.clock, visitor, other, host=host, day=day, period=period)))

    @rule(target=walks, visitor=PEOPLE, host=PEOPLE, day=DAYS, period=PERIODS)
    def book_as_surveyed(self, visitor: str, host: str, day: date, period: str) -> str:
        """What `survey` calls an opening is booked, and what it closes is refused with the same reasons."""
        with self.store.work() as work:
            known = known_about(work, "maple", [visitor, host], day, day, self.clock.now())
        (seen,) = [one for one in survey((visitor,), host, day, day, known) if one.slot.period == period]
        answer = _try(partial(books, self.store, self.clock, visitor, host=host, day=day, period=period))
        assert isinstance(seen, Opening) == isinstance(answer, Walk)
        if isinstance(answer, Refused):
            assert isinstance(seen, Closed)
            assert answer.reasons == seen.reasons
        return _key(answer)

    @rule(target=walks, visitor=PEOPLE)
    def book_what_is_found(self, visitor: str) -> str:
        offers = finding.find(self.store, self.clock, "maple", visitor, at_most=3).offers
        if not offers:
            return ""
        offer = offers[-1]
        return books(
            self.store, self.clock, visitor, host=offer.host, day=offer.slot.date, period=offer.slot.period
        ).key

    @rule(walk=walks, actor=WHO, day=DAYS, period=PERIODS)
    def move(self, walk: str, actor: int, day: date, period: str) -> None:
        who = self._one_of(walk, actor)
        _try(partial(booking.move, self.store, self.clock, "maple", walk, actor=who, day=day, period=period))

    @rule(walk=walks, actor=WHO)
    def move_as_found(self, walk: str, actor: int) -> None:
        """What is found for a move can be moved to, by whoever takes part."""
        with self.store.work() as work:
            kept = work.walks.get("maple", walk)
        if kept is None or kept.state is not State.BOOKED or kept.starts <= self.clock.now():
            return
        who, host = self._one_of(walk, actor), kept.stops[0].host
        offers = finding.find(self.store, self.clock, "maple", who, host=host, instead_of=walk).offers
        for offer in offers[-1:]:
            to = {"day": offer.slot.date, "period": offer.slot.period}
            assert booking.move(self.store, self.clock, "maple", walk, actor=who, **to).stops[0].slot == offer.slot

    @rule(walk=walks, actor=WHO)
    def cancel(self, walk: str, actor: int) -> None:
        who = self._one_of(walk, actor)
        _try(partial(booking.cancel, self.store, self.clock, "maple", walk, actor=who))

    @rule(walk=walks, actor=WHO)
    def decline(self, walk: str, actor: int) -> None:
        who = self._one_of(walk, actor)
        _try(partial(booking.decline, self.store, self.clock, "maple", walk, actor=who))

    def _one_of(self, key: str, number: int) -> str:
        """Somebody who takes part in a walk; anybody where there is no such walk."""
        with self.store.work() as work:
            walk = work.walks.get("maple", key)
        return walk.people[number % len(walk.people)] if walk else ADA

    @rule(hours=st.integers(1, 30))
    def time_passes(self, hours: int) -> None:
        self.clock.forward(timedelta(hours=hours))
        booking.close_past(self.store, self.clock, "maple")

    @invariant()
    def every_promise_holds(self) -> None:
        with self.store.work() as work:
            walks = work.walks.all("maple")
        assert broken(SCHOOL, walks) == []

    def teardown(self) -> None:
        self.store.close()


def _try(act: Callable[[], Walk]) -> Walk | Refused:
    try:
        return act()
    except Refused as refused:
        return refused


def _key(answer: Walk | Refused) -> str:
    """The key of the walk; an empty one, of no walk, for a refusal."""
    return answer.key if isinstance(answer, Walk) else ""


def test_whatever_people_do_every_promise_holds(database_url: str) -> None:
    few = settings(max_examples=12, stateful_step_count=20)
    run_state_machine_as_test(partial(Corridor, database_url), settings=few)  # type: ignore[no-untyped-call]
