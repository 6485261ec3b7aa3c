"""How good and how fast: terms of made-up schools, planned by us and by the others of `planner_rivals`.

Sizes 20 to 1,000 teachers on one campus, and a district of 40 schools with 3,060; three seeds each. Every plan is
made in a process of its own, so that its memory is its own; the district uses two at a time. A benchmark and no
test: nothing in the test run asks how long anything takes. `DOWNTHEHALL_BENCH_SIZES=20,60` measures only these.
"""

from __future__ import annotations

import os
import random
import resource
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict
from multiprocessing import get_context

from sync.core.school.agreement import Kind
from sync.planning.check import broken_rules
from sync.planning.model.grid import Grid
from sync.planning.model.options import Option
from sync.planning.problem import Plan, Request
from sync.planning.solve import solve
from tests.bench.planner_rivals import COVER, LEFT_OUT, MISSING, UNEVEN, WISH, best_fit, first_fit, naive, quality
from tests.bench.registry import Figures, bench
from tests.planning.sample import sample_school

SEEDS = (1, 2, 3)
SIZES = (20, 60, 120, 300, 1000)
NAIVE_SECONDS = 20.0
DISTRICT = 3060
WEIGHTS = {
    "visits and hosting missing": MISSING,
    "people not placed": LEFT_OUT,
    "cover periods": COVER,
    "wishes unmet": WISH,
    "visits over an even week": UNEVEN,
    "walks over an even week": UNEVEN,
}


def ours(kind: Kind, teachers: int, seed: int) -> Figures:
    """Our plan of one school: its cost and bound, what is proven, and whether the check finds it valid."""
    school = sample_school(teachers, seed, kind)
    first, last = min(school.days), max(school.days)
    began, worked = time.perf_counter(), time.process_time()
    plan = solve(Request(school, first, last, seed=seed))
    seconds, worked = time.perf_counter() - began, time.process_time() - worked
    broken = broken_rules(school, [asdict(row) for row in plan.rows], first, last)
    cost, bound = _weighed(plan)
    return {
        "cost": cost,
        "bound": bound,
        "gap": round((cost - bound) / max(1, cost), 4),
        "seconds": round(seconds, 2),
        "cpu seconds": round(worked, 2),
        "terms": {term.name: [term.value, term.bound] for term in plan.terms},
        "placed": f"{plan.placed} of {plan.people}",
        "broken rules": len(broken),
        "mb": _peak(),
    }


def _weighed(plan: Plan) -> tuple[int, int]:
    """Cost and bound with the weights that all are measured by; what nobody can better is in both."""
    terms = [(WEIGHTS[term.name], term) for term in plan.terms if term.name in WEIGHTS]
    return sum(w * t.value for w, t in terms), sum(w * (t.bound or 0) for w, t in terms)


def rival(name: str, kind: Kind, teachers: int, seed: int) -> Figures:
    """The same of one of the others; `gave up` where it could not build, or not solve, its model."""
    school = sample_school(teachers, seed, kind)
    grid = Grid(school, min(school.days), max(school.days))
    ways: dict[str, Callable[[], list[Option] | None]] = {
        "first-fit": lambda: first_fit(grid),
        "best-fit greedy": lambda: best_fit(grid, seed),
        "naive CP-SAT": lambda: naive(grid, NAIVE_SECONDS, seed),
    }
    began = time.process_time()
    options = ways[name]()
    seconds = round(time.process_time() - began, 2)
    if not options:
        return {"gave up": "too many options" if options is None else "no plan in its time", "cpu seconds": seconds}
    found = quality(grid, options)
    return {"cost": found.cost, **asdict(found), "cpu seconds": seconds, "mb": _peak()}


def district(kind: Kind, seed: int) -> Figures:
    """Forty schools, two at a time."""
    began = time.perf_counter()
    with ProcessPoolExecutor(2, get_context("spawn")) as pool:
        plans = list(pool.map(ours, [kind] * 40, district_sizes(seed), range(100 * seed, 100 * seed + 40)))
    cost, bound = (sum(plan[name] for plan in plans) for name in ("cost", "bound"))
    return {
        "cost": cost,
        "bound": bound,
        "gap": round((cost - bound) / max(1, cost), 4),
        "seconds": round(time.perf_counter() - began, 1),
        "cpu seconds": round(sum(plan["cpu seconds"] for plan in plans), 1),
        "slowest school": max(plan["cpu seconds"] for plan in plans),
        "broken rules": sum(plan["broken rules"] for plan in plans),
        "mb": max(plan["mb"] for plan in plans),
    }


def district_sizes(seed: int) -> list[int]:
    """Forty schools of 25 to 160 teachers, 3,060 in all."""
    draw = random.Random(seed)  # the same district for the same seed
    found = [draw.randint(25, 128) for _ in range(40)]
    while (over := sum(found) - DISTRICT) != 0:
        school = draw.randrange(40)
        found[school] = min(160, max(25, found[school] - (1 if over > 0 else -1)))
    return found


def _peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def _alone(work: Callable[..., Figures], *arguments: object) -> Figures:
    """Done in a process of its own."""
    with ProcessPoolExecutor(1, get_context("spawn")) as pool:
        return pool.submit(work, *arguments).result()


def _each(kind: Kind, teachers: int) -> Iterable[Figures]:
    for seed in SEEDS:
        yield {
            "seed": seed,
            "ours": _alone(ours, kind, teachers, seed),
            "best-fit greedy": _alone(rival, "best-fit greedy", kind, teachers, seed),
            "first-fit": _alone(rival, "first-fit", kind, teachers, seed),
            "naive CP-SAT": _alone(rival, "naive CP-SAT", kind, teachers, seed) if teachers <= 120 else "not tried",
        }


@bench(
    "planner", "terms of made-up schools and a district, three seeds: cost, bound, seconds, memory, beside three others"
)
def planner() -> Figures:
    sizes = tuple(map(int, os.environ.get("DOWNTHEHALL_BENCH_SIZES", "").split(","))) if _chosen() else SIZES
    found: Figures = {
        f"{kind.value} {teachers}": list(_each(kind, teachers))
        for kind in (Kind.GROUP, Kind.PAIR)
        for teachers in sizes
    }
    if not _chosen():
        for kind in (Kind.GROUP, Kind.PAIR):
            found[f"{kind.value} district"] = [district(kind, seed) for seed in SEEDS]
    return found


def _chosen() -> bool:
    return bool(os.environ.get("DOWNTHEHALL_BENCH_SIZES"))
