"""Who may call: Google on behalf of our own add-on, and nobody else; and the log keeps nothing of a token."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from addon import manifest, paths
from addon.routes.doors import DOORS
from tests.addon.conftest import BASE, CLIENT_ID, OUR_ACCOUNT, CertificatesServer, Panel, Signer
from tests.personas import ADA

ALL = sorted(DOORS)


def _post(client: FlaskClient, path: str, token: str | None, body: Any) -> Any:
    headers = {} if token is None else {"Authorization": f"Bearer {token}"}
    return client.post(path, json=body, headers=headers)


def test_every_path_of_the_add_on_is_behind_the_door(app: Flask) -> None:
    ours = {value for name, value in vars(paths).items() if name.isupper()}
    served = {rule.rule for rule in app.url_map.iter_rules() if rule.endpoint != "static"}
    assert ours == served - {"/_ah/warmup"}
    assert set(DOORS) == ours - {paths.CALENDAR_PUSH, paths.SYNC_TASK, paths.HEALTH}


def test_without_a_token_nobody_comes_in_anywhere(client: FlaskClient, panel: Panel) -> None:
    for path in ALL:
        answer = _post(client, path, None, panel.event())
        assert (path, answer.status_code, answer.get_json()) == (path, 401, {"error": "no token"})


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        ({"aud": "https://elsewhere.example/calendar/home"}, "made out to another audience"),
        ({"email": "service-2@gcp-sa-gsuiteaddons.iam.gserviceaccount.com"}, "another account's token"),
        ({"email": OUR_ACCOUNT.upper()}, "another account's token"),
        ({"email_verified": False}, "no verified e-mail in the token"),
        ({"email_verified": "true"}, "no verified e-mail in the token"),
        ({"email": None}, "no verified e-mail in the token"),
        ({"iss": "https://accounts.elsewhere.example"}, "not issued by Google"),
        ({"iat": 1_700_000_000, "exp": 1_700_003_600}, "expired"),
        ({"iat": 4_000_000_000, "exp": 4_000_003_600}, "not valid yet"),
        ({"aud": CLIENT_ID}, "made out to another audience"),
    ],
)
def test_a_token_that_is_wrong_in_one_thing_is_refused_everywhere(
    client: FlaskClient, panel: Panel, google: Signer, wrong: dict[str, Any], reason: str
) -> None:
    event = panel.event()
    for path in ALL:
        answer = _post(client, path, google.sign(**({"aud": BASE + path, "email": OUR_ACCOUNT} | wrong)), event)
        assert (path, answer.status_code, answer.get_json()) == (path, 401, {"error": reason})


def test_a_token_signed_with_another_key_is_refused(client: FlaskClient, panel: Panel, stranger: Signer) -> None:
    path = paths.CALENDAR_HOME
    answer = _post(client, path, stranger.sign(aud=BASE + path, email=OUR_ACCOUNT), panel.event())
    assert (answer.status_code, answer.get_json()) == (401, {"error": "the signature does not fit"})


def test_a_token_with_an_unknown_key_id_is_refused(client: FlaskClient, panel: Panel) -> None:
    path = paths.CALENDAR_HOME
    token = Signer.new("unheard-of").sign(aud=BASE + path, email=OUR_ACCOUNT)
    answer = _post(client, path, token, panel.event())
    assert (answer.status_code, answer.get_json()) == (401, {"error": "signed with an unknown key"})


@pytest.mark.parametrize("token", ["", ".", "a.b.c", "é.ü.ñ", "e30.e30.e30", "W10.W10.W10", "x" * 5000])
def test_what_is_no_token_at_all_is_refused(client: FlaskClient, panel: Panel, token: str) -> None:
    assert _post(client, paths.CALENDAR_HOME, token, panel.event()).status_code == 401


def test_a_token_for_one_path_opens_no_other(client: FlaskClient, panel: Panel) -> None:
    assert _post(client, paths.BOOK, panel.system_token(paths.FIND), panel.event()).status_code == 401


@pytest.mark.parametrize("written", ["", "/", "?from=card", "/?from=card"])
def test_google_may_write_our_address_with_slash_and_query(client: FlaskClient, panel: Panel, written: str) -> None:
    token = panel.google.sign(aud=BASE + paths.CALENDAR_HOME + written, email=OUR_ACCOUNT)
    query = written.partition("?")[1] + written.partition("?")[2]
    assert _post(client, paths.CALENDAR_HOME + query, token, panel.event()).status_code == 200


def test_a_person_whose_token_is_for_another_client_is_refused(panel: Panel) -> None:
    event = panel.event()
    event["authorizationEventObject"]["userIdToken"] = panel.google.sign(aud="another-client", email=ADA)
    answer = panel.post(paths.CALENDAR_HOME, event)
    assert (answer.status_code, answer.get_json()) == (401, {"error": "made out to another audience"})


def test_a_person_with_a_made_up_token_is_refused(panel: Panel, stranger: Signer) -> None:
    event = panel.event()
    event["authorizationEventObject"]["userIdToken"] = stranger.sign(aud=CLIENT_ID, email=ADA)
    assert panel.post(paths.CALENDAR_HOME, event).status_code == 401


def test_a_person_who_did_not_say_who_they_are_is_asked_everywhere(panel: Panel) -> None:
    event = panel.event()
    del event["authorizationEventObject"]["userIdToken"]
    asked = {"requesting_google_scopes": {"scopes": ["https://www.googleapis.com/auth/userinfo.email"]}}
    for path in ALL:
        assert (path, panel.post(path, event).get_json()) == (path, asked)


def test_a_scope_that_is_granted_already_is_not_asked_for_again(panel: Panel) -> None:
    event = panel.event()
    del event["authorizationEventObject"]["userIdToken"]
    event["authorizationEventObject"]["authorizedScopes"] = ["https://www.googleapis.com/auth/userinfo.email"]
    [step] = panel.post(paths.CALENDAR_HOME, event).get_json()["action"]["navigations"]
    assert step["pushCard"]["name"] == "nobody"


@pytest.mark.parametrize(
    ("path", "needed"), [(paths.CALENDAR_EVENT, manifest.OPEN_EVENT), (paths.ASK_FOR_FILE, manifest.OPEN_FILE)]
)
def test_a_scope_that_was_unticked_is_asked_for_where_it_is_needed_and_the_same_call_goes_on(
    panel: Panel, path: str, needed: str
) -> None:
    event = panel.event()
    without = [scope for scope in manifest.SCOPES if scope != needed]
    event["authorizationEventObject"]["authorizedScopes"] = without
    assert panel.post(path, event).get_json() == {"requesting_google_scopes": {"scopes": [needed]}}
    assert panel.post(paths.HOME, event).get_json()["renderActions"], "what does not need it works without"
    event["authorizationEventObject"]["authorizedScopes"] = [*without, needed]
    assert "requesting_google_scopes" not in panel.post(path, event).get_json()


def test_the_log_of_a_refusal_has_the_reason_and_nothing_of_the_token(
    client: FlaskClient, panel: Panel, google: Signer, quiet: Callable[[], str]
) -> None:
    token = google.sign(aud="https://elsewhere.example", email=OUR_ACCOUNT)
    _post(client, paths.BOOK, token, panel.event())
    assert "Refused a call to /do/book: made out to another audience." in quiet()
    assert not any(part in quiet() for part in token.split("."))
    assert "ya29" not in quiet()
    assert "elsewhere.example" not in quiet()


def test_certificates_are_fetched_once_and_kept(app: Flask, panel: Panel, certificates: CertificatesServer) -> None:
    before = certificates.asked
    for _ in range(5):
        panel.call(paths.SHEETS_HOME)
    assert certificates.asked == before + 1


def test_where_certificates_cannot_be_had_nobody_comes_in_and_it_is_said(product: Any) -> None:
    from dataclasses import replace

    from addon.app import create_app
    from addon.routes.doors import GUARD

    lost = replace(product, settings=replace(product.settings, workspace_emulator="http://127.0.0.1:9"))
    app = create_app(lost)
    answer = _post(app.test_client(), paths.CALENDAR_HOME, "a.b.c", {})
    app.extensions[GUARD].certificates.close()
    assert answer.status_code == 503
    assert "certificates" in answer.get_json()["error"]
