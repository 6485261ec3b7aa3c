"""A term of one-to-one visits: who visits whom by matching, when by placing, and together where that falls short."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from sync.planning.model.diary import Diary
from sync.planning.model.effort import Effort
from sync.planning.model.grid import Grid, spread
from sync.planning.model.options import Option
from sync.planning.model.people import Asked, asked, participants
from sync.planning.pairs.even import evened_pairs, least_uneven
from sync.planning.pairs.matching import Matching, match
from sync.planning.pairs.nearby import Nearby
from sync.planning.pairs.options import PairsThatCan, options_on
from sync.planning.placing.choose import LEFT_SHORT, MISSING, Chosen, Wanted, choose
from sync.planning.placing.dates import place
from sync.planning.placing.even import over_even_weeks
from sync.planning.placing.pieces import with_prep_whole

MOST_OPTIONS = 60_000
"""options in one exact model; more would take more time than a term's plan is given"""
DEBRIEFS_TRIED = 12
"""for a visit that would break up somebody's prep"""
FEW_OPTIONS = 6_000
"""options of all pairs that one exact model makes short work of"""


@dataclass(frozen=True)
class PairPlan:
    """The pairs' options, and the most that any plan brings of each count."""

    options: tuple[Option, ...]
    edges: Mapping[int, Sequence[int]]
    """whom each visitor could visit, alone in the world"""
    matching: Matching
    asked: Asked
    wishes: frozenset[tuple[int, int]]
    least_missing: int
    """visits and hosting, together, that are missing in any plan"""
    least_left_short: int
    """people left short in any plan with as few missing, as an exact search has proven it; 0 where none was needed"""
    least_uneven: int
    """visits over an even week's share in any plan with as many visits"""
    complete: bool


def plan_pairs(grid: Grid, effort: Effort) -> PairPlan:
    """The most visits, then the most people hosted, then with both, then wishes, then even weeks."""
    wanted, can = asked(grid), PairsThatCan(grid)
    people = participants(grid)
    reach = {visitor: [host for host in people if can.can(visitor, host)] for visitor in people}
    edges = {visitor: hosts for visitor, hosts in reach.items() if hosts}
    wishes = visit_wishes(grid)
    found = match(edges, wanted, wishes, effort.seed)
    least = _least_missing(wanted, found)
    effort.tell(f"{len(found.pairs)} pairs found; no plan has more than {found.most_visits} visits.")
    walks = list(found.pairs)
    diary = Diary(grid)
    placed = place(grid, range(len(walks)), lambda walk, day: options_on(grid, walk, *walks[walk], day), diary)
    effort.tell(f"{len(placed)} of {len(walks)} pairs have a date.")
    chosen = Chosen(tuple(placed.values()), (), complete=len(placed) == len(walks))
    if not chosen.complete and not effort.stopped:
        chosen = _Search(grid, edges, wanted, wishes, least, effort).run(walks, chosen.options)
    options = evened_pairs(grid, chosen.options, edges, wishes, effort)
    options = with_prep_whole(
        grid, options, lambda o, day: options_on(grid, o.walk, o.visitors[0], o.hosts[0], day, DEBRIEFS_TRIED), effort
    )
    uneven = least_uneven(grid, options, edges, wanted.visit) if over_even_weeks(grid, options) else 0
    return PairPlan(
        options=options,
        edges=edges,
        matching=found,
        asked=wanted,
        wishes=wishes,
        least_missing=max(least, _proven(chosen, MISSING)),
        least_left_short=_proven(chosen, LEFT_SHORT),
        least_uneven=uneven,
        complete=chosen.complete,
    )


def visit_wishes(grid: Grid) -> frozenset[tuple[int, int]]:
    """Wishes to see somebody teach, as (visitor, host)."""
    return frozenset(
        (grid.number[wish.email], grid.number[wish.other])
        for wish in grid.school.wishes
        if wish.wish == "visit" and wish.email in grid.number and wish.other in grid.number
    )


@dataclass
class _Search:
    """The exact searches, for schools and ranges in which one visit after another falls short."""

    grid: Grid
    edges: dict[int, list[int]]
    asked: Asked
    wishes: frozenset[tuple[int, int]]
    least_missing: int
    effort: Effort

    def run(self, walks: list[tuple[int, int]], placed: Sequence[Option]) -> Chosen:
        """The best that is found from what is placed, the gentlest search first."""
        chosen = self.dates_for(walks, placed)
        held = chosen.options or tuple(placed)
        if len(held) == len(walks) or self.effort.stopped:
            return Chosen(held, chosen.goals, chosen.complete)
        filled = self.filled(walks, held)
        numbers = self._numbers(walks)
        if self._ways_in_all(numbers) > FEW_OPTIONS and self.missing(filled) > self.least_missing:
            self.effort.tell(f"{len(filled)} visits have a date; a few at a time are planned anew for more.")
            filled = Nearby(self.grid, numbers, self.wanted, filled, self.effort).search()
        if self.missing(filled) <= self.least_missing:
            return Chosen(tuple(filled))
        return self.everything(numbers, filled)

    def _numbers(self, walks: Sequence[tuple[int, int]]) -> dict[tuple[int, int], int]:
        """The walk of every pair that can be; `walks` keep their numbers."""
        number = {pair: i for i, pair in enumerate(walks)}
        for visitor, hosts in self.edges.items():
            for host in hosts:
                number.setdefault((visitor, host), len(number))
        return number

    def _ways_in_all(self, numbers: dict[tuple[int, int], int]) -> int:
        """The options of all pairs, counted a little beyond `FEW_OPTIONS`."""
        every = (option for pair, number in numbers.items() for option in self._every(number, pair))
        return sum(1 for _ in islice(every, FEW_OPTIONS + 1))

    @property
    def wanted(self) -> Wanted:
        visits = self.grid.goal.visits_per_teacher
        return Wanted(self.asked.visit, self.asked.host, visits, self.wishes, self.least_missing)

    def dates_for(self, walks: Sequence[tuple[int, int]], placed: Sequence[Option]) -> Chosen:
        """The same pairs, their dates chosen together."""
        each = max(8, MOST_OPTIONS // max(1, len(walks)))
        options = _with(placed, (o for walk, pair in enumerate(walks) for o in self._options(walk, pair, each)))
        return choose(self.grid, options, self.wanted, placed, None, self.effort.share(0.2))

    def filled(self, walks: list[tuple[int, int]], held: Sequence[Option]) -> list[Option]:
        """What is held, and for everybody still short of a visit the first colleague who has time: no pair is fixed."""
        diary, filled = Diary(self.grid), list(held)
        for option in held:
            diary.book(option)
        for visitor in sorted(self.edges, key=lambda v: (len(self.edges[v]), v)):
            met = {option.hosts[0] for option in filled if option.visitors[0] == visitor}
            for host in sorted(self.edges[visitor], key=lambda h: (diary.hosted[h], h)):
                if diary.visits[visitor] >= self.asked.visit[visitor]:
                    break
                if host in met:
                    continue
                pair = (visitor, host)
                number = walks.index(pair) if pair in walks else len(walks)
                options = self._every(number, pair)
                fitting = next(filter(diary.fits, options), None)
                if fitting is not None:
                    if number == len(walks):
                        walks.append(pair)
                    diary.book(fitting)
                    filled.append(fitting)
        return filled

    def missing(self, options: Sequence[Option]) -> int:
        """Visits and hosting that these options leave undone."""
        diary = Diary(self.grid)
        for option in options:
            diary.book(option)
        visits = sum(max(0, need - diary.visits[p]) for p, need in self.asked.visit.items())
        return visits + sum(max(0, need - diary.hosted[p]) for p, need in self.asked.host.items())

    def everything(self, number: dict[tuple[int, int], int], start: Sequence[Option]) -> Chosen:
        """Pairs and dates chosen together; a proof only where every option fitted into the model."""
        pairs = self._within_reach(list(number), {(o.visitors[0], o.hosts[0]) for o in start})
        each = max(3, MOST_OPTIONS // max(1, len(pairs)))
        options = _with(start, (o for pair in pairs for o in self._options(number[pair], pair, each)))
        chosen = self._weighed(_with(start, iter(_one_debrief_a_period(options))), start, 0.5)
        held = chosen.options or tuple(start)
        if self.missing(held) > self.least_missing and not self.effort.stopped:
            chosen = self._weighed(options, held, 0.3)
        counted = sum(1 for pair in number for _ in islice(self._every(number[pair], pair), each + 1))
        return Chosen(chosen.options or held, chosen.goals if counted <= len(options) else (), chosen.complete)

    def _weighed(self, options: Sequence[Option], start: Sequence[Option], share: float) -> Chosen:
        self.effort.tell(f"{len(options)} ways to pair and date are weighed together.")
        return choose(self.grid, options, self.wanted, start, None, self.effort.share(share))

    def _within_reach(self, pairs: list[tuple[int, int]], kept: set[tuple[int, int]]) -> list[tuple[int, int]]:
        """All pairs if they fit into one model; else those in use and a fair draw of the others."""
        most = MOST_OPTIONS // 6
        if len(pairs) <= most:
            return pairs
        draw = random.Random(self.effort.seed)  # ties, not secrets
        others = [pair for pair in pairs if pair not in kept]
        return [pair for pair in pairs if pair in kept] + sorted(draw.sample(others, most - len(kept)))

    def _options(self, walk: int, pair: tuple[int, int], most: int) -> list[Option]:
        """Up to `most` options of a pair, from days spread over the range."""
        found: list[Option] = []
        for day in spread(self.grid.days):
            found += islice(options_on(self.grid, walk, *pair, day), most - len(found))
            if len(found) >= most:
                break
        return found

    def _every(self, walk: int, pair: tuple[int, int]) -> Iterator[Option]:
        for day in self.grid.days:
            yield from options_on(self.grid, walk, *pair, day)


def _one_debrief_a_period(options: Sequence[Option]) -> list[Option]:
    """Of the options that differ only by the minute of a debrief within one period, the first: a much smaller model."""
    seen: set[tuple[object, ...]] = set()
    found = []
    for option in options:
        held = option.debrief
        key = (option.walk, option.day, option.period, held and (held.day, held.period))
        if key not in seen:
            seen.add(key)
            found.append(option)
    return found


def _with(kept: Sequence[Option], more: Iterator[Option]) -> list[Option]:
    return list(dict.fromkeys([*kept, *more]))


def _least_missing(wanted: Asked, matching: Matching) -> int:
    """What is missing in any plan, of visits and of hosting together.

    The matching's two counts bound it (they are reached together, see `pairs`); an exact search may prove more.
    """
    asked_for = sum(wanted.visit.values()) + sum(wanted.host.values())
    return asked_for - matching.most_visits - matching.most_hosted


def _proven(chosen: Chosen, goal: str) -> int:
    return max((bound for name, _, bound in chosen.goals if name == goal), default=0)
