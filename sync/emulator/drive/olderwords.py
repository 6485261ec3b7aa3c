"""Drive v2's words for what v3 says: fields of files, permissions and changes, both ways, and the search language.

Source: the guide "Drive API v2 and v3 comparison". What a v2 resource has no field for is left out by its schema.
"""

from __future__ import annotations

import re
from typing import Any

from sync.emulator.discovery import Api, provided_apis

Json = dict[str, Any]
_FILE = {
    "title": "name",
    "createdDate": "createdTime",
    "modifiedDate": "modifiedTime",
    "modifiedByMeDate": "modifiedByMeTime",
    "lastViewedByMeDate": "viewedByMeTime",
    "sharedWithMeDate": "sharedWithMeTime",
    "trashedDate": "trashedTime",
    "fileSize": "size",
}
_V3 = {**_FILE, "markedViewedByMeDate": "viewedByMeTime"}
_LABELS = {"starred": "starred", "trashed": "trashed", "restricted": "copyRequiresWriterPermission"}
_SAME = (
    "id",
    "description",
    "mimeType",
    "originalFilename",
    "folderColorRgb",
    "writersCanShare",
    "contentRestrictions",
)
_QUOTED = re.compile(r"('(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\")")
_WORD = re.compile(r"[A-Za-z]+")


def query(text: str) -> str:
    """A search of v2 in v3's words; what stands in quotes stays."""
    parts = _QUOTED.split(text)
    parts[::2] = [_WORD.sub(lambda word: _V3.get(word[0], word[0]), part) for part in parts[::2]]
    return "".join(parts)


def order(text: str) -> str:
    return _WORD.sub(lambda word: _V3.get(word[0], word[0]), text)


def file_of(older: Json) -> Json:
    """The writable fields of a v2 File as v3 takes them; parents and labels too."""
    newer = {name: older[name] for name in _SAME if name in older}
    newer |= {newer_name: older[name] for name, newer_name in _FILE.items() if name in older}
    newer |= {
        newer_name: older["labels"][name] for name, newer_name in _LABELS.items() if name in older.get("labels", {})
    }
    for name in ("createdTime", "sharedWithMeTime", "trashedTime", "size", "modifiedByMeTime"):
        newer.pop(name, None)
    if older.get("parents"):
        newer["parents"] = [parent["id"] for parent in older["parents"] if parent.get("id")]
    for one in older.get("properties") or ():
        kind = "properties" if one.get("visibility") == "PUBLIC" else "appProperties"
        newer.setdefault(kind, {})[one.get("key", "")] = one.get("value")
    target = (older.get("shortcutDetails") or {}).get("targetId")
    return {**newer, **({"shortcutDetails": {"targetId": target}} if target else {})}


def older_file(newer: Json, base_url: str, *, permissions: bool = True) -> Json:
    """The File resource of v2; permissions are part of it only where fields are asked for."""
    base = f"{base_url}/drive/v2/files/"
    older = {**newer, **{name: newer[newer_name] for name, newer_name in _FILE.items() if newer_name in newer}}
    older |= {
        "selfLink": base + newer["id"],
        "alternateLink": newer.get("webViewLink"),
        "labels": {
            **{name: bool(newer.get(newer_name)) for name, newer_name in _LABELS.items()},
            "hidden": False,
            "viewed": bool(newer.get("viewedByMe")),
        },
        "parents": [_parent(base, newer["id"], one) for one in newer.get("parents", ())],
        "properties": [
            {"kind": "drive#property", "key": key, "value": value, "visibility": visibility}
            for kind, visibility in (("properties", "PUBLIC"), ("appProperties", "PRIVATE"))
            for key, value in newer.get(kind, {}).items()
        ],
        "owners": [_user(one) for one in newer.get("owners", ())],
        "ownerNames": [one["displayName"] for one in newer.get("owners", ())],
        "permissions": [older_permission(one) for one in newer.get("permissions", ())] if permissions else None,
        "editable": bool(newer.get("capabilities", {}).get("canEdit")),
        "copyable": bool(newer.get("capabilities", {}).get("canCopy")),
        "shareable": bool(newer.get("capabilities", {}).get("canShare")),
        "appDataContents": "appDataFolder" in newer.get("spaces", ()),
    }
    for name in ("lastModifyingUser", "sharingUser", "trashingUser"):
        if name in newer:
            older[name] = _user(newer[name])
    if "md5Checksum" in newer:
        older["downloadUrl"] = f"{base}{newer['id']}?alt=media"
    if "lastModifyingUser" in newer:
        older["lastModifyingUserName"] = newer["lastModifyingUser"]["displayName"]
    return kept("File", older)


def permission_of(older: Json) -> Json:
    """A v2 Permission as v3 takes it: `value` is an address or a domain, a commenter is a reader with one role more."""
    newer = {name: older[name] for name in ("type", "role", "emailAddress", "domain") if older.get(name)}
    if "commenter" in older.get("additionalRoles", ()):
        newer["role"] = "commenter"
    if older.get("value") and older.get("type") in ("user", "group", "domain"):
        newer["domain" if older["type"] == "domain" else "emailAddress"] = older["value"]
    if "withLink" in older:
        newer["allowFileDiscovery"] = not older["withLink"]
    if older.get("expirationDate"):
        newer["expirationTime"] = older["expirationDate"]
    return newer


def older_permission(newer: Json) -> Json:
    older = {**newer, "name": newer.get("displayName"), "expirationDate": newer.get("expirationTime")}
    if newer["role"] == "commenter":
        older |= {"role": "reader", "additionalRoles": ["commenter"]}
    if newer["type"] in ("anyone", "domain"):
        older["withLink"] = not newer.get("allowFileDiscovery", False)
    return kept("Permission", older)


def older_change(newer: Json, base_url: str) -> Json:
    older = {**newer, "modificationDate": newer.get("time"), "deleted": newer.get("removed", False)}
    if "file" in newer:
        older["file"] = older_file(newer["file"], base_url)
    return kept("Change", older)


def older_about(newer: Json, root: str) -> Json:
    quota = newer["storageQuota"]
    formats = {
        name: [{"source": source, "targets": targets} for source, targets in newer[name].items()]
        for name in ("importFormats", "exportFormats")
    }
    told = {
        "name": newer["user"]["displayName"],
        "user": _user(newer["user"]),
        "permissionId": newer["user"].get("permissionId"),
        "rootFolderId": root,
        "quotaBytesTotal": quota["limit"],
        "quotaBytesUsed": quota["usageInDrive"],
        "quotaBytesUsedAggregate": quota["usage"],
        "quotaBytesUsedInTrash": quota["usageInDriveTrash"],
        "quotaType": "LIMITED",
    }
    return kept("About", {**newer, **formats, **told})


def older_revision(newer: Json) -> Json:
    names = {"modifiedDate": "modifiedTime", "fileSize": "size", "pinned": "keepForever"}
    older = {**newer, **{name: newer.get(newer_name) for name, newer_name in names.items()}}
    if "lastModifyingUser" in newer:
        older |= {"lastModifyingUser": _user(newer["lastModifyingUser"])}
    return kept("Revision", older)


def older_drive(newer: Json) -> Json:
    return kept("Drive", {**newer, "createdDate": newer.get("createdTime")})


def _parent(base: str, file_id: str, parent_id: str) -> Json:
    place = f"{base}{file_id}/parents/{parent_id}"
    return {"kind": "drive#parentReference", "id": parent_id, "selfLink": place, "parentLink": base + parent_id}


def _user(newer: Json) -> Json:
    return {**newer, "isAuthenticatedUser": newer["me"]}


def kept(schema: str, value: Json) -> Json:
    """What v2's schema has a field for; nothing that is not known."""
    api = next(one for one in provided_apis() if one.prefix == "drive.v2")
    found: Json = _kept(api, {"$ref": schema}, value)
    return found


def _kept(api: Api, schema: Json, value: Any) -> Any:
    schema = api.schemas[schema["$ref"]] if "$ref" in schema else schema
    if isinstance(value, list):
        return [_kept(api, schema["items"], one) for one in value]
    properties = schema.get("properties")
    if not isinstance(value, dict) or properties is None:
        return value
    known = {name: one for name, one in value.items() if name in properties and one is not None}
    return {name: _kept(api, properties[name], one) for name, one in known.items()}
