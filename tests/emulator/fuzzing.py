"""A Workspace with something of everything in it, and nonsense thrown at every method it provides.

`play(calls)` answers what it saw; anything that must never happen raises AssertionError with the request that did it.
`python -m tests.bench fuzz` plays 20,000 calls; the suite a few hundred per API.
"""

from __future__ import annotations

import json
import time
from collections import Counter
from collections.abc import Iterable
from typing import Any

from sync.emulator.auth import issue_token
from sync.emulator.call import HANDLERS
from sync.emulator.discovery import Method, router
from sync.emulator.keys import SigningKey
from sync.emulator.server import answer_request, load_services
from sync.emulator.wire import Answer, Headers, Request
from sync.emulator.workspace import Workspace
from tests.emulator.conftest import SCOPES
from tests.emulator.schemas import Fuzz

PEOPLE = ("ana@school.example", "ben@school.example")
LONGEST_SECONDS = 20.0  # of one call; a hang would be for ever
# (kind of resource, field) -> the parameter that its value is used as in later calls
NAMED = {
    ("calendar#calendar", "id"): "calendarId",
    ("calendar#calendarListEntry", "id"): "calendarId",
    ("calendar#event", "id"): "eventId",
    ("calendar#aclRule", "id"): "ruleId",
    ("drive#file", "id"): "fileId",
    ("drive#permission", "id"): "permissionId",
    ("drive#comment", "id"): "commentId",
    ("drive#reply", "id"): "replyId",
    ("drive#drive", "id"): "driveId",
    ("drive#revision", "id"): "revisionId",
    (None, "documentId"): "documentId",
    (None, "spreadsheetId"): "spreadsheetId",
    (None, "name"): "name",  # of queues and tasks, which have no kind
}
# The methods whose bodies hold whole languages are called more often than their number would have it.
RICH = ("docs.documents.batchUpdate", "sheets.spreadsheets.batchUpdate", "calendar.events.", "drive.files.")


class World:
    """A fresh Workspace with a calendar, events, a folder, a Doc, a spreadsheet and a queue; calls go straight in."""

    def __init__(self, seed: int, key: SigningKey | None = None) -> None:
        load_services()
        self.workspace = Workspace(seed="fuzz", check_answers=True, key=key, page_size=3)
        scopes = [*SCOPES, "https://www.googleapis.com/auth/userinfo.profile"]
        with self.workspace.transaction():
            self.tokens = [issue_token(self.workspace, one, scopes, "fuzz", 10**6) for one in PEOPLE]
        self.fuzz = Fuzz(seed)
        self.fuzz.known = ["primary", "root", "t.0", PEOPLE[0], "trashed = true", "*", "bold", "title", "Sheet1!A1:C3"]
        self.statuses: Counter[str] = Counter()
        self._furnish()

    def _furnish(self) -> None:
        start, end = ({"dateTime": f"2026-01-05T{hour}:00:00Z", "timeZone": "UTC"} for hour in ("09", "10"))
        day = {"start": start, "end": end}
        doc = self._made("POST", "/v1/documents", {"title": "Notes"})
        table = {"insertTable": {"rows": 2, "columns": 2, "endOfSegmentLocation": {}}}
        words = {"insertText": {"location": {"index": 1}, "text": "One\nTwo 😀\nThree\n"}}
        self._made("POST", f"/v1/documents/{doc['documentId']}:batchUpdate", {"requests": [words, table]})
        book = self._made("POST", "/v4/spreadsheets", {"properties": {"title": "Tracker"}})
        rows = {"values": [["Who", "When", 3], ["=A1&B1", "=SUM(C1:C9)", True], ["x", 1.5, "2026-01-05"]]}
        where = f"/v4/spreadsheets/{book['spreadsheetId']}/values/Sheet1!A1"
        self._made("PUT", where, rows, "valueInputOption=USER_ENTERED")
        folder = {"name": "Folder", "mimeType": "application/vnd.google-apps.folder"}
        self._made("POST", "/drive/v3/files", folder)
        self._made(
            "POST", "/calendar/v3/calendars/primary/events", {**day, "recurrence": ["RRULE:FREQ=WEEKLY;COUNT=9"]}
        )
        self._made("POST", "/calendar/v3/calendars/primary/events", {**day, "attendees": [{"email": PEOPLE[1]}]})
        self._made("POST", "/calendar/v3/calendars", {"summary": "Visits"})
        queue = {"name": "projects/p/locations/l/queues/q"}
        self._made("POST", "/v2/projects/p/locations/l/queues", queue)
        self.fuzz.named["documentId"] = [doc["documentId"]] * 3
        self.fuzz.named["spreadsheetId"] = [book["spreadsheetId"]] * 3
        self.fuzz.named["calendarId"] = ["primary"] * 3

    def _made(self, verb: str, path: str, body: Any, query: str = "") -> dict[str, Any]:
        answer = self.send(self.tokens[0], verb, path, query, json.dumps(body).encode())
        assert answer.status == 200, answer.body
        value: dict[str, Any] = json.loads(answer.body)
        return value

    def send(self, token: str, verb: str, path: str, query: str, body: bytes, kind: str = "application/json") -> Answer:
        """One call, answered and remembered."""
        headers = {"Authorization": f"Bearer {token}", "Content-Type": kind}
        answer = answer_request(self.workspace, Request(verb, path, query, Headers(headers), body))
        self._remember(answer)
        return answer

    def _remember(self, answer: Answer) -> None:
        if "json" not in answer.headers.get("Content-Type", "") or not answer.body:
            return
        value = json.loads(answer.body)
        if not isinstance(value, dict):
            return
        for item in [value, *(value.get("files") or value.get("items") or [])]:
            for (kind, field), parameter in NAMED.items():
                if isinstance(item.get(field), str) and kind == item.get("kind"):
                    self.fuzz.known.append(item[field])
                    self.fuzz.named.setdefault(parameter, []).append(item[field])
                    del self.fuzz.named[parameter][3:-20]
        self.fuzz.known += [value[name] for name in ("nextPageToken", "nextSyncToken") if name in value]
        del self.fuzz.known[9:-50]

    def throw(self, method: Method) -> None:
        """One call of nonsense. Raises AssertionError for a 500, a hang, or an answer that is not Google's shape."""
        verb, path, query, body = self.fuzz.request(method)
        if self.fuzz.random.random() < 0.02:
            body = self.fuzz.spoilt(body)
        kind = "application/json"
        if method.upload_paths and self.fuzz.random.random() < 0.3:
            path, query, body, kind = self.fuzz.upload(method, path, query, body)
        began = time.monotonic()
        token = self.tokens[self.fuzz.random.random() < 0.2]  # mostly the one who owns things
        answer = self.send(token, verb, path, query, body, kind)
        what = (method.id, verb, path, query, body[:3000], answer.status, answer.body[:1500])
        # 501 is the honest answer to a kind of request in a batchUpdate that is not provided.
        assert answer.status < 500 or answer.status == 501, what
        assert time.monotonic() - began < LONGEST_SECONDS, what
        assert b"Traceback" not in answer.body, what
        if answer.status >= 400:
            error = json.loads(answer.body)["error"]
            assert error["code"] == answer.status, what
            assert isinstance(error["message"], str), what
        self.statuses[f"{method.api.name} {answer.status}"] += 1


def provided(apis: Iterable[str] | None = None) -> list[Method]:
    """The methods that are provided, of these APIs or of all, in order of their ids."""
    load_services()
    wanted = None if apis is None else set(apis)
    methods = (one for one in router().by_id.values() if one.id in HANDLERS)
    return sorted((one for one in methods if wanted is None or one.api.name in wanted), key=lambda one: one.id)


def play(calls: int, seed: int = 11, apis: Iterable[str] | None = None, key: SigningKey | None = None) -> Counter[str]:
    """How often each (API, status) was answered in so many calls."""
    world, methods = World(seed, key), provided(apis)
    weights = [6 if one.id.startswith(RICH[:2]) else 2 if one.id.startswith(RICH[2:]) else 1 for one in methods]
    for method in world.fuzz.random.choices(methods, weights, k=calls):
        world.throw(method)
    world.workspace.close()
    return world.statuses
