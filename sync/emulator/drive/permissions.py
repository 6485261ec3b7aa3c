"""permissions.create, list, get, update, delete: who may see a file.

Rules: the Permission resource in the discovery document and the Drive guide "Share files, folders, and drives".
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sync.emulator.call import Call, GoogleError, provides
from sync.emulator.drive.access import RANK, at_least, denied, role_of
from sync.emulator.drive.guard import file_for
from sync.emulator.drive.kinds import FOLDER
from sync.emulator.drive.paging import paged
from sync.emulator.drive.removal import viewers_of
from sync.emulator.drive.resource import effective, may_share, permission_resource
from sync.emulator.drive.state import (
    Record,
    descendants,
    drop_permission,
    grantee_id,
    note_change,
    own_permission,
    permissions_on,
    put_permission,
    save,
)

TYPES = ("user", "group", "domain", "anyone")
VIEWS = ("published", "metadata")
# What a permission keeps as it is given, and may be changed to.
KEPT = ("view", "pendingOwner", "inheritedPermissionsDisabled")


@provides("drive.permissions.create")
def create(call: Call) -> dict[str, Any]:
    """Share a file. The same grantee again gets the new role under the same id; mail goes out unless told not to."""
    record = shareable(call)
    wanted = checked(call, record)
    existing = own_permission(call.workspace, record["id"], wanted["id"])
    if wanted["role"] == "owner":
        return permission_resource(call, transfer(call, record, wanted))
    if existing and existing["role"] == "owner":
        return permission_resource(call, existing)
    put_permission(call.workspace, record, wanted, call.user)
    note_change(call.workspace, record)
    notify(call, record, wanted)
    return permission_resource(call, wanted)


def shareable(call: Call) -> Record:
    """The file, if the caller may share it."""
    record = file_for(call, call.params["fileId"])
    role = role_of(call.workspace, record["id"], call.user)
    allowed = at_least(role, "organizer") if record["id"] == record["driveId"] else may_share(record, role)
    if not allowed:
        raise denied(call, record["id"])
    return record


def checked(call: Call, record: Record) -> Record:
    """The permission that the body describes."""
    body = call.body
    kind, role = body.get("type"), body.get("role")
    if not kind:
        raise GoogleError.required("The permission type field is required.", "permission.type")
    if kind not in TYPES:
        raise GoogleError.invalid("The specified permission type is invalid.", "permission.type")
    check_role(call, record, role)
    permission: Record = {"type": kind, "role": role, **kept_fields(kind, body)}
    if kind in ("user", "group"):
        if not body.get("emailAddress"):
            raise GoogleError.required(
                f"The emailAddress field is required for permissions of type {kind}.", "permission.emailAddress"
            )
        email = body["emailAddress"].strip().lower()
        if "@" not in email.strip("@"):
            raise GoogleError(
                400,
                "invalidSharingRequest",
                'Bad Request. User message: "You are trying to invite an invalid address."',
            )
        permission |= {"id": grantee_id(call.workspace, email), "emailAddress": email}
        if body.get("expirationTime"):
            permission["expirationTime"] = checked_expiration(call, body["expirationTime"])
    elif kind == "domain":
        if not body.get("domain"):
            raise GoogleError.required(
                "The domain field is required for permissions of type domain.", "permission.domain"
            )
        domain = body["domain"].lower()
        permission |= {"id": grantee_id(call.workspace, f"everyone@domain:{domain}") + "k", "domain": domain}
    else:
        permission["id"] = "anyone" if body.get("allowFileDiscovery") else "anyoneWithLink"
    if kind in ("domain", "anyone"):
        permission["allowFileDiscovery"] = bool(body.get("allowFileDiscovery"))
    return permission


def kept_fields(kind: str, body: Record) -> Record:
    """The fields of a body that a permission keeps as they are given."""
    kept = {name: body[name] for name in KEPT if body.get(name) is not None}
    if kept.get("view") not in (None, *VIEWS):
        raise GoogleError.invalid("The specified view is invalid.", "permission.view")
    if kept.get("pendingOwner") and kind != "user":
        raise GoogleError.invalid("Only a user may be a pending owner.", "permission.pendingOwner")
    return kept


def check_role(call: Call, record: Record, role: str | None) -> None:
    """Refuse roles that do not exist, do not fit the kind of drive, or are more than the caller may give."""
    if not role:
        raise GoogleError.required("The permission role field is required.", "permission.role")
    if role not in RANK:
        raise GoogleError.invalid("The specified role is invalid or not supported.", "permission.role")
    if role in ("organizer", "fileOrganizer") and not record["driveId"]:
        raise GoogleError(
            403, "organizerOnNonTeamDriveItemNotSupported", f"The role {role} is only valid for items in shared drives."
        )
    if role == "owner":
        if record["driveId"]:
            raise GoogleError(403, "ownerOnTeamDriveItemNotSupported", "Items in shared drives have no owner.")
        if not call.params.get("transferOwnership"):
            raise GoogleError(
                403,
                "forbidden",
                "The transferOwnership parameter must be enabled when the permission role is 'owner'.",
                location="transferOwnership",
                location_type="parameter",
            )
        if record["owner"] != call.user:
            raise denied(call, record["id"])
    mine = role_of(call.workspace, record["id"], call.user)
    if role != "owner" and RANK[role] > RANK[mine or "reader"]:
        raise denied(call, record["id"])


def checked_expiration(call: Call, text: str) -> str:
    """When a permission ends. Rule: in the future, and not more than a year from now."""
    try:
        past = datetime.fromisoformat(text) <= call.now  # TypeError: a moment without an offset is none
    except (TypeError, ValueError):
        raise GoogleError.invalid("Invalid value for expirationTime.", "permission.expirationTime") from None
    if past or datetime.fromisoformat(text) > call.now + timedelta(days=366):
        raise GoogleError(
            403,
            "expirationDateNotAllowedForSharingRequest",
            "Expiration dates must be in the future and within a year.",
        )
    return text


def transfer(call: Call, record: Record, wanted: Record) -> Record:
    """Give a file to another owner; the old one keeps writing."""
    for permission in list(permissions_on(call.workspace, record["id"])):
        if permission["role"] == "owner":
            put_permission(call.workspace, record, {**permission, "role": "writer"}, call.user)
    put_permission(call.workspace, record, wanted, call.user)
    owned = {**record, "owner": wanted["emailAddress"]}
    save(call.workspace, owned, record)
    note_change(call.workspace, owned)
    notify(call, owned, wanted)
    return wanted


def notify(call: Call, record: Record, permission: Record) -> None:
    """Put the mail that tells a grantee into the outbox; a transfer of ownership always tells."""
    if permission["type"] not in ("user", "group") or permission.get("emailAddress") == call.user:
        return
    if call.params.get("sendNotificationEmail") is False and permission["role"] != "owner":
        return
    person = call.workspace.person(call.user) or {"name": call.user}
    call.workspace.outbox.append(
        "share",
        to=[permission["emailAddress"]],
        sender=call.user,
        subject=f'{"Folder" if record["mimeType"] == FOLDER else "File"} shared with you: "{record["name"]}"',
        body=call.params.get("emailMessage", ""),
        text=f"{person['name']} has invited you as {permission['role']}.",
        fileId=record["id"],
        role=permission["role"],
    )


@provides("drive.permissions.list")
def list_permissions(call: Call) -> dict[str, Any]:
    """Everybody who may see a file, by its own permissions or through a folder above it."""
    record = readable(call)
    page, token = paged(call, effective(call, record), 100)
    shown = [permission_resource(call, each) for each in page]
    return {"kind": "drive#permissionList", "permissions": shown, **token}


def readable(call: Call) -> Record:
    """The file, if the caller may see who else may see it: readers may not, except in shared drives."""
    record = file_for(call, call.params["fileId"])
    if not at_least(role_of(call.workspace, record["id"], call.user), "reader" if record["driveId"] else "writer"):
        raise GoogleError(
            403,
            "insufficientFilePermissions",
            f"The user does not have sufficient permissions for file {record['id']}.",
        )
    return record


@provides("drive.permissions.get")
def get(call: Call) -> dict[str, Any]:
    record = file_for(call, call.params["fileId"])
    return permission_resource(call, existing_permission(call, record))


def existing_permission(call: Call, record: Record) -> Record:
    permission_id = call.params["permissionId"]
    for permission in effective(call, record):
        if permission["id"] == permission_id:
            return permission
    raise GoogleError.not_found(f"Permission not found: {permission_id}.", "permissionId")


@provides("drive.permissions.update")
def update(call: Call) -> dict[str, Any]:
    """Give a grantee another role or end date."""
    record = shareable(call)
    shown = existing_permission(call, record)
    own = own_permission(call.workspace, record["id"], shown["id"])
    body = call.body
    if set(body) - {"role", "expirationTime", "kind", "id", "type", *KEPT}:
        raise GoogleError(403, "fieldNotWritable", "The resource body includes fields which are not directly writable.")
    changed = {name: value for name, value in (own or shown).items() if name != "details"}
    if "role" in body:
        check_role(call, record, body["role"])
        changed["role"] = body["role"]
    changed |= kept_fields(changed["type"], body)
    if own is None:
        put_permission(call.workspace, record, changed, call.user)
        return permission_resource(call, existing_permission(call, record))
    if own["role"] == "owner" and changed["role"] != "owner":
        raise denied(call, record["id"])
    if changed["role"] == "owner" and own["role"] != "owner":
        return permission_resource(call, transfer(call, record, changed))
    if call.params.get("removeExpiration") or body.get("expirationTime", "") is None:
        changed.pop("expirationTime", None)
    elif body.get("expirationTime"):
        changed["expirationTime"] = checked_expiration(call, body["expirationTime"])
    put_permission(call.workspace, record, changed, call.user)
    note_change(call.workspace, record)
    return permission_resource(call, changed)


@provides("drive.permissions.delete")
def delete(call: Call) -> None:
    """Take access away. Anybody may give up their own; an owner's cannot be taken."""
    record = file_for(call, call.params["fileId"])
    shown = existing_permission(call, record)
    own = own_permission(call.workspace, record["id"], shown["id"])
    if own is None:
        raise GoogleError(
            403,
            "cannotDeleteInheritedPermission",
            "The permission is inherited; remove it from the folder it comes from.",
        )
    if own.get("emailAddress") != call.user:
        shareable(call)
    if own["role"] == "owner":
        raise GoogleError.forbidden("The owner of a file cannot be removed.", "cannotRemoveOwner")
    affected = [record, *(descendants(call.workspace, record["id"]) if record["mimeType"] == FOLDER else ())]
    before = {each["id"]: viewers_of(call.workspace, each) for each in affected}
    drop_permission(call.workspace, record, own)
    for each in affected:
        lost = sorted(set(before[each["id"]]) - set(viewers_of(call.workspace, each)))
        note_change(call.workspace, each, removed_for=lost)
