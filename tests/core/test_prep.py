"""Prep that remains, against a count of minutes one by one."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from sync.core.school.school import School
from sync.core.school.slots import Slot
from sync.core.school.timetable import Entry, Has
from sync.core.visits.commitments import Commitment, Commitments, Part
from sync.core.visits.prep import PrepLeft, prep_left, subtract
from tests.core.conftest import ADA, MONDAY, at, build

START = at("8:00")
STRETCHES = st.lists(st.tuples(st.integers(0, 300), st.integers(1, 90)), max_size=4)


def stretch(first: int, length: int, part: Part = Part.COVER) -> Commitment:
    start = START + timedelta(minutes=first)
    return Commitment(f"w{first}", ADA, part, MONDAY, "", start, start + timedelta(minutes=length))


def test_all_prep_is_left_when_nothing_is_promised(elm: School) -> None:
    # Periods 2 and 3 are one piece: only the bell lies between. Period 5 stands alone.
    assert prep_left(elm, ADA, MONDAY, Commitments()) == PrepLeft(135, 90)


def test_a_homeroom_between_two_preps_parts_them() -> None:
    bell = "1 8:00 8:40|H 8:42 8:48 homeroom|2 8:50 9:30|P 9:30 9:35 passing|3 9:35 10:00"
    assert prep_left(build(lessons={}, bell=bell), ADA, MONDAY, Commitments()) == PrepLeft(105, 65)


def test_ten_minutes_of_passing_join_two_preps_and_eleven_part_them() -> None:
    for second, longest in (("8:50 9:20", 70), ("8:51 9:21", 40)):
        school = build(lessons={}, bell=f"1 8:00 8:40|2 {second}")
        assert prep_left(school, ADA, MONDAY, Commitments()) == PrepLeft(70, longest)


def test_a_day_without_school_has_no_prep(elm: School) -> None:
    assert prep_left(elm, ADA, MONDAY + timedelta(days=5), Commitments()) == PrepLeft(0, 0)


def test_hosting_costs_no_prep(elm: School) -> None:
    hosting = Commitments([stretch(65, 45, Part.HOST)])
    assert prep_left(elm, ADA, MONDAY, hosting) == PrepLeft(135, 90)


def test_a_slot_asked_for_is_taken_too(elm: School) -> None:
    slot = elm.slot(MONDAY, "2")
    assert slot is not None
    assert prep_left(elm, ADA, MONDAY, Commitments(), (slot,)) == PrepLeft(90, 45)


@given(STRETCHES, st.sets(st.sampled_from("12345")), st.sets(st.sampled_from("12345")))
def test_prep_left_equals_a_count_of_minutes(taken: list[tuple[int, int]], lessons: set[str], duties: set[str]) -> None:
    rows = [Entry(ADA, "A", period, Has.DUTY) for period in duties - lessons]
    school = build(lessons={ADA: " ".join(lessons)}, rows=rows)
    held = {minute for first, length in taken for minute in range(first, first + length)}
    prep, engaged = set[int](), set[int]()
    for slot, period in school.slots_of(school.days[MONDAY]):
        first = int((slot.start - START).total_seconds() // 60)
        minutes = range(first, first + slot.minutes)
        (prep if school.has(ADA, MONDAY, period.name) is Has.PREP else engaged).update(minutes)
    left = sorted(prep - held)
    pieces: list[list[int]] = []
    for minute in left:
        between = range(pieces[-1][-1] + 1, minute) if pieces else range(0)
        if pieces and len(between) <= 10 and not set(between) & (held | engaged):
            pieces[-1].append(minute)
        else:
            pieces.append([minute])
    known = Commitments(stretch(*one) for one in taken)
    assert prep_left(school, ADA, MONDAY, known) == PrepLeft(len(left), max(map(len, pieces), default=0))


@given(STRETCHES, st.integers(0, 300), st.integers(1, 60))
def test_taking_more_never_leaves_more(taken: list[tuple[int, int]], first: int, length: int) -> None:
    school = build()
    held = [stretch(*one) for one in taken]
    before = prep_left(school, ADA, MONDAY, Commitments(held))
    more = stretch(first, length)
    after = prep_left(school, ADA, MONDAY, Commitments(held), (Slot(MONDAY, more.start, more.end, ""),))
    assert after.minutes <= before.minutes
    assert after.longest_piece <= before.longest_piece


@given(st.integers(0, 50), st.integers(1, 50), STRETCHES)
def test_what_is_cut_out_of_a_stretch_is_gone_and_the_rest_is_there(
    first: int, length: int, taken: list[tuple[int, int]]
) -> None:
    whole = (stretch(first, length).start, stretch(first, length).end)
    cuts = [(one.start, one.end) for one in (stretch(*each) for each in taken)]
    rest = subtract(whole, cuts)

    def minutes(spans: list[tuple[object, object]]) -> set[int]:
        return {
            minute
            for minute in range(-1, 500)
            if any(start <= START + timedelta(minutes=minute) < end for start, end in spans)  # type: ignore[operator]
        }

    assert minutes(list(rest)) == minutes([whole]) - minutes(list(cuts))
    assert all(start < end for start, end in rest)
    assert rest == sorted(rest)
