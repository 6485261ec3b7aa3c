"""Beside Google Sheets: the programme in counts, for those who coordinate or lead it, and a day without school."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import islice

from addon import paths
from addon.cards.elsewhere import not_for_you_card
from addon.cards.programme import glance_card, repaired_card, snow_days_card, snow_sure_card
from addon.envelopes import Answer, Json, from_root, push
from addon.routes.calls import Call, OutOfDate
from addon.routes.doors import Doors
from sync.core.people import COORDINATOR, LEADER
from sync.core.walk import State
from sync.services import repairing
from sync.services.at_a_glance import glance

routes = Doors("sheets", __name__)
DAYS = 6
"""school days from today on that may be taken out by a tap; later ones are changed in the Sheet"""


@routes.trigger(paths.SHEETS_HOME)
def sheets_home(call: Call) -> Answer:
    return push(_glance_or_not(call))


@routes.trigger(paths.SHEETS_GRANTED)
def sheets_granted(call: Call) -> Answer:
    return push(_glance_or_not(call))


@routes.action(paths.SHEETS_AGAIN)
def sheets_again(call: Call) -> Answer:
    return from_root(_glance_or_not(call))


@routes.action(paths.SNOW_ASK)
def ask_snow_day(call: Call) -> Answer:
    return push(snow_days_card(_days(call), call.reader) if _coordinates(call) else not_for_you_card(call.reader))


@routes.action(paths.SNOW_SURE)
def sure_snow_day(call: Call) -> Answer:
    if not _coordinates(call):
        return push(not_for_you_card(call.reader))
    day = _day(call)
    with call.product.store.work() as work:
        walks = work.walks.between(call.school_key, day, day)
    hit = sum(walk.state in (State.PROPOSED, State.BOOKED) for walk in walks)
    return push(snow_sure_card(day, hit, call.reader))


@routes.action(paths.SNOW)
def snow_day(call: Call) -> Answer:
    if not _coordinates(call):
        return push(not_for_you_card(call.reader))
    change = repairing.day_becomes(_day(call), "")
    repaired = repairing.repair(call.product.store, call.product.clock, call.school_key, change)
    call.changed()
    return push(repaired_card(repaired, call.reader))


def _glance_or_not(call: Call) -> Json:
    if not (_coordinates(call) or call.person.has_role(LEADER)):
        return not_for_you_card(call.reader)
    found = glance(call.product.store, call.product.clock, call.school_key)
    return glance_card(found, call.reader, coordinates=_coordinates(call))


def _coordinates(call: Call) -> bool:
    return call.person.has_role(COORDINATOR)


def _day(call: Call) -> date:
    """The `day` of the card's parameters, one of those that are offered. Raises `OutOfDate`."""
    day = call.day()
    if day not in _days(call):
        raise OutOfDate
    return day


def _days(call: Call) -> list[date]:
    today = call.product.clock.now().astimezone(call.school.zone).date()
    coming = call.school.days_between(today, today + timedelta(days=60))
    return [day.date for day in islice(coming, DAYS)]
