"""revisions.list and get: every upload of a file with bytes, and the present state of an Editors file."""

from __future__ import annotations

import hashlib
from typing import Any

from sync.emulator.call import Call, GoogleError, Reply, provides
from sync.emulator.drive.contents import TABLE, content_of, download
from sync.emulator.drive.guard import file_for
from sync.emulator.drive.paging import paged
from sync.emulator.drive.resource import asked_fields, user_resource
from sync.emulator.drive.state import Record


@provides("drive.revisions.list", partly="an Editors file shows its latest revision only")
def list_revisions(call: Call) -> dict[str, Any]:
    record = file_for(call, call.params["fileId"], "writer")
    page, token = paged(call, _revisions(call, record))
    return {"kind": "drive#revisionList", "revisions": page, **token}


@provides("drive.revisions.get", partly="an Editors file shows its latest revision only")
def get(call: Call) -> dict[str, Any] | Reply:
    record = file_for(call, call.params["fileId"], "writer")
    wanted = call.params["revisionId"]
    for revision in _revisions(call, record):
        if revision["id"] == wanted or (wanted == "head" and revision["id"] == record.get("headRevisionId")):
            return download(call, record, revision["id"]) if call.alt == "media" else revision
    raise GoogleError.not_found(f"Revision not found: {wanted}.", "revisionId")


def _revisions(call: Call, record: Record) -> list[dict[str, Any]]:
    """Oldest first."""
    if "headRevisionId" not in record:
        return [_shown(call, record, str(record["version"]), {})]
    found = []
    for key, value in call.workspace.table(TABLE).starting(record["id"] + "/"):
        revision_id = key.partition("/")[2]
        content = content_of(call.workspace, record["id"], revision_id) or b""
        described = {
            "mimeType": value["mimeType"],
            "size": str(len(content)),
            "md5Checksum": hashlib.md5(content, usedforsecurity=False).hexdigest(),
            "originalFilename": record.get("originalFilename", record["name"]),
            "keepForever": False,
        }
        found.append(_shown(call, record, revision_id, described))
    return found


def _shown(call: Call, record: Record, revision_id: str, described: dict[str, Any]) -> dict[str, Any]:
    resource = {
        "kind": "drive#revision",
        "id": revision_id,
        "mimeType": described.get("mimeType", record["mimeType"]),
        "modifiedTime": record["modifiedTime"],
    }
    if asked_fields(call) is None:
        return resource
    return {**resource, "lastModifyingUser": user_resource(call, record["editor"]), **described}
