"""The four cards on the way to a booked visit, word for word, as `golden/*.json` keeps them.

After a change that is meant, write them anew with `GOLDEN=write` in the environment, and read the difference.
"""

from __future__ import annotations

import json
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from addon.cards.confirm import Draft, confirm_card
from addon.cards.find import Search, find_card
from addon.cards.home import home_card
from addon.cards.reader import Reader, reader
from addon.cards.visit import Shown, visit_card
from addon.cards.visit_acts import booked_card, cancel_card, move_card
from addon.envelopes import Way, envelope, push
from sync.core.school.agreement import Kind
from sync.core.visits.walk import Stop, Walk
from sync.services.home import Home
from sync.services.visits.finding import Found, Offer, WhyNot
from sync.services.visits.focus import Focus
from sync.services.visits.other_times import OtherTime, OtherTimes
from tests.addon.conftest import BASE
from tests.addon.google_takes import problems
from tests.personas import ADA, BEN, EVE, FRIDAY, NEW_YORK, SUNDAY_BEFORE, WEDNESDAY, maple

GOLDEN = Path(__file__).parent / "golden"
SCHOOL = maple()
LIBRARY = [
    Focus("questions", "Who asks the questions?", ("Students ask each other", "Wait time after a question")),
    Focus("starts", "How a lesson begins", ("The first five minutes",)),
    Focus("own", "In my own words"),
]


def ada() -> Reader:
    return reader(BASE, "en-US", "America/New_York", NEW_YORK)


def stop(host: str, day: Any, period: str) -> Stop:
    slot = SCHOOL.slot(day, period)
    entry = SCHOOL.entry(host, day, period)
    assert slot
    assert entry
    return Stop(host, slot, SCHOOL.room_of(host, day, period), entry.section, entry.course, entry.grade)


def offer(host: str, day: Any, period: str) -> Offer:
    at = stop(host, day, period)
    return Offer(host, SCHOOL.person(host).name, at.slot, at.room, at.course, at.grade, at.section)


def walk(visitor: str, at: Stop) -> Walk:
    booked_at = datetime(2026, 3, 1, 12, tzinfo=UTC)
    return Walk("a" * 32, Kind.PAIR, (visitor,), (at,), ("questions", "own"), visitor, booked_at, own_focus="A < B & C")


MINE = walk(ADA, stop(BEN, WEDNESDAY, "3"))
SHOWN = Shown(MINE, ADA, SUNDAY_BEFORE, "https://docs.google.com/document/d/d0c/edit")


def _as_kept(name: str, card: dict[str, Any]) -> None:
    assert problems(envelope(Way.TRIGGER, push(card)), Way.TRIGGER) == []
    file = GOLDEN / f"{name}.json"
    if os.environ.get("GOLDEN") == "write":
        file.write_text(json.dumps(card, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    assert card == json.loads(file.read_text(encoding="utf-8"))


def test_home() -> None:
    home = Home((MINE,), (walk(EVE, stop(ADA, FRIDAY, "4")),), (), offer(EVE, WEDNESDAY, "6"))
    _as_kept("home", home_card(home, ADA, SCHOOL, ada()))


def test_home_of_somebody_without_a_visit() -> None:
    _as_kept("home-empty", home_card(Home(), ADA, SCHOOL, ada()))


def test_find() -> None:
    sentence = "Monday 2 Mar period 3 is too soon; your agreement gives hosts 1 school day of notice."
    why = WhyNot("notice", "agreement.notice_school_days", sentence, 3)
    found = Found((offer(BEN, WEDNESDAY, "3"), offer(EVE, WEDNESDAY, "6")), (why,), ("questions",))
    _as_kept("find", find_card(found, Search("questions"), ada()))


def test_confirm() -> None:
    _as_kept("confirm", confirm_card(Draft(MINE.stops[0], "0" * 32, ("questions",)), LIBRARY, SCHOOL, ada()))


def test_confirm_after_a_refusal() -> None:
    draft = Draft(
        MINE.stops[0],
        "0" * 32,
        ("questions",),
        "who < whom",
        ("Wednesday 4 Mar period 3 has 3 of 3 seats taken; choose another period.",),
        (offer(BEN, FRIDAY, "5"),),
    )
    _as_kept("confirm-refused", confirm_card(draft, LIBRARY, SCHOOL, ada()))


def test_booked() -> None:
    _as_kept("booked", booked_card(SHOWN, SCHOOL, ada()))


def test_visit() -> None:
    _as_kept("visit", visit_card(SHOWN, {focus.id: focus for focus in LIBRARY}, SCHOOL, ada()))


def test_cancel() -> None:
    _as_kept("cancel", cancel_card(SHOWN, SCHOOL, ada()))


def test_move() -> None:
    others = OtherTimes((OtherTime(stop(BEN, FRIDAY, "5").slot, (BEN,)),))
    _as_kept("move", move_card(SHOWN, others, (), SCHOOL, ada()))
