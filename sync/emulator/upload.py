"""Uploads: content alone, content with its metadata (multipart/related), and resumable sessions.

Source: Drive "Upload file data". A resumable session is opened by a POST or PATCH that says uploadType=resumable,
answered with its address in Location; the content comes by PUT, whole or in ranges (308 asks for more).
"""

from __future__ import annotations

import base64
import json
import re
import secrets
import threading
from dataclasses import dataclass, replace
from email.parser import BytesParser
from email.policy import HTTP
from urllib.parse import parse_qsl, urlencode

from sync.emulator.errors import GoogleError
from sync.emulator.wire import Answer, Headers, Media, Request

_OCTETS = "application/octet-stream"


def split_upload(request: Request) -> tuple[bytes, Media | None]:
    """The JSON part and the content of an upload request. Raises GoogleError 400 for a multipart that is none."""
    kind = dict(request.query).get("uploadType")
    content_type = request.headers.get("Content-Type", "")
    if kind == "multipart" or content_type.startswith("multipart/related"):
        return _related(content_type, request.body)
    return b"", Media(request.body, content_type.split(";")[0].strip() or _OCTETS)


def multipart_parts(content_type: str, body: bytes) -> list[tuple[dict[str, str], bytes]]:
    """(headers, content) of each part. Raises GoogleError 400 when the boundary is missing."""
    found = re.search(r'boundary="?([^";]+)"?', content_type)
    if not found:
        raise GoogleError.invalid("Missing boundary in multipart body.", reason="badRequest")
    mark = b"--" + found[1].encode()
    pieces = (b"\r\n" + body.replace(b"\r\n" + mark, b"\n" + mark)).split(b"\n" + mark)[1:]
    parts = []
    for piece in pieces:
        if piece.startswith(b"--"):
            break
        piece = re.sub(rb"^[ \t]*\r?\n", b"", piece, count=1)
        head, _, content = _cut(piece)
        headers = BytesParser(policy=HTTP).parsebytes(head + b"\r\n\r\n", headersonly=True)
        parts.append(({name.lower(): str(value) for name, value in headers.items()}, content))
    return parts


def _cut(piece: bytes) -> tuple[bytes, bytes, bytes]:
    if piece.startswith((b"\r\n", b"\n")):
        return b"", b"", piece.lstrip(b"\r").removeprefix(b"\n")
    ends = [(at, gap) for gap in (b"\r\n\r\n", b"\n\n") if (at := piece.find(gap)) >= 0]
    return piece.partition(min(ends)[1]) if ends else (piece, b"", b"")


def _related(content_type: str, body: bytes) -> tuple[bytes, Media | None]:
    parts = multipart_parts(content_type, body)
    if len(parts) != 2:
        raise GoogleError.invalid("Malformed multipart body.", reason="badRequest")
    headers, content = parts[1]
    if headers.get("content-transfer-encoding", "").lower() == "base64":
        content = base64.b64decode(content)
    return parts[0][1], Media(content, headers.get("content-type", _OCTETS).split(";")[0].strip())


@dataclass
class _Session:
    opening: Request
    mime_type: str
    total: int | None
    received: bytes = b""


class Sessions:
    """Resumable uploads under way. They live as long as the server, which is what a client must count on."""

    def __init__(self) -> None:
        self._open: dict[str, _Session] = {}
        self._lock = threading.Lock()

    def open(self, request: Request) -> Answer:
        """Answer to the opening request: where to send the content."""
        key = secrets.token_urlsafe(24)
        length = request.headers.get("X-Upload-Content-Length", "")
        session = _Session(
            request, request.headers.get("X-Upload-Content-Type", _OCTETS), int(length) if length.isdigit() else None
        )
        with self._lock:
            self._open[key] = session
        query = urlencode([*request.query, ("upload_id", key)])
        where = f"{request.base_url}{request.path}?{query}"
        return Answer(200, b"", {"Location": where, "X-GUploader-UploadID": key})

    def take(self, request: Request) -> Answer | Request:
        """Content for a session: 308 while some is missing, else the opening request with all of the content.

        Raises GoogleError 404 for a session that is not known (any more), 400 for ranges that do not follow on.
        """
        key = dict(request.query).get("upload_id", "")
        with self._lock:
            session = self._open.get(key)
            if session is None:
                raise GoogleError.not_found("Upload session not found.")
            done = _receive(session, request)
            if not done:
                got = len(session.received)
                headers = {"Range": f"bytes=0-{got - 1}"} if got else {}
                return Answer(308, b"", headers)
            del self._open[key]
        opening = session.opening
        mark = "local-" + secrets.token_hex(8)
        body = (
            f"--{mark}\r\nContent-Type: application/json\r\n\r\n".encode()
            + (opening.body or json.dumps({}).encode())
            + f"\r\n--{mark}\r\nContent-Type: {session.mime_type}\r\n\r\n".encode()
            + session.received
            + f"\r\n--{mark}--\r\n".encode()
        )
        query = urlencode(
            [(n, v) for n, v in parse_qsl(opening.query_string) if n != "uploadType"] + [("uploadType", "multipart")]
        )
        related = Headers({**opening.headers, "content-type": f"multipart/related; boundary={mark}"})
        return replace(opening, body=body, query_string=query, headers=related)


def _receive(session: _Session, request: Request) -> bool:
    stated = request.headers.get("Content-Range", "")
    if not stated:
        session.received = request.body
        return True
    found = re.fullmatch(r"bytes (?:(\d+)-(\d+)|\*)/(\d+|\*)", stated)
    if not found:
        raise GoogleError.invalid("Failed to parse Content-Range header.", reason="badRequest")
    if found[3] != "*":
        session.total = int(found[3])
    if found[1] is not None:
        first = int(found[1])
        if first > len(session.received):
            raise GoogleError.invalid("Invalid request. The content does not follow on.", reason="badRequest")
        session.received = session.received[:first] + request.body
    return session.total is not None and len(session.received) >= session.total
