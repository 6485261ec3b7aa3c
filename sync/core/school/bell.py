"""The bell schedule: what a kind of day is cut into."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import time
from enum import StrEnum


class PeriodKind(StrEnum):
    CLASS = "class"
    LUNCH = "lunch"
    PASSING = "passing"
    HOMEROOM = "homeroom"


@dataclass(frozen=True, slots=True)
class Period:
    """A named stretch of the day in the school's own wall-clock time."""

    name: str
    start: time
    end: time
    kind: PeriodKind = PeriodKind.CLASS

    @property
    def is_class(self) -> bool:
        return self.kind is PeriodKind.CLASS


@dataclass(frozen=True, slots=True)
class BellSchedule:
    """The periods of one day type, in the order of the clock; they never overlap (the readers see to it)."""

    day_type: str
    periods: tuple[Period, ...]

    def __iter__(self) -> Iterator[Period]:
        return iter(self.periods)

    def period(self, name: str) -> Period | None:
        return next((period for period in self.periods if period.name == name), None)


def spoken(period: str) -> str:
    """How a period is said in a sentence: `3` is "period 3", a name of its own stays as it is."""
    return f"period {period}" if period.isdecimal() else period
