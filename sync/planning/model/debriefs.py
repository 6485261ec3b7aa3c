"""Where people can talk a visit over: in prep they share, or before or after school.

The rules, where the contract leaves room: a debrief follows its visit, the same day or within two school days; it
stays inside the range of the plan; it takes `debrief_minutes` of prep common to all its people, from the start of
a period, from the end of something in a calendar, or straight after another debrief there; or, where the goal
allows it, it begins straight after the last bell (up to an hour and a half later, if others are held first) or ends
straight before the first (up to an hour earlier). Lunch, duty and travel are never used. A person may be asked to
come before or after school on any school day; days on which all of them teach are preferred.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from sync.core.school.agreement import DebriefRule
from sync.planning.model.grid import Day, Grid, bits
from sync.planning.model.options import Meeting

AFTER_AT_MOST = 90
BEFORE_AT_MOST = 60
DAYS_LATER = {DebriefRule.NONE: 0, DebriefRule.SAME_DAY: 0, DebriefRule.TWO_DAYS: 2}
AFTER_SCHOOL = "after school"
BEFORE_SCHOOL = "before school"


def meetings(grid: Grid, people: Sequence[int], day: Day, ends: int, given: Mapping[int, int]) -> Iterator[Meeting]:
    """Debriefs for a visit on `day` that is over at minute `ends`, the preferred first.

    `given` is the prep that the visit itself takes from each of its people on that day; the daily floor is kept
    after both. Prep first, as long as the floor holds; then outside hours; the same day before later ones.
    """
    later = grid.days[day.index : day.index + DAYS_LATER[grid.goal.debrief] + 1]
    for on in later:
        same = on.index == day.index
        yield from _in_prep(grid, people, on, ends if same else 0, given if same else {})
    if grid.goal.debrief_outside_hours:
        for on in later:
            yield from _after_school(grid, people, on)
            if on.index != day.index:
                yield from _before_school(grid, people, on)


def _in_prep(grid: Grid, people: Sequence[int], on: Day, ends: int, given: Mapping[int, int]) -> Iterator[Meeting]:
    minutes = grid.goal.debrief_minutes
    common = -1
    for person in people:
        common &= grid.prep(person, on)
        if not common or grid.spare(person, on) - given.get(person, 0) < minutes:
            return
    free = bits(common)
    for i in free:
        end = _end_of_stretch(on, free, i)
        for begins in _starts(grid, people, on, i, end - minutes):
            if begins >= ends and not any(grid.is_busy(person, on, begins, begins + minutes) for person in people):
                yield Meeting(on.index, begins, begins + minutes, on.names[i], outside=False)


def _end_of_stretch(day: Day, free: list[int], i: int) -> int:
    """The end of common prep from period `i` on, over periods that follow one another without a break."""
    end = day.ends[i]
    for j in free:
        if day.starts[j] == end:
            end = day.ends[j]
    return end


def _starts(grid: Grid, people: Sequence[int], on: Day, i: int, last: int) -> list[int]:
    """Minutes of period `i`, up to `last`, at which a debrief may begin."""
    found = set(range(on.starts[i], on.ends[i], grid.goal.debrief_minutes))
    for person in people:
        found |= {over for _, over in grid.busy_stretches(person, on) if on.starts[i] < over < on.ends[i]}
    return sorted(start for start in found if start <= last)


def _after_school(grid: Grid, people: Sequence[int], on: Day) -> Iterator[Meeting]:
    minutes = grid.goal.debrief_minutes
    last = min(on.closes + max(AFTER_AT_MOST, minutes), 24 * 60 - 1)
    for begins in range(on.closes, last - minutes + 1, minutes):
        if not any(grid.is_busy(person, on, begins, begins + minutes) for person in people):
            yield Meeting(on.index, begins, begins + minutes, AFTER_SCHOOL, outside=True)


def _before_school(grid: Grid, people: Sequence[int], on: Day) -> Iterator[Meeting]:
    minutes = grid.goal.debrief_minutes
    for ends in range(on.opens, max(0, on.opens - max(BEFORE_AT_MOST, minutes)) + minutes - 1, -minutes):
        if not any(grid.is_busy(person, on, ends - minutes, ends) for person in people):
            yield Meeting(on.index, ends - minutes, ends, BEFORE_SCHOOL, outside=True)
