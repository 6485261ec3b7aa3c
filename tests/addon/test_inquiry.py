"""Guiding questions and the pulse, by tapping: from one teacher's words to what every visitor may choose."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from addon import paths
from sync.core.sheet.inquiry import PULSE, pulse_rows
from sync.services.inquiry import pulse
from sync.services.ports import Store
from sync.services.visits import booking
from tests.addon.conftest import Panel, Still
from tests.addon.taps import card_on_top, named, taps, text_of
from tests.addon.test_booking_journey import follow
from tests.personas import ADA, BEN, CLEO, EVE, GUS, TUESDAY

ASKED = "How do students talk about their own mistakes?"


def proposes(panel: Panel, words: str = ASKED) -> Any:
    card = follow(panel, card_on_top(panel.call(paths.MY_YEAR)), "Guiding questions")
    return follow(panel, card, "Propose", {"words": [words]})


def votes_of(store: Store) -> dict[str, int]:
    with store.work() as work:
        return {one.words: one.votes for one in work.inquiry.questions("maple")}


def test_a_question_is_proposed_voted_for_taken_up_and_stands_on_the_visit(
    panel: Panel, store: Store, clock: Still
) -> None:
    proposes(panel)
    ben = panel.signed_in(BEN)
    card = card_on_top(ben.call(paths.QUESTIONS))
    assert not {"Take it up", "Put it aside"} & {one.label for one in taps(card)}
    assert "1 vote" in text_of(card)
    assert "Ada" not in text_of(card)
    voted = follow(ben, card, "Vote for it")
    assert "2 votes" in text_of(voted)
    assert "1 vote" in text_of(follow(ben, voted, "Take my vote back"))

    cleo = panel.signed_in(CLEO).beside("SHEETS")
    taken = follow(cleo, card_on_top(cleo.call(paths.QUESTIONS)), "Take it up")
    assert "We look into these" in text_of(taken)
    with store.work() as work:
        school = work.schools.get("maple").school
    first = school.focuses[0]
    assert first.label == ASKED
    assert len(school.focuses) > 5, "what could be chosen before can be chosen still"
    walk = booking.book(
        store, clock, "maple",
        actor=ADA, visitors=(ADA,), host=BEN, day=TUESDAY, period="3", focus=(first.id,),
    )  # fmt: skip
    assert walk.focus == (first.id,)


def test_the_same_words_are_the_same_question_and_three_of_ones_own_are_enough(panel: Panel, store: Store) -> None:
    proposes(panel)
    proposes(panel.signed_in(BEN), f"  {ASKED.upper()} ")
    assert votes_of(store) == {ASKED: 2}
    for words in ("What do students ask?", "Who speaks?", "When is it quiet?"):
        card = proposes(panel, words)
    assert "You have 3 open questions" in text_of(card)
    assert "Write the question first" in text_of(proposes(panel, "  "))
    assert len(votes_of(store)) == 3


@pytest.mark.parametrize("path", [paths.QUESTION_TAKE_UP, paths.QUESTION_PUT_ASIDE])
def test_only_coordinators_take_up_or_put_aside(panel: Panel, store: Store, path: str) -> None:
    card = proposes(panel)
    [key] = {one.parameters["question"] for one in taps(card) if "question" in one.parameters}
    panel.call(path, {"question": key})
    assert votes_of(store) == {ASKED: 1}
    cleo = panel.signed_in(CLEO)
    cleo.call(path, {"question": key})
    with store.work() as work:
        assert not [one for one in work.inquiry.questions("maple") if one.taken_up is None]
    assert card_on_top(cleo.call(path, {"question": "nonsense"}))["name"] == "out-of-date"


def visitors(store: Store, clock: Still) -> Iterator[str]:
    """People who have been in a visit, the hosts too."""
    for day, (visitor, host, period) in enumerate(((ADA, BEN, "3"), (GUS, EVE, "3"), (CLEO, EVE, "2"))):
        booking.book(
            store, clock, "maple",
            actor=visitor, visitors=(visitor,), host=host, day=TUESDAY + timedelta(days=day), period=period,
            focus=("talk",),
        )  # fmt: skip
    clock.at += timedelta(days=12)
    booking.close_past(store, clock, "maple")
    yield from (ADA, BEN, GUS, EVE, CLEO)


def test_the_pulse_is_counted_once_each_and_shown_in_fives(panel: Panel, store: Store, clock: Still) -> None:
    assert not pulse.is_due(store, clock, "maple", ADA), "there is nothing to go by yet"
    shown = []
    for person in visitors(store, clock):
        one = panel.signed_in(person)
        form = follow(one, card_on_top(one.call(paths.QUESTIONS)), "Answer them")
        assert named(form, "Send")
        assert "Choose an answer" in text_of(
            card_on_top(one.call(paths.PULSE_SEND, inputs={"learned": ["1"], "safe": [""]}))
        )
        after = card_on_top(one.call(paths.PULSE_SEND, inputs={"learned": ["1"], "safe": ["3"]}))
        assert "Answer them" not in {tap.label for tap in taps(after)}
        one.call(paths.PULSE_SEND, inputs={"learned": ["0"], "safe": ["0"]})
        with store.work() as work:
            shown.append(pulse_rows(work.inquiry.pulse("maple")))
    assert shown[:4] == [[]] * 4
    assert [cells[2:] for _, cells in shown[4]] == [(5, 0, 5, 0, 0), (5, 0, 0, 0, 5)]


def test_a_sixth_answer_moves_nothing_that_is_shown(store: Store) -> None:
    with store.work() as work:
        for n in range(9):
            assert work.inquiry.answer("maple", "Spring", f"{n}@maple.example", dict.fromkeys(PULSE, n % 2))
            work.commit()
            assert sum(cells[2] for _, cells in pulse_rows(work.inquiry.pulse("maple"))) == (0 if n < 4 else 10)
        assert not work.inquiry.answer("maple", "Spring", "0@maple.example", dict.fromkeys(PULSE, 0))
        assert work.inquiry.forget("maple", "0@maple.example") == 1


def test_a_spanish_reader_votes_in_spanish(panel: Panel) -> None:
    proposes(panel)
    spanish = replace(panel.signed_in(BEN), locale="es-MX")
    assert "Votar por ella" in text_of(card_on_top(spanish.call(paths.QUESTIONS)))
