"""calendars.*: secondary calendars, made, changed and deleted; the primary one, read and changed."""

from __future__ import annotations

from typing import Any

from sync.emulator.calendar.access import (
    ACL,
    CALENDARS,
    calendar_id_of,
    etag_of,
    find_calendar,
    list_key,
    new_list_entry,
    put_rule,
    require,
)
from sync.emulator.calendar.store import forget_calendar
from sync.emulator.call import Call, GoogleError, provides
from sync.emulator.merging import merged
from sync.emulator.times import zone

_WRITABLE = (
    *("summary", "description", "location", "timeZone", "autoAcceptInvitations", "labelProperties"),
    *("workingHours", "conferenceProperties"),
)
# "If not specified, ... remain unchanged", say their descriptions: an update does not clear these.
_STAYS = ("timeZone", "labelProperties", "workingHours")
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_SOLUTIONS = ("eventHangout", "eventNamedHangout", "hangoutsMeet")
_HANGOUT = {"allowedConferenceSolutionTypes": ["hangoutsMeet"]}


def shown(calendar: dict[str, Any]) -> dict[str, Any]:
    """The Calendar resource."""
    result = {
        "kind": "calendar#calendar",
        "etag": etag_of(calendar["number"]),
        "id": calendar["id"],
        "conferenceProperties": _HANGOUT,
        "dataOwner": calendar["owner"],
    }
    result.update({name: calendar[name] for name in _WRITABLE if name in calendar})
    if calendar.get("primary"):
        del result["dataOwner"]
    return result


def _checked(body: dict[str, Any], *, primary: bool = False) -> dict[str, Any]:
    fields = {name: body[name] for name in _WRITABLE if name in body}
    name = fields.get("timeZone")
    if name is not None and zone(name) is None:
        raise GoogleError.invalid("Invalid time zone definition.")
    labels = (fields.get("labelProperties") or {}).get("eventLabels") or []
    if len(labels) > 200 or any(len(label.get("name", "")) > 50 for label in labels):
        raise GoogleError.invalid("Invalid label properties.")
    allowed = (fields.get("conferenceProperties") or {}).get("allowedConferenceSolutionTypes") or []
    if not set(allowed) <= set(_SOLUTIONS):
        raise GoogleError.invalid("Invalid conference solution type.")
    if not fields.get("workingHours"):
        fields.pop("workingHours", None)
    elif not primary:
        raise GoogleError.invalid("Working hours are only available for primary calendars.")
    else:
        _check_hours(fields["workingHours"])
    return fields


def _check_hours(hours: dict[str, Any]) -> None:
    periods = hours.get("availableTimes") or []
    for one in periods:
        start, end = one.get("periodStart", -1), one.get("periodEnd", -1)
        if one.get("dayOfWeek") not in _DAYS or not 0 <= start < end <= 24 * 60:
            raise GoogleError.invalid("Invalid working hours.")
    if hours.get("workingHoursEnabled") and not periods:
        raise GoogleError.invalid("Working hours cannot be enabled without available times.")


@provides("calendar.calendars.insert")
def insert(call: Call) -> dict[str, Any]:
    if not call.body.get("summary"):
        raise GoogleError.required("Missing title.")
    fields = _checked(call.body)
    calendar_id = call.workspace.new_id("calendar") + "@group.calendar.google.com"
    owner = call.workspace.person(call.user) or {}
    record = {
        "id": calendar_id,
        "timeZone": owner.get("timezone", "UTC"),
        **{name: value for name, value in fields.items() if value is not None},
        "owner": call.user,
        "client": call.client,
        "number": call.workspace.next_number("calendar.etag"),
    }
    call.workspace.table(CALENDARS).put(calendar_id, record)
    put_rule(call.workspace, calendar_id, "user", call.user, "owner")
    entry = new_list_entry(call.workspace, calendar_id, "17")
    call.workspace.table("calendar.list").put(list_key(call.user, calendar_id), entry)
    return shown(record)


@provides("calendar.calendars.get")
def get(call: Call) -> dict[str, Any]:
    return shown(require(call, call.params["calendarId"], "reader"))


@provides("calendar.calendars.update")
def update(call: Call) -> dict[str, Any]:
    calendar = require(call, call.params["calendarId"], "owner")
    if not call.body.get("summary") and not calendar.get("primary"):
        raise GoogleError.required("Missing title.")
    cleared = {name: value for name, value in calendar.items() if name not in _WRITABLE or name in _STAYS}
    return _write(call, calendar, cleared, call.body)


@provides("calendar.calendars.patch")
def patch(call: Call) -> dict[str, Any]:
    calendar = require(call, call.params["calendarId"], "owner")
    return _write(call, calendar, calendar, call.body)


def _write(call: Call, calendar: dict[str, Any], base: dict[str, Any], body: dict[str, Any]) -> dict[str, Any]:
    call.check_match(etag_of(calendar["number"]))
    fields = _checked(body, primary=bool(calendar.get("primary")))
    whole = {name: merged({}, fields.pop(name)) for name in ("workingHours", "labelProperties") if fields.get(name)}
    record = {**merged(base, fields), **whole, "number": call.workspace.next_number("calendar.etag")}
    record.setdefault("summary", calendar["id"])
    record.setdefault("timeZone", "UTC")
    call.workspace.table(CALENDARS).put(calendar["id"], record)
    return shown(record)


@provides("calendar.calendars.delete")
def delete(call: Call) -> None:
    calendar = require(call, call.params["calendarId"], "owner")
    if calendar.get("primary"):
        raise GoogleError(400, "invalid", "Cannot delete the primary calendar of a user.")
    call.check_match(etag_of(calendar["number"]))
    workspace = call.workspace
    forget_calendar(workspace, calendar["id"])
    workspace.table(CALENDARS).put(calendar["id"], {**calendar, "deleted": True})
    for key, _ in list(workspace.table(ACL).starting(calendar["id"] + "\0")):
        workspace.table(ACL).delete(key)


@provides("calendar.calendars.transferOwnership")
def transfer_ownership(call: Call) -> None:
    """A secondary calendar's data goes over to a colleague; administrators only, and only those may say so."""
    if not call.params["useAdminAccess"]:
        raise GoogleError(400, "badRequest", "Bad Request", location="useAdminAccess", location_type="parameter")
    workspace, new_owner = call.workspace, call.params["newDataOwner"].strip().lower()
    if not (workspace.person(call.user) or {}).get("admin"):
        raise GoogleError.forbidden()
    calendar = find_calendar(workspace, calendar_id_of(call, call.params["calendarId"]))
    if calendar is None or calendar.get("primary"):
        raise GoogleError.not_found()
    if "@" not in new_owner or not workspace.is_local(new_owner) or workspace.is_service_account(new_owner):
        raise GoogleError(400, "badRequest", "Bad Request", location="newDataOwner", location_type="parameter")
    record = {**calendar, "owner": new_owner, "number": workspace.next_number("calendar.etag")}
    workspace.table(CALENDARS).put(calendar["id"], record)
    put_rule(workspace, calendar["id"], "user", new_owner, "owner")
    entries, key = workspace.table("calendar.list"), list_key(new_owner, calendar["id"])
    if entries.get(key) is None:
        entries.put(key, new_list_entry(workspace, calendar["id"], "17"))


@provides("calendar.calendars.clear")
def clear(call: Call) -> None:
    calendar = require(call, call.params["calendarId"], "owner")
    if calendar_id_of(call, call.params["calendarId"]) != call.user:
        raise GoogleError(400, "invalid", "Only the primary calendar can be cleared.")
    forget_calendar(call.workspace, calendar["id"])
