"""Beside Google Sheets: a term's plan, from a coordinator's wish to proposals. The work itself is done elsewhere."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import islice

from addon import paths
from addon.cards.planning import SEARCHES, SECONDS, STRETCH, UNTIL, ask_plan_card, plan_card, propose_plan_card
from addon.cards.planning import stretch_value as value_of
from addon.envelopes import Answer, Json, back_to, push, update
from addon.routes.calls import Call, OutOfDate
from addon.routes.doors import Doors
from addon.routes.overseeing import for_coordinators
from sync.core.days import Term
from sync.services.plans import planning_term
from sync.services.ports import Stage, TermPlan

routes = Doors("planning", __name__)
UNTIL_DAYS = 15
"""school days until which the places of proposals may be kept"""


@routes.action(paths.PLAN)
@for_coordinators
def plan(call: Call) -> Answer:
    """The plan as it is, or the form to ask for one. Looked at again, it takes the place of what is there."""
    card = _card(call, planning_term.look(call.product.store, call.school_key, actor=call.person.email))
    return update(card) if call.event.parameter("again") else push(card)


@routes.action(paths.PLAN_ASK)
@for_coordinators
def ask(call: Call) -> Answer:
    """Take note of the wish and answer at once: the search goes on in the background."""
    chosen = call.event.typed(STRETCH)
    wanted = next((one for one in _stretches(call) if value_of(one) == chosen), None)
    seconds = call.event.typed(SECONDS) or str(SEARCHES[0])
    if wanted is None or seconds not in {str(number) for number in SEARCHES}:
        raise OutOfDate
    made = planning_term.ask(
        call.product.store, call.product.clock, call.school_key,
        actor=call.person.email, first=wanted.first, last=wanted.last, seconds=float(seconds),
    )  # fmt: skip
    call.product.plan_soon(call.school_key)
    return update(_card(call, made))


@routes.action(paths.PLAN_DROP)
@for_coordinators
def drop(call: Call) -> Answer:
    planning_term.drop(call.product.store, call.school_key, actor=call.person.email)
    return update(_card(call, None), call.reader.say("Visits that were proposed stand."))


@routes.action(paths.PLAN_PROPOSE_ASK)
@for_coordinators
def ask_to_propose(call: Call) -> Answer:
    found = planning_term.look(call.product.store, call.school_key, actor=call.person.email)
    days = _until(call)
    if found is None or found.stage is not Stage.READY or not days:
        return update(_card(call, found))
    return push(propose_plan_card(found, days, call.reader))


@routes.action(paths.PLAN_PROPOSE)
@for_coordinators
def propose(call: Call) -> Answer:
    """Propose the very plan that was looked at; another one meanwhile is shown instead."""
    found = planning_term.look(call.product.store, call.school_key, actor=call.person.email)
    if found is None or found.key != call.event.parameter("plan"):
        return back_to(_card(call, found))
    lapses_on = next((day for day in _until(call) if day.isoformat() == call.event.typed(UNTIL)), None)
    if lapses_on is None:
        raise OutOfDate
    proposing = planning_term.propose(
        call.product.store, call.product.clock, call.school_key, actor=call.person.email, lapses_on=lapses_on
    )
    call.product.plan_soon(call.school_key)
    return back_to(_card(call, proposing))


def _card(call: Call, found: TermPlan | None) -> Json:
    if found is None:
        return ask_plan_card(_stretches(call), call.reader)
    return plan_card(found, planning_term.answers(call.product.store, call.school_key, found), call.school, call.reader)


def _stretches(call: Call) -> list[Term]:
    return planning_term.stretches(call.school, call.today())


def _until(call: Call) -> list[date]:
    """School days from the day after tomorrow on."""
    coming = call.school.days_between(call.today() + timedelta(days=2), date.max)
    return [day.date for day in islice(coming, UNTIL_DAYS)]
