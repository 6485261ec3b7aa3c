"""Slots: one period of one date, with its clock times."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sync.core.school.bell import spoken


@dataclass(frozen=True, slots=True, order=True)
class Slot:
    """One period of one school day; `start` and `end` are aware and in the school's zone."""

    date: date
    start: datetime
    end: datetime
    period: str

    @property
    def minutes(self) -> int:
        return minutes_between(self.start, self.end)

    def beginning(self, minutes: int) -> Slot:
        """The first `minutes` of this slot: a visit need not take a whole period."""
        end = (self.start.astimezone(UTC) + timedelta(minutes=minutes)).astimezone(self.start.tzinfo)
        return replace(self, end=end)

    def __str__(self) -> str:
        return f"{self.date:%A} {self.date.day} {self.date:%B}, {spoken(self.period)}"


def moment(day: date, clock: time, zone: ZoneInfo) -> datetime:
    """The moment at which a wall clock in `zone` shows `clock` on `day`.

    A time that the clock skips when daylight saving begins is moved on by the hour that is skipped; of a time
    that it shows twice, the first is meant (PEP 495, `fold=0`).
    """
    return datetime.combine(day, clock, tzinfo=zone).astimezone(UTC).astimezone(zone)


def minutes_between(start: datetime, end: datetime) -> int:
    """Minutes that really pass, whatever daylight saving does to the clock in between."""
    return int((end.astimezone(UTC) - start.astimezone(UTC)).total_seconds() // 60)


def overlap(start: datetime, end: datetime, other_start: datetime, other_end: datetime) -> bool:
    """Whether two half-open stretches of time share a moment."""
    return start < other_end and other_start < end
