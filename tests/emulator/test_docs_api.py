"""Docs v1 over HTTP, through google-api-python-client."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
import requests
from google.auth.transport.requests import Request
from googleapiclient.errors import HttpError

from sync.emulator.keys import SigningKey
from sync.emulator.server import RunningWorkspace, serve
from sync.emulator.workspace import Workspace
from tests.emulator.conftest import Clients, on_both_kinds_of_state
from tests.emulator.docs_structure import problems, text_of

BEN = "ben@school.example"


@pytest.fixture
def docs(clients: Clients) -> Any:
    return clients.docs()


@pytest.fixture
def document(docs: Any) -> str:
    return str(docs.documents().create(body={"title": "Notes"}).execute()["documentId"])


def write(docs: Any, document: str, *asked: dict[str, Any], **control: str) -> Any:
    body: dict[str, Any] = {"requests": list(asked)}
    if control:
        body["writeControl"] = control
    return docs.documents().batchUpdate(documentId=document, body=body).execute()


def read(docs: Any, document: str, **how: Any) -> Any:
    return docs.documents().get(documentId=document, **how).execute()


def insert(text: str, index: int = 1) -> dict[str, Any]:
    return {"insertText": {"location": {"index": index}, "text": text}}


def refusal(docs: Any, document: str, *asked: dict[str, Any], **control: str) -> dict[str, Any]:
    with pytest.raises(HttpError) as refused:
        write(docs, document, *asked, **control)
    error: dict[str, Any] = json.loads(refused.value.content)["error"]
    return error


def test_a_new_document_has_the_keys_recorded_ones_have(docs: Any, document: str) -> None:
    answer = read(docs, document)
    assert set(answer) == {
        "title",
        "body",
        "documentStyle",
        "namedStyles",
        "revisionId",
        "suggestionsViewMode",
        "documentId",
    }
    assert answer["suggestionsViewMode"] == "SUGGESTIONS_INLINE"
    styles = [style["namedStyleType"] for style in answer["namedStyles"]["styles"]]
    assert styles == ["NORMAL_TEXT", *(f"HEADING_{level}" for level in range(1, 7)), "TITLE", "SUBTITLE"]
    assert problems(answer["body"]["content"]) == []


def test_of_a_created_document_only_the_title_counts(docs: Any) -> None:
    body = {"title": "T", "body": {"content": [{"paragraph": {"elements": [{"textRun": {"content": "ignored"}}]}}]}}
    assert text_of(docs.documents().create(body=body).execute()) == "\n"


def test_with_tabs_the_content_is_in_the_tabs_and_not_beside_them(docs: Any, document: str) -> None:
    reply = write(docs, document, {"addDocumentTab": {"tabProperties": {"title": "Walk 1"}}})
    tab_id = reply["replies"][0]["addDocumentTab"]["tabProperties"]["tabId"]
    write(docs, document, {"insertText": {"location": {"index": 1, "tabId": tab_id}, "text": "second tab"}})
    answer = read(docs, document, includeTabsContent=True)
    assert "body" not in answer
    assert [tab["tabProperties"]["title"] for tab in answer["tabs"]] == ["Tab 1", "Walk 1"]
    assert text_of(answer["tabs"][1]["documentTab"]) == "second tab\n"
    assert text_of(read(docs, document)) == "\n"


@on_both_kinds_of_state
def test_a_batch_is_applied_whole_or_not_at_all(docs: Any, document: str) -> None:
    before = read(docs, document)
    error = refusal(docs, document, insert("kept?"), insert("x", 99))
    assert (error["code"], error["status"]) == (400, "INVALID_ARGUMENT")
    assert error["message"] == (
        "Invalid requests[1].insertText: Index 99 must be less than the end index of the referenced segment, 7."
    )
    assert read(docs, document) == before


def test_an_unknown_field_is_refused_by_the_front_end(docs: Any, document: str) -> None:
    error = refusal(docs, document, {"insertText": {"locaton": {"index": 1}, "text": "x"}})
    assert error["message"] == (
        "Invalid JSON payload received. Unknown name \"locaton\" at 'requests[0].insert_text': Cannot find field."
    )


def test_the_revision_changes_with_the_document_and_only_then(docs: Any, document: str) -> None:
    first = read(docs, document)["revisionId"]
    assert read(docs, document)["revisionId"] == first
    reply = write(docs, document, insert("a"), requiredRevisionId=first)
    second = reply["writeControl"]["requiredRevisionId"]
    assert second != first
    assert read(docs, document)["revisionId"] == second
    error = refusal(docs, document, insert("b"), requiredRevisionId=first)
    assert error["code"] == 400
    assert first in error["message"]
    write(docs, document, insert("b"), targetRevisionId=second)


def test_writing_to_a_doc_moves_the_file(clients: Clients, docs: Any, document: str) -> None:
    drive = clients.drive()
    before = drive.files().get(fileId=document, fields="version,name").execute()
    write(docs, document, insert("a"))
    after = drive.files().get(fileId=document, fields="version,name").execute()
    assert int(after["version"]) > int(before["version"])
    drive.files().update(fileId=document, body={"name": "Renamed"}).execute()
    assert read(docs, document)["title"] == "Renamed"


def test_a_file_that_is_no_document_is_refused(clients: Clients, docs: Any) -> None:
    made = clients.drive().files().create(body={"name": "a.txt"}).execute()["id"]
    with pytest.raises(HttpError) as refused:
        read(docs, made)
    assert json.loads(refused.value.content)["error"]["status"] == "FAILED_PRECONDITION"


def test_a_protocol_page_is_written_and_read_back(docs: Any, document: str) -> None:
    definition = {
        "dropdownDefinitionId": "kix.held",
        "dropdownDefinitionProperties": {
            "title": "Held",
            "options": [
                {"optionId": "dropdownItem.open", "displayValue": "Choose"},
                {"optionId": "dropdownItem.yes", "displayValue": "Yes"},
            ],
        },
    }
    date = {"timestamp": "2026-09-14T15:00:00Z", "timeZoneId": "America/Chicago", "locale": "en"}
    reply = write(
        docs,
        document,
        insert("Learning walk\nHost: \nHeld: \n"),
        {"createDropdownDefinition": {"dropdownDefinition": definition}},
        {"insertDropdown": {"location": {"index": 28}, "dropdownDefinitionId": "kix.held"}},
        {"insertPerson": {"location": {"index": 21}, "personProperties": {"email": BEN, "name": "Ben"}}},
        {"insertDate": {"location": {"index": 14}, "dateElementProperties": date}},
        {"insertTable": {"endOfSegmentLocation": {}, "rows": 2, "columns": 2}},
        {
            "updateParagraphStyle": {
                "range": {"startIndex": 1, "endIndex": 2},
                "paragraphStyle": {"namedStyleType": "TITLE"},
                "fields": "namedStyleType",
            }
        },
    )
    assert reply["replies"][2]["insertDropdown"]["dropdown"]["dropdownProperties"]["displayValue"] == "Choose"
    answer = read(docs, document)
    assert problems(answer["body"]["content"]) == []
    assert text_of(answer) == "Learning walk[?]\nHost: [?]\nHeld: [?]\n\n\n\n\n\n\n"
    parts = [part for element in answer["body"]["content"][1:4] for part in element["paragraph"]["elements"]]
    chips = [part for part in parts if "textRun" not in part]
    assert chips[0]["dateElement"]["dateElementProperties"]["displayText"] == "Sep 14, 2026"
    assert chips[1]["person"]["personProperties"] == {"email": BEN, "name": "Ben"}
    assert chips[2]["dropdown"]["dropdownProperties"]["selectedOptionId"] == "dropdownItem.open"
    assert all(part["endIndex"] - part["startIndex"] == 1 for part in chips)


def test_headers_footers_and_footnotes_are_segments_of_their_own(docs: Any, document: str) -> None:
    reply = write(
        docs,
        document,
        insert("body"),
        {"createHeader": {"type": "DEFAULT"}},
        {"createFooter": {"type": "DEFAULT"}},
        {"createFootnote": {"location": {"index": 3}}},
    )
    header = reply["replies"][1]["createHeader"]["headerId"]
    footnote = reply["replies"][3]["createFootnote"]["footnoteId"]
    write(docs, document, {"insertText": {"endOfSegmentLocation": {"segmentId": header}, "text": "Fall term"}})
    answer = read(docs, document)
    assert answer["documentStyle"]["defaultHeaderId"] == header
    (element,) = answer["headers"][header]["content"]
    assert "startIndex" not in element
    assert element["paragraph"]["elements"][0]["textRun"]["content"] == "Fall term\n"
    assert answer["footnotes"][footnote]["content"][0]["paragraph"]["elements"][0]["textRun"]["content"] == " \n"
    assert "already exists" in refusal(docs, document, {"createHeader": {"type": "DEFAULT"}})["message"]
    write(docs, document, {"deleteHeader": {"headerId": header}})
    assert "headers" not in read(docs, document)


def test_suggestions_read_inline_accepted_or_not_at_all(clients: Clients, docs: Any, document: str) -> None:
    write(docs, document, insert("keep cut"))
    reply = write(
        docs,
        document,
        insert("new ", 1),
        {"deleteContentRange": {"range": {"startIndex": 9, "endIndex": 13}}},
        writeMode="SUGGEST",
    )
    made = [each["createdSuggestionIds"][0] for each in reply["suggestionResponses"]]
    views = {
        "SUGGESTIONS_INLINE": "new keep cut\n",
        "PREVIEW_SUGGESTIONS_ACCEPTED": "new keep\n",
        "PREVIEW_WITHOUT_SUGGESTIONS": "keep cut\n",
    }
    for view, expected in views.items():
        answer = read(docs, document, suggestionsViewMode=view)
        assert text_of(answer) == expected
        assert problems(answer["body"]["content"]) == []
    run = read(docs, document)["body"]["content"][1]["paragraph"]["elements"][0]["textRun"]
    assert run["suggestedInsertionIds"] == [made[0]]
    write(
        docs, document, {"acceptSuggestion": {"suggestionId": made[0]}}, {"rejectSuggestion": {"suggestionId": made[1]}}
    )
    assert text_of(read(docs, document, suggestionsViewMode="PREVIEW_WITHOUT_SUGGESTIONS")) == "new keep cut\n"
    assert refusal(docs, document, {"deleteSuggestion": {"suggestionId": made[0]}})["code"] == 404


def test_what_cannot_be_suggested_is_refused_in_googles_words(docs: Any, document: str) -> None:
    request = {"createNamedRange": {"name": "n", "range": {"startIndex": 1, "endIndex": 2}}}
    error = refusal(docs, document, request, writeMode="SUGGEST")
    assert error["message"] == (
        "Invalid requests[0].createNamedRange: Request does not support application as suggestion."
    )


def test_a_reader_sees_no_suggestions(clients: Clients, docs: Any, document: str) -> None:
    write(docs, document, insert("seen"))
    write(docs, document, insert("unseen "), writeMode="SUGGEST")
    body = {"type": "user", "role": "reader", "emailAddress": BEN}
    clients.drive().permissions().create(fileId=document, body=body).execute()
    answer = read(clients.docs(BEN), document)
    assert (text_of(answer), answer["suggestionsViewMode"]) == ("seen\n", "PREVIEW_WITHOUT_SUGGESTIONS")


def test_a_comment_by_batch_is_the_files_comment_in_drive(clients: Clients, docs: Any, document: str) -> None:
    write(docs, document, insert("Wait time matters"))
    request = {"insertComment": {"range": {"startIndex": 1, "endIndex": 10}, "content": "How long?"}}
    reply = write(docs, document, request)
    thread = reply["replies"][0]["insertComment"]["commentThread"]
    assert reply["commentUpdateState"] == "ALL_SAVED"
    assert (thread["status"], thread["plainTextQuote"], thread["headPost"]["content"]) == (
        "OPEN",
        "Wait time",
        "How long?",
    )
    drive = clients.drive()
    (kept,) = drive.comments().list(fileId=document, fields="*").execute()["comments"]
    assert (kept["id"], kept["quotedFileContent"]["value"]) == (thread["commentId"], "Wait time")
    write(
        docs,
        document,
        insert(">> "),
        {"addCommentReply": {"commentId": kept["id"], "post": {"content": "3 s", "commentAction": "RESOLVE"}}},
    )
    answer = read(docs, document, includeTabsContent=True, commentsViewMode="COMMENTS_VIEW_MODE_INCLUDED")
    (shown,) = answer["comments"]
    assert (shown["status"], shown["replies"][0]["content"]) == ("RESOLVED", "3 s")
    (anchor,) = answer["tabs"][0]["documentTab"]["commentAnchors"].values()
    assert anchor["ranges"] == [{"startIndex": 4, "endIndex": 13, "tabId": "t.0"}]


def test_a_document_is_there_again_when_its_state_is_opened_again(signing_key: SigningKey, tmp_path: Path) -> None:
    def opened() -> RunningWorkspace:
        return serve(Workspace(domain="school.example", data=tmp_path / "w.sqlite", key=signing_key))

    running = opened()
    docs = Clients(running).docs()
    made = docs.documents().create(body={"title": "Notes"}).execute()["documentId"]
    write(docs, made, insert("kept 😀"), {"createNamedRange": {"name": "n", "range": {"startIndex": 1, "endIndex": 5}}})
    before = read(docs, made, includeTabsContent=True)
    running.stop()
    running.workspace.close()
    running = opened()
    assert read(Clients(running).docs(), made, includeTabsContent=True) == before
    running.stop()
    running.workspace.close()


def test_two_hundred_writes_at_once_lose_nothing(clients: Clients, docs: Any, document: str) -> None:
    credentials = clients.credentials()
    credentials.refresh(Request())
    headers = {"Authorization": f"Bearer {credentials.token}"}

    def one(number: int) -> int:
        url = f"{clients.url}/v1/documents/{document}:batchUpdate"
        return int(
            requests.post(url, json={"requests": [insert(f"<{number}>")]}, headers=headers, timeout=60).status_code
        )

    with ThreadPoolExecutor(16) as pool:
        assert set(pool.map(one, range(200))) == {200}
    text = text_of(read(docs, document))
    assert all(f"<{number}>" in text for number in range(200))
    assert len(text) == sum(len(f"<{number}>") for number in range(200)) + 1


def test_a_person_of_the_domain_is_shown_by_name(clients: Any) -> None:
    docs = clients.docs()
    made = docs.documents().create(body={"title": "Notes"}).execute()["documentId"]
    who = [{"email": "ben.okafor@school.example"}, {"email": "guest@elsewhere.example"}]
    requests = [{"insertPerson": {"location": {"index": 1}, "personProperties": one}} for one in reversed(who)]
    docs.documents().batchUpdate(documentId=made, body={"requests": requests}).execute()
    elements = docs.documents().get(documentId=made).execute()["body"]["content"][1]["paragraph"]["elements"]
    found = [element["person"]["personProperties"] for element in elements if "person" in element]
    assert found == [{"name": "Ben Okafor", **who[0]}, who[1]]
