"""events.list and events.instances: filters, order, pages, sync tokens.

Candidates come as a lazy stream in the order of the answer, so that a page costs what is on it. A page token holds the
position in that order; a sync token the number of the last change and what the list was asked for.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sync.emulator.calendar.access import RANK, require
from sync.emulator.calendar.events import existing, occurrence_record
from sync.emulator.calendar.guests import sortable_before
from sync.emulator.calendar.recurrence import instance_id, occurrences
from sync.emulator.calendar.rendering import View, shown_event
from sync.emulator.calendar.store import (
    BY_PROPERTY,
    BY_START,
    BY_UID,
    BY_UPDATE,
    RECURRING,
    Record,
    all_events,
    exceptions_of,
    find_record,
    longest_seconds,
    newest,
)
from sync.emulator.calendar.times import moment_of, parameter_time, sortable, zone
from sync.emulator.call import Call, GoogleError, provides, state_of, token_of
from sync.emulator.clock import rfc3339
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
_FORWARD = timedelta(days=2 * 365)  # how far an endless series is unrolled when no timeMax says so
Stream = Iterator[tuple[str, Record]]  # (position, record), positions rising


@dataclass(frozen=True)
class Query:
    """What a list was asked for; `low` and `high` are sortable UTC or empty."""

    calendar: dict[str, Any]
    single: bool
    show_deleted: bool
    low: str
    high: str
    since: int

    def in_window(self, record: Record) -> bool:
        """timeMin is an exclusive bound on the end, timeMax on the start."""
        if self.low and record["to"] <= self.low and not (record["from"] == record["to"] > self.low):
            return False
        return not self.high or record["from"] < self.high


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
    for position, record in _stream(call, query, after):
        if not _wanted(call, query, record, view):
            continue
        if len(items) == limit:
            more = True
            break
        items.append(shown_event(view, record))
        last = position
    result = _head(call, view, calendar, seq)
    result["items"] = items
    remembered = [query.single, query.low, query.high, sorted(call.params.get("eventTypes", []))]
    if more:
        result["nextPageToken"] = token_of(["page", calendar["id"], seq, last, query.since, remembered])
    else:
        epoch = workspace.table("calendar.epochs").get(calendar["id"], 0)
        result["nextSyncToken"] = token_of(["sync", calendar["id"], seq, epoch, remembered])
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
    if not isinstance(state, list) or len(state) != 5 or state[0] != "sync":
        raise GoogleError.invalid("Invalid sync token value.", "syncToken")
    epoch = call.workspace.table("calendar.epochs").get(calendar["id"], 0)
    ended = call.workspace.table("calendar.sync_ended").get("until", 0)
    if state[1] != calendar["id"] or state[3] != epoch or state[2] < ended or state[2] > newest(call.workspace):
        raise full_sync_required()
    if state[4][0] != single:
        raise GoogleError.invalid("Sync token was made with other parameters.", "singleEvents")
    return int(state[2]), str(state[4][1]), str(state[4][2])


def full_sync_required() -> GoogleError:
    """The sync token is too old, or access changed: the client starts over."""
    return GoogleError(
        410,
        "fullSyncRequired",
        "Sync token is no longer valid, a full sync is required.",
        domain="calendar",
        location="syncToken",
        location_type="parameter",
    )


# -- streams


def _stream(call: Call, query: Query, after: str) -> Stream:
    workspace, prefix = call.workspace, query.calendar["id"] + "\0"
    if query.since >= 0:
        return _changes(workspace, query, prefix, after, call.now)
    if call.params.get("orderBy") == "updated":
        return _by_update(workspace, query, prefix, after, call.now)
    if "iCalUID" in call.params:
        start = f"{prefix}{call.params['iCalUID']}\0"
        found = (key.removeprefix(start) for key, _ in workspace.table(BY_UID).starting(start))
        return _unrolled(workspace, query, found, after, call.now)
    for kind, name in (("private", "privateExtendedProperty"), ("shared", "sharedExtendedProperty")):
        if call.params.get(name):
            start = f"{prefix}{kind}\0{call.params[name][0]}\0"
            found = (key.removeprefix(start) for key, _ in workspace.table(BY_PROPERTY).starting(start))
            return _unrolled(workspace, query, found, after, call.now)
    if query.single or query.low or query.high:
        return _by_start(workspace, query, prefix, after, call.now)
    return ((record["id"], record) for record in _events_after(workspace, prefix, after))


def _events_after(workspace: Workspace, prefix: str, after: str) -> Iterator[Record]:
    if not after:
        yield from all_events(workspace, prefix[:-1])
        return
    for _, record in workspace.table("calendar.events").starting(prefix, after=after):
        yield record


def _position(record: Record) -> str:
    return f"{record['from']}\0{record['id']}"


def _unrolled(workspace: Workspace, query: Query, ids: Iterator[str], after: str, now: datetime) -> Stream:
    """A handful of events (and, for singleEvents, their occurrences), by start."""
    found: list[tuple[str, Record]] = []
    for event_id in ids:
        record = find_record(workspace, query.calendar["id"], event_id)
        if record is None:
            continue
        if query.single and record["event"].get("recurrence"):
            found += _unroll(workspace, query, record, "", now)
        else:
            found.append((_position(record), record))
    return ((position, record) for position, record in sorted(found, key=lambda pair: pair[0]) if position > after)


def _by_start(workspace: Workspace, query: Query, prefix: str, after: str, now: datetime) -> Stream:
    streams: list[Stream] = [_plain_by_start(workspace, query, prefix, after)]
    for key, _ in workspace.table(RECURRING).starting(prefix):
        master = find_record(workspace, query.calendar["id"], key.removeprefix(prefix))
        if master is None:
            continue
        if query.single:
            streams.append(_unroll(workspace, query, master, after, now))
        elif _position(master) > after and _series_in_window(query, master, now):
            streams.append(iter([(_position(master), master)]))
    return heapq.merge(*streams, key=lambda pair: pair[0])


def _plain_by_start(workspace: Workspace, query: Query, prefix: str, after: str) -> Stream:
    low = sortable_before(query.low, longest_seconds(workspace, query.calendar["id"])) if query.low else ""
    start = max(low, after)
    for key, _ in workspace.table(BY_START).starting(prefix, after=start):
        position = key.removeprefix(prefix)
        if query.high and position >= query.high:
            return
        if position > after:
            record = find_record(workspace, query.calendar["id"], position.split("\0", 1)[1])
            if record is not None:
                yield position, record


def _unroll(workspace: Workspace, query: Query, master: Record, after: str, now: datetime) -> Stream:
    """Occurrences of a series that have no record of their own, from `after` on, as long as the window is open."""
    calendar_id, calendar_zone = query.calendar["id"], query.calendar["timeZone"]
    own = {record["id"] for record in exceptions_of(workspace, calendar_id, master["id"])}
    length = moment_of(master["event"]["end"], "UTC") - moment_of(master["event"]["start"], "UTC")
    bounds = [
        text for text in (query.low and sortable_before(query.low, int(length.total_seconds())), after[:23]) if text
    ]
    first = datetime.fromisoformat(max(bounds)).replace(tzinfo=UTC) - timedelta(days=1) if bounds else None
    end = query.high or sortable(max(now, moment_of(master["event"]["start"], "UTC")) + _FORWARD)
    for start in occurrences(master["event"], first):
        begins = sortable(moment_of(start, calendar_zone))
        if begins >= end:
            return
        event_id = instance_id(master["id"], start)
        position = f"{begins}\0{event_id}"
        if event_id in own or position <= after:
            continue
        record = occurrence_record(master, start)
        ends = sortable(moment_of(record["event"]["end"], calendar_zone))
        yield position, {**record, "from": begins, "to": ends}


def _series_in_window(query: Query, master: Record, now: datetime) -> bool:
    """Does any occurrence fall into the window?"""
    length = moment_of(master["event"]["end"], "UTC") - moment_of(master["event"]["start"], "UTC")
    first = None
    if query.low:
        first = datetime.fromisoformat(sortable_before(query.low, int(length.total_seconds()))).replace(tzinfo=UTC)
        first -= timedelta(days=1)
    for start in occurrences(master["event"], first):
        begins = moment_of(start, query.calendar["timeZone"])
        if query.high and sortable(begins) >= query.high:
            return False
        if not query.low or sortable(begins + length) > query.low:
            return True
    return False


def _by_update(workspace: Workspace, query: Query, prefix: str, after: str, now: datetime) -> Stream:
    for key, event_id in workspace.table(BY_UPDATE).starting(prefix, after=after.split("\0")[0] if after else ""):
        record = find_record(workspace, query.calendar["id"], event_id)
        if record is not None:
            yield from _each(workspace, query, record, key.removeprefix(prefix), after, now)


def _changes(workspace: Workspace, query: Query, prefix: str, after: str, now: datetime) -> Stream:
    """What changed since the sync token, oldest change first."""
    start = after.split("\0")[0] if after else f"{query.since:015d}"
    low = start if not after else f"{int(start) - 1:015d}"
    for key, event_id in workspace.table(BY_UPDATE).starting(prefix, after=low):
        record = find_record(workspace, query.calendar["id"], event_id)
        if record is not None:
            yield from _each(workspace, query, record, key.removeprefix(prefix), after, now)


def _each(workspace: Workspace, query: Query, record: Record, position: str, after: str, now: datetime) -> Stream:
    if query.single and record["event"].get("recurrence"):
        for inner, one in _unroll(workspace, query, record, "", now):
            if f"{position}\0{inner}" > after:
                yield f"{position}\0{inner}", one
    elif position > after:
        yield position, record


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
    exceptions = sorted((_position(record), record) for record in own if _position(record) > state[1])
    stream = heapq.merge(
        _unroll(call.workspace, query, master, state[1], call.now), iter(exceptions), key=lambda pair: pair[0]
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
        items.append(shown_event(view, record))
        last = position
    result = {**_head(call, view, calendar, newest(call.workspace)), "items": items}
    if more:
        result["nextPageToken"] = token_of(["instances", last])
    return result
