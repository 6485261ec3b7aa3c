"""Drive v2 for clients that still speak it (PyDrive, uploads of Sheets clients): v3's methods in v2's words."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sync.emulator.call import HANDLERS, Call, Reply, provides
from sync.emulator.clock import rfc3339
from sync.emulator.discovery import router
from sync.emulator.drive import olderwords as words
from sync.emulator.drive.kinds import DOCUMENT, SPREADSHEET
from sync.emulator.drive.state import Record, find, resolve, root_of

Json = dict[str, Any]
TABLES = frozenset(
    (
        "text/csv",
        "text/tab-separated-values",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    )
)
_PARAMETERS = {"maxResults": "pageSize", "sendNotificationEmails": "sendNotificationEmail", "type": "type"}
_V2 = "drive.v2."


def newer(call: Call, method: str, body: Json | None = None, **more: Any) -> Any:
    """The answer of a v3 method, all of its fields, to a v2 call."""
    called = router().by_id[method]
    given = {_PARAMETERS.get(name, name): value for name, value in call.params.items()} | more
    if "q" in given and method == "drive.files.list":
        given["q"] = words.query(given["q"])
    if "orderBy" in given:
        given["orderBy"] = words.order(given["orderBy"])
    defaults = {
        one.name: one.default for one in called.query_parameters if one.default is not None and not one.repeated
    }
    params = defaults | {name: value for name, value in given.items() if name in called.parameters}
    return HANDLERS[method](replace(call, method=called, params=params, body=body or {}, fields="*"))


def _file(call: Call, answer: Any) -> Any:
    return answer if isinstance(answer, Reply) else _shown(call, answer)


def _shown(call: Call, resource: Json) -> Json:
    return words.older_file(resource, call.workspace.base_url, permissions=call.fields is not None)


def _listed(call: Call, method: str, name: str, shown: Any) -> Json:
    found = newer(call, method)
    rest = {key: value for key, value in found.items() if key != name}
    return {**rest, "items": [shown(one) for one in found.get(name, [])]}


@provides(_V2 + "files.get")
def get(call: Call) -> Any:
    return _file(call, newer(call, "drive.files.get"))


@provides(_V2 + "files.list")
def list_files(call: Call) -> Json:
    return _listed(call, "drive.files.list", "files", lambda one: _shown(call, one))


@provides(_V2 + "files.insert", partly="no OCR, no text tracks")
def insert(call: Call) -> Any:
    """Upload a new file; with convert=true a table becomes a spreadsheet and a text a Doc."""
    uploaded = call.media.mime_type if call.media else ""
    body = words.file_of(call.body)
    if call.params.get("convert") and uploaded:
        target = SPREADSHEET if uploaded in TABLES else DOCUMENT if uploaded.startswith("text/") else uploaded
        body["mimeType"] = target
    return _file(call, newer(call, "drive.files.create", body))


@provides(_V2 + "files.update", partly="no OCR, no text tracks")
def update(call: Call) -> Any:
    """Change a file's content, its metadata, or both; what is not said stays."""
    body, more = words.file_of(call.body), {}
    if wanted := body.pop("parents", None):
        more = _moves(call, wanted)
    if not call.params.get("setModifiedDate"):
        body.pop("modifiedTime", None)
    if call.media is not None and body.get("mimeType") == call.media.mime_type:
        body.pop("mimeType")  # of the upload: what an Editors file is imported from
    body.pop("id", None)
    return _file(call, newer(call, "drive.files.update", body, **more))


provides(_V2 + "files.patch")(update)


def _moves(call: Call, wanted: list[str]) -> Json:
    """v2 writes parents as a field; v3 adds and removes them."""
    record: Record = find(call.workspace, call.params["fileId"]) or {"parent": None}
    asked = [resolve(call.workspace, call.user, one) for one in wanted]
    if asked == [record["parent"]]:
        return {}
    return {"addParents": asked[0], **({"removeParents": record["parent"]} if record["parent"] else {})}


@provides(_V2 + "files.copy", partly="no OCR, no text tracks")
def copy(call: Call) -> Any:
    return _file(call, newer(call, "drive.files.copy", words.file_of(call.body)))


@provides(_V2 + "files.delete")
def delete(call: Call) -> Any:
    return newer(call, "drive.files.delete")


@provides(_V2 + "files.trash")
def trash(call: Call) -> Any:
    return _file(call, newer(call, "drive.files.update", {"trashed": True}))


@provides(_V2 + "files.untrash")
def untrash(call: Call) -> Any:
    return _file(call, newer(call, "drive.files.update", {"trashed": False}))


@provides(_V2 + "files.touch")
def touch(call: Call) -> Any:
    return _file(call, newer(call, "drive.files.update", {"modifiedTime": rfc3339(call.now)}))


@provides(_V2 + "files.emptyTrash")
def empty_trash(call: Call) -> Any:
    return newer(call, "drive.files.emptyTrash")


@provides(_V2 + "files.export")
def export(call: Call) -> Any:
    return newer(call, "drive.files.export")


@provides(_V2 + "files.generateIds")
def generate_ids(call: Call) -> Any:
    return newer(call, "drive.files.generateIds", count=call.params.get("maxResults", 10))


@provides(_V2 + "permissions.list")
def list_permissions(call: Call) -> Json:
    return _listed(call, "drive.permissions.list", "permissions", words.older_permission)


@provides(_V2 + "permissions.get")
def get_permission(call: Call) -> Json:
    return words.older_permission(newer(call, "drive.permissions.get"))


@provides(_V2 + "permissions.insert")
def insert_permission(call: Call) -> Json:
    owns = {"transferOwnership": True} if call.body.get("role") == "owner" else {}
    return words.older_permission(newer(call, "drive.permissions.create", words.permission_of(call.body), **owns))


@provides(_V2 + "permissions.update")
def update_permission(call: Call) -> Json:
    body = words.permission_of(call.body)
    changed: Json = {name: body[name] for name in ("role", "expirationTime") if name in body}
    return words.older_permission(newer(call, "drive.permissions.update", changed))


provides(_V2 + "permissions.patch")(update_permission)


@provides(_V2 + "permissions.delete")
def delete_permission(call: Call) -> Any:
    return newer(call, "drive.permissions.delete")


@provides(_V2 + "about.get")
def about(call: Call) -> Json:
    return words.older_about(newer(call, "drive.about.get"), root_of(call.workspace, call.user))


@provides(_V2 + "changes.getStartPageToken")
def start_page_token(call: Call) -> Any:
    return newer(call, "drive.changes.getStartPageToken")


@provides(_V2 + "changes.list", partly="from a page token; a startChangeId is taken for one")
def list_changes(call: Call) -> Json:
    token = call.params.get("pageToken") or str(call.params.get("startChangeId") or 1)
    found = newer(call, "drive.changes.list", pageToken=token, includeRemoved=call.params.get("includeDeleted", True))
    items = [words.older_change(one, call.workspace.base_url) for one in found.pop("changes", [])]
    return words.kept("ChangeList", {**found, "items": items})


@provides(_V2 + "revisions.list")
def list_revisions(call: Call) -> Json:
    return _listed(call, "drive.revisions.list", "revisions", words.older_revision)


@provides(_V2 + "revisions.get")
def get_revision(call: Call) -> Any:
    answer = newer(call, "drive.revisions.get")
    return answer if isinstance(answer, Reply) else words.older_revision(answer)


@provides(_V2 + "drives.list")
def list_drives(call: Call) -> Json:
    return _listed(call, "drive.drives.list", "drives", words.older_drive)


@provides(_V2 + "drives.get")
def get_drive(call: Call) -> Json:
    return words.older_drive(newer(call, "drive.drives.get"))


@provides(_V2 + "drives.insert")
def insert_drive(call: Call) -> Json:
    return words.older_drive(newer(call, "drive.drives.create", call.body))


@provides(_V2 + "drives.delete")
def delete_drive(call: Call) -> Any:
    return newer(call, "drive.drives.delete")
