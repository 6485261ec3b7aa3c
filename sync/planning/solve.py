"""From a request to a plan: the one door of this room."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from threading import Event

from sync.core.school.agreement import Kind
from sync.planning.groups.options import VISITORS_AT_MOST
from sync.planning.groups.plan import plan_groups
from sync.planning.model.effort import Effort, Progress, silent
from sync.planning.model.grid import Grid
from sync.planning.model.options import Option
from sync.planning.model.people import Asked, asked, participants, tally
from sync.planning.pairs.matching import Matching
from sync.planning.pairs.plan import plan_pairs
from sync.planning.pairs.seating import Seating
from sync.planning.placing.choose import MISSING
from sync.planning.placing.even import over_even_weeks
from sync.planning.problem import Plan, Request, Row, Term, Unplaced
from sync.planning.routes import plan_routes
from sync.planning.rows import rows
from sync.planning.why.again import VISIT, Again
from sync.planning.why.explain import HOST, Explainer

Clock = Callable[[], float]


def solve(
    request: Request, tell: Progress = silent, clock: Clock = time.perf_counter, stop: Event | None = None
) -> Plan:
    """The best plan that was found for this term, with what is proven about it.

    Never fails for want of a solution: whoever cannot be placed is named with the reason, and a plan may be empty.
    Once `stop` is set, from anywhere, the best plan so far is the answer.
    """
    began = clock()
    grid = Grid(request.school, request.first, request.last, request.already, request.doors)
    effort = Effort(request.seconds, request.seed, tell, stop or Event())
    plan = _PLANNERS[grid.goal.kind](grid, effort)
    return replace(plan, seconds=clock() - began)


def _pairs(grid: Grid, effort: Effort) -> Plan:
    found = plan_pairs(grid, effort)
    visits, hosted = tally(found.options)
    needs, most = found.asked, found.matching
    missing = unmet(needs.visit, visits) + unmet(needs.host, hosted)
    left_out = max(found.least_left_short, _least_left_out(needs, most))
    terms = weighed(
        [
            (MISSING, missing, found.least_missing),
            ("people not placed", _short_people(needs, visits, hosted), left_out),
            ("cover periods", 0, 0),
            ("wishes unmet", *_wishes(found.options, found.wishes, most.most_wishes)),
            ("visits over an even week", over_even_weeks(grid, found.options), found.least_uneven),
        ]
    )
    searched = found.complete or terms[0].value == terms[0].bound
    explainer = Explainer(grid, participants(grid), seating=Seating(found.edges, most.pairs, needs))
    return finished(grid, effort, found.options, rows(grid, found.options), terms, searched, explainer)


def _groups(grid: Grid, effort: Effort) -> Plan:
    found = plan_groups(grid, effort)
    visits, hosted = tally(found.options)
    needs = found.asked
    seats = sum(min(len(found.walks[o.walk].others), VISITORS_AT_MOST) for o in found.options)
    terms = weighed(
        [
            (MISSING, unmet(needs.visit, visits) + unmet(needs.host, hosted), found.least.missing),
            ("people not placed", _short_people(needs, visits, hosted), found.least.left_out),
            ("cover periods", sum(len(o.covered) for o in found.options), found.least.covers),
            ("walks over an even week", over_even_weeks(grid, found.options), 0),
        ]
    )
    terms.append(Term("members away", seats - sum(len(o.visitors) for o in found.options), None, 0))
    if found.wishes_unmet is not None:
        terms.append(Term("partner wishes unmet", found.wishes_unmet, None, 0))
    names = {number: walk.group for number, walk in enumerate(found.walks)}
    again = Again(grid, found.options, lambda *changed: plan_groups(*changed).options, effort, found.groups)
    explainer = Explainer(grid, participants(grid), list(found.groups.values()), again=again)
    searched = found.complete or terms[0].value == terms[0].bound
    return finished(grid, effort, found.options, rows(grid, found.options, names), terms, searched, explainer)


def _routes(grid: Grid, effort: Effort) -> Plan:
    found = plan_routes(grid, effort)
    visits, hosted = tally(found.options)
    needs = found.asked
    terms = weighed(
        [
            (MISSING, unmet(needs.visit, visits) + unmet(needs.host, hosted), found.least_missing),
            ("people not placed", _short_people(needs, visits, hosted), found.least_left_out),
            ("cover periods", 0, 0),
        ]
    )
    searched = terms[0].value == terms[0].bound
    again = Again(grid, found.options, lambda *changed: plan_routes(*changed).options, effort)
    explainer = Explainer(grid, participants(grid), again=again)
    return finished(grid, effort, found.options, rows(grid, found.options), terms, searched, explainer)


def finished(
    grid: Grid,
    effort: Effort,
    options: Sequence[Option],
    written: Sequence[Row],
    terms: Sequence[Term],
    searched_all: bool,
    explainer: Explainer,
) -> Plan:
    """The plan with everybody who is left out, and why."""
    visits, hosted = tally(options)
    needs, people = asked(grid), participants(grid)
    unplaced = []
    for person in people:
        missing = [
            part
            for part, need, had in ((VISIT, needs.visit, visits), (HOST, needs.host, hosted))
            if had[person] < need[person]
        ]
        if missing:
            why = explainer.why(person, missing, searched_all)
            unplaced.append(Unplaced(grid.people[person].email, why, tuple(missing), visits[person], hosted[person]))
    return Plan(
        rows=tuple(written),
        placed=len(people) - len(unplaced),
        people=len(people),
        unplaced=tuple(unplaced),
        terms=tuple(terms),
        notes=tuple(_notes(grid, people)),
        walks=len(options),
        covers=sum(len(option.covered) for option in options),
        kind=grid.goal.kind.value,
        seed=effort.seed,
        seconds=0.0,
        visiting=sum(visits[person] >= needs.visit[person] for person in people),
        hosted=sum(hosted[person] >= needs.host[person] for person in people),
        complete=searched_all,
    )


def weighed(goals: Sequence[tuple[str, int, int]]) -> list[Term]:
    """Terms with weights such that one unit of a goal outweighs everything below it."""
    terms: list[Term] = []
    weight = 1
    for name, value, bound in reversed(goals):
        terms.insert(0, Term(name, value, min(value, bound), weight))
        weight *= max(value, 1) + 1
    return terms


def unmet(needs: Mapping[int, int], had: Counter[int]) -> int:
    """How much of what is asked is missing, over all people."""
    return sum(max(0, need - had[person]) for person, need in needs.items())


def _least_left_out(needs: Asked, most: Matching) -> int:
    """People for whom something is missing in any plan: at best all but those who can have both, and no fewer than
    the visits, or the hosting, missing in any plan, shared out by what one person is asked for."""
    both = sum(bool(need and needs.host[p]) for p, need in needs.visit.items())
    least = [0, both - most.most_both]
    for need, brought in ((needs.visit, most.most_visits), (needs.host, most.most_hosted)):
        missing = sum(need.values()) - brought
        least.append(-(-missing // max([1, *need.values()])))
    return max(least)


def _short_people(needs: Asked, visits: Counter[int], hosted: Counter[int]) -> int:
    return sum(visits[p] < need or hosted[p] < needs.host[p] for p, need in needs.visit.items())


def _wishes(options: Sequence[Option], wishes: frozenset[tuple[int, int]], most: int) -> tuple[int, int]:
    met = {(visitor, host) for o in options for visitor in o.visitors for host in o.hosts} & wishes
    return len(wishes) - len(met), len(wishes) - most


def _notes(grid: Grid, people: Sequence[int]) -> list[str]:
    notes = []
    if not grid.days:
        notes.append("There is no school day in this range; check the dates and days.csv.")
    closed = [grid.people[p].name for p in people if not grid.people[p].open_to_visits]
    if closed:
        notes.append(f"Not hosting by their own choice: {', '.join(closed)}.")
    if not people:
        notes.append("Nobody on the staff list has the role teacher.")
    return notes


_PLANNERS: dict[Kind, Callable[[Grid, Effort], Plan]] = {
    Kind.PAIR: _pairs,
    Kind.GROUP: _groups,
    Kind.LEARNING: _routes,
    Kind.INQUIRY: _routes,
}
