"""Schools in the store: importing one, and knowing who somebody is."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sync.core.ask import Ask, Known
from sync.core.commitments import Commitments
from sync.core.openings import objections
from sync.core.people import COORDINATOR, LEADER, Person
from sync.core.refusals import Refusal
from sync.core.school import School
from sync.core.walk import State, Walk
from sync.services.ports import Clock, NoSuchSchool, Store, StoredSchool, Work

_OF_BOOKING_ALONE = frozenset({"past", "notice"})
"""rules that were for the day of booking and say nothing about a visit that stands"""


@dataclass(frozen=True, slots=True)
class Misfit:
    """A visit to come that the school as it is now would not allow; it is left as it is, for people to decide."""

    walk: Walk
    reasons: tuple[Refusal, ...]


@dataclass(frozen=True, slots=True)
class Saved:
    """What an import has done."""

    stored: StoredSchool
    changed: bool
    misfits: tuple[Misfit, ...]


@dataclass(frozen=True, slots=True)
class Who:
    """A person of a school that is kept here."""

    school_key: str
    school: School
    person: Person

    @property
    def is_coordinator(self) -> bool:
        return self.person.has_role(COORDINATOR)

    @property
    def is_leader(self) -> bool:
        return self.person.has_role(LEADER)


def save(store: Store, clock: Clock, key: str, school: School) -> Saved:
    """Keep a school in place of what was kept under this key; the same school again changes nothing.

    Visits to come that no longer fit are reported and not touched.
    """
    with store.work() as work:
        work.lock(key)
        before = _revision(work, key)
        stored = work.schools.save(key, school)
        today = clock.now().astimezone(school.zone).date()
        # From a week before: some rules count by the week, and a visit of Monday counts on Friday.
        walks = work.walks.between(key, today - timedelta(days=6), date.max)
        misfits = tuple(_misfits(school, walks, clock.now()))
        work.commit()
    return Saved(stored, stored.revision != before, misfits)


def who_is(store: Store, email: str) -> Who | None:
    """Who somebody is by their address; None for a stranger."""
    with store.work() as work:
        key = work.schools.of_person(email)
        if key is None:
            return None
        school = work.schools.get(key).school
    return Who(key, school, school.person(email))


def _revision(work: Work, key: str) -> int:
    try:
        return work.schools.get(key).revision
    except NoSuchSchool:
        return 0


def _misfits(school: School, walks: list[Walk], now: datetime) -> list[Misfit]:
    walks_of: dict[str, dict[str, Walk]] = defaultdict(dict)
    for walk in walks:
        for email in walk.people:
            walks_of[email][walk.key] = walk
    found = []
    for walk in walks:
        if walk.state in (State.PROPOSED, State.BOOKED) and walk.starts > now:
            others = {key: other for email in walk.people for key, other in walks_of[email].items() if key != walk.key}
            promised = Commitments(held for other in others.values() for held in other.commitments())
            reasons = _reasons(school, walk, Known(school, now, promised))
            if reasons:
                found.append(Misfit(walk, reasons))
    return found


def _reasons(school: School, walk: Walk, known: Known) -> tuple[Refusal, ...]:
    gone = [email for email in walk.people if email not in school.staff]
    if gone:
        return tuple(Refusal("gone", "people", f"{email} is no longer on the staff list.") for email in gone)
    reasons: list[Refusal] = []
    for stop in walk.stops:
        slot = school.slot(stop.slot.date, stop.slot.period)
        if slot is None:
            reasons.append(Refusal("no_such_slot", "days", f"{stop.slot} is no longer a period of that day."))
            continue
        if slot != stop.slot:
            reasons.append(Refusal("hours", "bell_schedule", f"{stop.slot} has other hours now."))
        asked = objections(Ask(walk.visitors, stop.host, slot, walk.covered), known)
        reasons += [reason for reason in asked if reason.code not in _OF_BOOKING_ALONE]
    return tuple(reasons)


def key_of(school: School) -> str:
    """The short name a school goes by in the store when none was chosen: the first part of its domain."""
    return school.domain.partition(".")[0] or "school"
