"""Next steps, shared lines, check-ins and how long things are kept."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.core.notes.checkin import (
    CheckIn,
    CheckInState,
    Evidence,
    SupportRequest,
    SupportState,
    dates,
    packet_lines,
    queue,
)
from sync.core.notes.next_steps import NextStep, StepState, open_steps
from sync.core.notes.retention import Fate, Hold, Holding, fate, kept_until
from sync.core.notes.sharing import SharedLine, newsletter, shown
from sync.core.notes.wall import Viewer, may_see
from tests.core.conftest import ADA, BEN, EVE, FAY, MONDAY, build

WALK = "c" * 32


def line(words: str, *agreed: str) -> SharedLine:
    return SharedLine(WALK, words, frozenset({ADA}), frozenset({BEN}), frozenset(agreed))


def test_open_steps_come_by_date_and_what_has_stuck_is_closed() -> None:
    steps = [
        NextStep(WALK, 0, "later", ADA, date(2026, 12, 1)),
        NextStep(WALK, 1, "no date", ADA),
        NextStep(WALK, 2, "sooner", ADA, date(2026, 11, 1), StepState.TRYING),
        NextStep(WALK, 3, "done", ADA, state=StepState.STUCK),
        NextStep(WALK, 4, "Ben's", BEN),
    ]
    assert [step.what for step in open_steps(steps, ADA)] == ["sooner", "later", "no date"]


def test_a_line_is_shown_once_both_sides_agree_and_no_longer_than_that() -> None:
    one = line("Wait seven seconds").with_answer(ADA, True)
    assert shown([one], "elm") == []
    assert one.waits_for() == {BEN}
    both = one.with_answer(BEN, True)
    assert shown([both], "elm") == [both]
    assert shown([both.with_answer(BEN, False)], "elm") == []
    with pytest.raises(ValueError, match="took part"):
        both.with_answer(EVE, True)


def test_other_words_are_another_line_and_other_blanks_are_not() -> None:
    assert line("one  two").key == line("one two").key != line("one three").key


def test_the_newsletter_holds_agreed_lines_only_and_can_be_copied() -> None:
    draft = newsletter([line("Cups for help", ADA, BEN), line("Not yet", ADA)], "elm", "November", ["elm learns"])
    assert draft.lines == ("Cups for help",)
    assert "Cups for help" in draft.text()
    assert "Not yet" not in draft.text()
    assert draft.text().endswith("#elmlearns")


@given(st.lists(st.tuples(st.sampled_from([ADA, BEN]), st.booleans()), max_size=8))
def test_whatever_people_answer_the_last_answer_of_each_counts(answers: list[tuple[str, bool]]) -> None:
    one, last = line("words"), {ADA: False, BEN: False}
    for email, yes in answers:
        one, last[email] = one.with_answer(email, yes), yes
    assert bool(shown([one], "elm")) is all(last.values())


def test_check_ins_are_spread_over_the_year_on_school_days() -> None:
    elm = build(days=10)
    found = dates(elm, MONDAY, date(2027, 6, 30))
    assert found == sorted(set(found))
    assert len(found) == 3
    assert all(day in elm.days for day in found)
    assert found[0] != MONDAY
    assert dates(elm, date(2030, 1, 1), date(2030, 2, 1)) == []


def test_a_packet_holds_what_the_teacher_picked_and_nothing_else() -> None:
    picked = [Evidence("One  line", "my visit"), Evidence(" "), Evidence("Two"), Evidence("Two")]
    assert packet_lines(picked) == ["One line (my visit)", "Two"]


def test_a_leader_reads_a_packet_only_once_it_was_given() -> None:
    planned = CheckIn("k", ADA, FAY, MONDAY)
    assert not may_see(Viewer(FAY, "elm", frozenset({"leader"})), planned.artefact("elm"))
    packed = CheckIn("k", ADA, FAY, MONDAY, CheckInState.PACKED)
    assert may_see(Viewer(FAY, "elm"), packed.artefact("elm"))
    assert not may_see(Viewer(EVE, "elm", frozenset({"coordinator"})), packed.artefact("elm"))


def test_support_requests_wait_in_line_until_somebody_takes_them() -> None:
    def request(key: str, day: int) -> SupportRequest:
        return SupportRequest(key, ADA, FAY, "time to plan", datetime(2026, 10, day, tzinfo=UTC))

    done = SupportRequest("d", ADA, FAY, "x", datetime(2026, 10, 1, tzinfo=UTC), state=SupportState.DONE)
    assert [one.key for one in queue([request("b", 3), request("a", 2).taken_by(EVE), done])] == ["b", "a"]
    assert may_see(Viewer(EVE, "elm"), request("a", 2).taken_by(EVE).artefact("elm"))
    assert not may_see(Viewer(BEN, "elm", frozenset({"leader"})), request("a", 2).artefact("elm"))


def test_notes_are_kept_to_the_end_of_the_next_school_year_and_longer_under_a_hold() -> None:
    assert kept_until("2026-27") == date(2028, 7, 31)
    hold = Hold(EVE, date(2027, 1, 1))
    assert fate("2026-27", date(2028, 7, 31)) is Fate.KEPT
    assert fate("2026-27", date(2028, 8, 1)) is Fate.PUT_AWAY
    assert fate("2026-27", date(2028, 8, 1), hold) is Fate.HELD
    with pytest.raises(ValueError, match="2026-27"):
        kept_until("next year")


def test_a_holding_says_what_where_until_when_and_who() -> None:
    said = Holding("Notes of Group 4", "a Google Doc", date(2028, 7, 31), ("Ada", "Ben")).sentence()
    assert said == "Notes of Group 4: a Google Doc, until 31 July 2028. Read by Ada, Ben."
