"""Every Drive and Docs method provided, called with nonsense from its schema: never a 500, nothing off its schema."""

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
NAMED = ("id", "documentId", "nextPageToken", "newStartPageToken", "startPageToken", "headRevisionId")


@pytest.mark.parametrize("api", ["drive", "docs"])
def test_nonsense_is_answered_and_breaks_nothing(api: str, signing_key: SigningKey) -> None:
    load_services()
    workspace = Workspace(seed="fuzz", check_answers=True, key=signing_key, page_size=3)
    with workspace.transaction():
        token = issue_token(workspace, "ana@school.example", SCOPES, "fuzz", 10**6)
    headers = Headers({"Authorization": f"Bearer {token}", "Content-Type": "application/json"})
    fuzz = Fuzz(7)
    fuzz.known = ["root", "t.0", "name contains 'a'", "trashed = true", "*", "bold", "title", "reader", "user"]
    methods = sorted((m for m in router().by_id.values() if m.id in HANDLERS and m.api.name == api), key=lambda m: m.id)
    good = 0
    for number in range(CALLS):
        verb, path, query, body = fuzz.request(fuzz.random.choice(methods))
        answer = answer_request(workspace, Request(verb, path, query, headers, body))
        # 501 is the honest answer to a kind of request in a batchUpdate that is not provided.
        assert answer.status < 500 or answer.status == 501, (number, verb, path, query, body, answer.body)
        good += answer.status < 300
        _remember(fuzz, answer)
    workspace.close()
    assert good > CALLS / 50


def _remember(fuzz: Fuzz, answer: Any) -> None:
    if "json" not in answer.headers.get("Content-Type", ""):
        return
    value = json.loads(answer.body) if answer.body else None
    for name in NAMED:
        if isinstance(value, dict) and isinstance(value.get(name), str):
            fuzz.known.append(value[name])
    del fuzz.known[9:-50]
