"""Beside Google Calendar: home, and the open event."""

from __future__ import annotations

from dataclasses import replace

from addon import paths
from addon.cards.elsewhere import other_event_card
from addon.cards.overlaps import VISIT
from addon.envelopes import Answer, from_root, push, update
from addon.manifest import OPEN_EVENT, READ_TITLES
from addon.routes.calls import Call
from addon.routes.doors import Doors
from addon.routes.shows import home_of, visit_of
from sync.core.visits.walk import Walk
from sync.services.news import telling
from sync.services.visits import overlaps
from sync.services.visits.pineapple import ByTitle, by_title

routes = Doors("calendar", __name__)


@routes.trigger(paths.CALENDAR_HOME)
def calendar_home(call: Call) -> Answer:
    if call.event.locale:
        telling.reads(call.product.store, call.school_key, actor=call.person.email, locale=str(call.reader.locale))
    return push(home_of(call))


@routes.trigger(paths.CALENDAR_EVENT, needs=[OPEN_EVENT])
def event_open(call: Call) -> Answer:
    """The event is a visit of this person's, on the visits calendar or as their own copy; or it is something else."""
    walk = _walk_of_open_event(call)
    if walk:
        return push(visit_of(call, walk))
    return push(other_event_card(_by_title(call), call.school, call.reader))


@routes.action(paths.HOME)
def back_home(call: Call) -> Answer:
    return from_root(home_of(call))


@routes.action(paths.NEWS_SEEN)
def news_seen(call: Call) -> Answer:
    telling.seen(call.product.store, call.product.clock, call.school_key, actor=call.person.email)
    return from_root(home_of(call))


@routes.action(paths.OVERLAP_KEEP)
def overlap_keep(call: Call) -> Answer:
    """They have seen what their own calendar has then, and keep what they promised."""
    overlaps.keep(
        call.product.store, call.product.clock, call.school_key,
        actor=call.person.email, walk_key=call.key(), part=call.event.parameter("part"),
    )  # fmt: skip
    said = call.reader.say("It stays as it is.")
    if call.event.parameter("on") == VISIT:
        return update(visit_of(call, call.walk()), said)
    return from_root(home_of(call), notice=said)


def _by_title(call: Call) -> ByTitle:
    """What a pineapple in the title does, where its owner lets us read it; any other event is left unread."""
    opened, read = call.event.opened, call.product.open_event
    if opened is None or read is None or READ_TITLES not in (call.event.scopes or ()):
        return ByTitle()
    own = opened.calendar_id.lower() in (call.person.email, "primary")
    event = read(call.event.access, opened.calendar_id, opened.event_id) if own else None
    if event is None:
        return ByTitle()
    found = by_title(call.product.store, call.product.clock, call.school_key, actor=call.person.email, event=event)
    if found.closed or found.opened:
        call.changed()
    return replace(found, read=True)


def _walk_of_open_event(call: Call) -> Walk | None:
    opened = call.event.opened
    ids = (opened.event_id, opened.recurring_event_id) if opened else ()
    with call.product.store.work() as work:
        keys = [work.mirrors.walk_of_event(call.school_key, event_id) for event_id in ids if event_id]
    return next((walk for walk in map(call.own_walk, keys) if walk), None)
