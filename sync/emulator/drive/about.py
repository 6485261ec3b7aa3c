"""about.get: who the caller is, and what this Drive can do."""

from __future__ import annotations

from typing import Any

from sync.emulator.call import Call, provides
from sync.emulator.drive.guard import require_fields
from sync.emulator.drive.kinds import all_kinds
from sync.emulator.drive.resource import user_resource
from sync.emulator.drive.state import owned

COLOURS = ["#ac725e", "#d06b64", "#f83a22", "#fa573c", "#ff7537", "#ffad46", "#42d692", "#16a765", "#4986e7", "#9fc6e7"]
LIMIT = 100 * 1024**3


@provides("drive.about.get")
def get(call: Call) -> dict[str, Any]:
    require_fields(call)
    used = sum(record.get("size", 0) for record in owned(call.workspace, call.user))
    kinds = all_kinds()
    imports: dict[str, list[str]] = {}
    for kind in kinds:
        for mime_type in kind.import_types:
            imports.setdefault(mime_type, []).append(kind.mime_type)
    service_account = call.workspace.is_service_account(call.user)
    none_left = service_account and not call.workspace.service_account_storage
    return {
        "kind": "drive#about",
        "user": user_resource(call, call.user),
        "storageQuota": {
            "limit": "0" if none_left else str(LIMIT),
            "usage": str(used),
            "usageInDrive": str(used),
            "usageInDriveTrash": "0",
        },
        "importFormats": imports,
        "exportFormats": {kind.mime_type: list(kind.export_types) for kind in kinds if kind.export_types},
        "maxImportSizes": {kind.mime_type: str(10 * 1024**2) for kind in kinds},
        "maxUploadSize": "5242880000000",
        "folderColorPalette": COLOURS,
        "driveThemes": [],
        "canCreateDrives": not service_account,
        "canCreateTeamDrives": not service_account,
        "appInstalled": False,
    }
