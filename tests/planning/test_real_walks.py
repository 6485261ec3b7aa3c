"""Group, learning and inquiry walks of a real school under every rule of debrief: valid, and the same each time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest

from sync.core.school.agreement import DebriefRule, EmptyPeriod, Kind
from sync.core.school.school import School
from sync.planning.check import broken_rules
from sync.planning.problem import Request, Row
from sync.planning.solve import solve
from tests.planning.halls import as_written

FIRST, LAST = date(2026, 9, 7), date(2026, 12, 18)


@pytest.mark.parametrize("prep", list(EmptyPeriod))
@pytest.mark.parametrize(
    "debrief", [(DebriefRule.NONE, True), (DebriefRule.SAME_DAY, False), (DebriefRule.TWO_DAYS, True)]
)
@pytest.mark.parametrize("kind", [Kind.GROUP, Kind.LEARNING, Kind.INQUIRY])
def test_walks_of_a_real_school_break_no_rule(
    real_school: Callable[[str], School], kind: Kind, debrief: tuple[DebriefRule, bool], prep: EmptyPeriod
) -> None:
    school = with_goal(real_school("Hopwood"), kind, debrief, prep)

    plan = solve(Request(school, FIRST, LAST, seconds=2))

    assert broken_rules(school, as_written(plan), FIRST, LAST) == []
    assert plan.placed + len(plan.unplaced) == plan.people == len(school.staff)
    assert kind is not Kind.GROUP or plan.terms[0].value == plan.terms[0].bound


@pytest.mark.parametrize("kind", [Kind.GROUP, Kind.LEARNING, Kind.INQUIRY])
def test_everybody_visits_and_hosts_where_empty_periods_are_prep(
    real_school: Callable[[str], School], kind: Kind
) -> None:
    school = with_goal(real_school("Hopwood"), kind, (DebriefRule.TWO_DAYS, True), EmptyPeriod.FREE)
    plan = solve(Request(school, FIRST, LAST))
    assert (plan.placed, plan.covers) == (26, 0)
    assert plan.rows == solve(Request(school, FIRST, LAST)).rows


@pytest.mark.parametrize(("kind", "way"), [(Kind.LEARNING, 1), (Kind.INQUIRY, 2)])
def test_there_is_time_to_walk_from_room_to_room(real_school: Callable[[str], School], kind: Kind, way: int) -> None:
    school = with_goal(real_school("Hopwood"), kind, (DebriefRule.NONE, True), EmptyPeriod.FREE)
    walks: dict[str, list[Row]] = defaultdict(list)
    for row in solve(Request(school, FIRST, LAST)).rows:
        if row.role == "host":
            walks[row.walk].append(row)
    between = [_minutes(later.start) - _minutes(one.end) for stops in walks.values() for one, later in pairwise(stops)]
    assert between
    assert set(between) == {way}


def _minutes(clock: str) -> int:
    hours, minutes = map(int, clock.split(":"))
    return 60 * hours + minutes


def with_goal(school: School, kind: Kind, debrief: tuple[DebriefRule, bool], prep: EmptyPeriod) -> School:
    when, outside = debrief
    goal = replace(school.rules.goal, kind=kind, debrief=when, debrief_outside_hours=outside, prep=prep)
    return replace(school, rules=replace(school.rules, goal=goal))
