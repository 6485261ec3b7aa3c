"""Whoever is left out is told a change: made to the rules as it is written, it places them when planned again."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from threading import Event
from typing import Any

import pytest

from sync.core.school.agreement import DebriefRule, EmptyPeriod, Kind
from sync.core.school.people import Person
from sync.core.school.school import School
from sync.planning.problem import Plan, Request, Unplaced
from sync.planning.solve import solve
from tests.planning.halls import MONDAY, email, last_day, make_school
from tests.planning.test_real_pairs import FIRST, LAST, with_rules

VALUES: dict[str, Any] = {'"two-days"': DebriefRule.TWO_DAYS, '"free"': EmptyPeriod.FREE, "true": True}
Case = tuple[EmptyPeriod, DebriefRule, int, int]
CASES: list[Case] = [
    (EmptyPeriod.GAP, DebriefRule.SAME_DAY, 30, 15),
    (EmptyPeriod.GAP, DebriefRule.TWO_DAYS, 60, 15),
    (EmptyPeriod.GAP, DebriefRule.SAME_DAY, 45, 1),
]


@pytest.mark.parametrize("case", CASES)
def test_a_change_made_as_it_is_told_places_as_many_as_it_says(
    real_school: Callable[[str], School], case: Case
) -> None:
    prep, debrief, floor, weeks = case
    school = with_rules(real_school("Hopwood"), prep, debrief, outside=False, floor=floor)
    last = FIRST + timedelta(days=7 * weeks - 3)
    plan = solve(Request(school, FIRST, last))
    again: dict[str, Plan] = {}
    assert plan.unplaced

    for person in plan.unplaced:
        for sentence, part in _by_part(school, person):
            if " cover " in sentence:
                continue  # somebody else's hour, which no rule brings about
            changed, until = _as_told(school, sentence, last)
            key = f"{changed.rules} {until}"
            if key not in again:
                again[key] = solve(Request(changed, FIRST, until))
            said = re.search(r"would place them(?: and (\d+) other)?", sentence)
            assert said, sentence
            gain = _many(again[key], part) - _many(plan, part)
            assert gain >= 1 + int(said.group(1) or 0), sentence


def test_a_seat_that_others_need_is_not_promised() -> None:
    """Three have prep only while ada teaches, and she hosts once: no change of their own would help the third."""
    week = {"ada": ["cppp"], "ben": ["pccc"], "cyd": ["pccc"], "dot": ["pccc"]}
    school = make_school(week, weeks=3, visits_hosted_at_most=2, agreement={"prep_floor_minutes_per_day": 0})
    plan = solve(Request(school, MONDAY, last_day(school)))
    (left_out,) = (one for one in plan.unplaced if "visit" in one.missing)
    assert "goal.visits_hosted_at_most = 3" in left_out.why

    goal = replace(school.rules.goal, visits_hosted_at_most=3)
    more = replace(school, rules=replace(school.rules, goal=goal))
    assert solve(Request(more, MONDAY, last_day(school))).visiting == 4


def test_the_highest_floor_that_would_do_and_the_door_that_would_are_named() -> None:
    week = {"ada": ["cpp"], "ben": ["pcp"]}
    tight = make_school(week, weeks=2, debrief=DebriefRule.NONE, agreement={"prep_floor_minutes_per_day": 60})
    assert all("prep_floor_minutes_per_day = 45" in one.why for one in solve(Request(tight, MONDAY, LAST)).unplaced)

    shut = make_school(week, weeks=2, debrief=DebriefRule.NONE, people={"ben": {"open_to_visits": False}})
    (ada,) = (one for one in solve(Request(shut, MONDAY, LAST)).unplaced if one.email == email("ada"))
    assert "An open door of one of them, such as Ben's, would place them." in ada.why


WEEK_OF_GROUPS = {
    "ada": ["cpccc", "cccpc"], "ben": ["ccpcc", "ccccc"], "cyd": ["cccpc", "cpccc"], "dot": ["ccccp", "ccccc"],
    "eli": ["cpccc", "cccpc"], "fay": ["cpccc", "cccpc"], "gus": ["pcccc", "cccpc"], "hal": ["ccccc", "ccccc"],
}  # fmt: skip


@pytest.mark.parametrize("kind", [Kind.GROUP, Kind.LEARNING, Kind.INQUIRY])
@pytest.mark.parametrize("floor", [0, 30, 60])
def test_what_is_told_of_walks_together_places_them_when_planned_again(kind: Kind, floor: int) -> None:
    names = list(WEEK_OF_GROUPS)
    school = make_school(
        WEEK_OF_GROUPS,
        weeks=4,
        kind=kind,
        minutes=60,
        groups={"One": names[:4], "Two": names[4:]} if floor else {},
        agreement={"prep_floor_minutes_per_day": floor},
        debrief_outside_hours=False,
    )
    plan = solve(Request(school, MONDAY, last_day(school)))
    planned: dict[str, Plan] = {}
    assert plan.unplaced

    for person in plan.unplaced:
        for sentence, part in _by_part(school, person):
            changed = _as_told_of_many(school, sentence)
            if changed is None:
                continue
            key = f"{changed.rules} {list(changed.staff)} {changed.groups}"
            if key not in planned:
                planned[key] = solve(Request(changed, MONDAY, last_day(school)))
            again = planned[key]
            assert person.email not in {one.email for one in again.unplaced if part in one.missing}, sentence
            said = re.search(r"would place them(?: and (\d+) other)?", sentence)
            assert said, sentence
            assert _many(again, part) - _many(plan, part) >= 1 + int(said.group(1) or 0), sentence


def test_whoever_stops_the_search_does_not_wait_for_changes_to_be_tried() -> None:
    school = make_school(WEEK_OF_GROUPS, weeks=4, kind=Kind.GROUP, minutes=60, debrief_outside_hours=False)
    stop = Event()
    stop.set()
    plan = solve(Request(school, MONDAY, last_day(school)), stop=stop)
    assert plan.unplaced
    assert all("No change was tried, since the search was stopped." in one.why for one in plan.unplaced)


def _as_told_of_many(school: School, sentence: str) -> School | None:
    """The school as such a sentence would have it; None where it tells of no change, or of one nobody can plan."""
    if "that was tried" in sentence or "colleagues teach then" in sentence or "would bring a visitor" in sentence:
        return None
    if " cover " in sentence:
        outside = "together with" in sentence
        school = _as_told(school, sentence, MONDAY)[0] if outside else school
        cover = {name: Person(email(name), name, ("cover",)) for name in ("sub", "sup")}
        return replace(school, staff={**school.staff, **{one.email: one for one in cover.values()}})
    if "without groups.csv" in sentence:
        return replace(school, groups={})
    return _as_told(school, sentence, MONDAY)[0]


def _by_part(school: School, person: Unplaced) -> list[tuple[str, str]]:
    name = re.escape(school.staff[person.email].name)
    told = re.split(rf"(?<=\.) (?={name} (?:cannot|could))", person.why)
    return list(zip(told, person.missing, strict=True))


def _many(plan: Plan, part: str) -> int:
    return plan.visiting if part == "visit" else plan.hosted


def _as_told(school: School, sentence: str, last: date) -> tuple[School, date]:
    """The school with every `(goal.key = value)` of a sentence in its rules, as a reader would write it there."""
    tables: dict[str, dict[str, Any]] = {"goal": {}, "agreement": {}}
    for table, key, value in re.findall(r"\((goal|agreement)\.(\w+) = ([^)]+)\)", sentence):
        tables[table][key] = VALUES[value] if value in VALUES else int(value)
    assert any(tables.values()) or "longer range" in sentence, sentence
    rules = school.rules
    goal, agreement = replace(rules.goal, **tables["goal"]), replace(rules.agreement, **tables["agreement"])
    until = last + timedelta(weeks=4) if "longer range" in sentence else last
    return replace(school, rules=replace(rules, goal=goal, agreement=agreement)), until
