"""A trusted colleague for the year: chosen by each for themselves, and known to nobody until both have.

A choice that is not returned is told to nobody, shown to nobody but its owner, and left out of backups. Whether the
colleague has chosen somebody else makes no difference to what the chooser is told.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sync.core.school.days import school_year
from sync.core.school.lookup import folded, split
from sync.core.school.people import TEACHER, Person
from sync.core.school.school import NoSuchPerson, School
from sync.services.ports import Clock, Item, Store, Topic, item_key
from sync.services.visits.refusing import refuse

SHOWN_AT_MOST = 8


@dataclass(frozen=True, slots=True)
class OwnChoice:
    """For one person's own eyes."""

    year: str
    wish: str
    """whom they chose, and who has not chosen them yet; "" = nobody"""
    colleague: str
    """with whom they go this year; "" = nobody yet"""


def choice_of(store: Store, clock: Clock, school_key: str, email: str) -> OwnChoice:
    """What this person has chosen for the school year of today. Raises `NoSuchSchool`, `NoSuchPerson`."""
    with store.work() as work:
        school = work.schools.get(school_key).school
        me, year = school.person(email).email, _year(school, clock.now())
        return OwnChoice(year, work.together.wish(school_key, year, me), work.together.colleague(school_key, year, me))


def choose(store: Store, clock: Clock, school_key: str, *, actor: str, colleague: str) -> OwnChoice:
    """Choose a colleague, in place of whom one chose before; with the second yes both hear of it. Raises `Refused`."""
    now = clock.now()
    with store.work() as work:
        work.lock(school_key)
        school = work.schools.get(school_key).school
        me, other = teacher(school, actor), teacher(school, colleague)
        year = _year(school, now)
        if me.email == other.email:
            raise refuse("yourself", "colleagues", "This is you; choose a colleague.")
        if work.together.colleague(school_key, year, me.email):
            raise refuse("paired", "colleagues", "You go with a colleague this year already; part first.")
        mutual = work.together.wish(school_key, year, other.email) == me.email
        work.together.keep_wish(school_key, year, me.email, "" if mutual else other.email)
        if mutual:
            work.together.keep_wish(school_key, year, other.email, "")
            work.together.keep_pair(school_key, year, me.email, other.email)
            work.news.tell(school_key, _told(year, me, other, now))
        work.commit()
    return OwnChoice(year, "" if mutual else other.email, other.email if mutual else "")


def take_back(store: Store, clock: Clock, school_key: str, *, actor: str) -> OwnChoice:
    """Choose nobody, and part from whom one goes with; nobody is asked why. Visits that are booked stand."""
    with store.work() as work:
        work.lock(school_key)
        school = work.schools.get(school_key).school
        me, year = school.person(actor).email, _year(school, clock.now())
        work.together.keep_wish(school_key, year, me, "")
        work.together.end_pair(school_key, year, me)
        work.commit()
    return OwnChoice(year, "", "")


def people_like(school: School, text: str, *, of: Person, but: frozenset[str] = frozenset()) -> list[Person]:
    """Teachers whose name, department or grade begins with each word of a text: those of this person's building first.

    By name within, and the first few alone.
    """
    words = split(text)
    found = (
        person
        for person in school.staff.values()
        if person.has_role(TEACHER) and person.email not in but and all(_has(person, word) for word in words)
    )
    here = of.building
    order = sorted(found, key=lambda person: (person.building != here, folded(person.name), person.email))
    return order[:SHOWN_AT_MOST]


def _has(person: Person, word: str) -> bool:
    texts = (person.name, person.email.partition("@")[0], *person.departments, *person.grades)
    return any(one.startswith(word) for text in texts for one in split(text))


def teacher(school: School, email: str) -> Person:
    """Somebody who can visit and be visited. Raises `Refused`."""
    try:
        found = school.person(email)
    except NoSuchPerson as error:
        raise refuse("no_such_person", "people", str(error)) from error
    if not found.has_role(TEACHER):
        raise refuse("not_a_teacher", "people", f"{found.name} does not teach; choose a colleague who does.")
    return found


def _told(year: str, me: Person, other: Person, now: datetime) -> list[Item]:
    return [
        Item(
            item_key("colleagues", year, one.email, mate.email),
            one.email,
            Topic.OTHER,
            f"You and {mate.name} chose each other for this year; find a first time under My group.",
            now,
        )
        for one, mate in ((me, other), (other, me))
    ]


def _year(school: School, now: datetime) -> str:
    return school_year(now.astimezone(school.zone).date())
