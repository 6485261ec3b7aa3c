"""A file as the API shows it to one person."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from sync.emulator.call import Call
from sync.emulator.drive.access import at_least, is_locked, permissions_for, role_of, stronger
from sync.emulator.drive.kinds import DOCUMENT, EDITORS, FOLDER, SHORTCUT, SPREADSHEET, kind_of
from sync.emulator.drive.state import Record, grant_note, is_trashed

DEFAULT_FIELDS = ("kind", "id", "name", "mimeType", "driveId", "teamDriveId", "resourceKey")


def asked_fields(call: Call) -> str | None:
    """The `fields` parameter of the request; None when it has none and Drive answers its few default fields."""
    return call.fields


def file_resource(call: Call, record: Record) -> dict[str, Any]:
    """The File resource: everything where the request asks for fields, else Drive's default ones."""
    if asked_fields(call) is None:
        return _default(record)
    role = role_of(call.workspace, record["id"], call.user)
    resource = {
        **_default(record),
        **_times(call, record),
        **_people(call, record, role),
        **_state(call, record, role),
        **_content(call, record),
        **record["set"],
    }
    return {name: value for name, value in resource.items() if value is not None}


def _default(record: Record) -> dict[str, Any]:
    resource = {
        "kind": "drive#file",
        "id": record["id"],
        "name": record["name"],
        "mimeType": record["mimeType"],
    }
    if record["driveId"]:
        resource |= {"driveId": record["driveId"], "teamDriveId": record["driveId"]}
    return resource


def _times(call: Call, record: Record) -> dict[str, Any]:
    viewed = record.get("viewed", {}).get(call.user)
    mine = record["modifiedTime"] if record["editor"] == call.user else record.get("edited", {}).get(call.user)
    note = grant_note(call.workspace, record["id"], call.user) if record["owner"] != call.user else None
    return {
        "createdTime": record["createdTime"],
        "modifiedTime": record["modifiedTime"],
        "modifiedByMe": mine is not None,
        "modifiedByMeTime": mine,
        "viewedByMe": viewed is not None,
        "viewedByMeTime": viewed,
        "sharedWithMeTime": note["time"] if note else None,
        "sharingUser": user_resource(call, note["by"]) if note and note["by"] else None,
        "version": str(record["version"]),
    }


def _people(call: Call, record: Record, role: str | None) -> dict[str, Any]:
    found = {permission["id"]: permission for permission, _ in permissions_for(call.workspace, record)}
    people: dict[str, Any] = {
        "lastModifyingUser": user_resource(call, record["editor"]),
        "permissionIds": sorted(found),
    }
    if not record["driveId"]:
        people |= {
            "owners": [user_resource(call, record["owner"])],
            "ownedByMe": record["owner"] == call.user,
            "shared": len(found) > 1,
            "writersCanShare": record["set"].get("writersCanShare", True),
        }
        if may_share(record, role):
            people["permissions"] = [permission_resource(call, each) for each in effective(call, record)]
    return people


def _state(call: Call, record: Record, role: str | None) -> dict[str, Any]:
    app = record["appProperties"].get(call.client) or None
    parent = record["parent"]
    sees_parent = parent and role_of(call.workspace, parent, call.user) is not None
    restricted = bool(record["set"].get("copyRequiresWriterPermission"))
    return {
        "starred": call.user in record.get("starred", ()),
        "trashed": is_trashed(call.workspace, record),
        "explicitlyTrashed": record["trashed"],
        "trashedTime": record.get("trashedTime") if record["driveId"] else None,
        "trashingUser": user_resource(call, record["trasher"]) if record["driveId"] and record["trashed"] else None,
        "parents": [parent] if sees_parent else None,
        "properties": record["properties"] or None,
        "appProperties": app,
        "spaces": ["drive"],
        "copyRequiresWriterPermission": restricted,
        "viewersCanCopyContent": not restricted,
        "hasThumbnail": False,
        "thumbnailVersion": "0",
        "isAppAuthorized": not record["clients"] or call.client in record["clients"],
        "inheritedPermissionsDisabled": bool(record["set"].get("inheritedPermissionsDisabled")),
        "capabilities": capabilities(record, role),
    }


def _content(call: Call, record: Record) -> dict[str, Any]:
    mime_type, file_id = record["mimeType"], record["id"]
    content: dict[str, Any] = {
        "webViewLink": web_link(record),
        "iconLink": f"https://drive-thirdparty.googleusercontent.com/16/type/{mime_type}",
        "quotaBytesUsed": str(record.get("size", 0)),
        "shortcutDetails": record.get("shortcutDetails"),
    }
    if "md5Checksum" in record:
        dot, extension = record["name"].rpartition(".")[1:]
        content |= {name: record[name] for name in ("md5Checksum", "sha1Checksum", "sha256Checksum", "headRevisionId")}
        content |= {
            "size": str(record["size"]),
            "originalFilename": record.get("originalFilename", record["name"]),
            "fullFileExtension": extension if dot else "",
            "fileExtension": extension if dot else "",
            "webContentLink": f"https://drive.google.com/uc?id={file_id}&export=download",
        }
    kind = kind_of(mime_type)
    if kind:
        base = f"{call.workspace.base_url}/drive/v3/files/{file_id}/export?mimeType="
        content["exportLinks"] = {name: base + quote(name, safe="") for name in kind.export_types}
        content["size"] = str(record.get("size", 1024))
    return content


def web_link(record: Record) -> str:
    """Where a person opens the file."""
    file_id, mime_type = record["id"], record["mimeType"]
    if mime_type == DOCUMENT:
        return f"https://docs.google.com/document/d/{file_id}/edit?usp=drivesdk"
    if mime_type == SPREADSHEET:
        return f"https://docs.google.com/spreadsheets/d/{file_id}/edit?usp=drivesdk"
    if mime_type == FOLDER:
        return f"https://drive.google.com/drive/folders/{file_id}"
    return f"https://drive.google.com/file/d/{file_id}/view?usp=drivesdk"


def user_resource(call: Call, email: str) -> dict[str, Any]:
    """A Drive user; people from elsewhere are known by their address only."""
    person = call.workspace.person(email)
    user = {"kind": "drive#user", "displayName": person["name"] if person else email, "me": email == call.user}
    if person:
        user["permissionId"] = person["id"]
    return {**user, "emailAddress": email}


def effective(call: Call, record: Record) -> list[Record]:
    """The permissions that hold for a file, one per grantee with the strongest role, and where each comes from.

    The owner's comes last, as the live tests of pygsheets and PyDrive2 have it.
    """
    merged: dict[str, Record] = {}
    for permission, from_id in permissions_for(call.workspace, record):
        detail = {
            "permissionType": "member" if from_id == record["driveId"] or record["id"] == record["driveId"] else "file",
            "role": permission["role"],
            "inherited": from_id is not None,
            **({"inheritedFrom": from_id} if from_id else {}),
        }
        known = merged.get(permission["id"])
        if known is None:
            merged[permission["id"]] = {**permission, "details": [detail]}
        else:
            role = stronger(known["role"], permission["role"])
            merged[permission["id"]] = {**known, "role": role, "details": [*known["details"], detail]}
    return sorted(merged.values(), key=lambda each: (each["role"] == "owner", each["id"]))


def permission_resource(call: Call, permission: Record) -> dict[str, Any]:
    """The Permission resource; Drive answers four fields of it where no fields are asked for."""
    resource = {"kind": "drive#permission", **{name: permission[name] for name in ("id", "type", "role")}}
    if asked_fields(call) is None:
        return resource
    for name in (
        *("emailAddress", "domain", "allowFileDiscovery", "expirationTime", "view", "inheritedPermissionsDisabled"),
    ):
        if name in permission:
            resource[name] = permission[name]
    if permission["type"] in ("user", "group"):
        person = call.workspace.person(permission["emailAddress"])
        resource |= {
            "displayName": person["name"] if person else permission["emailAddress"],
            "deleted": False,
            "pendingOwner": permission.get("pendingOwner", False),
        }
    elif permission["type"] == "domain":
        resource["displayName"] = permission["domain"]
    if details := permission.get("details"):
        resource["permissionDetails"] = details
    return resource


def may_share(record: Record, role: str | None) -> bool:
    """Owners and managers share; writers too unless the owner forbade it."""
    if at_least(role, "fileOrganizer"):
        return True
    return at_least(role, "writer") and bool(record["set"].get("writersCanShare", True))


def capabilities(record: Record, role: str | None) -> dict[str, bool]:
    """What a role may do with a file, in Drive's fine-grained words."""
    folder, shared_drive = record["mimeType"] == FOLDER, bool(record["driveId"])
    reads, comments, writes = (at_least(role, name) for name in ("reader", "commenter", "writer"))
    locked = is_locked(record)
    copies = reads and not folder and (writes or not record["set"].get("copyRequiresWriterPermission"))
    trashes = at_least(role, "fileOrganizer" if shared_drive else "owner")
    granted = {
        "canAddChildren": folder and writes,
        "canChangeCopyRequiresWriterPermission": writes,
        "canComment": comments and not locked,
        "canCopy": copies,
        "canDelete": at_least(role, "organizer" if shared_drive else "owner"),
        "canDeleteChildren": folder and at_least(role, "organizer" if shared_drive else "owner"),
        "canDisableInheritedPermissions": folder and at_least(role, "organizer"),
        "canDownload": copies or (reads and folder),
        "canEdit": writes,
        "canListChildren": folder and reads,
        "canModifyContent": writes and not locked,
        "canModifyContentRestriction": writes and record["mimeType"] not in (FOLDER, SHORTCUT),
        "canMoveChildrenWithinDrive": folder and writes,
        "canMoveItemWithinDrive": writes,
        "canMoveItemOutOfDrive": at_least(role, "organizer"),
        "canReadDrive": shared_drive and reads,
        "canReadRevisions": writes and not folder,
        "canRemoveChildren": folder and trashes,
        "canRename": writes and not locked,
        "canShare": may_share(record, role),
        "canTrash": trashes,
        "canTrashChildren": folder and trashes,
        "canUntrash": trashes,
    }
    return {name: bool(value) for name, value in granted.items()}


def is_editors(mime_type: str) -> bool:
    """Whether a type is one of Google's own, which have no bytes of their own."""
    return mime_type.startswith(EDITORS)
