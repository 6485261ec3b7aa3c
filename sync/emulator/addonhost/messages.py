"""Card JSON against Google's own message types, as the chat discovery document lists them.

Strict as a proto parser is: an unknown field, a wrong JSON type or a foreign enum value is a problem, said in the
words that the add-on runtime uses (`Cannot find field: renderActions in message google.apps.card.v1.RenderActions`).
The envelope's own messages are not in that document; they are written down here from Google's RPC reference
(apps.extensions.markup, google.apps.card.v1).
"""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import Any

_OWN: dict[str, dict[str, Any]] = {
    "RenderActions": {"properties": {"action": {"$ref": "ResponseAction"}, "hostAppAction": {"$ref": "HostAppAction"}}},
    "SubmitFormResponse": {
        "properties": {"renderActions": {"$ref": "RenderActions"}, "stateChanged": {"type": "boolean"}}
    },
    "GetAutocompletionResponse": {"properties": {"autoComplete": {"$ref": "AutoComplete"}}},
    "AutoComplete": {"properties": {"items": {"type": "array", "items": {"$ref": "SuggestionItem"}}}},
    "SuggestionItem": {"properties": {"text": {"type": "string"}}},
    "ResponseAction": {
        "properties": {
            "navigations": {"type": "array", "items": {"$ref": "Navigation"}},
            "link": {"$ref": "GoogleAppsCardV1OpenLink"},
            "notification": {"$ref": "Notification"},
        }
    },
    "Navigation": {
        "properties": {
            "pushCard": {"$ref": "GoogleAppsCardV1Card"},
            "updateCard": {"$ref": "GoogleAppsCardV1Card"},
            "pop": {"type": "boolean"},
            "popToRoot": {"type": "boolean"},
            "popToCard": {"type": "string"},
        }
    },
    "Notification": {"properties": {"text": {"type": "string"}}},
    "HostAppAction": {
        "properties": {"calendarAction": {"$ref": "CalendarAction"}, "editorAction": {"$ref": "EditorAction"}}
    },
    "CalendarAction": {
        "properties": {
            "editAttendeesActionMarkup": {"$ref": "EditAttendees"},
            "addAttachmentsActionMarkup": {"$ref": "AddAttachments"},
            "editConferenceDataActionMarkup": {"properties": {"conferenceData": {"type": "any"}}},
            "calendarSubscriptionActionMarkup": {
                "properties": {"operation": {"type": "string"}, "calendarId": {"type": "string"}}
            },
        }
    },
    "EditAttendees": {"properties": {"addAttendeeEmails": {"type": "array", "items": {"type": "string"}}}},
    "AddAttachments": {
        "properties": {
            "addonAttachments": {
                "type": "array",
                "items": {
                    "properties": {key: {"type": "string"} for key in ("resourceUrl", "title", "mimeType", "iconUrl")}
                },
            }
        }
    },
    "EditorAction": {"properties": {"requestFileScopeForActiveDocument": {"properties": {}}}},
}


@cache
def _schemas() -> dict[str, dict[str, Any]]:
    documents = files("googleapiclient").joinpath("discovery_cache", "documents", "chat.v1.json")
    return {**json.loads(documents.read_text("utf-8"))["schemas"], **_OWN}


def message_problems(name: str, value: Any) -> list[str]:
    """What in `value` the message type `name` does not have; empty when it parses."""
    problems: list[str] = []
    _check({"$ref": name}, value, name, "", problems)
    return problems


_JSON_TYPES: dict[str, tuple[type, ...]] = {
    "string": (str,),
    "boolean": (bool,),
    "integer": (int,),
    "number": (int, float),
}


def _check(schema: dict[str, Any], value: Any, name: str, path: str, problems: list[str]) -> None:
    if "$ref" in schema:
        name = schema["$ref"]
        schema = _schemas()[name]
    kind = schema.get("type", "object")
    if kind == "any":
        return
    if kind == "object":
        if not isinstance(value, dict):
            problems.append(
                f"{path or name}: message type {_proto(name)} wants an object, not {json.dumps(value)[:60]}."
            )
            return
        for key, inner in value.items():
            field = schema.get("properties", {}).get(key)
            if field is None:
                problems.append(f"{path or '(root)'}: Cannot find field: {key} in message {_proto(name)}.")
            else:
                _check(field, inner, f"{name}.{key}", f"{path}.{key}" if path else key, problems)
    elif kind == "array":
        if not isinstance(value, list):
            problems.append(f"{path}: a list is wanted, not {json.dumps(value)[:60]}.")
            return
        for index, inner in enumerate(value):
            _check(schema["items"], inner, name, f"{path}[{index}]", problems)
    else:
        _check_scalar(schema, kind, value, path, problems)


def _check_scalar(schema: dict[str, Any], kind: str, value: Any, path: str, problems: list[str]) -> None:
    if schema.get("format") in ("int64", "uint64") and isinstance(value, int) and not isinstance(value, bool):
        return
    wanted = _JSON_TYPES[kind]
    if not isinstance(value, wanted) or (isinstance(value, bool) and bool not in wanted):
        problems.append(f"{path}: a {kind} is wanted, not {json.dumps(value)[:60]}.")
    elif "enum" in schema and value not in schema["enum"]:
        problems.append(f"{path}: invalid enum value {json.dumps(value)}; known are {', '.join(schema['enum'])}.")


def _proto(name: str) -> str:
    return "google.apps.card.v1." + name.removeprefix("GoogleAppsCardV1")
