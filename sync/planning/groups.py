"""Groups of three or four who can visit each other in turn: formed where a school has none of its own.

What a good group is, in order: each member can be visited by at least two of the others without cover, and can
visit; wished-for partners are together; members come from different grades or departments. Groups decide how
much cover a term needs far more than dates do, so this is where the care goes: the person with the least prep
chooses company first, then people change places between groups for as long as that makes both better together.
All of it is counted work; the same school and seed give the same groups.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from itertools import combinations, permutations

from sync.core.agreement import DebriefRule
from sync.planning.debriefs import DAYS_LATER, meetings
from sync.planning.grid import Day, Grid, bits

IMPOSSIBLE = 1_000
WISHED = 30
ALIKE = 2
FEW = 5
TRIES = 30_000
"""exchanges weighed; enough for 300 people to settle"""


def sizes(people: int) -> list[int]:
    """Threes and fours for this many people; five stay together, and fewer than three are one small group."""
    if people < 2:
        return []
    groups = -(-people // 4)
    if people < 3 * groups:
        groups = max(1, people // 3)
    return [people // groups + (1 if i < people % groups else 0) for i in range(groups)]


def form(grid: Grid, people: Sequence[int], seed: int) -> list[tuple[int, ...]]:
    """Groups of `people`. Wishes with `wish = "partner"` weigh; nobody learns of them from the outcome."""
    company = Company(grid, people)
    left = sorted(people, key=lambda person: (company.ways[person], person))
    groups: list[list[int]] = []
    for size in sizes(len(people)):
        group = [left.pop(0)]
        while len(group) < size:
            best = min(left, key=lambda person: (company.cost((*group, person)), person))
            left.remove(best)
            group.append(best)
        groups.append(group)
    _exchange(groups, company.cost, seed)
    return sorted(tuple(sorted(group)) for group in groups)


def _exchange(groups: list[list[int]], cost: Callable[[Sequence[int]], int], seed: int) -> None:
    """Lets people of costly groups change places with anybody, as long as that helps."""
    draw = random.Random(seed)
    costs = [cost(group) for group in groups]
    tries, better = TRIES, True
    while better and tries > 0:
        better = False
        order = sorted(range(len(groups)), key=lambda g: (-costs[g], g))
        for g in order:
            if costs[g] <= 0:
                break
            others = [o for o in order if o != g]
            draw.shuffle(others)
            for o in others:
                if tries <= 0:
                    return
                tries -= len(groups[g]) * len(groups[o])
                better = _best_swap(groups, costs, g, o, cost) or better


def _best_swap(groups: list[list[int]], costs: list[int], g: int, o: int, cost: Callable[[Sequence[int]], int]) -> bool:
    now, best = costs[g] + costs[o], None
    for i, mine in enumerate(groups[g]):
        for j, theirs in enumerate(groups[o]):
            one, other = [*groups[g]], [*groups[o]]
            one[i], other[j] = theirs, mine
            new = (cost(one), cost(other))
            if sum(new) < now:
                now, best = sum(new), (one, other, new)
    if best is None:
        return False
    groups[g], groups[o], (costs[g], costs[o]) = best
    return True


class Company:
    """Who could walk together; masks run over one day of every type, so a look at a group is a handful of steps."""

    def __init__(self, grid: Grid, people: Sequence[int]) -> None:
        self._grid = grid
        goal = grid.goal
        self._debrief_in_prep = goal.debrief is not DebriefRule.NONE and not goal.debrief_outside_hours
        later = DAYS_LATER[goal.debrief] if self._debrief_in_prep else 0
        days = grid.patterns(later)
        self._people = list(people)
        self._prep = {p: _joined([(grid.visiting(p, d), len(d.names)) for d in days]) for p in people}
        self._hosting = {p: _joined([(grid.hosting(p, d), len(d.names)) for d in days]) for p in people}
        self._runs = [grid.days[day.index : day.index + later + 1] for day in days]
        self._trios: dict[tuple[int, int, int], int] = {}
        self.ways = {p: self._prep[p].bit_count() for p in people}
        self._together = {
            frozenset((grid.number[wish.email], grid.number[wish.other]))
            for wish in grid.school.wishes
            if wish.wish == "partner" and wish.email in grid.number and wish.other in grid.number
        }

    def cost(self, group: Sequence[int]) -> int:
        """What is wrong with this group: 0 is good, less is better."""
        cost = 0
        for host in group:
            others = [member for member in group if member != host]
            if len(others) > 1 and self._hosting[host]:
                ways = self.ways_to_visit(host, others)
                cost += IMPOSSIBLE if not ways else FEW if ways < 3 else 0
            if self._prep[host] and not self._sees_somebody(host, others):
                cost += IMPOSSIBLE
        for one, other in combinations(group, 2):
            cost -= WISHED if frozenset((one, other)) in self._together else 0
            cost += ALIKE if self._alike(one, other) else 0
        return cost

    def ways_to_visit(self, host: int, others: Sequence[int]) -> int:
        """Periods of the cycle in which at least two of the others can visit, counting up to three."""
        if self._debrief_in_prep:
            ways = 0
            for one, other in combinations(others, 2):
                ways += self._trio(host, one, other)
                if ways >= 3:
                    break
            return ways
        some, two = 0, 0
        for other in others:
            two |= some & self._prep[other]
            some |= self._prep[other]
        return (self._hosting[host] & two).bit_count()

    def _sees_somebody(self, person: int, others: Sequence[int]) -> bool:
        """Whether this person can visit one of the others, with company where there is any."""
        if self._debrief_in_prep and len(others) > 1:
            return any(self._trio(host, person, other) for host, other in permutations(others, 2))
        return any(self._prep[person] & self._hosting[other] for other in others)

    def can_host(self, host: int) -> bool:
        """Whether any two colleagues at all could visit."""
        return bool(self.ways_to_visit(host, [p for p in self._people if p != host]))

    def can_visit(self, person: int) -> bool:
        return any(self._prep[person] & self._hosting[other] for other in self._people if other != person)

    def _trio(self, host: int, one: int, other: int) -> int:
        """Days on which these two can visit and all three have prep in time to talk it over."""
        key = (host, min(one, other), max(one, other))
        if key not in self._trios:
            self._trios[key] = sum(self._meets(run, *key) for run in self._runs)
        return self._trios[key]

    def _meets(self, run: Sequence[Day], host: int, one: int, other: int) -> bool:
        grid, day = self._grid, run[0]
        both = grid.hosting(host, day) & grid.visiting(one, day) & grid.visiting(other, day)
        for period in bits(both):
            given = dict.fromkeys((one, other), day.minutes(period))
            if next(meetings(grid, (host, one, other), day, day.ends[period], given), None) is not None:
                return True
        return False

    def _alike(self, one: int, other: int) -> bool:
        """Same department and, as far as both have grades, a grade in common."""
        a, b = self._grid.people[one], self._grid.people[other]
        grades = not a.grades or not b.grades or bool(set(a.grades) & set(b.grades))
        return bool(set(a.departments) & set(b.departments)) and grades


def _joined(masks: Sequence[tuple[int, int]]) -> int:
    whole, shift = 0, 0
    for mask, width in masks:
        whole |= mask << shift
        shift += width
    return whole
