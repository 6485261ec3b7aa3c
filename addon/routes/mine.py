"""Beside Google Calendar: a teacher's year, and what they bring to a check-in."""

from __future__ import annotations

from addon import paths
from addon.cards.checkins import OWN, PICKED, SUPPORT, not_now_card, pack_card
from addon.cards.growing import Growth
from addon.cards.mine import year_card
from addon.envelopes import Answer, Json, back_to, push, update
from addon.routes.calls import Call, OutOfDate
from addon.routes.doors import Doors
from sync.core.notes.checkin import CheckIn, Evidence
from sync.core.notes.thanks import Borrowing
from sync.services import my_year
from sync.services.notes import checkins, thanking
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


@routes.action(paths.CHECK_IN_MET)
def met(call: Call) -> Answer:
    checkins.met(call.product.store, call.school_key, call.key("check"), actor=call.person.email)
    return update(_year(call), call.reader.say("Noted."))


@routes.action(paths.SUPPORT)
def support(call: Call) -> Answer:
    """A request gets an owner, or is done; whose it is to say is asked of the request."""
    store, key, request = call.product.store, call.school_key, call.key("request")
    if call.event.parameter("done"):
        checkins.support_given(store, key, request, actor=call.person.email)
    else:
        checkins.take_on(store, key, request, actor=call.person.email, helper=call.colleague("helper"))
    return update(_year(call), call.reader.say("Noted."))


@routes.action(paths.BORROWED)
def borrowed(call: Call) -> Answer:
    """The visitor says that they tried it; each of the two says for themselves whether colleagues may know."""
    store, school, walk, me = call.product.store, call.school_key, call.key(), call.person.email
    visitor, host, tell = call.colleague("visitor"), call.colleague("host"), call.event.parameter("tell")
    if me == visitor and tell:
        thanking.tell_of_borrowing(store, school, walk, actor=me, host=host, tell=tell == "yes")
    elif me == visitor:
        thanking.borrowed(store, school, walk, actor=me, host=host, what=Borrowing.TRIED)
    elif me == host and tell:
        thanking.tell_borrowed(store, school, walk, actor=me, visitor=visitor, tell=tell == "yes")
    else:
        raise OutOfDate
    return update(_year(call), call.reader.say("Noted."))


def _year(call: Call) -> Json:
    store, key, me = call.product.store, call.school_key, call.person.email
    borrows, lends = thanking.borrowings(store, key, me)
    growth = Growth(checkins.support_queue(store, key, actor=me), borrows, lends, thanking.trail(store, key))
    found = my_year.year_of(store, call.product.clock, key, me)
    meetings = checkins.of_person(store, key, me)
    return year_card(found, meetings, growth, call.today(), me, call.school, call.reader)


def _own(call: Call) -> CheckIn:
    """The check-in in the card's parameters, for which this person packs. Raises `OutOfDate`."""
    key = call.key("check")
    mine = checkins.of_person(call.product.store, call.school_key, call.person.email)
    found = next((one for one in mine if one.key == key and one.teacher == call.person.email), None)
    if found is None:
        raise OutOfDate
    return found


def _evidence(call: Call) -> list[tuple[str, Evidence]]:
    """What may be picked, each under a key that is the same as long as its words are."""
    found = checkins.to_pick_from(call.product.store, call.school_key, actor=call.person.email)
    return [(one.key, one) for one in found]
