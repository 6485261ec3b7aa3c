"""Home: what comes next for one person, who is coming to them, whom they may thank, and one idea."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from sync.core.notes.thanks import ThanksState
from sync.core.visits.walk import DONE, State, Walk
from sync.services.covers import covering
from sync.services.covers.covering import Request
from sync.services.news import telling
from sync.services.ports import Clock, Item, Store, Waiting
from sync.services.visits import answering
from sync.services.visits.finding import Offer, find_in
from sync.services.visits.overlaps import Asked, asked_of
from sync.services.visits.waiting import freed_in

AHEAD = timedelta(days=366)
BEHIND = timedelta(days=14)
"""how long a visit is on Home after it was held"""


@dataclass(frozen=True, slots=True)
class Home:
    """One person's visits, earliest first; of the past ones the latest first."""

    visiting: tuple[Walk, ...] = ()
    """still to come, or going on, in which this person visits"""
    hosting: tuple[Walk, ...] = ()
    """the same, in which others visit this person"""
    lately: tuple[Walk, ...] = ()
    """visits this person made in the last two weeks: there is somebody to thank"""
    idea: Offer | None = None
    """the nearest opening worth taking; a seat that was waited for before anything else"""
    freed: bool = False
    """whether the idea is such a seat"""
    asked: tuple[Request, ...] = ()
    """classes this person is asked to take, and prep that is offered back to them"""
    waits: tuple[Waiting, ...] = ()
    """classes in which this person waits for a seat"""
    to_try: tuple[Walk, ...] = ()
    """virtual visits of today and tomorrow whose link they have not tried yet"""
    overlaps: tuple[Asked, ...] = ()
    """what landed in their own calendar on what they have promised"""
    news: tuple[Item, ...] = ()
    """what happened to their visits and groups, and was not tapped away"""


def home(store: Store, clock: Clock, school_key: str, email: str) -> Home:
    """What Home shows this person now. Raises `NoSuchSchool`, `NoSuchPerson`."""
    now = clock.now()
    with store.work() as work:
        school = work.schools.get(school_key).school
        me = school.person(email).email
        today = now.astimezone(school.zone).date()
        walks = work.walks.of_person(school_key, me, today - BEHIND, today + AHEAD)
        coming = [walk for walk in walks if walk.state in (State.PROPOSED, State.BOOKED) and walk.ends > now]
        over = [walk for walk in walks if walk.state in DONE or (walk.state is State.BOOKED and walk.ends <= now)]
        waits = work.waiting.of_person(school_key, me, today)
        freed = next(freed_in(work, school_key, me, waits, now), None) if waits else None
        ideas = () if freed else find_in(work, now, school_key, (me,), at_most=1).offers
        thanks = work.notebook.thanks(school_key, visitor=me, since=now - BEHIND - timedelta(days=1)) if over else []
        done = {one.walk for one in thanks if one.state is not ThanksState.WAITING}
        asked = covering.requests(work, now, school_key, me) + covering.offers_of_prep(work, now, school_key, me)
        news = telling.waiting_for(work, now, school_key, me)
        overlaps = asked_of(work, school_key, me, now)
    return Home(
        visiting=tuple(walk for walk in coming if me in walk.visitors),
        hosting=tuple(walk for walk in coming if me in walk.hosts),
        lately=tuple(walk for walk in reversed(over) if me in walk.visitors and walk.key not in done),
        asked=tuple(asked),
        idea=freed or (ideas[0] if ideas else None),
        freed=freed is not None,
        waits=tuple(one for one in waits if one.kept_until is None),
        to_try=tuple(walk for walk in coming if answering.is_to_try(walk, me, now)),
        overlaps=tuple(overlaps),
        news=tuple(news),
    )
