"""events.list and events.instances: filters, order, pages, sync tokens.

A page token holds the position in the stream of candidates (streams.py); a sync token the number of the last change and
what the list was asked for.
"""

from __future__ import annotations

import heapq
from datetime import datetime
from typing import Any

from sync.emulator.calendar.access import RANK, require
from sync.emulator.calendar.occurrence import existing
from sync.emulator.calendar.rendering import View, shown_event
from sync.emulator.calendar.store import Record, exceptions_of, find_record, newest
from sync.emulator.calendar.streams import Query, position_of, stream_of, unroll
from sync.emulator.calendar.times import moment_of, parameter_time, sortable
from sync.emulator.call import Call, GoogleError, provides, state_of, token_of
from sync.emulator.clock import rfc3339
from sync.emulator.times import zone
from sync.emulator.workspace import Workspace

_NOT_WITH_SYNC = (
    "iCalUID",
    "orderBy",
    "privateExtendedProperty",
    "q",
    "sharedExtendedProperty",
    "timeMin",
    "timeMax",
    "updatedMin",
)
_MOST = 2500
# "Sync tokens are invalidated by the server for various reasons including token expiration"; Google gives no figure.
_TOKEN_SECONDS = 30 * 24 * 3600


@provides("calendar.events.list")
def list_events(call: Call) -> dict[str, Any]:
    calendar = require(call, call.params["calendarId"], "freeBusyReader")
    workspace, view = call.workspace, View.of(call, calendar)
    if zone(view.zone) is None:
        raise GoogleError.invalid("Invalid time zone definition.", "timeZone")
    query, seq, after = _read_query(call, calendar, view)
    limit = call.page_limit(250, _MOST)
    items: list[dict[str, Any]] = []
    last, more = after, False
    for position, record in stream_of(call, query, after):
        if not _wanted(call, query, record, view):
            continue
        if len(items) == limit:
            more = True
            break
        items.append(shown_event(view, record, bare=_is_bare(call, query, record["event"])))
        last = position
    result = _head(call, view, calendar, seq)
    result["items"] = items
    remembered = [query.single, query.low, query.high, sorted(call.params.get("eventTypes", []))]
    if more:
        result["nextPageToken"] = token_of(["page", calendar["id"], seq, last, query.since, remembered])
    else:
        epoch = workspace.table("calendar.epochs").get(calendar["id"], 0)
        made = int(call.now.timestamp())
        result["nextSyncToken"] = token_of(["sync", calendar["id"], seq, epoch, remembered, made])
    return result


def _head(call: Call, view: View, calendar: dict[str, Any], seq: int) -> dict[str, Any]:
    head: dict[str, Any] = {
        "kind": "calendar#events",
        "etag": f'"p{seq:015d}"',
        "summary": calendar.get("summary", calendar["id"]),
        "description": calendar.get("description", ""),
        "updated": rfc3339(call.now),
        "timeZone": view.zone,
        "accessRole": view.role,
        "defaultReminders": [{"method": "popup", "minutes": 10}] if calendar.get("primary") else [],
    }
    return head


def _read_query(call: Call, calendar: dict[str, Any], view: View) -> tuple[Query, int, str]:
    params, workspace = call.params, call.workspace
    low, high = (parameter_time(name, params.get(name)) for name in ("timeMin", "timeMax"))
    parameter_time("updatedMin", params.get("updatedMin"))
    for name in ("privateExtendedProperty", "sharedExtendedProperty"):
        if any("=" not in wanted for wanted in params.get(name, ())):
            raise GoogleError.invalid("Invalid extended property constraint.", name)
    if low is not None and high is not None and high <= low:
        raise GoogleError(
            400, "timeRangeEmpty", "The specified time range is empty.", domain="calendar",
            location="timeMax", location_type="parameter",
        )  # fmt: skip
    single = params.get("singleEvents", False) or RANK[view.role] <= RANK["freeBusyReader"]
    if params.get("orderBy") == "startTime" and not single:
        message = "The requested ordering is not available for the particular query."
        raise GoogleError.invalid(message, "orderBy")
    low_text, high_text = sortable(low) if low else "", sortable(high) if high else ""
    seq, since, after, show_deleted = newest(workspace), -1, "", params.get("showDeleted", False)
    show_deleted = show_deleted or "updatedMin" in params  # "deleted since this time will always be included"
    if "syncToken" in params:
        since, low_text, high_text = _read_sync_token(call, calendar, single)
        show_deleted = True
    if "pageToken" in params:
        state = state_of(params["pageToken"])
        if not isinstance(state, list) or len(state) != 6 or state[:2] != ["page", calendar["id"]]:
            raise GoogleError.invalid("Invalid page token value.", "pageToken")
        seq, after = int(state[2]), str(state[3])
        if state[4] >= 0:
            since, show_deleted = int(state[4]), True
            low_text, high_text = str(state[5][1]), str(state[5][2])
    return Query(calendar, single, show_deleted, low_text, high_text, since), seq, after


def _read_sync_token(call: Call, calendar: dict[str, Any], single: bool) -> tuple[int, str, str]:
    for name in _NOT_WITH_SYNC:
        if name in call.params:
            raise GoogleError.invalid(f"Sync token cannot be used with parameter {name}.", name)
    if call.params.get("showDeleted") is False:
        raise GoogleError.invalid("Sync token cannot be used when showDeleted is false.", "showDeleted")
    state = state_of(call.params["syncToken"])
    if not isinstance(state, list) or not state or state[0] != "sync":
        raise GoogleError.invalid("Invalid sync token value.", "syncToken")
    epoch = call.workspace.table("calendar.epochs").get(calendar["id"], 0)
    if len(state) != 6 or state[1] != calendar["id"] or state[3] != epoch or state[2] > newest(call.workspace):
        raise GoogleError.full_sync_required()
    if call.now.timestamp() - state[5] > _TOKEN_SECONDS:
        raise GoogleError.full_sync_required()
    if state[4][0] != single:
        raise GoogleError.invalid("Sync token was made with other parameters.", "singleEvents")
    return int(state[2]), str(state[4][1]), str(state[4][2])


# -- filters


def _wanted(call: Call, query: Query, record: Record, view: View) -> bool:
    params, event = call.params, record["event"]
    if event["status"] == "cancelled" and not _shows_cancelled(call.workspace, query, event):
        return False
    if not event.get("recurrence") and not query.in_window(record):
        return False
    if params.get("eventTypes") and event["eventType"] not in params["eventTypes"]:
        return False
    if "iCalUID" in params and event["iCalUID"] != params["iCalUID"]:
        return False
    for kind, name in (("private", "privateExtendedProperty"), ("shared", "sharedExtendedProperty")):
        properties = event.get("extendedProperties", {}).get(kind, {})
        for wanted in params.get(name, ()):
            key, _, value = wanted.partition("=")
            if properties.get(key) != value:
                return False
    if "updatedMin" in params and _updated_before(event, params["updatedMin"]):
        return False
    return not params.get("q") or (view.shows_details(event) and _matches(event, params["q"]))


def _shows_cancelled(workspace: Workspace, query: Query, event: dict[str, Any]) -> bool:
    if query.show_deleted or query.single or "recurringEventId" not in event:
        return query.show_deleted
    # A cancelled occurrence of a live series is shown with its series, or nobody would know it is missing.
    master = find_record(workspace, query.calendar["id"], event["recurringEventId"])
    return bool(master and master["event"]["status"] != "cancelled")


def _is_bare(call: Call, query: Query, event: dict[str, Any]) -> bool:
    """Cancelled occurrences say only which they were, and so does any deleted event to a sync without showDeleted."""
    synced = query.since >= 0 and not call.params.get("showDeleted")
    return event["status"] == "cancelled" and (synced or "recurringEventId" in event)


def _updated_before(event: dict[str, Any], moment: str) -> bool:
    least = parameter_time("updatedMin", moment)
    return least is not None and datetime.fromisoformat(event["updated"]) < least


def _matches(event: dict[str, Any], text: str) -> bool:
    """All words of `q` somewhere in title, description, location, people or place of work."""
    guests = [f"{guest.get('displayName', '')} {guest['email']}" for guest in event.get("attendees", ())]
    organizer = event["organizer"]
    searched = [event.get("summary", ""), event.get("description", ""), event.get("location", "")]
    searched += [*guests, organizer.get("displayName", ""), organizer["email"]]
    searched += [str(value) for value in event.get("workingLocationProperties", {}).values()]
    everything = " ".join(searched).lower()
    return all(word in everything for word in text.lower().split())


@provides("calendar.events.instances")
def instances(call: Call) -> dict[str, Any]:
    calendar = require(call, call.params["calendarId"], "freeBusyReader")
    view = View.of(call, calendar)
    master = existing(call.workspace, calendar, call.params["eventId"])
    if not master["event"].get("recurrence"):
        raise GoogleError.invalid("The event is not a recurring event.", "eventId")
    low, high = (parameter_time(name, call.params.get(name)) for name in ("timeMin", "timeMax"))
    query = Query(
        calendar,
        True,
        call.params.get("showDeleted", False),
        sortable(low) if low else "",
        sortable(high) if high else "",
        -1,
    )
    own = exceptions_of(call.workspace, calendar["id"], master["id"])
    original = parameter_time("originalStart", call.params.get("originalStart"))
    state = state_of(call.params["pageToken"]) if "pageToken" in call.params else ["instances", ""]
    if not isinstance(state, list) or len(state) != 2 or state[0] != "instances":
        raise GoogleError.invalid("Invalid page token value.", "pageToken")
    exceptions = sorted((position_of(record), record) for record in own if position_of(record) > state[1])
    stream = heapq.merge(
        unroll(call.workspace, query, master, state[1], call.now), iter(exceptions), key=lambda pair: pair[0]
    )
    limit, last, more = call.page_limit(250, _MOST), "", False
    items: list[dict[str, Any]] = []
    for position, record in stream:
        if record["event"]["status"] == "cancelled" and not query.show_deleted:
            continue
        if not query.in_window(record):
            continue
        if original and original != moment_of(record["event"]["originalStartTime"], calendar["timeZone"]):
            continue
        if len(items) == limit:
            more = True
            break
        items.append(shown_event(view, record, bare=_is_bare(call, query, record["event"])))
        last = position
    result = {**_head(call, view, calendar, newest(call.workspace)), "items": items}
    if more:
        result["nextPageToken"] = token_of(["instances", last])
    return result
