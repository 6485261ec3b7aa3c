"""From a coordinator's wish to proposals: in the background, looked at at any time, picked up where it stopped."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from sync.core.refusals import Refused
from sync.core.school.agreement import DebriefRule, Goal, Kind, Rules
from sync.core.school.school import School
from sync.core.visits.walk import State
from sync.planning.planner import TermPlanner
from sync.services.plans import planning_term as term
from sync.services.plans import proposing, waves
from sync.services.plans.plan_work import at_work
from sync.services.ports import Found, Stage, TermPlan
from sync.store import SqlStore
from tests.fakes import StandingClock
from tests.personas import ADA, CLEO, FIRST, FRIDAY, LAST, MONDAY, maple
from tests.services.acts import books

PAIRS = Rules(goal=Goal(kind=Kind.PAIR, debrief=DebriefRule.NONE))
TODAY = date(2026, 3, 1)


@pytest.fixture
def hall(store: SqlStore) -> SqlStore:
    with store.work() as work:
        work.schools.save("maple", replace(maple(), rules=PAIRS))
        work.commit()
    return store


def asked(hall: SqlStore, clock: StandingClock) -> TermPlan:
    return term.ask(hall, clock, "maple", actor=CLEO, first=FIRST, last=LAST, seconds=5)


def worked(hall: SqlStore, clock: StandingClock) -> TermPlan:
    plan = term.work_on(hall, clock, "maple", TermPlanner())
    assert plan is not None
    return plan


def test_a_plan_is_asked_for_found_looked_at_and_proposed(hall: SqlStore, clock: StandingClock) -> None:
    assert term.look(hall, "maple", actor=CLEO) is None
    assert asked(hall, clock).stage is Stage.ASKED
    ready = worked(hall, clock)
    assert (ready.stage, ready.found.people, ready.found.gap) == (Stage.READY, 6, 0.0)
    assert term.look(hall, "maple", actor=CLEO) == ready
    assert proposing.invitations(hall, clock, "maple", ADA) == []

    waves.propose(hall, clock, "maple", actor=CLEO, lapses_on=FRIDAY)
    done = worked(hall, clock)

    assert (done.stage, len(done.proposed), done.refused) == (Stage.PROPOSED, done.found.walks, ())
    assert term.answers(hall, "maple", done) == term.Answers(waiting=done.found.walks)
    for invited in proposing.invitations(hall, clock, "maple", ADA):
        for email in invited.people:
            proposing.accept(hall, clock, "maple", invited.key, actor=email)
    assert term.answers(hall, "maple", done).booked >= 1


def test_what_is_under_way_is_asked_for_once_and_only_coordinators_may(hall: SqlStore, clock: StandingClock) -> None:
    first = asked(hall, clock)
    assert asked(hall, clock) == first
    for act in (
        lambda: term.ask(hall, clock, "maple", actor=ADA, first=FIRST, last=LAST),
        lambda: term.look(hall, "maple", actor=ADA),
        lambda: waves.propose(hall, clock, "maple", actor=ADA, lapses_on=FRIDAY),
        lambda: term.drop(hall, "maple", actor=ADA),
    ):
        with pytest.raises(Refused, match="coordinator"):
            act()


@pytest.mark.parametrize(
    ("first", "last", "why"),
    [(LAST, FIRST, "swap them"), (date(2026, 7, 1), date(2026, 7, 9), "no school day")],
)
def test_dates_that_cannot_be_planned_are_refused(
    hall: SqlStore, clock: StandingClock, first: date, last: date, why: str
) -> None:
    with pytest.raises(Refused, match=why):
        term.ask(hall, clock, "maple", actor=CLEO, first=first, last=last)


def test_nothing_is_proposed_without_a_plan_or_a_day_to_answer(hall: SqlStore, clock: StandingClock) -> None:
    with pytest.raises(Refused, match="plan the term first"):
        waves.propose(hall, clock, "maple", actor=CLEO, lapses_on=FRIDAY)
    asked(hall, clock)
    worked(hall, clock)
    with pytest.raises(Refused, match="a day at least"):
        waves.propose(hall, clock, "maple", actor=CLEO, lapses_on=TODAY)


class Watched:
    """A planner that looks into the store while it works."""

    def __init__(self, hall: SqlStore, act: Any = None) -> None:
        self.hall, self.act = hall, act
        self.seen: list[TermPlan | None] = []
        self.already: Mapping[str, tuple[int, int]] = {}

    def plan(self, school: School, first: date, last: date, **how: Any) -> Found:
        self.seen.append(term.look(self.hall, "maple", actor=CLEO))
        self.already = how["already"]
        if self.act:
            self.act()
        return Found(notes=("found",))


def test_progress_is_seen_by_whoever_looks_and_a_plan_that_was_dropped_is_not_kept(
    hall: SqlStore, clock: StandingClock
) -> None:
    asked(hall, clock)
    watched = Watched(hall, lambda: term.drop(hall, "maple", actor=CLEO))
    assert term.work_on(hall, clock, "maple", watched) is None
    (seen,) = watched.seen
    assert seen is not None
    assert (seen.stage, seen.says) == (Stage.SEARCHING, "Searching.")
    assert term.look(hall, "maple", actor=CLEO) is None


def test_a_search_that_breaks_is_said_and_one_that_was_cut_off_begins_again(
    hall: SqlStore, clock: StandingClock
) -> None:
    asked(hall, clock)

    def die() -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        term.work_on(hall, clock, "maple", Watched(hall, die))
    assert worked(hall, clock).stage is Stage.READY

    def break_off() -> None:
        raise RuntimeError("a fault of ours")

    asked(hall, clock)
    with pytest.raises(RuntimeError):
        term.work_on(hall, clock, "maple", Watched(hall, break_off))
    plan = term.look(hall, "maple", actor=CLEO)
    assert plan is not None
    assert (plan.stage, plan.is_under_way) == (Stage.FAILED, False)
    assert "once more" in plan.says


def test_whoever_works_on_a_plan_keeps_its_lease_while_nothing_is_heard_of_it(
    hall: SqlStore, clock: StandingClock
) -> None:
    other = SqlStore(hall.engine)
    renewed = threading.Event()

    class Watched(SqlStore):
        def lease(self, name: str, holder: str, until: datetime, now: datetime) -> bool:
            held = super().lease(name, holder, until, now)
            renewed.set()
            return held

    with at_work(Watched(hall.engine), clock, "maple", beat=0.001) as holder:
        assert holder
        for _ in range(6):
            clock.forward(timedelta(minutes=1))
            for _ in range(2):  # the first may have begun before the clock went on
                renewed.clear()
                assert renewed.wait(30)
            with at_work(other, clock, "maple") as second:
                assert not second
    with at_work(other, clock, "maple") as second:
        assert second


def test_whoever_lost_the_lease_writes_over_nothing_that_another_process_has_done(
    hall: SqlStore, clock: StandingClock
) -> None:
    asked(hall, clock)
    done: list[TermPlan] = []

    def another_takes_over() -> None:
        """This process stood still for as long as a lease is held."""
        clock.forward(timedelta(minutes=3))
        done.append(worked(SqlStore(hall.engine), clock))
        waves.propose(hall, clock, "maple", actor=CLEO, lapses_on=FRIDAY)
        done.append(worked(hall, clock))

    term.work_on(hall, clock, "maple", Watched(hall, another_takes_over))
    assert [plan.stage for plan in done] == [Stage.READY, Stage.PROPOSED]
    assert term.look(hall, "maple", actor=CLEO) == done[-1]


def test_a_plan_counts_what_is_booked_already_and_keeps_the_time_it_takes(hall: SqlStore, clock: StandingClock) -> None:
    walk = books(hall, clock, ADA, day=MONDAY + timedelta(days=7))
    asked(hall, clock)
    watched = Watched(hall)
    term.work_on(hall, clock, "maple", watched)
    assert watched.already == {ADA: (1, 0), walk.stops[0].host: (0, 1)}
    term.drop(hall, "maple", actor=CLEO)
    asked(hall, clock)
    rows = worked(hall, clock).found.rows
    assert ADA not in [row["email"] for row in rows if row["role"] == "visitor"]


def test_a_range_without_terms_is_the_rest_of_the_school_days(hall: SqlStore) -> None:
    school = maple()
    assert [one.name for one in term.stretches(school, TODAY)] == ["Spring"]
    (rest,) = term.stretches(replace(school, terms=()), date(2026, 3, 7))
    assert (rest.first, rest.last) == (date(2026, 3, 9), LAST)
    assert term.stretches(school, LAST + timedelta(days=1)) == []


def test_only_proposals_are_made_nobody_is_booked(hall: SqlStore, clock: StandingClock) -> None:
    asked(hall, clock)
    worked(hall, clock)
    waves.propose(hall, clock, "maple", actor=CLEO, lapses_on=FRIDAY)
    worked(hall, clock)
    with hall.work() as work:
        assert {walk.state for walk in work.walks.all("maple")} == {State.PROPOSED}
