"""The door every call from Google's side panels comes through: who is it, may they, and in what envelope back.

A route is a function from a `Call` to an `Answer`. This file does, the same for all of them: the system token, the
event, the person's token, the staff list, refusals and faults as cards, and the envelope of a trigger or an action.
A verified person is answered 200 with a card whatever happened, since Google shows nothing of any other answer;
what went wrong is in the log.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from datetime import UTC
from typing import TypeVar, cast

from flask import Blueprint, Response, current_app, jsonify, request
from werkzeug.exceptions import BadRequest, ServiceUnavailable, Unauthorized

from addon.auth import Guard, NoCertificates, NotOurs
from addon.bootstrap import Product
from addon.cards import errors
from addon.cards.reader import Reader, reader
from addon.envelopes import Answer, Json, NeedsScopes, Way, envelope, push
from addon.events import Event, UnreadableEvent, read_event
from addon.logs import where
from addon.manifest import EMAIL
from addon.pace import Pace
from addon.routes.calls import Call, OutOfDate
from sync.core.refusals import Refused

PRODUCT = "downthehall"
GUARD = "downthehall.guard"
PACE = "downthehall.pace"
DOORS: dict[str, Way] = {}
"""every path that Google's side panels call, and how"""
log = logging.getLogger(__name__)
Checked = TypeVar("Checked")
Handler = Callable[[Call], Answer | NeedsScopes]


class Doors(Blueprint):
    """A blueprint whose routes are triggers and actions.

    `needs` are scopes without which a route has nothing to go by. A person may have unticked them: Google is then told
    to ask, and makes the same call again, so that they go on where they were.
    """

    def trigger(self, path: str, *, needs: Sequence[str] = ()) -> Callable[[Handler], Handler]:
        return self._door(path, Way.TRIGGER, needs)

    def action(self, path: str, *, needs: Sequence[str] = ()) -> Callable[[Handler], Handler]:
        return self._door(path, Way.ACTION, needs)

    def _door(self, path: str, way: Way, needs: Sequence[str]) -> Callable[[Handler], Handler]:
        DOORS[path] = way

        def register(handler: Handler) -> Handler:
            self.add_url_rule(path, handler.__name__, lambda: _answer(way, handler, needs), methods=["POST"])
            return handler

        return register


def running() -> Product:
    return cast("Product", current_app.extensions[PRODUCT])


def guard() -> Guard:
    return cast("Guard", current_app.extensions[GUARD])


def verify(check: Callable[[], Checked]) -> Checked:
    """Run a check of a token; caller and log learn the reason and nothing else."""
    try:
        return check()
    except NotOurs as reason:
        log.warning("Refused a call to %s: %s.", request.path, reason)
        raise Unauthorized(str(reason)) from None
    except NoCertificates as reason:
        log.error("Cannot verify a call to %s: %s.", request.path, reason)
        raise ServiceUnavailable(str(reason)) from None


def someone(event: Event | None = None) -> Reader:
    """Somebody of whom nothing is known yet but what their app says of their language and clock."""
    said = event or Event()
    return reader(running().settings.public_base_url, said.locale, said.zone, UTC)


def _answer(way: Way, handler: Handler, needs: Sequence[str]) -> Response:
    """Take a call from Google to its answer. Nothing of it is read before its token is good."""
    token, query = request.headers.get("Authorization", ""), request.query_string.decode("latin-1")
    verify(lambda: guard().check_system(token, request.path, query))
    event = _event()
    email = verify(lambda: guard().person(event.user_token)) if event.user_token else ""
    missing = _missing(event, needs if email else (EMAIL, *needs))
    if missing:
        answer: Answer | NeedsScopes = NeedsScopes(missing)
    elif email:
        answer = _for_person(event, email, handler)
    elif event.scopes is None:
        answer = NeedsScopes((EMAIL,))
    else:
        # Granted, and still we are not told who it is: asking again for the scope would go round in a circle.
        answer = push(errors.nobody(someone(event)))
    return jsonify(envelope(way, answer))


def _missing(event: Event, needs: Sequence[str]) -> tuple[str, ...]:
    """Which of these the person has not granted; where Google did not say what they have, none is missing."""
    return tuple(scope for scope in needs if event.scopes is not None and scope not in event.scopes)


def _event() -> Event:
    try:
        return read_event(request.get_json(force=True))
    except (UnreadableEvent, RecursionError):
        raise BadRequest("the body is not an event object") from None


def _for_person(event: Event, email: str, handler: Handler) -> Answer | NeedsScopes:
    try:
        if not cast("Pace", current_app.extensions[PACE]).allows(email):
            log.warning("Too many calls to %s by one person within a minute.", request.path)
            return push(errors.too_many(someone(event)))
        call = _call(event, email)
        return handler(call) if call else push(errors.unknown_person(email, someone(event)))
    except Refused as refused:
        return push(errors.refused(refused, someone(event)))
    except OutOfDate:
        return push(errors.out_of_date(someone(event)))
    except Exception as error:  # noqa: BLE001 - whatever it was, a person gets a card and the log gets the place
        log.error("A call to %s went wrong: %s", request.path, where(error))
        return push(errors.fault(someone(event)))


def _call(event: Event, email: str) -> Call | None:
    product = running()
    with product.store.work() as work:
        key = work.schools.of_person(email)
        school = work.schools.get(key).school if key else None
    if key is None or school is None or email not in school.staff:
        return None
    who = reader(product.settings.public_base_url, event.locale, event.zone, school.zone)
    return Call(product, event, who, key, school, school.staff[email])


def failure(way: Way, code: int) -> Json:
    """What a person sees of a call that failed as HTTP: a card, in the envelope the call asks for."""
    return envelope(way, push(errors.fault(someone()) if code >= 500 else errors.out_of_date(someone())))
