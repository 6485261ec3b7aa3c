"""Inviting: the news of a proposal for each person who has not said yes yet, and new proposals around a no."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sync.core.school.saying import day_of
from sync.core.school.school import School
from sync.core.visits.walk import State, Walk
from sync.services.ports import Item, Topic, Work, item_key
from sync.services.visits.standing_in import StandIns


def invite(
    work: Work, school_key: str, school: School, walks: Iterable[Walk], now: datetime
) -> dict[str, tuple[str, ...]]:
    """Note for everybody who is asked that they are; they get it in one message with whatever else is new.

    Returns the sentences by person, soonest first.
    """
    items = [
        _item(school, walk, email, now)
        for walk in sorted(walks, key=lambda walk: walk.starts)
        for email in walk.people
        if walk.state is State.PROPOSED and email not in walk.accepted
    ]
    work.news.tell(school_key, items)
    people = sorted({one.email for one in items})
    return {email: tuple(one.sentence for one in items if one.email == email) for email in people}


def planned_around(work: Work, school_key: str, school: School, walk: Walk, now: datetime) -> tuple[Walk, ...]:
    """A new proposal to those whom a no, or no answer, has left without their visit; kept, and they are invited.

    `walk` is as it is after the no, its seats given up. Whoever said no is left in peace.
    """
    if walk.stands or len(walk.stops) != 1:
        return ()
    stand_ins = StandIns(work, school_key, school, now)
    host_is_left = walk.stops[0].host not in walk.declined and set(walk.visitors) <= set(walk.declined)
    made = stand_ins.for_visitor(walk) if host_is_left else stand_ins.for_host(walk)
    if made is None or not stand_ins.keep(made):
        return ()
    invite(work, school_key, school, [made], now)
    return (made,)


def invitation_key(walk: Walk, email: str) -> str:
    """The key of the news that this person is invited to this visit."""
    return item_key("invited", walk.key, email)


def _item(school: School, walk: Walk, email: str, now: datetime) -> Item:
    what = (
        _visiting(school, walk, email) if email in walk.visitors else f"be visited by {_names(school, walk.visitors)}"
    )
    until = f" by {day_of(walk.lapses_on)}" if walk.lapses_on else ""
    sentence = f"You are invited to {what} on {walk.stops[0].slot}. Say yes or no on your Home card{until}."
    return Item(invitation_key(walk, email), email, Topic.INVITED, sentence, now, walk.key, walk.starts)


def _visiting(school: School, walk: Walk, email: str) -> str:
    """Whom, and who comes along: that a colleague teaches then and that another one is free are two things."""
    others = [visitor for visitor in walk.visitors if visitor != email]
    hosts = _names(school, dict.fromkeys(walk.hosts))
    return f"visit {hosts}, together with {_names(school, others)}," if others else f"visit {hosts}"


def _names(school: School, emails: Iterable[str]) -> str:
    return " and ".join(school.name_of(email) for email in emails)
