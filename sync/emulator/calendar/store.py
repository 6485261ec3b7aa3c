"""Event records and the indexes that keep the cost of a call independent of how many other events there are.

A record: {"id", "cal", "seq", "from", "to", "organizer_cal", "event"}. `event` is the resource as kept (times in UTC);
`from` and `to` are sortable UTC; `organizer_cal` is the calendar that holds the organizer's copy (maybe this one).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sync.emulator import push
from sync.emulator.calendar.times import moment_of, sortable
from sync.emulator.workspace import Workspace

EVENTS = "calendar.events"
BY_UPDATE, BY_START, BY_UID = "calendar.by_update", "calendar.by_start", "calendar.by_uid"
BY_PROPERTY, RECURRING = "calendar.by_property", "calendar.recurring"
EXCEPTIONS, BLOCKS, LONGEST = "calendar.exceptions", "calendar.blocks", "calendar.longest"
_INDEXES = (EVENTS, BY_UPDATE, BY_START, BY_UID, BY_PROPERTY, RECURRING, EXCEPTIONS, BLOCKS)
_SEQ = "calendar.seq"
_DECLINING = ("declineAllConflictingInvitations", "declineOnlyNewConflictingInvitations")

Record = dict[str, Any]


def find_record(workspace: Workspace, calendar_id: str, event_id: str) -> Record | None:
    found: Record | None = workspace.table(EVENTS).get(f"{calendar_id}\0{event_id}")
    return found


def save(workspace: Workspace, calendar: dict[str, Any], event: dict[str, Any], organizer_cal: str) -> Record:
    """Put an event on a calendar, in place of the one with its id; whoever watches the calendar hears of it."""
    calendar_id, event_id = calendar["id"], event["id"]
    old = find_record(workspace, calendar_id, event_id)
    start = moment_of(event["start"], calendar["timeZone"])
    end = moment_of(event["end"], calendar["timeZone"])
    record = {
        "id": event_id,
        "cal": calendar_id,
        "seq": workspace.next_number(_SEQ),
        "from": sortable(start),
        "to": sortable(end),
        "organizer_cal": organizer_cal,
        "event": event,
    }
    workspace.table(EVENTS).put(f"{calendar_id}\0{event_id}", record)
    before, after = dict(_index_keys(old)) if old else {}, dict(_index_keys(record))
    for (table, key), _ in before.items():
        if (table, key) not in after:
            workspace.table(table).delete(key)
    for (table, key), value in after.items():
        if before.get((table, key)) != value:
            workspace.table(table).put(key, value)
    _note_length(workspace, calendar_id, start, end)
    push.changed(workspace, events_resource(calendar_id))
    return record


def _index_keys(record: Record) -> Iterator[tuple[tuple[str, str], Any]]:
    event, event_id, prefix = record["event"], record["id"], record["cal"] + "\0"
    yield (BY_UPDATE, f"{prefix}{record['seq']:015d}"), event_id
    yield (BY_UID, f"{prefix}{event['iCalUID']}\0{event_id}"), event_id
    if event.get("recurrence"):
        yield (RECURRING, prefix + event_id), 1
    else:
        yield (BY_START, f"{prefix}{record['from']}\0{event_id}"), record["to"]
    if event.get("recurringEventId"):
        yield (EXCEPTIONS, f"{prefix}{event['recurringEventId']}\0{event_id}"), 1
    for kind, properties in event.get("extendedProperties", {}).items():
        for name, value in properties.items():
            yield (BY_PROPERTY, f"{prefix}{kind}\0{name}={value}\0{event_id}"), event_id
    if event["status"] != "cancelled" and auto_decline_mode(event) in _DECLINING:
        yield (BLOCKS, prefix + event_id), 1


def auto_decline_mode(event: dict[str, Any]) -> str | None:
    """How an out-of-office or focus-time event treats invitations; None for other events."""
    properties = event.get("outOfOfficeProperties") or event.get("focusTimeProperties") or {}
    mode = properties.get("autoDeclineMode")
    return str(mode) if mode else None


def _note_length(workspace: Workspace, calendar_id: str, start: datetime, end: datetime) -> None:
    # A window that opens at T may show an event that began up to this many seconds earlier.
    seconds = max(0, int((end - start).total_seconds()))
    if seconds > workspace.table(LONGEST).get(calendar_id, 0):
        workspace.table(LONGEST).put(calendar_id, seconds)


def longest_seconds(workspace: Workspace, calendar_id: str) -> int:
    return int(workspace.table(LONGEST).get(calendar_id, 0))


def newest(workspace: Workspace) -> int:
    """The number of the last change to any event: what a sync token remembers."""
    return int(workspace.table("workspace.numbers").get(_SEQ, 0))


def all_events(workspace: Workspace, calendar_id: str) -> Iterator[Record]:
    for _, record in workspace.table(EVENTS).starting(calendar_id + "\0"):
        yield record


def exceptions_of(workspace: Workspace, calendar_id: str, master_id: str) -> list[Record]:
    """Records of single occurrences of a series that differ from it (or were cancelled)."""
    prefix = f"{calendar_id}\0{master_id}\0"
    found = []
    for key, _ in workspace.table(EXCEPTIONS).starting(prefix):
        record = find_record(workspace, calendar_id, key.removeprefix(prefix))
        if record:
            found.append(record)
    return found


def forget_calendar(workspace: Workspace, calendar_id: str) -> None:
    """Remove every event without a trace; sync tokens end."""
    for name in _INDEXES:
        table = workspace.table(name)
        for key in [key for key, _ in table.starting(calendar_id + "\0")]:
            table.delete(key)
    epochs = workspace.table("calendar.epochs")
    epochs.put(calendar_id, epochs.get(calendar_id, 0) + 1)
    push.changed(workspace, events_resource(calendar_id))


def events_resource(calendar_id: str) -> str:
    """The name under which channels watch a calendar's events."""
    return f"calendar.events/{calendar_id}"


def event_etag(record: Record) -> str:
    return f'"{3_400_000_000_000_000 + 2 * record["seq"]}"'
