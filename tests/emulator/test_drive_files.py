"""Files and folders of the local Workspace's Drive, through google-api-python-client."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest
from googleapiclient.errors import HttpError
from googleapiclient.http import MediaInMemoryUpload, MediaIoBaseDownload

from tests.emulator.conftest import Clients

FOLDER = "application/vnd.google-apps.folder"
DOCUMENT = "application/vnd.google-apps.document"
ANA, BEN, CY = "ana@school.example", "ben@school.example", "cy@school.example"


def reason(refused: pytest.ExceptionInfo[HttpError]) -> tuple[int, str, str]:
    """Status, reason and message of a refusal in Drive's shape."""
    error = json.loads(refused.value.content)["error"]
    assert error["code"] == refused.value.status_code
    return error["code"], error["errors"][0]["reason"], error["message"]


def make(drive: Any, name: str, **body: Any) -> Any:
    return drive.files().create(body={"name": name, **body}, fields="*").execute()


@pytest.fixture
def drive(clients: Any) -> Any:
    return clients.drive()


def test_a_file_made_without_a_folder_lies_in_my_drive(drive: Any) -> None:
    root = drive.files().get(fileId="root", fields="id,name,mimeType").execute()
    made = make(drive, "Notes", mimeType=DOCUMENT)
    assert made["parents"] == [root["id"]]
    assert (root["name"], root["mimeType"]) == ("My Drive", FOLDER)
    assert made["ownedByMe"] is True
    assert made["owners"][0]["emailAddress"] == ANA
    assert made["webViewLink"].startswith(f"https://docs.google.com/document/d/{made['id']}/")


def test_a_folder_may_be_made_with_an_id_chosen_beforehand_and_only_once(drive: Any) -> None:
    (chosen,) = drive.files().generateIds(count=1).execute()["ids"]
    body = {"id": chosen, "name": "Visits", "mimeType": FOLDER}
    assert drive.files().create(body=body).execute()["id"] == chosen
    with pytest.raises(HttpError) as refused:
        drive.files().create(body=body).execute()
    assert reason(refused) == (409, "fileIdInUse", "A file already exists with the provided ID.")


def test_a_doc_may_not_be_made_with_an_id_chosen_beforehand(drive: Any) -> None:
    (chosen,) = drive.files().generateIds(count=1).execute()["ids"]
    with pytest.raises(HttpError) as refused:
        drive.files().create(body={"id": chosen, "name": "Notes", "mimeType": DOCUMENT}).execute()
    assert refused.value.status_code == 400


def test_an_id_nobody_generated_is_not_usable(drive: Any) -> None:
    with pytest.raises(HttpError) as refused:
        drive.files().create(body={"id": "made-up", "name": "x", "mimeType": FOLDER}).execute()
    assert reason(refused)[:2] == (400, "invalid")


def test_what_does_not_exist_is_not_found_in_drives_words(drive: Any) -> None:
    with pytest.raises(HttpError) as refused:
        drive.files().get(fileId="nothing").execute()
    assert reason(refused) == (404, "notFound", "File not found: nothing.")


def test_a_strangers_file_is_not_found_either(clients: Any, drive: Any) -> None:
    made = make(drive, "Private")
    with pytest.raises(HttpError) as refused:
        clients.drive(BEN).files().get(fileId=made["id"]).execute()
    assert reason(refused)[0] == 404


@pytest.mark.parametrize("resumable", [False, True])
def test_content_comes_back_as_it_was_uploaded(drive: Any, resumable: bool) -> None:
    content = bytes(range(256)) * 100
    media = MediaInMemoryUpload(content, "image/png", resumable=resumable)
    made = drive.files().create(body={"name": "board.png"}, media_body=media, fields="*").execute()
    assert (made["size"], made["mimeType"], made["fileExtension"]) == (str(len(content)), "image/png", "png")
    received = io.BytesIO()
    download = MediaIoBaseDownload(received, drive.files().get_media(fileId=made["id"]), chunksize=10_000)
    done = False
    while not done:
        _, done = download.next_chunk()
    assert received.getvalue() == content


def test_new_content_is_a_new_revision(drive: Any) -> None:
    made = drive.files().create(body={"name": "a.txt"}, media_body=MediaInMemoryUpload(b"one", "text/plain")).execute()
    drive.files().update(fileId=made["id"], media_body=MediaInMemoryUpload(b"two!", "text/plain")).execute()
    revisions = drive.revisions().list(fileId=made["id"], fields="revisions(id,size)").execute()["revisions"]
    assert [each["size"] for each in revisions] == ["3", "4"]
    assert drive.files().get_media(fileId=made["id"]).execute() == b"two!"
    assert drive.revisions().get_media(fileId=made["id"], revisionId=revisions[0]["id"]).execute() == b"one"


def test_a_doc_has_no_bytes_to_download(drive: Any) -> None:
    made = make(drive, "Notes", mimeType=DOCUMENT)
    with pytest.raises(HttpError) as refused:
        drive.files().get_media(fileId=made["id"]).execute()
    assert reason(refused)[:2] == (403, "fileNotDownloadable")


def test_an_update_changes_what_it_names_and_null_clears(drive: Any) -> None:
    made = make(drive, "a", description="first", appProperties={"k": "1", "gone": "x"}, properties={"p": "q"})
    body = {"description": None, "appProperties": {"gone": None, "new": "2"}}
    changed = drive.files().update(fileId=made["id"], body=body, fields="*").execute()
    assert "description" not in changed
    assert changed["appProperties"] == {"k": "1", "new": "2"}
    assert changed["properties"] == {"p": "q"}
    assert int(changed["version"]) > int(made["version"])


def test_parents_are_not_written_directly(drive: Any) -> None:
    made = make(drive, "a")
    with pytest.raises(HttpError) as refused:
        drive.files().update(fileId=made["id"], body={"parents": ["root"]}).execute()
    assert reason(refused)[:2] == (403, "fieldNotWritable")


def test_a_file_moves_with_add_and_remove_parents(drive: Any) -> None:
    one, two = make(drive, "one", mimeType=FOLDER), make(drive, "two", mimeType=FOLDER)
    made = make(drive, "a", parents=[one["id"]])
    update = drive.files().update(
        fileId=made["id"], addParents=two["id"], removeParents=one["id"], fields="parents,modifiedTime"
    )
    assert update.execute()["parents"] == [two["id"]]
    with pytest.raises(HttpError) as refused:
        drive.files().update(fileId=made["id"], addParents=one["id"]).execute()
    assert reason(refused)[:2] == (403, "cannotAddParent")


def test_a_folder_cannot_be_moved_into_itself(drive: Any) -> None:
    outer = make(drive, "outer", mimeType=FOLDER)
    inner = make(drive, "inner", mimeType=FOLDER, parents=[outer["id"]])
    with pytest.raises(HttpError) as refused:
        drive.files().update(fileId=outer["id"], addParents=inner["id"], removeParents="root").execute()
    assert refused.value.status_code == 403


def test_a_copy_takes_everything_but_the_sharing(clients: Any, drive: Any) -> None:
    docs = clients.docs()
    source = docs.documents().create(body={"title": "Protocol"}).execute()["documentId"]
    requests = [
        {"insertText": {"location": {"index": 1}, "text": "Hello {{host}}"}},
        {"createNamedRange": {"name": "host", "range": {"startIndex": 7, "endIndex": 15}}},
    ]
    docs.documents().batchUpdate(documentId=source, body={"requests": requests}).execute()
    drive.permissions().create(fileId=source, body={"type": "user", "role": "writer", "emailAddress": BEN}).execute()
    folder = make(drive, "Visits", mimeType=FOLDER)
    body = {"name": "Ana and Ben", "parents": [folder["id"]], "appProperties": {"visit": "v1"}}
    copy = drive.files().copy(fileId=source, body=body, fields="*").execute()
    assert (copy["name"], copy["parents"], copy["appProperties"]) == ("Ana and Ben", [folder["id"]], {"visit": "v1"})
    assert copy["permissionIds"] == folder["permissionIds"]
    got = docs.documents().get(documentId=copy["id"]).execute()
    assert got["title"] == "Ana and Ben"
    assert "host" in got["namedRanges"]


def test_a_copy_is_named_after_its_source_when_no_name_is_given(drive: Any) -> None:
    made = make(drive, "Notes", mimeType=DOCUMENT)
    assert drive.files().copy(fileId=made["id"], body={}).execute()["name"] == "Copy of Notes"


def test_the_trash_holds_what_lies_in_a_trashed_folder(drive: Any) -> None:
    folder = make(drive, "f", mimeType=FOLDER)
    made = make(drive, "a", parents=[folder["id"]])
    drive.files().update(fileId=folder["id"], body={"trashed": True}).execute()
    got = drive.files().get(fileId=made["id"], fields="trashed,explicitlyTrashed").execute()
    assert got == {"trashed": True, "explicitlyTrashed": False}
    drive.files().update(fileId=folder["id"], body={"trashed": False}).execute()
    assert drive.files().get(fileId=made["id"], fields="trashed").execute() == {"trashed": False}


def test_emptying_the_trash_deletes_for_good(drive: Any) -> None:
    made = make(drive, "a")
    kept = make(drive, "b")
    drive.files().update(fileId=made["id"], body={"trashed": True}).execute()
    drive.files().emptyTrash().execute()
    with pytest.raises(HttpError) as refused:
        drive.files().get(fileId=made["id"]).execute()
    assert reason(refused)[0] == 404
    assert drive.files().get(fileId=kept["id"]).execute()["id"] == kept["id"]


def test_deleting_a_folder_deletes_what_lies_in_it_and_answers_nothing(clients: Any, drive: Any) -> None:
    folder = make(drive, "f", mimeType=FOLDER)
    made = make(drive, "a", mimeType=DOCUMENT, parents=[folder["id"]])
    assert drive.files().delete(fileId=folder["id"]).execute() == ""
    with pytest.raises(HttpError) as refused:
        clients.docs().documents().get(documentId=made["id"]).execute()
    error = json.loads(refused.value.content)["error"]
    assert (error["status"], error["message"]) == ("NOT_FOUND", "Requested entity was not found.")


@pytest.mark.parametrize(
    ("properties", "allowed"),
    [({"k": "v" * 123}, True), ({"k": "v" * 124}, False), ({"k" * 60: "é" * 32}, True), ({"k" * 61: "é" * 32}, False)],
)
def test_a_property_has_124_bytes_with_its_key(drive: Any, properties: dict[str, str], allowed: bool) -> None:
    request = drive.files().create(body={"name": "a", "appProperties": properties})
    if allowed:
        request.execute()
    else:
        with pytest.raises(HttpError):
            request.execute()


def test_app_properties_are_seen_by_their_app_only_and_number_thirty(drive: Any) -> None:
    made = make(drive, "a", appProperties={f"k{number}": "1" for number in range(30)})
    assert len(made["appProperties"]) == 30
    with pytest.raises(HttpError):
        drive.files().update(fileId=made["id"], body={"appProperties": {"one too many": "1"}}).execute()


def test_a_service_account_without_storage_needs_a_shared_drive(clients: Any) -> None:
    clients.workspace.service_account_storage = False
    robot = clients.drive(None)
    with pytest.raises(HttpError) as refused:
        robot.files().create(body={"name": "Notes", "mimeType": DOCUMENT}).execute()
    assert reason(refused)[:2] == (403, "storageQuotaExceeded")
    shared = robot.drives().create(requestId="r1", body={"name": "Visits"}).execute()
    body = {"name": "Notes", "mimeType": DOCUMENT, "parents": [shared["id"]]}
    made = robot.files().create(body=body, supportsAllDrives=True, fields="driveId").execute()
    assert made == {"driveId": shared["id"]}


def test_with_the_narrow_scope_an_app_sees_only_its_own_files(clients: Any, drive: Any) -> None:
    theirs = make(drive, "made by the same app", mimeType=DOCUMENT)
    narrow = clients.drive(ANA, ["https://www.googleapis.com/auth/drive.file"])
    assert narrow.files().get(fileId=theirs["id"]).execute()["id"] == theirs["id"]


def test_a_doc_is_exported_as_text_html_and_markdown(clients: Any, drive: Any) -> None:
    made = make(drive, "Notes", mimeType=DOCUMENT)
    requests = [
        {"insertText": {"location": {"index": 1}, "text": "Focus\nwait time"}},
        {
            "updateParagraphStyle": {
                "range": {"startIndex": 1, "endIndex": 3},
                "paragraphStyle": {"namedStyleType": "HEADING_1"},
                "fields": "namedStyleType",
            }
        },
        {
            "updateTextStyle": {
                "range": {"startIndex": 7, "endIndex": 11},
                "textStyle": {"bold": True},
                "fields": "bold",
            }
        },
    ]
    clients.docs().documents().batchUpdate(documentId=made["id"], body={"requests": requests}).execute()
    export = drive.files().export
    assert export(fileId=made["id"], mimeType="text/plain").execute() == "\ufeffFocus\r\nwait time".encode()
    assert export(fileId=made["id"], mimeType="text/markdown").execute() == b"# Focus\n\n**wait** time\n"
    assert b"<h1>Focus</h1><p><b>wait</b> time</p>" in export(fileId=made["id"], mimeType="text/html").execute()
    with pytest.raises(HttpError) as refused:
        export(fileId=made["id"], mimeType="image/png").execute()
    assert refused.value.status_code == 400


def test_markdown_becomes_a_doc_with_headings_lists_and_emphasis(clients: Any, drive: Any) -> None:
    text = b"# Focus\n\nSee *wait* time \xf0\x9f\x98\x80.\n\n- one\n  - two **bold**\n"
    media = MediaInMemoryUpload(text, "text/markdown")
    made = drive.files().create(body={"name": "N", "mimeType": DOCUMENT}, media_body=media).execute()
    content = clients.docs().documents().get(documentId=made["id"]).execute()["body"]["content"][1:]
    paragraphs = [element["paragraph"] for element in content]
    texts = ["".join(part["textRun"]["content"] for part in each["elements"]) for each in paragraphs]
    assert texts == ["Focus\n", "See wait time 😀.\n", "one\n", "two bold\n"]
    assert paragraphs[0]["paragraphStyle"]["namedStyleType"] == "HEADING_1"
    assert paragraphs[1]["elements"][1]["textRun"] == {"content": "wait", "textStyle": {"italic": True}}
    assert [each.get("bullet", {}).get("nestingLevel") for each in paragraphs[2:]] == [None, 1]


def test_about_says_who_is_asking(drive: Any) -> None:
    about = drive.about().get(fields="user,exportFormats").execute()
    assert about["user"]["emailAddress"] == ANA
    assert about["user"]["me"] is True
    assert "text/markdown" in about["exportFormats"][DOCUMENT]


def test_comments_and_replies_tell_a_thread_and_resolve_it(clients: Any, drive: Any) -> None:
    made = make(drive, "Notes", mimeType=DOCUMENT)
    drive.permissions().create(
        fileId=made["id"], body={"type": "user", "role": "commenter", "emailAddress": BEN}
    ).execute()
    comment = drive.comments().create(fileId=made["id"], body={"content": "How long?"}, fields="*").execute()
    ben = clients.drive(BEN)
    ids = {"fileId": made["id"], "commentId": comment["id"]}
    ben.replies().create(**ids, body={"content": "3 seconds"}, fields="*").execute()
    ben.replies().create(**ids, body={"action": "resolve"}, fields="*").execute()
    (thread,) = drive.comments().list(fileId=made["id"], fields="*").execute()["comments"]
    assert thread["resolved"] is True
    assert [reply.get("content", "") for reply in thread["replies"]] == ["3 seconds", ""]
    assert thread["replies"][0]["author"]["displayName"] == "Ben"
    with pytest.raises(HttpError) as refused:
        ben.comments().update(**ids, body={"content": "mine"}, fields="*").execute()
    assert refused.value.status_code == 403


def test_a_csv_goes_into_a_spreadsheet_the_way_gspread_sends_it(clients: Clients, drive: Any) -> None:
    client = clients.gspread()
    book = client.create("Roster")
    client.import_csv(book.id, b"email,room\nana@school.example,12\n")
    again = client.open_by_key(book.id)
    assert again.sheet1.get_all_values() == [["email", "room"], ["ana@school.example", "12"]]


def test_drive_v2_takes_an_upload_and_answers_in_its_own_words(clients: Clients) -> None:
    session = clients.session()
    url = f"{clients.url}/upload/drive/v2/files?uploadType=media"
    answer = session.post(url, data=b"one", headers={"Content-Type": "text/plain"}).json()
    assert (answer["title"], answer["mimeType"], answer["fileSize"]) == ("Untitled", "text/plain", "3")
    got = session.get(f"{clients.url}/drive/v2/files/{answer['id']}").json()
    assert got["labels"]["trashed"] is False
