"""files.delete and files.emptyTrash: gone for good."""

from __future__ import annotations

from sync.emulator.call import Call, provides
from sync.emulator.drive.access import at_least, denied, members_of, permissions_for, role_of
from sync.emulator.drive.contents import drop
from sync.emulator.drive.guard import file_for
from sync.emulator.drive.kinds import FOLDER, kind_of
from sync.emulator.drive.state import Record, descendants, find, forget, inside, is_root, note_change, owned
from sync.emulator.workspace import Workspace


@provides("drive.files.delete")
def delete(call: Call) -> None:
    """Delete a file without the trash; a folder with everything in it. Owners only, in shared drives organizers."""
    record = file_for(call, call.params["fileId"])
    wanted = "organizer" if record["driveId"] else "owner"
    if is_root(call.workspace, record) or not at_least(role_of(call.workspace, record["id"], call.user), wanted):
        raise denied(call, record["id"])
    destroy(call.workspace, record)


@provides("drive.files.emptyTrash")
def empty_trash(call: Call) -> None:
    """Delete everything that the caller trashed in their My Drive, or that lies in a shared drive's trash."""
    drive_id = call.params.get("driveId")
    if drive_id:
        file_for(call, drive_id, "organizer")
    trashed = list(inside(call.workspace, drive_id) if drive_id else owned(call.workspace, call.user))
    for record in trashed:
        if record["trashed"] and find(call.workspace, record["id"]):
            destroy(call.workspace, record)


def destroy(workspace: Workspace, record: Record) -> None:
    """Remove a file and what is below it, and tell everybody who could see it."""
    below = list(descendants(workspace, record["id"])) if record["mimeType"] == FOLDER else []
    for gone in (*reversed(below), record):
        viewers = viewers_of(workspace, gone)
        kind = kind_of(gone["mimeType"])
        if kind:
            kind.on_delete(workspace, gone["id"])
        drop(workspace, gone["id"])
        for table in ("drive.comments", "drive.replies"):
            for key, _ in list(workspace.table(table).starting(gone["id"] + "/")):
                workspace.table(table).delete(key)
        forget(workspace, gone)
        note_change(workspace, gone, removed_for=viewers)


def viewers_of(workspace: Workspace, record: Record) -> list[str]:
    """The people of the domain who can see a file."""
    viewers: set[str] = set()
    for permission, _ in permissions_for(workspace, record):
        if permission["type"] == "user":
            viewers.add(permission["emailAddress"])
        elif permission["type"] == "group":
            viewers.update(members_of(workspace, permission["emailAddress"]))
        elif permission["type"] == "domain":
            people = workspace.table("people").keys()
            viewers.update(each for each in people if each.partition("@")[2] == permission["domain"])
    return sorted(viewers)
