"""The Flask application: its routes, and one shape for everything that fails."""

from __future__ import annotations

import logging

from flask import Flask, Response, jsonify, request
from werkzeug.exceptions import HTTPException, InternalServerError, Unauthorized

from addon.auth import Guard
from addon.bootstrap import Product
from addon.envelopes import Json
from addon.logs import where
from addon.pace import Pace
from addon.routes import (
    booking,
    calendar,
    cover,
    docs,
    finding,
    health,
    hosting,
    inquiry,
    inviting,
    keeping_free,
    mine,
    notifications,
    owed,
    planning,
    proposals,
    sheets,
    tasks,
    thanks,
    together,
    videos,
    visits,
)
from addon.routes.doors import DOORS, GUARD, PACE, PRODUCT, failure

ROOMS = (
    calendar,
    finding,
    booking,
    visits,
    hosting,
    inquiry,
    videos,
    together,
    mine,
    cover,
    proposals,
    thanks,
    sheets,
    planning,
    inviting,
    owed,
    keeping_free,
    docs,
    notifications,
    tasks,
    health,
)
LARGEST_EVENT = 1024 * 1024
"""bytes; an event with two hundred guests has a tenth of it"""
log = logging.getLogger(__name__)


def create_app(product: Product) -> Flask:
    """The add-on service over a product that bootstrap has put together."""
    app = Flask(__name__)  # `static` holds the logo that Google shows
    app.config["MAX_CONTENT_LENGTH"] = LARGEST_EVENT
    app.url_map.strict_slashes = False
    app.extensions[PRODUCT] = product
    app.extensions[GUARD] = Guard(product.settings)
    app.extensions[PACE] = Pace()
    for room in ROOMS:
        app.register_blueprint(room.routes)
    app.register_error_handler(HTTPException, _failed)
    app.register_error_handler(Exception, _broken)
    return app


def _failed(error: HTTPException) -> Response:
    """Every HTTP failure: `{"error": "..."}`, or a card on the paths that side panels call."""
    code = error.code or 500
    way = DOORS.get(request.path.rstrip("/"))
    shows_card = way is not None and code not in (Unauthorized.code, 503)  # before that, nobody is known to look
    body: Json = failure(way, code) if way is not None and shows_card else {"error": _sentence(error)}
    answer = jsonify(body)
    answer.status_code = code
    for name, value in error.get_headers():
        if name.lower() in ("allow", "retry-after", "www-authenticate"):
            answer.headers[name] = value
    return answer


def _broken(error: Exception) -> Response:
    log.error("%s %s broke: %s", request.method, request.path, where(error))
    return _failed(InternalServerError())


def _sentence(error: HTTPException) -> str:
    if error.code == 404:
        return "There is nothing at this address."
    if error.code == 405:
        return f"This address does not take {request.method}."
    return error.description or error.name
