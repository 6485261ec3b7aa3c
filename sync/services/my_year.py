"""One person's school year in counts, and what stands before their group. For that person's own eyes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from sync.core.covers.ledger import Account, ledger
from sync.core.notes.next_steps import NextStep, open_steps
from sync.core.notes.thanks import ThanksState
from sync.core.school import days
from sync.core.school.school import School
from sync.core.visits.together import Turn
from sync.core.visits.walk import DONE, State, Walk
from sync.services.ports import Clock, Store, Work


@dataclass(frozen=True, slots=True)
class Year:
    """What this person did and has before them, from August to July. Minutes are of visits made and over."""

    name: str
    """`2026-27`"""
    made: int
    hosted: int
    talked_over: int
    to_come: int
    minutes: int
    wanted: int
    """visits in the term that the school's goal has; 0 = none"""
    people: tuple[str, ...]
    """hosts and visitors met, the latest first"""
    made_this_term: int = 0
    thanked: int = 0
    """hosts who were thanked, as far as it was said here"""
    steps: tuple[NextStep, ...] = ()
    """own next steps that are open, the nearest date first"""
    prep: Account = field(default_factory=Account)
    """minutes of own prep given, restored and owed"""


@dataclass(frozen=True, slots=True)
class Group:
    """A group of this person's; `next_host` is whom they chose, else the member who has hosted least, in turn."""

    name: str
    members: tuple[str, ...]
    next_host: str
    to_come: tuple[Walk, ...]
    held: int


def year_of(store: Store, clock: Clock, school_key: str, email: str) -> Year:
    """The school year of today. Raises `NoSuchSchool`, `NoSuchPerson`."""
    now = clock.now()
    with store.work() as work:
        school = work.schools.get(school_key).school
        me = school.person(email).email
        today = now.astimezone(school.zone).date()
        walks = work.walks.of_person(school_key, me, *days.year_of(today))
        thanks = work.notebook.thanks(school_key, visitor=me)
        steps = open_steps(work.notebook.steps(school_key, [walk.key for walk in walks]), owner=me)
        prep = _prep(work, school_key, school, me, today)
    keys, term = {walk.key for walk in walks}, school.term_around(today)
    over = [walk for walk in walks if walk.state in DONE or (walk.state is State.BOOKED and walk.ends <= now)]
    made = [walk for walk in over if me in walk.visitors]
    met = [other for walk in reversed(over) for other in walk.people if other != me]
    return Year(
        name=days.school_year(today),
        made=len(made),
        hosted=sum(me in walk.hosts for walk in over),
        talked_over=sum(walk.state is State.DEBRIEFED for walk in over),
        to_come=sum(walk.state is State.BOOKED and walk.ends > now for walk in walks),
        minutes=sum(stop.slot.minutes for walk in made for stop in walk.stops),
        wanted=school.rules.goal.visits_per_teacher,
        people=tuple(dict.fromkeys(met)),
        made_this_term=sum(term.first <= walk.starts.date() <= term.last for walk in made),
        thanked=sum(one.walk in keys and one.state is ThanksState.SENT for one in thanks),
        steps=tuple(steps),
        prep=prep,
    )


def _prep(work: Work, school_key: str, school: School, me: str, today: date) -> Account:
    """This person's side of the year's book: of every walk that took, or gives back, any of their time."""
    promised = work.walks.commitments(school_key, *days.year_of(today), [me])
    keys = dict.fromkeys(held.walk for held in promised if held.email == me)
    walks = [walk for key in keys if (walk := work.walks.get(school_key, key)) is not None]
    return ledger(school, walks, today).accounts.get(me, Account())


def groups_of(store: Store, clock: Clock, school_key: str, email: str) -> tuple[Group, ...]:
    """The groups of this person, in order of name. Raises `NoSuchSchool`, `NoSuchPerson`."""
    now = clock.now()
    with store.work() as work:
        school = work.schools.get(school_key).school
        me = school.person(email).email
        today = now.astimezone(school.zone).date()
        mine = sorted((name, members) for name, members in school.groups.items() if me in members)
        return tuple(_group(work, school_key, name, members, today) for name, members in mine)


def _group(work: Work, school_key: str, name: str, members: tuple[str, ...], today: date) -> Group:
    walks = {
        walk.key: walk
        for member in members
        for walk in work.walks.of_person(school_key, member, *days.year_of(today))
        if walk.group == name
    }
    hosted = {member: sum(member in walk.hosts for walk in walks.values()) for member in members}
    chosen = _chosen(work.together.turn(school_key, name), members, walks.values())
    return Group(
        name=name,
        members=members,
        next_host=chosen or min(members, key=lambda member: (hosted[member], members.index(member))),
        to_come=tuple(walk for walk in walks.values() if walk.stops[0].slot.date >= today and walk.state not in DONE),
        held=sum(walk.state in DONE for walk in walks.values()),
    )


def _chosen(turn: Turn | None, members: tuple[str, ...], walks: Iterable[Walk]) -> str:
    """Whom a group chose to host next, until that member has a visit of the group's that was booked since."""
    if turn is None or turn.host not in members:
        return ""
    done = any(turn.host in walk.hosts and walk.booked_at >= turn.since for walk in walks)
    return "" if done else turn.host
