"""Token endpoint, ID tokens, Cloud Tasks, Gmail."""

from __future__ import annotations

import base64
import io
import time
from collections.abc import Iterator
from email.message import EmailMessage
from typing import Any

import pytest
import requests
from google.auth import jwt
from google.auth.transport.requests import Request
from google.oauth2 import credentials as user_credentials
from google.oauth2 import id_token, service_account
from googleapiclient.errors import HttpError
from googleapiclient.http import MediaIoBaseUpload

from sync.emulator.keys import SigningKey, service_account_file
from sync.emulator.oauth.endpoints import AUDIENCE, issue_refresh_token, sign_id_token
from tests.emulator.conftest import DOMAIN, Clients
from tests.emulator.test_calendar_sharing import Listener

ANA = f"ana@{DOMAIN}"
CALENDAR = "https://www.googleapis.com/auth/calendar"


def ask(clients: Clients, **claims: Any) -> tuple[int, dict[str, Any]]:
    now = int(time.time())
    filled = {
        "iss": clients.workspace.service_account,
        "aud": AUDIENCE,
        "iat": now,
        "exp": now + 3600,
        "scope": CALENDAR,
    }
    assertion = clients.workspace.key.sign({**filled, **claims})
    form = {"grant_type": "urn:ietf:params:oauth:grant-type:jwt-bearer", "assertion": assertion}
    answer = requests.post(clients.url + "/token", data=form, timeout=5)
    return answer.status_code, answer.json()


def test_a_signed_jwt_is_worth_a_token(clients: Clients) -> None:
    status, answer = ask(clients, sub=ANA)
    assert status == 200
    assert answer["token_type"] == "Bearer"


@pytest.mark.parametrize(
    ("claims", "status", "error"),
    [
        ({"sub": "pat@elsewhere.example"}, 401, "unauthorized_client"),
        ({"aud": "https://elsewhere.example/token"}, 400, "invalid_grant"),
        ({"exp": 2**31}, 400, "invalid_grant"),
        ({"iss": "pat@elsewhere.example"}, 400, "invalid_grant"),
        ({"scope": ""}, 400, "invalid_scope"),
    ],
)
def test_a_jwt_that_claims_too_much_is_refused(clients: Clients, claims: Any, status: int, error: str) -> None:
    got, answer = ask(clients, **claims)
    assert (got, answer["error"]) == (status, error)


def test_a_jwt_signed_with_another_key_is_refused(clients: Clients) -> None:
    other = SigningKey.generate()
    info = service_account_file(other, clients.workspace.service_account, clients.url)
    made = service_account.Credentials.from_service_account_info(info, scopes=[CALENDAR], subject=ANA)
    with pytest.raises(Exception, match=r"Invalid JWT Signature\."):
        made.refresh(Request())


def test_a_refresh_token_is_worth_tokens_until_it_is_revoked(clients: Clients) -> None:
    refresh = issue_refresh_token(clients.workspace, ANA, [CALENDAR, "openid"], "client-1")
    made = user_credentials.Credentials(
        None, refresh_token=refresh, token_uri=clients.url + "/token", client_id="client-1", client_secret="s"
    )
    made.refresh(Request())
    assert jwt.decode(made.id_token, verify=False)["email"] == ANA
    assert requests.post(clients.url + "/revoke", data={"token": refresh}, timeout=5).status_code == 200
    with pytest.raises(Exception, match="Token has been expired or revoked"):
        made.refresh(Request())


def test_id_tokens_verify_with_google_auth(clients: Clients) -> None:
    token = sign_id_token(clients.workspace, {"aud": "https://hall.example/", "email": "addon@system.example"})
    certs = clients.url + "/oauth2/v1/certs"
    claims = id_token.verify_token(token, Request(), audience="https://hall.example/", certs_url=certs)
    assert (claims["email"], claims["iss"]) == ("addon@system.example", "https://accounts.google.com")
    with pytest.raises(ValueError, match="audience"):
        id_token.verify_token(token, Request(), audience="https://other.example/", certs_url=certs)


# -- Cloud Tasks


@pytest.fixture
def listener() -> Iterator[Listener]:
    made = Listener()
    yield made
    made.server.shutdown()
    made.server.server_close()


QUEUE = "projects/hall/locations/local/queues/passes"


def create(clients: Clients, **task: Any) -> dict[str, Any]:
    api = clients.build("cloudtasks", "v2", as_=None)
    tasks = api.projects().locations().queues().tasks()
    made: dict[str, Any] = tasks.create(parent=QUEUE, body={"task": task}).execute()
    return made


def test_a_named_task_is_delivered_once_and_its_name_stays_used(clients: Clients, listener: Listener) -> None:
    name = f"{QUEUE}/tasks/school-1-pass-7"
    made = create(clients, name=name, httpRequest={"url": listener.url, "body": base64.b64encode(b"x").decode()})
    assert made["name"] == name
    assert clients.workspace.deliveries.wait_quiet()
    for _ in range(2):
        with pytest.raises(HttpError) as caught:
            create(clients, name=name, httpRequest={"url": listener.url})
        assert caught.value.status_code == 409
    assert len(listener.heard) == 1
    clients.control("POST", "/_local/clock", {"advance": 25 * 3600})
    create(clients, name=name, httpRequest={"url": listener.url})
    assert clients.workspace.deliveries.wait_quiet()
    assert len(listener.heard) == 2


def test_a_task_waits_for_its_time_and_is_tried_again_until_it_is_done(clients: Clients, listener: Listener) -> None:
    listener.statuses = [503, 500]
    clients.control("POST", "/_local/clock", {"now": "2026-09-01T08:00:00Z"})
    create(clients, scheduleTime="2026-09-01T09:00:00Z", httpRequest={"url": listener.url})
    assert clients.workspace.deliveries.wait_quiet()
    assert listener.heard == []
    for expected in (1, 2, 3):
        clients.control("POST", "/_local/clock", {"advance": 3700})
        assert clients.workspace.deliveries.wait_quiet()
        assert len(listener.heard) >= expected
    assert len(clients.workspace.table("tasks.tasks")) == 0


# -- Gmail


def test_a_sent_message_can_be_read_in_the_outbox(clients: Clients) -> None:
    message = EmailMessage()
    message["To"], message["Subject"] = "Ben <ben@school.example>", "Grüße"
    message.set_content("See you down the hall.")
    raw = base64.urlsafe_b64encode(message.as_bytes()).decode()
    clients.build("gmail", "v1").users().messages().send(userId="me", body={"raw": raw}).execute()
    mail = clients.control("GET", "/_local/outbox")[0]
    assert (mail["to"], mail["sender"], mail["subject"]) == ("ben@school.example", ANA, "Grüße")
    assert "down the hall" in mail["text"]


@pytest.mark.parametrize(("resumable", "chunk"), [(False, -1), (True, -1), (True, 256 * 1024)])
def test_content_arrives_whole_however_it_is_uploaded(clients: Clients, resumable: bool, chunk: int) -> None:
    text = "To: ben@school.example\r\nSubject: Long\r\n\r\n" + "down the hall\r\n" * 40_000
    media = MediaIoBaseUpload(io.BytesIO(text.encode()), "message/rfc822", chunksize=chunk, resumable=resumable)
    send = clients.build("gmail", "v1").users().messages().send(userId="me", body={}, media_body=media)
    assert send.execute()["labelIds"] == ["SENT"]
    mail = clients.control("GET", "/_local/outbox")[0]
    assert (mail["subject"], mail["text"].count("down the hall")) == ("Long", 40_000)


def test_an_upload_session_that_is_not_known_is_404(clients: Clients) -> None:
    url = clients.url + "/upload/gmail/v1/users/me/messages/send?uploadType=resumable&upload_id=nothing"
    assert clients.session().put(url, data=b"x").status_code == 404


def test_a_body_in_chunks_is_read(clients: Clients) -> None:
    body = (piece for piece in (b'{"summary": ', b'"Visits"}'))
    url = clients.url + "/calendar/v3/calendars"
    answer = clients.session().post(url, data=body, headers={"Content-Type": "application/json"})
    assert answer.json()["summary"] == "Visits"
