"""A coordinator keeps dates, periods and rooms free of visits beside the Sheet, and takes that back."""

from __future__ import annotations

from datetime import timedelta
from itertools import product
from typing import Any

import pytest

from addon import paths
from sync.core.school.agreement import Kind
from sync.core.visits.walk import Walk
from sync.services.ports import Store
from sync.services.visits import booking
from sync.services.visits.asking import stop_in
from tests.addon.conftest import Panel, Still
from tests.addon.taps import card_on_top, rows, text_of
from tests.addon.test_booking_journey import follow, walks
from tests.addon.test_coordinator_cards import cleo, glance
from tests.personas import ADA, BEN, GUS, THURSDAY, WEDNESDAY, maple

__all__ = ["cleo"]


def asked(cleo: Panel, **typed: str | list[str]) -> Any:
    form = follow(cleo, glance(cleo), "Keep dates free")
    inputs = {"first": [WEDNESDAY.isoformat()]} | {
        name: value if isinstance(value, list) else [value] for name, value in typed.items()
    }
    return follow(cleo, form, "See what it hits", inputs)


def visit(store: Store, clock: Still) -> None:
    booking.book(
        store, clock, "maple", actor=ADA, visitors=(ADA,), host=BEN, day=WEDNESDAY, period="3", focus=("talk",)
    )  # fmt: skip


def test_tests_are_announced_and_what_is_booked_then_moves(cleo: Panel, store: Store, clock: Still) -> None:
    visit(store, clock)
    sure = asked(cleo, periods=["3"], last=THURSDAY.isoformat(), reason="State tests")
    assert "1 visit moves" in text_of(sure)
    assert walks(store)[0].starts.date() == WEDNESDAY, "nothing is done before it is sure"
    follow(cleo, sure, "Keep it free")
    slot = walks(store)[0].stops[0].slot
    assert (slot.date, slot.period) not in {(WEDNESDAY, "3"), (THURSDAY, "3")}
    form = follow(cleo, glance(cleo), "Keep dates free")
    assert "State tests" in text_of(rows(form, "Kept free"))
    teacher = cleo.signed_in(ADA).beside("CALENDAR")
    found = card_on_top(teacher.call(paths.FIND, inputs={"query": ["ben"]}))
    assert "(State tests)" in text_of(found)


def test_where_many_visits_are_hit_the_card_answers_at_once_and_the_passes_move_them(
    cleo: Panel, store: Store, clock: Still
) -> None:
    days = sorted(maple().days)[2:34]
    stops = [stop for day in days if (stop := stop_in(maple(), BEN, day, "3"))]
    with store.work() as work:
        for number, (visitor, stop) in enumerate(product((ADA, GUS), stops)):
            key = f"{number:032x}"
            work.walks.add("maple", Walk(key, Kind.PAIR, (visitor,), (stop,), ("talk",), visitor, clock.now()))
        work.commit()
    sure = asked(cleo, periods=["3"], last=days[-1].isoformat(), reason="Building work")
    assert "64 visits move" in text_of(sure)
    said = text_of(follow(cleo, sure, "Keep it free"))
    assert "64 visits" in said
    assert "within minutes" in said
    assert {walk.starts.date() for walk in walks(store)} == set(days), "the card has not waited for them"
    assert "Mend the visits" not in text_of(glance(cleo)), "it is under way, and nobody has to decide anything"


def test_what_is_kept_free_is_taken_back_by_a_tap(cleo: Panel, store: Store, clock: Still) -> None:
    follow(cleo, asked(cleo, room="11", reason="Painted"), "Keep it free")
    follow(cleo, asked(cleo, reason="Fair"), "Keep it free")
    form = follow(cleo, glance(cleo), "Keep dates free")
    assert len(rows(form, "Kept free")) == 2
    after = follow(cleo, form, "Take back")
    assert len(rows(after, "Kept free")) == 1
    assert rows(follow(cleo, after, "Take back"), "Kept free") == []
    with store.work() as work:
        stored = work.schools.get("maple")
    assert stored.school.rules.blocked == ()
    assert stored.mended == stored.revision, "more is allowed than before, so nothing has to be looked at"
    visit(store, clock)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"room": "Nowhere"}, "No class is in a room “Nowhere”"),
        ({"last": (WEDNESDAY - timedelta(days=1)).isoformat()}, "swap them"),
    ],
)
def test_what_cannot_be_kept_free_is_asked_for_again(
    cleo: Panel, store: Store, typed: dict[str, str], said: str
) -> None:
    card = asked(cleo, **typed)
    assert card["name"] == "keep-free"
    assert said in text_of(card)
    with store.work() as work:
        assert work.schools.happenings("maple") == []


@pytest.mark.parametrize("parameters", [{}, {"first": "x", "last": "y"}, {"first": "2026-03-04", "periods": "9"}])
def test_what_no_card_of_ours_says_changes_nothing(cleo: Panel, store: Store, parameters: dict[str, str]) -> None:
    assert card_on_top(cleo.call(paths.KEEP_FREE_DO, parameters))["name"] == "out-of-date"
    with store.work() as work:
        assert work.schools.happenings("maple") == []
