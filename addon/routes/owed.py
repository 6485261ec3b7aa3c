"""Beside Google Sheets: prep that is owed, and offering it back. Both of those concerned answer for themselves."""

from __future__ import annotations

from addon import paths
from addon.cards.owed import owed_card, owed_times_card
from addon.envelopes import Answer, back_to, push
from addon.routes.calls import Call
from addon.routes.doors import Doors
from addon.routes.overseeing import for_coordinators
from sync.services.covers import paying_back, repaying

routes = Doors("owed", __name__)


@routes.action(paths.OWED)
@for_coordinators
def owed(call: Call) -> Answer:
    debts = paying_back.debts(call.product.store, call.product.clock, call.school_key)
    return push(owed_card(debts, call.school, call.reader))


@routes.action(paths.OWED_TIMES)
@for_coordinators
def times(call: Call) -> Answer:
    walk, who = call.key(), call.colleague("who")
    ways = paying_back.ways_to_pay_back(call.product.store, call.product.clock, call.school_key, who)
    return push(owed_times_card(walk, who, ways, call.school, call.reader))


@routes.action(paths.OWED_OFFER)
@for_coordinators
def offer(call: Call) -> Answer:
    repaying.offer(
        call.product.store, call.product.clock, call.school_key, call.key(),
        actor=call.person.email, to=call.colleague("who"), day=call.day(), period=call.period(),
        by=call.colleague("by"),
    )  # fmt: skip
    call.changed()
    debts = paying_back.debts(call.product.store, call.product.clock, call.school_key)
    return back_to(owed_card(debts, call.school, call.reader), call.reader.say("Both are asked."))
