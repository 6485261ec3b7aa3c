"""A term's plan, from a coordinator's tap to proposals: worked out in the background, looked at, proposed.

The store holds how far it is, so that whoever looks again sees it, and so that a process that was stopped is followed
by one that goes on. Nothing of a plan is known to anybody but coordinators before it is proposed.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from uuid import uuid4

from sync.core.school.days import Term
from sync.core.school.school import Busy, School
from sync.core.visits.doors import Doors, class_of
from sync.core.visits.walk import State, Walk
from sync.services.plans import waves
from sync.services.plans.busy_calendars import Seen, with_calendars
from sync.services.plans.plan_work import Forgotten, PlanWork, at_work, coordinator_of, must_have_school_days
from sync.services.ports import Clock, Planner, Stage, Store, TermPlan, Workspace

SECONDS = 20.0
"""of search, unless somebody wishes otherwise"""
SECONDS_AT_MOST = 600.0
TELL_EVERY = 1.0
"""seconds between two notes of progress in the store"""


@dataclass(frozen=True, slots=True)
class Answers:
    """What became of a plan's proposals, in counts."""

    waiting: int = 0
    booked: int = 0
    """everybody has said yes; those that took place count here too"""
    gone: int = 0
    """declined or lapsed"""


def stretches(school: School, today: date) -> list[Term]:
    """What may be planned from `today` on: terms that are not over; without any, the rest of the school days."""
    coming = [replace(term, first=max(term.first, today)) for term in school.terms if term.last >= today]
    days = [day.date for day in school.school_days if day.date >= today]
    if coming or not days:
        return sorted(coming, key=lambda term: term.first)
    return [Term("", days[0], days[-1])]


def ask(
    store: Store,
    clock: Clock,
    school_key: str,
    *,
    actor: str,
    first: date,
    last: date,
    seconds: float = SECONDS,
    seed: int = 1,
) -> TermPlan:
    """Ask for a plan of these dates; `work_on` works it out. The plan before it is forgotten, its proposals stand.

    For coordinators. Asking while a plan is under way changes nothing. Raises `Refused`.
    """
    with store.work() as work:
        work.lock(school_key)
        school = work.schools.get(school_key).school
        me = coordinator_of(school, actor)
        must_have_school_days(school, first, last)
        there = work.term_plans.get(school_key)
        if there is not None and there.is_under_way:
            return there
        seconds = min(max(seconds, 0.1), SECONDS_AT_MOST)
        plan = TermPlan(uuid4().hex, first, last, me, clock.now(), seconds, seed)
        work.term_plans.keep(school_key, plan)
        work.commit()
    return plan


def look(store: Store, school_key: str, *, actor: str) -> TermPlan | None:
    """The plan as it is now; None where none was asked for. For coordinators. Raises `Refused`."""
    with store.work() as work:
        coordinator_of(work.schools.get(school_key).school, actor)
        return work.term_plans.get(school_key)


def drop(store: Store, school_key: str, *, actor: str) -> None:
    """Forget the plan; what was proposed stands, and a search under way ends unheard. For coordinators."""
    with store.work() as work:
        work.lock(school_key)
        coordinator_of(work.schools.get(school_key).school, actor)
        work.term_plans.remove(school_key)
        work.commit()


def answers(store: Store, school_key: str, plan: TermPlan) -> Answers:
    """How many of a plan's proposals wait, are booked, or are gone."""
    with store.work() as work:
        walks = [walk for key in plan.proposed if (walk := work.walks.get(school_key, key)) is not None]
    booked = sum(walk.stands and walk.state is not State.PROPOSED for walk in walks)
    waiting = sum(walk.state is State.PROPOSED for walk in walks)
    return Answers(waiting, booked, len(walks) - booked - waiting)


def work_on(
    store: Store, clock: Clock, school_key: str, planner: Planner, google: Workspace | None = None
) -> TermPlan | None:
    """Do what is left to do of the school's plan: search, or propose. Returns it as it is then.

    To be called after a hint and in every pass: nothing is done where nothing is to do, or another process is at it.
    """
    with store.work() as work:
        plan = work.term_plans.get(school_key)
    if plan is None or plan.stage not in (Stage.ASKED, Stage.SEARCHING):
        return waves.send(store, clock, school_key)
    with at_work(store, clock, school_key) as holder:
        return _Searching(store, clock, school_key, holder, plan, google).search(plan, planner) if holder else plan


@dataclass
class _Searching(PlanWork):
    google: Workspace | None
    told: float = 0.0

    def search(self, plan: TermPlan, planner: Planner) -> TermPlan | None:
        def tell(sentence: str) -> None:
            if time.monotonic() - self.told >= TELL_EVERY:
                self.told = time.monotonic()
                self.keep(replace(plan, stage=Stage.SEARCHING, says=sentence))

        try:
            tell("Searching.")
            school, first, already, doors = self._as_it_is(plan)
            seen = self._with_calendars(school, first, plan.last)
            found = planner.plan(
                seen.school, first, plan.last,
                seconds=plan.seconds, seed=plan.seed, already=already, doors=doors, tell=tell,
            )  # fmt: skip
            found = replace(found, notes=(*found.notes, *seen.notes()))
            return self.keep(replace(plan, stage=Stage.READY, found=found, says=""))
        except Forgotten:
            return None
        except Exception:
            # Whatever it was goes on to the log; the card must not say for ever that the plan is being worked out.
            self._give_up(plan)
            raise

    def _as_it_is(self, plan: TermPlan) -> tuple[School, date, Mapping[str, tuple[int, int]], Doors]:
        """The school with everything promised in people's calendars, where to begin, who has visited already, and
        which doors are open."""
        with self.store.work() as work:
            school = work.schools.get(self.key).school
            first = max(plan.first, bookable_from(school, self.clock.now()))
            walks = [walk for walk in work.walks.between(self.key, plan.first, plan.last) if walk.stands]
            doors = Doors(work.doors.of(self.key))
        school = with_shut_doors(with_promises(school, walks), doors, first, plan.last)
        return school, first, already_in(walks), doors

    def _with_calendars(self, school: School, first: date, last: date) -> Seen:
        """Google is asked once, here in the background, for all calendars of the plan."""
        with self.store.work() as work:
            rooms = work.mirrors.rooms(self.key)
        return with_calendars(school, self.google, rooms, first, last)

    def _give_up(self, plan: TermPlan) -> None:
        """A fault of ours: said, and not tried for ever. Whoever runs the service finds it in the log."""
        try:
            self.keep(replace(plan, stage=Stage.FAILED, says="The search broke off. Ask for the plan once more."))
        except Forgotten:
            return


def bookable_from(school: School, now: datetime) -> date:
    """The first date that keeps the notice of the agreement, and leaves a day to answer."""
    today = now.astimezone(school.zone).date()
    notice = max(1, school.rules.agreement.notice_school_days)
    coming = [day.date for day in school.school_days if day.date > today]
    return coming[notice] if len(coming) > notice else today + timedelta(days=notice + 1)


def with_promises(school: School, walks: Iterable[Walk]) -> School:
    """The school with what these walks take of people's time in their calendars."""
    taken = [Busy(held.email, held.start, held.end) for walk in walks for held in walk.commitments()]
    return replace(school, busy=(*school.busy, *taken))


def with_shut_doors(school: School, doors: Doors, first: date, last: date) -> School:
    """The school in which hosts are busy while they have said that nobody visits their class, such as for a test."""
    shut = [
        Busy(host, slot.start, slot.end)
        for slot in (school.class_slots(first, last) if doors.hosts else ())
        for host in sorted(doors.hosts)
        if doors.kept_shut(host, slot.date, slot.period, class_of(school.entry(host, slot.date, slot.period)))
    ]
    return replace(school, busy=(*school.busy, *shut)) if shut else school


def already_in(walks: Iterable[Walk]) -> dict[str, tuple[int, int]]:
    """(visits, times hosted) of each person in these walks."""
    visits, hosted = Counter[str](), Counter[str]()
    for walk in walks:
        visits.update(walk.visitors)
        hosted.update(set(walk.hosts))
    return {email: (visits[email], hosted[email]) for email in visits.keys() | hosted.keys()}
