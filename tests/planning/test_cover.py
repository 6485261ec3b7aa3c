"""Group walks in a school with little prep: cover where it is needed, named, free, and never a host elsewhere."""

from __future__ import annotations

from dataclasses import asdict

import pytest

from sync.core.school.agreement import Kind
from sync.planning.check import broken_rules
from sync.planning.groups.forming import sizes
from sync.planning.problem import Request
from sync.planning.solve import solve
from tests.planning.halls import MONDAY, as_written, last_day, make_school
from tests.planning.sample import sample_school


@pytest.mark.parametrize("seed", [1, 2])
def test_a_school_with_one_prep_a_day_walks_with_cover(seed: int) -> None:
    school = sample_school(40, seed, Kind.GROUP, weeks=9)
    first, last = min(school.days), max(school.days)

    plan = solve(Request(school, first, last, seconds=2))

    assert broken_rules(school, [asdict(row) for row in plan.rows], first, last) == []
    assert plan.covers > 0
    assert plan.placed >= 0.9 * plan.people


def test_nobody_is_covered_where_prep_will_do() -> None:
    week = {"ada": ["cppp"], "ben": ["pcpp"], "cyd": ["ppcp"], "dot": ["pppc"], "eve": ["pppp"]}
    school = make_school(week, weeks=8, kind=Kind.GROUP, roles={"eve": ("cover",)})
    plan = solve(Request(school, MONDAY, last_day(school)))
    assert (plan.placed, plan.covers, plan.gap) == (4, 0, 0.0)


def test_a_teacher_without_prep_comes_covered() -> None:
    week = {"ada": ["cpp"], "ben": ["pcp"], "cyd": ["ccc"], "eve": ["ppp"]}
    school = make_school(week, weeks=8, kind=Kind.GROUP, roles={"eve": ("cover",)})
    plan = solve(Request(school, MONDAY, last_day(school)))
    assert broken_rules(school, as_written(plan), MONDAY, last_day(school)) == []
    assert plan.placed == 3
    assert plan.covers >= 1


@pytest.mark.parametrize("people", [0, 1, 2, 3, 5, 6, 9, 11, 13, 104])
def test_groups_are_of_three_or_four_wherever_that_can_be(people: int) -> None:
    found = sizes(people)
    assert sum(found) == (people if people > 1 else 0)
    assert all(size in (3, 4) for size in found) or people in (2, 5)
