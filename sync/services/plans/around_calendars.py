"""Appointments that land later: a look into the calendars of the people of visits to come, every now and then.

A proposal that nobody has answered yet goes around them by itself. Whatever somebody has agreed to stays; they are
told, and they alone (`visits.overlaps`). What a calendar does not tell is never taken for an appointment.
"""

from __future__ import annotations

import secrets
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from functools import cached_property
from itertools import islice

from sync.core.school.school import School
from sync.core.school.slots import overlap
from sync.core.visits.commitments import Commitment, Part
from sync.core.visits.prep import Stretch, subtract
from sync.core.visits.walk import State, Walk
from sync.services.plans.busy_calendars import with_calendars
from sync.services.plans.mending import Mending
from sync.services.ports import Appointment, Clock, Fault, Overlap, Rooms, Store, Work, Workspace
from sync.services.visits.overlaps import has_agreed, overlaps_of, own_time, was_said
from sync.services.visits.standing_in import REACH

EVERY = timedelta(minutes=15)
"""between two looks at a school, unless somebody wishes otherwise"""
SCHOOL_DAYS = 10
"""so far ahead: what comes later is looked at in time"""
PROPOSALS = 20
"""that are moved in one look, the soonest first, so that a pass does not take long"""

OverlapName = tuple[str, str, str, Part]


@dataclass(frozen=True, slots=True)
class WentAround:
    """What a look brought, in counts: whose calendar it was is nobody's matter."""

    asked: int = 0
    """people who are asked whether they keep something they promised"""
    moved: int = 0
    """proposals that are at another time now, or with somebody else"""


def look_again(
    store: Store, google: Workspace, clock: Clock, school_key: str, *, every: timedelta = EVERY
) -> WentAround:
    """Look, unless somebody did a short while ago; with no `every` at once.

    Raises nothing of Google's: what cannot be seen is unknown.
    """
    now = clock.now()
    # A lease that nobody gives back: it is over when the next look is due, whichever process comes then.
    if every and not store.lease(f"calendars:{school_key}", secrets.token_hex(8), now + every, now):
        return WentAround()
    with store.work() as work:
        rooms = work.mirrors.rooms(school_key)
        school = work.schools.get(school_key).school
        last = _as_far_as(school, now)
        walks = {walk.key: walk for walk in _until(work, school_key, now.astimezone(school.zone).date(), last)}
        known = {one.name: one for one in work.overlaps.all(school_key)}
    look = _Look(store, clock, school_key, walks, last, known)
    if rooms is None or not (look.promised or known):
        return WentAround()
    look.at(google, rooms)
    moving = look.proposals()
    moved = _move(store, google, clock, school_key, school, rooms, moving)
    return WentAround(look.put_down({walk.key for walk in moving}), moved)


def _as_far_as(school: School, now: datetime) -> date:
    """The last date that is looked at."""
    today = now.astimezone(school.zone).date()
    return max([today, *(day.date for day in islice(school.days_between(today, date.max), SCHOOL_DAYS))])


def _until(work: Work, school_key: str, first: date, last: date) -> Iterator[Walk]:
    """Walks of which anything lies between these dates: talks and prep given back may come after the visit."""
    for key in sorted({held.walk for held in work.walks.commitments(school_key, first, last)}):
        walk = work.walks.get(school_key, key)
        if walk is not None:
            yield walk


@dataclass
class _Look:
    """One look at a school: what people have promised, and what their calendars say of it."""

    store: Store
    clock: Clock
    key: str
    """the school's"""
    walks: Mapping[str, Walk]
    last: date
    known: Mapping[OverlapName, Overlap]
    seen: set[str] = field(default_factory=set)
    """whose calendar could be seen"""
    found: list[Overlap] = field(default_factory=list)

    @cached_property
    def promised(self) -> Mapping[str, list[Commitment]]:
        """What is to come of people's own time until the last date, by e-mail."""
        found: dict[str, list[Commitment]] = defaultdict(list)
        for walk in self.walks.values():
            for held in own_time(walk):
                if held.start > self.clock.now() and held.date <= self.last:
                    found[held.email].append(held)
        return found

    def at(self, google: Workspace, rooms: Rooms) -> None:
        """Ask for all at once who is busy; then what it is that makes somebody so, as our own events do too."""
        if not self.promised:
            return
        held = [one for theirs in self.promised.values() for one in theirs]
        window = min(one.start for one in held), max(one.end for one in held)
        try:
            busy = google.calendar.busy(rooms, sorted(self.promised), *window)
            for email, theirs in self.promised.items():
                stretches = busy.get(email)
                if stretches is not None:
                    self._at_one(google, rooms, email, theirs, stretches, window)
        except Fault:
            return  # whoever was not seen by now is unknown

    def _at_one(
        self, google: Workspace, rooms: Rooms, email: str, promised: Sequence[Commitment],
        busy: Sequence[Stretch], window: Stretch,
    ) -> None:  # fmt: skip
        hit = [one for one in promised if any(overlap(one.start, one.end, *stretch) for stretch in busy)]
        appointments: list[Appointment] | None = []
        if hit:
            first, last = min(one.start for one in hit), max(one.end for one in hit)
            appointments = google.calendar.appointments(rooms, email, first, last)
        if appointments is None:
            return
        self.seen.add(email)
        for appointment in appointments:
            if takes_time(appointment, busy, window):
                self.found += [
                    one
                    for one in overlaps_of(hit, [appointment])
                    if not was_said(self.walks[one.walk], one.part, email, appointment)
                ]

    def proposals(self) -> list[Walk]:
        """Those that nobody has answered and that something new falls on, the soonest first."""
        hit = {one.walk for one in self.found if one.name not in self.known}
        open_walks = [walk for key, walk in self.walks.items() if key in hit and nobody_has_agreed(walk)]
        return sorted(open_walks, key=lambda walk: (walk.starts, walk.key))[:PROPOSALS]

    def put_down(self, tried: set[str]) -> int:
        """Keep what is so now, forget what is gone. Returns how many people are newly asked.

        Of a proposal it is kept that it was tried: where nothing suited, it is not tried again and again.
        """
        now, names = self.clock.now(), {one.name for one in self.found}
        with self.store.work() as work:
            work.lock(self.key)
            known = {one.name: one for one in work.overlaps.all(self.key)}
            kept = {name: one.kept_at for name, one in known.items()}
            there = [
                replace(one, kept_at=kept.get(one.name, now if one.walk in tried else None))
                for one in self.found
                if one.walk in tried or one.name in known or has_agreed(self.walks[one.walk], one.email, one.part)
            ]
            fresh = {one.email for one in there if one.name not in known and one.kept_at is None}
            changed = [one for one in there if known.get(one.name) != one]
            gone = [
                one
                for one in known.values()
                if one.name not in names and (one.email in self.seen or one.email not in self.promised)
            ]
            if changed or gone:
                work.overlaps.put(self.key, changed)
                work.overlaps.remove(self.key, gone)
                work.commit()
        return len(fresh)


def nobody_has_agreed(walk: Walk) -> bool:
    """Whether it is a proposal of a plan, or of a coordinator, that still waits for its first yes."""
    return walk.state is State.PROPOSED and walk.is_directed and not walk.accepted


def takes_time(appointment: Appointment, busy: Sequence[Stretch], window: Stretch) -> bool:
    """Whether it makes its owner busy: a birthday, or what they have marked as free, does not."""
    within = max(appointment.start, window[0]), min(appointment.end, window[1])
    return within[0] < within[1] and not subtract(within, busy)


def _move(
    store: Store, google: Workspace, clock: Clock, school_key: str, school: School, rooms: Rooms,
    proposals: Sequence[Walk],
) -> int:  # fmt: skip
    """Take these to where everybody is free by calendar too; one by one, so that nobody waits with a booking."""
    if not proposals:
        return 0
    people = sorted({email for walk in proposals for email in walk.people})
    today = clock.now().astimezone(school.zone).date()
    around = with_calendars(school, google, rooms, today, proposals[-1].ends.date() + 2 * REACH, people).school
    moved = 0
    for proposal in proposals:
        with store.work() as work:
            work.lock(school_key)
            walk = work.walks.get(school_key, proposal.key)
            if walk is not None and walk.revision == proposal.revision:
                mending = Mending(work, school_key, around, clock.now())
                mending.take_elsewhere(walk)
                work.commit()
                moved += mending.repaired.changed
    return moved
