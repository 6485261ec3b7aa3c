"""One person's year: what is counted for the term and for the year, and their own next steps."""

from __future__ import annotations

from datetime import date, timedelta

from sync.core.notes.next_steps import NextStep, StepState
from sync.services import my_year
from sync.services.ports import Store
from sync.services.visits import booking
from tests.fakes import StandingClock
from tests.personas import ADA, BEN, WEDNESDAY


def test_a_visit_counts_and_next_steps_are_their_owners_alone(hall: Store, clock: StandingClock) -> None:
    walk = booking.book(
        hall, clock, "maple", actor=ADA, visitors=[ADA], host=BEN, day=WEDNESDAY, period="3", focus=("talk",)
    )  # fmt: skip
    clock.set(walk.ends + timedelta(hours=1))
    steps = [
        NextStep(walk.key, 0, "Wait five seconds", owner=ADA, by=date(2026, 3, 20)),
        NextStep(walk.key, 1, "Ask one more", owner=ADA, by=date(2026, 3, 10)),
        NextStep(walk.key, 2, "A habit by now", owner=ADA, state=StepState.STUCK),
        NextStep(walk.key, 3, "Ben's own", owner=BEN),
    ]
    with hall.work() as work:
        work.notebook.keep_steps("maple", walk.key, steps)
        work.commit()
    year = my_year.year_of(hall, clock, "maple", ADA)
    assert (year.made, year.made_this_term, year.hosted) == (1, 1, 0)
    assert [step.what for step in year.steps] == ["Ask one more", "Wait five seconds"]
    assert year.prep.given == 0, "a visit of one's own costs nobody a debt"
    bens = my_year.year_of(hall, clock, "maple", BEN)
    assert (bens.made, bens.hosted, [step.what for step in bens.steps]) == (0, 1, ["Ben's own"])
