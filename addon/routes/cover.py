"""Beside Google Calendar: being asked to take a class, and prep that is offered back."""

from __future__ import annotations

from addon import paths
from addon.cards.cover import cover_card
from addon.envelopes import Answer, from_root, push
from addon.routes.calls import WALK_KEY, Call, OutOfDate
from addon.routes.doors import Doors
from addon.routes.shows import home_of
from sync.services import covering, repaying
from sync.services.covering import Request

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
    covering.accept(call.product.store, call.product.clock, call.school_key, _walk(call), actor=call.person.email)
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
        call.product.store, call.product.clock, call.school_key, _walk(call),
        actor=call.person.email, day=call.day(), period=call.period(),
    )  # fmt: skip
    call.changed()
    return from_root(home_of(call), notice=call.reader.say("This time is yours."))


@routes.action(paths.PREP_DECLINE)
def turn_down(call: Call) -> Answer:
    repaying.turn_down(
        call.product.store, call.product.clock, call.school_key, _walk(call),
        actor=call.person.email, day=call.day(), period=call.period(),
    )  # fmt: skip
    call.changed()
    return from_root(home_of(call), notice=call.reader.say("Noted. It stays owed to you."))


def _walk(call: Call) -> str:
    key = call.event.parameter("walk")
    if not WALK_KEY.fullmatch(key):
        raise OutOfDate
    return key


def _of(call: Call, find: object) -> Request | None:
    assert callable(find)
    found: list[Request] = find(call.product.store, call.product.clock, call.school_key, call.person.email)
    key, day, period = _walk(call), call.day(), call.period()
    return next(
        (one for one in found if (one.walk, one.cover.slot.date, one.cover.slot.period) == (key, day, period)), None
    )
