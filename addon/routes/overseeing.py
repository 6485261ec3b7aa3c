"""What is for coordinators alone: to everybody else the card says whose Sheet it is, and nothing more."""

from __future__ import annotations

from functools import wraps

from addon.cards.elsewhere import not_for_you_card
from addon.envelopes import Answer, NeedsScopes, push
from addon.routes.calls import Call
from addon.routes.doors import Handler
from sync.core.school.people import COORDINATOR, LEADER


def for_coordinators(handler: Handler) -> Handler:
    """The same handler, which whoever does not coordinate never reaches."""

    @wraps(handler)
    def guarded(call: Call) -> Answer | NeedsScopes:
        return handler(call) if coordinates(call) else push(not_for_you_card(call.reader))

    return guarded


def coordinates(call: Call) -> bool:
    return call.person.has_role(COORDINATOR)


def oversees(call: Call) -> bool:
    """Whether this person may see the programme in counts."""
    return coordinates(call) or call.person.has_role(LEADER)
