"""Candidates for a list, as lazy streams in the order of the answer: a page costs what is on it.

Every item comes with its position, a text that rises along the stream; a page token remembers the last one.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sync.emulator.calendar.guests import sortable_before
from sync.emulator.calendar.occurrence import occurrence_record
from sync.emulator.calendar.recurrence import instance_id, occurrences
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
)
from sync.emulator.calendar.times import moment_of, sortable
from sync.emulator.call import Call
from sync.emulator.workspace import Workspace

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


def stream_of(call: Call, query: Query, after: str) -> Stream:
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
        return by_start(workspace, query, prefix, after, call.now)
    return ((record["id"], record) for record in _events_after(workspace, prefix, after))


def _events_after(workspace: Workspace, prefix: str, after: str) -> Iterator[Record]:
    if not after:
        yield from all_events(workspace, prefix[:-1])
        return
    for _, record in workspace.table("calendar.events").starting(prefix, after=after):
        yield record


def position_of(record: Record) -> str:
    return f"{record['from']}\0{record['id']}"


def _unrolled(workspace: Workspace, query: Query, ids: Iterator[str], after: str, now: datetime) -> Stream:
    """A handful of events (and, for singleEvents, their occurrences), by start."""
    found: list[tuple[str, Record]] = []
    for event_id in ids:
        record = find_record(workspace, query.calendar["id"], event_id)
        if record is None:
            continue
        if query.single and record["event"].get("recurrence"):
            found += unroll(workspace, query, record, "", now)
        else:
            found.append((position_of(record), record))
    return ((position, record) for position, record in sorted(found, key=lambda pair: pair[0]) if position > after)


def by_start(workspace: Workspace, query: Query, prefix: str, after: str, now: datetime) -> Stream:
    streams: list[Stream] = [_plain_by_start(workspace, query, prefix, after)]
    for key, _ in workspace.table(RECURRING).starting(prefix):
        master = find_record(workspace, query.calendar["id"], key.removeprefix(prefix))
        if master is None:
            continue
        if query.single:
            streams.append(unroll(workspace, query, master, after, now))
        elif position_of(master) > after and _series_in_window(query, master, now):
            streams.append(iter([(position_of(master), master)]))
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


def unroll(workspace: Workspace, query: Query, master: Record, after: str, now: datetime) -> Stream:
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
        for inner, one in unroll(workspace, query, record, "", now):
            if f"{position}\0{inner}" > after:
                yield f"{position}\0{inner}", one
    elif position > after:
        yield position, record
