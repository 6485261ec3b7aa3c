"""Canaries: words that exist once are written in every kind of note, and looked for where they must not be.

Swept as coordinator, colleague, leader and somebody of another school: Sheet, cards, events, mail, logs, Drive,
reports, pages, exports, backups, and every column of the database outside the notes' own; and found again where they
belong.
"""

from __future__ import annotations

import gzip
import json
import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import requests
from sqlalchemy import String, select
from sqlalchemy.types import JSON

from addon import paths
from addon.bootstrap import google_of
from sync.core.notes.checkin import Evidence
from sync.core.notes.sharing import line_key
from sync.core.visits.walk import Walk
from sync.google import Google
from sync.google.wire.transport import Account
from sync.services.notes import checkins, holdings, newsletters, sharing, thanking
from sync.services.passes.reconciling import reconcile
from sync.services.passes.rehearsing import rehearse
from sync.services.ports import Mirror
from sync.services.visits import booking
from sync.store import SqlStore
from sync.store.backup import back_up
from sync.store.tables import metadata
from tests.addon.taps import card_on_top
from tests.addon.test_played_by_the_workspace import Live, live
from tests.google.conftest import PeoplesKey
from tests.google.writing import Writer, all_text
from tests.personas import ADA, BEN, CLEO, DAN, EVE, FIRST, GUS, LAST, TUESDAY, oak

__all__ = ["live"]

NOTES_OWN = {
    ("walks", "own_focus"),
    ("next_steps", "what"),
    ("shared_lines", "words"),
    ("support_requests", "words"),
    ("walk_notes", "tags"),
}
KINDS = ("before", "during", "wonder", "debrief", "step", "borrow", "tag", "line", "top", "index")


def canary(kind: str, writer: str) -> str:
    return f"canary{kind}{writer.partition('@')[0]}"


@dataclass
class Aviary:
    """A school in which everything was written, and the ways to look at it."""

    live: Live
    people: Google
    walk: Walk
    doc: str
    packet: str
    canaries: list[str] = field(default_factory=list)

    @property
    def store(self) -> SqlStore:
        store = self.live.product.store
        assert isinstance(store, SqlStore)
        return store

    def as_(self, person: str) -> Account:
        return self.people.account(person)

    def in_(self, text: str) -> list[str]:
        """The canaries that a text holds."""
        return [one for one in self.canaries if one.casefold() in text.casefold()]


@pytest.fixture
def aviary(live: Live, caplog: pytest.LogCaptureFixture) -> Iterator[Aviary]:
    caplog.set_level(logging.INFO)
    product, store = live.product, live.product.store
    workspace = google_of(product.settings)
    with store.work() as work:
        work.schools.save("oak", oak())
        work.commit()
    own = canary("focus", ADA)
    walk = booking.book(
        store,
        product.clock,
        "maple",
        actor=ADA,
        visitors=(ADA,),
        host=BEN,
        day=TUESDAY,
        period="3",
        focus=("talk", "own"),
        own_focus=own,
    )
    assert reconcile(store, workspace, product.clock, "maple").fine
    product.clock.at = walk.ends + timedelta(hours=1)  # type: ignore[attr-defined]
    with store.work() as work:
        shown = work.mirrors.shown("maple", Mirror.NOTES, walk.key)
    assert shown is not None
    key = PeoplesKey.read(Path(product.settings.google_credentials))
    people = Google(key, product.settings.workspace_emulator)
    made = Aviary(live, people, walk, shown.ref["doc"], "", [own])
    _write_everything(made)
    assert reconcile(store, workspace, product.clock, "maple").fine
    made.packet = _grow(made, workspace)
    newsletters.begin(store, product.clock, "maple", actor=CLEO, title="March")
    for _ in range(2):
        product.clock.at += timedelta(minutes=61)  # type: ignore[attr-defined]
        reconcile(store, workspace, product.clock, "maple")
    yield made
    people.close()


def _write_everything(made: Aviary) -> None:
    """Every person of the Doc writes every kind of note."""
    for person in (ADA, BEN):
        writer, walk = Writer(made.as_(person), made.doc), made.walk.key
        said = {kind: canary(kind, person) for kind in KINDS}
        made.canaries += said.values()
        writer.type_at_end_of(walk, f" {said['before']}", line="The host, if you like")
        writer.fill(walk, "Time", 1 if person == ADA else 2, 1, said["during"])
        writer.fill(walk, "Time", 1 if person == ADA else 2, 2, said["wonder"])
        writer.type_at_end_of(walk, f" {said['debrief']}", line="Host: what went well")
        if person == BEN:
            writer.fill(walk, "What", 1, 0, said["step"])
        writer.type_at_end_of(walk, f" {said['borrow']}", line="I will borrow")
        writer.type_at_end_of(walk, f" #{said['tag']}", line="Tags")
        writer.new_line_below(walk, said["line"], line="Lines here may be shown")
        writer.insert(writer.tab_of(walk), 1, f"{said['top']}\n")
        [index, *_] = writer.read()["tabs"]
        writer.insert(index, 1, f"{said['index']}\n")


def _grow(made: Aviary, workspace: Any) -> str:
    """A thank-you, a packet for a check-in, a request for support; returns the packet's Doc."""
    store, clock = made.store, made.live.product.clock
    saw, borrow, bring, ask = (canary(kind, ADA) for kind in ("saw", "try", "bring", "ask"))
    made.canaries += [saw, borrow, bring, ask]
    assert saw in thanking.draft(store, "maple", made.walk.key, actor=ADA, host=BEN, saw=saw, borrow=borrow).body
    [planned, *_] = checkins.plan(store, "maple", actor=CLEO, leader=GUS, teachers=[ADA], first=FIRST, last=LAST)
    checkins.ask_support(store, clock, "maple", actor=ADA, leader=GUS, words=ask)
    packed = checkins.pack(store, workspace, clock, "maple", planned.key, actor=ADA, evidence=[Evidence(bring)])
    for person in (ADA, GUS):
        words, writer = canary("talk", person), Writer(made.as_(person), packed.doc_id)
        made.canaries.append(words)
        writer.insert(writer.read()["tabs"][0], 1, f"{words}\n")
    return packed.doc_id


# --- where they must not be ---


def sheet(made: Aviary) -> str:
    with made.store.work() as work:
        rooms = work.mirrors.rooms("maple")
    assert rooms is not None
    account = made.as_(rooms.account)
    names = account.on_sheet(rooms.sheet_id, lambda there: [tab.title for tab in there.worksheets()], "looking")
    assert "Visits" in names
    return json.dumps(
        [
            account.on_sheet(rooms.sheet_id, lambda there, name=name: there.values_get(f"'{name}'"), "looking")
            for name in names
        ]
    )


def cards(made: Aviary) -> str:
    with made.store.work() as work:
        event = work.mirrors.shown("maple", Mirror.EVENT, made.walk.key)
    assert event is not None
    said: list[Any] = []
    for person in (CLEO, EVE, GUS, DAN):
        for app in ("CALENDAR", "SHEETS", "DOCS"):
            said.append(made.live.play(person, "homepage", app=app))
        said.append(made.live.play(person, "eventOpen", event={"id": event.ref["id"], "calendarId": person}))
    said.append(made.live.play(CLEO, "action", app="SHEETS", url=made.live.addon + paths.NEWSLETTER))
    said.append(made.live.play(EVE, "homepage", app="DOCS", event={"id": made.doc, "title": "Notes"}))
    assert card_on_top(said[0])
    return json.dumps(said)


def events(made: Aviary) -> str:
    found: list[Any] = []
    with made.store.work() as work:
        rooms = work.mirrors.rooms("maple")
    assert rooms is not None
    for person, calendar in ((CLEO, rooms.calendar_id), (ADA, ADA), (BEN, BEN)):
        account = made.as_(person)
        found += account.send(account.api.events.list(calendarId=calendar), "looking")["items"]
    assert found
    return json.dumps(found)


def mail(made: Aviary) -> str:
    return requests.get(f"{made.live.workspace}/_local/outbox", timeout=30).text


def drive(made: Aviary) -> str:
    """Every file that people outside can find, by name, and every Doc they can open, with its text."""
    said: list[Any] = []
    for person in (CLEO, EVE):  # Google gives somebody of another domain no token at all
        account = made.as_(person)
        files = account.send(account.api.files.list(fields="files(id,name,mimeType,description)"), "looking")["files"]
        said += files
        for file in files:
            if file["mimeType"].endswith("document"):
                said.append(Writer(account, file["id"]).read())
    return json.dumps(said)


def pages_and_reports(made: Aviary) -> str:
    store, clock = made.store, made.live.product.clock
    report = reconcile(store, google_of(made.live.product.settings), clock, "maple")
    said = [json.dumps(report.as_json()), *report.sentences()]
    rehearsal = rehearse(store, google_of(made.live.product.settings), clock, "maple")
    said += [*rehearsal.would, *rehearsal.sentences()]
    said += [one.sentence() for one in holdings.holdings(store, clock, "maple")]
    said += [holdings.certificate(store, "maple", actor=person).text() for person in (ADA, BEN)]
    said.append(sharing.newsletter(store, "maple", "November").text())
    for person in (CLEO, EVE):
        said.append(json.dumps(holdings.export(store, "maple", actor=person)))
        said += [line.words for line in sharing.lines_of(store, "maple", actor=person)]
        said += [one.words for one in checkins.support_queue(store, "maple", actor=person)]
    said += [requests.get(made.live.addon + path, timeout=30).text for path in ("/", "/healthz", "/nothing-here")]
    sent = {"commonEventObject": {"formInputs": {"saw": {"stringInputs": {"value": made.canaries}}}}}
    said += [requests.post(made.live.addon + path, json=sent, timeout=30).text for path in (paths.HOME, "/nothing")]
    return "\n".join(said)


def backup(made: Aviary) -> str:
    file = Path(made.live.product.settings.google_credentials).with_name("all.backup")
    back_up(made.store.engine, file)
    with gzip.open(file, "rt", encoding="utf-8") as text:
        said = text.read()
    assert made.walk.key in said
    return said


def columns(made: Aviary) -> str:
    """Every text of the database outside the notes' own columns."""
    said = []
    with made.store.engine.connect() as looking:
        for table in metadata.sorted_tables:
            for column in table.columns:
                if isinstance(column.type, String | JSON) and (table.name, column.name) not in NOTES_OWN:
                    said += [str(value) for value in looking.scalars(select(column))]
    assert said
    return "\n".join(said)


PLACES: list[Callable[[Aviary], str]] = [sheet, cards, events, mail, drive, pages_and_reports, backup, columns]


def test_no_canary_is_found_outside_the_notes(aviary: Aviary, caplog: pytest.LogCaptureFixture) -> None:
    assert len(aviary.canaries) == 1 + 2 * len(KINDS) + 6
    found = {place.__name__: aviary.in_(place(aviary)) for place in PLACES}
    found["logs"] = aviary.in_(caplog.text)
    assert found == {name: [] for name in found}


def test_each_canary_is_found_where_it_was_shared_and_a_line_everywhere_while_both_agree(aviary: Aviary) -> None:
    for person in (ADA, BEN):
        text = all_text(Writer(aviary.as_(person), aviary.doc).read())
        missing = set(aviary.canaries) - set(aviary.in_(text))
        elsewhere = {canary(kind, ADA) for kind in ("saw", "try", "bring", "ask", "talk")} | {canary("talk", GUS)}
        assert missing == elsewhere | {canary("step", ADA)}
    in_packet = {canary("bring", ADA), canary("talk", ADA), canary("talk", GUS)}
    for person in (ADA, GUS):
        assert set(aviary.in_(all_text(Writer(aviary.as_(person), aviary.packet).read()))) == in_packet
    queue = checkins.support_queue(aviary.store, "maple", actor=GUS)
    assert [one.words for one in queue] == [canary("ask", ADA)]
    mine = holdings.export(aviary.store, "maple", actor=BEN)
    assert [step["what"] for step in mine["next_steps"]] == [canary("step", BEN)]

    words, clock = canary("line", ADA), aviary.live.product.clock
    line = line_key(aviary.walk.key, words)

    def said(person: str, yes: bool) -> list[str]:
        sharing.answer(aviary.store, clock, "maple", actor=person, walk=aviary.walk.key, line=line, yes=yes)
        told = aviary.in_(pages_and_reports(aviary))
        assert aviary.in_(drive(aviary)) == told, "the newsletter's Doc follows within the pass"
        assert aviary.in_(sheet(aviary)) == told, "so does the spotlight in the Sheet"
        return told

    assert said(ADA, yes=True) == []
    assert said(BEN, yes=True) == [words]
    assert aviary.in_(cards(aviary)) == [words], "the coordinator's newsletter card has it"
    assert said(ADA, yes=False) == []
    assert aviary.in_(cards(aviary)) == []


def test_a_thank_you_reaches_its_host_and_nobody_else(aviary: Aviary) -> None:
    mailer = google_of(aviary.live.product.settings).mail
    assert mailer is not None
    words = canary("saw", ADA)
    thanking.send(
        aviary.store, mailer, aviary.live.product.clock, "maple", aviary.walk.key, actor=ADA, host=BEN, saw=words
    )
    letters = requests.get(f"{aviary.live.workspace}/_local/outbox", timeout=30).json()
    assert [(one["sender"], one["to"]) for one in letters if words in str(one)] == [(ADA, BEN)]
    others = [place for place in PLACES if place is not mail]
    assert {place.__name__: aviary.in_(place(aviary)) for place in others} == {one.__name__: [] for one in others}
