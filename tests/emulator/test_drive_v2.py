"""Drive v2 in its own words, as PyDrive and Google's v2 samples speak it."""

from __future__ import annotations

from typing import Any

import pytest
from googleapiclient.errors import HttpError
from googleapiclient.http import MediaInMemoryUpload

from sync.emulator.drive.olderwords import query
from tests.emulator.conftest import Clients

BEN = "ben@school.example"


@pytest.fixture
def older(clients: Clients) -> Any:
    return clients.build("drive", "v2")


def test_a_file_is_put_found_changed_and_taken_away(older: Any) -> None:
    files = older.files()
    media = MediaInMemoryUpload(b"one", "text/plain")
    folder = files.insert(body={"title": "F", "mimeType": "application/vnd.google-apps.folder"}).execute()
    made = files.insert(body={"title": "a's", "parents": [{"id": folder["id"]}]}, media_body=media).execute()
    assert (made["title"], made["fileSize"], made["parents"][0]["id"]) == ("a's", "3", folder["id"])
    assert files.get_media(fileId=made["id"]).execute() == b"one"
    search = f"title = 'a\\'s' and '{folder['id']}' in parents and trashed = false"
    assert [one["id"] for one in files.list(q=search).execute()["items"]] == [made["id"]]
    patched = files.patch(fileId=made["id"], body={"title": "b", "parents": [{"id": "root"}]}).execute()
    assert (patched["title"], patched["parents"][0]["id"] != folder["id"]) == ("b", True)
    copied = files.copy(fileId=made["id"], body={"title": "c"}).execute()
    assert files.trash(fileId=copied["id"]).execute()["labels"]["trashed"] is True
    assert files.untrash(fileId=copied["id"]).execute()["labels"]["trashed"] is False
    files.delete(fileId=copied["id"]).execute()
    with pytest.raises(HttpError) as gone:
        files.get(fileId=copied["id"]).execute()
    assert gone.value.status_code == 404


def test_properties_and_times_keep_what_v2_calls_them(older: Any) -> None:
    properties = [{"key": "visit", "value": "7", "visibility": "PUBLIC"}, {"key": "own", "value": "x"}]
    made = older.files().insert(body={"title": "p", "properties": properties}).execute()
    kept = {(one["key"], one["value"], one["visibility"]) for one in made["properties"]}
    assert kept == {("visit", "7", "PUBLIC"), ("own", "x", "PRIVATE")}
    moment = "2026-01-05T10:00:00.000Z"
    old = older.files().update(fileId=made["id"], body={"modifiedDate": moment}, setModifiedDate=True).execute()
    assert old["modifiedDate"] == moment
    assert older.files().touch(fileId=made["id"]).execute()["modifiedDate"] > moment


def test_sharing_speaks_of_values_links_and_additional_roles(older: Any) -> None:
    made = older.files().insert(body={"title": "s"}).execute()["id"]
    permissions = older.permissions()
    body = {"type": "user", "value": BEN, "role": "reader", "additionalRoles": ["commenter"]}
    ben = permissions.insert(fileId=made, body=body).execute()
    assert (ben["emailAddress"], ben["role"], ben["additionalRoles"]) == (BEN, "reader", ["commenter"])
    anyone = permissions.insert(fileId=made, body={"type": "anyone", "value": "anyone", "role": "reader"}).execute()
    assert "value" not in anyone
    listed = permissions.list(fileId=made).execute()["items"]
    assert [one["role"] for one in listed][-1] == "owner"
    assert permissions.patch(fileId=made, permissionId=ben["id"], body={"role": "writer"}).execute()["role"] == "writer"
    permissions.delete(fileId=made, permissionId=anyone["id"]).execute()
    assert len(permissions.list(fileId=made).execute()["items"]) == 2


def test_about_changes_and_revisions(older: Any) -> None:
    about = older.about().get().execute()
    assert (about["user"]["isAuthenticatedUser"], about["name"]) == (True, "Ana")
    token = older.changes().getStartPageToken().execute()["startPageToken"]
    made = older.files().insert(body={"title": "r"}, media_body=MediaInMemoryUpload(b"1", "text/plain")).execute()
    changes = older.changes().list(pageToken=token).execute()
    assert {one["fileId"] for one in changes["items"]} == {made["id"]}
    assert changes["items"][0]["file"]["title"] == "r"
    older.files().update(fileId=made["id"], media_body=MediaInMemoryUpload(b"22", "text/plain")).execute()
    assert [one["fileSize"] for one in older.revisions().list(fileId=made["id"]).execute()["items"]] == ["1", "2"]


def test_text_becomes_a_doc_and_comes_back_as_it_was(older: Any) -> None:
    media = MediaInMemoryUpload(b"One line", "text/plain")
    made = older.files().insert(body={"title": "d"}, media_body=media, convert=True).execute()
    assert made["mimeType"] == "application/vnd.google-apps.document"
    assert older.files().export(fileId=made["id"], mimeType="text/plain").execute() == b"\xef\xbb\xbfOne line"


def test_only_words_outside_of_quotes_are_put_into_v3s() -> None:
    asked = "title contains 'the title' and modifiedDate > \"2026\" and not trashed = true"
    assert query(asked) == "name contains 'the title' and modifiedTime > \"2026\" and not trashed = true"
