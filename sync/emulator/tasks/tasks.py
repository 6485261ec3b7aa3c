"""Tasks: created, delivered over HTTP at their time, tried again until a 2xx, and never twice under one name.

Source: Cloud Tasks v2 discovery document. App Engine tasks go to the base address the Workspace was told for the
service (`workspace.table("tasks.targets")["appengine"]`); without one they wait.
"""

from __future__ import annotations

import base64
import logging
import re
import urllib.error
import urllib.request
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from sync.emulator.call import Call, GoogleError, Reply, provides
from sync.emulator.clock import rfc3339
from sync.emulator.oauth.endpoints import sign_id_token, user_id
from sync.emulator.plain import at_start
from sync.emulator.tasks.queues import TASKS, queue_of
from sync.emulator.workspace import Workspace

_log = logging.getLogger("sync.emulator")
_NAMES = "tasks.names"  # names in use or used lately: they may not be used again
_NAME = re.compile(r"[\w-]{1,500}")
_LARGEST = 100 * 1024
_REMEMBERED = timedelta(hours=24)


@provides("cloudtasks.projects.locations.queues.tasks.create")
def create(call: Call) -> dict[str, Any]:
    task = dict(call.body.get("task") or {})
    queue = queue_of(call.workspace, call.params["parent"])
    request = task.get("httpRequest") or task.get("appEngineHttpRequest")
    if not request:
        raise GoogleError.invalid("Task payload type must be set.")
    if "httpRequest" in task and not str(task["httpRequest"].get("url", "")).startswith(("http://", "https://")):
        raise GoogleError.invalid("HttpRequest.url must start with 'http://' or 'https://'.")
    if len(request.get("body", "")) * 3 // 4 > _LARGEST:
        raise GoogleError.invalid("Task size too large: a task may have 100KB.")
    name = _named(call, queue["name"], task)
    due = _due(call, task)
    task |= {"name": name, "createTime": rfc3339(call.now), "scheduleTime": rfc3339(due)}
    task |= {"dispatchDeadline": task.get("dispatchDeadline", "600s"), "dispatchCount": 0, "responseCount": 0}
    task["view"] = "BASIC"
    for kind in ("httpRequest", "appEngineHttpRequest"):
        if kind in task:
            task[kind] = {"httpMethod": "POST", **task[kind]}
    call.workspace.table(TASKS).put(name, task)
    call.workspace.table(_NAMES).put(name, (call.now + _REMEMBERED).isoformat())
    workspace = call.workspace
    workspace.after_commit(lambda: workspace.deliveries.add(lambda: _dispatch(workspace, name), due))
    return _shown(task, call.body.get("responseView"))


def _named(call: Call, queue: str, task: dict[str, Any]) -> str:
    name = task.get("name")
    if not name:
        return f"{queue}/tasks/{call.workspace.new_id('number')}"
    if not name.startswith(queue + "/tasks/") or not _NAME.fullmatch(name.removeprefix(queue + "/tasks/")):
        raise GoogleError.invalid("Task name must be of the form QUEUE/tasks/[A-Za-z0-9_-]{1,500}.")
    until = call.workspace.table(_NAMES).get(name)
    if until is not None and datetime.fromisoformat(until) > call.now:
        message = "The task cannot be created because a task with this name existed too recently."
        if name in call.workspace.table(TASKS):
            message = "Requested entity already exists"
        raise GoogleError(409, "alreadyExists", message)
    return str(name)


def _due(call: Call, task: dict[str, Any]) -> datetime:
    if "scheduleTime" not in task:
        return call.now
    try:
        due = datetime.fromisoformat(task["scheduleTime"])
    except ValueError:
        due = None
    if due is None or due.tzinfo is None:
        raise GoogleError.invalid("Invalid value at 'task.schedule_time': Illegal timestamp format.")
    if due > call.now + timedelta(days=30):
        raise GoogleError.invalid("The task must be scheduled at most 30 days ahead.")
    return max(due, call.now)


def _shown(task: dict[str, Any], view: str | None) -> dict[str, Any]:
    if view == "FULL":
        return {**task, "view": "FULL"}
    shown = dict(task)
    for kind in ("httpRequest", "appEngineHttpRequest"):
        if kind in shown:
            shown[kind] = {name: value for name, value in shown[kind].items() if name != "body"}
    return shown


def _existing(call: Call) -> dict[str, Any]:
    found: dict[str, Any] | None = call.workspace.table(TASKS).get(call.params["name"])
    if found is None:
        raise GoogleError.not_found("The task does not exist (it may have been done or deleted).")
    return found


@provides("cloudtasks.projects.locations.queues.tasks.get")
def get(call: Call) -> dict[str, Any]:
    return _shown(_existing(call), call.params.get("responseView"))


@provides("cloudtasks.projects.locations.queues.tasks.list", partly="one page")
def list_tasks(call: Call) -> dict[str, Any]:
    start = call.params["parent"] + "/tasks/"
    found = [task for _, task in call.workspace.table(TASKS).starting(start)]
    return {"tasks": [_shown(task, call.params.get("responseView")) for task in found]}


@provides("cloudtasks.projects.locations.queues.tasks.delete")
def delete(call: Call) -> Reply:
    call.workspace.table(TASKS).delete(_existing(call)["name"])
    return Reply({})


@provides("cloudtasks.projects.locations.queues.tasks.run")
def run(call: Call) -> dict[str, Any]:
    task, workspace = _existing(call), call.workspace
    workspace.after_commit(lambda: workspace.deliveries.add(lambda: _dispatch(workspace, task["name"], forced=True)))
    return _shown(task, call.body.get("responseView"))


def _line_up(workspace: Workspace, prefix: str) -> None:
    """Put waiting tasks back on their way: of a queue that runs again, or of all after a restart."""
    with workspace.transaction():
        for name, task in list(workspace.table(TASKS).starting(prefix)):
            due = datetime.fromisoformat(task["scheduleTime"])
            workspace.after_commit(partial(workspace.deliveries.add, partial(_dispatch, workspace, name), due))


@at_start
def line_up_all(workspace: Workspace) -> None:
    """Tasks that were waiting when the Workspace was stopped."""
    _line_up(workspace, "")


@provides("cloudtasks.projects.locations.queues.resume")
def resume(call: Call) -> dict[str, Any]:
    name = call.params["name"]
    queue = {**queue_of(call.workspace, name), "state": "RUNNING"}
    call.workspace.table("tasks.queues").put(name, queue)
    _line_up(call.workspace, name + "/tasks/")
    return queue


def _dispatch(workspace: Workspace, name: str, *, forced: bool = False) -> None:
    """One attempt: 2xx ends the task; anything else puts it back with a longer wait, up to the queue's maxAttempts."""
    with workspace.transaction():
        task = workspace.table(TASKS).get(name)
        if task is None:
            return
        queue = queue_of(workspace, name.split("/tasks/")[0])
        if queue["state"] == "PAUSED" and not forced:
            return
        task = {**task, "dispatchCount": task["dispatchCount"] + 1}
        workspace.table(TASKS).put(name, task)
        request = _request_of(workspace, queue, task)
    if request is None:
        return
    status = _sent(request)
    with workspace.transaction():
        if name not in workspace.table(TASKS):
            return
        retry = queue["retryConfig"]
        if 200 <= status < 300 or task["dispatchCount"] >= int(retry["maxAttempts"]) > 0:
            workspace.table(TASKS).delete(name)
            return
        due = workspace.clock.now() + timedelta(seconds=_back_off(retry, task["dispatchCount"]))
        answered = task["responseCount"] + (1 if status else 0)
        workspace.table(TASKS).put(name, {**task, "responseCount": answered, "scheduleTime": rfc3339(due)})
        workspace.after_commit(lambda: workspace.deliveries.add(lambda: _dispatch(workspace, name), due))


def _back_off(retry: dict[str, Any], attempt: int) -> float:
    least, most = (float(str(retry[name]).removesuffix("s")) for name in ("minBackoff", "maxBackoff"))
    return float(min(most, least * 2 ** min(attempt - 1, int(retry["maxDoublings"]))))


def _request_of(workspace: Workspace, queue: dict[str, Any], task: dict[str, Any]) -> urllib.request.Request | None:
    attempt = str(task["dispatchCount"] - 1)
    short = {"QueueName": queue["name"].rsplit("/", 1)[1], "TaskName": task["name"].rsplit("/", 1)[1]}
    short |= {"TaskRetryCount": attempt, "TaskExecutionCount": str(task["responseCount"])}
    short["TaskETA"] = str(datetime.fromisoformat(task["scheduleTime"]).timestamp())
    if "httpRequest" in task:
        wanted, prefix = task["httpRequest"], "X-CloudTasks-"
        url = wanted["url"]
    else:
        wanted, prefix = task["appEngineHttpRequest"], "X-AppEngine-"
        target = workspace.table("tasks.targets").get("appengine")
        if not target:
            _log.debug("task %s waits: nobody said where App Engine is", short["TaskName"])
            return None
        url = target.rstrip("/") + "/" + wanted.get("relativeUri", "/").lstrip("/")
    headers = {"User-Agent": "Google-Cloud-Tasks", **wanted.get("headers", {})}
    headers |= {prefix + name: value for name, value in short.items()}
    token = wanted.get("oidcToken")
    if token:
        email = token.get("serviceAccountEmail", workspace.service_account)
        claims = {"aud": token.get("audience") or url, "email": email, "sub": user_id(workspace, email)}
        headers["Authorization"] = f"Bearer {sign_id_token(workspace, claims)}"
    body = base64.b64decode(wanted.get("body", ""))
    headers.setdefault("Content-Type", "application/octet-stream")
    return urllib.request.Request(url, data=body, headers=headers, method=wanted["httpMethod"])


def _sent(request: urllib.request.Request) -> int:
    """The status of the answer; 0 when there was none."""
    try:
        with urllib.request.urlopen(request, timeout=60) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        error.close()
        return int(error.code)
    except (urllib.error.URLError, OSError):
        return 0


@provides("cloudtasks.projects.locations.list", partly="the one location that is everywhere")
def list_locations(call: Call) -> dict[str, Any]:
    name = f"{call.params['name']}/locations/local"
    return {"locations": [{"name": name, "locationId": "local"}]}
