"""What people say of a booked visit before it: a host that they look forward to it, anybody that its link opens.

Neither has to be said. A visit that nobody answered stands as well.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

from sync.core.school.agreement import Kind
from sync.core.visits.walk import State, Walk
from sync.services.ports import Clock, Store
from sync.services.visits.booking import own_walk
from sync.services.visits.refusing import refuse

THE_DAY_BEFORE = timedelta(hours=36)
"""before a virtual visit: from the morning of the day before on, its people are asked whether the link opens"""


def welcome(store: Store, clock: Clock, school_key: str, walk_key: str, *, actor: str) -> Walk:
    """A host says yes to a visit that is to come; saying it twice is fine. Raises `Refused`."""

    def said(walk: Walk, me: str) -> Walk:
        if me not in walk.hosts:
            raise refuse("not_the_host", "walk", "Only a host is asked; everybody else has said yes by booking.")
        return walk if me in walk.accepted else replace(walk, accepted=(*walk.accepted, me))

    return _answered(store, clock, school_key, walk_key, actor, said)


def link_opens(store: Store, clock: Clock, school_key: str, walk_key: str, *, actor: str) -> Walk:
    """One of its people has tried the link of a virtual visit, and it opened. Raises `Refused`."""

    def said(walk: Walk, me: str) -> Walk:
        if walk.kind is not Kind.VIRTUAL:
            raise refuse("no_link", "walk", "This visit has no link to try; you meet in the room.")
        return walk if me in walk.link_opens else replace(walk, link_opens=(*walk.link_opens, me))

    return _answered(store, clock, school_key, walk_key, actor, said)


def is_to_try(walk: Walk, email: str, now: datetime) -> bool:
    """Whether this person is asked now whether the link opens."""
    before = walk.starts - now
    asked = walk.kind is Kind.VIRTUAL and walk.state is State.BOOKED and email not in walk.link_opens
    return asked and timedelta() < before <= THE_DAY_BEFORE


def _answered(
    store: Store, clock: Clock, school_key: str, walk_key: str, actor: str, said: Callable[[Walk, str], Walk]
) -> Walk:
    with store.work() as work:
        work.lock(school_key)
        walk = own_walk(work, school_key, walk_key, actor)
        if walk.state is not State.BOOKED or walk.ends <= clock.now():
            raise refuse("not_standing", "walk", "This visit is cancelled or over; book a new one instead.")
        after = said(walk, actor.lower())
        if after is not walk:
            after = after.at_revision(walk.revision + 1)
            work.walks.save(school_key, after)
            work.commit()
    return after
