"""The charter: begun once, written by coordinators, read by the whole school, linked to from every group's Doc."""

from __future__ import annotations

import pytest

from sync.core.refusals import Refused
from sync.services.inquiry import charter
from tests.google.conftest import Hall
from tests.google.writing import Writer
from tests.personas import ADA, CLEO


def test_the_charter_is_begun_once_and_groups_docs_link_to_it(hall: Hall) -> None:
    links = {charter.make(hall.store, hall.side.workspace, "maple", actor=CLEO) for _ in range(2)}
    [link] = links
    [doc] = hall.files("document")
    assert doc["id"] in link
    assert hall.school.notes.charter == link
    Writer(hall.side.as_(CLEO), doc["id"]).send(
        {"replaceAllText": {"containsText": {"text": "Our goals this year"}, "replaceText": "Our three goals"}}
    )
    account = hall.side.as_(ADA)
    request = account.api.documents.get(documentId=doc["id"], includeTabsContent=True)
    assert "Our three goals" in str(account.send(request, "reading"))
    hall.book()
    assert hall.sync().fine
    [notes] = [one for one in hall.files("document") if one["id"] != doc["id"]]
    assert link in str(hall.doc(notes["id"]))


def test_whoever_does_not_coordinate_begins_none(hall: Hall) -> None:
    with pytest.raises(Refused):
        charter.make(hall.store, hall.side.workspace, "maple", actor=ADA)
    assert hall.school.notes.charter == ""
