"""The bytes of files: kept at upload, given at download, turned into another format at export."""

from __future__ import annotations

import base64
import hashlib
import re
from typing import Any

from sync.emulator.call import Call, GoogleError, Reply, provides
from sync.emulator.drive.guard import file_for
from sync.emulator.drive.kinds import FOLDER, kind_of
from sync.emulator.drive.resource import is_editors
from sync.emulator.drive.state import Record
from sync.emulator.workspace import Workspace

TABLE = "drive.content"
EXPORT_LIMIT = 10 * 1024 * 1024


def keep(workspace: Workspace, file_id: str, content: bytes, mime_type: str) -> dict[str, Any]:
    """Store content as the newest revision of a file; the record's fields that describe it."""
    number = workspace.next_number(f"drive.revision/{file_id}")
    revision_id = f"0B{file_id[1:24]}{number:06d}"
    value = {"data": base64.b64encode(content).decode("ascii"), "mimeType": mime_type}
    workspace.table(TABLE).put(f"{file_id}/{revision_id}", value)
    return {
        "headRevisionId": revision_id,
        "size": len(content),
        "md5Checksum": hashlib.md5(content, usedforsecurity=False).hexdigest(),
        "sha1Checksum": hashlib.sha1(content, usedforsecurity=False).hexdigest(),
        "sha256Checksum": hashlib.sha256(content).hexdigest(),
    }


def content_of(workspace: Workspace, file_id: str, revision_id: str) -> bytes | None:
    value = workspace.table(TABLE).get(f"{file_id}/{revision_id}")
    return None if value is None else base64.b64decode(value["data"])


def copy_content(workspace: Workspace, source: Record, copy_id: str) -> dict[str, Any]:
    """Give a copy the newest content of its source."""
    if "headRevisionId" not in source:
        return {}
    content = content_of(workspace, source["id"], source["headRevisionId"])
    return keep(workspace, copy_id, content or b"", source["mimeType"])


def drop(workspace: Workspace, file_id: str) -> None:
    for key, _ in list(workspace.table(TABLE).starting(file_id + "/")):
        workspace.table(TABLE).delete(key)


def download(call: Call, record: Record, revision_id: str | None = None) -> Reply:
    """A file's bytes, or the part of them that a Range header asks for. Editors files must be exported instead."""
    if is_editors(record["mimeType"]) or record["mimeType"] == FOLDER:
        raise GoogleError(
            403,
            "fileNotDownloadable",
            "Only files with binary content can be downloaded. Use Export with Docs Editors files.",
            location="alt",
            location_type="parameter",
        )
    content = content_of(call.workspace, record["id"], revision_id or record.get("headRevisionId", "")) or b""
    return _ranged(call, content, record["mimeType"])


def _ranged(call: Call, content: bytes, mime_type: str) -> Reply:
    found = re.fullmatch(r"bytes=(\d*)-(\d*)", call.headers.get("Range", ""))
    if not found or not (found[1] or found[2]):
        return Reply(content, content_type=mime_type)
    if found[1]:
        start, end = int(found[1]), min(int(found[2] or len(content)), len(content) - 1)
    else:
        start, end = max(0, len(content) - int(found[2])), len(content) - 1
    if start > end:
        raise GoogleError(
            416,
            "requestedRangeNotSatisfiable",
            "Request range not satisfiable",
            headers={"Content-Range": f"bytes */{len(content)}"},
        )
    part = {"Content-Range": f"bytes {start}-{end}/{len(content)}"}
    return Reply(content[start : end + 1], 206, part, mime_type)


@provides("drive.files.export", partly="words and tables go over; colours, sizes and pictures only to HTML and xlsx")
def export(call: Call) -> Reply:
    """An Editors file in another format; at most 10 MB."""
    record = file_for(call, call.params["fileId"])
    kind = kind_of(record["mimeType"])
    if kind is None:
        raise GoogleError(403, "fileNotExportable", "Export only supports Docs Editors files.")
    content = kind.export(call.workspace, record["id"], call.params["mimeType"])
    if content is None:
        raise GoogleError(
            400,
            "badRequest",
            "The requested conversion is not supported.",
            location="convertTo",
            location_type="parameter",
        )
    if len(content) > EXPORT_LIMIT:
        raise GoogleError(403, "exportSizeLimitExceeded", "This file is too large to be exported.")
    return Reply(content, content_type=call.params["mimeType"])


def import_into(call: Call, record: Record, content: bytes, mime_type: str) -> None:
    """Make an upload the content of an Editors file."""
    kind = kind_of(record["mimeType"])
    if kind is None or kind.import_content is None or mime_type not in kind.import_types:
        raise GoogleError(400, "badRequest", "Bad Request")
    kind.import_content(call.workspace, record["id"], content, mime_type)
