"""events.insert, get, update, patch, delete, import, move."""

from __future__ import annotations

import re
from typing import Any

from sync.emulator.calendar.access import RANK, find_calendar, require, role_of
from sync.emulator.calendar.copies import change_copy, decline_and_remove
from sync.emulator.calendar.guests import decline_what_conflicts, spread, with_auto_declines
from sync.emulator.calendar.occurrence import existing, next_sequence, written_fields
from sync.emulator.calendar.recurrence import occurrence_of, split_instance_id
from sync.emulator.calendar.rendering import View, shown_event
from sync.emulator.calendar.store import BY_UID, Record, event_etag, exceptions_of, find_record, save
from sync.emulator.calendar.writing import WRITABLE, full_event
from sync.emulator.call import Call, GoogleError, provides
from sync.emulator.clock import rfc3339

_ID = re.compile(r"[a-v0-9]{5,1024}")


@provides("calendar.events.insert")
def insert(call: Call) -> dict[str, Any]:
    calendar = require(call, call.params["calendarId"], "writerWithoutPrivateAccess")
    given_id = call.body.get("id")
    if given_id is not None and not _ID.fullmatch(given_id):
        raise GoogleError.invalid("Invalid resource id value.")
    taken = given_id is not None and find_record(call.workspace, calendar["id"], given_id)
    if taken or (call.body.get("iCalUID") and _known_by_uid(call, calendar, call.body["iCalUID"])):
        raise GoogleError(409, "duplicate", "The requested identifier already exists.")
    return shown_event(View.of(call, calendar), create(call, calendar, given_id, {}))


def create(call: Call, calendar: dict[str, Any], given_id: str | None, extra: dict[str, Any]) -> Record:
    written = full_event(call, calendar, call.body, {})
    event_id = given_id or call.workspace.new_id("event")
    now = rfc3339(call.now)
    event = {
        **written,
        "id": event_id,
        "iCalUID": call.body.get("iCalUID") or f"{event_id}@google.com",
        "sequence": max(0, call.body.get("sequence") or 0),
        "created": now,
        "updated": now,
        "creator": call.user,
        "organizer": organizer_of(calendar),
        **({"privateCopy": True} if call.body.get("privateCopy") else {}),
        **extra,
    }
    event = with_auto_declines(call, calendar, event, {})
    record = save(call.workspace, calendar, event, calendar["id"])
    spread(call, record, None)
    decline_what_conflicts(call, record)
    return record


def organizer_of(calendar: dict[str, Any]) -> dict[str, str]:
    """The organizer of events made on a calendar: the person, or a secondary calendar itself, under its name."""
    if calendar.get("primary"):
        return {"email": calendar["id"]}
    return {"email": calendar["id"], "displayName": calendar.get("summary", "")}


@provides("calendar.events.get")
def get(call: Call) -> dict[str, Any]:
    calendar = require(call, call.params["calendarId"], "freeBusyReader")
    return shown_event(View.of(call, calendar), existing(call.workspace, calendar, call.params["eventId"]))


@provides("calendar.events.update")
def update(call: Call) -> dict[str, Any]:
    return _change(call, full=True)


@provides("calendar.events.patch")
def patch(call: Call) -> dict[str, Any]:
    return _change(call, full=False)


def _change(call: Call, *, full: bool) -> dict[str, Any]:
    calendar = require(call, call.params["calendarId"], "writerWithoutPrivateAccess")
    record = existing(call.workspace, calendar, call.params["eventId"])
    _require_private_access(call, calendar, record)
    call.check_match(event_etag(record))
    if record["organizer_cal"] != calendar["id"]:
        saved = change_copy(call, calendar, record, full=full)
    else:
        saved = _change_original(call, calendar, record, full=full)
    return shown_event(View.of(call, calendar), saved)


def _require_private_access(call: Call, calendar: dict[str, Any], record: Record) -> None:
    private = record["event"].get("visibility") in ("private", "confidential")
    if private and RANK[role_of(call.workspace, calendar["id"], call.user)] < RANK["writer"]:
        raise GoogleError.forbidden()


def _change_original(call: Call, calendar: dict[str, Any], record: Record, *, full: bool) -> Record:
    before = record["event"]
    written = written_fields(call, calendar, before, full=full)
    kept = {name: value for name, value in before.items() if name not in WRITABLE and name != "hangoutLink"}
    event = {**kept, **written, "sequence": next_sequence(call, before, written), "updated": before["updated"]}
    event = with_auto_declines(call, calendar, event, before)
    if _without_reminders(event) != _without_reminders(before):
        event["updated"] = rfc3339(call.now)
    saved = save(call.workspace, calendar, event, calendar["id"])
    if before.get("recurrence") and _series_moved(before, event):
        _drop_stale_exceptions(call, calendar, saved)
    spread(call, saved, None if before["status"] == "cancelled" else record)
    if event["status"] == "cancelled" and before["status"] != "cancelled":
        _cancel_exceptions(call, calendar, saved)
    decline_what_conflicts(call, saved)
    return saved


def _without_reminders(event: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in event.items() if name not in ("reminders", "updated")}


def _series_moved(before: dict[str, Any], after: dict[str, Any]) -> bool:
    return any(before.get(name) != after.get(name) for name in ("start", "recurrence"))


def _drop_stale_exceptions(call: Call, calendar: dict[str, Any], master: Record) -> None:
    for record in exceptions_of(call.workspace, calendar["id"], master["id"]):
        parts = split_instance_id(record["id"])
        alive = master["event"].get("recurrence") and parts and occurrence_of(master["event"], parts[1])
        if not alive and record["event"]["status"] != "cancelled":
            gone = {**record["event"], "status": "cancelled", "updated": rfc3339(call.now)}
            spread(call, save(call.workspace, calendar, gone, calendar["id"]), record)


@provides("calendar.events.delete")
def delete(call: Call) -> None:
    calendar = require(call, call.params["calendarId"], "writerWithoutPrivateAccess")
    record = existing(call.workspace, calendar, call.params["eventId"])
    if record["event"]["status"] == "cancelled":
        raise GoogleError(410, "deleted", "Resource has been deleted")
    _require_private_access(call, calendar, record)
    call.check_match(event_etag(record))
    if record["organizer_cal"] != calendar["id"]:
        decline_and_remove(call, calendar, record)
    else:
        cancel(call, calendar, record)


def cancel(call: Call, calendar: dict[str, Any], record: Record) -> Record:
    """The organizer's copy becomes a tombstone, and so do its exceptions and everybody's copies."""
    event = {**record["event"], "status": "cancelled", "updated": rfc3339(call.now)}
    event["sequence"] += 1
    saved = save(call.workspace, calendar, event, calendar["id"])
    spread(call, saved, record)
    _cancel_exceptions(call, calendar, saved)
    return saved


def _cancel_exceptions(call: Call, calendar: dict[str, Any], master: Record) -> None:
    if master["event"].get("recurrence"):
        for one in exceptions_of(call.workspace, calendar["id"], master["id"]):
            if one["event"]["status"] != "cancelled":
                cancel(call, calendar, one)


def _known_by_uid(call: Call, calendar: dict[str, Any], uid: str) -> str | None:
    """The id of an event of a calendar that has this iCalUID."""
    prefix = f"{calendar['id']}\0{uid}\0"
    return next((key.removeprefix(prefix) for key, _ in call.workspace.table(BY_UID).starting(prefix)), None)


@provides("calendar.events.import", partly="an event whose iCalUID is known already is updated; no attendees' copies")
def import_event(call: Call) -> dict[str, Any]:
    calendar = require(call, call.params["calendarId"], "writer")
    uid = call.body.get("iCalUID")
    if not uid:
        raise GoogleError.required("Missing iCalUID.")
    if call.body.get("eventType", "default") != "default":
        raise GoogleError(400, "eventTypeRestriction", "Only default events may be imported.", domain="calendar")
    known = _known_by_uid(call, calendar, uid)
    written = full_event(call, calendar, call.body, {})
    now = rfc3339(call.now)
    organizer = (call.body.get("organizer") or {}).get("email") or calendar["id"]
    old = find_record(call.workspace, calendar["id"], known) if known else None
    event = {
        **written,
        "id": known or call.workspace.new_id("event"),
        "iCalUID": uid,
        "sequence": call.body.get("sequence") or 0,
        "created": old["event"]["created"] if old else now,
        "updated": now,
        "creator": call.user,
        "organizer": {"email": organizer.lower()},
    }
    return shown_event(View.of(call, calendar), save(call.workspace, calendar, event, calendar["id"]))


@provides("calendar.events.move")
def move(call: Call) -> dict[str, Any]:
    calendar = require(call, call.params["calendarId"], "writer")
    target = require(call, call.params["destination"], "writer")
    record = existing(call.workspace, calendar, call.params["eventId"])
    before = record["event"]
    if record["organizer_cal"] != calendar["id"]:
        raise GoogleError(
            403, "cannotChangeOrganizerOfInstance", "Only the organizer can move an event.", domain="calendar"
        )
    if before["eventType"] != "default" or "recurringEventId" in before:
        message = "Only default events may be moved."
        raise GoogleError(400, "eventTypeRestriction", message, domain="calendar")
    if before["status"] == "cancelled":
        raise GoogleError(410, "deleted", "Resource has been deleted")
    if find_record(call.workspace, target["id"], record["id"]):
        raise GoogleError(409, "duplicate", "The requested identifier already exists.")
    save(call.workspace, calendar, {**before, "status": "cancelled", "updated": rfc3339(call.now)}, calendar["id"])
    moved = {**before, "organizer": organizer_of(target), "updated": rfc3339(call.now)}
    saved = save(call.workspace, target, moved, target["id"])
    for guest in moved.get("attendees", ()):
        copy = find_record(call.workspace, guest["email"], record["id"])
        owner = find_calendar(call.workspace, guest["email"])
        if copy and owner and copy["organizer_cal"] == calendar["id"]:
            save(call.workspace, owner, copy["event"], target["id"])
    spread(call, saved, record)
    return shown_event(View.of(call, target), saved)
