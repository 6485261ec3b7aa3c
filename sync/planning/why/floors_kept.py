"""How much prep a visit leaves: the highest floor under which one colleague could still visit another."""

from __future__ import annotations

from collections import Counter

from sync.planning.model.debriefs import DAYS_LATER
from sync.planning.model.grid import Day, Grid, bits
from sync.planning.model.options import uses
from sync.planning.pairs.options import options_on


class FloorsKept:
    """Asked for many pairs of one grid; `grid` is one without a floor, so that every visit is among its options."""

    def __init__(self, grid: Grid) -> None:
        self._grid = grid
        self._later = DAYS_LATER[grid.goal.debrief]
        self._days: dict[int, list[tuple[int, Day]]] = {}

    def by(self, visitor: int, host: int) -> int:
        """The most minutes of prep that a visit can leave both of them on every day it touches."""
        best, looked_at = 0, set[object]()
        for most, day in self._most_first(visitor):
            if most <= best:
                break
            if (like := self._grid.like((visitor, host), day, self._later)) not in looked_at:
                looked_at.add(like)
                best = max(best, self._left(visitor, host, day))
        return best

    def _most_first(self, visitor: int) -> list[tuple[int, Day]]:
        """Days with what a visit leaves the visitor at most, the most first: what comes later need not be looked at."""
        if visitor not in self._days:
            grid = self._grid
            found = [
                (grid.prep_minutes(visitor, day) - min(day.minutes(period) for period in bits(given)), day)
                for day in grid.days
                if (given := grid.visiting(visitor, day))
            ]
            self._days[visitor] = sorted(found, key=lambda one: -one[0])
        return self._days[visitor]

    def _left(self, visitor: int, host: int, day: Day) -> int:
        grid, best = self._grid, 0
        for option in options_on(grid, 0, visitor, host, day):
            taken = Counter[tuple[int, int]]()
            for use in uses(grid, option):
                taken[use.person, use.day] += use.prep
            left = (grid.prep_minutes(who, grid.days[on]) - gone for (who, on), gone in taken.items() if gone)
            best = max(best, min(left, default=0))
        return best
