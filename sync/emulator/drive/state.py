"""What Drive remembers: one small record per file, and the indexes that keep every call cheap.

Tables: drive.files (id -> record), drive.children (parent/id), drive.grants (who/id: what is shared with whom),
drive.owned (who/id), drive.inside (shared drive/id), drive.permissions (id/permission id), drive.changes (number).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sync.emulator.clock import rfc3339
from sync.emulator.drive.kinds import FOLDER
from sync.emulator.workspace import Workspace

Record = dict[str, Any]


def find(workspace: Workspace, file_id: str) -> Record | None:
    """The record of a file, folder or shared drive's top folder; None if there is none."""
    record: Record | None = workspace.table("drive.files").get(file_id)
    return record


def resolve(workspace: Workspace, user: str, file_id: str) -> str:
    """The id behind the alias "root", which is a different folder for each person."""
    return root_of(workspace, user) if file_id == "root" else file_id


def new_record(workspace: Workspace, user: str, file_id: str, name: str, mime_type: str, **known: Any) -> Record:
    """What is kept of a file or folder that a person makes now; `known` are fields that differ from a root folder's."""
    now = rfc3339(workspace.clock.now())
    return {
        "id": file_id,
        "name": name,
        "mimeType": mime_type,
        "parent": None,
        "owner": user,
        "driveId": None,
        "creator": user,
        "editor": user,
        "createdTime": now,
        "modifiedTime": now,
        "version": 1,
        "trashed": False,
        "properties": {},
        "appProperties": {},
        "clients": [],
        "set": {},
        **known,
    }


def root_of(workspace: Workspace, user: str) -> str:
    """The id of a person's My Drive folder, made on first use."""
    known: str | None = workspace.table("drive.roots").get(user)
    if known:
        return known
    file_id = workspace.new_id("drive.shared")
    workspace.table("drive.roots").put(user, file_id)
    record = new_record(workspace, user, file_id, "My Drive", FOLDER)
    workspace.table("drive.files").put(file_id, record)
    put_permission(workspace, record, owner_permission(workspace, user))
    return file_id


def is_root(workspace: Workspace, record: Record) -> bool:
    return record["parent"] is None


def save(workspace: Workspace, record: Record, before: Record | None = None) -> None:
    """Keep a record and its places in the indexes; `before` is what it was."""
    file_id = record["id"]
    for table, name in (("drive.children", "parent"), ("drive.owned", "owner"), ("drive.inside", "driveId")):
        old, new = (before or {}).get(name), record[name]
        if old and old != new:
            workspace.table(table).delete(f"{old}/{file_id}")
        if new and old != new:
            workspace.table(table).put(f"{new}/{file_id}", True)
    workspace.table("drive.files").put(file_id, record)


def forget(workspace: Workspace, record: Record) -> None:
    """Remove a record, its permissions and its places in the indexes."""
    file_id = record["id"]
    for table, name in (("drive.children", "parent"), ("drive.owned", "owner"), ("drive.inside", "driveId")):
        if record[name]:
            workspace.table(table).delete(f"{record[name]}/{file_id}")
    for permission in list(permissions_on(workspace, file_id)):
        drop_permission(workspace, record, permission)
    workspace.table("drive.files").delete(file_id)


def children(workspace: Workspace, parent_id: str) -> Iterator[Record]:
    """What lies directly in a folder."""
    return _listed(workspace, "drive.children", parent_id)


def owned(workspace: Workspace, user: str) -> Iterator[Record]:
    return _listed(workspace, "drive.owned", user)


def inside(workspace: Workspace, drive_id: str) -> Iterator[Record]:
    """Everything in a shared drive, at any depth."""
    return _listed(workspace, "drive.inside", drive_id)


def granted(workspace: Workspace, who: str) -> Iterator[Record]:
    """What has a permission of its own for an e-mail address or for `domain:` and a name."""
    return _listed(workspace, "drive.grants", who)


def _listed(workspace: Workspace, table: str, prefix: str) -> Iterator[Record]:
    for key, _ in list(workspace.table(table).starting(prefix + "/")):
        record = find(workspace, key[len(prefix) + 1 :])
        if record is not None:
            yield record


def descendants(workspace: Workspace, file_id: str) -> Iterator[Record]:
    """Everything below a folder, parents before children."""
    for child in children(workspace, file_id):
        yield child
        if child["mimeType"] == FOLDER:
            yield from descendants(workspace, child["id"])


def ancestors(workspace: Workspace, record: Record) -> Iterator[Record]:
    """The folders above a file, nearest first."""
    parent_id = record["parent"]
    while parent_id:
        parent = find(workspace, parent_id)
        if parent is None:
            return
        yield parent
        parent_id = parent["parent"]


def is_trashed(workspace: Workspace, record: Record) -> bool:
    """Whether a file is in the trash, by itself or with a folder above it."""
    return record["trashed"] or any(parent["trashed"] for parent in ancestors(workspace, record))


# -- permissions


def permissions_on(workspace: Workspace, file_id: str) -> Iterator[Record]:
    """The permissions set on a file itself, without those from folders above it."""
    for _, permission in workspace.table("drive.permissions").starting(file_id + "/"):
        yield permission


def own_permission(workspace: Workspace, file_id: str, permission_id: str) -> Record | None:
    found: Record | None = workspace.table("drive.permissions").get(f"{file_id}/{permission_id}")
    return found


def put_permission(workspace: Workspace, record: Record, permission: Record, by: str | None = None) -> None:
    """Set a permission on a file, and note with whom it is shared."""
    file_id = record["id"]
    workspace.table("drive.permissions").put(f"{file_id}/{permission['id']}", permission)
    key = f"{grantee_of(permission)}/{file_id}"
    if key not in workspace.table("drive.grants"):
        workspace.table("drive.grants").put(key, {"time": rfc3339(workspace.clock.now()), "by": by})


def drop_permission(workspace: Workspace, record: Record, permission: Record) -> None:
    workspace.table("drive.permissions").delete(f"{record['id']}/{permission['id']}")
    workspace.table("drive.grants").delete(f"{grantee_of(permission)}/{record['id']}")


def grant_note(workspace: Workspace, file_id: str, user: str) -> Record | None:
    """When and by whom a file was shared with a person, if it was shared with them itself."""
    note: Record | None = workspace.table("drive.grants").get(f"{user}/{file_id}")
    return note


def grantee_of(permission: Record) -> str:
    """Under which name the index of grants knows the grantee."""
    if permission["type"] == "domain":
        return f"domain:{permission['domain']}"
    return str(permission.get("emailAddress") or "anyone")


def owner_permission(workspace: Workspace, user: str) -> Record:
    return {"id": grantee_id(workspace, user), "type": "user", "role": "owner", "emailAddress": user}


def grantee_id(workspace: Workspace, email: str) -> str:
    """The id that a person has in every permission; addresses from elsewhere get one too."""
    person = workspace.person(email)
    if person is not None:
        return str(person["id"])
    table = workspace.table("drive.strangers")
    if email not in table:
        table.put(email, workspace.new_id("number"))
    return str(table[email])


# -- changes


def note_change(workspace: Workspace, record: Record, *, removed_for: list[str] | None = None) -> None:
    """Put a file at the end of the change log, where it stands at most once.

    `removed_for` names the people for whom the file is gone: those who could see it when it was deleted, or who lost
    their access to it.
    """
    number = f"{workspace.next_number('drive.changes'):012d}"
    latest = workspace.table("drive.changes.latest")
    if previous := latest.get(record["id"]):
        old = workspace.table("drive.changes").get(previous)
        removed_for = sorted({*(removed_for or []), *(old or {}).get("removed_for", [])})
        workspace.table("drive.changes").delete(previous)
    latest.put(record["id"], number)
    entry = {
        "fileId": record["id"],
        "driveId": record["driveId"],
        "time": rfc3339(workspace.clock.now()),
        "removed_for": removed_for or [],
    }
    workspace.table("drive.changes").put(number, entry)
    for listener in CHANGE_LISTENERS:
        listener(workspace, record)


def last_change(workspace: Workspace) -> int:
    number: int = workspace.table("workspace.numbers").get("drive.changes", 0)
    return number


CHANGE_LISTENERS: list[Any] = []
