"""Beside Google Sheets: the programme in counts, for those who coordinate or lead it, and a day without school."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import islice
from urllib.parse import urlencode

from addon import paths
from addon.cards.elsewhere import not_for_you_card
from addon.cards.programme import glance_card, newsletter_card, repaired_card, snow_days_card, snow_sure_card
from addon.envelopes import Answer, Json, from_root, push
from addon.routes.calls import Call, OutOfDate
from addon.routes.doors import Doors
from addon.routes.overseeing import coordinates, for_coordinators, oversees
from sync.core.visits.walk import State
from sync.services.at_a_glance import glance
from sync.services.notes import newsletters, sharing
from sync.services.notes.thanking import COMPOSE
from sync.services.plans import repairing

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


@routes.action(paths.NEWSLETTER)
@for_coordinators
def newsletter(call: Call) -> Answer:
    draft = sharing.newsletter(call.product.store, call.school_key, call.reader.say("From down the hall"))
    compose = f"{COMPOSE}?{urlencode({'view': 'cm', 'fs': '1', 'su': draft.title, 'body': draft.text()})}"
    latest = next(iter(newsletters.drafts(call.product.store, call.school_key)), None)
    link = newsletters.link_of(latest) if latest else ""
    return push(newsletter_card(draft.text(), len(draft.lines), compose, link, call.reader))


@routes.action(paths.NEWSLETTER_DOC)
@for_coordinators
def newsletter_doc(call: Call) -> Answer:
    """The month's draft as a Doc, which follows what people agree to; a pass makes it."""
    title = call.reader.say("From down the hall, {month}", month=call.reader.month(call.today()))
    newsletters.begin(call.product.store, call.product.clock, call.school_key, actor=call.person.email, title=title)
    call.changed()
    return from_root(_glance_or_not(call), notice=call.reader.say("Its Doc is on its way; open the newsletter again."))


@routes.action(paths.SNOW_ASK)
@for_coordinators
def ask_snow_day(call: Call) -> Answer:
    return push(snow_days_card(_days(call), call.reader))


@routes.action(paths.SNOW_SURE)
@for_coordinators
def sure_snow_day(call: Call) -> Answer:
    day = _day(call)
    with call.product.store.work() as work:
        walks = work.walks.between(call.school_key, day, day)
    hit = sum(walk.state in (State.PROPOSED, State.BOOKED) for walk in walks)
    return push(snow_sure_card(day, hit, call.reader))


@routes.action(paths.SNOW)
@for_coordinators
def snow_day(call: Call) -> Answer:
    change = repairing.lost_day(_day(call))
    repaired = repairing.repair_soon(call.product.store, call.product.clock, call.school_key, change)
    call.changed()
    return push(repaired_card(repaired, call.reader.say("The day is taken out"), call.reader))


@routes.action(paths.MEND)
@for_coordinators
def mend(call: Call) -> Answer:
    repaired = repairing.repair_soon(call.product.store, call.product.clock, call.school_key)
    call.changed()
    return push(repaired_card(repaired, call.reader.say("The visits are mended"), call.reader))


def _glance_or_not(call: Call) -> Json:
    if not oversees(call):
        return not_for_you_card(call.reader)
    found = glance(call.product.store, call.product.clock, call.school_key)
    open_sheet = call.event.file.file_id if call.event.file else ""
    return glance_card(found, call.reader, coordinates=coordinates(call), open_sheet=open_sheet)


def _day(call: Call) -> date:
    """The `day` of the card's parameters, one of those that are offered. Raises `OutOfDate`."""
    day = call.day()
    if day not in _days(call):
        raise OutOfDate
    return day


def _days(call: Call) -> list[date]:
    coming = call.school.days_between(call.today(), call.today() + timedelta(days=60))
    return [day.date for day in islice(coming, DAYS)]
