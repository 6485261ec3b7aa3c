"""Plans nearby: a few visits at a time are planned anew, pairs and dates together, beside all the others.

For ranges so short that the one model of everything is too large to be solved: whoever is left out, and some who stand
in the way, look for places together, again and again. Never worse, and nothing is proven.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from itertools import islice

from sync.planning.model.diary import Diary
from sync.planning.model.effort import Effort
from sync.planning.model.grid import Grid
from sync.planning.model.options import Option
from sync.planning.pairs.options import options_on
from sync.planning.placing.choose import Wanted, choose

TURNS_A_SECOND = 0.7
"""turns for each second of the search's effort"""
AT_ONCE = 14
"""visits that are given up and planned anew in a turn"""
WAYS_A_PAIR = 20
WORK_A_TURN = 2.0
"""seconds of an idle core, at most"""


Pair = tuple[int, int]


class Nearby:
    """One search; `held` is the plan so far, and `wanted` what it is to bring."""

    def __init__(
        self, grid: Grid, numbers: Mapping[Pair, int], wanted: Wanted, held: Sequence[Option], effort: Effort
    ) -> None:
        """`numbers` are the walks of all pairs (visitor, host) that can be."""
        self._grid, self._numbers, self._wanted, self._effort = grid, numbers, wanted, effort
        self._edges: dict[int, list[int]] = {}
        for visitor, host in numbers:
            self._edges.setdefault(visitor, []).append(host)
        self.held = list(held)
        self._draw = random.Random(effort.seed)  # ties, not secrets

    def search(self) -> list[Option]:
        """The best that is found."""
        for _ in range(round(TURNS_A_SECOND * self._effort.seconds)):
            if self._effort.stopped or self.missing() <= self._wanted.least_missing:
                break
            self._turn()
        return self.held

    def missing(self) -> int:
        diary = self._booked(self.held)
        visits = sum(max(0, need - diary.visits[p]) for p, need in self._wanted.visits.items())
        return visits + sum(max(0, need - diary.hosted[p]) for p, need in self._wanted.hosted.items())

    def _turn(self) -> None:
        out = self._given_up()
        kept = [option for option in self.held if option not in out]
        diary = self._booked(kept)
        visitors = {option.visitors[0] for option in out} | set(self._short(diary))
        options = [option for visitor in sorted(visitors) for option in self._ways(visitor, diary)]
        small = self._effort.quietly().share(WORK_A_TURN / self._effort.seconds)
        several = list(dict.fromkeys([*sorted(out, key=self.held.index), *options]))
        found = choose(self._grid, several, self._wanted, out, diary, small, first_only=True)
        self.held = [*kept, *(found.options or out)]

    def _given_up(self) -> set[Option]:
        """Visits that stand in the way of somebody who is left out, and others at random."""
        short = self._short(self._booked(self.held))
        who = self._draw.choice(short) if short else -1
        hosts = set(self._edges.get(who, ()))
        near = [option for option in self.held if option.hosts[0] in hosts]
        rest = [option for option in self.held if option.hosts[0] not in hosts]
        some = self._draw.sample(near, min(len(near), AT_ONCE // 2))
        return {*some, *self._draw.sample(rest, min(len(rest), AT_ONCE - len(some)))}

    def _short(self, diary: Diary) -> list[int]:
        return [visitor for visitor in self._edges if diary.visits[visitor] < self._wanted.visits.get(visitor, 0)]

    def _ways(self, visitor: int, diary: Diary) -> list[Option]:
        grid, found = self._grid, list[Option]()
        for host in self._edges[visitor]:
            walk = self._numbers[visitor, host]
            every = (option for day in grid.days for option in options_on(grid, walk, visitor, host, day))
            found += islice(filter(diary.fits, every), WAYS_A_PAIR)
        return found

    def _booked(self, options: Sequence[Option]) -> Diary:
        diary = Diary(self._grid)
        for option in options:
            diary.book(option)
        return diary
