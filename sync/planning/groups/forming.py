"""Groups of three or four who can visit each other in turn: formed where a school has none of its own.

What a good group is, in order: each member can be visited by two of the others and can visit, with as little cover
as can be; wished-for partners are together; specialists of one kind are in different groups; new teachers are with
experienced ones; members come from different grades or departments (see `company`). Groups decide how much cover a
term needs far more than dates do, so this is where the care goes: people change places between groups for as long as
that makes both better together. All of it is counted work; the same school and seed give the same groups.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from sync.planning.groups.company import Company, Groups
from sync.planning.model.effort import Effort
from sync.planning.model.grid import Grid

LOOKS = 20_000_000
"""groups looked at in all; enough for a thousand people to settle"""

MOST_STARTS, PEOPLE_IN_ALL, PAIRS_IN_ALL = 30, 400, 40_000
"""beginnings tried: a small school, where luck weighs most and a beginning costs least, is tried often"""


def sizes(people: int) -> list[int]:
    """Threes and fours for this many people; five stay together, and fewer than three are one small group."""
    if people < 2:
        return []
    groups = -(-people // 4)
    if people < 3 * groups:
        groups = max(1, people // 3)
    return [people // groups + (1 if i < people % groups else 0) for i in range(groups)]


def form(grid: Grid, people: Sequence[int], effort: Effort) -> list[tuple[int, ...]]:
    """Groups of `people`. Wishes with `wish = "partner"` weigh; nobody learns of them from the outcome."""
    many = sizes(len(people))
    if len(many) < 2:
        return [tuple(people)] if many else []
    company = Company(grid, people)
    tries = []
    starts = max(1, PEOPLE_IN_ALL // len(people), PAIRS_IN_ALL // len(people) ** 2)
    for start in range(min(MOST_STARTS, starts)):
        exchange = _Exchange(_dealt(company, many, effort.seed, start), company, effort.seed)
        exchange.run(effort)
        tries.append(exchange)
    best = min(tries, key=lambda exchange: exchange.cost)
    return sorted(tuple(sorted(people[i] for i in group if i < len(people))) for group in best.groups)


def _dealt(company: Company, many: Sequence[int], seed: int, start: int) -> Groups:
    """People dealt out: whoever has the fewest ways to visit is spread over the groups, or (every other start) not."""
    ways = company.ways()
    luck = np.random.default_rng((seed, start)).permutation(len(ways))
    groups = np.full((len(many), max(many)), len(ways), dtype=np.intp)
    seats = [(g, seat) for seat in range(max(many)) for g in range(len(many)) if seat < many[g]]
    order = luck if start % 2 else np.lexsort((luck, ways))
    for (g, seat), person in zip(seats, order, strict=True):
        groups[g, seat] = person
    return groups


class _Exchange:
    """Lets two people change places, always where it helps most, until nobody is better off."""

    def __init__(self, groups: Groups, company: Company, seed: int) -> None:
        self.groups, self._company = groups, company
        self._draw = np.random.default_rng(seed)
        self._taken = groups < len(company.ways())
        self._costs = company.costs(groups)

    @property
    def cost(self) -> int:
        return int(self._costs.sum())

    def run(self, effort: Effort) -> None:
        settled = np.zeros(len(self.groups), dtype=bool)
        looks = 0
        while not settled.all() and looks < LOOKS and not effort.stopped:
            for g in np.lexsort((self._draw.permutation(len(self.groups)), -self._costs)):
                while not effort.stopped and not settled[g]:
                    settled[g] = (other := self._swapped(int(g))) is None
                    looks += 2 * self.groups.shape[1] * self.groups.size
                    if other is not None:
                        settled[other] = False

    def _swapped(self, g: int) -> int | None:
        """Makes the best exchange between group `g` and any other, and says with which; None where none helps."""
        seats = np.flatnonzero(self._taken[g])
        others, places = np.nonzero(self._taken)
        luck = self._draw.permutation(np.flatnonzero(others != g))
        seat = np.repeat(seats, len(luck))
        other, place = np.tile(others[luck], len(seats)), np.tile(places[luck], len(seats))
        every = np.arange(len(seat))
        mine, theirs = np.repeat(self.groups[g][None, :], len(seat), axis=0), self.groups[other]
        mine[every, seat], theirs[every, place] = theirs[every, place], self.groups[g, seat]
        costs = self._company.costs(mine), self._company.costs(theirs)
        gain = costs[0] + costs[1] - self._costs[g] - self._costs[other]
        best = int(gain.argmin())
        if gain[best] >= 0:
            return None
        with_whom = int(other[best])
        self.groups[g], self.groups[with_whom] = mine[best], theirs[best]
        self._costs[g], self._costs[with_whom] = costs[0][best], costs[1][best]
        return with_whom
