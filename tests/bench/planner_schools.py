"""Terms and weeks of pairs at real schools, against a matching; `DOWNTHEHALL_BENCH_FET` names a folder of FET files.

For each file and each reading of prep and debrief: how many visit and are visited, the most that a matching allows
(worked out from the contract in clock times, with nothing of the planner's), and how many rules the check finds broken.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from datetime import date
from itertools import product
from pathlib import Path

from sync.core.school.agreement import DebriefRule, EmptyPeriod
from sync.core.school.school import School
from sync.planning.check import broken_rules
from sync.planning.problem import Request
from sync.planning.solve import solve
from sync.schools.imports.fet import read_fet
from sync.schools.imports.source import Wanted
from sync.schools.problems import SchoolProblems
from tests.bench.registry import Figures, bench
from tests.planning.halls import as_written
from tests.planning.test_real_pairs import ceiling, partners, with_rules

FIRST, LAST = date(2026, 9, 7), date(2026, 12, 18)
RANGES = {"a term": LAST, "a week": date(2026, 9, 11)}
VARIANTS = (
    (EmptyPeriod.FREE, DebriefRule.NONE, True),
    (EmptyPeriod.GAP, DebriefRule.NONE, True),
    (EmptyPeriod.FREE, DebriefRule.SAME_DAY, False),
    (EmptyPeriod.GAP, DebriefRule.SAME_DAY, False),
)
FLOOR = 30


@bench(
    "planner-schools", "pairs at the real schools of a folder of FET files (DOWNTHEHALL_BENCH_FET), beside a matching"
)
def planner_schools() -> Figures:
    folder = os.environ.get("DOWNTHEHALL_BENCH_FET")
    if not folder:
        return {"not run": "set DOWNTHEHALL_BENCH_FET to a folder of FET files that hold their timetable"}
    plans, unread = [], []
    for file in sorted(Path(folder).glob("*.fet")):
        try:
            school = read_fet(file, Wanted(FIRST, FIRST, LAST)).school
        except SchoolProblems:
            unread.append(file.name)
            continue
        plans += _plans(file.stem, school)
    short = [plan for plan in plans if plan["short"] or plan["broken rules"]]
    return {"plans": len(plans), "short of the ceiling or broken": short, "files without a timetable": unread}


def _plans(name: str, read: School) -> Iterator[Figures]:
    for (prep, debrief, outside), (range_, last) in product(VARIANTS, RANGES.items()):
        school = with_rules(read, prep, debrief, outside, FLOOR)
        began = time.process_time()
        plan = solve(Request(school, FIRST, last))
        worked = time.process_time() - began
        can = partners(school, last)
        most = ceiling(can, seats=3), ceiling(can, seats=1)
        yield {
            "school": name,
            "teachers": plan.people,
            "range": range_,
            "rules": f"prep {prep.value}, debrief {debrief.value}",
            "visiting": f"{plan.visiting} of {most[0]}",
            "hosted": f"{plan.hosted} of {most[1]}",
            "short": (plan.visiting, plan.hosted) != most,
            "broken rules": len(broken_rules(school, as_written(plan), FIRST, last)),
            "cpu seconds": round(worked, 2),
        }
