"""The local Workspace beside a bare Flask view that takes and gives the same JSON, and its cost as it fills up."""

from __future__ import annotations

import http.client
import json
import multiprocessing
import sys
import time
import tracemalloc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection
from statistics import median
from typing import Any
from urllib.parse import urlsplit

from sync.emulator.auth import issue_token
from sync.emulator.server import answer_request, load_services, serve
from sync.emulator.wire import Headers, Request
from sync.emulator.workspace import Workspace
from tests.bench.registry import Figures, bench, side_by_side

ANA = "ana@school.example"
SCOPES = ["https://www.googleapis.com/auth/calendar", "https://www.googleapis.com/auth/spreadsheets"]
EVENTS = "/calendar/v3/calendars/primary/events"
EVENT = {
    "summary": "Visit to Room 12",
    "start": {"dateTime": "2026-01-05T09:00:00Z"},
    "end": {"dateTime": "2026-01-05T09:20:00Z"},
    "extendedProperties": {"private": {"visit": "v1"}},
}
ROWS = {"values": [[f"row {row}", row, "2026-01-05", True, "x"] for row in range(20)]}


def _serve_workspace(pipe: Connection) -> None:
    running = serve(Workspace(seed="bench"), keep_alive=True)
    with running.workspace.transaction():
        token = issue_token(running.workspace, ANA, SCOPES, "bench", 10**6)
    pipe.send((running.url, token))
    pipe.recv()
    running.stop()


def _serve_flask(pipe: Connection) -> None:
    from flask import Flask, Response, request
    from werkzeug.serving import make_server

    app, answers = Flask("bare"), dict[str, str]()

    def view(place: str) -> Response:
        request.get_json()
        return Response(answers.get(place.rpartition("/")[2], "{}"), mimetype="application/json")

    app.add_url_rule(
        "/answer/<name>",
        "answer",
        lambda name: answers.update({name: request.get_data(as_text=True)}) or "",
        methods=["POST"],
    )
    app.add_url_rule("/<path:place>", "view", view, methods=["POST", "PUT"])
    server = make_server("127.0.0.1", 0, app, threaded=True)
    sys.modules["werkzeug.serving"]._log = lambda *words, **named: None  # type: ignore[attr-defined]
    pipe.send((f"http://127.0.0.1:{server.server_port}", ""))
    server.serve_forever()


@contextmanager
def _process(target: Callable[[Connection], None]) -> Iterator[tuple[str, str]]:
    ours, theirs = multiprocessing.Pipe()
    process = multiprocessing.get_context("spawn").Process(target=target, args=(theirs,), daemon=True)
    process.start()
    try:
        yield ours.recv()
    finally:
        process.terminate()
        process.join()


class Caller:
    """Sends the same call over one connection, as clients do; a server that closes it costs a new one."""

    def __init__(self, url: str, token: str) -> None:
        self._connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=30)
        self._headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}

    def __call__(self, verb: str, path: str, body: Any) -> bytes:
        self._connection.request(verb, path, body if isinstance(body, bytes) else json.dumps(body), self._headers)
        answer = self._connection.getresponse()
        text = answer.read()
        assert answer.status == 200, text
        return text


def _rivals(verb: str, path: str, body: Any, name: str, prepare: Callable[[Caller], str]) -> Figures:
    with _process(_serve_workspace) as (url, token), _process(_serve_flask) as (bare_url, bare_token):
        ours, bare = Caller(url, token), Caller(bare_url, bare_token)
        place = path.replace("{id}", prepare(ours))
        example = ours(verb, place, body)
        bare("POST", f"/answer/{name}", example)
        found = side_by_side(
            200, workspace=lambda: ours(verb, place, body), bare_flask=lambda: bare(verb, f"/x/{name}", body)
        )
    ratio = round(found["workspace"] / found["bare_flask"], 2)
    return {"calls_per_second": found, "workspace_to_bare_flask": ratio, "answer_bytes": len(example)}


@bench("events-insert", "Calendar events.insert beside a bare Flask view with the same JSON, one connection each")
def events_insert() -> Figures:
    return _rivals("POST", EVENTS, EVENT, "insert", lambda call: "")


@bench("values-update", "Sheets values.update of 20 rows beside a bare Flask view with the same JSON")
def values_update() -> Figures:
    def prepare(call: Caller) -> str:
        return str(json.loads(call("POST", "/v4/spreadsheets", {"properties": {"title": "Tracker"}}))["spreadsheetId"])

    return _rivals("PUT", "/v4/spreadsheets/{id}/values/Sheet1!A1?valueInputOption=RAW", ROWS, "update", prepare)


@bench("events-many", "time and memory per call with 1,000 and with 100,000 events on the calendar (no network)")
def events_many() -> Figures:
    load_services()
    workspace = Workspace(seed="bench")
    with workspace.transaction():
        token = issue_token(workspace, ANA, SCOPES, "bench", 10**7)
    headers = Headers({"Authorization": f"Bearer {token}", "Content-Type": "application/json"})

    def call(verb: str, path: str, query: str = "", body: Any = None) -> None:
        raw = b"" if body is None else json.dumps(body).encode()
        answer = answer_request(workspace, Request(verb, path, query, headers, raw))
        assert answer.status == 200, answer.body

    def at(number: int) -> dict[str, str]:
        minute = number * 7 % (60 * 24 * 300)
        day, rest = divmod(minute, 60 * 24)
        moment = time.gmtime(1_767_600_000 + day * 86400 + rest * 60)
        return {"dateTime": time.strftime("%Y-%m-%dT%H:%M:%SZ", moment)}

    figures: Figures = {}
    number = 0
    for size in (1_000, 10_000, 100_000):
        while number < size - 100:
            call(
                "POST",
                EVENTS,
                "",
                {**EVENT, "id": f"v{number:08d}".replace("w", "v"), "start": at(number), "end": at(number)},
            )
            number += 1
        taken: dict[str, list[float]] = {"insert": [], "get": [], "list of a day": []}
        tracemalloc.start()
        before, _ = tracemalloc.get_traced_memory()
        for _ in range(100):
            call("POST", EVENTS, "", {**EVENT, "id": f"v{number:08d}", "start": at(number), "end": at(number)})
            number += 1
        kept = (tracemalloc.get_traced_memory()[0] - before) / 100
        tracemalloc.stop()
        for turn in range(60):
            for name, what in (
                ("get", ("GET", f"{EVENTS}/v{turn:08d}", "", None)),
                (
                    "list of a day",
                    ("GET", EVENTS, "timeMin=2026-01-06T00:00:00Z&timeMax=2026-01-07T00:00:00Z&maxResults=10", None),
                ),
                ("insert", ("POST", EVENTS, "", {**EVENT, "id": f"u{size}{turn}"})),
            ):
                began = time.perf_counter()
                call(*what)
                taken[name].append(time.perf_counter() - began)
        spent = {name: round(median(seconds) * 1e6) for name, seconds in taken.items()}
        figures[f"{size} events"] = {"microseconds": spent, "bytes_kept_per_insert": round(kept)}
    workspace.close()
    return figures
