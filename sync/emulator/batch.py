"""Batch: several calls in one request, multipart/mixed. Source: Calendar and Drive "Send batch requests".

Each part is answered by itself, with Content-ID `response-` + its own; each counts in the ledger and against quotas.
"""

from __future__ import annotations

import secrets
from http import HTTPStatus
from urllib.parse import urlsplit

from sync.emulator.dispatch import answer_call, refusal
from sync.emulator.errors import GoogleError
from sync.emulator.plain import plain
from sync.emulator.upload import multipart_parts
from sync.emulator.wire import Answer, Headers, Request
from sync.emulator.workspace import Workspace

# Calendar documents 50 for its siblings, Drive says 100; the client library itself allows 1000.
LIMITS = {"calendar": 50, "drive": 100}
_OTHERS = 1000


def _api(path: str) -> str:
    return next((name for name in ("calendar", "drive", "gmail") if f"/{name}/" in path), "calendar")


def answer_batch(workspace: Workspace, request: Request) -> Answer:
    """Answer to a whole batch; 400 for one that is no multipart or has too many parts."""
    api = _api(request.path)
    try:
        parts = multipart_parts(request.headers.get("Content-Type", ""), request.body)
        if not parts:
            raise GoogleError(400, "badRequest", "Failed to parse batch request, error: 0 items.")
        limit = LIMITS.get(api, _OTHERS)
        if len(parts) > limit:
            message = f"The batch request has {len(parts)} calls; the limit is {limit}."
            raise GoogleError(400, "badRequest", message)
    except GoogleError as error:
        return refusal(error, api)
    mark = "batch_" + secrets.token_urlsafe(16)
    pieces, drop, cut = [], False, False
    for headers, content in parts:
        answer = _answer_part(workspace, request, content, api)
        drop, cut = drop or answer.drop, cut or answer.cut  # planned faults: there is one connection for all parts
        content_id = headers.get("content-id", "")
        reply_id = f"<response-{content_id.strip('<>')}>" if content_id else ""
        pieces.append(_part(mark, reply_id, answer))
    body = b"".join(pieces) + f"--{mark}--\r\n".encode()
    return Answer(200, body, {"Content-Type": f"multipart/mixed; boundary={mark}"}, drop, cut)


def _answer_part(workspace: Workspace, outer: Request, content: bytes, api: str) -> Answer:
    head, _, body = content.replace(b"\r\n", b"\n").partition(b"\n\n")
    lines = head.decode("utf-8", "replace").strip("\n").split("\n")
    words = lines[0].split(" ")
    if len(words) < 2:
        return refusal(GoogleError(400, "badRequest", "Failed to parse batch request part."), api)
    target = urlsplit(words[1])
    pairs = (line.partition(":") for line in lines[1:])
    own = {name.strip().lower(): value.strip() for name, colon, value in pairs if colon}
    own.pop("accept-encoding", None)
    if "authorization" not in own and "Authorization" in outer.headers:
        own["authorization"] = outer.headers["Authorization"]
    body = body.rstrip(b"\n")
    inner = Request(words[0], target.path, target.query, Headers(own), body, outer.base_url)
    return answer_call(workspace, inner)


def _part(mark: str, reply_id: str, answer: Answer) -> bytes:
    try:
        phrase = HTTPStatus(answer.status).phrase
    except ValueError:
        phrase = "Unknown"
    head = f"--{mark}\r\nContent-Type: application/http\r\n"
    head += f"Content-ID: {reply_id}\r\n" if reply_id else ""
    headers = {**answer.headers, "Content-Length": str(len(answer.body))}
    inner = f"\r\nHTTP/1.1 {answer.status} {phrase}\r\n" + "".join(f"{k}: {v}\r\n" for k, v in headers.items())
    return (head + inner + "\r\n").encode() + answer.body + b"\r\n"


plain("POST", "/batch/*")(answer_batch)
plain("POST", "/batch")(answer_batch)
