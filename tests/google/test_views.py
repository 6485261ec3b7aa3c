"""What an event, a section and a row say of a walk, and what they never say."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from sync.core.school.agreement import Kind
from sync.core.sheet.rollup import tracker_rows, visit_rows
from sync.core.visits.walk import Piece, PieceKind, State, Walk
from sync.services.mirrors.views import event_view, notes_view, readers
from sync.services.sheet.rolling_up import digest, tables_of
from sync.services.visits.asking import stop_in
from tests.personas import ADA, BEN, CLEO, GUS, SUNDAY_BEFORE, THURSDAY, TUESDAY, maple

SCHOOL = maple()
LABELS = {"talk": "Students talking"}


def a_walk(**changes: object) -> Walk:
    stop = stop_in(SCHOOL, BEN, TUESDAY, "3")
    assert stop is not None
    walk = Walk("a" * 32, Kind.PAIR, (ADA,), (stop,), ("talk",), ADA, SUNDAY_BEFORE)
    return replace(walk, **changes)  # type: ignore[arg-type]


def test_an_event_says_where_who_and_why() -> None:
    view = event_view(a_walk(), SCHOOL, LABELS, {"link": "https://doc#tab", "doc_link": "https://doc"})
    assert view.title == "Visit: Room 12 · Grade 7 Mathematics"
    assert view.description.startswith("We visit to learn, not to judge.\n\nFocus: Students talking\n")
    assert view.description.endswith("https://doc#tab")
    assert "keep teaching, there is nothing to prepare" in view.description
    assert (view.guests, view.location, view.reminders) == ((ADA, BEN), "Room 12", (10,))
    assert view.start.isoformat() == "2026-03-03T09:40:00-05:00"


def test_a_virtual_walk_is_remembered_the_day_before_too() -> None:
    assert event_view(a_walk(kind=Kind.VIRTUAL), SCHOOL, LABELS, {}).reminders == (10, 1440)


def test_a_debrief_is_named_in_the_event_and_the_sheet() -> None:
    slot = SCHOOL.slot(THURSDAY, "6")
    assert slot is not None
    walk = a_walk(pieces=(Piece(PieceKind.DEBRIEF, slot),))
    assert "Debrief: Thursday 5 Mar, period 6" in event_view(walk, SCHOOL, LABELS, {}).description
    [(_, row)] = visit_rows(SCHOOL, [walk], LABELS)
    assert row[9] == "2026-03-05"


def test_those_who_may_read_are_the_group_and_the_host_and_no_coordinator() -> None:
    assert readers(a_walk(group="Group 1"), SCHOOL) == (ADA, BEN, GUS)
    assert CLEO not in readers(a_walk(), SCHOOL)


@given(words=st.text(min_size=3), focus=st.text(min_size=3))
def test_the_wall_holds_whatever_somebody_writes(words: str, focus: str) -> None:
    """Own words, and even a focus id that is no id, go into the Doc and nowhere else."""
    canary = f"CANARY{words}"
    walk = a_walk(focus=(f"CANARY{focus}", "own"), own_focus=canary)
    event = event_view(walk, SCHOOL, LABELS, {})
    sheet = str(visit_rows(SCHOOL, [walk], LABELS)) + str(tracker_rows(SCHOOL, [walk]))
    assert "CANARY" not in event.title + event.description + event.location + sheet
    assert canary in notes_view(walk, SCHOOL, LABELS).fields["focus"]


def test_visits_that_were_held_count_and_cancelled_ones_only_stay_visible() -> None:
    walks = [a_walk(state=State.HELD), a_walk(key="b" * 32, state=State.CANCELLED)]
    rows = dict(tracker_rows(SCHOOL, walks))
    assert rows[ADA][3:6] == (1, 0, 0)
    assert rows[BEN][3:6] == (0, 1, 0)
    assert [row[8] for _, row in visit_rows(SCHOOL, walks, LABELS)] == ["held", "cancelled"]


def test_somebody_who_left_is_named_by_address() -> None:
    [(_, row)] = visit_rows(SCHOOL, [a_walk(visitors=("gone@maple.example",))], LABELS)
    assert row[3] == "gone@maple.example"


def test_equal_tables_have_equal_digests_and_others_do_not() -> None:
    walk = a_walk()
    same = [digest(tables_of(SCHOOL, [walk], LABELS)) for _ in range(2)]
    assert same[0] == same[1] != digest(tables_of(SCHOOL, [walk.became(State.HELD)], LABELS))
