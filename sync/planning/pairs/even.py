"""Even weeks for pairs: where dates alone do not do it, two visitors change hosts, or their bound is proven.

A school whose long days come round every other week can talk visits over only then; who visits whom decides how many
visits need those weeks.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import permutations

from ortools.graph.python import max_flow

from sync.planning.model.diary import Diary
from sync.planning.model.effort import Effort
from sync.planning.model.grid import Day, Grid
from sync.planning.model.options import Option
from sync.planning.pairs.options import options_on
from sync.planning.placing.even import evened

LOOKS = 4_000
"""changes of hosts that are looked at; more would take longer than even weeks are worth"""
Pair = tuple[int, int]


def evened_pairs(
    grid: Grid,
    options: Sequence[Option],
    edges: Mapping[int, Sequence[int]],
    wishes: frozenset[Pair],
    effort: Effort,
) -> tuple[Option, ...]:
    """As many visits, made and received by the same people, with as many wishes met, in weeks as even as they get."""
    diary, pairs = Diary(grid), {option.walk: (option.visitors[0], option.hosts[0]) for option in options}
    for option in options:
        diary.book(option)
    held = evened(grid, options, lambda walk, day: options_on(grid, walk, *pairs[walk], day), diary, effort)
    work = _Exchange(grid, list(held), {v: set(hosts) for v, hosts in edges.items()}, wishes, diary)
    while not effort.stopped and work.one_exchange():
        pass
    return tuple(work.held)


@dataclass
class _Exchange:
    grid: Grid
    held: list[Option]
    reach: dict[int, set[int]]
    wishes: frozenset[Pair]
    diary: Diary
    looks: int = LOOKS

    def one_exchange(self) -> bool:
        """Two visitors change hosts so that one visit fewer is in a week with too many."""
        full = {week for week in range(self.grid.weeks) if self._room(week) < 0}
        crowded = [i for i, option in enumerate(self.held) if self._week(option) in full]
        return any(self._exchanged(i, j) for i in crowded for j in range(len(self.held)) if j != i)

    def _exchanged(self, i: int, j: int) -> bool:
        (one, first), (other, second) = ((o.visitors[0], o.hosts[0]) for o in (self.held[i], self.held[j]))
        apart = first != second and one != second and other != first
        if not apart or second not in self.reach[one] or first not in self.reach[other] or self.looks <= 0:
            return False
        met = {(option.visitors[0], option.hosts[0]) for option in self.held}
        lost = len({(one, first), (other, second)} & self.wishes) - len({(one, second), (other, first)} & self.wishes)
        if lost > 0 or (one, second) in met or (other, first) in met:
            return False
        self.looks -= 1
        was = self.held[i], self.held[j]
        for option in was:
            self.diary.unbook(option)
        changes = ((i, one, second), (j, other, first))
        if any(self._placed(order) for order in permutations(changes)):
            return True
        for option in was:
            self.diary.book(option)
        return False

    def _placed(self, changes: Sequence[tuple[int, int, int]]) -> bool:
        """Books each new pair in a week with room; all or none."""
        booked: list[tuple[int, Option]] = []
        for i, visitor, host in changes:
            option = next(filter(self.diary.fits, self._ways(self.held[i].walk, visitor, host)), None)
            if option is None:
                break
            self.diary.book(option)
            booked.append((i, option))
        if len(booked) < len(changes):
            for _, option in booked:
                self.diary.unbook(option)
            return False
        for i, option in booked:
            self.held[i] = option
        return True

    def _ways(self, walk: int, visitor: int, host: int) -> Iterator[Option]:
        roomy = {week for week in range(self.grid.weeks) if self._room(week) > 0}
        return (
            o for day in self.grid.days if day.week in roomy for o in options_on(self.grid, walk, visitor, host, day)
        )

    def _room(self, week: int) -> int:
        return self.grid.even_share(len(self.held), week) - self.diary.in_week[week]

    def _week(self, option: Option) -> int:
        return self.grid.days[option.day].week


def least_uneven(
    grid: Grid, options: Sequence[Option], edges: Mapping[int, Sequence[int]], visits: Mapping[int, int]
) -> int:
    """Visits over an even week's share in any plan with as many: those that find no week with room for their visitor.

    `visits` is how many each person is asked for. Hosts, and the other visits of a day, are left out of account, so
    the truth may be more.
    """
    flow, weeks = max_flow.SimpleMaxFlow(), grid.weeks
    source, sink = weeks + len(edges), weeks + len(edges) + 1
    for week in range(weeks):
        flow.add_arc_with_capacity(week, sink, grid.even_share(len(options), week))
    for node, (visitor, hosts) in enumerate(sorted(edges.items()), start=weeks):
        flow.add_arc_with_capacity(source, node, visits[visitor])
        for week in {day.week for day in grid.days if _could(grid, visitor, hosts, day)}:
            flow.add_arc_with_capacity(node, week, grid.agreement.max_visits_per_week or len(options))
    flow.solve(source, sink)
    return max(0, len(options) - int(flow.optimal_flow()))


def _could(grid: Grid, visitor: int, hosts: Sequence[int], day: Day) -> bool:
    return any(next(options_on(grid, 0, visitor, host, day, 1), None) is not None for host in hosts)
