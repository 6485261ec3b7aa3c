"""Prep in one piece: visits and debriefs that would break it up move to where they do not.

The daily floor counts minutes; the agreement also keeps a piece of them whole, as far as a day has one
(`prep_piece_minutes`). No plan brings fewer visits for that, so it is asked last: a walk that leaves somebody no such
piece takes another time of the same people, in its own week or in one with room, if there is any.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime, time

from sync.core.school.slots import Slot, moment
from sync.core.visits.commitments import Commitments
from sync.core.visits.prep import prep_left
from sync.planning.model.diary import Diary
from sync.planning.model.effort import Effort
from sync.planning.model.grid import Day, Grid
from sync.planning.model.options import Option, uses
from sync.planning.placing.even import serves_as_well

Again = Callable[[Option, Day], Iterable[Option]]
"""other ways of an option's walk on a day"""


def with_prep_whole(grid: Grid, options: Sequence[Option], again: Again, effort: Effort) -> tuple[Option, ...]:
    """The same walks, with as few as can be that leave somebody no piece of prep as long as the agreement keeps."""
    if not (grid.agreement.prep_piece_minutes and grid.agreement.prep_floor_minutes_per_day):
        return tuple(options)
    diary, held = Diary(grid), list(options)
    for option in held:
        diary.book(option)
    for i, was in enumerate(held):
        if effort.stopped or not _breaks_prep(grid, diary, was):
            continue
        diary.unbook(was)
        for option in _others(grid, diary, was, again, len(held)):
            diary.book(option)
            if not _breaks_prep(grid, diary, option):
                held[i] = option
                break
            diary.unbook(option)
        else:
            diary.book(was)
    return tuple(held)


def _others(grid: Grid, diary: Diary, was: Option, again: Again, walks: int) -> Iterator[Option]:
    own = grid.days[was.day].week
    roomy = {week for week in range(grid.weeks) if diary.in_week[week] < grid.even_share(walks, week)}
    for day in sorted(grid.days, key=lambda day: (day.week != own, day.index)):
        if day.week == own or day.week in roomy:
            yield from (o for o in again(was, day) if serves_as_well(o, was) and diary.fits(o))


def _breaks_prep(grid: Grid, diary: Diary, option: Option) -> bool:
    touched = {(use.person, use.day) for use in uses(grid, option) if use.prep}
    return any(_is_broken(grid, diary, person, grid.days[day]) for person, day in touched)


def _is_broken(grid: Grid, diary: Diary, person: int, day: Day) -> bool:
    """Whether what is booked leaves no piece as long as the agreement keeps, though the day had one."""
    email, school = grid.people[person].email, grid.school

    def at(minute: int) -> datetime:
        return moment(day.date, time(*divmod(minute, 60)), school.zone)

    held = [use for use in diary.held_on(person, day.index) if use.prep]
    taken = [Slot(day.date, at(use.start), at(use.end), "") for use in held]
    before, after = (prep_left(school, email, day.date, Commitments(), also) for also in ((), taken))
    return after.longest_piece < min(grid.agreement.prep_piece_minutes, before.longest_piece)
