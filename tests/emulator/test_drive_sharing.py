"""Permissions, shared drives and the feed of changes."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from googleapiclient.errors import HttpError

from tests.emulator.conftest import Clients
from tests.emulator.test_calendar_sharing import Listener

FOLDER = "application/vnd.google-apps.folder"
DOCUMENT = "application/vnd.google-apps.document"
ANA, BEN, CY = "ana@school.example", "ben@school.example", "cy@school.example"


@pytest.fixture
def drive(clients: Any) -> Any:
    return clients.drive()


def make(drive: Any, name: str, **body: Any) -> str:
    return str(drive.files().create(body={"name": name, **body}, supportsAllDrives=True).execute()["id"])


def share(drive: Any, file_id: str, who: str, role: str, **more: Any) -> Any:
    body = {"type": "user", "role": role, "emailAddress": who}
    return drive.permissions().create(fileId=file_id, body=body, fields="*", supportsAllDrives=True, **more).execute()


def status_of(request: Any) -> tuple[int, str]:
    with pytest.raises(HttpError) as refused:
        request.execute()
    error = json.loads(refused.value.content)["error"]
    return error["code"], error["errors"][0]["reason"] if "errors" in error else error["status"]


def insert(documents: Any, document_id: str) -> Any:
    body = {"requests": [{"insertText": {"location": {"index": 1}, "text": "x"}}]}
    return documents.documents().batchUpdate(documentId=document_id, body=body)


def test_a_folders_permission_opens_the_docs_in_it(clients: Any, drive: Any) -> None:
    folder = make(drive, "Visits", mimeType=FOLDER)
    document = make(drive, "Notes", mimeType=DOCUMENT, parents=[folder])
    docs = clients.docs(BEN)
    assert status_of(docs.documents().get(documentId=document)) == (403, "PERMISSION_DENIED")
    assert status_of(docs.documents().get(documentId="nothing")) == (404, "NOT_FOUND")
    share(drive, folder, BEN, "reader")
    assert docs.documents().get(documentId=document).execute()["title"] == "Notes"
    assert "revisionId" not in docs.documents().get(documentId=document).execute()
    assert status_of(insert(docs, document)) == (403, "PERMISSION_DENIED")
    share(drive, folder, BEN, "writer")
    insert(docs, document).execute()


def test_sharing_again_changes_the_role_under_the_same_id(drive: Any) -> None:
    made = make(drive, "a")
    first, second = share(drive, made, BEN, "reader"), share(drive, made, BEN, "writer")
    assert first["id"] == second["id"]
    listed = drive.permissions().list(fileId=made, fields="permissions(emailAddress,role)").execute()["permissions"]
    assert sorted((each["emailAddress"], each["role"]) for each in listed) == [(ANA, "owner"), (BEN, "writer")]


def test_sharing_sends_mail_unless_told_not_to(clients: Any, drive: Any) -> None:
    made = make(drive, "Notes")
    share(drive, made, BEN, "reader", emailMessage="Have a look")
    share(drive, made, CY, "reader", sendNotificationEmail=False)
    (mail,) = [each for each in clients.workspace.outbox.all() if each["kind"] == "share"]
    assert (mail["to"], mail["body"], mail["fileId"]) == ([BEN], "Have a look", made)


def test_a_writer_may_share_but_not_give_more_than_they_have(clients: Any, drive: Any) -> None:
    made = make(drive, "a")
    share(drive, made, BEN, "writer")
    ben = clients.drive(BEN)
    share(ben, made, CY, "writer")
    body = {"type": "user", "role": "owner", "emailAddress": BEN}
    assert status_of(ben.permissions().create(fileId=made, body=body, transferOwnership=True))[0] == 403


def test_ownership_goes_over_with_the_flag_only(clients: Any, drive: Any) -> None:
    made = make(drive, "a")
    body = {"type": "user", "role": "owner", "emailAddress": BEN}
    assert status_of(drive.permissions().create(fileId=made, body=body)) == (403, "forbidden")
    drive.permissions().create(fileId=made, body=body, transferOwnership=True).execute()
    assert clients.drive(BEN).files().get(fileId=made, fields="ownedByMe").execute() == {"ownedByMe": True}
    assert drive.files().get(fileId=made, fields="capabilities(canEdit,canDelete)").execute()["capabilities"] == {
        "canEdit": True,
        "canDelete": False,
    }


def test_a_permission_ends_when_it_says(clients: Any, drive: Any) -> None:
    made = make(drive, "a")
    body = {"type": "user", "role": "reader", "emailAddress": BEN, "expirationTime": "2000-01-01T00:00:00Z"}
    assert status_of(drive.permissions().create(fileId=made, body=body))[0] == 403
    soon = clients.workspace.clock.now().replace(microsecond=0)
    clients.workspace.clock.set(soon)
    body["expirationTime"] = soon.replace(
        year=soon.year + (soon.month == 12), month=soon.month % 12 + 1, day=1
    ).isoformat()
    drive.permissions().create(fileId=made, body=body).execute()
    ben = clients.drive(BEN)
    assert ben.files().get(fileId=made).execute()["id"] == made
    clients.workspace.clock.advance(40 * 86400)
    assert status_of(clients.drive(BEN).files().get(fileId=made)) == (404, "notFound")


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ({"role": "reader", "emailAddress": BEN}, (400, "required")),
        ({"type": "user", "emailAddress": BEN}, (400, "required")),
        ({"type": "user", "role": "reader"}, (400, "required")),
        ({"type": "user", "role": "boss", "emailAddress": BEN}, (400, "invalid")),
        ({"type": "domain", "role": "reader"}, (400, "required")),
        ({"type": "user", "role": "organizer", "emailAddress": BEN}, (403, "organizerOnNonTeamDriveItemNotSupported")),
        ({"type": "user", "role": "reader", "emailAddress": "no address"}, (400, "invalidSharingRequest")),
    ],
)
def test_a_permission_that_makes_no_sense_is_refused(
    drive: Any, body: dict[str, Any], expected: tuple[int, str]
) -> None:
    made = make(drive, "a")
    assert status_of(drive.permissions().create(fileId=made, body=body)) == expected


def test_taking_access_away_is_seen_at_once_and_in_the_feed(clients: Any, drive: Any) -> None:
    folder = make(drive, "f", mimeType=FOLDER)
    made = make(drive, "a", parents=[folder])
    permission = share(drive, folder, BEN, "reader")["id"]
    ben = clients.drive(BEN)
    start = ben.changes().getStartPageToken().execute()["startPageToken"]
    drive.permissions().delete(fileId=folder, permissionId=permission).execute()
    assert status_of(ben.files().get(fileId=made)) == (404, "notFound")
    changes = ben.changes().list(pageToken=start, fields="*").execute()["changes"]
    assert {each["fileId"]: each["removed"] for each in changes} == {folder: True, made: True}


def test_an_inherited_permission_is_taken_at_its_folder_only(drive: Any) -> None:
    folder = make(drive, "f", mimeType=FOLDER)
    made = make(drive, "a", parents=[folder])
    permission = share(drive, folder, BEN, "reader")["id"]
    assert status_of(drive.permissions().delete(fileId=made, permissionId=permission))[0] == 403


def test_anybody_may_leave_but_an_owner_stays(clients: Any, drive: Any) -> None:
    made = make(drive, "a")
    permission = share(drive, made, BEN, "reader")["id"]
    clients.drive(BEN).permissions().delete(fileId=made, permissionId=permission).execute()
    mine = drive.about().get(fields="user").execute()["user"]["permissionId"]
    assert status_of(drive.permissions().delete(fileId=made, permissionId=mine))[0] == 403


def test_a_group_and_a_domain_let_their_people_in(clients: Any, drive: Any) -> None:
    made, wide = make(drive, "a"), make(drive, "b")
    with clients.workspace.transaction():
        clients.workspace.table("groups").put("maths@school.example", {"members": [BEN]})
    body = {"type": "group", "role": "writer", "emailAddress": "maths@school.example"}
    drive.permissions().create(fileId=made, body=body).execute()
    drive.permissions().create(
        fileId=wide, body={"type": "domain", "role": "reader", "domain": "school.example"}
    ).execute()
    assert clients.drive(BEN).files().get(fileId=made).execute()["id"] == made
    assert status_of(clients.drive(CY).files().get(fileId=made)) == (404, "notFound")
    assert clients.drive(CY).files().get(fileId=wide).execute()["id"] == wide


def test_a_locked_doc_takes_no_more_text(clients: Any, drive: Any) -> None:
    made = make(drive, "a", mimeType=DOCUMENT)
    lock = {"contentRestrictions": [{"readOnly": True, "reason": "signed off"}]}
    drive.files().update(fileId=made, body=lock).execute()
    assert status_of(insert(clients.docs(), made)) == (403, "PERMISSION_DENIED")
    drive.files().update(fileId=made, body={"contentRestrictions": [{"readOnly": False}]}).execute()
    insert(clients.docs(), made).execute()


# -- shared drives


@pytest.fixture
def shared(drive: Any) -> str:
    return str(drive.drives().create(requestId="one", body={"name": "District"}).execute()["id"])


def test_the_same_request_does_not_make_a_second_drive(drive: Any, shared: str) -> None:
    assert status_of(drive.drives().create(requestId="one", body={"name": "District"}))[0] == 409
    assert [each["id"] for each in drive.drives().list().execute()["drives"]] == [shared]


def test_what_lies_in_a_shared_drive_is_hidden_from_apps_that_do_not_know_them(drive: Any, shared: str) -> None:
    made = make(drive, "a", parents=[shared])
    assert status_of(drive.files().get(fileId=made)) == (404, "notFound")
    got = drive.files().get(fileId=made, supportsAllDrives=True, fields="driveId,owners,parents").execute()
    assert got == {"driveId": shared, "parents": [shared]}
    assert drive.files().list().execute()["files"] == []
    everything = {"corpora": "drive", "driveId": shared, "includeItemsFromAllDrives": True, "supportsAllDrives": True}
    assert [each["id"] for each in drive.files().list(**everything).execute()["files"]] == [made]


def test_members_of_a_drive_have_their_role_everywhere_in_it(clients: Any, drive: Any, shared: str) -> None:
    made = make(drive, "a", mimeType=DOCUMENT, parents=[shared])
    share(drive, shared, BEN, "writer")
    insert(clients.docs(BEN), made).execute()
    ben = clients.drive(BEN)
    assert status_of(ben.files().update(fileId=made, body={"trashed": True}, supportsAllDrives=True))[0] == 403
    (mine,) = [
        each
        for each in ben.permissions().list(fileId=made, supportsAllDrives=True, fields="*").execute()["permissions"]
        if each["emailAddress"] == BEN
    ]
    assert mine["permissionDetails"] == [
        {"permissionType": "member", "role": "writer", "inherited": True, "inheritedFrom": shared}
    ]


def test_a_drive_with_files_is_not_deleted(drive: Any, shared: str) -> None:
    made = make(drive, "a", parents=[shared])
    assert status_of(drive.drives().delete(driveId=shared))[0] == 403
    drive.files().delete(fileId=made, supportsAllDrives=True).execute()
    drive.drives().delete(driveId=shared).execute()
    assert status_of(drive.drives().get(driveId=shared))[0] == 404


# -- changes


def feed(drive: Any, token: str) -> tuple[list[dict[str, Any]], str]:
    """All pages from a token on, and the token to go on with."""
    found: list[dict[str, Any]] = []
    while True:
        page = drive.changes().list(pageToken=token, fields="*").execute()
        found += page["changes"]
        if "newStartPageToken" in page:
            return found, page["newStartPageToken"]
        token = page["nextPageToken"]


def test_the_feed_tells_each_changed_file_once_and_then_nothing(clients: Any, drive: Any) -> None:
    token = drive.changes().getStartPageToken().execute()["startPageToken"]
    made = [make(drive, f"n{number}", mimeType=DOCUMENT) for number in range(5)]
    insert(clients.docs(), made[0]).execute()
    changes, token = feed(drive, token)
    assert [each["fileId"] for each in changes] == [*made[1:], made[0]]
    assert changes[-1]["file"]["name"] == "n0"
    assert feed(drive, token) == ([], token)


def test_a_deleted_file_is_told_as_removed_to_those_who_saw_it(clients: Any, drive: Any) -> None:
    made = make(drive, "a")
    share(drive, made, BEN, "reader")
    tokens = {who: clients.drive(who).changes().getStartPageToken().execute()["startPageToken"] for who in (BEN, CY)}
    drive.files().delete(fileId=made).execute()
    (gone,), _ = feed(clients.drive(BEN), tokens[BEN])
    assert (gone["fileId"], gone["removed"]) == (made, True)
    assert feed(clients.drive(CY), tokens[CY])[0] == []


def test_trash_is_a_change_and_not_a_removal(drive: Any) -> None:
    made = make(drive, "a")
    token = drive.changes().getStartPageToken().execute()["startPageToken"]
    drive.files().update(fileId=made, body={"trashed": True}).execute()
    (change,), _ = feed(drive, token)
    assert (change["removed"], change["file"]["trashed"]) == (False, True)


def test_a_token_that_is_none_is_refused(drive: Any) -> None:
    assert status_of(drive.changes().list(pageToken="soon")) == (400, "invalid")


@pytest.fixture
def hook() -> Iterator[Listener]:
    made = Listener()
    yield made
    made.server.shutdown()
    made.server.server_close()


def states(clients: Clients, hook: Listener) -> list[str]:
    """What the hook was told so far, once nothing is under way."""
    assert clients.workspace.deliveries.wait_quiet()
    return sorted(one["x-goog-resource-state"] for one in hook.heard)


def test_a_watch_on_changes_tells_whoever_may_list_them(clients: Clients, drive: Any, hook: Listener) -> None:
    ben = clients.drive(BEN)
    token = ben.changes().getStartPageToken().execute()["startPageToken"]
    body = {"id": "c1", "type": "web_hook", "address": hook.url}
    channel = ben.changes().watch(pageToken=token, body=body).execute()
    made = make(drive, "not for Ben")
    assert states(clients, hook) == ["sync"]
    share(drive, made, BEN, "reader")
    assert states(clients, hook) == ["change", "sync"]
    ben.channels().stop(body={"id": "c1", "resourceId": channel["resourceId"]}).execute()
    drive.files().update(fileId=made, body={"name": "more"}).execute()
    assert states(clients, hook) == ["change", "sync"]


def test_a_watch_on_a_doc_tells_of_its_text_and_of_its_end(clients: Clients, drive: Any, hook: Listener) -> None:
    made = make(drive, "Notes", mimeType=DOCUMENT)
    drive.files().watch(fileId=made, body={"id": "c2", "type": "web_hook", "address": hook.url}).execute()
    insert(clients.docs(), made).execute()
    assert states(clients, hook) == ["sync", "update"]
    drive.files().delete(fileId=made).execute()
    assert states(clients, hook) == ["remove", "sync", "update"]
