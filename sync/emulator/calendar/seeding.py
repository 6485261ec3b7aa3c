"""Calendars and events that a seed brings: through the same handlers that a client's call goes through."""

from __future__ import annotations

from typing import Any

from sync.emulator.calendar.acl import insert as insert_rule
from sync.emulator.calendar.calendars import insert as insert_calendar
from sync.emulator.calendar.events import insert as insert_event
from sync.emulator.call import Call, Handler, Reply
from sync.emulator.discovery import router
from sync.emulator.errors import GoogleError
from sync.emulator.schema import checked_body
from sync.emulator.seeding import SeedProblem, sows
from sync.emulator.wire import Headers
from sync.emulator.workspace import Workspace

_SCOPE = frozenset({"https://www.googleapis.com/auth/calendar"})


def perform(
    workspace: Workspace, handler: Handler, method_id: str, user: str, params: dict[str, Any], body: Any
) -> Any:
    """Call a handler from inside, as `user`."""
    method = router().by_id[method_id]
    call = Call(
        method=method,
        workspace=workspace,
        user=user.lower(),
        scopes=_SCOPE,
        client="seed",
        params=params,
        body=checked_body(method, body),
        headers=Headers({}),
        media=None,
        now=workspace.clock.now(),
    )
    result = handler(call)
    return result.body if isinstance(result, Reply) else result


@sows("calendars")
def sow_calendars(workspace: Workspace, calendars: list[Any]) -> int:
    for at, given in enumerate(calendars):
        if not isinstance(given, dict) or not given.get("owner"):
            raise SeedProblem(f"calendars[{at}]: owner (an e-mail) is missing.")
        try:
            body = {name: value for name, value in given.items() if name not in ("owner", "share", "id")}
            made = perform(workspace, insert_calendar, "calendar.calendars.insert", given["owner"], {}, body)
            for rule in given.get("share", []):
                scope = {"type": "user", "value": rule.get("email")}
                if "domain" in rule:
                    scope = {"type": "domain", "value": rule["domain"]}
                params = {"calendarId": made["id"], "sendNotifications": False}
                shared = {"role": rule.get("role", "reader"), "scope": scope}
                perform(workspace, insert_rule, "calendar.acl.insert", given["owner"], params, shared)
        except GoogleError as error:
            raise SeedProblem(f"calendars[{at}]: {error.message}") from None
    return len(calendars)


@sows("events")
def sow_events(workspace: Workspace, events: list[Any]) -> int:
    for at, given in enumerate(events):
        if not isinstance(given, dict) or not given.get("calendar"):
            raise SeedProblem(f"events[{at}]: calendar (an e-mail or a calendar's id) is missing.")
        calendar_id = str(given["calendar"]).lower()
        record = workspace.table("calendar.calendars").get(calendar_id)
        owner = record["owner"] if record else calendar_id
        if not workspace.is_local(owner):
            raise SeedProblem(f"events[{at}]: there is no calendar {given['calendar']!r}.")
        body = {name: value for name, value in given.items() if name != "calendar"}
        params = {"calendarId": calendar_id, "conferenceDataVersion": 1, "supportsAttachments": True}
        try:
            perform(workspace, insert_event, "calendar.events.insert", owner, params, body)
        except GoogleError as error:
            raise SeedProblem(f"events[{at}]: {error.message}") from None
    return len(events)
