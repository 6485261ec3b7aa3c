"""Beside Google Calendar: answering a proposal, each for themselves."""

from __future__ import annotations

from addon import paths
from addon.envelopes import Answer, from_root, update
from addon.routes.calls import Call
from addon.routes.doors import Doors
from addon.routes.shows import home_of, visit_of
from sync.core.visits.walk import State
from sync.services.plans import proposing

routes = Doors("proposals", __name__)


@routes.action(paths.PROPOSAL_ACCEPT)
def accept(call: Call) -> Answer:
    walk = proposing.accept(
        call.product.store, call.product.clock, call.school_key, call.walk().key, actor=call.person.email
    )
    call.changed()
    booked = walk.state is State.BOOKED
    notice = call.reader.say("Booked.") if booked else call.reader.say("Thank you. The others are asked as well.")
    return update(visit_of(call, walk), notice)


@routes.action(paths.PROPOSAL_DECLINE)
def decline(call: Call) -> Answer:
    proposing.decline(call.product.store, call.product.clock, call.school_key, call.walk().key, actor=call.person.email)
    call.changed()
    return from_root(home_of(call), notice=call.reader.say("Noted."))
