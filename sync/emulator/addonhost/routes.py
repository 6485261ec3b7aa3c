"""`/_local/addon`: deploy an add-on here, and play Google for it."""

from __future__ import annotations

import json
from typing import Any

from sync.emulator.addonhost.deployment import Deployment, consent, deploy, deployed, files_of, let_use, withhold
from sync.emulator.addonhost.play import Misasked, play
from sync.emulator.plain import plain
from sync.emulator.wire import Answer, Request
from sync.emulator.workspace import Workspace


@plain("PUT", "/_local/addon")
def put_addon(workspace: Workspace, request: Request) -> Answer:
    """Deploy: {"deployment": descriptor, "serviceAccountEmail", "oauthClientId"}."""
    words = _words(request)
    if not isinstance(words, dict) or not isinstance(words.get("deployment"), dict):
        return _misasked('Send {"deployment": descriptor, "serviceAccountEmail": ..., "oauthClientId": ...}.')
    made = Deployment(
        words["deployment"], str(words.get("serviceAccountEmail", "")), str(words.get("oauthClientId", ""))
    )
    with workspace.transaction():
        deploy(workspace, made)
    return get_addon(workspace, request)


@plain("GET", "/_local/addon")
def get_addon(workspace: Workspace, request: Request) -> Answer:
    """What is deployed: descriptor, service account, OAuth client."""
    found = deployed(workspace)
    if found is None:
        return _misasked("No add-on is deployed here yet; PUT one to /_local/addon.", 404)
    return Answer.of_json(
        {
            "deployment": found.descriptor,
            "serviceAccountEmail": found.service_account,
            "oauthClientId": found.client_id,
        }
    )


@plain("POST", "/_local/addon")
def post_addon(workspace: Workspace, request: Request) -> Answer:
    """Play Google once; the answer is {"status", "answer", "problems"}."""
    found = deployed(workspace)
    if found is None:
        return _misasked("No add-on is deployed here yet; PUT one to /_local/addon.", 404)
    words = _words(request)
    if not isinstance(words, dict):
        return _misasked("Send a JSON object with `as`, `app` and `trigger`.")
    try:
        played = play(workspace, found, words)
    except Misasked as error:
        return _misasked(str(error))
    return Answer.of_json({"status": played.status, "answer": played.answer, "problems": played.problems})


@plain("POST", "/_local/addon/consent")
def post_consent(workspace: Workspace, request: Request) -> Answer:
    """A person ticks scopes ({"as", "scopes"}) or leaves some unticked ({"as", "withheld"})."""
    words = _words(request)
    if not isinstance(words, dict) or "@" not in str(words.get("as", "")):
        return _misasked('Send {"as": e-mail, "scopes": [...]} or {"as": e-mail, "withheld": [...]}.')
    person = str(words["as"]).lower()
    with workspace.transaction():
        if "withheld" in words:
            withhold(workspace, person, [str(scope) for scope in words["withheld"]])
        else:
            consent(workspace, person, [str(scope) for scope in words.get("scopes", [])])
    return Answer.of_json({})


@plain("POST", "/_local/addon/files")
def post_files(workspace: Workspace, request: Request) -> Answer:
    """The files a person ({"as"}) lets the add-on use; with {"id"} one more. Answers {"ids"}."""
    words = _words(request)
    if not isinstance(words, dict) or "@" not in str(words.get("as", "")):
        return _misasked('Send {"as": e-mail}, or {"as": e-mail, "id": file id} to allow one more file.')
    person = str(words["as"]).lower()
    with workspace.transaction():
        if words.get("id"):
            let_use(workspace, person, str(words["id"]))
        ids = files_of(workspace, person)
    return Answer.of_json({"ids": ids})


def _words(request: Request) -> Any:
    try:
        return json.loads(request.body or b"{}")
    except ValueError:
        return None


def _misasked(sentence: str, status: int = 400) -> Answer:
    return Answer.of_json({"error": {"code": status, "message": sentence}}, status)
