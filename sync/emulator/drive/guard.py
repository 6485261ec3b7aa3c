"""What every Drive method checks first: is the file there for this caller, in this kind of call."""

from __future__ import annotations

from sync.emulator.call import Call, GoogleError
from sync.emulator.drive.access import at_least, denied, missing, role_of, visible
from sync.emulator.drive.state import Record


def file_for(call: Call, file_id: str, wanted: str = "reader") -> Record:
    """The record, if the caller has at least this role on it and says that it understands shared drives.

    Rule: an app that does not send supportsAllDrives=true does not find what lies in shared drives. Content is given
    all the same: rclone downloads from shared drives without the parameter.
    """
    record = visible(call, file_id)
    if record["driveId"] and not understands_drives(call) and call.alt != "media":
        raise missing(call, file_id)
    if not at_least(role_of(call.workspace, record["id"], call.user), wanted):
        raise denied(call, record["id"])
    return record


def understands_drives(call: Call) -> bool:
    if "supportsAllDrives" not in call.method.parameters:
        return True
    return bool(call.params.get("supportsAllDrives") or call.params.get("supportsTeamDrives"))


def require_fields(call: Call) -> None:
    """Some methods have no default fields: about.get and all of comments and replies."""
    if call.fields is None:
        raise GoogleError(
            400,
            "required",
            "The 'fields' parameter is required for this method.",
            location="fields",
            location_type="parameter",
        )
