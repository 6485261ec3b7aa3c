"""drives.create, get, list, update, delete, hide, unhide: shared drives and their top folders.

A shared drive's id is also that of its top folder, which carries the members' permissions; what lies in it belongs
to nobody.
"""

from __future__ import annotations

from typing import Any

from sync.emulator.call import Call, GoogleError, provides
from sync.emulator.clock import rfc3339
from sync.emulator.drive.access import at_least, denied, role_of
from sync.emulator.drive.kinds import FOLDER
from sync.emulator.drive.matching import COMPARE, moment_of, name_matches
from sync.emulator.drive.paging import paged
from sync.emulator.drive.query import DRIVE_OPERATORS, All, Not, Query, Some, Term, parse
from sync.emulator.drive.removal import destroy
from sync.emulator.drive.resource import asked_fields
from sync.emulator.drive.state import (
    Record,
    children,
    find,
    is_trashed,
    new_record,
    note_change,
    owner_permission,
    permissions_on,
    put_permission,
    save,
)

TABLE = "drive.drives"
LOOKS = ("themeId", "colorRgb", "backgroundImageFile")
UPDATED = {"name", "restrictions", "kind", "id", *LOOKS}


@provides("drive.drives.create")
def create(call: Call) -> dict[str, Any]:
    """Make a shared drive with the caller as its manager; the same requestId again is refused with 409."""
    if not call.body.get("name", "").strip():
        raise GoogleError.required("The shared drive's name is required.", "drive.name")
    request = f"{call.user}/{call.params['requestId']}"
    if request in call.workspace.table("drive.drives.requests"):
        raise GoogleError(409, "duplicate", "A shared drive with this request ID already exists.")
    drive_id = call.workspace.new_id("drive.shared")
    now = rfc3339(call.now)
    drive = {
        "id": drive_id,
        "name": call.body["name"],
        "createdTime": now,
        "restrictions": call.body.get("restrictions") or {},
        "hidden": [call.user] if call.body.get("hidden") else [],
        **{name: call.body[name] for name in LOOKS if call.body.get(name)},
    }
    call.workspace.table(TABLE).put(drive_id, drive)
    call.workspace.table("drive.drives.requests").put(request, drive_id)
    name = call.body["name"]
    top = new_record(call.workspace, call.user, drive_id, name, FOLDER, owner=None, driveId=drive_id)
    save(call.workspace, top)
    put_permission(call.workspace, top, {**owner_permission(call.workspace, call.user), "role": "organizer"})
    note_change(call.workspace, top)
    return drive_resource(call, drive)


def existing(call: Call, wanted: str = "reader") -> Record:
    """The drive the call names, if the caller has at least this role in it."""
    drive_id = call.params["driveId"]
    drive: Record | None = call.workspace.table(TABLE).get(drive_id)
    admin = call.params.get("useDomainAdminAccess") and (call.workspace.person(call.user) or {}).get("admin")
    role = role_of(call.workspace, drive_id, call.user)
    if drive is None or (role is None and not admin):
        raise GoogleError.not_found(f"Shared drive not found: {drive_id}", "driveId")
    if not admin and not at_least(role, wanted):
        raise denied(call, drive_id)
    return drive


def drive_resource(call: Call, drive: Record) -> dict[str, Any]:
    resource = {"kind": "drive#drive", "id": drive["id"], "name": drive["name"]}
    if asked_fields(call) is None:
        return resource
    role = role_of(call.workspace, drive["id"], call.user)
    writes, manages = at_least(role, "writer"), at_least(role, "organizer")
    names = (
        ("canAddChildren", writes),
        ("canComment", at_least(role, "commenter")),
        ("canCopy", True),
        ("canDeleteChildren", manages),
        ("canDeleteDrive", manages),
        ("canDownload", True),
        ("canEdit", writes),
        ("canListChildren", True),
        ("canManageMembers", manages),
        ("canReadRevisions", writes),
        ("canRename", manages),
        ("canRenameDrive", manages),
        ("canShare", manages),
        ("canTrashChildren", at_least(role, "fileOrganizer")),
    )
    kept = ("adminManagedRestrictions", "copyRequiresWriterPermission", "domainUsersOnly", "driveMembersOnly")
    return {
        **resource,
        "createdTime": drive["createdTime"],
        "hidden": call.user in drive["hidden"],
        "capabilities": dict(names),
        "restrictions": {**dict.fromkeys(kept, False), **drive["restrictions"]},
        **{name: drive[name] for name in LOOKS if name in drive},
    }


@provides("drive.drives.get")
def get(call: Call) -> dict[str, Any]:
    return drive_resource(call, existing(call))


@provides("drive.drives.list")
def list_drives(call: Call) -> dict[str, Any]:
    """The shared drives the caller is a member of, by name."""
    query = parse(call.params["q"], DRIVE_OPERATORS) if call.params.get("q", "").strip() else All(())
    admin = call.params.get("useDomainAdminAccess") and (call.workspace.person(call.user) or {}).get("admin")
    found = [
        drive
        for drive in call.workspace.table(TABLE).values()
        if (admin or role_of(call.workspace, drive["id"], call.user) is not None) and _matches(call, drive, query)
    ]
    found.sort(key=lambda drive: (drive["name"].casefold(), drive["id"]))
    page, token = paged(call, found, 10)
    return {"kind": "drive#driveList", "drives": [drive_resource(call, drive) for drive in page], **token}


def _matches(call: Call, drive: Record, query: Query) -> bool:
    if isinstance(query, All):
        return all(_matches(call, drive, part) for part in query.parts)
    if isinstance(query, Some):
        return any(_matches(call, drive, part) for part in query.parts)
    if isinstance(query, Not):
        return not _matches(call, drive, query.inner)
    return _term(call, drive, query)


def _term(call: Call, drive: Record, term: Term) -> bool:
    if term.field == "name":
        return name_matches(drive["name"], term)
    if term.field == "hidden":
        return COMPARE[term.operator](call.user in drive["hidden"], term.value)
    if term.field == "createdTime":
        return COMPARE[term.operator](moment_of(drive["createdTime"]), moment_of(term.value))
    members = list(permissions_on(call.workspace, drive["id"]))
    if term.field == "organizerCount":
        members = [member for member in members if member["role"] == "organizer"]
    return COMPARE[term.operator](len(members), int(term.value))


@provides("drive.drives.update")
def update(call: Call) -> dict[str, Any]:
    """Rename a drive or change its restrictions; managers only."""
    before = existing(call, "organizer")
    if set(call.body) - UPDATED:
        raise GoogleError(403, "fieldNotWritable", "The resource body includes fields which are not directly writable.")
    restrictions = {**before["restrictions"], **(call.body.get("restrictions") or {})}
    given = {name: call.body[name] for name in ("name", *LOOKS) if call.body.get(name)}
    drive = {**before, **given, "restrictions": restrictions}
    call.workspace.table(TABLE).put(drive["id"], drive)
    top = find(call.workspace, drive["id"])
    if top and "name" in given:
        save(call.workspace, {**top, "name": given["name"]}, top)
    return drive_resource(call, drive)


@provides("drive.drives.delete")
def delete(call: Call) -> None:
    """Delete an empty drive; managers only."""
    drive = existing(call, "organizer")
    if any(not is_trashed(call.workspace, record) for record in children(call.workspace, drive["id"])):
        raise GoogleError(403, "cannotDeleteResourceWithChildren", "A shared drive that has files cannot be deleted.")
    top = find(call.workspace, drive["id"])
    if top:
        destroy(call.workspace, top)
    call.workspace.table(TABLE).delete(drive["id"])


@provides("drive.drives.hide")
def hide(call: Call) -> dict[str, Any]:
    return _hidden(call, hidden=True)


@provides("drive.drives.unhide")
def unhide(call: Call) -> dict[str, Any]:
    return _hidden(call, hidden=False)


def _hidden(call: Call, *, hidden: bool) -> dict[str, Any]:
    before = existing(call)
    others = [user for user in before["hidden"] if user != call.user]
    drive = {**before, "hidden": [*others, call.user] if hidden else others}
    call.workspace.table(TABLE).put(drive["id"], drive)
    return drive_resource(call, drive)
