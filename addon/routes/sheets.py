"""Beside Google Sheets: the programme in counts, for those who coordinate or lead it."""

from __future__ import annotations

from datetime import date

from addon import paths
from addon.cards.elsewhere import Glance, glance_card, not_for_you_card
from addon.envelopes import Answer, push
from addon.routes.calls import Call
from addon.routes.doors import Doors
from sync.core.people import COORDINATOR, LEADER, TEACHER
from sync.core.walk import DONE, State

routes = Doors("sheets", __name__)


@routes.trigger(paths.SHEETS_HOME)
def sheets_home(call: Call) -> Answer:
    return _glance_or_not(call)


@routes.trigger(paths.SHEETS_GRANTED)
def sheets_granted(call: Call) -> Answer:
    return _glance_or_not(call)


def _glance_or_not(call: Call) -> Answer:
    if not (call.person.has_role(COORDINATOR) or call.person.has_role(LEADER)):
        return push(not_for_you_card(call.reader))
    return push(glance_card(_glance(call), call.reader))


def _glance(call: Call) -> Glance:
    """Counts over the school days that are known: the school's own year or term."""
    first, last = _year(call)
    with call.product.store.work() as work:
        walks = [walk for walk in work.walks.between(call.school_key, first, last) if walk.stands]
    now = call.product.clock.now()
    return Glance(
        school=call.school.name,
        teachers=sum(person.has_role(TEACHER) for person in call.school.staff.values()),
        have_visited=len({visitor for walk in walks for visitor in walk.visitors}),
        have_hosted=len({host for walk in walks for host in walk.hosts}),
        to_come=sum(walk.state is State.BOOKED and walk.ends > now for walk in walks),
        happened=sum(walk.state in DONE or (walk.state is State.BOOKED and walk.ends <= now) for walk in walks),
    )


def _year(call: Call) -> tuple[date, date]:
    days = call.school.school_days
    today = call.product.clock.now().astimezone(call.school.zone).date()
    return (days[0].date, days[-1].date) if days else (today, today)
