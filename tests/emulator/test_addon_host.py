"""The local Workspace as Google's side panel: what an add-on is sent, and what of its answers is rejected and why."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import requests
from google.oauth2 import id_token
from werkzeug.serving import make_server
from werkzeug.wrappers import Request, Response

SERVICE_ACCOUNT = "service-1@gcp-sa-gsuiteaddons.iam.gserviceaccount.com"
CLIENT = "1-maple.apps.googleusercontent.com"


class AddOn:
    """An add-on that keeps what it was sent and answers what the test says."""

    def __init__(self) -> None:
        self.seen: list[tuple[str, dict[str, Any], str]] = []
        self.answer: Any = {"action": {"navigations": [{"pushCard": card()}]}}
        self.status = 200
        self._server = make_server("127.0.0.1", 0, self._serve, threaded=True)
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()

    def _serve(self, environ: dict[str, Any], start: Callable[..., Any]) -> Any:
        request = Request(environ)
        self.seen.append((request.path, json.loads(request.get_data()), request.headers.get("Authorization", "")))
        return Response(json.dumps(self.answer), status=self.status, mimetype="application/json")(environ, start)

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    @property
    def last(self) -> dict[str, Any]:
        return self.seen[-1][1]


def card(*widgets: dict[str, Any]) -> dict[str, Any]:
    shown = list(widgets) or [{"textParagraph": {"text": "We visit to learn, not to judge."}}]
    return {"header": {"title": "Down the Hall"}, "sections": [{"widgets": shown}]}


def button(function: str, **action: Any) -> dict[str, Any]:
    return {"buttonList": {"buttons": [{"text": "Go", "onClick": {"action": {"function": function, **action}}}]}}


@pytest.fixture
def addon(workspace: Any) -> Iterator[AddOn]:
    made = AddOn()
    descriptor = {
        "oauthScopes": [
            "https://www.googleapis.com/auth/calendar.addons.execute",
            "https://www.googleapis.com/auth/userinfo.email",
            "https://www.googleapis.com/auth/script.locale",
        ],
        "addOns": {
            "common": {
                "name": "Down the Hall",
                "useLocaleFromApp": True,
                "homepageTrigger": {"runFunction": f"{made.url}/home"},
                "openLinkUrlPrefixes": ["https://docs.google.com/document/"],
            },
            "calendar": {"eventOpenTrigger": {"runFunction": f"{made.url}/open"}},
            "sheets": {"homepageTrigger": {"runFunction": f"{made.url}/sheets"}},
        },
    }
    body = {"deployment": descriptor, "serviceAccountEmail": SERVICE_ACCOUNT, "oauthClientId": CLIENT}
    assert requests.put(f"{workspace.url}/_local/addon", json=body, timeout=10).status_code == 200
    yield made
    made.stop()


def played(workspace: Any, **words: Any) -> dict[str, Any]:
    words = {"as": "ada@school.example", "app": "CALENDAR", "trigger": "homepage"} | words
    answer = requests.post(f"{workspace.url}/_local/addon", json=words, timeout=10)
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


def problems(workspace: Any, addon: AddOn, answer: Any, **words: Any) -> str:
    addon.answer = answer
    return " ".join(played(workspace, **words)["problems"])


def test_a_homepage_event_is_built_and_signed_as_google_documents_it(workspace: Any, addon: AddOn) -> None:
    assert played(workspace, timeZone="Asia/Kolkata", locale="es")["problems"] == []
    path, event, bearer = addon.seen[-1]
    assert path == "/home"
    assert event["commonEventObject"] == {
        "hostApp": "CALENDAR",
        "platform": "WEB",
        "userLocale": "es",
        "timeZone": {"id": "Asia/Kolkata", "offset": 19800000},
    }
    assert bearer == "Bearer " + event["authorizationEventObject"]["systemIdToken"]
    assert "calendar" not in event


def test_its_tokens_verify_with_google_auth_for_their_audiences_and_no_other(workspace: Any, addon: AddOn) -> None:
    from google.auth.transport.requests import Request as Transport

    played(workspace)
    tokens = addon.last["authorizationEventObject"]
    certificates = f"{workspace.url}/oauth2/v1/certs"

    def verified(token: str, audience: str) -> Any:
        return id_token.verify_token(token, Transport(), audience=audience, certs_url=certificates)

    system = verified(tokens["systemIdToken"], f"{addon.url}/home")
    assert (system["email"], system["email_verified"]) == (SERVICE_ACCOUNT, True)
    assert verified(tokens["userIdToken"], CLIENT)["email"] == "ada@school.example"
    with pytest.raises(ValueError, match="audience"):
        verified(tokens["systemIdToken"], f"{addon.url}/open")


def test_the_persons_access_token_speaks_for_them(workspace: Any, addon: AddOn) -> None:
    played(workspace)
    token = addon.last["authorizationEventObject"]["userOAuthToken"]
    answer = requests.get(
        f"{workspace.url}/oauth2/v3/userinfo", headers={"Authorization": f"Bearer {token}"}, timeout=10
    )
    assert answer.json()["email"] == "ada@school.example"


def test_an_action_carries_its_parameters_and_form_values(workspace: Any, addon: AddOn) -> None:
    addon.answer = {"renderActions": {"action": {"navigations": [{"updateCard": card()}]}}, "stateChanged": True}
    result = played(
        workspace,
        trigger="action",
        url=f"{addon.url}/book",
        parameters={"host": "ben@school.example"},
        formInputs={"focus": ["questions", "wait-time"], "day": {"dateInput": {"msSinceEpoch": "1790000000000"}}},
        event={"id": "abc", "calendarId": "ada@school.example"},
    )
    assert result["problems"] == []
    assert addon.last["commonEventObject"]["parameters"] == {"host": "ben@school.example"}
    assert addon.last["commonEventObject"]["formInputs"]["focus"] == {
        "stringInputs": {"value": ["questions", "wait-time"]}
    }
    assert addon.last["calendar"] == {"id": "abc", "calendarId": "ada@school.example"}


def test_each_kind_of_call_has_its_own_envelope(workspace: Any, addon: AddOn) -> None:
    trigger = {"action": {"navigations": [{"pushCard": card()}]}}
    action = {"renderActions": trigger}
    assert problems(workspace, addon, trigger) == ""
    assert "Cannot find field: renderActions in message google.apps.card.v1.RenderActions" in problems(
        workspace, addon, action
    )
    url = f"{addon.url}/do"
    assert problems(workspace, addon, action, trigger="action", url=url) == ""
    assert "Cannot find field: action in message google.apps.card.v1.SubmitFormResponse" in problems(
        workspace, addon, trigger, trigger="action", url=url
    )


@pytest.mark.parametrize(
    ("widget", "sentence"),
    [
        ({"textParagraph": {"txt": "x"}}, "Cannot find field: txt in message google.apps.card.v1.TextParagraph"),
        ({"textParagraph": {"text": 3}}, "a string is wanted, not 3"),
        ({"textParagraph": {"text": "x", "textSyntax": "MARKDOWN"}}, "textSyntax is for Chat only"),
        ({"carousel": {"carouselCards": []}}, "no widget carousel"),
        ({"columns": {"columnItems": []}}, "no widget columns"),
        (button("book"), "is not a full address"),
        (button("https://elsewhere.example/book"), "is not under the add-on's own address"),
        ({"textInput": {"label": "Who"}}, "has no name"),
        ({"selectionInput": {"name": "a", "type": "LIST"}}, 'invalid enum value "LIST"'),
        (
            {"decoratedText": {"text": "Doc", "onClick": {"openLink": {"url": "https://evil.example/"}}}},
            "under none of the deployment's openLinkUrlPrefixes",
        ),
        ({"image": {"imageUrl": "data:image/gif;base64,R0lGODlhAQABAAAAACw="}}, "no public https address"),
        ({"decoratedText": {"text": "x", "startIcon": {"knownIcon": "UNICORN"}}}, "knows no icon 'UNICORN'"),
        (
            {"selectionInput": {"name": "a", "type": "MULTI_SELECT", "externalDataSource": {}}},
            "externalDataSource is for Chat only",
        ),
        ({}, "exactly one kind, not of 0"),
    ],
)
def test_what_google_rejects_is_rejected_and_said(
    workspace: Any, addon: AddOn, widget: dict[str, Any], sentence: str
) -> None:
    answer = {"action": {"navigations": [{"pushCard": card(widget)}]}}
    assert sentence in problems(workspace, addon, answer)


def test_parameters_must_be_texts(workspace: Any, addon: AddOn) -> None:
    widget = button(f"{addon.url}/book", parameters=[{"key": "seats", "value": 3}])
    answer = {"action": {"navigations": [{"pushCard": card(widget)}]}}
    assert "a string is wanted, not 3" in problems(workspace, addon, answer)


def test_the_hundred_and_first_widget_is_told_of(workspace: Any, addon: AddOn) -> None:
    many = [{"divider": {}}] * 101
    assert "101 widgets" in problems(workspace, addon, {"action": {"navigations": [{"pushCard": card(*many)}]}})


def guests_added(*emails: str) -> dict[str, Any]:
    edit = {"editAttendeesActionMarkup": {"addAttendeeEmails": list(emails)}}
    return {"renderActions": {"hostAppAction": {"calendarAction": edit}}}


def test_the_open_event_is_changed_only_where_the_deployment_and_the_person_may(workspace: Any, addon: AddOn) -> None:
    url = f"{addon.url}/invite"
    told = problems(workspace, addon, guests_added("ben@school.example"), trigger="action", url=url)
    assert "no event is open" in told
    assert "currentEventAccess WRITE or READ_WRITE" in told
    assert "calendar.addons.current.event.write" in told
    deployed = requests.get(f"{workspace.url}/_local/addon", timeout=10).json()
    deployed["deployment"]["oauthScopes"].append("https://www.googleapis.com/auth/calendar.addons.current.event.write")
    deployed["deployment"]["addOns"]["calendar"]["currentEventAccess"] = "READ_WRITE"
    requests.put(f"{workspace.url}/_local/addon", json=deployed, timeout=10).raise_for_status()
    event: dict[str, Any] = {"id": "abc", "calendarId": "ada@school.example"}
    answer = guests_added("ben@school.example")
    assert problems(workspace, addon, answer, trigger="action", url=url, event=event) == ""
    event["capabilities"] = {"canAddAttendees": False}
    assert "may not add guests" in problems(workspace, addon, answer, trigger="action", url=url, event=event)
    assert "for Calendar; this call comes from SHEETS" in problems(
        workspace, addon, answer, trigger="action", url=url, app="SHEETS"
    )


def test_asking_for_scopes_is_an_answer_to_any_call(workspace: Any, addon: AddOn) -> None:
    asked = {"requesting_google_scopes": {"scopes": ["https://www.googleapis.com/auth/userinfo.email"]}}
    assert problems(workspace, addon, asked) == ""


def test_a_scope_left_unticked_takes_its_token_away(workspace: Any, addon: AddOn) -> None:
    email = "https://www.googleapis.com/auth/userinfo.email"
    consent = {"as": "ada@school.example", "withheld": [email]}
    requests.post(f"{workspace.url}/_local/addon/consent", json=consent, timeout=10)
    played(workspace)
    authorization = addon.last["authorizationEventObject"]
    assert email not in authorization["authorizedScopes"]
    assert "userIdToken" not in authorization
    requests.post(
        f"{workspace.url}/_local/addon/consent", json={"as": "ada@school.example", "scopes": [email]}, timeout=10
    )
    played(workspace)
    assert "userIdToken" in addon.last["authorizationEventObject"]


def test_a_failing_or_absent_service_is_reported_not_raised(workspace: Any, addon: AddOn) -> None:
    addon.status = 401
    assert played(workspace)["status"] == 401
    addon.stop()
    assert played(workspace)["problems"] == ["The add-on could not be reached: ConnectionError."]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ({"as": "nobody"}, "`as` must be the e-mail"),
        ({"app": "SLIDES"}, "`app` is SLIDES"),
        ({"trigger": "fileScopeGranted"}, "has no fileScopeGranted for CALENDAR"),
        ({"app": "DOCS"}, "has no homepage for DOCS"),
        ({"timeZone": "Mars/Olympus"}, "no IANA time zone"),
        ({"event": "abc"}, "`event` must be an object"),
    ],
)
def test_words_that_describe_no_call_get_a_sentence(
    workspace: Any, addon: AddOn, words: dict[str, Any], sentence: str
) -> None:
    words = {"as": "ada@school.example", "app": "CALENDAR", "trigger": "homepage"} | words
    answer = requests.post(f"{workspace.url}/_local/addon", json=words, timeout=10)
    assert answer.status_code == 400
    assert sentence in answer.json()["error"]["message"]
    assert addon.seen == []
