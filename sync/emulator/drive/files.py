"""Making, touching, copying and moving files: what Docs and Sheets share with Drive's own methods."""

from __future__ import annotations

from typing import Any

from sync.emulator.clock import rfc3339
from sync.emulator.drive.access import at_least, role_of
from sync.emulator.drive.kinds import FOLDER, SHORTCUT, kind_of
from sync.emulator.drive.state import (
    Record,
    ancestors,
    find,
    new_record,
    note_change,
    owner_permission,
    put_permission,
    resolve,
    root_of,
    save,
)
from sync.emulator.errors import GoogleError
from sync.emulator.workspace import Workspace

NO_STORAGE = (
    "Service Accounts do not have storage quota. Leverage shared drives "
    "(https://developers.google.com/workspace/drive/api/guides/about-shareddrives), or use OAuth delegation "
    "(http://support.google.com/a/answer/7281227) instead."
)


def create_file(
    workspace: Workspace,
    user: str,
    name: str,
    mime_type: str,
    parents: list[str] | None = None,
    *,
    file_id: str | None = None,
    client: str | None = None,
    copy_of: str | None = None,
    known: dict[str, Any] | None = None,
) -> Record:
    """Make a file in a folder (the person's My Drive if none is given) and tell the service that keeps its content.

    `known` are more fields of the record. Returns the record; its "id" is the file's. Raises GoogleError: 404 for a
    folder that is not there, 403 for one that may not be written in or where there is no storage.
    """
    parent = parent_record(workspace, user, parents)
    check_storage(workspace, user, parent, mime_type)
    place = {
        "parent": parent["id"],
        "owner": None if parent["driveId"] else user,
        "driveId": parent["driveId"],
        "clients": [client] if client else [],
    }
    new_id = file_id or workspace.new_id("drive")
    record = new_record(workspace, user, new_id, name, mime_type, **{**place, **(known or {})})
    save(workspace, record)
    if not record["driveId"]:
        put_permission(workspace, record, owner_permission(workspace, user))
    kind = kind_of(mime_type)
    if kind and copy_of:
        kind.on_copy(workspace, copy_of, record["id"])
    elif kind:
        kind.on_create(workspace, record["id"], name)
    note_change(workspace, record)
    return record


def parent_record(workspace: Workspace, user: str, parents: list[str] | None) -> Record:
    """The folder a new file goes into. Rule: exactly one, it exists, it is a folder, and the person may write in it."""
    if parents and len(parents) > 1:
        raise GoogleError(
            400,
            "teamDrivesParentLimit",
            "A file must have exactly one parent; specifying multiple parents isn't supported.",
        )
    parent_id = resolve(workspace, user, parents[0]) if parents else root_of(workspace, user)
    parent = find(workspace, parent_id)
    role = role_of(workspace, parent_id, user)
    if parent is None or role is None:
        raise GoogleError.not_found(f"File not found: {parent_id}.", "fileId")
    if parent["mimeType"] != FOLDER:
        raise GoogleError(403, "parentNotAFolder", "The specified parent is not a folder.")
    if not at_least(role, "writer"):
        raise GoogleError(403, "insufficientParentPermissions", "Insufficient permissions for the specified parent.")
    return parent


def check_storage(workspace: Workspace, user: str, parent: Record, mime_type: str) -> None:
    """A service account has no storage of its own: outside a shared drive it may make folders and shortcuts only."""
    free = mime_type in (FOLDER, SHORTCUT) or parent["driveId"] or workspace.service_account_storage
    if not free and workspace.is_service_account(user):
        raise GoogleError(403, "storageQuotaExceeded", NO_STORAGE, domain="usageLimits")


def touch(workspace: Workspace, file_id: str, user: str, **changed: Any) -> Record:
    """Note that somebody changed a file: its version, its times and the change log. `changed` replaces fields."""
    before = find(workspace, file_id)
    if before is None:
        raise LookupError(f"there is no file {file_id}")
    record = {
        **before,
        "modifiedTime": rfc3339(workspace.clock.now()),
        "editor": user,
        **changed,
        "version": before["version"] + 1,
    }
    save(workspace, record, before)
    note_change(workspace, record)
    return record


def rename(workspace: Workspace, file_id: str, user: str, name: str) -> Record:
    """Give a file another name (a spreadsheet's title is its file's name)."""
    return touch(workspace, file_id, user, name=name)


def check_move(workspace: Workspace, record: Record, parent: Record) -> None:
    """Refuse to put a folder into itself or into what lies in it."""
    above = {parent["id"], *(folder["id"] for folder in ancestors(workspace, parent))}
    if record["id"] in above:
        raise GoogleError(
            403, "cyclicMembershipsNotAllowed", "A folder cannot be added to itself or to one of its descendants."
        )


def name_of(workspace: Workspace, file_id: str) -> str:
    """A file's name as it is now."""
    record = find(workspace, file_id)
    return str(record["name"]) if record else ""
