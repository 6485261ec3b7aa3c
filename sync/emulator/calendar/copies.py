"""A guest writes: on the copy that is on their own calendar."""

from __future__ import annotations

from typing import Any

from sync.emulator.calendar.access import find_calendar
from sync.emulator.calendar.guests import OWN_FIELDS, answer, spread
from sync.emulator.calendar.occurrence import existing, next_sequence, written_fields
from sync.emulator.calendar.store import Record, find_record, save
from sync.emulator.calendar.writing import WRITABLE
from sync.emulator.call import Call, GoogleError
from sync.emulator.clock import rfc3339

_ORGANIZER_ONLY = ("guestsCanInviteOthers", "guestsCanModify", "guestsCanSeeOtherGuests", "anyoneCanAddSelf")


def change_copy(call: Call, calendar: dict[str, Any], record: Record, *, full: bool) -> Record:
    """A guest writes: their answer flows back, their own fields stay theirs; the rest only if guests may modify."""
    before = record["event"]
    for name in _ORGANIZER_ONLY:
        default = name in ("guestsCanInviteOthers", "guestsCanSeeOtherGuests")
        if (full or name in call.body) and call.body.get(name, default) != before.get(name, default):
            message = "Shared properties can only be changed by the organizer of the event."
            raise GoogleError(403, "forbiddenForNonOrganizer", message, domain="calendar")
    written = written_fields(call, calendar, before, full=full)
    mine = next((guest for guest in written.get("attendees", ()) if guest["email"] == calendar["id"]), None)
    old_mine = next((guest for guest in before.get("attendees", ()) if guest["email"] == calendar["id"]), None)
    status = written.pop("status", "confirmed")
    if status == "cancelled":
        return decline_and_remove(call, calendar, record)
    if before.get("guestsCanModify") and _flow_back(call, record, written):
        return find_record(call.workspace, calendar["id"], record["id"]) or record
    local = {
        **{k: v for k, v in before.items() if k not in OWN_FIELDS},
        **written,
        "attendees": before.get("attendees", []),
    }
    local |= {"status": before["status"] if before["status"] != "cancelled" else "confirmed"}
    shared = before.get("extendedProperties", {}).get("shared")
    private = written.get("extendedProperties", {}).get("private")
    properties = {k: v for k, v in (("private", private), ("shared", shared)) if v}
    local = {k: v for k, v in local.items() if k != "extendedProperties"}
    if properties:
        local["extendedProperties"] = properties
    if mine and mine != old_mine:
        local["attendees"] = [mine if guest["email"] == mine["email"] else guest for guest in local["attendees"]]
    local["updated"] = rfc3339(call.now)
    saved = save(call.workspace, calendar, local, record["organizer_cal"])
    if "recurringEventId" in before:
        _exception_at_organizer(call, saved)
    if mine and mine != old_mine:
        answer(call, saved, mine)
    if before.get("guestsCanInviteOthers", True):
        _invite_others(call, saved, written.get("attendees", []))
    return find_record(call.workspace, calendar["id"], record["id"]) or saved


def _exception_at_organizer(call: Call, copy: Record) -> None:
    # An answer to one occurrence makes that occurrence an exception on the organizer's calendar too.
    calendar = find_calendar(call.workspace, copy["organizer_cal"])
    if calendar and find_record(call.workspace, calendar["id"], copy["id"]) is None:
        made = existing(call.workspace, calendar, copy["id"])
        save(call.workspace, calendar, made["event"], calendar["id"])


def _invite_others(call: Call, copy: Record, guests: list[dict[str, Any]]) -> None:
    organizer = find_record(call.workspace, copy["organizer_cal"], copy["id"])
    calendar = find_calendar(call.workspace, copy["organizer_cal"])
    if organizer is None or calendar is None:
        return
    known = {guest["email"] for guest in organizer["event"].get("attendees", ())}
    fresh = [guest for guest in guests if guest["email"] not in known]
    if fresh:
        event = {**organizer["event"], "attendees": [*organizer["event"].get("attendees", []), *fresh]}
        event["updated"] = rfc3339(call.now)
        spread(call, save(call.workspace, calendar, event, calendar["id"]), organizer)


def _flow_back(call: Call, copy: Record, written: dict[str, Any]) -> bool:
    organizer = find_record(call.workspace, copy["organizer_cal"], copy["id"])
    calendar = find_calendar(call.workspace, copy["organizer_cal"])
    if organizer is None or calendar is None:
        return False
    before = organizer["event"]
    kept = {k: v for k, v in before.items() if k not in WRITABLE or k in (*OWN_FIELDS, "status", "extendedProperties")}
    shared = {k: v for k, v in written.items() if k not in (*OWN_FIELDS, "extendedProperties")}
    event = {**kept, **shared, "sequence": next_sequence(call, before, shared), "updated": rfc3339(call.now)}
    spread(call, save(call.workspace, calendar, event, calendar["id"]), organizer)
    own = find_record(call.workspace, copy["cal"], copy["id"]) or copy
    mine = {k: v for k, v in own["event"].items() if k not in OWN_FIELDS}
    mine |= {k: written[k] for k in OWN_FIELDS if k in written}
    own_calendar = find_calendar(call.workspace, copy["cal"])
    if own_calendar and mine != own["event"]:
        save(call.workspace, own_calendar, mine, copy["organizer_cal"])
    return True


def decline_and_remove(call: Call, calendar: dict[str, Any], record: Record) -> Record:
    """A guest deletes: the copy goes, and the organizer reads "declined"."""
    mine = {"email": calendar["id"], "responseStatus": "declined"}
    gone = {**record["event"], "status": "cancelled", "updated": rfc3339(call.now)}
    saved = save(call.workspace, calendar, gone, record["organizer_cal"])
    if "recurringEventId" in record["event"]:
        _exception_at_organizer(call, saved)
    answer(call, saved, mine)
    return saved
