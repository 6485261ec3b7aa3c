"""How a walk through several rooms shares out a period."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from sync.core.school.agreement import Kind
from sync.core.school.slots import Slot
from sync.core.visits.routes import ROUTES, fitting, stretches, whole_of
from tests.personas import FRIDAY, maple

PERIODS = list(maple().class_slots(FRIDAY, FRIDAY))


@given(st.sampled_from(PERIODS), st.integers(1, 9), st.integers(1, 20), st.integers(0, 5))
def test_rooms_follow_each_other_within_the_period_with_the_way_between(
    slot: Slot, rooms: int, minutes: int, walking: int
) -> None:
    parts = stretches(slot, rooms, minutes, walking)
    if rooms * minutes + (rooms - 1) * walking > 45:
        assert parts == []
        return
    assert [part.minutes for part in parts] == [minutes] * rooms
    assert parts[0].start == slot.start
    assert parts[-1].end <= slot.end
    ways = {later.start - earlier.end for earlier, later in pairwise(parts)}
    assert ways <= {timedelta(minutes=walking)}


def test_a_usual_walk_takes_what_the_practices_say() -> None:
    learning, inquiry = (fitting(kind, PERIODS[0]) for kind in (Kind.LEARNING, Kind.INQUIRY))
    assert (len(learning), whole_of(learning).minutes) == (5, 24)
    assert (len(inquiry), inquiry[0].minutes) == (3, 12)


def test_a_short_period_has_fewer_rooms_and_a_shorter_one_none() -> None:
    preset = ROUTES[Kind.INQUIRY]
    assert [len(fitting(Kind.INQUIRY, PERIODS[0].beginning(minutes))) for minutes in (39, 22, 21)] == [3, 3, 0]
    assert preset.rooms[0] == 3
