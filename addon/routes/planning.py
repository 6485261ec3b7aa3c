"""Beside Google Sheets: a term's plan, from a coordinator's wish to proposals. The work itself is done elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from itertools import islice

from addon import paths
from addon.cards.planning import SEARCHES, SECONDS, STRETCH, UNTIL, WAVES, ask_plan_card, plan_card, propose_plan_card
from addon.cards.planning import stretch_value as value_of
from addon.cards.rehearsal import rehearsal_card
from addon.envelopes import Answer, Json, back_to, push, update
from addon.routes.calls import Call, OutOfDate
from addon.routes.doors import Doors
from addon.routes.overseeing import for_coordinators
from sync.core.school.days import Term
from sync.services.passes.rehearsing_a_term import rehearse_term
from sync.services.plans import planning_term, waves
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


@routes.action(paths.PLAN_REHEARSE)
@for_coordinators
def rehearse(call: Call) -> Answer:
    """What proposing the plan would bring, with nothing sent."""
    store, clock, me = call.product.store, call.product.clock, call.person.email
    found = planning_term.look(store, call.school_key, actor=me)
    if found is None or found.stage is not Stage.READY:
        return update(_card(call, found))
    return push(rehearsal_card(rehearse_term(store, clock, call.school_key, found, actor=me), call.reader))


@routes.action(paths.PLAN_PROPOSE_ASK)
@for_coordinators
def ask_to_propose(call: Call) -> Answer:
    found = planning_term.look(call.product.store, call.school_key, actor=call.person.email)
    days = _until(call)
    if found is None or found.stage is not Stage.READY or not days:
        return update(_card(call, found))
    usual = days[len(days) // 2]
    ways = [
        waves.cut(call.school, found.found, today=call.today(), lapses_on=usual, waves=number)
        for number in range(1, waves.WAVES_AT_MOST + 1)
    ]
    return push(propose_plan_card(found, days, usual, ways, call.school.rules.goal, call.reader))


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
    number = call.event.typed(WAVES) or "1"
    if number not in {str(one) for one in range(1, waves.WAVES_AT_MOST + 1)}:
        raise OutOfDate
    proposing = waves.propose(
        call.product.store, call.product.clock, call.school_key,
        actor=call.person.email, lapses_on=lapses_on, waves=int(number),
    )  # fmt: skip
    call.product.plan_soon(call.school_key)
    return back_to(_card(call, proposing))


@routes.action(paths.PLAN_WAVE)
@for_coordinators
def send_wave(call: Call) -> Answer:
    """The next wave before its day."""
    answer = _decided(call, waves.send_now)
    call.product.plan_soon(call.school_key)
    return answer


@routes.action(paths.PLAN_KEEP_BACK)
@for_coordinators
def keep_back(call: Call) -> Answer:
    return _decided(call, waves.keep_back)


def _decided(call: Call, decide: Callable[..., TermPlan | None]) -> Answer:
    """About the wave that was next on the card; the plan is shown as it is then."""
    wave = call.event.parameter("wave")
    if not wave.isdecimal() or len(wave) > 2:
        raise OutOfDate
    found = decide(call.product.store, call.school_key, actor=call.person.email, wave=int(wave))
    return update(_card(call, found))


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
