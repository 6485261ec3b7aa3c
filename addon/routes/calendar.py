"""Beside Google Calendar: home, and the open event."""

from __future__ import annotations

from addon import paths
from addon.cards.elsewhere import other_event_card
from addon.envelopes import Answer, from_root, push
from addon.routes.calls import Call
from addon.routes.doors import Doors
from addon.routes.shows import home_of, visit_of
from sync.core.walk import Walk

routes = Doors("calendar", __name__)


@routes.trigger(paths.CALENDAR_HOME)
def calendar_home(call: Call) -> Answer:
    return push(home_of(call))


@routes.trigger(paths.CALENDAR_EVENT)
def event_open(call: Call) -> Answer:
    """The event is a visit of this person's, on the visits calendar or as their own copy; or it is something else."""
    walk = _walk_of_open_event(call)
    return push(visit_of(call, walk) if walk else other_event_card(call.reader))


@routes.action(paths.HOME)
def back_home(call: Call) -> Answer:
    return from_root(home_of(call))


def _walk_of_open_event(call: Call) -> Walk | None:
    opened = call.event.opened
    ids = (opened.event_id, opened.recurring_event_id) if opened else ()
    with call.product.store.work() as work:
        keys = [work.mirrors.walk_of_event(call.school_key, event_id) for event_id in ids if event_id]
    return next((walk for walk in map(call.own_walk, keys) if walk), None)
