"""What a client may write into an event, made uniform and held to Calendar's rules.

`full_event` is for insert and update (what is not said is cleared), `merged_event` for patch (what is said is laid
over what was; null clears; a list replaces the whole list).
"""

from __future__ import annotations

import re
from typing import Any

from sync.emulator.calendar.conference import settle_conference
from sync.emulator.calendar.recurrence import check_recurrence
from sync.emulator.calendar.settings import EVENT_COLORS
from sync.emulator.calendar.times import kept_time, moment_of
from sync.emulator.call import Call, GoogleError
from sync.emulator.merging import merged

_PLAIN = (
    *("summary", "description", "location", "colorId", "visibility", "transparency", "anyoneCanAddSelf", "status"),
    *("guestsCanInviteOthers", "guestsCanModify", "guestsCanSeeOtherGuests", "source", "eventType", "eventLabelId"),
    *("focusTimeProperties", "outOfOfficeProperties", "workingLocationProperties", "birthdayProperties", "gadget"),
    *("endTimeUnspecified", "recurrence"),
)
WRITABLE = (*_PLAIN, "start", "end", "attendees", "extendedProperties", "reminders", "conferenceData", "attachments")
# field -> (allowed values, the default, which is not answered)
CHOICES: dict[str, tuple[tuple[str, ...], str]] = {
    "status": (("confirmed", "tentative", "cancelled"), "confirmed"),
    "visibility": (("default", "public", "private", "confidential"), "default"),
    "transparency": (("opaque", "transparent"), "opaque"),
    "eventType": (("default", "outOfOffice", "focusTime", "workingLocation", "birthday", "fromGmail"), "default"),
}
RESPONSES = ("needsAction", "declined", "tentative", "accepted")
# The kind of event decides which properties it must come with.
_TYPED = {
    "outOfOffice": "outOfOfficeProperties",
    "focusTime": "focusTimeProperties",
    "workingLocation": "workingLocationProperties",
    "birthday": "birthdayProperties",
}
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+")
_PROPERTY_NAME, _PROPERTY_VALUE, _PROPERTY_COUNT, _PROPERTY_BYTES = 44, 1024, 300, 32 * 1024


def full_event(call: Call, calendar: dict[str, Any], body: dict[str, Any], before: dict[str, Any]) -> dict[str, Any]:
    """Writable fields from a complete body; `before` is the event as it is ({} for a new one)."""
    given = {name: body[name] for name in WRITABLE if body.get(name) is not None}
    if given.get("conferenceData") is None and before.get("conferenceData"):
        given["conferenceData"] = None if call.params.get("conferenceDataVersion") else before["conferenceData"]
    if "attachments" in before and not call.params.get("supportsAttachments"):
        given["attachments"] = before["attachments"]
    _require_times(body)
    return _held_to_rules(call, calendar, given, before)


def merged_event(call: Call, calendar: dict[str, Any], body: dict[str, Any], before: dict[str, Any]) -> dict[str, Any]:
    """Writable fields of `before` with the body laid over them."""
    given = {name: before[name] for name in WRITABLE if name in before}
    for name in WRITABLE:
        if name in body:
            given[name] = merged(given.get(name), body[name])
    if body.get("attendeesOmitted") and "attendees" in body:
        given["attendees"] = _only_answers(before.get("attendees", []), body["attendees"] or [])
    if "attachments" in body and not call.params.get("supportsAttachments"):
        given["attachments"] = before.get("attachments")
    return _held_to_rules(call, calendar, {k: v for k, v in given.items() if v is not None}, before)


def _only_answers(old: list[dict[str, Any]], new: list[dict[str, Any]]) -> list[dict[str, Any]]:
    answers = {guest.get("email", "").lower(): guest for guest in new}
    return [{**guest, **answers.get(guest["email"], {})} for guest in old]


def _require_times(body: dict[str, Any]) -> None:
    for which in ("end", "start"):
        if not body.get(which):
            raise GoogleError.required(f"Missing {which} time.")


def _held_to_rules(
    call: Call, calendar: dict[str, Any], given: dict[str, Any], before: dict[str, Any]
) -> dict[str, Any]:
    event = {name: given[name] for name in _PLAIN if given.get(name) is not None}
    for name, (allowed, _) in CHOICES.items():
        if event.get(name) is not None and event[name] not in allowed:
            raise GoogleError.invalid(f"Invalid value for: {event[name]} is not a valid value")
    event.setdefault("status", "confirmed")
    event.setdefault("eventType", "default")
    if not event.get("recurrence"):
        event.pop("recurrence", None)
    _times(calendar, given, event)
    _kind(event, before)
    if "colorId" in event and event["colorId"] not in EVENT_COLORS:
        raise GoogleError.invalid("Invalid color id.")
    if given.get("attendees"):
        event["attendees"] = _guests(call, given["attendees"])
    if given.get("extendedProperties"):
        kept = _properties(given["extendedProperties"])
        if kept:
            event["extendedProperties"] = kept
    if given.get("reminders"):
        event["reminders"] = _reminders(given["reminders"])
    attachments = _attachments(call, given, before)
    if attachments:
        event["attachments"] = attachments
    settle_conference(call, given, before, event)
    return event


def _times(calendar: dict[str, Any], given: dict[str, Any], event: dict[str, Any]) -> None:
    recurring = bool(event.get("recurrence"))
    end = kept_time(given.get("end"), "end", calendar["timeZone"], recurring=recurring)
    start = kept_time(given.get("start"), "start", calendar["timeZone"], recurring=recurring)
    if ("date" in start) != ("date" in end):
        raise GoogleError.invalid("Start and end times must either both be date or both be dateTime.")
    if moment_of(end, "UTC") < moment_of(start, "UTC"):
        raise GoogleError(
            400,
            "timeRangeEmpty",
            "The specified time range is empty.",
            domain="calendar",
            location="timeMax",
            location_type="parameter",
        )
    event["start"], event["end"] = start, end
    if recurring:
        check_recurrence(event)


def _kind(event: dict[str, Any], before: dict[str, Any]) -> None:
    kind = event["eventType"]
    if before and kind != before.get("eventType", "default"):
        raise GoogleError(400, "eventTypeRestriction", "Event type cannot be changed.", domain="calendar")
    for other, properties in _TYPED.items():
        if properties in event and kind != other:
            message = f"The properties {properties} can only be set on events of type {other}."
            raise GoogleError(400, "malformedEvent", message, domain="calendar")
    if kind in ("outOfOffice", "focusTime") and "date" in event["start"]:
        message = "Only timed events can be of this type."
        raise GoogleError(400, "malformedOutOfOfficeEvent", message, domain="calendar")
    modes = ("declineNone", "declineAllConflictingInvitations", "declineOnlyNewConflictingInvitations")
    if kind in ("outOfOffice", "focusTime"):
        mode = event.get(_TYPED[kind], {}).get("autoDeclineMode", modes[0])
        if mode not in modes:
            raise GoogleError.invalid(f"Invalid value for: {mode} is not a valid value")


def _guests(call: Call, guests: list[dict[str, Any]]) -> list[dict[str, Any]]:
    if call.workspace.is_service_account(call.user):
        raise GoogleError(
            403,
            "forbiddenForServiceAccounts",
            "Service accounts cannot invite attendees without Domain-Wide Delegation of Authority.",
            domain="calendar",
        )
    kept: dict[str, dict[str, Any]] = {}
    for guest in guests:
        email = (guest.get("email") or "").strip().lower()
        if not _EMAIL.fullmatch(email):
            message = "Missing attendee email." if not email else "Invalid attendee email."
            raise GoogleError.required(message) if not email else GoogleError.invalid(message)
        response = guest.get("responseStatus") or "needsAction"
        if response not in RESPONSES:
            raise GoogleError.invalid(f"Invalid value for: {response} is not a valid value")
        fields = ("displayName", "optional", "resource", "comment", "additionalGuests")
        told = {name: guest[name] for name in fields if guest.get(name) not in (None, False, 0, "")}
        kept[email] = {"email": email, **told, "responseStatus": response}
    return list(kept.values())


def _properties(given: dict[str, Any]) -> dict[str, dict[str, str]]:
    """Names over 44 characters are dropped and values cut at 1024, silently, as Calendar does."""
    kept: dict[str, dict[str, str]] = {}
    count = size = 0
    for kind in ("private", "shared"):
        for name, value in (given.get(kind) or {}).items():
            if value is None or len(name) > _PROPERTY_NAME:
                continue
            kept.setdefault(kind, {})[name] = value[:_PROPERTY_VALUE]
            count, size = count + 1, size + len(name.encode()) + len(value[:_PROPERTY_VALUE].encode())
    if count > _PROPERTY_COUNT or size > _PROPERTY_BYTES:
        raise GoogleError.invalid("The extended properties are too large.")
    return kept


def _reminders(given: dict[str, Any]) -> dict[str, Any]:
    overrides = given.get("overrides") or []
    if given.get("useDefault") and overrides:
        message = "Cannot specify both default reminders and overrides at the same time."
        raise GoogleError(400, "cannotUseDefaultRemindersAndSpecifyOverride", message, domain="calendar")
    if len(overrides) > 5:
        raise GoogleError.invalid("Too many override reminders; at most 5 are allowed.")
    for reminder in overrides:
        if reminder.get("method") not in ("email", "popup"):
            raise GoogleError.invalid("Invalid reminder method.")
        if not 0 <= reminder.get("minutes", -1) <= 40320:
            raise GoogleError.invalid("Invalid reminder minutes; it must be from 0 to 40320.")
    kept: dict[str, Any] = {"useDefault": bool(given.get("useDefault"))}
    if overrides:
        kept["overrides"] = [{"method": one["method"], "minutes": one["minutes"]} for one in overrides]
    return kept


def _attachments(call: Call, given: dict[str, Any], before: dict[str, Any]) -> list[dict[str, Any]]:
    attachments = given.get("attachments") or []
    if not call.params.get("supportsAttachments"):
        return list(before.get("attachments", []))
    if len(attachments) > 25:
        raise GoogleError.invalid("Too many attachments; at most 25 are allowed.")
    kept = []
    for one in attachments:
        if not one.get("fileUrl"):
            raise GoogleError.required("Missing attachment file url.")
        attachment = {name: one[name] for name in ("fileUrl", "title", "mimeType", "iconLink") if one.get(name)}
        found = re.search(r"/d/([\w-]+)|[?&]id=([\w-]+)", attachment["fileUrl"])
        if found:
            attachment["fileId"] = found[1] or found[2]
        kept.append(attachment)
    return kept
