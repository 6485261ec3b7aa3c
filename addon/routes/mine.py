"""Beside Google Calendar: a teacher's year."""

from __future__ import annotations

from addon import paths
from addon.cards.mine import year_card
from addon.envelopes import Answer, push
from addon.routes.calls import Call
from addon.routes.doors import Doors
from sync.services import my_year

routes = Doors("mine", __name__)


@routes.action(paths.MY_YEAR)
def year(call: Call) -> Answer:
    found = my_year.year_of(call.product.store, call.product.clock, call.school_key, call.person.email)
    return push(year_card(found, call.school, call.reader))
