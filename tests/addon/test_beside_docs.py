"""Beside a Doc: its visit, the protocol step by step, lines to share, next steps, what is lost, and a second look."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from addon import paths
from sync.core.notes.next_steps import NextStep, StepState
from sync.core.notes.sharing import line_key
from sync.core.visits.walk import Walk
from sync.services.notes import sharing
from sync.services.ports import Mirror, Shown, Store, WalkNotes
from sync.services.visits import booking
from tests.addon.conftest import Panel, Still
from tests.addon.taps import card_on_top, named, rows, text_of
from tests.addon.test_booking_journey import follow
from tests.personas import ADA, BEN, CLEO, WEDNESDAY

DOC, WORDS, STEP = "doc-1", "nine of ten asked a question", "wait five seconds"


@pytest.fixture
def written(store: Store, clock: Still) -> Walk:
    """Ada's visit to Ben, with what they wrote in their Doc as a pass has read it."""
    walk = booking.book(
        store, clock, "maple", actor=ADA, visitors=[ADA], host=BEN, day=WEDNESDAY, period="3", focus=("talk",)
    )  # fmt: skip
    with store.work() as work:
        work.mirrors.keep_shown("maple", [Shown(walk.key, Mirror.NOTES, 1, {"doc": DOC, "tab": "t.1"})])
        work.notebook.keep_lines("maple", walk.key, [(line_key(walk.key, WORDS), WORDS)])
        work.notebook.keep_steps("maple", walk.key, [NextStep(walk.key, 0, STEP, BEN, WEDNESDAY, StepState.TRYING)])
        work.notebook.keep_notes("maple", WalkNotes(walk.key, clock.now(), lost=("tags",)))
        work.commit()
    return walk


def beside(panel: Panel, person: str = ADA, doc: str = DOC) -> Any:
    there = panel.signed_in(person).beside("DOCS", id=doc, title="Ada & Ben", addonHasFileScopePermission=True)
    return card_on_top(there.call(paths.DOCS_HOME))


def test_the_card_helps_while_one_talks(panel: Panel, written: Walk) -> None:
    card = beside(panel)
    assert card["name"] == "doc"
    steps = rows(card, "Step by step")
    assert "Assisted Reflection" in steps[0]
    assert "1. About 5 minutes" in steps[1]
    assert "moments or advice" in text_of(steps)
    assert STEP in text_of(rows(card, "Our next step"))
    assert "Trying it" in text_of(rows(card, "Our next step"))
    assert "The line of tags cannot be found" in text_of(rows(card, "Not found in the Doc"))
    assert rows(card, "Focus")


def test_a_line_is_shown_once_both_agree_and_not_a_moment_longer(panel: Panel, store: Store, written: Walk) -> None:
    mine = follow(panel, beside(panel), "I agree")
    assert "1 yes is missing" in text_of(rows(mine, "Share this line"))
    assert sharing.spotlights(store, "maple") == []
    both = follow(panel.signed_in(BEN), beside(panel, BEN), "I agree")
    assert "All agree" in text_of(rows(both, "Share this line"))
    assert [line.words for line in sharing.spotlights(store, "maple")] == [WORDS]
    follow(panel, mine, "Take back")
    assert sharing.spotlights(store, "maple") == []


def test_what_was_written_is_shown_to_those_who_took_part_alone(panel: Panel, written: Walk) -> None:
    others = beside(panel, CLEO)
    assert others["name"] == "other-doc"
    for path in (paths.DOCS_VISIT, paths.HINTS, paths.LINE_ANSWER):
        answer = panel.signed_in(CLEO).call(path, {"walk": written.key, "line": line_key(written.key, WORDS)})
        assert card_on_top(answer)["name"] == "out-of-date"
        assert WORDS not in str(answer)


def test_the_host_is_thanked_from_the_doc(panel: Panel, clock: Still, written: Walk) -> None:
    clock.at = written.ends + timedelta(minutes=1)
    assert follow(panel, beside(panel), "Thank the host")["name"] == "thank"
    assert named(beside(panel, BEN), "Thank the host") == []


def test_without_google_a_second_look_says_so(panel: Panel, written: Walk) -> None:
    card = follow(panel, beside(panel), "A second look at our words")
    assert "cannot be read just now" in text_of(card)
    assert follow(panel, card, "No hints")["name"] == "doc"
