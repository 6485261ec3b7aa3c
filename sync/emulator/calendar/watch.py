"""events.watch and its siblings, channels.stop."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from sync.emulator.calendar.access import require
from sync.emulator.calendar.store import events_resource
from sync.emulator.call import Call, provides
from sync.emulator.push import open_channel, stop_channel


@provides("calendar.events.watch", partly="every change of the calendar is told, whatever the list parameters say")
def watch_events(call: Call) -> dict[str, Any]:
    calendar = require(call, call.params["calendarId"], "freeBusyReader")
    uri = f"/calendar/v3/calendars/{quote(calendar['id'], safe='')}/events?alt=json"
    return open_channel(call, events_resource(calendar["id"]), uri)


@provides("calendar.acl.watch")
def watch_acl(call: Call) -> dict[str, Any]:
    calendar = require(call, call.params["calendarId"], "writerWithoutPrivateAccess")
    uri = f"/calendar/v3/calendars/{quote(calendar['id'], safe='')}/acl?alt=json"
    return open_channel(call, f"calendar.acl/{calendar['id']}", uri)


@provides("calendar.calendarList.watch")
def watch_calendar_list(call: Call) -> dict[str, Any]:
    return open_channel(call, f"calendar.calendarList/{call.user}", "/calendar/v3/users/me/calendarList?alt=json")


@provides("calendar.settings.watch", partly="settings cannot be changed through the API, so only sync is ever sent")
def watch_settings(call: Call) -> dict[str, Any]:
    return open_channel(call, f"calendar.settings/{call.user}", "/calendar/v3/users/me/settings?alt=json")


@provides("calendar.channels.stop")
def stop(call: Call) -> None:
    stop_channel(call)
