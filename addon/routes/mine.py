"""Beside Google Calendar: a teacher's group and year."""

from __future__ import annotations

from addon import paths
from addon.cards.mine import group_card, year_card
from addon.envelopes import Answer, push
from addon.routes.calls import Call
from addon.routes.doors import Doors
from sync.services import my_year

routes = Doors("mine", __name__)


@routes.action(paths.MY_GROUP)
def my_group(call: Call) -> Answer:
    groups = my_year.groups_of(call.product.store, call.product.clock, call.school_key, call.person.email)
    return push(group_card(groups, call.person.email, call.school, call.reader))


@routes.action(paths.MY_YEAR)
def year(call: Call) -> Answer:
    found = my_year.year_of(call.product.store, call.product.clock, call.school_key, call.person.email)
    return push(year_card(found, call.school, call.reader))
