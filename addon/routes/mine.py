"""Beside Google Calendar: a teacher's year, and what they bring to a check-in."""

from __future__ import annotations

from addon import paths
from addon.cards.checkins import OWN, PICKED, SUPPORT, not_now_card, pack_card
from addon.cards.mine import year_card
from addon.envelopes import Answer, Json, back_to, push
from addon.routes.calls import WALK_KEY, Call, OutOfDate
from addon.routes.doors import Doors
from sync.core.checkin import CheckIn, Evidence
from sync.services import my_year
from sync.services.notes import checkins
from sync.services.ports import Fault

routes = Doors("mine", __name__)


@routes.action(paths.MY_YEAR)
def year(call: Call) -> Answer:
    return push(_year(call))


@routes.action(paths.CHECK_IN)
def check_in(call: Call) -> Answer:
    """What one may bring to a check-in of one's own."""
    return push(pack_card(_own(call), _evidence(call), call.school, call.reader))


@routes.action(paths.CHECK_IN_PACK)
def pack(call: Call) -> Answer:
    """Exactly what was ticked and typed becomes a Doc; what is asked for goes to the leader as a request."""
    one, google = _own(call), call.product.google
    if google is None:
        return push(not_now_card(call.reader))
    ticked = set(call.event.chosen(PICKED))
    brought = [bit for key, bit in _evidence(call) if key in ticked]
    own, support = call.event.typed(OWN), call.event.typed(SUPPORT)
    store, clock, key, me = call.product.store, call.product.clock, call.school_key, call.person.email
    try:
        checkins.pack(
            store, google, clock, key, one.key,
            actor=me, evidence=[*brought, *([Evidence(own)] if own else [])],
        )  # fmt: skip
    except Fault:
        return push(not_now_card(call.reader))
    if support:
        checkins.ask_support(store, clock, key, actor=me, leader=one.leader, words=support)
    return back_to(_year(call), call.reader.say("Packed."))


def _year(call: Call) -> Json:
    store, me = call.product.store, call.person.email
    found = my_year.year_of(store, call.product.clock, call.school_key, me)
    return year_card(found, checkins.of_person(store, call.school_key, me), me, call.school, call.reader)


def _own(call: Call) -> CheckIn:
    """The check-in in the card's parameters, for which this person packs. Raises `OutOfDate`."""
    key = call.event.parameter("check")
    mine = checkins.of_person(call.product.store, call.school_key, call.person.email) if WALK_KEY.fullmatch(key) else []
    found = next((one for one in mine if one.key == key and one.teacher == call.person.email), None)
    if found is None:
        raise OutOfDate
    return found


def _evidence(call: Call) -> list[tuple[str, Evidence]]:
    """What may be picked, each under a key that is the same as long as its words are."""
    found = checkins.to_pick_from(call.product.store, call.school_key, actor=call.person.email)
    return [(one.key, one) for one in found]
