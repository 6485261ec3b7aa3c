"""Who am I: the userinfo methods."""

from __future__ import annotations

from typing import Any

from sync.emulator.auth import grant_of
from sync.emulator.call import Call, provides
from sync.emulator.dispatch import refusal
from sync.emulator.errors import GoogleError
from sync.emulator.plain import plain
from sync.emulator.wire import Answer, Request
from sync.emulator.workspace import Workspace


def _described(workspace: Workspace, email: str) -> dict[str, Any]:
    person = workspace.person(email) or {"id": email, "name": email}
    given, _, family = str(person["name"]).partition(" ")
    described = {
        "id": person["id"],
        "email": email,
        "verified_email": True,
        "name": person["name"],
        "given_name": given,
        "family_name": family,
    }
    if not workspace.is_service_account(email):
        described["hd"] = email.partition("@")[2]
    return described


@provides("oauth2.userinfo.get")
def get_userinfo(call: Call) -> dict[str, Any]:
    return _described(call.workspace, call.user)


@provides("oauth2.userinfo.v2.me.get")
def get_me(call: Call) -> dict[str, Any]:
    return _described(call.workspace, call.user)


def _open_id(workspace: Workspace, request: Request) -> Answer:
    try:
        grant = grant_of(workspace, request)
    except GoogleError as error:
        return refusal(error, "oauth2")
    with workspace.transaction():
        described = _described(workspace, grant.user)
    described["sub"] = described.pop("id")
    described["email_verified"] = described.pop("verified_email")
    return Answer.of_json(described)


plain("GET", "/v1/userinfo")(_open_id)
plain("GET", "/oauth2/v3/userinfo")(_open_id)
