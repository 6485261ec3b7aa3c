"""The control plane, /_local/: what no Google has. Health, reset, seed, clock, faults, ledger, outbox.

It is for tests and demos on this machine and asks for no token; the server listens on 127.0.0.1 only.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from fnmatch import fnmatchcase
from typing import Any

from sync.emulator.clock import rfc3339
from sync.emulator.plain import plain
from sync.emulator.seeding import SeedProblem, sow
from sync.emulator.wire import Answer, Request
from sync.emulator.workspace import Workspace

_PREFIX = "/_local/"
_FIRST_YEAR, _LAST_YEAR = 1971, 2200


class _Unreadable(Exception):
    """Says in a sentence what is wrong with a control request."""


def _body(request: Request) -> Any:
    if not request.body.strip():
        return {}
    try:
        return json.loads(request.body)
    except ValueError:
        raise _Unreadable("The body is not JSON.") from None


def _control(
    verb: str, name: str
) -> Callable[[Callable[[Workspace, Request], Any]], Callable[[Workspace, Request], Any]]:
    """Registers /_local/<name>; the function answers a JSON value, or raises with a sentence, which becomes a 400."""

    def register(function: Callable[[Workspace, Request], Any]) -> Callable[[Workspace, Request], Any]:
        def handler(workspace: Workspace, request: Request) -> Answer:
            try:
                return Answer.of_json(function(workspace, request))
            except (_Unreadable, SeedProblem, ValueError) as problem:
                return Answer.of_json({"error": str(problem)}, 400)

        plain(verb, _PREFIX + name)(handler)
        return function

    return register


@_control("GET", "health")
def health(workspace: Workspace, request: Request) -> Any:
    return {"ok": True, "domain": workspace.domain, "now": rfc3339(workspace.clock.now())}


@_control("POST", "reset")
def reset(workspace: Workspace, request: Request) -> Any:
    workspace.reset()
    return {"ok": True}


@_control("POST", "seed")
def seed(workspace: Workspace, request: Request) -> Any:
    """People, calendars, events at once: see seeding.py for the shape."""
    with workspace.transaction():
        return sow(workspace, _body(request))


@_control("GET", "clock")
def read_clock(workspace: Workspace, request: Request) -> Any:
    return {"now": rfc3339(workspace.clock.now()), "frozen": workspace.clock.frozen}


@_control("POST", "clock")
def move_clock(workspace: Workspace, request: Request) -> Any:
    """{"now": ISO 8601 with offset} (and "frozen": true to stop there), {"advance": seconds}, or {"reset": true}."""
    wish = _body(request)
    if not isinstance(wish, dict) or not set(wish) <= {"now", "frozen", "advance", "reset"} or not wish:
        raise _Unreadable('Say {"now": "2026-01-05T08:00:00Z"}, {"advance": 3600} or {"reset": true}.')
    if wish.get("reset"):
        workspace.clock.reset()
    if "now" in wish:
        workspace.clock.set(_aware(wish["now"]), frozen=bool(wish.get("frozen")))
    if "advance" in wish:
        workspace.clock.advance(_seconds(workspace, wish["advance"]))
    return read_clock(workspace, request)


def _seconds(workspace: Workspace, value: Any) -> float:
    if not isinstance(value, (int, float)) or isinstance(value, bool):
        raise _Unreadable(f"advance is a number of seconds, not {value!r}.")
    try:
        _within((workspace.clock.now() + timedelta(seconds=value)).year)
    except (OverflowError, ValueError):
        raise _Unreadable(f"advance: {value!r} seconds lead out of the years that calendars know.") from None
    return float(value)


def _within(year: int) -> None:
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        raise _Unreadable(f"The clock goes from {_FIRST_YEAR} to {_LAST_YEAR}, not to {year}.")


def _aware(text: Any) -> datetime:
    try:
        moment = datetime.fromisoformat(str(text))
    except ValueError:
        raise _Unreadable(f"now: {text!r} is not an ISO 8601 time.") from None
    if moment.tzinfo is None:
        raise _Unreadable(f"now: {text!r} has no offset; write e.g. 2026-01-05T08:00:00Z.")
    _within(moment.year)
    return moment


@_control("GET", "faults")
def read_faults(workspace: Workspace, request: Request) -> Any:
    return workspace.faults.all()


@_control("POST", "faults")
def plan_faults(workspace: Workspace, request: Request) -> Any:
    """A list of plans, or {"faults": [...], "seed": n} where chance should be repeatable. An empty list clears."""
    wish = _body(request)
    faults, number = (wish.get("faults", []), wish.get("seed")) if isinstance(wish, dict) else (wish, None)
    if not isinstance(faults, list):
        raise _Unreadable('Say [{"method": "calendar.events.insert", "kind": "503", "times": 1}].')
    if not faults:
        workspace.faults.clear()
    workspace.faults.plan(faults, seed=number)
    return workspace.faults.all()


@_control("DELETE", "faults")
def clear_faults(workspace: Workspace, request: Request) -> Any:
    workspace.faults.clear()
    return []


@_control("GET", "requests")
def read_requests(workspace: Workspace, request: Request) -> Any:
    """The ledger; ?method=calendar.events.* and ?user= narrow it."""
    wanted = dict(request.query)
    entries = workspace.ledger.all()
    if "method" in wanted:
        entries = [entry for entry in entries if fnmatchcase(entry["method"] or "", wanted["method"])]
    if "user" in wanted:
        entries = [entry for entry in entries if entry["user"] == wanted["user"]]
    return entries


@_control("DELETE", "requests")
def clear_requests(workspace: Workspace, request: Request) -> Any:
    workspace.ledger.clear()
    return []


@_control("GET", "outbox")
def read_outbox(workspace: Workspace, request: Request) -> Any:
    with workspace.lock:
        return workspace.outbox.all()


@_control("DELETE", "outbox")
def clear_outbox(workspace: Workspace, request: Request) -> Any:
    with workspace.transaction():
        workspace.outbox.clear()
    return []


@_control("GET", "people")
def read_people(workspace: Workspace, request: Request) -> Any:
    with workspace.lock:
        return workspace.table("people").values()
