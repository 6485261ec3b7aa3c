"""Finding an event, or the occurrence of a series that has no record of its own; and what a write makes of it."""

from __future__ import annotations

from typing import Any

from sync.emulator.calendar.recurrence import instance_id, occurrence_of, split_instance_id
from sync.emulator.calendar.store import Record, find_record
from sync.emulator.calendar.times import moment_of, shifted
from sync.emulator.calendar.writing import full_event, merged_event
from sync.emulator.call import Call, GoogleError
from sync.emulator.workspace import Workspace


def existing(workspace: Workspace, calendar: dict[str, Any], event_id: str) -> Record:
    """The record, or for an occurrence without one of its own, one made from its series. Raises GoogleError 404."""
    record = find_record(workspace, calendar["id"], event_id)
    if record:
        return record
    parts = split_instance_id(event_id)
    master = find_record(workspace, calendar["id"], parts[0]) if parts else None
    if master and parts and master["event"].get("recurrence"):
        start = occurrence_of(master["event"], parts[1])
        if start:
            return occurrence_record(master, start)
    raise GoogleError.not_found()


def occurrence_record(master: Record, start: dict[str, str]) -> Record:
    """One occurrence of a series as a record (not stored): its times, its id, and what it was before it was moved."""
    event = master["event"]
    length = moment_of(event["end"], "UTC") - moment_of(event["start"], "UTC")
    end = shifted(start, length)
    if "timeZone" in event["end"]:
        end = {**end, "timeZone": event["end"]["timeZone"]}
    single = {name: value for name, value in event.items() if name != "recurrence"}
    single |= {"id": instance_id(event["id"], start), "start": start, "end": end}
    single |= {"recurringEventId": event["id"], "originalStartTime": start}
    return {**master, "id": single["id"], "event": single}


def written_fields(call: Call, calendar: dict[str, Any], before: dict[str, Any], *, full: bool) -> dict[str, Any]:
    """The writable fields as update (`full`) or patch leaves them; an occurrence has no recurrence of its own."""
    body = call.body
    if full and "recurringEventId" in before:
        body = {name: value for name, value in body.items() if name != "recurrence"}
    written = (full_event if full else merged_event)(call, calendar, body, before)
    if "recurringEventId" in before:
        written.pop("recurrence", None)
    return written


def next_sequence(call: Call, before: dict[str, Any], written: dict[str, Any]) -> int:
    """The sequence number after a write: higher when the time changed. Raises GoogleError 400 when told a lower one."""
    current, given = int(before["sequence"]), call.body.get("sequence")
    if given is not None and given < current:
        raise GoogleError.invalid(
            "Invalid sequence value. The specified sequence number is below the current sequence number of the "
            "resource. Re-fetch the resource and use its sequence number on the following request."
        )
    moved = any(before.get(name) != written.get(name) for name in ("start", "end", "recurrence"))
    return max(current + 1 if moved else current, given or 0)
