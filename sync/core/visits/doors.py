"""Open doors: a host's standing invitation into one class, with seats.

A door says more than `open_to_visits`: who stands in it has asked for company. It narrows the seats of its class, it
may welcome people without notice, and it never makes anybody free who is not.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum

from sync.core.school.timetable import Entry


def class_of(entry: Entry | None) -> str:
    """The class that a row of the timetable is about: its section, else what is taught to whom."""
    return "" if entry is None else entry.section or " ".join(part for part in (entry.course, entry.grade) if part)


class Repeats(StrEnum):
    ONCE = "once"
    WEEKLY = "weekly"
    """every week on that weekday, in that period"""
    ALWAYS = "always"
    """whenever this class meets"""


@dataclass(frozen=True, slots=True)
class OpenDoor:
    """One invitation. `section` (see `class_of`) is the class guests are invited into: another is not theirs to see."""

    key: str
    host: str
    repeats: Repeats
    first: date
    period: str
    section: str
    seats: int
    drop_in: bool = False
    """come without notice"""
    last: date | None = None
    """closed after that date"""
    visits_a_week: int = 0
    """at most, in the weeks Monday to Sunday; 0 = as many as the school's rules allow"""
    not_on: tuple[date, ...] = field(default=())
    """dates on which nobody visits this class, such as that of a test; of a door for once: on its only one"""
    about: str = ""
    """what visitors see, in the host's words"""
    event: str = ""
    """the class's own calendar event beside which it was opened: without its pineapple the door closes again"""
    visits_a_year: int = 0
    """at most, in a school year; 0 = as many as the school's rules allow"""

    def opens(self, day: date, period: str, section: str) -> bool:
        """Whether the door stands open in this period, where this class is taught then."""
        return day not in self.not_on and self._means(day, period, section)

    def keeps_shut(self, day: date, period: str, section: str) -> bool:
        """Whether its host has said that nobody visits this class then."""
        return day in self.not_on and self._means(day, period, section)

    @property
    def is_no_invitation(self) -> bool:
        """Whether it says nothing but that nobody visits on its only date."""
        return self.repeats is Repeats.ONCE and self.first in self.not_on

    def _means(self, day: date, period: str, section: str) -> bool:
        if section != self.section or day < self.first:
            return False
        if self.last is not None and day > self.last:
            return False
        match self.repeats:
            case Repeats.ONCE:
                return day == self.first and period == self.period
            case Repeats.WEEKLY:
                return day.weekday() == self.first.weekday() and period == self.period
            case Repeats.ALWAYS:
                return True

    def closed_on(self, day: date) -> OpenDoor:
        return self if day in self.not_on else replace(self, not_on=(*self.not_on, day))


class Doors:
    """The open doors of a school, by host; never changed."""

    def __init__(self, doors: Iterable[OpenDoor] = ()) -> None:
        self._of: dict[str, list[OpenDoor]] = defaultdict(list)
        for door in doors:
            self._of[door.host].append(door)

    def at(self, host: str, day: date, period: str, section: str) -> OpenDoor | None:
        """The door that stands open then; of several the widest, so that a second one never takes a seat away."""
        if self.kept_shut(host, day, period, section):
            return None
        opened = [door for door in self._of.get(host, ()) if door.opens(day, period, section)]
        return max(opened, key=lambda door: (door.drop_in, door.seats), default=None)

    def kept_shut(self, host: str, day: date, period: str, section: str) -> bool:
        """Whether this host has said that nobody visits their class then, whatever else stands open."""
        return any(door.keeps_shut(day, period, section) for door in self._of.get(host, ()))

    @property
    def hosts(self) -> frozenset[str]:
        return frozenset(self._of)
