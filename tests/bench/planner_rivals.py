"""Other ways to plan a term, on the same options and for the same objective: what the planner is measured against.

First-fit is what a person does by hand: down the staff list, the first day that suits. Best-fit greedy takes for
everybody in turn, the scarcest first, the best partner or group and the date that costs least. The naive model
gives one CP-SAT search every option of every walk on every date at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from sync.core.school.agreement import Kind
from sync.planning.groups.company import Company
from sync.planning.groups.forming import sizes
from sync.planning.groups.options import GroupWalk
from sync.planning.groups.ways import GroupWays
from sync.planning.model.diary import Diary
from sync.planning.model.effort import Effort
from sync.planning.model.grid import Grid
from sync.planning.model.options import Option
from sync.planning.model.people import asked, participants, tally
from sync.planning.pairs.options import options_on
from sync.planning.pairs.plan import visit_wishes
from sync.planning.placing.choose import Wanted, choose
from sync.planning.placing.dates import place
from sync.planning.placing.even import over_even_weeks
from sync.planning.solve import unmet

MISSING, LEFT_OUT, COVER, WISH, UNEVEN = 1_000, 100, 45, 15, 5
NAIVE_AT_MOST = 80_000
"""options of the naive model; with more it is not even built in the time it has"""


@dataclass(frozen=True)
class Quality:
    """A plan in the terms of the objective, and as one number."""

    missing: int
    left_out: int
    """people for whom something is missing"""
    covers: int
    wishes_unmet: int
    uneven: int

    @property
    def cost(self) -> int:
        wished = WISH * self.wishes_unmet + UNEVEN * self.uneven
        return MISSING * self.missing + LEFT_OUT * self.left_out + COVER * self.covers + wished


def quality(grid: Grid, options: Sequence[Option]) -> Quality:
    """What these options come to. Wishes count for pairs; who shares a group is not in the options."""
    visits, hosted = tally(options)
    wanted = asked(grid)
    wishes = visit_wishes(grid) if grid.goal.kind is Kind.PAIR else frozenset[tuple[int, int]]()
    met = {(visitor, host) for o in options for visitor in o.visitors for host in o.hosts}
    return Quality(
        unmet(wanted.visit, visits) + unmet(wanted.host, hosted),
        sum(visits[p] < need or hosted[p] < wanted.host[p] for p, need in wanted.visit.items()),
        sum(len(option.covered) for option in options),
        len(wishes - met),
        over_even_weeks(grid, options),
    )


def first_fit(grid: Grid) -> list[Option]:
    """Down the staff list: the first day and the first colleague, or groups of four as they stand there."""
    diary, held = Diary(grid), list[Option]()
    several = _pairs_in_turn(grid, diary) if grid.goal.kind is Kind.PAIR else _walks_in_turn(grid)
    for options in several:
        fitting = next(filter(diary.fits, options), None)
        if fitting is not None:
            diary.book(fitting)
            held.append(fitting)
    return held


def _pairs_in_turn(grid: Grid, diary: Diary) -> Iterator[Iterable[Option]]:
    people, wanted = participants(grid), asked(grid)
    for visitor in people:
        for _ in range(wanted.visit[visitor]):
            hosts = sorted((p for p in people if p != visitor), key=lambda p: diary.hosted[p] > 0)
            yield (o for day in grid.days for host in hosts for o in options_on(grid, 0, visitor, host, day))


def _walks_in_turn(grid: Grid) -> Iterator[Iterable[Option]]:
    people, start, groups = participants(grid), 0, []
    for size in sizes(len(people)):
        groups.append(tuple(people[start : start + size]))
        start += size
    ways = GroupWays(grid, _walks(grid, groups))
    for number in range(len(ways.walks)):
        yield (option for day in grid.days for option in ways.on(number, day))


def best_fit(grid: Grid, seed: int) -> list[Option]:
    """The scarcest first, each with the best that is left."""
    del seed  # nothing is left to luck
    if grid.goal.kind is Kind.PAIR:
        return _best_pairs(grid)
    ways = GroupWays(grid, _walks(grid, _best_groups(grid)))
    return list(place(grid, range(len(ways.walks)), ways.on, Diary(grid), asked(grid).visit).values())


def _best_pairs(grid: Grid) -> list[Option]:
    """Whoever has the fewest colleagues to visit chooses first: one nobody has visited, a wished one, an even week."""
    people, wishes, wanted, diary = participants(grid), visit_wishes(grid), asked(grid), Diary(grid)
    ways = {p: sum(grid.visiting(p, day).bit_count() for day in grid.days) for p in people}
    held = []
    for visitor in sorted(people, key=lambda p: (ways[p], p)):
        for _ in range(wanted.visit[visitor]):
            hosts = sorted(
                (p for p in people if p != visitor and diary.hosted[p] < grid.seats),
                key=lambda h: (diary.hosted[h] >= wanted.host[h], (visitor, h) not in wishes, diary.hosted[h], h),
            )
            days = sorted(grid.days, key=lambda day: (diary.in_week[day.week], day.index))
            options = (o for host in hosts for day in days for o in options_on(grid, 0, visitor, host, day))
            fitting = next(filter(diary.fits, options), None)
            if fitting is not None:
                diary.book(fitting)
                held.append(fitting)
    return held


def _best_groups(grid: Grid) -> list[tuple[int, ...]]:
    """Whoever has the fewest ways to visit chooses company first, each time the person who makes the group best."""
    people = participants(grid)
    company, nobody = Company(grid, people), len(people)
    left = [int(i) for i in np.lexsort((np.arange(nobody), company.ways()))]
    groups = []
    for size in sizes(nobody):
        group = [left.pop(0)]
        while len(group) < size:
            trial = np.array([[*group, one, *[nobody] * (size - len(group) - 1)] for one in left])
            group.append(left.pop(int(company.costs(trial).argmin())))
        groups.append(tuple(people[i] for i in group))
    return groups


def _walks(grid: Grid, groups: Sequence[Sequence[int]]) -> list[GroupWalk]:
    return [
        GroupWalk(f"Group {i}", tuple(sorted(members)), host)
        for i, members in enumerate(groups, start=1)
        for host in sorted(members)
        if grid.people[host].open_to_visits
    ]


def naive(grid: Grid, seconds: float, seed: int) -> list[Option] | None:
    """Every option on every date in one model; None where it is too large to build.

    Groups are those of best-fit greedy: with groups left open as well, the model cannot be built at 60 people.
    """
    options = list[Option]()
    for option in _all_options(grid):
        options.append(option)
        if len(options) > NAIVE_AT_MOST:
            return None
    wanted = asked(grid)
    wishes = visit_wishes(grid) if grid.goal.kind is Kind.PAIR else frozenset[tuple[int, int]]()
    most = grid.goal.visits_per_teacher if grid.goal.kind is Kind.PAIR else len(grid.days)
    return list(
        choose(grid, options, Wanted(wanted.visit, wanted.host, most, wishes), effort=Effort(seconds, seed)).options
    )


def _all_options(grid: Grid) -> Iterator[Option]:
    if grid.goal.kind is Kind.PAIR:
        people = participants(grid)
        pairs = [(v, h) for v in people for h in people if v != h]
        for number, (visitor, host) in enumerate(pairs):
            for day in grid.days:
                yield from options_on(grid, number, visitor, host, day)
        return
    ways = GroupWays(grid, _walks(grid, _best_groups(grid)))
    for number in range(len(ways.walks)):
        for day in grid.days:
            yield from ways.on(number, day)
