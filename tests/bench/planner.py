"""How good and how fast: plans of made-up schools, against a first-fit that any spreadsheet could do.

Run as `python -m tests.bench.planner [--sizes 20,60] [--seeds 3] [--kinds pair,group]`: a line of JSON for each plan,
on stdout. A benchmark and no test: nothing in the test run asks how long anything takes.
"""

from __future__ import annotations

import argparse
import json
import resource
import sys
import time
from dataclasses import asdict

from sync.core.agreement import Kind
from sync.planning.check import broken_rules
from sync.planning.diary import Diary
from sync.planning.grid import Grid
from sync.planning.options import Option
from sync.planning.pair_options import options_on
from sync.planning.people import asked, participants
from sync.planning.problem import Request
from sync.planning.solve import solve, tally, unmet
from tests.bench.registry import Figures, bench
from tests.planning.sample import sample_school

SEEDS = (1, 2, 3)


def first_fit(grid: Grid) -> list[Option]:
    """Each teacher in turn takes the first day and the first colleague that fit: what a person does by hand."""
    diary, held, wanted = Diary(grid), list[Option](), asked(grid)
    people = participants(grid)
    for visitor in people:
        for _ in range(wanted.visit[visitor]):
            fitting = (
                option
                for day in grid.days
                for host in sorted(people, key=lambda p: diary.hosted[p] > 0)
                if host != visitor
                for option in options_on(grid, 0, visitor, host, day)
                if diary.fits(option)
            )
            option = next(fitting, None)
            if option is not None:
                diary.book(option)
                held.append(option)
    return held


def measure(teachers: int, seed: int, kind: Kind) -> dict[str, object]:
    """One plan of one school: what it reaches, what is proven, how long it took, and whether it is valid."""
    school = sample_school(teachers, seed, kind)
    first, last = min(school.days), max(school.days)
    plan = solve(Request(school, first, last, seed=seed))
    found: dict[str, object] = {
        "kind": kind.value,
        "teachers": teachers,
        "seed": seed,
        "seconds": round(plan.seconds, 2),
        "placed": plan.placed,
        "people": plan.people,
        "walks": plan.walks,
        "gap": round(plan.gap, 4),
        "terms": {term.name: [term.value, term.bound] for term in plan.terms},
        "broken": len(broken_rules(school, [asdict(row) for row in plan.rows], first, last)),
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }
    if kind is Kind.PAIR:
        grid = Grid(school, first, last)
        began = time.perf_counter()
        visits, hosted = tally(first_fit(grid))
        wanted = asked(grid)
        found["first_fit_missing"] = unmet(wanted.visit, visits) + unmet(wanted.host, hosted)
        found["first_fit_seconds"] = round(time.perf_counter() - began, 2)
    return found


@bench("planner", "terms of made-up schools, three seeds a size: what is proven, how fast, and first-fit beside it")
def planner() -> Figures:
    sizes = {Kind.PAIR: (20, 60, 120, 300), Kind.GROUP: (20, 60, 120)}
    return {
        f"{kind.value} {teachers}": [measure(teachers, seed, kind) for seed in SEEDS]
        for kind, several in sizes.items()
        for teachers in several
    }


def main(arguments: list[str]) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", default="20,60,120,300")
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--kinds", default="pair,group,learning")
    chosen = parser.parse_args(arguments)
    for kind in map(Kind, chosen.kinds.split(",")):
        for teachers in map(int, chosen.sizes.split(",")):
            for seed in range(1, chosen.seeds + 1):
                sys.stdout.write(json.dumps(measure(teachers, seed, kind)) + "\n")
                sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1:])
