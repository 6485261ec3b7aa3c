"""Hints from the Doc itself, and packing for a check-in, over the local Workspace."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any, cast

import pytest

from addon import paths
from addon.bootstrap import google_of
from sync.core.notes.thanks import Borrowing
from sync.core.school.people import LEADER, Person
from sync.google.wire.transport import Google
from sync.services.notes import checkins, thanking
from sync.services.passes.reconciling import reconcile
from sync.services.visits import booking
from tests.addon.conftest import Still
from tests.addon.taps import card_on_top, named, tap, text_of
from tests.addon.test_played_by_the_workspace import Live, live
from tests.google.conftest import PeoplesKey
from tests.google.writing import Writer
from tests.personas import ADA, BEN, CLEO, EVE, FIRST, LAST, TUESDAY, maple

__all__ = ["live"]
LEE = "lee@maple.example"


@pytest.fixture
def led(live: Live) -> Live:
    school = maple()
    with live.product.store.work() as work:
        lee = Person(LEE, "Lee", (LEADER,), open_to_visits=False)
        work.schools.save("maple", replace(school, staff={**school.staff, LEE: lee}))
        work.commit()
    return live


def tapped(live: Live, path: str, parameters: dict[str, str], inputs: Any = None, person: str = ADA) -> Any:
    played = live.play(person, "action", url=live.addon + path, parameters=parameters, formInputs=inputs or {})
    return card_on_top(played)


def test_a_teacher_packs_exactly_what_they_pick_and_the_leader_gets_that_doc(led: Live) -> None:
    store = led.product.store
    [check_in, *_] = checkins.plan(store, "maple", actor=LEE, leader=LEE, teachers=[ADA], first=FIRST, last=LAST)
    year = tapped(led, paths.MY_YEAR, {})
    pack = led.tapped(ADA, named(year, "Pack")[0])
    assert "What are your goals now?" in text_of(pack)
    done = led.tapped(ADA, tap(pack, "Pack"), {"own": "My quiet students speak", "support": "A second visit"})
    assert "Packed" in text_of(done)
    [kept] = [one for one in checkins.of_person(store, "maple", ADA) if one.key == check_in.key]
    assert kept.doc_id
    leaders = tapped(led, paths.MY_YEAR, {}, person=LEE)
    assert any(kept.doc_id in one.link for one in named(leaders, "Open"))
    [asked] = checkins.support_queue(store, "maple", actor=LEE)
    assert asked.words == "A second visit"
    for person in (LEE, BEN):
        assert tapped(led, paths.CHECK_IN_PACK, {"check": check_in.key}, person=person)["name"] == "out-of-date"


def test_a_second_look_asks_about_a_sentence_that_judges(live: Live) -> None:
    product = live.product
    walk = booking.book(
        product.store, product.clock, "maple", actor=ADA, visitors=[ADA], host=BEN, day=TUESDAY, period="3",
        focus=("talk",),
    )  # fmt: skip
    google = google_of(product.settings)
    assert reconcile(product.store, google, product.clock, "maple").fine
    with product.store.work() as work:
        doc = next(iter(work.notebook.walks_of_docs("maple", None)))
    people = PeoplesKey.read(Path(product.settings.google_credentials))
    connected = Google(people, live.workspace)
    Writer(connected.account(ADA), doc).fill(walk.key, "Time", 1, 1, "Great engagement in the room.")
    card = tapped(live, paths.HINTS, {"walk": walk.key})
    assert "Great engagement" in text_of(card)
    assert "?" in text_of(card)
    connected.close()


def test_what_was_asked_for_gets_an_owner_and_an_end_and_nobody_else_sees_it(led: Live) -> None:
    store = led.product.store
    checkins.ask_support(store, led.product.clock, "maple", actor=ADA, leader=LEE, words="A second visit")
    assert "A second visit" not in text_of(tapped(led, paths.MY_YEAR, {}, person=CLEO))
    leaders = tapped(led, paths.MY_YEAR, {}, person=LEE)
    assert "Nobody has it in hand yet" in text_of(leaders)
    assert "Cleo sees to it" in text_of(led.tapped(LEE, tap(leaders, "Hand on to Cleo")))
    owners = tapped(led, paths.MY_YEAR, {}, person=CLEO)
    assert "A second visit" in text_of(owners)
    assert "Cleo sees to it" in text_of(tapped(led, paths.MY_YEAR, {}))
    assert "A second visit" not in text_of(led.tapped(CLEO, tap(owners, "Done")))
    assert checkins.support_queue(store, "maple", actor=ADA) == []


def test_whoever_met_says_so(led: Live) -> None:
    store = led.product.store
    [check_in, *_] = checkins.plan(store, "maple", actor=LEE, leader=LEE, teachers=[ADA], first=FIRST, last=LAST)
    checkins.pack(store, google_of(led.product.settings), led.product.clock, "maple", check_in.key, actor=ADA,
                  evidence=[])  # fmt: skip
    assert "You have met" in text_of(led.tapped(LEE, tap(tapped(led, paths.MY_YEAR, {}, person=LEE), "We have met")))


def test_what_was_borrowed_is_tried_and_told_once_both_say_yes(live: Live) -> None:
    store, clock = live.product.store, live.product.clock
    walk = booking.book(
        store, clock, "maple", actor=ADA, visitors=[ADA], host=BEN, day=TUESDAY, period="3", focus=("talk",)
    )
    cast(Still, clock).at = walk.ends + timedelta(hours=1)
    booking.happened(store, clock, "maple", walk.key, actor=ADA)
    thanking.borrowed(store, "maple", walk.key, actor=ADA, host=BEN, what=Borrowing.WILL_TRY)
    hers = live.tapped(ADA, tap(tapped(live, paths.MY_YEAR, {}), "I tried it"))
    live.tapped(ADA, tap(hers, "Colleagues may know"))
    his = tapped(live, paths.MY_YEAR, {}, person=BEN)
    assert "Borrowed down the hall" not in text_of(tapped(live, paths.MY_YEAR, {}, person=EVE))
    live.tapped(BEN, tap(his, "Colleagues may know"))
    assert "Ada from Ben" in text_of(tapped(live, paths.MY_YEAR, {}, person=EVE))
    live.tapped(ADA, tap(tapped(live, paths.MY_YEAR, {}), "Take back"))
    assert "Ada from Ben" not in text_of(tapped(live, paths.MY_YEAR, {}, person=EVE))


def test_a_leader_of_many_sees_the_next_ones_and_how_many_more(led: Live) -> None:
    store, people = led.product.store, [ADA, BEN, CLEO, EVE]
    checkins.plan(store, "maple", actor=LEE, leader=LEE, teachers=people, first=FIRST, last=LAST)
    card = tapped(led, paths.MY_YEAR, {}, person=LEE)
    assert text_of(card).count("Nothing packed yet") == 8
    assert "4 more" in text_of(card)
