"""A school's own protocols: a Doc with {{fields}}, and changes that never touch what is written in already."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from sync.core.refusals import Refused
from sync.core.school.agreement import Kind
from sync.google import workspace_of
from sync.services.notes import protocol_docs, sharing
from sync.services.places import TEMPLATES
from tests.google.conftest import ACCOUNT, Hall
from tests.google.test_access import can_read
from tests.google.test_documents import tab_of
from tests.google.writing import Writer
from tests.personas import ADA, BEN, CLEO, TUESDAY

OURS = """# Our visit to {{room}}
{{visitors}} with {{host}} {{when}}
What did we hear? Write it as they said it, please.
- Numbers help
We talked: {{choose talked}}
{{tags}}:
## {{share}}
Lines here go to our newsletter, if both of you like.
"""


def own_doc(hall: Hall, text: str) -> str:
    """A Doc of the school's account, typed with headings of Docs' own and Markdown's, as people mix them."""
    account = hall.side.as_(ACCOUNT)
    made = account.send(
        account.api.files.create(body={"name": "Ours", "mimeType": "application/vnd.google-apps.document"}), "making"
    )
    at = {"location": {"index": 1}}
    write = account.api.documents.batchUpdate(
        documentId=made["id"], body={"requests": [{"insertText": {**at, "text": text}}]}
    )
    account.send(write, "typing")
    return str(made["id"])


def point_to(hall: Hall, doc: str) -> None:
    with hall.store.work() as work:
        school = work.schools.get("maple").school
        work.schools.save("maple", replace(school, notes=replace(school.notes, protocols={"pair": doc})))
        work.commit()


def test_sections_are_made_from_the_schools_own_doc_and_read_back(hall: Hall) -> None:
    point_to(hall, own_doc(hall, OURS))
    walk = hall.book()
    assert hall.sync().fine
    tab = tab_of(hall, walk)
    assert tab["text"][0] == "Our visit to Room 12"
    assert f"<{ADA}> with <{BEN}>" in tab["text"][1]
    ada = next(Writer(hall.side.as_(ADA), doc["id"]) for doc in hall.files("document") if "Ours" not in doc["name"])
    ada.new_line_below(walk.key, "Four of six cups were red.", line="Lines here go")
    hall.sync()
    lines = sharing.lines_of(hall.store, "maple", actor=ADA)
    assert [line.words for line in lines] == ["Four of six cups were red."]
    with hall.store.work() as work:
        assert work.notebook.notes("maple")[walk.key].lost == (), "what the school does not ask for is not missed"


def test_a_doc_to_edit_is_made_once_for_coordinators_with_our_words_in_it(hall: Hall) -> None:
    made = {protocol_docs.make(hall.store, hall.side.workspace, "maple", actor=CLEO, kind=Kind.PAIR) for _ in range(2)}
    [doc] = made
    assert can_read(hall, doc) == [CLEO]
    with pytest.raises(Refused):
        protocol_docs.make(hall.store, hall.side.workspace, "maple", actor=ADA, kind=Kind.PAIR)
    cleo = Writer(hall.side.as_(CLEO), doc)
    change = {"containsText": {"text": "# Visit to", "matchCase": True}, "replaceText": "# Going to"}
    cleo.send({"replaceAllText": change})
    point_to(hall, doc)
    walk = hall.book()
    assert hall.sync().fine
    tab = tab_of(hall, walk)
    assert tab["text"][0] == "Going to Room 12"
    ours = tab_of(hall, walk)["documentTab"]["namedRanges"]
    assert {f"downthehall.{place}.{walk.key}" for place in ("steps", "tags", "share")} <= set(ours)


@pytest.mark.parametrize("text", ["# {{room}}\n{{pupil}}\n", "# {{room}}\n{{choose mood}}\n", "\n"])
def test_a_doc_that_cannot_be_used_is_named_and_ours_takes_its_place(hall: Hall, text: str) -> None:
    point_to(hall, own_doc(hall, text))
    walk = hall.book()
    report = hall.sync()
    assert any("own protocol" in sentence for sentence in report.trouble)
    assert tab_of(hall, walk)["text"][0] == "Visit to Room 12"


def test_a_doc_that_is_gone_is_said_and_ours_takes_its_place(hall: Hall) -> None:
    point_to(hall, "1AbcdefghijklmnopqrstuvwxyZ")
    walk = hall.book()
    assert any("cannot be opened" in sentence for sentence in hall.sync().trouble)
    assert tab_of(hall, walk)["text"][0] == "Visit to Room 12"


def test_a_template_that_a_school_edits_changes_nothing_that_is_there(hall: Hall, tmp_path: Path) -> None:
    walk = hall.book()
    hall.sync()
    before = tab_of(hall, walk)["text"]
    shutil.copytree(TEMPLATES, tmp_path / "templates")
    file = tmp_path / "templates" / "protocols" / "assisted-reflection.md"
    said = "Lines here may be shown outside the two of you, once you both agree. Empty is fine."
    assert said in file.read_text()
    file.write_text(
        file.read_text().replace(said, "For our newsletter, if you both like.").replace("# Visit", "# Our visit")
    )
    edited = workspace_of(hall.side.google, tmp_path / "templates")
    second = hall.book(day=TUESDAY + timedelta(days=7))
    [doc] = hall.files("document")
    ada = Writer(hall.side.as_(ADA), doc["id"])
    ada.new_line_below(walk.key, "Cups for help, in two colours.", line="Lines here may be shown")
    assert hall.sync(edited).fine
    assert [line for line in tab_of(hall, walk)["text"] if line != "Cups for help, in two colours."] == before
    assert tab_of(hall, second)["text"][0] == "Our visit to Room 12"
    hall.sync(edited)
    lines = sharing.lines_of(hall.store, "maple", actor=ADA)
    assert [line.words for line in lines] == ["Cups for help, in two colours."], "the old hint is no line of theirs"
