"""calendarList.*: which calendars a person has in view, and how they look there."""

from __future__ import annotations

from typing import Any

from sync.emulator import push
from sync.emulator.calendar.access import (
    RANK,
    calendar_id_of,
    etag_of,
    find_calendar,
    list_key,
    new_list_entry,
    require,
    role_of,
)
from sync.emulator.calendar.settings import CALENDAR_COLORS
from sync.emulator.call import Call, GoogleError, provides, state_of, token_of
from sync.emulator.merging import merged
from sync.emulator.workspace import Workspace

LIST = "calendar.list"
_WRITABLE = ("summaryOverride", "colorId", "hidden", "selected", "defaultReminders", "notificationSettings")
_POP_UP = [{"method": "popup", "minutes": 10}]


def shown(workspace: Workspace, user: str, entry: dict[str, Any]) -> dict[str, Any]:
    """The CalendarListEntry resource."""
    if entry.get("deleted"):
        number = etag_of(entry["number"])
        return {"kind": "calendar#calendarListEntry", "etag": number, "id": entry["id"], "deleted": True}
    calendar = find_calendar(workspace, entry["id"]) or {}
    background, foreground = CALENDAR_COLORS.get(entry.get("colorId", "17"), ("#9a9cff", "#000000"))
    result = {
        "kind": "calendar#calendarListEntry",
        "etag": etag_of(max(entry["number"], calendar.get("number", 0))),
        "id": entry["id"],
        "summary": calendar.get("summary", entry["id"]),
        "timeZone": calendar.get("timeZone", "UTC"),
        "backgroundColor": entry.get("backgroundColor", background),
        "foregroundColor": entry.get("foregroundColor", foreground),
        "accessRole": role_of(workspace, entry["id"], user),
        "defaultReminders": _POP_UP if calendar.get("primary") else [],
        "conferenceProperties": calendar.get(
            "conferenceProperties", {"allowedConferenceSolutionTypes": ["hangoutsMeet"]}
        ),
    }
    result.update({name: calendar[name] for name in ("description", "location") if name in calendar})
    result.update({name: entry[name] for name in _WRITABLE if name in entry})
    if entry["id"] == user:
        result["primary"] = True
    else:
        result["dataOwner"] = calendar.get("owner", "")
    return result


def _entry(call: Call) -> dict[str, Any]:
    calendar_id = calendar_id_of(call, call.params["calendarId"])
    find_calendar(call.workspace, call.user)
    entry = call.workspace.table(LIST).get(list_key(call.user, calendar_id))
    if entry is None or entry.get("deleted") or find_calendar(call.workspace, calendar_id) is None:
        raise GoogleError.not_found()
    return dict(entry)


def _fields(call: Call) -> dict[str, Any]:
    fields = {name: call.body[name] for name in _WRITABLE if name in call.body}
    if fields.get("colorId") is not None and fields["colorId"] not in CALENDAR_COLORS:
        raise GoogleError.invalid("Invalid color id.")
    if call.params.get("colorRgbFormat"):
        for name in ("backgroundColor", "foregroundColor"):
            if name in call.body:
                fields[name] = call.body[name]
    return fields


def _write(call: Call, base: dict[str, Any]) -> dict[str, Any]:
    number = call.workspace.next_number("calendar.etag")
    entry = {**merged(base, _fields(call)), "number": number}
    call.workspace.table(LIST).put(list_key(call.user, entry["id"]), entry)
    push.changed(call.workspace, f"calendar.calendarList/{call.user}")
    return shown(call.workspace, call.user, entry)


@provides("calendar.calendarList.insert")
def insert(call: Call) -> dict[str, Any]:
    if not call.body.get("id"):
        raise GoogleError.required("Missing calendar id.")
    calendar = require(call, call.body["id"], "freeBusyReader")
    known = call.workspace.table(LIST).get(list_key(call.user, calendar["id"]))
    fresh = known is None or known.get("deleted")
    return _write(call, new_list_entry(call.workspace, calendar["id"], "17") if fresh else dict(known))


@provides("calendar.calendarList.get")
def get(call: Call) -> dict[str, Any]:
    return shown(call.workspace, call.user, _entry(call))


@provides("calendar.calendarList.update")
def update(call: Call) -> dict[str, Any]:
    entry = _entry(call)
    return _write(call, {"id": entry["id"], "colorId": entry["colorId"]})


@provides("calendar.calendarList.patch")
def patch(call: Call) -> dict[str, Any]:
    return _write(call, _entry(call))


@provides("calendar.calendarList.delete")
def delete(call: Call) -> None:
    entry = _entry(call)
    if entry["id"] == call.user:
        raise GoogleError.invalid("Cannot remove the primary calendar from the list.")
    gone = {"id": entry["id"], "deleted": True, "number": call.workspace.next_number("calendar.etag")}
    call.workspace.table(LIST).put(list_key(call.user, entry["id"]), gone)
    push.changed(call.workspace, f"calendar.calendarList/{call.user}")


@provides("calendar.calendarList.list")
def list_calendars(call: Call) -> dict[str, Any]:
    find_calendar(call.workspace, call.user)
    workspace, params = call.workspace, call.params
    since = -1
    if "syncToken" in params:
        if "minAccessRole" in params:
            raise GoogleError.invalid("Sync token cannot be used with minAccessRole.", "minAccessRole")
        state = state_of(params["syncToken"])
        if not isinstance(state, list) or len(state) != 2 or state[0] != "calendarList":
            raise GoogleError.invalid("Invalid sync token value.", "syncToken")
        since = state[1]
    start = state_of(params["pageToken"]) if "pageToken" in params else 0
    if not isinstance(start, int):
        raise GoogleError.invalid("Invalid page token value.", "pageToken")
    show_deleted = params.get("showDeleted", False) or since >= 0
    least = RANK[params.get("minAccessRole", "none")]
    entries = []
    for _, entry in workspace.table(LIST).starting(call.user + "\0"):
        calendar = find_calendar(workspace, entry["id"])
        if calendar is None or role_of(workspace, entry["id"], call.user) == "none":
            entry = {"id": entry["id"], "deleted": True, "number": max(entry["number"], 0)}
        number = max(entry["number"], (calendar or {}).get("number", 0))
        if number <= since or (entry.get("deleted") and not show_deleted):
            continue
        if entry.get("hidden") and not (params.get("showHidden") or since >= 0):
            continue
        if not entry.get("deleted") and RANK[role_of(workspace, entry["id"], call.user)] < least:
            continue
        entries.append(entry)
    entries.sort(key=lambda entry: (entry["id"] != call.user, entry["number"]))
    limit = call.page_limit(100, 250)
    page = entries[start : start + limit]
    newest = workspace.table("workspace.numbers").get("calendar.etag", 0)
    result: dict[str, Any] = {
        "kind": "calendar#calendarList",
        "etag": etag_of(newest),
        "items": [shown(workspace, call.user, entry) for entry in page],
    }
    if start + limit < len(entries):
        result["nextPageToken"] = token_of(start + limit)
    else:
        result["nextSyncToken"] = token_of(["calendarList", newest])
    return result
