"""When life breaks a plan, only what was hit moves, and the plan is valid again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sync.core.school.agreement import Kind
from sync.core.school.days import SchoolDay
from sync.core.school.happenings import Absence, with_happenings
from sync.core.school.school import School
from sync.planning.check import broken_rules
from sync.planning.problem import Request, Row
from sync.planning.repair import repair
from sync.planning.solve import solve
from tests.planning.halls import MONDAY, email, last_day, make_school
from tests.planning.test_small_schools import schools

WEEK = {"ada": ["cppc"], "ben": ["pccp"], "cyd": ["cpcp"]}


def made_absent(school: School, who: str, first: date, last: date) -> School:
    return with_happenings(school, [Absence(who, first, last)])


def changed_walks(before: tuple[Row, ...], after: tuple[Row, ...]) -> set[str]:
    return {row.walk for row in set(before) ^ set(after)}


def check(school: School, rows: tuple[Row, ...]) -> list[str]:
    return broken_rules(school, [asdict(row) for row in rows], MONDAY, last_day(school))


def test_nothing_moves_where_nothing_was_hit() -> None:
    school = make_school(WEEK, weeks=4)
    plan = solve(Request(school, MONDAY, last_day(school)))
    assert repair(school, plan.rows, MONDAY, last_day(school)).rows == plan.rows


def test_an_absent_host_is_found_another_on_the_same_date_and_everybody_is_told_once() -> None:
    school = make_school({**WEEK, "dot": ["cccc"], "eli": ["cccc"]}, weeks=4, hosted_per_teacher=0)
    plan = solve(Request(school, MONDAY, last_day(school)))
    hosted = next(row for row in plan.rows if row.piece == "visit" and row.role == "host")
    day = date.fromisoformat(hosted.date)
    now = made_absent(school, hosted.email, day, day)

    repaired = repair(now, plan.rows, MONDAY, last_day(school))

    assert check(now, repaired.rows) == []
    (change,) = repaired.changes
    assert change.walk == hosted.walk
    assert "calendar is busy" in change.why
    assert hosted.date in change.now
    assert len(change.people) == len(set(change.people))
    assert changed_walks(plan.rows, repaired.rows) == {hosted.walk}


def test_a_walk_that_nobody_can_hold_any_more_is_lost_with_the_reason() -> None:
    school = make_school({"ada": ["cp"], "ben": ["pc"]}, agreement={"prep_floor_minutes_per_day": 0})
    plan = solve(Request(school, MONDAY, last_day(school)))
    now = made_absent(school, email("ada"), MONDAY, last_day(school))

    repaired = repair(now, plan.rows, MONDAY, last_day(school))

    assert repaired.rows == ()
    assert len(repaired.lost) == plan.walks == 2


def test_what_has_been_is_left_alone() -> None:
    school = make_school(WEEK, weeks=4)
    plan = solve(Request(school, MONDAY, last_day(school)))
    now = made_absent(school, email("ada"), MONDAY, last_day(school))
    assert repair(now, plan.rows, MONDAY, last_day(school), since=date(2027, 1, 1)).rows == plan.rows


@pytest.mark.parametrize("kind", [Kind.PAIR, Kind.GROUP, Kind.LEARNING])
def test_a_snow_day_moves_the_walks_of_that_day_and_no_others(real_school: Callable[[str], School], kind: Kind) -> None:
    school = real_school("Hopwood")
    school = replace(school, rules=replace(school.rules, goal=replace(school.rules.goal, kind=kind)))
    first, last = min(school.days), max(school.days)
    plan = solve(Request(school, first, last))
    snow = date.fromisoformat(plan.rows[len(plan.rows) // 2].date)
    now = replace(school, days={**school.days, snow: SchoolDay(snow, "", "snow")})

    repaired = repair(now, plan.rows, first, last)

    assert broken_rules(now, [asdict(row) for row in repaired.rows], first, last) == []
    on_that_day = {row.walk for row in plan.rows if row.date == snow.isoformat()}
    assert on_that_day <= {change.walk for change in repaired.changes}
    assert changed_walks(plan.rows, repaired.rows) == {change.walk for change in repaired.changes}
    assert repaired.lost == ()


@given(school=schools(), who=st.integers(0, 7), day=st.integers(0, 18), length=st.integers(0, 6))
@settings(max_examples=30)
def test_after_any_absence_the_plan_breaks_no_rule_and_bystanders_stay(
    school: School, who: int, day: int, length: int
) -> None:
    last = last_day(school)
    plan = solve(Request(school, MONDAY, last, seconds=1))
    away = list(school.staff)[who % len(school.staff)]
    start = date.fromordinal(MONDAY.toordinal() + day)
    now = made_absent(school, away, start, date.fromordinal(start.toordinal() + length))

    repaired = repair(now, plan.rows, MONDAY, last)

    assert check(now, repaired.rows) == []
    assert changed_walks(plan.rows, repaired.rows) == {change.walk for change in repaired.changes}
