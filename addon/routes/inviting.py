"""Beside Google Sheets: a coordinator proposes one visit to two colleagues, who then answer for themselves."""

from __future__ import annotations

import re
import secrets
from dataclasses import replace
from datetime import date, timedelta
from itertools import islice

from addon import paths
from addon.cards.inviting import HOST, VISITOR, Typed, invite_card, invited_card, not_invited_card, times_card
from addon.envelopes import Answer, push, update
from addon.routes.calls import Call, OutOfDate
from addon.routes.doors import Doors
from addon.routes.overseeing import for_coordinators
from addon.routes.shows import sentences_of
from sync.core.refusals import Refused
from sync.core.school.lookup import folded
from sync.services.groups import colleagues
from sync.services.plans import proposing
from sync.services.visits import finding
from sync.services.visits.asking import stop_in

routes = Doors("inviting", __name__)
DAYS_TO_ANSWER = 5
"""school days for which the place is kept, at most until the day itself"""
DAYS_AHEAD, TIMES_AT_MOST = 15, 8
NONCE = re.compile(r"[0-9a-f]{16}")


@routes.action(paths.INVITE)
@for_coordinators
def invite(call: Call) -> Answer:
    return push(invite_card(Typed(), Typed(), call.reader))


@routes.action(paths.INVITE_FIND)
@for_coordinators
def find_times(call: Call) -> Answer:
    visitor, host = _typed(call, VISITOR), _typed(call, HOST)
    if not (len(visitor.people) == len(host.people) == 1):
        return update(invite_card(visitor, host, call.reader))
    [one], [other] = visitor.people, host.people
    found = finding.find(
        call.product.store, call.product.clock, call.school_key, one.email,
        host=other.email, days=DAYS_AHEAD, at_most=2 * TIMES_AT_MOST,
    )  # fmt: skip
    # Both are to have a school day at least in which to answer.
    first = next((day.date for day in call.school.days_between(call.today() + timedelta(days=1), date.max)), date.max)
    offers = tuple(offer for offer in found.offers if offer.slot.date > first)[:TIMES_AT_MOST]
    return push(times_card(one, replace(found, offers=offers), other, secrets.token_hex(8), call.reader))


@routes.action(paths.INVITE_SEND)
@for_coordinators
def send(call: Call) -> Answer:
    """Propose it, once however often it is tapped."""
    visitor, host, nonce = call.colleague("visitor"), call.colleague(), call.event.parameter("nonce")
    stop = stop_in(call.school, host, call.day(), call.period(), call.minutes())
    if stop is None or not NONCE.fullmatch(nonce):
        raise OutOfDate
    try:
        walk = proposing.propose_visit(
            call.product.store, call.product.clock, call.school_key, actor=call.person.email,
            visitor=visitor, stop=stop, lapses_on=_until(call, stop.slot.date), name=nonce,
        )  # fmt: skip
    except Refused as refused:
        return push(not_invited_card(sentences_of(refused), visitor, host, call.school, call.reader))
    call.changed()
    return push(invited_card(walk, call.school, call.reader))


def _typed(call: Call, name: str) -> Typed:
    """Whom a name means: who bears just this name, else everybody whose name begins so."""
    text = call.event.typed(name)
    like = colleagues.people_like(call.school, text, of=call.person) if text else []
    exactly = [person for person in like if folded(person.name) == folded(text)]
    return Typed(text, tuple(exactly or like))


def _until(call: Call, day: date) -> date:
    coming = [one.date for one in islice(call.school.days_between(call.today(), date.max), 1, 1 + DAYS_TO_ANSWER)]
    return min(day, *coming[-1:])
