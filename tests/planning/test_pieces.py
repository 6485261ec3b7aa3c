"""Prep stays in one piece where periods are short: what is planned may be booked by the rules of the agreement."""

from __future__ import annotations

import random
from collections import defaultdict
from datetime import date, time

import pytest

from sync.core.school.agreement import DebriefRule, Kind
from sync.core.school.slots import Slot, moment
from sync.core.visits.commitments import Commitments
from sync.core.visits.prep import prep_left
from sync.planning.check import broken_rules
from sync.planning.problem import Request
from sync.planning.solve import solve
from tests.planning.halls import MONDAY, as_written, last_day, make_school


@pytest.mark.parametrize("kind", [Kind.PAIR, Kind.GROUP])
@pytest.mark.parametrize("seed", range(4))
def test_a_plan_leaves_a_piece_of_prep_whole(kind: Kind, seed: int) -> None:
    draw = random.Random(seed)
    week = {name: ["".join(draw.choice("cpp") for _ in range(9)) for _ in range(3)] for name in "abcdefgh"}
    school = make_school(
        week, weeks=3, minutes=25, kind=kind, debrief=DebriefRule.SAME_DAY, debrief_outside_hours=False
    )

    plan = solve(Request(school, MONDAY, last_day(school)))

    assert plan.placed == 8
    assert broken_rules(school, as_written(plan), MONDAY, last_day(school)) == []
    taken: dict[tuple[str, date], list[Slot]] = defaultdict(list)
    for row in plan.rows:
        if row.piece == "debrief" or row.role == "visitor":
            day = date.fromisoformat(row.date)
            start, end = (moment(day, time.fromisoformat(clock), school.zone) for clock in (row.start, row.end))
            taken[row.email, day].append(Slot(day, start, end, row.period))
    for (email, day), slots in taken.items():
        whole, left = (prep_left(school, email, day, Commitments(), also).longest_piece for also in ((), slots))
        assert left >= min(30, whole), (email, day, slots)
