"""Google's event JSON, read once at the edge into words of ours.

Fields may be absent, doubled by deprecated siblings, or of another type than documented (facts: `msSinceEpoch` is a
string in one place and a number in another). What is not understood is left out; what is used later is always of
the type it says. Nothing here decides what a person may do.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Any

LONGEST_TEXT = 4000
"""characters of one parameter or typed value; longer ones are cut"""
_NONE: Mapping[str, Any] = MappingProxyType({})


class UnreadableEvent(ValueError):
    """What was posted is not an event object at all."""


class Host(StrEnum):
    """The Google app in whose side panel the person is."""

    CALENDAR = "CALENDAR"
    SHEETS = "SHEETS"
    DOCS = "DOCS"
    OTHER = "OTHER"


@dataclass(frozen=True, slots=True)
class OpenEvent:
    """The calendar event that is open beside the panel. Google sends neither its title nor its times."""

    event_id: str = ""
    recurring_event_id: str = ""
    calendar_id: str = ""


@dataclass(frozen=True, slots=True)
class OpenFile:
    """The Doc or Sheet beside the panel; without `granted` Google does not say which one it is."""

    file_id: str = ""
    title: str = ""
    granted: bool = False


@dataclass(frozen=True, slots=True)
class Event:
    """One call from Google on behalf of a person."""

    host: Host = Host.OTHER
    locale: str = ""
    zone: str = ""
    parameters: Mapping[str, str] = field(default_factory=dict)
    inputs: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """typed or chosen values by widget name; nothing chosen = no entry or an empty one"""
    opened: OpenEvent | None = None
    file: OpenFile | None = None
    user_token: str = field(default="", repr=False)
    """the person's ID token, not yet verified; never logged"""
    access: str = field(default="", repr=False)
    """the person's access token, for what they have granted us to read; never logged, never kept"""
    scopes: frozenset[str] | None = None
    """scopes the person has granted; None = Google did not say"""

    def parameter(self, name: str) -> str:
        return self.parameters.get(name, "")

    def typed(self, name: str) -> str:
        """What was typed into a text field, trimmed."""
        return next(iter(self.inputs.get(name, ())), "").strip()

    def chosen(self, name: str) -> tuple[str, ...]:
        """What was ticked, each once, in order."""
        return tuple(dict.fromkeys(value for value in self.inputs.get(name, ()) if value))


def read_event(payload: object) -> Event:
    """An event object as Google posts it. Raises `UnreadableEvent` when it is not a JSON object."""
    if not isinstance(payload, dict):
        raise UnreadableEvent("the body is not a JSON object")
    common = _object(payload, "commonEventObject")
    authorization = _object(payload, "authorizationEventObject")
    host = _host(common, payload)
    return Event(
        host=host,
        locale=_text(common, "userLocale"),
        zone=_text(_object(common, "timeZone"), "id"),
        parameters=_strings(_object(common, "parameters")),
        inputs=_inputs(_object(common, "formInputs")),
        opened=_opened(payload),
        file=_file(payload, host),
        # A token is longer than a typed text may be, and is verified before anything is done with it.
        user_token=raw if isinstance(raw := authorization.get("userIdToken"), str) else "",
        access=raw if isinstance(raw := authorization.get("userOAuthToken"), str) else "",
        scopes=_scopes(authorization),
    )


def clean(text: str) -> str:
    """Text that every database and every JSON writer can keep: no NUL, no half of a surrogate pair, not endless."""
    return text[:LONGEST_TEXT].replace("\x00", "").encode("utf-8", "ignore").decode("utf-8")


def _object(parent: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    found = parent.get(key)
    return found if isinstance(found, dict) else _NONE


def _text(parent: Mapping[str, Any], key: str) -> str:
    found = parent.get(key)
    return clean(found) if isinstance(found, str) else ""


def _strings(parent: Mapping[str, Any]) -> dict[str, str]:
    return {clean(key): clean(value) for key, value in parent.items() if isinstance(value, str)}


def _inputs(form: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    found = {}
    for name in form:
        values = _object(_object(form, name), "stringInputs").get("value")
        if isinstance(values, list):
            found[clean(name)] = tuple(clean(value) for value in values if isinstance(value, str))
    return found


def _host(common: Mapping[str, Any], payload: Mapping[str, Any]) -> Host:
    named = _text(common, "hostApp")
    if named in Host.__members__:
        return Host(named)
    return next((host for host in (Host.CALENDAR, Host.SHEETS, Host.DOCS) if host.lower() in payload), Host.OTHER)


def _opened(payload: Mapping[str, Any]) -> OpenEvent | None:
    calendar = _object(payload, "calendar")
    if not calendar:
        return None
    return OpenEvent(_text(calendar, "id"), _text(calendar, "recurringEventId"), _text(calendar, "calendarId"))


def _file(payload: Mapping[str, Any], host: Host) -> OpenFile | None:
    if host not in (Host.SHEETS, Host.DOCS):
        return None
    found = _object(payload, host.lower())
    return OpenFile(_text(found, "id"), _text(found, "title"), found.get("addonHasFileScopePermission") is True)


def _scopes(authorization: Mapping[str, Any]) -> frozenset[str] | None:
    given = authorization.get("authorizedScopes")
    return frozenset(scope for scope in given if isinstance(scope, str)) if isinstance(given, list) else None
