"""colors.get and settings.*: what a person has set, and the palette."""

from __future__ import annotations

from typing import Any

from sync.emulator.calendar.access import etag_of
from sync.emulator.call import Call, GoogleError, provides, token_of

_EVENT = "a4bdfc 7ae7bf dbadff ff887c fbd75b ffb878 46d6db e1e1e1 5484ed 51b749 dc2127"
_CALENDAR = (
    "ac725e d06b64 f83a22 fa573c ff7537 ffad46 42d692 16a765 7bd148 b3dc6c fbe983 fad165 "
    "92e1c0 9fe1e7 9fc6e7 4986e7 9a9cff b99aff c2c2c2 cabdbf cca6ac f691b2 cd74e6 a47ae2"
)
EVENT_COLORS = {str(at): (f"#{rgb}", "#1d1d1d") for at, rgb in enumerate(_EVENT.split(), 1)}
CALENDAR_COLORS = {str(at): (f"#{rgb}", "#000000") for at, rgb in enumerate(_CALENDAR.split(), 1)}
_FIXED = {
    "autoAddHangouts": "false",
    "dateFieldOrder": "MDY",
    "defaultEventLength": "60",
    "format24HourTime": "false",
    "hideInvitations": "false",
    "hideWeekends": "false",
    "remindOnRespondedEventsOnly": "false",
    "showDeclinedEvents": "true",
    "useKeyboardShortcuts": "true",
    "weekStart": "0",
}


def _palette(colors: dict[str, tuple[str, str]]) -> dict[str, dict[str, str]]:
    return {key: {"background": back, "foreground": fore} for key, (back, fore) in colors.items()}


@provides("calendar.colors.get")
def get_colors(call: Call) -> dict[str, Any]:
    return {
        "kind": "calendar#colors",
        "updated": "2012-02-14T00:00:00.000Z",
        "calendar": _palette(CALENDAR_COLORS),
        "event": _palette(EVENT_COLORS),
    }


def _settings(call: Call) -> dict[str, str]:
    person = call.workspace.person(call.user) or {}
    return dict(
        sorted({**_FIXED, "timezone": person.get("timezone", "UTC"), "locale": person.get("locale", "en")}.items())
    )


def _shown(name: str, value: str) -> dict[str, Any]:
    return {"kind": "calendar#setting", "etag": etag_of(0), "id": name, "value": value}


@provides("calendar.settings.get")
def get_setting(call: Call) -> dict[str, Any]:
    settings = _settings(call)
    if call.params["setting"] not in settings:
        raise GoogleError.not_found()
    return _shown(call.params["setting"], settings[call.params["setting"]])


@provides("calendar.settings.list", partly="always one page")
def list_settings(call: Call) -> dict[str, Any]:
    items = [_shown(name, value) for name, value in _settings(call).items()]
    return {"kind": "calendar#settings", "etag": etag_of(0), "items": items, "nextSyncToken": token_of(["settings"])}
