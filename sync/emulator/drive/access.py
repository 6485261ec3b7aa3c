"""Who may do what with a file. Drive's permissions rule Docs and Sheets too.

Rules: "Share files, folders, and drives" and "Roles and permissions" of the Drive guide. Permissions of a folder
hold for everything below it; who owns a folder may write in what others put there.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from sync.emulator.clock import rfc3339
from sync.emulator.drive.state import Record, ancestors, find, permissions_on, resolve
from sync.emulator.errors import GoogleError
from sync.emulator.workspace import Workspace

RANK = {"reader": 1, "commenter": 2, "writer": 3, "fileOrganizer": 4, "organizer": 5, "owner": 6}
DRIVE_SCOPE = "https://www.googleapis.com/auth/drive.file"
# Whoever holds one of these sees every file their person sees; drive.file alone sees what its app made or opened.
WHOLE_SCOPES = frozenset(
    f"https://www.googleapis.com/auth/{name}"
    for name in (
        "drive",
        "drive.readonly",
        "drive.metadata",
        "drive.metadata.readonly",
        "documents",
        "documents.readonly",
        "spreadsheets",
        "spreadsheets.readonly",
    )
)


class Caller(Protocol):
    """What of a Call decides about access."""

    @property
    def workspace(self) -> Workspace: ...
    @property
    def user(self) -> str: ...
    @property
    def client(self) -> str: ...
    @property
    def scopes(self) -> frozenset[str]: ...


def at_least(role: str | None, wanted: str) -> bool:
    return role is not None and RANK[role] >= RANK[wanted]


def stronger(one: str | None, other: str | None) -> str | None:
    return max((one, other), key=lambda role: RANK[role] if role else 0)


def role_of(workspace: Workspace, file_id: str, user: str) -> str | None:
    """The strongest role a person has on a file, from itself or from the folders above it; None without access."""
    record = find(workspace, file_id)
    if record is None:
        return None
    best: str | None = None
    for permission, _ in permissions_for(workspace, record):
        if applies_to(workspace, permission, user):
            best = stronger(best, permission["role"])
    return best


def permissions_for(workspace: Workspace, record: Record) -> Iterator[tuple[Record, str | None]]:
    """Every permission that holds for a file, and the id of the folder it comes from (None: it is its own)."""
    now = rfc3339(workspace.clock.now())
    holder, from_id = record, None
    above = ancestors(workspace, record)
    closed = False
    while True:
        for permission in permissions_on(workspace, holder["id"]):
            if permission.get("expirationTime", now) < now:
                continue
            role = permission["role"]
            if closed and from_id is not None and role not in ("owner", "organizer"):
                continue
            if from_id is not None and role == "owner":
                permission = {**permission, "role": "writer"}
            yield permission, from_id
        closed = closed or bool(holder["set"].get("inheritedPermissionsDisabled"))
        parent = next(above, None)
        if parent is None:
            return
        holder, from_id = parent, parent["id"]


def applies_to(workspace: Workspace, permission: Record, user: str) -> bool:
    kind = permission["type"]
    if kind == "anyone":
        return True
    if kind == "domain":
        return bool(user.partition("@")[2] == permission["domain"])
    if kind == "group":
        return user in members_of(workspace, permission["emailAddress"])
    return bool(permission["emailAddress"] == user)


def members_of(workspace: Workspace, group: str) -> list[str]:
    """The people of a group: table "groups", address -> {"members": [addresses]}."""
    return list((workspace.table("groups").get(group) or {}).get("members", []))


def app_sees(call: Caller, record: Record) -> bool:
    """Whether the app's scopes reach this file: with drive.file alone, only what it created or was given."""
    if call.scopes & WHOLE_SCOPES or DRIVE_SCOPE not in call.scopes:
        return True
    return not record["clients"] or call.client in record["clients"]


def require(call: Caller, file_id: str, wanted: str) -> Record:
    """The record of a file the caller has at least this role on.

    Raises Google's 404 if they cannot see the file, its 403 if they can but not this, in the words of the API called.
    """
    record = visible(call, file_id)
    if not at_least(role_of(call.workspace, record["id"], call.user), wanted):
        raise denied(call, record["id"])
    if wanted == "writer" and is_locked(record) and not is_drive(call):
        raise denied(call, record["id"])
    return record


def is_locked(record: Record) -> bool:
    """Whether a content restriction keeps everybody from changing what is in the file."""
    return any(each.get("readOnly") for each in record["set"].get("contentRestrictions", ()))


def visible(call: Caller, file_id: str) -> Record:
    """The record of a file the caller can see.

    Drive answers 404 for a file of somebody else's as for none at all; Docs and Sheets tell the two apart (403).
    """
    record = find(call.workspace, resolve(call.workspace, call.user, file_id))
    if record is None:
        raise missing(call, file_id)
    if not app_sees(call, record) or role_of(call.workspace, record["id"], call.user) is None:
        raise missing(call, file_id) if is_drive(call) else denied(call, file_id)
    return record


def missing(call: Caller, file_id: str) -> GoogleError:
    if is_drive(call):
        return GoogleError.not_found(f"File not found: {file_id}.", "fileId")
    return GoogleError(404, "notFound", "Requested entity was not found.")


def denied(call: Caller, file_id: str) -> GoogleError:
    if is_drive(call):
        message = f"The user does not have sufficient permissions for file {file_id}."
        return GoogleError(403, "insufficientFilePermissions", message)
    return GoogleError(403, "forbidden", "The caller does not have permission")


def is_drive(call: Caller) -> bool:
    """Whether the answer is to be in Drive's words."""
    method = getattr(call, "method", None)
    return method is None or method.api.name == "drive"
