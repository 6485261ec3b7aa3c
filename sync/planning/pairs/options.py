"""The ways in which one colleague can visit another: every period of every day that suits both."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from sync.core.school.agreement import DebriefRule
from sync.planning.model.debriefs import DAYS_LATER, meetings
from sync.planning.model.grid import Day, Grid, bits
from sync.planning.model.options import Option, can_get_there

MEETINGS_A_VISIT = 4
UNINVITED = 2
"""a class other than the one into which its teacher has asked company, on the scale of `Option.trouble`"""


def options_on(
    grid: Grid, walk: int, visitor: int, host: int, day: Day, most: int = MEETINGS_A_VISIT
) -> Iterator[Option]:
    """Options of this pair with the visit on `day`, each with up to `most` places for its debrief."""
    invited_by_host = grid.people[host].email in grid.doors.hosts
    for period in bits(grid.visiting(visitor, day) & grid.hosting(host, day)):
        if not can_get_there(grid, visitor, host, day, period):
            continue
        if day.minutes(period) > grid.spare_in_week(visitor, day.week):
            continue
        trouble = 0 if grid.works(visitor, day) else 4
        if invited_by_host and not grid.invites(host, day, period):
            trouble += UNINVITED
        if grid.goal.debrief is DebriefRule.NONE:
            yield Option(walk, day.index, period, (visitor,), (host,), None, (), trouble)
            continue
        given = {visitor: day.minutes(period)}
        for held in islice(meetings(grid, (visitor, host), day, day.ends[period], given), most):
            if held.outside or _week_allows(grid, visitor, host, day, period, held.day):
                stays = all(grid.works(person, grid.days[held.day]) for person in (visitor, host))
                extra = (1 if held.outside else 0) + (0 if stays else 2) + (held.day - day.index)
                yield Option(walk, day.index, period, (visitor,), (host,), held, (), trouble + extra)


def _week_allows(grid: Grid, visitor: int, host: int, day: Day, period: int, debrief_on: int) -> bool:
    minutes, week = grid.goal.debrief_minutes, grid.days[debrief_on].week
    visiting = day.minutes(period) if week == day.week else 0
    return minutes <= grid.spare_in_week(host, week) and minutes + visiting <= grid.spare_in_week(visitor, week)


class PairsThatCan:
    """Which colleague can visit which, alone in the world: what no plan can go beyond.

    Everything that concerns only the two is asked (prep, classes, calendars, floors, travel, a debrief they both
    have time for); what they share with others (seats, weeks, two visits on one day) is not. So whoever has no
    partner here has none in any plan. (Where a debrief may stand outside hours, a calendar full of them is not asked.)
    """

    def __init__(self, grid: Grid) -> None:
        self.grid = grid
        self._alike = grid.patterns(DAYS_LATER[grid.goal.debrief] if grid.goal.debrief is not DebriefRule.NONE else 0)
        if grid.agreement.prep_floor_minutes_per_week:
            self._alike = grid.days
        self._simple = not grid.agreement.travel_minutes and (
            grid.goal.debrief is DebriefRule.NONE or grid.goal.debrief_outside_hours
        )
        self._visiting: dict[tuple[int, bool], int] = {}
        self._hosting: dict[tuple[int, bool], int] = {}

    def can(self, visitor: int, host: int) -> bool:
        if visitor == host:
            return False
        busy = visitor in self.grid.ever_busy or host in self.grid.ever_busy
        if not self._when_visiting(visitor, busy) & self._when_hosting(host, busy):
            return False
        if self._simple and not self.grid.agreement.prep_floor_minutes_per_week:
            return True
        grid = self.grid
        return any(
            next(options_on(grid, 0, visitor, host, day, 1), None) is not None
            for day in self._days(busy)
            if grid.visiting(visitor, day) & grid.hosting(host, day)
        )

    def _when_visiting(self, person: int, busy: bool) -> int:
        key = (person, busy)
        if key not in self._visiting:
            self._visiting[key] = self._joined(busy, [self.grid.visiting(person, day) for day in self._days(busy)])
        return self._visiting[key]

    def _when_hosting(self, person: int, busy: bool) -> int:
        key = (person, busy)
        if key not in self._hosting:
            self._hosting[key] = self._joined(busy, [self.grid.hosting(person, day) for day in self._days(busy)])
        return self._hosting[key]

    def _days(self, busy: bool) -> list[Day]:
        return self.grid.days if busy else self._alike

    def _joined(self, busy: bool, masks: list[int]) -> int:
        whole, shift = 0, 0
        for day, mask in zip(self._days(busy), masks, strict=True):
            whole |= mask << shift
            shift += len(day.names)
        return whole
