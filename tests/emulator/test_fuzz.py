"""Every provided method, called with nonsense made from its own schema: never a 500, never an answer off its schema."""

from __future__ import annotations

import json
import os
from typing import Any

import pytest

from sync.emulator.auth import issue_token
from sync.emulator.call import HANDLERS
from sync.emulator.discovery import router
from sync.emulator.keys import SigningKey
from sync.emulator.server import answer_request, load_services
from sync.emulator.wire import Headers, Request
from sync.emulator.workspace import Workspace
from tests.emulator.conftest import SCOPES
from tests.emulator.schemas import Fuzz

# HALL_FUZZ=20000 is the long run; the suite makes a short one.
CALLS = int(os.environ.get("HALL_FUZZ", "600"))


@pytest.mark.parametrize("api", ["calendar", "cloudtasks", "gmail", "oauth2"])
def test_nonsense_is_answered_in_googles_shape(api: str, signing_key: SigningKey) -> None:
    load_services()
    workspace = Workspace(seed="fuzz", check_answers=True, key=signing_key, page_size=3)
    scopes = [*SCOPES, "https://www.googleapis.com/auth/userinfo.profile"]
    with workspace.transaction():
        tokens = [
            issue_token(workspace, user, scopes, "fuzz", 10**6) for user in ("ana@school.example", "ben@school.example")
        ]
    fuzz = Fuzz(11)
    methods = sorted((m for m in router().by_id.values() if m.id in HANDLERS and m.api.name == api), key=lambda m: m.id)
    seen: dict[int, int] = {}
    for number in range(CALLS):
        method = fuzz.random.choice(methods)
        verb, path, query, body = fuzz.request(method)
        headers = {"Authorization": f"Bearer {fuzz.random.choice(tokens)}", "Content-Type": "application/json"}
        answer = answer_request(workspace, Request(verb, path, query, Headers(headers), body))
        seen[answer.status] = seen.get(answer.status, 0) + 1
        assert answer.status < 500, (number, verb, path, query, body, answer.body)
        _remember(fuzz, answer.body)
    workspace.close()
    if api != "gmail":  # nonsense never is a message with a recipient
        assert seen.get(200, 0) + seen.get(204, 0) > CALLS / 50, seen


def _remember(fuzz: Fuzz, body: bytes) -> None:
    value: Any = json.loads(body) if body else None
    for name in ("id", "etag", "nextPageToken", "nextSyncToken"):
        if isinstance(value, dict) and isinstance(value.get(name), str):
            fuzz.known.append(value[name])
    del fuzz.known[:-60]
