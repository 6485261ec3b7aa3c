"""What every API shares: routing, parameters, bodies, fields, methods not provided, etags, gzip, batch, faults."""

from __future__ import annotations

import gzip
import http.client
import json
import re
import socket
import threading
from typing import Any
from urllib.parse import urlsplit

import google_auth_httplib2
import httplib2
import pytest
import requests
from google.auth.transport.requests import Request
from googleapiclient.discovery import build
from googleapiclient.errors import HttpError
from hypothesis import given
from hypothesis import strategies as st

from sync.emulator.coverage import FILE, coverage
from sync.emulator.discovery import router
from sync.emulator.fields import _parsed, masked
from sync.emulator.keys import SigningKey
from sync.emulator.server import serve
from sync.emulator.upload import multipart_parts
from sync.emulator.workspace import Workspace
from tests.emulator.conftest import Clients
from tests.emulator.test_calendar_events import put, refused, visit


def error_of(clients: Clients, verb: str, path: str, **more: Any) -> tuple[int, dict[str, Any]]:
    answer = clients.session().request(verb, clients.url + path, **more)
    return answer.status_code, answer.json()["error"]


def test_every_method_of_every_document_is_found_by_its_own_path() -> None:
    for method in router().by_id.values():
        if "{+" not in method.path:
            path = re.sub(r"\{(\w+)\}", "x", method.path)
            found = router().find(method.http_method, path)
            assert found is not None, method.id
            assert re.sub(r"\{\w+\}", "x", found[0].method.path) == path


def test_an_encoded_slash_stays_inside_its_segment() -> None:
    found = router().find("GET", "/v4/spreadsheets/s/values/a%2Fb%21A1%3AB2")
    assert found is not None
    assert found[1] == {"spreadsheetId": "s", "range": "a/b!A1:B2"}


@pytest.mark.parametrize(
    ("verb", "path", "method"),
    [
        ("GET", "/v4/spreadsheets/ID/", "sheets.spreadsheets.get"),
        ("POST", "/v4/spreadsheets/ID/:batchUpdate", "sheets.spreadsheets.batchUpdate"),
        ("DELETE", "/drive/v3/files/ID/", "drive.files.delete"),
    ],
)
def test_a_slash_too_many_at_the_end_is_let_pass(verb: str, path: str, method: str) -> None:
    found = router().find(verb, path)
    assert found
    assert (found[0].method.id, "ID" in found[1].values()) == (method, True)


def test_unknown_query_parameters_are_refused(clients: Clients) -> None:
    status, error = error_of(clients, "GET", "/calendar/v3/calendars/primary/events?colour=red")
    assert status == 400
    assert "Unknown name \"colour\": Cannot bind query parameter. Field 'colour' could not be found" in error["message"]


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("maxResults=many", "Invalid integer value: 'many'."),
        ("maxResults=0", "Invalid value '0'. Values must be within the range: [1, 2147483647]"),
        ("singleEvents=perhaps", "Invalid boolean value: 'perhaps'."),
        ("orderBy=colour", "Invalid string value: 'colour'. Allowed values: [startTime, updated]"),
        ("fields=itemz", "Invalid field selection itemz"),
        ("fields=items(id,colour)", "Invalid field selection items/colour"),
    ],
)
def test_bad_values_are_refused_with_the_parameter_named(clients: Clients, query: str, message: str) -> None:
    status, error = error_of(clients, "GET", f"/calendar/v3/calendars/primary/events?{query}")
    assert (status, error["message"]) == (400, message)
    assert error["errors"][0]["location"] == query.split("=")[0]


def test_a_missing_required_parameter_is_named(clients: Clients) -> None:
    status, error = error_of(clients, "POST", "/calendar/v3/calendars/primary/events/x/move")
    assert (status, error["message"], error["errors"][0]["reason"]) == (
        400,
        "Required parameter: destination",
        "required",
    )


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ({"colour": 1}, 'Invalid JSON payload received. Unknown name "colour": Cannot find field.'),
        (
            {"start": {"day": 1}},
            "Invalid JSON payload received. Unknown name \"day\" at 'start': Cannot find field.",
        ),
        ({"summary": 5}, "Invalid value at 'summary' (TYPE_STRING), 5"),
        ({"guestsCanModify": "maybe"}, "Invalid value at 'guests_can_modify' (TYPE_BOOL), \"maybe\""),
        ({"sequence": 1.5}, "Invalid value at 'sequence' (TYPE_INT32), 1.5"),
        (
            {"summary": ["a"]},
            'Invalid JSON payload received. Unknown name "summary": Proto field is not repeating, cannot start list.',
        ),
        ([], 'Invalid JSON payload received. Unknown name "": Root element must be a message.'),
    ],
)
def test_bad_bodies_are_refused_with_the_field_named(clients: Clients, body: Any, message: str) -> None:
    status, error = error_of(clients, "POST", "/calendar/v3/calendars/primary/events", json=body)
    assert (status, error["message"]) == (400, message)


def test_a_body_that_is_no_json_is_refused(clients: Clients) -> None:
    status, error = error_of(clients, "POST", "/calendar/v3/calendars", data="{", headers={"Content-Type": "text/json"})
    assert (status, error["status"]) == (400, "INVALID_ARGUMENT")


def test_what_is_not_provided_says_so_and_a_wrong_verb_too(clients: Clients) -> None:
    status, error = error_of(clients, "GET", "/drive/v3/files/f/approvals")
    assert status == 501
    assert "drive.approvals.list" in error["message"]
    assert error_of(clients, "PUT", "/calendar/v3/colors")[0] == 405
    assert error_of(clients, "GET", "/calendar/v3/nothing")[0] == 404


def test_no_token_an_unknown_and_an_expired_one_are_401(clients: Clients) -> None:
    url = clients.url + "/calendar/v3/colors"
    assert requests.get(url, timeout=5).json()["error"]["errors"][0]["reason"] == "required"
    for token in ("nonsense", clients.credentials()):
        if not isinstance(token, str):
            token.refresh(Request())
            token = token.token
            clients.control("POST", "/_local/clock", {"advance": 3601})
        answer = requests.get(url, headers={"Authorization": f"Bearer {token}"}, timeout=5)
        assert (answer.status_code, answer.json()["error"]["errors"][0]["reason"]) == (401, "authError")


def test_fields_choose_what_is_answered(clients: Clients) -> None:
    api = clients.calendar()
    event_id = put(api, visit(attendees=[{"email": "ben@school.example"}]))["id"]
    answer = api.events().list(calendarId="primary", fields="items(id,start/dateTime,attendees.email),kind").execute()
    assert answer == {
        "kind": "calendar#events",
        "items": [
            {
                "id": event_id,
                "start": {"dateTime": "2026-01-05T09:00:00Z"},
                "attendees": [{"email": "ben@school.example"}],
            }
        ],
    }
    assert api.events().get(calendarId="primary", eventId=event_id, fields="*").execute()["summary"] == "Visit"


_NAMES = st.sampled_from(["a", "b", "c"])
_TREES = st.recursive(
    st.integers(), lambda inner: st.dictionaries(_NAMES, inner, max_size=3) | st.lists(inner, max_size=2), max_leaves=8
)


@given(_TREES, st.lists(st.lists(_NAMES, min_size=1, max_size=3), min_size=1, max_size=4))
def test_a_mask_keeps_exactly_the_named_paths(tree: Any, paths: list[list[str]]) -> None:
    mask = _parsed(",".join("/".join(path) for path in paths))

    def keep(value: Any, left: list[list[str]]) -> Any:
        if any(not path for path in left) or not isinstance(value, (dict, list)):
            return value
        if isinstance(value, list):
            return [keep(one, left) for one in value]
        return {
            k: keep(v, [p[1:] for p in left if p[0] == k]) for k, v in value.items() if any(p[0] == k for p in left)
        }

    assert masked(tree, mask) == keep(tree, paths)


def test_long_answers_are_zipped_for_those_who_take_it(clients: Clients) -> None:
    session = clients.session()
    plain = session.get(clients.url + "/calendar/v3/colors", headers={"Accept-Encoding": "identity"}, stream=True)
    zipped = session.get(clients.url + "/calendar/v3/colors", headers={"Accept-Encoding": "gzip"}, stream=True)
    raw = zipped.raw.read()
    assert zipped.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(raw) == plain.content
    assert plain.text.startswith('{\n  "kind"')


def test_a_long_get_arrives_as_a_post_with_an_override(clients: Clients) -> None:
    api = clients.calendar()
    put(api, visit(summary="needle"))
    request = api.events().list(calendarId="primary", q="needle " * 400)
    assert len(request.uri) > 2048
    assert len(request.execute()["items"]) == 1


def test_a_batch_answers_each_part_for_itself(clients: Clients) -> None:
    api = clients.calendar()
    answers: dict[str, Any] = {}
    batch = api.new_batch_http_request(callback=lambda key, answer, error: answers.update({key: error or answer}))
    batch.add(
        api.events().insert(calendarId="primary", body=visit(id="batch1", summary="Größe\r\n2")), request_id="one"
    )
    batch.add(api.events().get(calendarId="primary", eventId="nothing"), request_id="two")
    batch.execute()
    assert answers["one"]["summary"] == "Größe\r\n2"
    assert isinstance(answers["two"], HttpError)
    assert answers["two"].status_code == 404
    methods = [entry["method"] for entry in clients.control("GET", "/_local/requests")]
    assert methods == ["calendar.events.insert", "calendar.events.get"]


def test_a_batch_may_not_be_too_long(clients: Clients) -> None:
    api = clients.calendar()
    batch = api.new_batch_http_request()
    for _ in range(51):
        batch.add(api.colors().get())
    with pytest.raises(HttpError) as caught:
        batch.execute()
    assert caught.value.status_code == 400


def test_the_discovery_service_and_api_endpoint_both_lead_clients_here(clients: Clients) -> None:
    http = google_auth_httplib2.AuthorizedHttp(clients.credentials(), http=httplib2.Http(timeout=10))
    found = clients.url + "/discovery/v1/apis/{api}/{apiVersion}/rest"
    api = build("calendar", "v3", http=http, discoveryServiceUrl=found, static_discovery=False, cache_discovery=False)
    put(api, visit(id="visit01"))
    endpoint = {"api_endpoint": clients.url + "/calendar/v3/"}
    other = build("calendar", "v3", http=http, client_options=endpoint, cache_discovery=False)
    assert other.events().get(calendarId="primary", eventId="visit01").execute()["status"] == "confirmed"


# -- trouble on demand


@pytest.mark.parametrize(
    ("kind", "status", "reason"),
    [
        ("403-rate", 403, "userRateLimitExceeded"),
        ("403-quota", 403, "quotaExceeded"),
        ("404", 404, "notFound"),
        ("409", 409, "conflict"),
        ("410", 410, "fullSyncRequired"),
        ("412", 412, "conditionNotMet"),
        ("429", 429, "rateLimitExceeded"),
        ("500", 500, "backendError"),
        ("503", 503, "backendError"),
    ],
)
def test_planned_errors_come_as_often_as_planned(clients: Clients, kind: str, status: int, reason: str) -> None:
    api = clients.calendar()
    clients.control("POST", "/_local/faults", [{"method": "calendar.events.list", "kind": kind, "times": 2}])
    for _ in range(2):
        assert refused(api.events().list(calendarId="primary"))[:2] == (status, reason)
    assert api.events().list(calendarId="primary").execute()["items"] == []


def test_a_401_makes_the_client_fetch_a_token_and_try_again(clients: Clients) -> None:
    api = clients.calendar()
    clients.control("POST", "/_local/faults", [{"method": "calendar.colors.get", "kind": "401", "times": 1}])
    assert api.colors().get().execute()["kind"] == "calendar#colors"


def test_a_lost_reply_is_applied_and_httplib2_sends_the_insert_again(clients: Clients) -> None:
    api = clients.calendar()
    clients.control("POST", "/_local/faults", [{"method": "calendar.events.insert", "kind": "lost-reply", "times": 1}])
    assert refused(api.events().insert(calendarId="primary", body=visit(id="visit01")))[1] == "duplicate"
    entries = clients.control("GET", "/_local/requests?method=calendar.events.insert")
    assert [(entry["status"], entry.get("fault")) for entry in entries] == [(200, "lost-reply"), (409, None)]
    assert api.events().get(calendarId="primary", eventId="visit01").execute()["status"] == "confirmed"


def test_a_cut_off_answer_is_an_incomplete_read(clients: Clients) -> None:
    token = clients.session()
    token.get(clients.url + "/calendar/v3/colors")
    clients.control("POST", "/_local/faults", [{"method": "calendar.colors.get", "kind": "cut-off", "times": 1}])
    connection = http.client.HTTPConnection(urlsplit(clients.url).netloc, timeout=5)
    connection.request("GET", "/calendar/v3/colors", headers={"Authorization": f"Bearer {token.credentials.token}"})
    with pytest.raises(http.client.IncompleteRead):
        connection.getresponse().read()
    connection.close()


def test_chances_are_repeatable_with_a_seed(clients: Clients) -> None:
    api = clients.calendar()

    def play() -> list[int]:
        clients.control("POST", "/_local/reset")
        clients.control("POST", "/_local/faults", {"faults": [{"kind": "503", "rate": 0.5}], "seed": 7})
        fresh = clients.session()
        return [fresh.get(clients.url + "/calendar/v3/colors").status_code for _ in range(12)]

    assert api is not None
    first = play()
    assert first == play()
    assert set(first) == {200, 503}


def test_a_fault_that_cannot_be_read_is_refused_in_a_sentence(clients: Clients) -> None:
    for fault, told in (
        ({"kind": "meteor"}, "Fault 0: kind 'meteor' is not known."),
        ({"kind": "429", "method": "calendar.events.insrt"}, "Fault 0: no method is called 'calendar.events.insrt'"),
    ):
        answer = requests.post(clients.url + "/_local/faults", json=[fault], timeout=5)
        assert answer.status_code == 400
        assert answer.json()["error"].startswith(told)


def test_quotas_are_counted_per_user_and_minute_when_asked_for(clients: Clients) -> None:
    clients.workspace.quotas = True
    session, url = clients.session(), clients.url + "/v1/documents/nothing:batchUpdate"
    clients.workspace.clock.set(clients.workspace.clock.now().replace(second=0), frozen=True)
    statuses = [session.post(url, json={}).status_code for _ in range(61)]
    assert statuses == [404] * 60 + [429]
    assert session.post(url + "?quotaUser=other", json={}).status_code == 404
    clients.workspace.clock.advance(60)
    assert session.post(url, json={}).status_code == 404


def test_head_is_get_without_its_body(clients: Clients) -> None:
    session, url = clients.session(), clients.url + "/calendar/v3/colors"
    whole, head = (session.request(verb, url, headers={"Accept-Encoding": "identity"}) for verb in ("GET", "HEAD"))
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["Content-Length"] == str(len(whole.content))


@pytest.mark.parametrize(
    "told",
    [
        b"Content-Length: -5\r\n\r\n",
        b"Content-Length: abc\r\n\r\n",
        b"Content-Length: 50\r\n\r\nshort",
        b"Transfer-Encoding: chunked\r\n\r\nzz\r\n",
    ],
)
def test_a_body_whose_length_cannot_be_known_ends_the_connection_with_400(clients: Clients, told: bytes) -> None:
    place = urlsplit(clients.url)
    with socket.create_connection((place.hostname or "", place.port or 0), timeout=5) as connection:
        connection.sendall(b"POST /token HTTP/1.1\r\nHost: x\r\n" + told)
        connection.shutdown(socket.SHUT_WR)
        assert connection.recv(65536).startswith(b"HTTP/1.1 400 ")


def _ask_again(connection: http.client.HTTPConnection) -> None:
    connection.request("GET", "/_local/health")
    connection.getresponse()


def test_one_connection_serves_many_calls_and_ends_with_the_server(signing_key: SigningKey) -> None:
    running = serve(Workspace(key=signing_key), keep_alive=True)
    connection = http.client.HTTPConnection(urlsplit(running.url).netloc, timeout=5)
    for _ in range(3):
        connection.request("GET", "/_local/health")
        answer = connection.getresponse()
        assert json.loads(answer.read())["ok"]
        assert connection.sock is not None  # else the answer has ended it
    running.stop()
    with pytest.raises((http.client.HTTPException, OSError)):
        _ask_again(connection)
    connection.close()


def test_two_hundred_clients_at_once_lose_nothing(clients: Clients) -> None:
    known = clients.session()
    known.get(clients.url + "/calendar/v3/colors")
    headers = {"Authorization": f"Bearer {known.credentials.token}"}
    problems: list[Any] = []

    def work(at: int) -> None:
        with requests.Session() as session:
            for number in range(1):
                body = visit(id=f"visit{at:03d}{number}")
                url = clients.url + "/calendar/v3/calendars/primary/events"
                answer = session.post(url, json=body, headers=headers, timeout=60)
                if answer.status_code != 200:
                    problems.append(answer.text)

    threads = [threading.Thread(target=work, args=(at,)) for at in range(200)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert problems == []
    assert len(clients.workspace.table("calendar.events")) == 200


@given(st.lists(st.binary(max_size=40).filter(lambda part: b"--mark" not in part), min_size=1, max_size=4))
def test_multipart_bodies_come_apart_as_they_were_put_together(parts: list[bytes]) -> None:
    body = b"".join(b"--mark\r\nContent-Type: a/b\r\n\r\n" + part + b"\r\n" for part in parts) + b"--mark--\r\n"
    assert [content for _, content in multipart_parts("multipart/related; boundary=mark", body)] == parts


def test_coverage_is_current() -> None:
    assert FILE.read_text("utf-8") == coverage(), "run: python -m sync.emulator.coverage"


def test_ledger_holds_no_secrets(clients: Clients) -> None:
    session = clients.session()
    session.get(clients.url + "/calendar/v3/colors")
    text = json.dumps(clients.control("GET", "/_local/requests"))
    assert session.credentials.token not in text


def test_null_inside_of_a_list_is_nothing_whatever_the_verb(clients: Any) -> None:
    labels = {"labelProperties": {"eventLabels": [{"name": "Walk", "id": None, "backgroundColor": "#336699"}]}}
    patched = clients.calendar().calendars().patch(calendarId="primary", body=labels).execute()
    assert [label["name"] for label in patched["labelProperties"]["eventLabels"]] == ["Walk"]


def test_drive_passes_over_a_parameter_of_another_of_its_methods(clients: Any) -> None:
    made = clients.drive().files().create(body={"name": "a"}).execute()
    url = f"{clients.url}/drive/v3/files/{made['id']}"
    assert clients.session().get(url, params={"includeItemsFromAllDrives": "true"}).status_code == 200
    assert clients.session().get(url, params={"singleEvents": "true"}).status_code == 400


def test_a_page_of_another_origin_may_ask_first_and_read_the_answer(clients: Any) -> None:
    url, origin = f"{clients.url}/calendar/v3/calendars/primary/events", {"Origin": "http://pages.example"}
    wanted = {"Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "authorization"}
    asked = requests.options(url, headers={**origin, **wanted}, timeout=10)
    assert asked.status_code == 200
    assert "POST" in asked.headers["Access-Control-Allow-Methods"]
    assert asked.headers["Access-Control-Allow-Headers"] == "authorization"
    read = clients.session().get(url, headers=origin)
    assert read.headers["Access-Control-Allow-Origin"] == "http://pages.example"
    control = requests.options(f"{clients.url}/_local/reset", headers={**origin, **wanted}, timeout=10)
    assert "Access-Control-Allow-Origin" not in control.headers


def test_a_zipped_request_is_opened(clients: Any) -> None:
    url, told = f"{clients.url}/calendar/v3/calendars", {"Content-Type": "application/json", "Content-Encoding": "gzip"}
    whole = gzip.compress(b'{"summary": "Visits"}')
    assert clients.session().post(url, data=whole, headers=told).json()["summary"] == "Visits"
    for broken in (whole[:-12], b"no gzip"):
        refusal = clients.session().post(url, data=broken, headers=told)
        assert (refusal.status_code, refusal.json()["error"]["errors"][0]["reason"]) == (400, "parseError")


def test_an_answer_is_given_in_the_formats_of_the_document_only(clients: Any) -> None:
    session, events = clients.session(), f"{clients.url}/calendar/v3/calendars/primary/events"
    assert session.get(events, params={"alt": "json"}).status_code == 200
    assert session.get(events, params={"alt": "xml"}).status_code == 400
    assert session.get(f"{clients.url}/drive/v3/files", params={"alt": "proto"}).status_code == 501
