"""changes.getStartPageToken, list, watch, files.watch, channels.stop: what happened since.

A page token is the number of the next change to read; it never expires. A file stands in the log once, at its latest
change, and only people who may see it (or could until then) are told.
"""

from __future__ import annotations

from typing import Any

from sync.emulator.call import Call, GoogleError, provides
from sync.emulator.drive.access import app_sees, role_of
from sync.emulator.drive.guard import file_for, understands_drives
from sync.emulator.drive.resource import file_resource
from sync.emulator.drive.state import CHANGE_LISTENERS, Record, find, last_change
from sync.emulator.push import changed, open_channel, stop_channel
from sync.emulator.workspace import Workspace

DAY = 86_400
WATCHERS = "drive.watchers"


@provides("drive.changes.getStartPageToken")
def get_start_page_token(call: Call) -> dict[str, Any]:
    """The token from which changes.list tells everything that happens from now on."""
    drive_of(call)
    return {"kind": "drive#startPageToken", "startPageToken": str(last_change(call.workspace) + 1)}


def drive_of(call: Call) -> str | None:
    """The shared drive whose log is asked for, if one is; 404 if the caller does not see it."""
    drive_id: str | None = call.params.get("driveId") or call.params.get("teamDriveId")
    if drive_id:
        file_for(call, drive_id)
    return drive_id


@provides("drive.changes.list")
def list_changes(call: Call) -> dict[str, Any]:
    """Changes from a token on; the last page carries the token to go on with later."""
    drive_id = drive_of(call)
    token = call.params["pageToken"]
    if not token.isdigit() or int(token) < 1:
        raise GoogleError.invalid("Invalid Value", "pageToken")
    limit = call.page_limit(100, 1000, "pageSize")
    found: list[dict[str, Any]] = []
    answer: dict[str, Any] = {"kind": "drive#changeList"}
    for number, entry in call.workspace.table("drive.changes").between(f"{int(token):012d}", "~"):
        if len(found) == limit:
            answer["nextPageToken"] = str(int(number))
            break
        change = change_resource(call, entry, drive_id)
        if change:
            found.append(change)
    else:
        answer["newStartPageToken"] = str(last_change(call.workspace) + 1)
    return {**answer, "changes": found}


def change_resource(call: Call, entry: Record, drive_id: str | None) -> dict[str, Any] | None:
    """One change as the caller is told of it; None if it is not theirs to know."""
    in_drive = entry["driveId"]
    if drive_id and in_drive != drive_id:
        return None
    includes = call.params.get("includeItemsFromAllDrives") or call.params.get("includeTeamDriveItems")
    if in_drive and not (includes and understands_drives(call)):
        return None
    if in_drive and call.params.get("restrictToMyDrive"):
        return None
    record = find(call.workspace, entry["fileId"])
    seen = record is not None and role_of(call.workspace, record["id"], call.user) is not None
    change = {
        "kind": "drive#change",
        "type": "file",
        "changeType": "file",
        "time": entry["time"],
        "fileId": entry["fileId"],
        **({"driveId": in_drive, "teamDriveId": in_drive} if in_drive else {}),
    }
    if seen and record is not None:
        if not app_sees(call, record) or record["parent"] is None:
            return None
        return {**change, "removed": False, "file": file_resource(call, record)}
    if call.user in entry["removed_for"] and call.params["includeRemoved"]:
        return {**change, "removed": True}
    return None


@provides("drive.changes.watch")
def watch_changes(call: Call) -> dict[str, Any]:
    """A channel that is told of every change the caller could list; a week at most."""
    drive_of(call)
    call.workspace.table(WATCHERS).put(call.user, True)
    uri = f"/drive/v3/changes?alt=json&pageToken={call.params['pageToken']}"
    return open_channel(call, f"drive.changes/{call.user}", uri, seconds=7 * DAY)


@provides("drive.files.watch")
def watch_file(call: Call) -> dict[str, Any]:
    """A channel that is told of changes to one file; a day at most."""
    record = file_for(call, call.params["fileId"])
    uri = f"/drive/v3/files/{record['id']}?alt=json"
    return open_channel(call, f"drive.files/{record['id']}", uri, seconds=DAY)


@provides("drive.channels.stop")
def stop(call: Call) -> None:
    stop_channel(call)


def _tell(workspace: Workspace, record: Record) -> None:
    """Tell the channels on a file and those of everybody who may list the change."""
    if find(workspace, record["id"]) is None:
        changed(workspace, f"drive.files/{record['id']}", "remove")
    else:
        changed(workspace, f"drive.files/{record['id']}", "update", Changed="content,properties")
    for user, _ in workspace.table(WATCHERS).items():
        entry = workspace.table("drive.changes")[workspace.table("drive.changes.latest")[record["id"]]]
        if user in entry["removed_for"] or role_of(workspace, record["id"], user) is not None:
            changed(workspace, f"drive.changes/{user}", "change")


CHANGE_LISTENERS.append(_tell)
