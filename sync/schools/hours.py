"""Hours without a bell schedule as one: clock times out of their names where they have them, else stated ones."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from datetime import date, datetime, time, timedelta
from itertools import pairwise

from sync.core.bell import Period, PeriodKind

FIRST_BELL, LESSON, PASSING, BREAK = time(8, 0), timedelta(minutes=50), timedelta(minutes=5), timedelta(minutes=20)
"""a day for hours that name no clock times"""
LONGEST = 16
"""hours of such a day before midnight comes"""
MOST_HOURS = 90
"""hours a day may have, shortened to minutes; FET itself stops at 72"""
SPAN = re.compile(
    r"(?<![0-9])([0-9]{1,2})[.:h]([0-9]{2})(?:\s*[hH])?\s*(?:-|–|—|to|a|à|bis)\s*([0-9]{1,2})[.:h]([0-9]{2})(?![0-9])"
)
PAUSE = re.compile(r"\s*(lunch|break|recess|interval|pause|mittag|d[eé]jeuner|almuerzo|recreo)\b", re.IGNORECASE)
ENDS_IN_BREAK = re.compile(r"[/+&,]\s*(lunch|break|recess)\s*$", re.IGNORECASE)


def clock_times(name: str) -> tuple[time, time] | None:
    """The times in a name such as `9.30 - 11.00`, or None."""
    found = SPAN.search(name)
    if found is None:
        return None
    numbers = [int(number) for number in found.groups()]
    if numbers[0] > 23 or numbers[2] > 23 or numbers[1] > 59 or numbers[3] > 59:
        return None
    start, end = time(numbers[0], numbers[1]), time(numbers[2], numbers[3])
    return (start, end) if start < end else None


def periods(hours: Sequence[str], taught: Collection[str]) -> tuple[tuple[Period, ...], bool]:
    """One period for each hour, and whether their times are the names' own.

    The names' times are taken only if every hour has some and none overlap. An hour called lunch or break in which
    nobody teaches is lunch; `Period 3/Break` is a lesson with a longer pause behind it.
    """
    spans = [clock_times(hour) for hour in hours]
    known = [span for span in spans if span is not None]
    named = len(known) == len(hours) and all(a[1] <= b[0] for a, b in pairwise(known))
    if not named:
        known = _invented(hours)
    kinds = [PeriodKind.LUNCH if PAUSE.match(hour) and hour not in taught else PeriodKind.CLASS for hour in hours]
    made = [Period(hour, *span, kind) for hour, span, kind in zip(hours, known, kinds, strict=True)]
    return tuple(made), named


def _invented(hours: Sequence[str]) -> list[tuple[time, time]]:
    lesson = LESSON if len(hours) <= LONGEST else timedelta(minutes=14 * 60 // len(hours)) - PASSING
    now = datetime.combine(date(2000, 1, 1), FIRST_BELL)
    spans = []
    for hour in hours:
        spans.append((now.time(), (now + lesson).time()))
        now += lesson + (BREAK if ENDS_IN_BREAK.search(hour) and len(hours) <= LONGEST // 2 else PASSING)
    return spans
