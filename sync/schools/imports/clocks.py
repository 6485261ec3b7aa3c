"""Clock times out of the names of hours: `9.30 - 11.00`, `3rd 10:05`, `01:15p`, or 7, 8, 9 as an hour of the clock.

Schools write them in many ways, and often only when an hour begins. Times are minutes of the day here.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from datetime import time
from itertools import pairwise

TIME = r"(?<![0-9])([0-9]{1,2})[.:h]([0-9]{2})(?![0-9])"
SPAN = re.compile(TIME + r"(?:\s*[hH])?\s*(?:-|–|—|~|to|a|à|bis)\s*(?:([0-9]{1,2})[.:h-]([0-9]{2}))(?![0-9])")
BEGIN = re.compile(TIME)
HALF_DAY, DAY = 12 * 60, 24 * 60
LONGEST_LESSON = 4 * 60
FIRST_HOUR, LAST_HOUR = 6, 22
"""names that are these numbers, each greater than the one before, are hours of the clock"""
USUAL = 50
"""minutes of a lesson whose end nothing tells"""

Written = tuple[int, int | None]
"""when an hour begins, and when it ends if its name says that too"""


def clock_times(name: str) -> tuple[time, time | None] | None:
    """The times in a name such as `9.30 - 11.00`; None for an end it does not have, None where it has no time."""
    written = _written(name)
    if written is None:
        return None
    begin, end = written
    return time(*divmod(begin, 60)), None if end is None else time(*divmod(end, 60))


def spans_in(names: Sequence[str]) -> tuple[list[tuple[int, int]], bool] | None:
    """The minutes from and to of each hour, and whether the names said all of them; None where they say too little.

    At least half of the names must have a time, the first among them. Hours go forward: `1:10` after `12:20` is in the
    afternoon. Hours without a time share the gap they stand in. An hour whose end is not written lasts as long as
    hours mostly do, and never into the next one.
    """
    written = _in_order(_hours_of_the_clock(names) or [_written(name) for name in names])
    if written is None:
        return None
    begins = _filled(written)
    steps = Counter(later - earlier for earlier, later in pairwise(begins))
    usual = min(steps, key=lambda step: (-steps[step], step), default=USUAL)
    spans = []
    for one, begin, after in zip(written, begins, [*begins[1:], DAY - 1], strict=True):
        end = one[1] if one and one[1] else begin + min(usual, LONGEST_LESSON)
        spans.append((begin, min(end, after)))
    if any(begin >= end for begin, end in spans):
        return None
    said = all(one and one[1] == end for one, (_, end) in zip(written, spans, strict=True))
    return spans, said


def _written(name: str) -> Written | None:
    span = SPAN.search(name)
    begin = span or BEGIN.search(name)
    if begin is None or int(begin[1]) > 23 or int(begin[2]) > 59:
        return None
    first = int(begin[1]) * 60 + int(begin[2])
    if span is None or int(span[3]) > 23 or int(span[4]) > 59:
        return first, None
    last = int(span[3]) * 60 + int(span[4])
    if last <= first and last + HALF_DAY - first <= LONGEST_LESSON:
        last += HALF_DAY
    return first, last if last > first else None


def _hours_of_the_clock(names: Sequence[str]) -> list[Written | None] | None:
    """Names that are bare numbers, where these can only be meant as 7 o'clock, 8 o'clock ..."""
    numbers = [int(name) for name in names if name.isascii() and name.isdecimal() and len(name) < 3]
    rising = all(earlier < later for earlier, later in pairwise(numbers))
    if not numbers or not rising or numbers[0] < FIRST_HOUR or numbers[-1] > LAST_HOUR:
        return None
    return [(int(name) * 60, None) if name.isdecimal() and len(name) < 3 else None for name in names]


def _in_order(written: Sequence[Written | None]) -> list[Written | None] | None:
    """The same with the afternoon after the morning; None if too few have a time, or they cannot be in order."""
    if not written or written[0] is None or sum(one is not None for one in written) * 2 < len(written):
        return None
    made: list[Written | None] = []
    latest = -1
    for one in written:
        if one is None:
            made.append(None)
            continue
        begin, end = one
        if begin <= latest:
            begin, end = begin + HALF_DAY, None if end is None else end + HALF_DAY
        if begin <= latest or begin >= DAY or (end is not None and end > DAY - 1):
            return None
        latest = begin
        made.append((begin, end))
    return made


def _filled(written: Sequence[Written | None]) -> list[int]:
    """When each begins. One that does not say begins when the one before ends, or has an even share of the gap."""
    made: list[int] = []
    ends = None
    for place, one in enumerate(written):
        if one is not None:
            made.append(one[0])
            ends = one[1]
            continue
        ahead = next((n for n in range(place, len(written)) if written[n]), None)
        if ends is not None:
            made.append(ends)
        elif ahead is None:
            made.append(made[-1] + (made[-1] - made[-2] if len(made) > 1 else USUAL))
        else:
            made.append(made[-1] + ((written[ahead] or (0, 0))[0] - made[-1]) // (ahead - place + 1))
        ends = None
    return made
