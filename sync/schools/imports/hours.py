"""Hours without a bell schedule as one: clock times out of their names where they have them, else stated ones."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from datetime import time
from enum import Enum, auto

from sync.core.school.bell import Period, PeriodKind
from sync.schools.imports.clocks import spans_in

FIRST_BELL, LESSON, PASSING, BREAK = time(8, 0), 50, 5, 20
"""a day for hours that name no clock times, in minutes"""
AFTERNOON = time(13, 30)
"""when an afternoon begins of which nothing says when"""
LONGEST = 16
"""hours of such a day before midnight comes"""
MOST_HOURS = 90
"""hours a day may have, shortened to minutes; FET itself stops at 72"""
PAUSE = re.compile(
    r"(?:afternoon\s+)?(?:[a-z]\s+|[0-9.:h\s–—~-]*)?(?:lunch|break|brk|recess|interval|pause|mittag|d[eé]jeuner|almuerzo"
    r"|recreo|comida|pati|menjador|pranzo|intervallo|przerwa)(?![a-z])",
    re.IGNORECASE,
)
ENDS_IN_BREAK = re.compile(r"[/+&,]\s*(lunch|break|recess)\s*$", re.IGNORECASE)


class Clock(Enum):
    """Where the times of periods come from."""

    NAMED = auto()
    """each name says from when to when"""
    BEGUN = auto()
    """the names leave some of it open"""
    ASSUMED = auto()

    def assumed(self, hours: str) -> Iterator[str]:
        """What had to be assumed, in a sentence about the `hours`, `periods` ... of a file."""
        if self is Clock.BEGUN:
            yield (
                f"Not all {hours} say from when to when, so those without an end last as long as most of them, up to "
                "the next; correct bell_schedule.csv."
            )
        if self is Clock.ASSUMED:
            yield (
                f"The {hours} have no clock times, so the day begins at {FIRST_BELL:%H:%M} with 50-minute periods; "
                "correct bell_schedule.csv."
            )


def periods(hours: Sequence[str], taught: Collection[str]) -> tuple[tuple[Period, ...], Clock]:
    """One period for each hour, and where their times come from.

    An hour called lunch or break in which nobody teaches is lunch; `Period 3/Break` is a lesson with a longer pause
    behind it.
    """
    named = spans_in(hours)
    spans = [(_time(begin), _time(end)) for begin, end in named[0]] if named else _invented(hours)
    clock = Clock.ASSUMED if named is None else Clock.NAMED if named[1] else Clock.BEGUN
    return _made(hours, spans, taught), clock


def _made(hours: Sequence[str], spans: Sequence[tuple[time, time]], taught: Collection[str]) -> tuple[Period, ...]:
    kinds = [PeriodKind.LUNCH if PAUSE.match(hour) and hour not in taught else PeriodKind.CLASS for hour in hours]
    return tuple(Period(hour, *span, kind) for hour, span, kind in zip(hours, spans, kinds, strict=True))


def two_halves(hours: Sequence[str], mornings: int, taught: Collection[str]) -> tuple[tuple[Period, ...], Clock]:
    """The same for a day whose first hours, `mornings` of them, and the others have the same times in their names.

    The afternoon is then as the morning is, some hours later.
    """
    morning, clock = periods(hours[:mornings], taught)
    afternoon, _ = periods(hours[mornings:], taught)
    if not morning or not afternoon or morning[-1].end <= afternoon[0].start:
        return morning + afternoon, clock
    later = max(_minute(AFTERNOON), _minute(morning[-1].end) + 30) - _minute(afternoon[0].start)
    if _minute(afternoon[-1].end) + later >= 24 * 60:
        return _made(hours, _invented(hours), taught), Clock.ASSUMED
    return morning + tuple(
        replace(one, start=_time(_minute(one.start) + later), end=_time(_minute(one.end) + later)) for one in afternoon
    ), clock


def _minute(at: time) -> int:
    return at.hour * 60 + at.minute


def _time(minute: int) -> time:
    return time(*divmod(minute, 60))


def _invented(hours: Sequence[str]) -> list[tuple[time, time]]:
    lesson = LESSON if len(hours) <= LONGEST else 14 * 60 // len(hours) - PASSING
    now = _minute(FIRST_BELL)
    spans = []
    for hour in hours:
        spans.append((_time(now), _time(now + lesson)))
        now += lesson + (BREAK if ENDS_IN_BREAK.search(hour) and len(hours) <= LONGEST // 2 else PASSING)
    return spans
