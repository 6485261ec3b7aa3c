"""Queues: made, read, listed, paused, emptied, deleted. A queue that nobody made is there on first use."""

from __future__ import annotations

from typing import Any

from sync.emulator.call import Call, GoogleError, provides
from sync.emulator.workspace import Workspace

QUEUES, TASKS = "tasks.queues", "tasks.tasks"
_RATE = {"maxDispatchesPerSecond": 500.0, "maxBurstSize": 100, "maxConcurrentDispatches": 1000}
_RETRY = {"maxAttempts": 100, "minBackoff": "0.100s", "maxBackoff": "3600s", "maxDoublings": 16}


def queue_of(workspace: Workspace, name: str) -> dict[str, Any]:
    """The queue's record; made with default limits when it is not there yet (a convenience: Google says NOT_FOUND)."""
    found: dict[str, Any] | None = workspace.table(QUEUES).get(name)
    if found is None:
        found = {"name": name, "state": "RUNNING", "rateLimits": _RATE, "retryConfig": _RETRY}
        workspace.table(QUEUES).put(name, found)
    return found


@provides("cloudtasks.projects.locations.queues.create", partly="rate limits are kept, not held")
def create(call: Call) -> dict[str, Any]:
    name = call.body.get("name", "")
    if not name.startswith(call.params["parent"] + "/queues/"):
        raise GoogleError.invalid("Queue name must be of the form projects/P/locations/L/queues/Q.")
    if name in call.workspace.table(QUEUES):
        raise GoogleError(409, "alreadyExists", "Queue already exists")
    retry = {**_RETRY, **call.body.get("retryConfig", {})}
    rate = {**_RATE, **call.body.get("rateLimits", {})}
    queue = {"name": name, "state": "RUNNING", "rateLimits": rate, "retryConfig": retry}
    call.workspace.table(QUEUES).put(name, queue)
    return queue


@provides("cloudtasks.projects.locations.queues.get")
def get(call: Call) -> dict[str, Any]:
    found: dict[str, Any] | None = call.workspace.table(QUEUES).get(call.params["name"])
    if found is None:
        raise GoogleError.not_found("Requested entity was not found.")
    return found


@provides("cloudtasks.projects.locations.queues.list", partly="one page, no filter")
def list_queues(call: Call) -> dict[str, Any]:
    prefix = call.params["parent"] + "/queues/"
    return {"queues": [queue for _, queue in call.workspace.table(QUEUES).starting(prefix)]}


def _in_state(call: Call, state: str) -> dict[str, Any]:
    queue = {**get(call), "state": state}
    call.workspace.table(QUEUES).put(queue["name"], queue)
    return queue


@provides("cloudtasks.projects.locations.queues.pause")
def pause(call: Call) -> dict[str, Any]:
    return _in_state(call, "PAUSED")


@provides("cloudtasks.projects.locations.queues.delete")
def delete(call: Call) -> dict[str, Any]:
    queue = get(call)
    _empty(call.workspace, queue["name"])
    call.workspace.table(QUEUES).delete(queue["name"])
    return {}


@provides("cloudtasks.projects.locations.queues.purge")
def purge(call: Call) -> dict[str, Any]:
    queue = get(call)
    _empty(call.workspace, queue["name"])
    return queue


def _empty(workspace: Workspace, name: str) -> None:
    table = workspace.table(TASKS)
    for key in [key for key, _ in table.starting(name + "/tasks/")]:
        table.delete(key)
