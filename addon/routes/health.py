"""Is the service well? Names each outside part; says nothing secret."""

from __future__ import annotations

import logging

from flask import Blueprint, Response, jsonify

from addon import paths
from addon.logs import where
from addon.routes.doors import running

routes = Blueprint("health", __name__)
log = logging.getLogger(__name__)


@routes.get("/_ah/warmup")
def warm() -> Response:
    """App Engine calls this before an instance gets its first request."""
    return jsonify({"status": "warm"})


@routes.get(paths.HEALTH)
def healthy() -> Response:
    """200 while the store answers, else 503."""
    product = running()
    store = "ok"
    try:
        with product.store.work() as work:
            work.schools.keys()
    except Exception as error:  # noqa: BLE001 - whatever keeps the store from answering, it is unwell
        log.error("The store does not answer: %s", where(error))
        store = "does not answer"
    kind = "SQLite" if product.settings.database_url.startswith("sqlite") else "PostgreSQL"
    google = "local Workspace" if product.settings.workspace_emulator else "Google"
    answer = jsonify(
        {
            "status": "ok" if store == "ok" else "unwell",
            "store": {"kind": kind, "status": store},
            "google": {"kind": google},
        }
    )
    answer.status_code = 200 if store == "ok" else 503
    return answer
