"""files.create, get, update, copy and generateIds."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sync.emulator.call import Call, GoogleError, Reply, provides
from sync.emulator.clock import rfc3339
from sync.emulator.drive.access import at_least, denied, is_locked, missing, role_of
from sync.emulator.drive.contents import copy_content, download, import_into, keep
from sync.emulator.drive.files import check_move, create_file, parent_record, touch
from sync.emulator.drive.guard import file_for, understands_drives
from sync.emulator.drive.kinds import EDITORS, FOLDER, SHORTCUT, kind_of
from sync.emulator.drive.properties import merged
from sync.emulator.drive.resource import capabilities, file_resource, is_editors
from sync.emulator.drive.state import Record, descendants, find, is_root, note_change, resolve, save

OCTETS = "application/octet-stream"
# Fields of a File that are kept as they are given.
KEPT = (
    "description",
    "copyRequiresWriterPermission",
    "writersCanShare",
    "folderColorRgb",
    "contentRestrictions",
    "inheritedPermissionsDisabled",
    "downloadRestrictions",
    "clientEncryptionDetails",
)
# What files.update accepts besides; everything else of a File is the server's own.
UPDATED = {
    "name",
    "mimeType",
    "trashed",
    "starred",
    "properties",
    "appProperties",
    "modifiedTime",
    "viewedByMeTime",
    "originalFilename",
    "contentHints",
    "viewersCanCopyContent",
    "kind",
    *KEPT,
}
CREATED = {*UPDATED, "id", "parents", "createdTime", "shortcutDetails"}
PERSONAL = {"starred", "viewedByMeTime", "kind"}


@provides("drive.files.get")
def get(call: Call) -> dict[str, Any] | Reply:
    """A file's metadata or, with alt=media, its bytes."""
    record = file_for(call, call.params["fileId"])
    return download(call, record) if call.alt == "media" else file_resource(call, record)


@provides("drive.files.create")
def create(call: Call) -> dict[str, Any]:
    """Make a file, with or without content; a Google type with content is a conversion."""
    body = call.body
    mime_type = body.get("mimeType") or (call.media.mime_type if call.media else OCTETS)
    check_drive_parent(call, body.get("parents"))
    record = create_file(
        call.workspace,
        call.user,
        body.get("name") or "Untitled",
        mime_type,
        body.get("parents"),
        file_id=chosen_id(call, mime_type),
        client=call.client,
        known=initial(call, mime_type),
    )
    if call.media and is_editors(mime_type):
        import_into(call, record, call.media.content, call.media.mime_type)
    elif not is_editors(mime_type):
        content = call.media.content if call.media else b""
        described = {**record, **keep(call.workspace, record["id"], content, mime_type)}
        save(call.workspace, described, record)
        record = described
    return file_resource(call, record)


def initial(call: Call, mime_type: str) -> dict[str, Any]:
    """What the body of a create or copy says about the new record."""
    body = call.body
    if set(body) - CREATED:
        raise GoogleError(403, "fieldNotWritable", "The resource body includes fields which are not directly writable.")
    known: dict[str, Any] = {
        "properties": merged({}, body.get("properties")),
        "appProperties": {call.client: merged({}, body.get("appProperties"), private=True)},
        "set": _settings(call, {}, body),
    }
    for name in ("createdTime", "modifiedTime"):
        if body.get(name):
            known[name] = body[name]
    if body.get("originalFilename"):
        known["originalFilename"] = body["originalFilename"]
    if body.get("starred"):
        known["starred"] = [call.user]
    if body.get("viewedByMeTime"):
        known["viewed"] = {call.user: body["viewedByMeTime"]}
    if mime_type == SHORTCUT:
        target = file_for(call, (body.get("shortcutDetails") or {}).get("targetId", ""))
        known["shortcutDetails"] = {"targetId": target["id"], "targetMimeType": target["mimeType"]}
    return known


def chosen_id(call: Call, mime_type: str) -> str | None:
    """The id a client may choose beforehand: one it was given, for anything but Docs Editors files."""
    file_id: str | None = call.body.get("id")
    if not file_id:
        return None
    if mime_type.startswith(EDITORS) and mime_type not in (FOLDER, EDITORS + "drive-sdk"):
        raise GoogleError.invalid("Generated IDs are not supported for Docs Editors formats.")
    if find(call.workspace, file_id):
        raise GoogleError(409, "fileIdInUse", "A file already exists with the provided ID.")
    if file_id not in call.workspace.table("drive.generated"):
        raise GoogleError.invalid("The provided file ID is not usable.", "file.id")
    return file_id


def check_drive_parent(call: Call, parents: list[str] | None) -> None:
    """An app that does not understand shared drives does not find their folders."""
    for parent_id in parents or ():
        parent = find(call.workspace, resolve(call.workspace, call.user, parent_id))
        if parent and parent["driveId"] and not understands_drives(call):
            raise missing(call, parent_id)


@provides("drive.files.generateIds")
def generate_ids(call: Call) -> dict[str, Any]:
    """Ids that a later create or copy may use, so that a repeated one is refused with 409 instead of doubling."""
    count = call.params["count"]
    if not 1 <= count <= 1000:
        raise GoogleError.invalid(f"Invalid value '{count}'. Values must be within the range: [1, 1000]", "count")
    ids = [call.workspace.new_id("drive") for _ in range(count)]
    for file_id in ids:
        call.workspace.table("drive.generated").put(file_id, True)
    return {"kind": "drive#generatedIds", "space": call.params["space"], "ids": ids}


@provides("drive.files.copy")
def copy(call: Call) -> dict[str, Any]:
    """Copy a file; what the body gives replaces what the source has, null clears it. Sharing is not copied."""
    source = file_for(call, call.params["fileId"])
    role = role_of(call.workspace, source["id"], call.user)
    if not capabilities(source, role)["canCopy"]:
        raise GoogleError(403, "cannotCopyFile", "This file cannot be copied by the user.")
    body = call.body
    mime_type = body.get("mimeType") or source["mimeType"]
    parents = body.get("parents") or _parents_of_copy(call, source)
    check_drive_parent(call, parents)
    known = initial(call, mime_type)
    known["properties"] = merged(source["properties"], body.get("properties"))
    mine = source["appProperties"].get(call.client, {})
    known["appProperties"] = {call.client: merged(mine, body.get("appProperties"), private=True)}
    if "description" in source["set"] and "description" not in body:
        known["set"] = {"description": source["set"]["description"], **known["set"]}
    record = create_file(
        call.workspace,
        call.user,
        body.get("name") or f"Copy of {source['name']}",
        mime_type,
        parents,
        file_id=chosen_id(call, mime_type),
        client=call.client,
        copy_of=source["id"],
        known=known,
    )
    if content := copy_content(call.workspace, source, record["id"]):
        described = {**record, **content}
        save(call.workspace, described, record)
        record = described
    return file_resource(call, record)


def _parents_of_copy(call: Call, source: Record) -> list[str] | None:
    """The source's folder where the caller may write in it, else their own My Drive."""
    parent = source["parent"]
    writes = parent and at_least(role_of(call.workspace, parent, call.user), "writer")
    return [parent] if writes else None


@provides("drive.files.update")
def update(call: Call) -> dict[str, Any]:
    """Change a file: its metadata (a null clears), its folder, its content; also into and out of the trash."""
    body = call.body
    changes_it = bool(
        set(body) - PERSONAL or call.media or call.params.get("addParents") or call.params.get("removeParents")
    )
    record = file_for(call, call.params["fileId"], "writer" if changes_it else "reader")
    check_update(call, record)
    changed = changed_fields(call, record)
    if call.params.get("addParents") or call.params.get("removeParents"):
        changed |= moved(call, record)
    if call.media and kind_of(record["mimeType"]):
        import_into(call, record, call.media.content, call.media.mime_type)
    elif call.media:
        mime_type = body.get("mimeType") or call.media.mime_type
        changed |= {**keep(call.workspace, record["id"], call.media.content, mime_type), "mimeType": mime_type}
    if not changes_it:
        personal = {**record, **changed}
        save(call.workspace, personal, record)
        return file_resource(call, personal)
    if not call.media and set(changed) <= {"parent", "driveId", "owner", "trashed", "trashedTime", "trasher"}:
        changed = {"modifiedTime": record["modifiedTime"], "editor": record["editor"], **changed}
    updated = touch(call.workspace, record["id"], call.user, **changed)
    if "trashed" in changed and record["mimeType"] == FOLDER:
        for below in list(descendants(call.workspace, record["id"])):
            note_change(call.workspace, below)
    return file_resource(call, updated)


def check_update(call: Call, record: Record) -> None:
    """Refuse fields that only the server writes, changes of locked content, and trashing by those who may not."""
    body = call.body
    if "parents" in body:
        raise GoogleError(
            403,
            "fieldNotWritable",
            "The parents field is not directly writable in update requests. Use the addParents and removeParents "
            "parameters instead.",
        )
    if set(body) - UPDATED:
        raise GoogleError(403, "fieldNotWritable", "The resource body includes fields which are not directly writable.")
    role = role_of(call.workspace, record["id"], call.user)
    can = capabilities(record, role)
    if "trashed" in body and not can["canTrash"]:
        raise denied(call, record["id"])
    if is_root(call.workspace, record) and ("trashed" in body or call.params.get("addParents")):
        raise denied(call, record["id"])
    if is_locked(record) and ("name" in body or call.media) and "contentRestrictions" not in body:
        raise GoogleError(
            403, "cannotModifyReadOnlyFile", "The file is read-only; its content restriction must be removed first."
        )


def changed_fields(call: Call, record: Record) -> dict[str, Any]:
    """What the body of an update makes of the record's fields."""
    body, changed = call.body, dict[str, Any]()
    for name in ("name", "mimeType", "modifiedTime", "originalFilename"):
        if body.get(name):
            changed[name] = body[name]
    if "properties" in body:
        changed["properties"] = merged(record["properties"], body["properties"])
    if "appProperties" in body:
        mine = record["appProperties"].get(call.client, {})
        kept = merged(mine, body["appProperties"], private=True)
        changed["appProperties"] = {**record["appProperties"], call.client: kept}
    if "starred" in body:
        others = [user for user in record.get("starred", ()) if user != call.user]
        changed["starred"] = [*others, call.user] if body["starred"] else others
    if body.get("viewedByMeTime"):
        changed["viewed"] = {**record.get("viewed", {}), call.user: body["viewedByMeTime"]}
    if "trashed" in body and bool(body["trashed"]) != record["trashed"]:
        changed |= {"trashed": bool(body["trashed"]), "trashedTime": rfc3339(call.now), "trasher": call.user}
    settings = _settings(call, record["set"], body)
    if settings != record["set"]:
        changed["set"] = settings
    return changed


def _settings(call: Call, old: Mapping[str, Any], body: Mapping[str, Any]) -> dict[str, Any]:
    settings = {**old, **{name: body[name] for name in KEPT if name in body}}
    if "viewersCanCopyContent" in body:
        settings["copyRequiresWriterPermission"] = not body["viewersCanCopyContent"]
    return {name: value for name, value in settings.items() if value not in (None, "", [])}


def moved(call: Call, record: Record) -> dict[str, Any]:
    """Where addParents and removeParents put a file. Rule: it has exactly one parent before and after."""
    adds = _ids(call, "addParents")
    removes = _ids(call, "removeParents")
    if not adds:
        if record["parent"] in removes:
            raise GoogleError(
                403, "cannotRemoveLastParent", "A file must have a parent; name the new one with addParents."
            )
        return {}
    if adds == [record["parent"]]:
        return {}
    if len(adds) > 1 or record["parent"] not in removes:
        raise GoogleError(403, "cannotAddParent", "Increasing the number of parents is not allowed")
    check_drive_parent(call, adds)
    parent = parent_record(call.workspace, call.user, adds)
    check_move(call.workspace, record, parent)
    if parent["driveId"] == record["driveId"]:
        return {"parent": parent["id"]}
    if record["mimeType"] == FOLDER:
        raise GoogleError(
            403, "teamDrivesFolderMoveInNotSupported", "Moving folders into shared drives is not supported."
        )
    owner = None if parent["driveId"] else call.user
    return {"parent": parent["id"], "driveId": parent["driveId"], "owner": owner}


def _ids(call: Call, name: str) -> list[str]:
    given = [each.strip() for each in call.params.get(name, "").split(",") if each.strip()]
    return [resolve(call.workspace, call.user, each) for each in given]
