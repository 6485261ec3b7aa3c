"""Open doors: when they stand open, for which class, and what they change in the rules."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from sync.core.visits.ask import Ask, Known
from sync.core.visits.commitments import Commitments
from sync.core.visits.doors import Doors, OpenDoor, Repeats
from sync.core.visits.openings import objections
from tests.personas import ADA, BEN, FAY, MONDAY, SUNDAY_BEFORE, WEDNESDAY, maple

SCHOOL = maple()
DOOR = OpenDoor("d" * 32, FAY, Repeats.WEEKLY, WEDNESDAY, "3", "MUS-3", 1)


def codes(door: OpenDoor, host: str, day: date, period: str) -> set[str]:
    slot = SCHOOL.slot(day, period)
    assert slot is not None
    known = Known(SCHOOL, SUNDAY_BEFORE, Commitments(), Doors([door]))
    return {reason.code for reason in objections(Ask((ADA,), host, slot), known)}


@given(st.integers(0, 60), st.sampled_from("123456"), st.sampled_from(list(Repeats)))
def test_a_door_opens_on_its_days_for_its_class_alone(after: int, period: str, repeats: Repeats) -> None:
    day, door = WEDNESDAY + timedelta(days=after), replace(DOOR, repeats=repeats)
    opens = door.opens(day, period, "MUS-3")
    assert not door.opens(day, period, "MUS-5")
    assert not door.opens(WEDNESDAY - timedelta(days=1), period, "MUS-3")
    assert not door.closed_on(day).opens(day, period, "MUS-3")
    match repeats:
        case Repeats.ONCE:
            assert opens == (after == 0 and period == "3")
        case Repeats.WEEKLY:
            assert opens == (after % 7 == 0 and period == "3")
        case Repeats.ALWAYS:
            assert opens


def test_a_door_may_open_where_its_host_is_closed_otherwise() -> None:
    assert "door_closed" in codes(DOOR, FAY, MONDAY, "3")
    assert "door_closed" not in codes(DOOR, FAY, WEDNESDAY, "3")


def test_a_door_makes_nobody_free() -> None:
    door = replace(DOOR, host=BEN, section="MAT-1", period="1", drop_in=True)
    assert "no_prep" in codes(door, BEN, WEDNESDAY, "1")


def test_of_two_doors_the_wider_one_counts() -> None:
    wide = replace(DOOR, key="e" * 32, seats=3)
    assert Doors([DOOR, wide]).at(FAY, WEDNESDAY, "3", "MUS-3") == wide
