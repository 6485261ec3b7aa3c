"""freebusy.query: when people are busy, and for whom that is not known."""

from __future__ import annotations

from typing import Any

from sync.emulator.calendar.access import RANK, find_calendar, role_of
from sync.emulator.calendar.streams import Query, by_start
from sync.emulator.calendar.times import instant, shown_instant, sortable
from sync.emulator.call import Call, GoogleError, provides
from sync.emulator.times import zone

_LONGEST_DAYS = 93
_MOST_CALENDARS = 50


@provides("calendar.freebusy.query", partly="groups are answered with notFound")
def query(call: Call) -> dict[str, Any]:
    low, high = (_bound(call, name) for name in ("timeMin", "timeMax"))
    if high <= low:
        raise GoogleError(400, "timeRangeEmpty", "The specified time range is empty.", domain="calendar")
    if (high - low).days > _LONGEST_DAYS:
        raise GoogleError(400, "timeRangeTooLong", "The requested time range is too long.", domain="calendar")
    shown_zone = call.body.get("timeZone", "UTC")
    if zone(shown_zone) is None:
        raise GoogleError.invalid("Invalid time zone definition.")
    most = min(call.body.get("calendarExpansionMax") or _MOST_CALENDARS, _MOST_CALENDARS)
    calendars: dict[str, Any] = {}
    for at, item in enumerate(call.body.get("items", [])):
        name = item.get("id", "")
        if at >= most:
            calendars[name] = {"errors": [{"domain": "calendar", "reason": "tooManyCalendarsRequested"}], "busy": []}
        else:
            calendars[name] = _busy(call, name, low, high, shown_zone)
    answer = {"timeMin": shown_instant(low, shown_zone), "timeMax": shown_instant(high, shown_zone)}
    return {"kind": "calendar#freeBusy", **answer, "calendars": calendars}


def _bound(call: Call, name: str) -> Any:
    text = call.body.get(name)
    if not text:
        raise GoogleError.required(f"Missing {name} parameter.", name)
    moment = instant(text)
    if moment is None:
        raise GoogleError(400, "badRequest", "Bad Request", location=name, location_type="parameter")
    return moment


def _busy(call: Call, name: str, low: Any, high: Any, shown_zone: str) -> dict[str, Any]:
    calendar_id = call.user if name == "primary" else name.lower()
    calendar = find_calendar(call.workspace, calendar_id)
    if calendar is None or RANK[role_of(call.workspace, calendar_id, call.user)] < RANK["freeBusyReader"]:
        return {"errors": [{"domain": "global", "reason": "notFound"}], "busy": []}
    window = Query(calendar, True, False, sortable(low), sortable(high), -1)
    blocks: list[list[str]] = []
    for _, record in by_start(call.workspace, window, calendar_id + "\0", "", call.now):
        if not _is_busy(record["event"], calendar_id) or not window.in_window(record) or record["from"] == record["to"]:
            continue
        start, end = max(record["from"], window.low), min(record["to"], window.high)
        if blocks and start <= blocks[-1][1]:
            blocks[-1][1] = max(blocks[-1][1], end)
        else:
            blocks.append([start, end])
    shown = [{"start": _shown(start, shown_zone), "end": _shown(end, shown_zone)} for start, end in blocks]
    return {"busy": shown}


def _shown(text: str, shown_zone: str) -> str:
    moment = instant(text + "Z")
    return shown_instant(moment, shown_zone) if moment else text


def _is_busy(event: dict[str, Any], calendar_id: str) -> bool:
    if event["status"] == "cancelled" or event.get("transparency") == "transparent":
        return False
    if event["eventType"] in ("workingLocation", "birthday"):
        return False
    mine = next((guest for guest in event.get("attendees", ()) if guest["email"] == calendar_id), None)
    return mine is None or mine["responseStatus"] != "declined"
