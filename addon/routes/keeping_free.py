"""Beside Google Sheets: dates, periods and rooms that a coordinator keeps free of visits."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import islice

from addon import paths
from addon.cards.keeping_free import FIRST, LAST, PERIODS, REASON, ROOM, keep_free_card, keep_free_sure_card
from addon.cards.programme import repaired_card
from addon.envelopes import Answer, Json, back_to, push, update
from addon.routes.calls import Call, OutOfDate
from addon.routes.doors import Doors
from addon.routes.overseeing import for_coordinators
from addon.routes.shows import sentences_of
from sync.core.refusals import Refused
from sync.core.school.agreement import Blocked
from sync.services.plans import keeping_free

routes = Doors("keeping_free", __name__)
DAYS = 40
"""school days from today on that may be chosen; a longer stretch is a line in the tab Rules"""


@routes.action(paths.KEEP_FREE)
@for_coordinators
def ask(call: Call) -> Answer:
    return back_to(_card(call)) if call.event.parameter("back") else push(_card(call))


@routes.action(paths.KEEP_FREE_SURE)
@for_coordinators
def sure(call: Call) -> Answer:
    """What would follow; where it cannot be, the form says why."""
    typed, first = call.event.typed, call.event.typed(FIRST)
    try:
        blocked = _wanted(call, first, typed(LAST) or first, call.event.chosen(PERIODS), typed(ROOM), typed(REASON))
    except Refused as refused:
        return update(_card(call, sentences_of(refused)))
    hit = keeping_free.hit_by(call.product.store, call.school_key, blocked)
    return push(keep_free_sure_card(blocked, hit, call.reader))


@routes.action(paths.KEEP_FREE_DO)
@for_coordinators
def keep_free(call: Call) -> Answer:
    repaired = keeping_free.keep_free(
        call.product.store, call.product.clock, call.school_key, actor=call.person.email, blocked=_named(call)
    )
    call.changed()
    return push(repaired_card(repaired, call.reader.say("Kept free of visits"), call.reader))


@routes.action(paths.KEEP_FREE_BACK)
@for_coordinators
def take_back(call: Call) -> Answer:
    which = call.event.parameter("which")
    keeping_free.take_back(call.product.store, call.school_key, actor=call.person.email, name=which)
    call.changed()
    return update(_card(call), call.reader.say("Noted."))


def _card(call: Call, reasons: Sequence[str] = ()) -> Json:
    kept = keeping_free.kept_free(call.product.store, call.product.clock, call.school_key)
    coming = [day.date for day in islice(call.school.days_between(call.today(), call.today() + timedelta(90)), DAYS)]
    return keep_free_card(kept, coming, _periods(call), reasons, call.reader)


def _periods(call: Call) -> list[str]:
    """The class periods of any day type, each once."""
    return list(dict.fromkeys(period.name for bell in call.school.bells.values() for period in bell if period.is_class))


def _named(call: Call) -> Blocked:
    """What a card of ours names. Raises `OutOfDate`, `Refused`."""
    named = call.event.parameter
    return _wanted(
        call, named(FIRST), named(LAST), [one for one in named(PERIODS).split("\n") if one], named(ROOM), named(REASON)
    )


def _wanted(call: Call, first: str, last: str, periods: Sequence[str], room: str, reason: str) -> Blocked:
    try:
        dates = date.fromisoformat(first), date.fromisoformat(last)
    except ValueError:
        raise OutOfDate from None
    known = _periods(call)
    if not all(period in known for period in periods):
        raise OutOfDate
    return keeping_free.wanted(call.school, *dates, [one for one in known if one in periods], room, reason)
