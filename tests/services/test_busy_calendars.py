"""What is left of somebody's calendar for a plan: none of their lessons, and all that is an appointment."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from hypothesis import given
from hypothesis import strategies as st

from sync.core.school.slots import overlap
from sync.core.visits.prep import PASSING_AT_MOST, Stretch, subtract
from sync.services.plans.busy_calendars import BesidesLessons, windows_of
from tests.personas import ADA, FRIDAY, MONDAY, NEW_YORK, maple

SCHOOL = maple()
WINDOWS = dict(windows_of(SCHOOL, MONDAY, FRIDAY))
MIDNIGHT = datetime.combine(MONDAY, time(), tzinfo=NEW_YORK)
STRETCHES = st.builds(
    lambda start, long: (MIDNIGHT + timedelta(minutes=start), MIDNIGHT + timedelta(minutes=start + long)),
    st.integers(-600, 6 * 24 * 60),
    st.integers(1, 2 * 24 * 60),
)


def lessons() -> list[Stretch]:
    return [(slot.start, slot.end) for day in WINDOWS for slot in SCHOOL.engaged_slots(ADA, day)]


@given(STRETCHES)
def test_what_is_left_is_no_lesson_and_nothing_longer_than_a_bell_is_lost(stretch: Stretch) -> None:
    left = list(BesidesLessons(SCHOOL, ADA, WINDOWS).of(stretch))
    assert not any(overlap(*one, *other) for one in left for other in lessons())
    assert all(stretch[0] <= start < end <= stretch[1] for start, end in left)
    for window in WINDOWS.values():
        inside = max(stretch[0], window[0]), min(stretch[1], window[1])
        lost = subtract(inside, [*lessons(), *left]) if inside[0] < inside[1] else []
        assert all(end - start <= PASSING_AT_MOST for start, end in lost)


def test_a_short_appointment_counts_and_the_edge_of_a_lesson_does_not() -> None:
    [first, second, *_] = lessons()
    five = timedelta(minutes=5)
    assert list(BesidesLessons(SCHOOL, ADA, WINDOWS).of((first[0] - five, second[1] + five))) == []
    alone = second[1] + five, second[1] + 2 * five
    assert list(BesidesLessons(SCHOOL, ADA, WINDOWS).of(alone)) == [alone]
