"""A term of group walks: groups given or formed, every member hosting in turn, as little cover as can be."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from sync.planning.choose import Progress, Wanted, choose
from sync.planning.dates import place
from sync.planning.diary import Diary
from sync.planning.grid import Day, Grid
from sync.planning.group_options import GroupWalk, options_on, visitors_needed
from sync.planning.groups import Company, form
from sync.planning.options import Option
from sync.planning.pairs import Asked
from sync.planning.people import asked, cover_staff, participants
from sync.planning.plan_pairs import MOST_OPTIONS, spread


@dataclass(frozen=True)
class GroupPlan:
    """The walks' options, the groups, and what no plan of these groups can better."""

    options: tuple[Option, ...]
    walks: tuple[GroupWalk, ...]
    groups: Mapping[str, tuple[int, ...]]
    asked: Asked
    least_missing: int
    least_left_out: int
    least_covers: int
    complete: bool


def plan_groups(grid: Grid, seed: int, work: float, tell: Progress) -> GroupPlan:
    """Everybody visits and hosts, then least cover, then company and even weeks."""
    groups = groups_of(grid, seed)
    tell(f"{len(groups)} groups{'' if grid.school.groups else ' formed'}.")
    wanted = asked(grid)
    walks = tuple(_walks(grid, groups))
    ways = _Ways(grid, walks)
    diary = Diary(grid)
    placed = place(grid, range(len(walks)), ways.on, diary, wanted.visit, ways.needy_of())
    tell(f"{len(placed)} of {len(walks)} walks have a date.")
    options, complete = tuple(placed.values()), True
    missing, out, covers = ways.bounds(wanted, groups)
    if _missing(wanted, options) > missing or sum(len(o.covered) for o in options) > covers:
        each = max(12, MOST_OPTIONS // 3 // max(1, len(walks)))
        every = list(dict.fromkeys([*options, *(o for n in range(len(walks)) for o in ways.some(n, each))]))
        tell(f"{len(every)} ways to hold the walks are weighed together.")
        try:
            chosen = choose(grid, every, Wanted(wanted.visit, wanted.host), options, None, work, seed, tell)
            options, complete = chosen.options or options, chosen.complete
        except KeyboardInterrupt:
            tell("Stopped; the plan so far is kept.")
            complete = False
    if not grid.school.groups:
        missing, out, covers = _whatever_the_groups(grid, wanted, bool(ways.cover))
    if _missing(wanted, options) > missing:
        covers = 0  # only what is held needs cover, and another selection might hold more for less
    return GroupPlan(options, walks, groups, wanted, missing, out, covers, complete)


def groups_of(grid: Grid, seed: int) -> dict[str, tuple[int, ...]]:
    """The school's own groups, as far as their people are teachers; without any, groups that are formed."""
    people = participants(grid)
    if grid.school.groups:
        teachers = set(people)
        named = {
            name: tuple(n for email in members if (n := grid.number[email]) in teachers)
            for name, members in grid.school.groups.items()
        }
        return {name: members for name, members in named.items() if len(members) > 1}
    formed = form(grid, people, seed) if grid.days else []
    return {f"Group {i}": members for i, members in enumerate(formed, start=1)}


def _whatever_the_groups(grid: Grid, wanted: Asked, covered: bool) -> tuple[int, int, int]:
    """What is missing, for how many, and the covers it takes, however groups are formed.

    Somebody who has no two visitors, or nobody to visit, anywhere in the school, goes without, or takes a cover
    each time; one cover may serve one of each sort, so the larger count bounds the covers.
    """
    if not grid.days:
        return 0, 0, 0
    company = Company(grid, participants(grid))
    hosting = {p: 0 if company.can_host(p) else wanted.host[p] for p in wanted.visit}
    visiting = {p: 0 if company.can_visit(p) else need for p, need in wanted.visit.items()}
    if covered:
        able = {p: any(grid.teaching(p, day) for day in grid.days) for p in wanted.visit}
        return 0, 0, max(sum(visiting[p] for p in visiting if able[p]), sum(hosting[p] for p in hosting if able[p]))
    short = [hosting[p] + visiting[p] for p in wanted.visit]
    return sum(short), sum(map(bool, short)), 0


def _walks(grid: Grid, groups: Mapping[str, tuple[int, ...]]) -> Iterator[GroupWalk]:
    goal = grid.goal
    for name, members in groups.items():
        turns = max(goal.hosted_per_teacher, -(-goal.visits_per_teacher // max(1, len(members) - 1)))
        for turn in range(min(turns, grid.seats)):
            for host in members:
                if grid.people[host].open_to_visits:
                    yield GroupWalk(name, members, host, turn)


def _missing(wanted: Asked, options: Sequence[Option]) -> int:
    visits, hosted = Counter[int](), Counter[int]()
    for option in options:
        visits.update(option.visitors)
        hosted.update(option.hosts)
    return sum(max(0, n - visits[p]) for p, n in wanted.visit.items()) + sum(
        max(0, n - hosted[p]) for p, n in wanted.host.items()
    )


class _Ways:
    """The options of a term's walks, and what follows from them one walk or one person at a time."""

    def __init__(self, grid: Grid, walks: Sequence[GroupWalk]) -> None:
        self.grid, self.walks = grid, walks
        self.cover = cover_staff(grid)
        self._needy = frozenset[int]()
        if self.cover:
            able = {person for n in range(len(walks)) for person in self._visitors(n)}
            self._needy = frozenset(p for walk in walks for p in walk.others if p not in able)

    def on(self, number: int, day: Day) -> Iterator[Option]:
        return options_on(self.grid, number, self.walks[number], day, self.cover, self._needy)

    def needy_of(self) -> dict[int, list[int]]:
        """By walk, the members who can only come if somebody takes their class."""
        return {n: [p for p in walk.others if p in self._needy] for n, walk in enumerate(self.walks)}

    def _visitors(self, number: int) -> set[int]:
        days = spread(self.grid.days)[: 4 * len(self.grid.patterns(0))]
        found = (o for day in days for o in options_on(self.grid, number, self.walks[number], day, ()))
        return {visitor for option in found for visitor in option.visitors}

    def some(self, number: int, most: int) -> list[Option]:
        """Up to `most` options of a walk, from days spread over the range."""
        found: list[Option] = []
        for day in spread(self.grid.days):
            that_day = list(self.on(number, day))
            found += [option for option in that_day if not option.covered][: max(4, most // 8)]
            found += [option for option in that_day if option.covered][:4]
            if len(found) >= most:
                break
        return found[:most]

    def bounds(self, wanted: Asked, groups: Mapping[str, Sequence[int]]) -> tuple[int, int, int]:
        """What is missing, who is left out and how many covers it takes in any plan of these groups.

        Each walk and each person is asked alone, on every day there is; what they share can only make it worse. A
        group's visits in a week are limited too, and each walk takes some.
        """
        visiting, hosting, covers = Counter[int](), Counter[int](), 0
        for number, walk in enumerate(self.walks):
            fewest: int | None = None
            people: set[int] = set()
            for day in self.grid.days:
                for option in self.on(number, day):
                    people.update(option.visitors)
                    fewest = len(option.covered) if fewest is None else min(fewest, len(option.covered))
                if fewest == 0 and len(people) == len(walk.others):
                    break
            if fewest is not None:
                hosting[walk.host] += 1
                visiting.update(people)
                covers += fewest
        short = {p: max(0, wanted.visit[p] - visiting[p]) + max(0, wanted.host[p] - hosting[p]) for p in wanted.visit}
        return max(sum(short.values()), self._crowded(wanted, groups)), sum(map(bool, short.values())), covers

    def _crowded(self, wanted: Asked, groups: Mapping[str, Sequence[int]]) -> int:
        """Hosting that the weekly cap alone leaves no visitors for."""
        cap = self.grid.agreement.max_visits_per_week
        if not cap:
            return 0
        missing = 0
        for members in groups.values():
            walks = len(members) * cap * self.grid.weeks // visitors_needed(members)
            missing += max(0, sum(wanted.host[m] for m in members) - walks)
        return missing
