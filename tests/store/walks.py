"""Walks for the tests of the store, made without asking any rule."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

from sync.core.school.agreement import Kind
from sync.core.school.school import School
from sync.core.visits.walk import Stop, Walk
from tests.personas import ADA, BEN, MONDAY, SUNDAY_BEFORE, maple

MAPLE = maple()


def stop(host: str = BEN, day: date = MONDAY, period: str = "3", school: School = MAPLE) -> Stop:
    """A stop with this host; the slot must exist."""
    slot = school.slot(day, period)
    assert slot is not None
    return Stop(host, slot, "Room 12", "MAT-3", "Mathematics", "7")


def walk(*visitors: str, host: str = BEN, day: date = MONDAY, period: str = "3", key: str = "") -> Walk:
    """A booked visit; by Ada where nobody is named."""
    people = visitors or (ADA,)
    return Walk(
        key=key or uuid4().hex,
        kind=Kind.PAIR,
        visitors=people,
        stops=(stop(host, day, period),),
        focus=("questions",),
        initiated_by=people[0],
        booked_at=SUNDAY_BEFORE,
    )
