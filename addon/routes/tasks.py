"""Scheduled work: cron and Cloud Tasks call here to make Google agree with the store, school by school."""

from __future__ import annotations

import logging
from collections.abc import Callable

from flask import Blueprint, Response, jsonify, request
from werkzeug.exceptions import BadRequest

from addon import paths
from addon.logs import where
from addon.routes.doors import guard, running, verify
from sync.services.ports import Fault

routes = Blueprint("tasks", __name__)
log = logging.getLogger(__name__)
APP_ENGINE_HEADERS = ("X-Appengine-Cron", "X-Appengine-Queuename")


@routes.route(paths.SYNC_TASK, methods=["GET", "POST"])
def sync() -> Response:
    """Reconcile `?school=KEY`, or every school. One school's fault keeps nobody else waiting.

    Cron calls with GET and Cloud Tasks with POST. Answers 503 when a school is to be tried again later.
    """
    _let_in()
    product = running()
    asked = request.args.get("school", "")
    with product.store.work() as work:
        schools = work.schools.keys()
    if asked and asked not in schools:
        raise BadRequest("no such school")
    meant = [asked] if asked else schools
    behind = [key for key in meant if not _done(key, product.reconcile)]
    for key in meant:
        _done(key, product.plan_now)
    answer = jsonify({"schools": len(meant), "behind": len(behind)})
    answer.status_code = 503 if behind else 200
    return answer


def _done(key: str, work: Callable[[str], object]) -> bool:
    try:
        work(key)
    except Fault as fault:
        log.warning("School %s is behind: %s", key, fault)
        return False
    except Exception as error:  # noqa: BLE001 - one school's trouble keeps no other school waiting
        log.error("Work for school %s broke: %s", key, where(error))
        return False
    return True


def _let_in() -> None:
    """App Engine takes its own headers out of everything that comes from outside; elsewhere they prove nothing."""
    product = running()
    if product.settings.on_app_engine and any(request.headers.get(name) for name in APP_ENGINE_HEADERS):
        return
    token = request.headers.get("Authorization", "")
    verify(lambda: guard().check_task(token, request.path, product.own_account))
