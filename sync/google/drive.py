"""Folders and files in Google Drive that exist exactly once, and who may open them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from sync.google.wire.errors import Busy, Clash, Unsure, Vanished
from sync.google.wire.transport import Account
from sync.services.ports import ANYBODY, DOMAIN

FOLDER = "application/vnd.google-apps.folder"
DOC = "application/vnd.google-apps.document"
SHEET = "application/vnd.google-apps.spreadsheet"
MARK = "downthehall"
"""our appProperty; Google allows 124 bytes for key and value together"""
ROUNDS = 4
FILE = "id,name,createdTime,webViewLink,lastModifyingUser(me)"
GRANT = "id,type,emailAddress,domain,role,deleted"


def new_ids(account: Account, count: int) -> list[str]:
    """Ids for folders that do not exist yet (Drive makes none beforehand for Docs and Sheets)."""
    answer = account.send(account.api.files.generateIds(count=count, space="drive"), "asking for folders' ids")
    return [str(name) for name in answer["ids"]]


def make_folder(account: Account, folder: str, name: str, parent: str = "") -> bool:
    """Make the folder of this id; False when it was there. Raises `Vanished` when the parent is not."""
    body = {"id": folder, "name": name, "mimeType": FOLDER, **({"parents": [parent]} if parent else {})}
    request = account.api.files.create(body=body, fields="id", supportsAllDrives=True)
    try:
        account.send(request, "making a folder")
    except Clash:
        return False
    return True


def only_file(
    account: Account, folder: str, mark: str, kind: str, name: str, *, fresh_folder: bool
) -> Mapping[str, Any]:
    """The one file with our mark in this folder, found or made. Copies that an unsure create left behind go."""
    found = [] if fresh_folder else _marked(account, folder, mark)
    for _ in range(ROUNDS):
        if found:
            return _swept(account, found)
        body = {"name": name, "mimeType": kind, "parents": [folder], "appProperties": {MARK: mark}}
        request = account.api.files.create(body=body, fields=FILE, supportsAllDrives=True)
        try:
            made = account.send(request, "making a file", repeatable=False)
        except Unsure as unsure:
            account.google.patience.wait(unsure, 1)
            found = _marked(account, folder, mark)
            continue
        # httplib2 sends a create again by itself when a connection breaks off, so look once more.
        there = {item["id"]: item for item in _marked(account, folder, mark)}
        return _swept(account, list(({made["id"]: made} | there).values()))
    raise Busy("Google did not say whether the file was made; the next pass looks again.", retry=True)


def _marked(account: Account, folder: str, mark: str) -> list[Mapping[str, Any]]:
    query = f"'{folder}' in parents and appProperties has {{ key='{MARK}' and value='{mark}' }} and trashed = false"
    request = account.api.files.list(
        q=query,
        fields=f"nextPageToken,files({FILE})",
        pageSize=100,
        supportsAllDrives=True,
        includeItemsFromAllDrives=True,
    )
    found: list[Mapping[str, Any]] = []
    while request is not None:
        page = account.send(request, "looking for a file of ours")
        found += page.get("files", ())
        request = account.api.files.list_next(request, page)
    return found


def _swept(account: Account, found: Sequence[Mapping[str, Any]]) -> Mapping[str, Any]:
    """The oldest file; younger twins that nobody else has written in go to the trash."""
    oldest, *twins = sorted(found, key=lambda item: (item["createdTime"], item["id"]))
    for twin in twins:
        if twin.get("lastModifyingUser", {}).get("me", False):
            request = account.api.files.update(fileId=twin["id"], body={"trashed": True}, supportsAllDrives=True)
            account.send(request, "putting a file that was made twice into the trash")
    return oldest


def share(account: Account, file: str, people: Sequence[str], role: str = "writer", *, fresh: bool = False) -> None:
    """Let these people in, one after the other (Drive loses permissions that are written at once).

    Nobody is put out: people may have shared the thing further themselves.
    """
    there = {} if fresh else readers(account, file)
    for email in people:
        if email.lower() not in there:
            let_in(account, file, email, role)


def let_in(account: Account, file: str, email: str, role: str = "writer") -> None:
    """Quietly: no mail goes out. The same person again changes nothing."""
    request = account.api.permissions.create(
        fileId=file,
        body={"type": "user", "role": role, "emailAddress": email},
        sendNotificationEmail=False,
        supportsAllDrives=True,
        fields="id",
    )
    account.send(request, "sharing a folder with those who take part")


def let_read_by_link(account: Account, file: str, domain: str) -> None:
    """Whoever belongs to the domain and has the link can read it; nobody finds it by searching."""
    body = {"type": "domain", "role": "reader", "domain": domain, "allowFileDiscovery": False}
    request = account.api.permissions.create(fileId=file, body=body, supportsAllDrives=True, fields="id")
    account.send(request, "letting the school read its charter")


def put_out(account: Account, file: str, permission: str) -> None:
    """Take back a permission on this file or folder; what people shared elsewhere stays."""
    request = account.api.permissions.delete(fileId=file, permissionId=permission, supportsAllDrives=True)
    try:
        account.send(request, "ending the access of somebody who left")
    except Vanished:
        return


def readers(account: Account, file: str) -> dict[str, str]:
    """Everybody with a permission of their own but the owner: e-mail in lower case, and the permission's id."""
    return {_who(item): str(item["id"]) for item in _permissions(account, file) if item.get("emailAddress")}


def open_to(account: Account, file: str) -> frozenset[str]:
    """Who can open a file but its owner, by its folder too; as in `sync.services.ports.OpenTo`."""
    return _everybody(_permissions(account, file))


def _permissions(account: Account, file: str) -> Iterator[Mapping[str, Any]]:
    """All but the owner's, and those of accounts that are no more."""
    request = account.api.permissions.list(
        fileId=file, fields=f"nextPageToken,permissions({GRANT})", pageSize=100, supportsAllDrives=True
    )
    while request is not None:
        page = account.send(request, "reading who a folder is shared with")
        yield from filter(_who, page.get("permissions", ()))
        request = account.api.permissions.list_next(request, page)


def _everybody(permissions: Iterable[Mapping[str, Any]]) -> frozenset[str]:
    return frozenset(who for item in permissions if (who := _who(item)))


def _who(permission: Mapping[str, Any]) -> str:
    """Whom a permission lets in; "" for the owner, and for accounts that are no more."""
    if permission.get("role") == "owner" or permission.get("deleted"):
        return ""
    if permission.get("type") == "anyone":
        return ANYBODY
    if permission.get("type") == "domain":
        return DOMAIN + str(permission.get("domain", "")).lower()
    return str(permission.get("emailAddress", "")).lower()


def changed(account: Account, token: str) -> tuple[dict[str, frozenset[str] | None], str]:
    """The files that changed since a token of the account's one feed, and the token for the next time.

    Beside each file stands who can open it; None where the feed does not tell, as of files that are gone. Without a
    token: no file, and where the feed stands now. Tokens do not expire (Drive `changes.list`).
    """
    if not token:
        answer = account.send(
            account.api.changes.getStartPageToken(supportsAllDrives=True), "asking where changes begin"
        )
        return {}, str(answer["startPageToken"])
    found: dict[str, frozenset[str] | None] = {}
    while True:
        request = account.api.changes.list(
            pageToken=token,
            pageSize=1000,
            includeRemoved=True,
            supportsAllDrives=True,
            includeItemsFromAllDrives=True,
            fields=f"nextPageToken,newStartPageToken,changes(fileId,file(permissions({GRANT})))",
        )
        page = account.send(request, "reading which Docs changed")
        for item in page.get("changes", ()):
            if "fileId" in item:
                permissions = item.get("file", {}).get("permissions")
                found[str(item["fileId"])] = None if permissions is None else _everybody(permissions)
        token = str(page.get("nextPageToken", ""))
        if not token:
            return found, str(page["newStartPageToken"])
