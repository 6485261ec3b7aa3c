"""Beside Google Calendar: being asked to take a class, having one's own taken, and prep that is offered back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from addon import paths
from addon.cards.arranging import EASY, NOTE, NOTE_AT_MOST, arrange_card, easy_card
from addon.cards.cover import cover_card
from addon.envelopes import Answer, Json, from_root, push, update
from addon.routes.calls import Call, OutOfDate
from addon.routes.doors import Doors
from addon.routes.shows import home_of
from sync.core.visits.cover import CoverFor
from sync.core.visits.walk import Walk
from sync.services.covers import covering, easy_classes, repaying
from sync.services.covers.covering import Request
from sync.services.ports import Work

routes = Doors("cover", __name__)


@routes.action(paths.COVER)
def cover(call: Call) -> Answer:
    """The request that the card names, if it is this person's to answer."""
    asked, offered = _of(call, covering.requests), _of(call, covering.offers_of_prep)
    found = asked or offered
    if found is None:
        raise OutOfDate
    return push(cover_card(found, call.school, call.reader, offered=asked is None))


@routes.action(paths.COVER_ACCEPT)
def accept(call: Call) -> Answer:
    covering.accept(call.product.store, call.product.clock, call.school_key, call.key(), actor=call.person.email)
    call.changed()
    return from_root(home_of(call), notice=call.reader.say("Thank you. It is in your calendar soon."))


@routes.action(paths.COVER_DECLINE)
def decline(call: Call) -> Answer:
    """Nobody is asked why. Only who is asked, or has said yes, changes anything by it."""
    mine = _of(call, covering.requests) or _of(call, covering.covering)
    if mine is not None:
        covering.decline(call.product.store, call.product.clock, call.school_key, mine.walk, actor=call.person.email)
        call.changed()
    return from_root(home_of(call), notice=call.reader.say("Noted."))


@routes.action(paths.PREP_AGREE)
def agree(call: Call) -> Answer:
    repaying.agree(
        call.product.store, call.product.clock, call.school_key, call.key(),
        actor=call.person.email, day=call.day(), period=call.period(),
    )  # fmt: skip
    call.changed()
    return from_root(home_of(call), notice=call.reader.say("This time is yours."))


@routes.action(paths.PREP_DECLINE)
def turn_down(call: Call) -> Answer:
    repaying.turn_down(
        call.product.store, call.product.clock, call.school_key, call.key(),
        actor=call.person.email, day=call.day(), period=call.period(),
    )  # fmt: skip
    call.changed()
    return from_root(home_of(call), notice=call.reader.say("Noted. It stays owed to you."))


@routes.action(paths.COVER_ARRANGE)
def arrange(call: Call) -> Answer:
    return push(_arrange(call, call.walk()))


@routes.action(paths.COVER_ASK)
def ask(call: Call) -> Answer:
    """Ask this colleague, with a note for them; who takes the class already is told by the card."""
    walk = covering.ask(
        call.product.store, call.product.clock, call.school_key, call.walk().key,
        actor=call.person.email, away=call.person.email, email=call.colleague("who"),
        note=call.event.typed(NOTE)[:NOTE_AT_MOST],
    )  # fmt: skip
    call.changed()
    return update(_arrange(call, walk), call.reader.say("They are asked."))


@routes.action(paths.EASY)
def easy(call: Call) -> Answer:
    classes = easy_classes.own_classes(call.product.store, call.school_key, call.person.email)
    return push(easy_card(classes, call.reader))


@routes.action(paths.EASY_MARK)
def mark_easy(call: Call) -> Answer:
    kept = easy_classes.keep_easy(
        call.product.store, call.school_key, actor=call.person.email, names=call.event.chosen(EASY)
    )
    return update(easy_card(kept, call.reader), call.reader.say("Kept."))


def _arrange(call: Call, walk: Walk) -> Json:
    """The class of this person that the walk needs somebody for. Raises `OutOfDate`."""
    me = call.person.email
    cover = next((one for one in walk.covers if one.away == me and one.purpose is CoverFor.VISIT), None)
    if cover is None or not walk.stands:
        raise OutOfDate
    free = (
        []
        if cover.by
        else covering.candidates_for(call.product.store, call.product.clock, call.school_key, walk.key, away=me)
    )
    return arrange_card(walk, cover, free, call.school, call.reader)


def _of(call: Call, find: Callable[[Work, datetime, str, str], list[Request]]) -> Request | None:
    key, day, period = call.key(), call.day(), call.period()
    with call.product.store.work() as work:
        found = find(work, call.product.clock.now(), call.school_key, call.person.email)
    return next(
        (one for one in found if (one.walk, one.cover.slot.date, one.cover.slot.period) == (key, day, period)), None
    )
