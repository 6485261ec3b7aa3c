"""Proposals, not orders: a plan becomes invitations, and each person accepts, moves or declines for themselves.

A proposal holds its seats and its time until it lapses, so that nobody else books them meanwhile; no event is made and
nobody's calendar is touched before everybody has said yes. Nothing is asked of who declines.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from sync.core.refusals import Refusal, Refused
from sync.core.school.agreement import Kind
from sync.core.school.school import School
from sync.core.visits.walk import State, Stop, Walk
from sync.services.plans.plan_rows import Draft, drafts
from sync.services.plans.proposal_rules import objections_to_proposal
from sync.services.ports import Clock, SeatTaken, Store, Work
from sync.services.visits import booking
from sync.services.visits import focus as focuses
from sync.services.visits.inviting import invite, planned_around
from sync.services.visits.refusing import must_coordinate, refuse


@dataclass(frozen=True, slots=True)
class NotProposed:
    """A walk of the plan that may not be, and why."""

    name: str
    people: tuple[str, ...]
    reasons: tuple[Refusal, ...]


@dataclass(frozen=True)
class Proposed:
    """What came of a plan."""

    walks: tuple[Walk, ...]
    refused: tuple[NotProposed, ...]
    told: Mapping[str, tuple[str, ...]]
    """what each person is invited to, in sentences; they get it in one message (`telling`)"""


@dataclass(frozen=True, slots=True)
class Declined:
    """A walk after somebody declined, and who needs another place in the plan now."""

    walk: Walk
    to_plan_again: tuple[str, ...]
    instead: tuple[Walk, ...] = ()
    """new proposals to those who are left without their visit"""


def propose(
    store: Store,
    clock: Clock,
    school_key: str,
    rows: Iterable[Mapping[str, str]],
    *,
    actor: str,
    lapses_on: date,
    focus: tuple[str, ...] = ("questions",),
    told_later: bool = False,
) -> Proposed:
    """Propose every walk of a plan that the rules allow; proposing the same plan again changes nothing.

    `told_later`: more walks follow, and whoever asks for them tells people of all in one. For coordinators. Raises
    `BadRows`, `Refused`.
    """
    with store.work() as work:
        work.lock(school_key)
        school = work.schools.get(school_key).school
        me = _coordinator(school, actor)
        unfit = focuses.objections_to(focus, "", focuses.library_of(school))
        if unfit:
            raise Refused(unfit)
        proposer = _Proposer(work, school_key, school, clock, me, lapses_on, focus)
        walks, refused = [], []
        for draft in drafts(school, rows):
            walk, reasons = proposer.propose(draft)
            if reasons:
                refused.append(NotProposed(draft.name, walk.people, reasons))
            else:
                walks.append(walk)
        told = {} if told_later else invite(work, school_key, school, walks, clock.now())
        work.commit()
    return Proposed(tuple(walks), tuple(refused), told)


def propose_visit(
    store: Store,
    clock: Clock,
    school_key: str,
    *,
    actor: str,
    visitor: str,
    stop: Stop,
    lapses_on: date,
    name: str,
    focus: tuple[str, ...] = ("questions",),
) -> Walk:
    """Propose one visit to its two people; under the same `name` it is proposed once. For coordinators.

    Raises `Refused`.
    """
    draft = Draft(name, Kind.PAIR, "", (visitor,), (stop,), (), ())
    with store.work() as work:
        work.lock(school_key)
        school = work.schools.get(school_key).school
        proposer = _Proposer(work, school_key, school, clock, _coordinator(school, actor), lapses_on, focus)
        walk, reasons = proposer.propose(draft)
        if reasons:
            raise Refused(reasons)
        invite(work, school_key, school, [walk], clock.now())
        work.commit()
    return walk


def invitations(store: Store, clock: Clock, school_key: str, email: str) -> list[Walk]:
    """The proposals that this person has not answered yet, soonest first."""
    me, now = email.lower(), clock.now()
    with store.work() as work:
        today = now.astimezone(work.schools.get(school_key).school.zone).date()
        walks = work.walks.of_person(school_key, me, today, date.max)
    waiting = [walk for walk in walks if walk.state is State.PROPOSED and me in walk.people]
    return [walk for walk in waiting if me not in walk.accepted and walk.starts > now and not _lapsed(walk, today)]


def accept(
    store: Store,
    clock: Clock,
    school_key: str,
    walk_key: str,
    *,
    actor: str,
    focus: tuple[str, ...] = (),
    own_focus: str = "",
) -> Walk:
    """Say yes to a proposal; with the last yes it is booked. A visitor may choose another focus. Raises `Refused`."""
    with store.work() as work:
        work.lock(school_key)
        walk, me = _mine(work, school_key, walk_key, actor)
        school = work.schools.get(school_key).school
        if walk.state is State.BOOKED or (walk.state is State.PROPOSED and me in walk.accepted and not focus):
            return walk
        if walk.state is not State.PROPOSED or _lapsed(walk, clock.now().astimezone(school.zone).date()):
            raise refuse("lapsed", "walk", "This proposal stands no more; Home shows what is open instead.")
        reasons = objections_to_proposal(work, school_key, school, walk, clock.now(), directed=False)
        if reasons:
            raise Refused(reasons)
        if focus and me in walk.visitors:
            unfit = focuses.objections_to(focus, own_focus.strip(), focuses.library_of(school))
            if unfit:
                raise Refused(unfit)
            walk = replace(walk, focus=focus, own_focus=own_focus.strip() if focuses.OWN in focus else "")
        accepted = tuple(dict.fromkeys((*walk.accepted, me)))
        said = _booked_if_all(replace(walk, accepted=accepted, revision=walk.revision + 1), clock)
        work.walks.save(school_key, said)
        work.commit()
    return said


def decline(store: Store, clock: Clock, school_key: str, walk_key: str, *, actor: str) -> Declined:
    """Say no to a proposal; without its last host or visitor it is gone, and its seats are free. Raises `Refused`.

    The plan goes on around it: whoever is left without their visit is invited to another, as soon as one can be.
    """
    with store.work() as work:
        work.lock(school_key)
        walk, me = _mine(work, school_key, walk_key, actor)
        if walk.state is not State.PROPOSED:
            raise refuse("not_proposed", "walk", "This is no open proposal any more; its card says what can be done.")
        after = replace(walk.without(me), declined=(*walk.declined, me))
        if after.stands:
            again: tuple[str, ...] = (me,)
            after = _booked_if_all(after, clock)
        else:
            again = tuple(email for email in walk.people if email not in after.declined)
        work.walks.save(school_key, after)
        school = work.schools.get(school_key).school
        instead = planned_around(work, school_key, school, after, clock.now())
        work.commit()
    return Declined(after, again, instead)


def move(store: Store, clock: Clock, school_key: str, walk_key: str, *, actor: str, day: date, period: str) -> Walk:
    """Propose another time instead; the others are asked again. Raises as `booking.move` does."""
    walk = booking.move(store, clock, school_key, walk_key, actor=actor, day=day, period=period)
    return accept(store, clock, school_key, walk.key, actor=actor) if walk.state is State.PROPOSED else walk


def lapse(store: Store, clock: Clock, school_key: str) -> list[Walk]:
    """Let proposals go whose day has come; to be called in every pass. Returns them.

    Whoever did not answer is left in peace; whoever said yes is invited to another visit, as soon as one can be.
    """
    with store.work() as work:
        today = clock.now().astimezone(work.schools.get(school_key).school.zone).date()
        gone = [walk.key for walk in work.walks.between(school_key, today, date.max) if _lapsed(walk, today)]
    # One by one: many lapse on the same day, and nobody is to wait with a booking until all are looked at.
    return [walk for key in gone if (walk := _let_go(store, clock, school_key, key, today)) is not None]


def _let_go(store: Store, clock: Clock, school_key: str, key: str, today: date) -> Walk | None:
    with store.work() as work:
        work.lock(school_key)
        walk = work.walks.get(school_key, key)
        if walk is None or not _lapsed(walk, today):
            return None
        silent = tuple(email for email in walk.people if email not in walk.accepted)
        lapsed = replace(walk.became(State.LAPSED), declined=(*walk.declined, *silent))
        work.walks.save(school_key, lapsed)
        if walk.accepted:
            planned_around(work, school_key, work.schools.get(school_key).school, lapsed, clock.now())
        work.commit()
    return lapsed


# --- what they share ---

_TAKEN = Refusal("seat_taken", "seats", "Somebody has this seat already.")


@dataclass(frozen=True, slots=True)
class _Proposer:
    """One coordinator's proposals, within a unit of work under the school's lock."""

    work: Work
    school_key: str
    school: School
    clock: Clock
    me: str
    lapses_on: date
    focus: tuple[str, ...]

    def propose(self, draft: Draft) -> tuple[Walk, tuple[Refusal, ...]]:
        """Keep a proposal where the rules allow it; what is there already stays as it is."""
        key = _key(self.school_key, draft)
        there = self.work.walks.get(self.school_key, key)
        if there is not None:
            return there, ()
        walk = _walk(draft, key, self.me, self.clock, self.lapses_on, self.focus)
        reasons = tuple(objections_to_proposal(self.work, self.school_key, self.school, walk, self.clock.now()))
        if reasons or _kept(self.work, self.school_key, walk):
            return walk, reasons
        return walk, (_TAKEN,)


def _walk(draft: Draft, key: str, me: str, clock: Clock, lapses_on: date, focus: tuple[str, ...]) -> Walk:
    return Walk(
        key=key,
        kind=draft.kind,
        visitors=draft.visitors,
        stops=draft.stops,
        focus=focus,
        initiated_by=me,
        booked_at=clock.now(),
        state=State.PROPOSED,
        group=draft.group,
        pieces=draft.pieces,
        covers=tuple(replace(cover, initiated_by=me) for cover in draft.covers),
        lapses_on=lapses_on,
    )


def _key(school_key: str, draft: Draft) -> str:
    stop = draft.stops[0]
    names = (school_key, "plan", draft.name, *draft.visitors, stop.host, str(stop.slot.date), stop.slot.period)
    return hashlib.sha256("\n".join(names).encode()).hexdigest()[:32]


def _kept(work: Work, school_key: str, walk: Walk) -> bool:
    try:
        work.walks.add(school_key, walk)
    except SeatTaken:
        return False
    return True


def _booked_if_all(walk: Walk, clock: Clock) -> Walk:
    if all(email in walk.accepted for email in walk.people):
        return replace(walk, state=State.BOOKED, booked_at=clock.now(), lapses_on=None)
    return walk


def _lapsed(walk: Walk, today: date) -> bool:
    return walk.state is State.PROPOSED and walk.lapses_on is not None and walk.lapses_on <= today


def _coordinator(school: School, actor: str) -> str:
    return must_coordinate(school, actor, "A plan is proposed by a coordinator; invite a colleague yourself.")


def _mine(work: Work, school_key: str, walk_key: str, actor: str) -> tuple[Walk, str]:
    walk, me = work.walks.get(school_key, walk_key), actor.lower()
    if walk is None or me not in walk.people:
        raise refuse("not_yours", "people", "This is not one of your visits; Home shows those that are.")
    return walk, me
