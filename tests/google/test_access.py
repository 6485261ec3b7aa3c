"""Access to the Docs follows people, and only what we gave is ever taken back."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from sync.core.refusals import Refused
from sync.google.wire.errors import Denied, Vanished
from sync.services.notes import access, open_to
from sync.services.notes.holdings import holdings
from sync.services.visits import booking
from tests.google.conftest import Hall
from tests.google.test_documents import tab_of
from tests.google.writing import Writer, lines_of
from tests.personas import ADA, BEN, CLEO, EVE, FAY, GUS, TUESDAY

GROUP = "Group 1"


def can_read(hall: Hall, doc: str, *people: str) -> list[str]:
    """Who of these can open a Doc, asked as themselves."""
    found = []
    for email in people or (ADA, BEN, CLEO, EVE, FAY, GUS):
        account = hall.side.as_(email)
        try:
            account.send(account.api.documents.get(documentId=doc), "reading")
        except (Denied, Vanished):
            continue
        found.append(email)
    return found


def regroup(hall: Hall, **groups: tuple[str, ...]) -> None:
    with hall.store.work() as work:
        school = work.schools.get("maple").school
        named = {name.replace("_", " "): members for name, members in groups.items()}
        work.schools.save("maple", replace(school, groups=named))
        work.commit()
    assert hall.sync().fine


def doc_named(hall: Hall, name: str) -> str:
    [doc] = [doc["id"] for doc in hall.files("document") if doc["name"] == name]
    return str(doc)


@pytest.fixture
def doc(hall: Hall) -> str:
    """The Doc of Ada, Ben and Gus."""
    hall.book(ADA, BEN, TUESDAY, group=GROUP)
    assert hall.sync().fine
    return doc_named(hall, "Group 1 · 2025-26")


def test_who_joins_is_let_in_and_who_leaves_is_put_out(hall: Hall, doc: str) -> None:
    assert can_read(hall, doc) == [ADA, BEN, GUS]
    regroup(hall, Group_1=(ADA, BEN, FAY))
    assert can_read(hall, doc) == [ADA, BEN, FAY]
    regroup(hall, Group_1=(ADA, BEN, FAY, GUS))
    assert can_read(hall, doc) == [ADA, BEN, FAY, GUS]
    hall.side.forget_calls()
    hall.sync()
    assert not [method for method in hall.side.counted() if "permissions" in method], "nothing to do costs nothing"


def test_groups_merge_and_split_and_keep_their_docs(hall: Hall, doc: str) -> None:
    regroup(hall, Group_1=(ADA, BEN), Group_2=(GUS, EVE))
    assert can_read(hall, doc) == [ADA, BEN]
    regroup(hall, Group_9=(ADA, BEN, GUS, EVE))
    assert can_read(hall, doc) == [ADA, BEN], "a group that is no more leaves its Doc to those who were in it"


def test_what_people_shared_or_took_back_by_hand_stays(hall: Hall, doc: str) -> None:
    with hall.store.work() as work:
        [place] = work.access.places("maple", doc)
    permissions, ada = hall.side.as_(ADA).api.permissions, hall.side.as_(ADA)
    by_hand = {"type": "user", "role": "writer", "emailAddress": FAY}
    ada.send(permissions.create(fileId=place.folder_id, body=by_hand, sendNotificationEmail=False), "sharing")
    found = hall.side.workspace.notes.readers(hall.rooms, place)
    ada.send(permissions.delete(fileId=place.folder_id, permissionId=found[GUS]), "taking back")
    assert can_read(hall, doc) == [ADA, BEN, FAY]
    regroup(hall, Group_1=(ADA, BEN, FAY, GUS))
    assert can_read(hall, doc) == [ADA, BEN, FAY], "Gus was put out by hand, and nobody overrules that"
    regroup(hall, Group_1=(ADA, BEN))
    assert can_read(hall, doc) == [ADA, BEN, FAY], "Fay was let in by hand, and we never take that back"


def test_a_host_from_outside_gets_a_doc_with_that_visit_alone(hall: Hall, doc: str) -> None:
    walk = hall.book(GUS, EVE, TUESDAY + timedelta(days=7), group=GROUP)
    assert hall.sync().fine
    assert can_read(hall, doc) == [ADA, BEN, GUS]
    own = doc_named(hall, "Group 1 · 10 Mar · Room 14")
    assert can_read(hall, own) == [ADA, BEN, EVE, GUS]
    [tab] = hall.doc(own)["tabs"]
    assert tab["tabProperties"]["title"] == "10 Mar · Room 14"
    assert tab_of(hall, walk)["text"][0] == "Visit to Room 14"


def test_a_group_may_let_its_hosts_read_along_and_change_its_mind(hall: Hall, doc: str) -> None:
    with pytest.raises(Refused):
        access.let_hosts_read(hall.store, "maple", GROUP, actor=CLEO, yes=True)
    access.let_hosts_read(hall.store, "maple", GROUP, actor=ADA, yes=True)
    walk = hall.book(GUS, EVE, TUESDAY + timedelta(days=7), group=GROUP)
    assert hall.sync().fine
    assert can_read(hall, doc) == [ADA, BEN, EVE, GUS]
    assert len(hall.files("document")) == 1
    access.let_hosts_read(hall.store, "maple", GROUP, actor=GUS, yes=False)
    hall.sync()
    assert EVE in can_read(hall, doc), "her visit is still to come, and its notes are here"
    booking.cancel(hall.store, hall.clock, "maple", walk.key, actor=EVE)
    hall.sync()
    assert can_read(hall, doc) == [ADA, BEN, GUS]


@pytest.mark.parametrize(
    ("method", "kind"), [("create", "lost-reply"), ("create", "503"), ("delete", "cut-off"), ("delete", "429")]
)
def test_access_follows_through_trouble(hall: Hall, doc: str, method: str, kind: str) -> None:
    hall.side.trouble({"method": f"drive.permissions.{method}", "kind": kind, "times": 2})
    regroup(hall, Group_1=(ADA, BEN, FAY))
    assert can_read(hall, doc) == [ADA, BEN, FAY]


def test_a_pass_lists_what_is_due_and_the_docs_stay_with_their_people(hall: Hall, doc: str) -> None:
    hall.clock.set(datetime(2027, 8, 2, 12, tzinfo=UTC))
    hall.sync()
    with hall.store.work() as work:
        assert [one.year for one in work.retention.due("maple")] == ["2025-26"]
    hall.clock.forward(timedelta(days=31))
    hall.sync()
    with hall.store.work() as work:
        assert [one.removed_on is not None for one in work.retention.due("maple")] == [True]
    assert can_read(hall, doc) == [ADA, BEN, GUS]


# --- what people shared by hand is told ---


def share(hall: Hall, file: str, **grant: str) -> str:
    """Ada shares a file; returns the permission's id."""
    ada = hall.side.as_(ADA)
    body = {"role": "reader", **grant}
    made = ada.send(ada.api.permissions.create(fileId=file, body=body, sendNotificationEmail=False), "sharing")
    return str(made["id"])


def first_tab(hall: Hall, doc: str) -> str:
    """The words about who can read it."""
    content = hall.doc(doc)["tabs"][0]["documentTab"]["body"]["content"]
    found = [
        "".join(part.get("textRun", {}).get("content", "@") for part in block["paragraph"]["elements"])
        for block in content
        if "paragraph" in block
    ]
    return next(words for words in found if words.startswith("These people"))


def shared_docs(hall: Hall) -> int:
    [(_, _, count, _)] = open_to.health(hall.store, "maple")
    return count


def test_what_is_shared_by_hand_is_named_in_the_index_on_the_card_and_counted(hall: Hall, doc: str) -> None:
    hall.sync()
    assert first_tab(hall, doc).startswith("These people: @, @, @. Each of you")
    fay = share(hall, doc, type="user", emailAddress=FAY)
    share(hall, doc, type="domain", domain="maple.example")
    hall.side.forget_calls()
    assert hall.sync().fine
    assert hall.side.counted()["drive.permissions.list"] == 0, "the feed says it"
    assert first_tab(hall, doc).startswith(
        f"These people: @, @, @. Let in by hand: everybody at maple.example, {FAY}. Each of you"
    )
    assert shared_docs(hall) == 1
    assert open_to.of_groups(hall.store, "maple", "2025-26") == {GROUP: ("@maple.example", FAY)}
    assert any("2 more whom they let in by hand" in one.readers for one in holdings(hall.store, hall.clock, "maple"))
    ada = hall.side.as_(ADA)
    ada.send(ada.api.permissions.delete(fileId=doc, permissionId=fay), "taking back")
    hall.sync()
    assert first_tab(hall, doc).startswith("These people: @, @, @. Let in by hand: everybody at maple.example. Each")
    hall.side.forget_calls()
    hall.sync()
    assert hall.side.writes() == {}


def test_a_folder_shared_by_hand_is_told_and_so_is_the_link(hall: Hall, doc: str) -> None:
    with hall.store.work() as work:
        [place] = work.access.places("maple", doc)
    fay = share(hall, place.folder_id, type="user", emailAddress=FAY)
    share(hall, doc, type="anyone")
    hall.sync()
    assert f"Let in by hand: anybody with the link, {FAY}." in first_tab(hall, doc)
    ada = hall.side.as_(ADA)
    ada.send(ada.api.permissions.delete(fileId=place.folder_id, permissionId=fay), "taking back")
    hall.sync()
    assert "Let in by hand: anybody with the link." in first_tab(hall, doc)


def test_who_leaves_a_group_but_was_let_in_by_hand_is_told_as_such(hall: Hall, doc: str) -> None:
    share(hall, doc, type="user", emailAddress=FAY)
    hall.sync()
    regroup(hall, Group_1=(ADA, BEN, FAY, GUS))
    assert shared_docs(hall) == 0, "she is a member now"
    regroup(hall, Group_1=(ADA, BEN))
    assert f"Let in by hand: {FAY}." in first_tab(hall, doc)
    assert "Gus" not in first_tab(hall, doc)
    assert can_read(hall, doc) == [ADA, BEN, FAY]


def test_words_typed_into_the_list_of_readers_stay(hall: Hall, doc: str) -> None:
    writer = Writer(hall.side.as_(ADA), doc)
    [index, *_] = writer.read()["tabs"]
    at = next(start for start, _, said in lines_of(index) if said.startswith("These people: "))
    writer.insert(index, at + len("These people: "), "dear ones ")
    share(hall, doc, type="user", emailAddress=FAY)
    hall.sync()
    assert first_tab(hall, doc).startswith("These people: dear ones ")
    assert shared_docs(hall) == 1
