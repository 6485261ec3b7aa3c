"""files.list: the query language, order and pages."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import pytest
from googleapiclient.errors import HttpError
from hypothesis import given
from hypothesis import strategies as st

from sync.emulator.drive.query import All, Not, Some, Term, parse, required_terms
from sync.emulator.errors import GoogleError
from sync.emulator.keys import SigningKey
from sync.emulator.server import serve
from sync.emulator.workspace import Workspace
from tests.emulator.conftest import Clients

FOLDER = "application/vnd.google-apps.folder"
DOCUMENT = "application/vnd.google-apps.document"
BEN = "ben@school.example"


def names(drive: Any, q: str | None = None, **more: Any) -> list[str]:
    """Names of everything found, page after page."""
    found: list[str] = []
    token: str | None = None
    while True:
        page = drive.files().list(q=q, pageToken=token, fields="nextPageToken,files(name)", **more).execute()
        found += [each["name"] for each in page["files"]]
        token = page.get("nextPageToken")
        if not token:
            return found


@pytest.fixture
def drive(clients: Any) -> Any:
    return furnished(clients.drive())


@pytest.fixture(scope="module")
def library(signing_key: SigningKey) -> Iterator[Any]:
    """One Workspace for all queries, which change nothing."""
    state = Workspace(domain="school.example", page_size=3, check_answers=True, key=signing_key)
    running = serve(state)
    yield furnished(Clients(running).drive())
    running.stop()
    state.close()


def furnished(service: Any) -> Any:
    """A folder with three files: a Doc with a visit, two texts, one of them in the trash."""
    folder = service.files().create(body={"name": "Visits", "mimeType": FOLDER}).execute()["id"]

    def make(name: str, **body: Any) -> str:
        return str(service.files().create(body={"name": name, "parents": [folder], **body}).execute()["id"])

    make("Ana's notes", mimeType=DOCUMENT, appProperties={"visit": "v'1"}, properties={"term": "fall"})
    make("Ben notes", mimeType="text/plain", appProperties={"visit": "v2"}, starred=True)
    trashed = make("old notes", mimeType="text/plain")
    service.files().update(fileId=trashed, body={"trashed": True}).execute()
    service.folder = folder
    return service


@pytest.mark.parametrize(
    ("q", "expected"),
    [
        ("name = 'Ben notes'", ["Ben notes"]),
        ("name = 'BEN NOTES'", ["Ben notes"]),
        ("name = 'Ana\\'s notes'", ["Ana's notes"]),
        ("name contains 'note' and trashed = false", ["Ana's notes", "Ben notes"]),
        ("name contains 'otes'", []),
        ("name != 'Visits' and not trashed = true and name contains 'notes'", ["Ana's notes", "Ben notes"]),
        ("trashed = true", ["old notes"]),
        ("mimeType = 'text/plain' and trashed=false", ["Ben notes"]),
        ("mimeType contains 'text/'", ["Ben notes", "old notes"]),
        (f"mimeType != '{FOLDER}' and mimeType != 'text/plain'", ["Ana's notes"]),
        ("appProperties has { key='visit' and value='v\\'1' }", ["Ana's notes"]),
        ("properties has {key='term' and value='fall'}", ["Ana's notes"]),
        (
            "(starred = true or properties has {key='term' and value='fall'}) and trashed=false",
            ["Ana's notes", "Ben notes"],
        ),
        ("starred", ["Ben notes"]),
        ("sharedWithMe", []),
        ("'me' in owners and mimeType = 'text/plain' and trashed = false", ["Ben notes"]),
        ("modifiedTime > '2012-06-04T12:00:00' and mimeType = 'text/plain'", ["Ben notes", "old notes"]),
        ("createdTime < '2012-06-04T12:00:00-08:00'", []),
        ("visibility = 'limited' and name contains 'Ana'", ["Ana's notes"]),
    ],
)
def test_a_query_finds_what_it_says(library: Any, q: str, expected: list[str]) -> None:
    assert sorted(names(library, q)) == expected


def test_a_folder_is_listed_by_its_id_or_as_root(drive: Any) -> None:
    q = f"'{drive.folder}' in parents and trashed = false"
    assert sorted(names(drive, q)) == ["Ana's notes", "Ben notes"]
    assert names(drive, "'root' in parents") == ["Visits"]


def test_a_folder_nobody_can_see_is_not_found(drive: Any) -> None:
    with pytest.raises(HttpError) as refused:
        names(drive, "'nothing' in parents")
    assert refused.value.status_code == 404


@pytest.mark.parametrize(
    "q",
    [
        "name",
        "name = ",
        "name = 'a",
        "name like 'a'",
        "colour = 'red'",
        "name > 'a'",
        "(name = 'a'",
        "name = 'a')",
        "'x' in names",
        "appProperties has { value='x' }",
        "modifiedTime > 'yesterday'",
        "trashed = 'maybe'",
        "a = 'b' and",
    ],
)
def test_anything_else_is_an_invalid_value(library: Any, q: str) -> None:
    with pytest.raises(HttpError) as refused:
        names(library, q)
    assert refused.value.status_code == 400
    assert refused.value.error_details[0]["location"] == "q"


def test_where_to_look_is_said_by_corpora_and_spaces(library: Any) -> None:
    assert names(library, corpora="allDrives", includeItemsFromAllDrives=True, supportsAllDrives=True) != []
    assert names(library, spaces="appDataFolder") == []
    assert "Visits" in names(library, "mimeType contains 'google-apps.folder'", spaces="drive,appDataFolder")
    with pytest.raises(HttpError, match="Invalid Value"):
        names(library, corpora="everything")


def test_full_text_looks_into_docs(clients: Any, drive: Any) -> None:
    made = drive.files().create(body={"name": "x", "mimeType": DOCUMENT}).execute()["id"]
    body = {"requests": [{"insertText": {"location": {"index": 1}, "text": "They give wait time now"}}]}
    clients.docs().documents().batchUpdate(documentId=made, body=body).execute()
    assert names(drive, "fullText contains 'wait'") == ["x"]
    assert names(drive, "fullText contains '\"wait time\"'") == ["x"]
    assert names(drive, "fullText contains 'wai'") == []


def test_pages_hold_together_and_a_token_belongs_to_its_query(drive: Any) -> None:
    for number in range(7):
        drive.files().create(body={"name": f"page {number}"}).execute()
    assert names(drive, "name contains 'page'", orderBy="name_natural desc") == [f"page {n}" for n in range(6, -1, -1)]
    page = drive.files().list(q="name contains 'page'", fields="nextPageToken").execute()
    with pytest.raises(HttpError) as refused:
        drive.files().list(q="name contains 'm'", pageToken=page["nextPageToken"]).execute()
    assert refused.value.status_code == 400


def test_natural_order_counts(drive: Any) -> None:
    for name in ("walk 10", "walk 9", "Walk 1"):
        drive.files().create(body={"name": name}).execute()
    assert names(drive, "name contains 'walk'", orderBy="name_natural") == ["Walk 1", "walk 9", "walk 10"]


def test_what_is_shared_is_found_by_the_other_and_is_in_no_folder_of_theirs(clients: Any, drive: Any) -> None:
    body = {"type": "user", "role": "reader", "emailAddress": BEN}
    drive.permissions().create(fileId=drive.folder, body=body, sendNotificationEmail=False).execute()
    ben = clients.drive(BEN)
    assert sorted(names(ben, "trashed = false")) == ["Ana's notes", "Ben notes", "Visits"]
    assert names(ben, "sharedWithMe = true") == ["Visits"]
    assert names(ben, "'root' in parents") == []


texts = st.text(st.characters(codec="utf-8", exclude_characters="\\'"), max_size=12)
simple = st.builds(Term, st.sampled_from(["name", "mimeType"]), st.sampled_from(["=", "!=", "contains"]), texts)
queries = st.recursive(
    simple,
    lambda inner: st.one_of(
        st.builds(Not, inner),
        st.builds(lambda parts: All(tuple(parts)), st.lists(inner, min_size=2, max_size=3)),
        st.builds(lambda parts: Some(tuple(parts)), st.lists(inner, min_size=2, max_size=3)),
    ),
    max_leaves=8,
)


def written(query: Any) -> str:
    if isinstance(query, Term):
        return f"{query.field} {query.operator} '{query.value}'"
    if isinstance(query, Not):
        return f"not ({written(query.inner)})"
    word = " and " if isinstance(query, All) else " or "
    return word.join(f"({written(part)})" for part in query.parts)


@given(queries)
def test_a_query_is_read_as_it_was_written(query: Any) -> None:
    assert parse(written(query)) == query


@given(st.text(max_size=40))
def test_any_other_text_is_refused_and_never_breaks_the_reader(text: str) -> None:
    with suppress(GoogleError):
        parse(text)


def test_only_what_must_hold_says_where_to_look() -> None:
    found = required_terms(parse("'a' in parents and (name = 'b' or name = 'c') and not name = 'd'"))
    assert list(found) == [Term("parents", "in", "a")]
