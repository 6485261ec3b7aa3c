"""One function decides the envelope: triggers are answered with `action`, actions with `renderActions`."""

from __future__ import annotations

from datetime import UTC

import pytest

from addon.cards.reader import reader
from addon.cards.widgets import card, paragraph, section
from addon.envelopes import Answer, NeedsScopes, Way, back_to, envelope, from_root, push, request_file, update
from tests.addon.google_takes import problems

ADA = reader("https://visits.maple.example", "en-US", "", UTC)
CARD = card("one", "One", [section(paragraph("text"))], reader=ADA)
OTHER = card("two", "Two", [section(paragraph("text"))], reader=ADA)
ANSWERS = [
    push(CARD),
    push(CARD, "Booked."),
    update(CARD),
    back_to(CARD, "Moved."),
    from_root(CARD, OTHER, notice="Booked."),
    request_file(),
]


@pytest.mark.parametrize("answer", ANSWERS)
def test_an_action_is_answered_in_render_actions(answer: Answer) -> None:
    body = envelope(Way.ACTION, answer)
    assert list(body) == ["renderActions"]
    assert problems(body, Way.ACTION) == []


@pytest.mark.parametrize("answer", ANSWERS[:-1])
def test_a_trigger_is_answered_with_the_one_card_to_show(answer: Answer) -> None:
    body = envelope(Way.TRIGGER, answer)
    assert list(body) == ["action"]
    [step] = body["action"]["navigations"]
    assert list(step) == ["pushCard"]
    assert problems(body, Way.TRIGGER) == []


@pytest.mark.parametrize("way", list(Way))
def test_missing_scopes_are_asked_for_in_either_case(way: Way) -> None:
    body = envelope(way, NeedsScopes(("a", "b")))
    assert body == {"requesting_google_scopes": {"scopes": ["a", "b"]}}
    assert problems(body, way) == []


def test_steps_run_in_the_order_they_are_said() -> None:
    steps = envelope(Way.ACTION, from_root(CARD, OTHER))["renderActions"]["action"]["navigations"]
    assert [next(iter(step)) for step in steps] == ["popToRoot", "updateCard", "pushCard"]


def test_the_linter_of_these_tests_finds_a_wrong_envelope() -> None:
    assert problems(envelope(Way.ACTION, push(CARD)), Way.TRIGGER)
    assert problems(envelope(Way.TRIGGER, push(CARD)), Way.ACTION)
