"""Drive v2, as far as clients of Sheets still use it: a file with its content, in v2's words."""

from __future__ import annotations

from typing import Any

from sync.emulator.call import Call, provides
from sync.emulator.drive.access import denied, is_locked
from sync.emulator.drive.contents import import_into, keep
from sync.emulator.drive.files import create_file, touch
from sync.emulator.drive.guard import file_for
from sync.emulator.drive.kinds import DOCUMENT, SPREADSHEET, kind_of
from sync.emulator.drive.metadata import OCTETS, check_drive_parent
from sync.emulator.drive.resource import web_link
from sync.emulator.drive.state import Record, is_trashed, save

TABLES = frozenset(
    (
        "text/csv",
        "text/tab-separated-values",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    )
)
ONLY = "what uploads of Sheets clients need: title, parents, content, conversion"


@provides("drive.v2.files.get", partly=ONLY)
def get(call: Call) -> dict[str, Any]:
    return older_resource(call, file_for(call, call.params["fileId"]))


@provides("drive.v2.files.insert", partly=ONLY)
def insert(call: Call) -> dict[str, Any]:
    """Upload a new file; with convert=true a table becomes a spreadsheet and a text a Doc."""
    uploaded = call.media.mime_type if call.media else OCTETS
    mime_type = call.body.get("mimeType") or uploaded
    if call.params.get("convert"):
        mime_type = SPREADSHEET if uploaded in TABLES else DOCUMENT if uploaded.startswith("text/") else mime_type
    parents = [parent["id"] for parent in call.body.get("parents") or () if parent.get("id")] or None
    check_drive_parent(call, parents)
    name = call.body.get("title") or "Untitled"
    record = create_file(call.workspace, call.user, name, mime_type, parents, client=call.client)
    return older_resource(call, _filled(call, record))


@provides("drive.v2.files.update", partly=ONLY)
def update(call: Call) -> dict[str, Any]:
    """Replace a file's content, and its title if one is given: how a CSV gets into a spreadsheet."""
    record = file_for(call, call.params["fileId"], "writer")
    if is_locked(record):
        raise denied(call, record["id"])
    record = _filled(call, record)
    named = {"name": call.body["title"]} if call.body.get("title") else {}
    return older_resource(call, touch(call.workspace, record["id"], call.user, **named))


def _filled(call: Call, record: Record) -> Record:
    if call.media is None:
        return record
    if kind_of(record["mimeType"]):
        import_into(call, record, call.media.content, call.media.mime_type)
        return record
    described = {**record, **keep(call.workspace, record["id"], call.media.content, call.media.mime_type)}
    save(call.workspace, described, record)
    return described


def older_resource(call: Call, record: Record) -> dict[str, Any]:
    """The File resource of v2."""
    base = f"{call.workspace.base_url}/drive/v2/files/"
    return {
        "kind": "drive#file",
        "id": record["id"],
        "selfLink": base + record["id"],
        "title": record["name"],
        "mimeType": record["mimeType"],
        "alternateLink": web_link(record),
        "createdDate": record["createdTime"],
        "modifiedDate": record["modifiedTime"],
        "version": str(record["version"]),
        "labels": {
            "starred": call.user in record.get("starred", ()),
            "hidden": False,
            "trashed": is_trashed(call.workspace, record),
            "restricted": False,
            "viewed": True,
        },
        "parents": [{"kind": "drive#parentReference", "id": record["parent"]}] if record["parent"] else [],
        **({"driveId": record["driveId"]} if record["driveId"] else {}),
        **({"fileSize": str(record["size"]), "md5Checksum": record["md5Checksum"]} if "size" in record else {}),
    }
