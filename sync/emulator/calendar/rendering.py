"""An event as it is answered: to this person, on this calendar, in this zone."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from typing import Any

from sync.emulator.calendar.access import RANK, role_of
from sync.emulator.calendar.store import Record, event_etag
from sync.emulator.calendar.times import shown_time
from sync.emulator.calendar.writing import CHOICES
from sync.emulator.call import Call

# Answered only when they differ from these.
_DEFAULTS: dict[str, Any] = {
    **{name: default for name, (_, default) in CHOICES.items() if name not in ("status", "eventType")},
    "guestsCanInviteOthers": True,
    "guestsCanModify": False,
    "guestsCanSeeOtherGuests": True,
    "anyoneCanAddSelf": False,
    "endTimeUnspecified": False,
    "privateCopy": False,
}
_ORDER = (
    *("summary", "description", "location", "colorId", "eventLabelId", "recurrence", "recurringEventId"),
    *("transparency", "visibility", "iCalUID", "sequence", "extendedProperties", "hangoutLink", "conferenceData"),
    *("gadget", "anyoneCanAddSelf", "guestsCanInviteOthers", "guestsCanModify", "guestsCanSeeOtherGuests"),
    *("endTimeUnspecified", "source", "attachments", "focusTimeProperties", "outOfOfficeProperties"),
    *("workingLocationProperties", "birthdayProperties", "privateCopy"),
)


@dataclass(frozen=True)
class View:
    """How the caller sees a calendar: role there, zone of the answer, cap on the number of guests shown."""

    calendar: dict[str, Any]
    user: str
    role: str
    zone: str
    max_attendees: int | None

    @classmethod
    def of(cls, call: Call, calendar: dict[str, Any]) -> View:
        role = role_of(call.workspace, calendar["id"], call.user)
        zone = call.params.get("timeZone") or calendar["timeZone"]
        return cls(calendar, call.user, role, zone, call.params.get("maxAttendees"))

    def shows_details(self, event: dict[str, Any]) -> bool:
        """May the caller see more than when it is? Private ones are for those who may see such, and guests."""
        if RANK[self.role] <= RANK["freeBusyReader"]:
            return False
        private = event.get("visibility") in ("private", "confidential")
        if not private or RANK[self.role] >= RANK["writer"]:
            return True
        return any(guest["email"] == self.user for guest in event.get("attendees", ()))


def shown_event(view: View, record: Record, *, bare: bool = False) -> dict[str, Any]:
    """The Event resource; `bare` ones, like a guest's cancelled copy, say no more than which event it was."""
    event, cancelled = record["event"], record["event"]["status"] == "cancelled"
    result: dict[str, Any] = {"kind": "calendar#event", "etag": event_etag(record), "id": event["id"]}
    result["status"] = event["status"]
    if bare or (cancelled and record["organizer_cal"] != record["cal"]):
        return _with_series(result, event, view.zone)
    if not view.shows_details(event):
        times = {"start": shown_time(event["start"], view.zone), "end": shown_time(event["end"], view.zone)}
        result |= {"created": event["created"], "updated": event["updated"], **times, "visibility": "private"}
        if event.get("transparency") == "transparent":
            result["transparency"] = "transparent"  # "free" and "busy" are what such a reader is shown
        return _with_series(result, event, view.zone)
    result["htmlLink"] = _link(event["id"], record["cal"])
    result["created"], result["updated"] = event["created"], event["updated"]
    for name in _ORDER:
        if name in event and event[name] != _DEFAULTS.get(name):
            result[name] = event[name]
    if "source" in result and event["creator"] != view.user:
        del result["source"]
    result["creator"] = _who(event["creator"], record["cal"], {})
    result["organizer"] = _who(event["organizer"]["email"], record["cal"], event["organizer"])
    result["start"], result["end"] = shown_time(event["start"], view.zone), shown_time(event["end"], view.zone)
    if event.get("attendees"):
        result |= _guests(view, record)
    result["reminders"] = event.get("reminders", {"useDefault": True})
    result["eventType"] = event["eventType"]
    return _with_series(result, event, view.zone)


def _with_series(result: dict[str, Any], event: dict[str, Any], zone: str) -> dict[str, Any]:
    if "recurringEventId" in event:
        result["recurringEventId"] = event["recurringEventId"]
        result["originalStartTime"] = shown_time(event["originalStartTime"], zone)
    return result


def _who(email: str, calendar_id: str, known: dict[str, Any]) -> dict[str, Any]:
    person = {"email": email}
    if known.get("displayName"):
        person["displayName"] = known["displayName"]
    return {**person, "self": True} if email == calendar_id else person


def _guests(view: View, record: Record) -> dict[str, Any]:
    event, own = record["event"], record["cal"]
    guests = []
    for guest in event["attendees"]:
        marks: dict[str, Any] = {}
        if guest["email"] == event["organizer"]["email"]:
            marks["organizer"] = True
        if guest["email"] == own:
            marks["self"] = True
        guests.append({"email": guest["email"], **marks, **{k: v for k, v in guest.items() if k != "email"}})
    hidden = not event.get("guestsCanSeeOtherGuests", True) and record["organizer_cal"] != own
    if hidden or (view.max_attendees is not None and len(guests) > view.max_attendees):
        return {"attendees": [guest for guest in guests if guest.get("self")], "attendeesOmitted": True}
    return {"attendees": guests}


def _link(event_id: str, calendar_id: str) -> str:
    eid = base64.b64encode(f"{event_id} {calendar_id}".encode()).decode().rstrip("=")
    return f"https://www.google.com/calendar/event?eid={eid}"
