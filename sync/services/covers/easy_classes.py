"""Which of one's own classes a colleague could take without preparing anything."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sync.core.school.timetable import Has
from sync.services.covers import covering
from sync.services.ports import Store


@dataclass(frozen=True, slots=True)
class OwnClass:
    """A class of one's own, on every day of its type."""

    day_type: str
    period: str
    room: str
    course: str
    grade: str
    easy: bool

    @property
    def name(self) -> str:
        """What names it in a form."""
        return f"{self.day_type}\n{self.period}"


def own_classes(store: Store, school_key: str, email: str) -> list[OwnClass]:
    """A teacher's classes by day type and period, and which of them are marked. Raises `NoSuchPerson`."""
    with store.work() as work:
        school = work.schools.get(school_key).school
        me = school.person(email)
        easy = work.covers.easy(school_key)
    return [
        OwnClass(day_type, entry.period, entry.room or me.room, entry.course, entry.grade,
                 (me.email, day_type, entry.period) in easy)
        for day_type, bell in school.bells.items()
        for period in bell
        if (entry := school.timetable.day(me.email, day_type).get(period.name)) and entry.kind is Has.CLASS
    ]  # fmt: skip


def keep_easy(store: Store, school_key: str, *, actor: str, names: Collection[str]) -> list[OwnClass]:
    """Mark these classes of one's own, by name, and no others; names that are none of them change nothing."""
    for one in own_classes(store, school_key, actor):
        if one.easy != (one.name in names):
            covering.mark_easy(
                store, school_key, actor=actor, day_type=one.day_type, period=one.period, easy=not one.easy
            )
    return own_classes(store, school_key, actor)
