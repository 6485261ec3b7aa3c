"""A plan's invitations in waves: who is in which, one message a person and wave, and what can still be done."""

from __future__ import annotations

import itertools
from collections import Counter
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.core.school.agreement import DebriefRule, Goal, Kind, Rules
from sync.core.visits.walk import State
from sync.planning.planner import TermPlanner
from sync.services.plans import planning_term, waves
from sync.services.ports import Found, Stage, TermPlan, Topic
from sync.store import SqlStore
from tests.fakes import StandingClock
from tests.personas import CLEO, FIRST, FRIDAY, LAST, maple
from tests.services.acts import books

SCHOOL = maple()
RULES = Rules(goal=Goal(kind=Kind.PAIR, debrief=DebriefRule.NONE, waves=2, wave_school_days=3))
TODAY = date(2026, 3, 1)


@pytest.fixture
def hall(store: SqlStore) -> SqlStore:
    with store.work() as work:
        work.schools.save("maple", replace(SCHOOL, rules=RULES))
        work.commit()
    return store


def ready(hall: SqlStore, clock: StandingClock) -> TermPlan:
    planning_term.ask(hall, clock, "maple", actor=CLEO, first=FIRST, last=LAST, seconds=5)
    plan = planning_term.work_on(hall, clock, "maple", TermPlanner())
    assert plan is not None
    return plan


def in_two(hall: SqlStore, clock: StandingClock) -> TermPlan:
    ready(hall, clock)
    waves.propose(hall, clock, "maple", actor=CLEO, lapses_on=FRIDAY, waves=2)
    plan = waves.send(hall, clock, "maple")
    assert plan is not None
    return plan


def invitations(hall: SqlStore) -> Counter[str]:
    with hall.work() as work:
        told = [one.email for one in work.news.unmailed("maple", datetime.min.replace(tzinfo=SCHOOL.zone))]
        assert {one.topic for email in told for one in work.news.of("maple", email)} <= {Topic.INVITED}
    return Counter(told)


def test_the_first_wave_is_out_and_the_next_goes_by_itself_on_its_day(hall: SqlStore, clock: StandingClock) -> None:
    plan = in_two(hall, clock)
    first, second = plan.waves
    assert (plan.stage, plan.sent, len(plan.proposed)) == (Stage.BETWEEN, 1, len(first.walks))
    assert set(invitations(hall)) == waves.people_of(plan.found, first)
    [(_, _, to_go, todo)] = waves.health(hall, "maple")
    assert (to_go, str(second.on) in todo) == (1, True)

    assert waves.send(hall, clock, "maple") == plan, "its day has not come"
    clock.set(datetime.combine(second.on, datetime.min.time(), SCHOOL.zone) + timedelta(hours=3))
    assert waves.send(hall, clock, "maple") == plan, "nobody is at school yet"
    clock.forward(timedelta(hours=6))
    done = waves.send(hall, clock, "maple")
    assert done is not None
    assert (done.stage, done.to_come, len(done.proposed) + len(done.refused)) == (Stage.PROPOSED, (), plan.found.walks)
    assert waves.health(hall, "maple") == []
    with hall.work() as work:
        lapses = {walk.lapses_on for walk in work.walks.all("maple")}
    assert lapses == {FRIDAY, second.lapses_on}


def test_a_wave_is_sent_before_its_day_once_or_kept_back(hall: SqlStore, clock: StandingClock) -> None:
    plan = in_two(hall, clock)
    for _ in range(2):
        waves.send_now(hall, "maple", actor=CLEO, wave=1)
    done = waves.send(hall, clock, "maple")
    assert done is not None
    assert (done.stage, done.sent) == (Stage.PROPOSED, 2)
    planning_term.drop(hall, "maple", actor=CLEO)
    with hall.work() as work:
        for walk in work.walks.all("maple"):
            work.walks.save("maple", walk.became(State.CANCELLED))
        work.commit()

    plan = in_two(hall, clock)
    kept = waves.keep_back(hall, "maple", actor=CLEO, wave=1)
    assert kept is not None
    assert (kept.stage, kept.waves) == (Stage.PROPOSED, plan.waves[:1])
    clock.set(datetime.combine(LAST, datetime.min.time(), SCHOOL.zone) + timedelta(hours=9))
    assert waves.send(hall, clock, "maple") == kept


def test_people_are_told_once_with_all_of_a_wave_also_by_a_process_that_takes_over(
    hall: SqlStore, clock: StandingClock
) -> None:
    ready(hall, clock)
    waves.propose(hall, clock, "maple", actor=CLEO, lapses_on=FRIDAY)

    class Killed(BaseException):
        """The process is gone when walks are proposed and the plan does not know it yet."""

    class Dying(SqlStore):
        left = 2

        def lease(self, name: str, holder: str, until: datetime, now: datetime) -> bool:
            self.left -= 1
            if not self.left:
                raise Killed
            return super().lease(name, holder, until, now)

    with pytest.raises(Killed):
        waves.send(Dying(hall.engine), clock, "maple")
    with hall.work() as work:
        assert work.walks.all("maple"), "some are proposed"
    assert not invitations(hall), "and nobody is told before all are"
    clock.forward(timedelta(minutes=5))
    done = waves.send(hall, clock, "maple")
    assert done is not None
    with hall.work() as work:
        walks = work.walks.all("maple")
    assert len(walks) == len(done.proposed) == done.found.walks
    assert invitations(hall) == Counter(email for walk in walks for email in walk.people)


def test_who_has_booked_since_the_plan_was_made_is_not_invited_on_top(hall: SqlStore, clock: StandingClock) -> None:
    plan = ready(hall, clock)
    [visitor, *_] = [row["email"] for row in plan.found.rows if row["role"] == "visitor"]
    clock.forward(timedelta(minutes=1))
    books(hall, clock, visitor, day=LAST - timedelta(days=4))
    waves.propose(hall, clock, "maple", actor=CLEO, lapses_on=FRIDAY)
    done = waves.send(hall, clock, "maple")
    assert done is not None
    assert [one.why for one in done.refused if "since the plan" in one.why]
    with hall.work() as work:
        asked = [walk for walk in work.walks.all("maple") if walk.state is State.PROPOSED]
    assert visitor not in [email for walk in asked for email in walk.visitors]


@given(
    days=st.lists(st.integers(0, 60), min_size=1, max_size=40),
    number=st.integers(1, 4),
    answer=st.integers(1, 20),
    apart=st.integers(1, 20),
)
def test_each_walk_is_in_one_wave_in_order_of_dates_and_in_time_to_answer(
    days: list[int], number: int, answer: int, apart: int
) -> None:
    school = replace(SCHOOL, rules=Rules(goal=Goal(wave_school_days=apart)))
    dates = {f"w{n}": TODAY + timedelta(days=day) for n, day in enumerate(days)}
    found = Found(tuple({"walk": name, "date": str(day), "email": name} for name, day in dates.items()))
    lapses_on = TODAY + timedelta(days=answer)
    made = waves.cut(school, found, today=TODAY, lapses_on=lapses_on, waves=number)
    assert sorted(name for wave in made for name in wave.walks) == sorted(dates)
    assert len(made) <= number
    assert all(one.on < other.on for one, other in itertools.pairwise(made))
    for wave in made:
        assert wave.on < wave.lapses_on
        assert wave.on == TODAY or all(wave.lapses_on < dates[name] for name in wave.walks)
    first_to_last = [[dates[name] for name in wave.walks] for wave in made]
    assert all(max(one) <= min(other) for one, other in itertools.pairwise(first_to_last))
