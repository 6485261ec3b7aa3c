"""Which options to hold, exactly: the one model in which everything that people share is stated.

Used where placing one walk after another falls short, and for whatever has alternatives: every rule that `diary`
asks one option at a time stands here once for all of them together. Goals are met one after another, each kept
while the next is improved. The search is counted in deterministic work and runs on one worker, so that the answer
depends on nothing but the question and the seed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from typing import Any

from ortools.sat.python import cp_model

from sync.planning.model.diary import Diary
from sync.planning.model.effort import Effort
from sync.planning.model.grid import UNLIMITED, Grid
from sync.planning.model.options import Option, minutes_a_host, uses

MISSING = "visits and hosting missing"
LEFT_SHORT = "people left short"
PROBED_AT_MOST = 2_500
"""options of a model in which trying out variables beforehand pays"""
ATTEMPTS = 3
"""seeds tried for the first goal: the luck of one search is worth more than the patience of another"""


LISTEN_SECONDS = 0.1
WORK_A_SECOND = 0.15
"""the solver's deterministic work in a second of an idle core, measured on models like these, with a margin"""


@dataclass(frozen=True)
class Wanted:
    """What the options are to bring, by person: visits and times hosted; `most_visits` limits a visitor's total."""

    visits: Mapping[int, int]
    hosted: Mapping[int, int]
    most_visits: int = UNLIMITED
    wishes: frozenset[tuple[int, int]] = frozenset()
    least_missing: int = 0
    """visits and hosting that are missing in any plan, as proven elsewhere; the search ends when it gets there"""
    least_left_short: int = 0


@dataclass(frozen=True)
class Chosen:
    """The options to hold, and for each goal in order its name, what is reached and what is proven reachable."""

    options: tuple[Option, ...]
    goals: tuple[tuple[str, int, int], ...] = ()
    complete: bool = True


@dataclass
class _Model:
    cp: cp_model.CpModel = field(default_factory=cp_model.CpModel)
    picked: list[Any] = field(default_factory=list)


def choose(
    grid: Grid,
    options: Sequence[Option],
    wanted: Wanted,
    start: Collection[Option] = (),
    booked: Diary | None = None,
    effort: Effort | None = None,
    *,
    first_only: bool = False,
) -> Chosen:
    """The best selection among `options`, at most one of each walk, beside what is `booked` already.

    `start` is a selection that is known to be possible; the answer is never worse. `first_only` leaves all goals but
    the first, what is missing, aside.
    """
    effort = effort or Effort()
    if booked is not None:
        options = [option for option in options if booked.fits(option)]
    if not options:
        return Chosen(())
    model = _Model()
    model.picked = [model.cp.new_bool_var("") for _ in options]
    _one_a_walk(model, options)
    _one_place_at_a_time(model, grid, options)
    _floors(model, grid, options, booked)
    _caps(model, grid, options, wanted, booked)
    goals = _goals(model, grid, options, wanted, booked)[: 1 if first_only else None]
    known = set(start)
    best = [option in known for option in options]
    reached: list[tuple[str, int, int]] = []
    complete = True
    for i, (name, expression) in enumerate(goals):
        limit = max(0.05, WORK_A_SECOND * effort.seconds * (0.6 if i == 0 else 0.4 / max(1, len(goals) - 1)))
        attempts = ATTEMPTS if i == 0 and limit > 0.5 else 1
        found = None
        for attempt in range(attempts):
            if effort.stopped:
                break
            new = _attempt(model, name, expression, best, limit / attempts, attempt, effort)
            if new is not None and (found is None or new.value <= found.value):
                found, best = new, new.picked
            if new is not None and new.proven:
                break
        if found is None:
            complete = False
            if known and i == 0:
                return Chosen(tuple(start), (), complete=False)
            break
        complete = complete and found.proven
        reached.append((name, found.value, min(found.value, found.bound)))
        effort.tell(_progress(name, found.value, found.bound))
        model.cp.add(expression <= found.value)
    held = tuple(option for option, picked in zip(options, best, strict=True) if picked)
    return Chosen(held, tuple(reached), complete)


@dataclass(frozen=True)
class _Found:
    """What one search has found: which options, the goal's value, and what is proven of it."""

    picked: list[bool]
    value: int
    bound: int
    proven: bool


def _attempt(
    model: _Model, name: str, goal: Any, best: Sequence[bool], limit: float, attempt: int, effort: Effort
) -> _Found | None:
    """One search for a small `goal`, from `best`; None where it ends without any selection."""
    model.cp.minimize(goal)
    model.cp.clear_hints()  # type: ignore[no-untyped-call]
    for variable, picked in zip(model.picked, best, strict=True):
        model.cp.add_hint(variable, picked)
    solver = _solver(limit, effort.seed + attempt, len(model.picked))
    status = _searched(solver, model, name, effort)
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return None
    return _Found(
        [bool(solver.value(variable)) for variable in model.picked],
        round(solver.objective_value),
        _up(solver.best_objective_bound),
        status == cp_model.OPTIMAL,
    )


def _searched(solver: cp_model.CpSolver, model: _Model, name: str, effort: Effort) -> Any:
    """The search's outcome. It runs beside this thread, where Python hears of a Ctrl-C and can end it."""
    with ThreadPoolExecutor(1) as beside:
        search = beside.submit(solver.solve, model.cp, _Heard(name, effort))
        while not wait([search], timeout=LISTEN_SECONDS).done:
            if effort.stopped:
                solver.stop_search()
        return search.result()


class _Heard(cp_model.CpSolverSolutionCallback):
    """Tells each selection that is better than the one before, with what is proven so far."""

    def __init__(self, name: str, effort: Effort) -> None:
        super().__init__()
        self._name, self._effort = name, effort

    def on_solution_callback(self) -> None:
        self._effort.tell(_progress(self._name, round(self.objective_value), _up(self.best_objective_bound)))


def _progress(name: str, value: int, bound: int) -> str:
    gap = 0.0 if value <= bound else (value - bound) / max(1, value)
    return f"{name}: {value}, proven at least {min(value, bound)} (gap {100 * gap:.1f}%)"


def _solver(work: float, seed: int, options: int) -> cp_model.CpSolver:
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = seed
    solver.parameters.max_deterministic_time = work
    solver.parameters.linearization_level = 2  # the relaxation of these models is nearly whole: it finds and proves
    if options > PROBED_AT_MOST:
        solver.parameters.cp_model_probing_level = 0  # which only delays that in a large model
    solver.parameters.symmetry_level = 1
    solver.parameters.catch_sigint_signal = False  # Ctrl-C is the command's, which sets `Effort.stop`
    return solver


def _up(bound: float) -> int:
    return int(-((-bound + 1e-6) // 1)) if bound > 0 else 0


def _one_a_walk(model: _Model, options: Sequence[Option]) -> None:
    walks: dict[int, list[Any]] = defaultdict(list)
    for option, picked in zip(options, model.picked, strict=True):
        walks[option.walk].append(picked)
    for several in walks.values():
        model.cp.add_at_most_one(several)


def _one_place_at_a_time(model: _Model, grid: Grid, options: Sequence[Option]) -> None:
    """Two stretches that meet share the later one's first moment: so asking at every beginning asks everything."""
    stretches: dict[tuple[int, int], list[tuple[int, int, int]]] = defaultdict(list)
    for i, option in enumerate(options):
        for use in uses(grid, option):
            stretches[use.person, use.day].append((use.start, use.end, i))
    for taken in stretches.values():
        seen: set[tuple[int, ...]] = set()
        for moment in sorted({start for start, _, _ in taken}):
            at = tuple(sorted({i for start, end, i in taken if start <= moment < end}))
            if len(at) > 1 and at not in seen:
                seen.add(at)
                model.cp.add_at_most_one(model.picked[i] for i in at)


def _floors(model: _Model, grid: Grid, options: Sequence[Option], booked: Diary | None) -> None:
    daily: dict[tuple[int, int], list[tuple[int, int]]] = defaultdict(list)
    weekly: dict[tuple[int, int], list[tuple[int, int]]] = defaultdict(list)
    for i, option in enumerate(options):
        for use in uses(grid, option):
            if use.prep:
                daily[use.person, use.day].append((i, use.prep))
                weekly[use.person, grid.days[use.day].week].append((i, use.prep))
    for (person, day), taken in daily.items():
        spare = grid.spare(person, grid.days[day]) - (booked.taken_on(person, day) if booked else 0)
        _limit(model, taken, spare)
    for (person, week), taken in weekly.items():
        spare = grid.spare_in_week(person, week) - (booked.taken_in(person, week) if booked else 0)
        _limit(model, taken, spare)


def _limit(model: _Model, taken: Sequence[tuple[int, int]], most: int) -> None:
    if sum(minutes for _, minutes in taken) > most:
        model.cp.add(sum(model.picked[i] * minutes for i, minutes in taken) <= most)


def _caps(model: _Model, grid: Grid, options: Sequence[Option], wanted: Wanted, booked: Diary | None) -> None:
    in_week: dict[tuple[int, int], list[tuple[int, int]]] = defaultdict(list)
    visits: dict[int, list[tuple[int, int]]] = defaultdict(list)
    hosted: dict[int, list[tuple[int, int]]] = defaultdict(list)
    hosted_in_week: dict[tuple[int, int], list[tuple[int, int]]] = defaultdict(list)
    hosted_minutes: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for i, option in enumerate(options):
        for visitor in option.visitors:
            in_week[visitor, grid.days[option.day].week].append((i, 1))
            visits[visitor].append((i, 1))
        for host in option.hosts:
            hosted[host].append((i, 1))
            hosted_in_week[host, grid.days[option.day].week].append((i, 1))
            hosted_minutes[host].append((i, minutes_a_host(grid, option)))
    for (host, week), taken in hosted_in_week.items():
        if grid.agreement.max_hosted_per_week:
            before = booked.hosted_in(host, week) if booked else 0
            _limit(model, taken, grid.agreement.max_hosted_per_week - before)
    for host, taken in hosted_minutes.items():
        _limit(model, taken, grid.hosted_minutes_at_most - (booked.hosted_minutes(host) if booked else 0))
    for (visitor, week), taken in in_week.items():
        if grid.agreement.max_visits_per_week:
            before = booked.visits_in(visitor, week) if booked else 0
            _limit(model, taken, grid.agreement.max_visits_per_week - before)
    for visitor, taken in visits.items():
        _limit(model, taken, wanted.most_visits - (booked.visits[visitor] if booked else 0))
    for host, taken in hosted.items():
        _limit(model, taken, grid.seats - (booked.hosted[host] if booked else 0))


def _goals(
    model: _Model, grid: Grid, options: Sequence[Option], wanted: Wanted, booked: Diary | None
) -> list[tuple[str, Any]]:
    """Goals in their order, each something to make small."""
    visiting: dict[int, list[int]] = defaultdict(list)
    hosting: dict[int, list[int]] = defaultdict(list)
    for i, option in enumerate(options):
        for visitor in option.visitors:
            visiting[visitor].append(i)
        for host in option.hosts:
            hosting[host].append(i)
    short: list[Any] = []
    partly: list[Any] = []
    for person in sorted(set(wanted.visits) | set(wanted.hosted)):
        mine: list[Any] = []
        for asked, ways, had in (
            (wanted.visits, visiting, booked.visits if booked else None),
            (wanted.hosted, hosting, booked.hosted if booked else None),
        ):
            need = asked.get(person, 0) - (had[person] if had else 0)
            if need <= 0:
                continue
            if not ways.get(person):
                mine.append(need)
                continue
            missing = model.cp.new_int_var(0, need, "")
            model.cp.add(sum(model.picked[i] for i in ways[person]) + missing >= need)
            mine.append(missing)
        short += mine
        if len(mine) == 2:
            left_out = model.cp.new_bool_var("")
            most = max(wanted.visits.get(person, 0), wanted.hosted.get(person, 0))
            for missing in mine:
                model.cp.add(missing <= most * left_out)
            partly.append(left_out)
    for least, several in ((wanted.least_missing, short), (wanted.least_left_short, partly)):
        if least and len(several) and not all(isinstance(one, int) for one in several):
            model.cp.add(sum(several) >= least)
    goals: list[tuple[str, Any]] = [(MISSING, sum(short)), (LEFT_SHORT, sum(partly))]
    covers = sum(model.picked[i] * len(option.covered) for i, option in enumerate(options) if option.covered)
    if not isinstance(covers, int):
        goals.append(("cover periods", covers))
    missed = [i for i, option in enumerate(options) if _wish(option, wanted.wishes)]
    if missed:
        goals.append(("wishes unmet", len(wanted.wishes) - sum(model.picked[i] for i in missed)))
    goals.append(("unevenness and trouble", _gentle(model, grid, options, booked)))
    return [goal for goal in goals if not isinstance(goal[1], int)]


def _wish(option: Option, wishes: frozenset[tuple[int, int]]) -> bool:
    return any((visitor, host) in wishes for visitor in option.visitors for host in option.hosts)


def _gentle(model: _Model, grid: Grid, options: Sequence[Option], booked: Diary | None) -> Any:
    """Visits over an even week's share count most, then the trouble an option makes, then lateness."""
    loads: dict[int, list[Any]] = defaultdict(list)
    for option, picked in zip(options, model.picked, strict=True):
        loads[grid.days[option.day].week].append(picked)
    walks = len({option.walk for option in options}) + (sum(booked.in_week.values()) if booked else 0)
    over = []
    for week, load in loads.items():
        much = model.cp.new_int_var(0, len(load), "")
        model.cp.add(sum(load) + (booked.in_week[week] if booked else 0) - grid.even_share(walks, week) <= much)
        over.append(much)
    small = sum(
        picked * (4 * option.trouble + grid.days[option.day].week)
        for option, picked in zip(options, model.picked, strict=True)
    )
    return 100 * sum(over) + small
