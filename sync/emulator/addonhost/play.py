"""Play Google for the add-on: one call from the words of `POST /_local/addon` to the checked answer.

The event object has the shape of Google's page "Event objects" and of "Validate JSON requests": system ID token for the
address that is called, user ID token for the OAuth client, an access token with what the person has granted.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import requests

from sync.emulator.addonhost.answers import Call, answer_problems
from sync.emulator.addonhost.deployment import APPS, Deployment, consented
from sync.emulator.addonhost.hostactions import host_action_problems
from sync.emulator.auth import issue_token
from sync.emulator.oauth.endpoints import sign_id_token, user_id
from sync.emulator.times import zone
from sync.emulator.workspace import Workspace

SECONDS = 30
"""Google's limit for an add-on to answer."""


class Misasked(ValueError):
    """The words of the request do not say a call that Google could make."""


@dataclass(frozen=True)
class Played:
    status: int
    answer: Any
    problems: list[str]


def play(workspace: Workspace, deployment: Deployment, words: dict[str, Any]) -> Played:
    """Make one call to the add-on. Raises `Misasked` with a sentence when `words` do not describe one."""
    person, app = str(words.get("as", "")).lower(), str(words.get("app", "CALENDAR")).upper()
    if "@" not in person:
        raise Misasked("`as` must be the e-mail of the person who uses the add-on.")
    if app not in APPS:
        raise Misasked(f"`app` is {app}; known are {', '.join(APPS)}.")
    trigger = str(words.get("trigger", "homepage"))
    address = str(words.get("url") or deployment.address(app, trigger) or "")
    if not address:
        raise Misasked(f"The deployed add-on has no {trigger} for {app}; an action needs its `url`.")
    call = {"action": Call.ACTION, "autocomplete": Call.AUTOCOMPLETE}.get(trigger, Call.TRIGGER)
    with workspace.transaction():
        event = event_object(workspace, deployment, person, app, address, words)
    return _called(call, address, event, deployment)


def _called(call: Call, address: str, event: dict[str, Any], deployment: Deployment) -> Played:
    token = event["authorizationEventObject"]["systemIdToken"]
    try:
        response = requests.post(
            address, json=event, headers={"Authorization": f"Bearer {token}"}, timeout=SECONDS, allow_redirects=False
        )
    except requests.Timeout:
        return Played(504, None, [f"The add-on did not answer within {SECONDS} seconds."])
    except requests.RequestException as error:
        return Played(502, None, [f"The add-on could not be reached: {type(error).__name__}."])
    try:
        answer = response.json()
    except ValueError:
        return Played(response.status_code, None, ["The answer is not JSON."])
    if response.status_code != 200:
        return Played(response.status_code, answer, [f"The add-on answered {response.status_code}."])
    problems = answer_problems(call, answer, deployment.origin, deployment.link_prefixes)
    return Played(200, answer, problems + host_action_problems(answer, event, deployment))


def event_object(
    workspace: Workspace, deployment: Deployment, person: str, app: str, address: str, words: dict[str, Any]
) -> dict[str, Any]:
    """The event object of one call, signed. Tokens are good for an hour of real time, which is what verifiers go by."""
    known = workspace.person(person) or {}
    scopes = consented(workspace, person, deployment)
    now = int(time.time())
    lifetime = {"iat": now, "exp": now + 3600}
    authorization = {
        "userOAuthToken": issue_token(workspace, person, scopes, deployment.client_id),
        "systemIdToken": sign_id_token(
            workspace, {"aud": address, "email": deployment.service_account, "sub": "1" * 21, **lifetime}
        ),
        "authorizedScopes": scopes,
    }
    if any(scope.endswith(("userinfo.email", "/email", "openid")) or scope == "email" for scope in scopes):
        authorization["userIdToken"] = sign_id_token(
            workspace,
            {"aud": deployment.client_id, "email": person, "sub": user_id(workspace, person), **lifetime},
        )
    common = {"hostApp": app, "platform": "WEB", **_place(workspace, deployment, known, words)}
    if words.get("parameters"):
        common["parameters"] = {str(key): str(value) for key, value in words["parameters"].items()}
    if words.get("formInputs"):
        common["formInputs"] = {name: _input(value) for name, value in words["formInputs"].items()}
    return {
        "commonEventObject": common,
        "authorizationEventObject": authorization,
        **_context(app, words.get("event")),
    }


def _place(
    workspace: Workspace, deployment: Deployment, known: dict[str, Any], words: dict[str, Any]
) -> dict[str, Any]:
    """Locale and zone: told only to an add-on that asks for them (useLocaleFromApp and script.locale)."""
    common = deployment.descriptor.get("addOns", {}).get("common", {})
    if not common.get("useLocaleFromApp") or not any(one.endswith("script.locale") for one in deployment.scopes):
        return {}
    its_zone = str(words.get("timeZone") or known.get("timezone") or "UTC")
    return {
        "userLocale": str(words.get("locale") or known.get("locale") or "en-US"),
        "timeZone": {"id": its_zone, "offset": _offset(its_zone, workspace.clock.now())},
    }


def _offset(name: str, now: datetime) -> int:
    there = zone(name)
    if there is None:
        raise Misasked(f"`timeZone` is {name}, which is no IANA time zone.")
    offset = now.astimezone(there).utcoffset()
    return int(offset.total_seconds() * 1000) if offset else 0


def _input(value: Any) -> Any:
    """A form value: as an event object has it, or in short: a text, or a list of texts."""
    if isinstance(value, dict):
        return value
    texts = value if isinstance(value, list) else [value]
    return {"stringInputs": {"value": [str(text) for text in texts]}}


def _context(app: str, event: Any) -> dict[str, Any]:
    """The host's own part: `{"calendar": {...}}`, or just what belongs inside it."""
    if not event:
        return {}
    if not isinstance(event, dict):
        raise Misasked("`event` must be an object: the calendar, sheets or docs part of the event object.")
    key = app.lower()
    return {key: event[key]} if key in event else {key: event}
