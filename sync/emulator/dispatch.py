"""One API call from request to answer: route, who, what, fault, handler in a transaction, fields, etag, gzip."""

from __future__ import annotations

import gzip
import json
import logging
import time
import traceback
import zlib
from dataclasses import replace
from typing import Any

from sync.emulator.auth import Grant, grant_of, require_scope
from sync.emulator.call import HANDLERS, Call, Reply
from sync.emulator.clock import rfc3339
from sync.emulator.cors import opened, preflight
from sync.emulator.discovery import Method, Route, router
from sync.emulator.errors import GoogleError, bad_request
from sync.emulator.faults import error_of
from sync.emulator.fields import Mask, mask_of, masked
from sync.emulator.params import typed_parameters
from sync.emulator.quotas import charge
from sync.emulator.schema import answer_problems, checked_body
from sync.emulator.upload import Sessions, split_upload
from sync.emulator.wire import JSON_TYPE, Answer, Headers, Media, Request, utf8
from sync.emulator.workspace import Workspace

_log = logging.getLogger("sync.emulator")
_SESSIONS = Sessions()
_GZIP_FROM = 1024
_LONGEST_BODY = 64 * 1024**2  # bytes of a compressed request once it is opened
_PRETTY_BELOW = 200_000  # letters; indenting, which nobody reads at that length, takes ten times as long as writing


def answer_call(workspace: Workspace, request: Request) -> Answer:
    """Answer any request for an API method. Never raises: a bug becomes 500 in Google's shape, and a log line."""
    if asked := preflight(request):
        return asked
    entry: dict[str, Any] = {
        "method": None,
        "user": None,
        "status": 0,
        "at": rfc3339(workspace.clock.now()),
        "verb": request.verb,
        "path": request.path,
    }
    api = _api_of(request.path)
    try:
        answer = _answer(workspace, request, entry)
    except GoogleError as error:
        method = entry["method"]
        answer = refusal(error, router().by_id[method].api.name if method in router().by_id else api)
        entry["reason"] = error.reason
    except Exception:  # noqa: BLE001 - the last line of defence of a server
        _log.error("%s failed:\n%s", entry["method"], traceback.format_exc())
        answer = refusal(GoogleError(500, "backendError", "Backend Error"), api)
        entry["reason"] = "bug"
    entry["status"] = answer.status
    workspace.ledger.append(entry)
    packed = _packed(answer, request)
    return opened(packed, request) if entry["method"] else packed


def refusal(error: GoogleError, api: str) -> Answer:
    """An error as an answer, in the style of that API."""
    return Answer.of_json(error.render(api), error.status, error.headers)


def _answer(workspace: Workspace, request: Request, entry: dict[str, Any]) -> Answer:
    request = _overridden(_unzipped(request))
    if request.verb in ("PUT", "POST") and "upload_id=" in request.query_string:
        taken = _SESSIONS.take(request)
        if isinstance(taken, Answer):
            return taken
        request = taken
    route, path_values = _routed(request)
    method = route.method
    entry["method"], entry["verb"] = method.id, request.verb
    query = request.query
    common = dict(query)
    if "quotaUser" in common:
        entry["quotaUser"] = common["quotaUser"]
    grant = grant_of(workspace, request)
    entry["user"] = grant.user
    fault = workspace.faults.take(method.id, grant.user)
    if fault:
        entry["fault"] = fault["kind"]
        _fail_before(fault, method)
        if fault["kind"] == "timeout":
            return Answer(504, drop=True)
    told = common.get("quotaUser") or request.headers.get("X-Goog-Quota-User")
    charge(workspace, method, told or _charged(workspace, grant))
    if route.upload and common.get("uploadType") == "resumable":
        require_scope(grant, method)
        return _SESSIONS.open(request)
    answer = _perform(workspace, request, route, path_values, query, grant)
    if fault and fault["kind"] == "slow":
        time.sleep(fault["seconds"])
    answer.drop = bool(fault and fault["kind"] == "lost-reply")
    answer.cut = bool(fault and fault["kind"] == "cut-off")
    return answer


def _charged(workspace: Workspace, grant: Grant) -> str:
    # With delegation it is the service account whose quota is used, whoever it acts as (Calendar, guides/quota).
    return grant.client if workspace.is_service_account(grant.client) else grant.user


def _perform(
    workspace: Workspace,
    request: Request,
    route: Route,
    path: dict[str, str],
    query: list[tuple[str, str]],
    grant: Grant,
) -> Answer:
    method, common = route.method, dict(query)
    handler = HANDLERS.get(method.id)
    if handler is None:
        raise GoogleError.not_provided(method.id)
    alt = common.get("alt") or common.get("$alt") or "json"
    params = typed_parameters(method, path, query)
    body, media = _body_of(method, request, route.upload)
    require_scope(grant, method)
    text = common.get("fields") or common.get("$fields") or request.headers.get("X-Goog-FieldMask")
    mask = mask_of(method, text) if text and text != "*" else None
    with workspace.transaction():
        workspace.person(grant.user)
        call = Call(
            method=method,
            workspace=workspace,
            user=grant.user,
            scopes=grant.scopes,
            client=grant.client,
            params=params,
            body=body,
            headers=request.headers,
            media=media,
            now=workspace.clock.now(),
            alt=alt,
            fields=text or None,
        )
        result = handler(call)
    if workspace.check_answers:
        _check(method, result)
    return _finished(request, result, mask, pretty=common.get("prettyPrint", "true") != "false")


def _check(method: Method, result: Any) -> None:
    value = result.body if isinstance(result, Reply) else result
    status = result.status if isinstance(result, Reply) else 200
    if isinstance(value, dict) and status < 300:
        problems = answer_problems(method, value)
        if problems:
            raise GoogleError(
                500, "backendError", f"{method.id} answered against its schema: {'; '.join(problems[:5])}"
            )


def _finished(request: Request, result: Any, mask: Mask | None, *, pretty: bool) -> Answer:
    reply = result if isinstance(result, Reply) else Reply(result, 204 if result is None else 200)
    headers = dict(reply.headers)
    if isinstance(reply.body, bytes):
        return Answer(
            reply.status, reply.body, {"Content-Type": reply.content_type or "application/octet-stream", **headers}
        )
    if reply.body is None:
        return Answer(reply.status, b"", headers)
    etag = reply.body.get("etag") if isinstance(reply.body, dict) else None
    if isinstance(etag, str):
        headers["ETag"] = etag
        if request.verb == "GET" and etag in _etags(request.headers.get("If-None-Match", "")):
            return Answer(304, b"", headers)
    value = masked(reply.body, mask) if mask is not None else reply.body
    text = json.dumps(value, ensure_ascii=False)
    if pretty and len(text) < _PRETTY_BELOW:
        text = json.dumps(value, indent=2, ensure_ascii=False)
    headers = {"Content-Type": JSON_TYPE, "Cache-Control": "private", "Vary": "Origin, X-Origin, Referer", **headers}
    return Answer(reply.status, utf8(text), headers)


def _etags(text: str) -> list[str]:
    return [one.strip().removeprefix("W/") for one in text.split(",")]


def _unzipped(request: Request) -> Request:
    """The request with its body as it was before the client compressed it."""
    if request.headers.get("Content-Encoding", "").strip().lower() != "gzip":
        return request
    opened = zlib.decompressobj(wbits=31)
    try:
        body = opened.decompress(request.body, _LONGEST_BODY)
    except zlib.error:
        body = b""
    if not opened.eof or opened.unconsumed_tail:
        raise GoogleError(400, "parseError", "The compressed body of the request cannot be read, or is too large.")
    return replace(request, body=body)


def _overridden(request: Request) -> Request:
    """Clients turn a long GET into a POST with the query as its body (google-api-python-client above 2048)."""
    verb = request.headers.get("X-HTTP-Method-Override")
    if not verb or request.verb != "POST":
        return request
    query, body = request.query_string, request.body
    if request.headers.get("Content-Type", "").startswith("application/x-www-form-urlencoded"):
        query = "&".join(part for part in (query, body.decode("ascii", "replace")) if part)
        body = b""
    return Request(verb.upper(), request.path, query, request.headers, body, request.base_url)


def _routed(request: Request) -> tuple[Route, dict[str, str]]:
    found = router().find(request.verb, request.path)
    if found:
        return found
    verbs = router().verbs_of(request.path)
    if verbs:
        message = f"Method {request.verb} is not allowed here; allowed: {', '.join(verbs)}."
        raise GoogleError(405, "httpMethodNotAllowed", message, headers={"Allow": ", ".join(verbs)})
    raise GoogleError(404, "notFound", f"The requested URL {request.path} was not found on this server.")


def _body_of(method: Method, request: Request, upload: bool) -> tuple[dict[str, Any], Media | None]:
    raw, media = split_upload(request) if upload else (request.body, None)
    if method.request is None:
        return {}, media
    if not raw.strip():
        return {}, media
    content_type = request.headers.get("Content-Type", "application/json")
    if not upload and content_type.startswith("application/x-www-form-urlencoded"):
        raise GoogleError(400, "parseError", "This API does not support parsing form-encoded input.")
    try:
        value = json.loads(raw)
    except (ValueError, RecursionError):
        raise bad_request([("", "Invalid JSON payload received. Unexpected token.")]) from None
    return checked_body(method, value), media


def _fail_before(fault: dict[str, Any], method: Method) -> None:
    if fault["kind"] == "timeout":
        time.sleep(fault["seconds"])
    kind = "410-sync" if fault["kind"] == "410" and method.id.endswith(".list") else fault["kind"]
    error = error_of(kind, method.api.name)
    if error:
        raise error


def _packed(answer: Answer, request: Request) -> Answer:
    accepts = request.headers.get("Accept-Encoding", "")
    if "gzip" in accepts and len(answer.body) >= _GZIP_FROM and "Content-Encoding" not in answer.headers:
        answer.body = gzip.compress(answer.body, compresslevel=1)
        answer.headers["Content-Encoding"] = "gzip"
    return answer


def _api_of(path: str) -> str:
    """Which API's error style an unknown path gets: by its first segments."""
    for start, api in (
        ("/v1/documents", "docs"),
        ("/v4/", "sheets"),
        ("/v2/projects", "cloudtasks"),
        ("/gmail", "gmail"),
    ):
        if path.startswith(start):
            return api
    return "calendar"


__all__ = ["Headers", "answer_call", "refusal"]
