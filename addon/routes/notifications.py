"""Pushes from Google Calendar: a hint that a school's visits calendar has changed, and never more than a hint."""

from __future__ import annotations

import logging

from flask import Blueprint, Response, jsonify, request
from werkzeug.exceptions import Unauthorized

from addon import paths
from addon.channels import school_of
from addon.routes.doors import running

routes = Blueprint("notifications", __name__)
log = logging.getLogger(__name__)


@routes.post(paths.CALENDAR_PUSH)
def calendar_changed() -> Response:
    """Take a push of a channel of ours; the body is empty, everything is in the headers."""
    product = running()
    channel, token = request.headers.get("X-Goog-Channel-ID", ""), request.headers.get("X-Goog-Channel-Token", "")
    school = school_of(product.secret, token, channel)
    if school is None:
        log.warning("Refused a push: the channel's token is not ours.")
        raise Unauthorized("the channel's token is not ours")
    if request.headers.get("X-Goog-Resource-State") != "sync":  # "sync" says only that the channel is open
        product.after_commit(school)
    return jsonify({})
