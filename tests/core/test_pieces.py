"""Preparing and talking over: in shared prep or outside the bells, before and after, and never under the floor."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from sync.core.school.agreement import Agreement, Goal, Kind, Rules
from sync.core.school.school import School
from sync.core.school.timetable import Has
from sync.core.visits.ask import Known
from sync.core.visits.commitments import Commitments
from sync.core.visits.pieces import AFTER_SCHOOL, BEFORE_SCHOOL, piece_openings, placed_again
from sync.core.visits.prep import prep_left
from sync.core.visits.walk import Piece, PieceKind, Stop, Walk
from tests.personas import ADA, BEN, SUNDAY_BEFORE, WEDNESDAY, maple


def school(*, outside: bool = True, floor: int = 30) -> School:
    made = maple(Agreement(prep_floor_minutes_per_day=floor))
    return replace(made, rules=Rules(agreement=made.rules.agreement, goal=Goal(debrief_outside_hours=outside)))


def visit(at: School) -> Walk:
    slot = at.slot(WEDNESDAY, "3")
    assert slot is not None
    return Walk("a" * 32, Kind.PAIR, (ADA,), (Stop(BEN, slot),), ("talk",), ADA, datetime(2026, 3, 1, tzinfo=UTC))


def known(at: School) -> Known:
    return Known(at, SUNDAY_BEFORE, Commitments())


@pytest.mark.parametrize("kind", list(PieceKind))
@pytest.mark.parametrize("minutes", [5, 10, 20])
def test_every_opening_is_free_for_all_and_on_its_side_of_the_visit(kind: PieceKind, minutes: int) -> None:
    at = school()
    walk = visit(at)
    found = list(piece_openings(walk, kind, minutes, known(at)))
    assert found
    for slot in found:
        assert slot.minutes == minutes
        assert slot.start > SUNDAY_BEFORE
        assert slot.end <= walk.starts if kind is PieceKind.PREPARE else slot.start >= walk.ends
        if slot.period not in (BEFORE_SCHOOL, AFTER_SCHOOL):
            for email in walk.people:
                assert at.has(email, slot.date, slot.period) is Has.PREP
                booked = Commitments(replace(walk, pieces=(Piece(kind, slot),)).commitments())
                assert prep_left(at, email, slot.date, booked).minutes >= 30


def test_a_debrief_lies_within_two_school_days() -> None:
    at = school()
    walk = visit(at)
    dates = {slot.date for slot in piece_openings(walk, PieceKind.DEBRIEF, 20, known(at))}
    assert min(dates) == WEDNESDAY
    assert max(dates) <= WEDNESDAY + timedelta(days=2)


def test_outside_hours_only_where_the_goal_has_it() -> None:
    at = school(outside=False)
    found = piece_openings(visit(at), PieceKind.DEBRIEF, 5, known(at))
    assert not any(slot.period in (BEFORE_SCHOOL, AFTER_SCHOOL) for slot in found)


def test_a_high_floor_leaves_only_the_hours_outside_school() -> None:
    at = school(floor=1000)
    found = list(piece_openings(visit(at), PieceKind.DEBRIEF, 20, known(at)))
    assert found
    assert {slot.period for slot in found} <= {BEFORE_SCHOOL, AFTER_SCHOOL}


def test_what_is_promised_already_is_not_offered_again() -> None:
    at = school()
    walk = visit(at)
    first = next(piece_openings(walk, PieceKind.DEBRIEF, 20, known(at)))
    other = replace(walk, key="b" * 32, stops=(Stop(BEN, first),))
    told = Known(at, SUNDAY_BEFORE, Commitments(other.commitments()))
    assert first not in list(piece_openings(walk, PieceKind.DEBRIEF, 20, told))


def test_a_moved_visit_takes_its_debrief_along() -> None:
    at = school()
    walk = visit(at)
    debrief = Piece(PieceKind.DEBRIEF, next(piece_openings(walk, PieceKind.DEBRIEF, 20, known(at))))
    later = at.slot(WEDNESDAY + timedelta(days=6), "3")
    assert later is not None
    moved = placed_again(walk.moved(Stop(BEN, later)), (debrief,), known(at))
    [piece] = moved.pieces
    assert piece.slot.start >= moved.ends
    assert piece.slot.minutes == 20


def test_a_debrief_that_still_fits_stays_where_it_was() -> None:
    at = school()
    walk = visit(at)
    fits = list(piece_openings(walk, PieceKind.DEBRIEF, 20, known(at)))
    kept = Piece(PieceKind.DEBRIEF, fits[-1])
    assert placed_again(walk, (kept,), known(at)).pieces == (kept,)
