"""files.list: find files by query, sorted, page by page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from sync.emulator.call import Call, GoogleError, provides, state_of, token_of
from sync.emulator.drive.access import app_sees, permissions_for, role_of
from sync.emulator.drive.guard import file_for, understands_drives
from sync.emulator.drive.kinds import FOLDER
from sync.emulator.drive.matching import matches
from sync.emulator.drive.query import All, Query, parse, required_terms
from sync.emulator.drive.resource import file_resource
from sync.emulator.drive.state import (
    Record,
    children,
    descendants,
    find,
    grant_note,
    granted,
    inside,
    is_root,
    owned,
    resolve,
)

ORDERS = {
    "createdTime",
    "folder",
    "modifiedByMeTime",
    "modifiedTime",
    "name",
    "name_natural",
    "quotaBytesUsed",
    "recency",
    "sharedWithMeTime",
    "starred",
    "viewedByMeTime",
}
EVERYTHING = All(())


@provides("drive.files.list")
def list_files(call: Call) -> dict[str, Any]:
    """The files a query finds among those the caller can see; the index is never late here, unlike Google's."""
    query = parse(call.params["q"]) if call.params.get("q", "").strip() else EVERYTHING
    found = [record for record in _candidates(call, query) if _shown(call, record) and matches(call, record, query)]
    found = sorted(found, key=lambda record: record["id"])
    for order in reversed(_orders(call)):
        found.sort(key=lambda record, order=order: _key(call, record, order[0]), reverse=order[1])  # type: ignore[misc]
    start = _start(call, found)
    limit = call.page_limit(100, 1000, "pageSize")
    page = found[start : start + limit]
    answer: dict[str, Any] = {
        "kind": "drive#fileList",
        "incompleteSearch": False,
        "files": [file_resource(call, record) for record in page],
    }
    if start + limit < len(found):
        answer["nextPageToken"] = token_of({"after": page[-1]["id"], "at": start + limit, "of": _asked(call)})
    return answer


def _asked(call: Call) -> str:
    """What a page token belongs to: it goes on with the same question only."""
    names = ("q", "orderBy", "corpora", "driveId", "spaces")
    return "|".join(str(call.params.get(name, "")) for name in names)


def _start(call: Call, found: list[Record]) -> int:
    token = call.params.get("pageToken")
    if not token:
        return 0
    state = state_of(token)
    if not isinstance(state, dict) or state.get("of") != _asked(call):
        raise GoogleError.invalid("Invalid Value", "pageToken")
    ids = [record["id"] for record in found]
    return ids.index(state["after"]) + 1 if state["after"] in ids else min(int(state["at"]), len(ids))


def _candidates(call: Call, query: Query) -> Iterable[Record]:
    """Where to look: in the folder the query names, else wherever the corpora say."""
    for term in required_terms(query):
        if term.field == "parents" and term.operator == "in":
            parent_id = resolve(call.workspace, call.user, term.value)
            parent = find(call.workspace, parent_id)
            if parent is None or role_of(call.workspace, parent_id, call.user) is None or not _in_corpus(call, parent):
                raise GoogleError.not_found(f"File not found: {term.value}.", "fileId")
            return children(call.workspace, parent_id)
    return _corpus(call).values()


def _corpus(call: Call) -> dict[str, Record]:
    corpora, drive_id = call.params.get("corpora", "user"), call.params.get("driveId") or call.params.get("teamDriveId")
    if corpora not in ("user", "domain", "drive", "allDrives"):
        raise GoogleError.invalid("Invalid Value", "corpora")
    if corpora == "drive" or drive_id:
        if not drive_id:
            raise GoogleError.required("The driveId parameter must be specified if corpora is drive.", "driveId")
        if not understands_drives(call) or not _includes_drives(call):
            raise GoogleError.invalid(
                "The includeItemsFromAllDrives parameter must be set to true if driveId is specified.",
                "includeItemsFromAllDrives",
            )
        file_for(call, drive_id)
        return {record["id"]: record for record in inside(call.workspace, drive_id)}
    found = {record["id"]: record for record in owned(call.workspace, call.user)}
    found |= {record["id"]: record for record in _shared(call)}
    if corpora == "domain":
        domain = call.user.partition("@")[2]
        return {key: record for key, record in found.items() if _is_domain_wide(call, record, domain)}
    return found


def _shared(call: Call) -> Iterator[Record]:
    """What was shared with the caller, with their groups or with their domain, and everything below it."""
    groups = [name for name, group in call.workspace.table("groups").items() if call.user in group.get("members", ())]
    for who in (call.user, *groups, f"domain:{call.user.partition('@')[2]}"):
        for record in granted(call.workspace, who):
            yield record
            if record["mimeType"] == FOLDER:
                yield from descendants(call.workspace, record["id"])


def _is_domain_wide(call: Call, record: Record, domain: str) -> bool:
    return any(
        permission["type"] == "domain" and permission["domain"] == domain
        for permission, _ in permissions_for(call.workspace, record)
    )


def _includes_drives(call: Call) -> bool:
    return bool(call.params.get("includeItemsFromAllDrives") or call.params.get("includeTeamDriveItems"))


def _in_corpus(call: Call, record: Record) -> bool:
    return not record["driveId"] or (_includes_drives(call) and understands_drives(call))


def _shown(call: Call, record: Record) -> bool:
    if "drive" not in call.params.get("spaces", "drive"):
        return False  # nothing is kept in appDataFolder
    if is_root(call.workspace, record) or not app_sees(call, record) or not _in_corpus(call, record):
        return False
    if call.params.get("corpora") == "user" and record["driveId"]:
        return False
    return role_of(call.workspace, record["id"], call.user) is not None


def _orders(call: Call) -> list[tuple[str, bool]]:
    """Sort keys as (name, descending); without any, the most recently changed come first."""
    text = call.params.get("orderBy", "").strip()
    if not text:
        return [("modifiedTime", True)]
    orders = []
    for part in text.split(","):
        name, _, direction = part.strip().partition(" ")
        if name not in ORDERS or direction.strip() not in ("", "desc"):
            raise GoogleError.invalid("Invalid Value", "orderBy")
        orders.append((name, direction.strip() == "desc"))
    return orders


def _key(call: Call, record: Record, order: str) -> Any:
    if order == "folder":
        return record["mimeType"] != FOLDER
    if order == "name":
        return record["name"].casefold()
    if order == "name_natural":
        parts = re.split(r"(\d+)", record["name"].casefold())
        return [(0, int(part), "") if part.isdigit() else (1, 0, part) for part in parts if part]
    if order == "starred":
        return call.user not in record.get("starred", ())
    if order == "quotaBytesUsed":
        return record.get("size", 0)
    if order == "viewedByMeTime":
        return record.get("viewed", {}).get(call.user, "")
    if order == "sharedWithMeTime":
        return (grant_note(call.workspace, record["id"], call.user) or {}).get("time", "")
    if order in ("modifiedByMeTime", "recency"):
        return record["modifiedTime"]
    return record[order]
