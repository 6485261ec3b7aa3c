"""Schools in the store: importing one, and knowing who somebody is."""

from __future__ import annotations

from dataclasses import dataclass

from sync.core.school.happenings import still_news, with_happenings
from sync.core.school.people import COORDINATOR, LEADER, Person
from sync.core.school.school import School
from sync.services.ports import Clock, NoSuchSchool, Store, StoredSchool, Work


@dataclass(frozen=True, slots=True)
class Saved:
    """What an import has done."""

    stored: StoredSchool
    changed: bool


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


def save(store: Store, key: str, school: School) -> Saved:
    """Keep a school in place of what was kept under this key; the same school again changes nothing.

    Visits to come that it hits are mended by the next pass (`repairing.repair_after_change`).
    """
    with store.work() as work:
        work.lock(key)
        saved = _saved(work, key, school)
        work.commit()
    return saved


def take_in(store: Store, clock: Clock, key: str, school: School) -> Saved:
    """Keep a school that comes from a new export, with what was said here and the export does not know.

    That somebody will be away, that a day to come is lost: no timetable program has heard of it.
    """
    with store.work() as work:
        work.lock(key)
        saved = taken_in(work, clock, key, school)
        work.commit()
    return saved


def taken_in(work: Work, clock: Clock, key: str, school: School) -> Saved:
    """The same within a unit of work that holds the school's lock."""
    if _revision(work, key):
        today = clock.now().astimezone(school.zone).date()
        school = with_happenings(school, still_news(school, work.schools.happenings(key), today))
    return _saved(work, key, school)


def _saved(work: Work, key: str, school: School) -> Saved:
    before = _revision(work, key)
    stored = work.schools.save(key, school)
    return Saved(stored, stored.revision != before)


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


def key_of(school: School) -> str:
    """The short name a school goes by in the store when none was chosen: the first part of its domain."""
    return school.domain.partition(".")[0] or "school"
