"""The way between buildings: neither prep nor visit (domain facts, R17)."""

from __future__ import annotations

from collections.abc import Iterator

from sync.core.school.school import School
from sync.core.school.slots import Slot, minutes_between
from sync.core.school.timetable import Has


def ways_too_short(school: School, email: str, slot: Slot, there: str) -> Iterator[tuple[str, int]]:
    """Buildings of this person's classes and duties of the day from which the way to `there` does not fit, and the
    minutes there are for it."""
    needed = school.rules.agreement.travel_minutes
    if not needed or not there:
        return
    for other, period in school.slots_of(school.days[slot.date]):
        if school.has(email, slot.date, period.name) not in (Has.CLASS, Has.DUTY):
            continue
        gap = min(abs(minutes_between(other.end, slot.start)), abs(minutes_between(slot.end, other.start)))
        here = school.building_of(email, slot.date, period.name)
        if gap < needed and here and here != there:
            yield here, gap
