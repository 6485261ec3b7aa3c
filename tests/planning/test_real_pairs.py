"""Two real schools, every kind of prep and debrief: the ceiling of a matching is reached and no rule is broken."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from itertools import product

import pytest

from sync.core.school.agreement import DebriefRule, EmptyPeriod, Kind
from sync.core.school.school import School
from sync.core.school.slots import Slot
from sync.core.school.timetable import Has
from sync.planning.check import broken_rules
from sync.planning.problem import Request
from sync.planning.solve import solve
from tests.planning.halls import as_written

FIRST, LAST = date(2026, 9, 7), date(2026, 12, 18)
SCHOOLS = ("Hopwood", "IBDP-School-2016")
DEBRIEFS = (
    (DebriefRule.NONE, True),
    (DebriefRule.SAME_DAY, True),
    (DebriefRule.SAME_DAY, False),
    (DebriefRule.TWO_DAYS, False),
)


def with_rules(school: School, prep: EmptyPeriod, debrief: DebriefRule, outside: bool, floor: int) -> School:
    agreement = replace(school.rules.agreement, prep_floor_minutes_per_day=floor)
    goal = replace(school.rules.goal, kind=Kind.PAIR, prep=prep, debrief=debrief, debrief_outside_hours=outside)
    return replace(school, rules=replace(school.rules, agreement=agreement, goal=goal))


def partners(school: School, last: date = LAST) -> dict[str, set[str]]:
    """Who could visit whom: written out anew from the contract, in clock times, with nothing of the planner's."""
    goal, floor = school.rules.goal, school.rules.agreement.prep_floor_minutes_per_day
    days = list(school.days_between(FIRST, last))
    within = {DebriefRule.SAME_DAY: 1, DebriefRule.TWO_DAYS: 3}.get(goal.debrief, 0)
    preps = {(email, day.date): school.prep_slots(email, day.date) for email in school.staff for day in days}
    total = {key: sum(slot.minutes for slot in slots) for key, slots in preps.items()}
    can: dict[str, set[str]] = {email: set() for email in school.staff}
    for start in sorted({*range(min(5, len(days))), *range(max(0, len(days) - 3), len(days))}):
        day = days[start]
        teaching: dict[Slot, list[str]] = defaultdict(list)
        for email, (slot, period) in product(school.staff, school.slots_of(day)):
            if period.is_class and school.has(email, day.date, slot.period) is Has.CLASS:
                teaching[slot].append(email)
        for visitor in school.staff:
            for slot in preps[visitor, day.date]:
                if total[visitor, day.date] - slot.minutes < floor:
                    continue
                for host in set(teaching[slot]) - can[visitor]:
                    if not within or goal.debrief_outside_hours:
                        can[visitor].add(host)
                    for later in days[start : start + within]:
                        kept_by_visitor = total[visitor, later.date] - (slot.minutes if later is day else 0)
                        kept = min(kept_by_visitor, total[host, later.date]) - goal.debrief_minutes
                        common = set(preps[visitor, later.date]) & set(preps[host, later.date])
                        if kept >= floor and any(
                            (later is not day or free.start >= slot.end) and free.minutes >= goal.debrief_minutes
                            for free in common
                        ):
                            can[visitor].add(host)
    return can


def ceiling(can: dict[str, set[str]], seats: int) -> int:
    """The most visitors that find a host with `seats` each: Kuhn's augmenting paths."""
    taken: dict[tuple[str, int], str] = {}

    def seated(visitor: str, seen: set[tuple[str, int]]) -> bool:
        for host in sorted(can[visitor]):
            for seat in ((host, i) for i in range(seats)):
                if seat not in seen:
                    seen.add(seat)
                    if seat not in taken or seated(taken[seat], seen):
                        taken[seat] = visitor
                        return True
        return False

    return sum(seated(visitor, set()) for visitor in can)


@pytest.mark.parametrize("floor", [0, 30])
@pytest.mark.parametrize(("debrief", "outside"), DEBRIEFS)
@pytest.mark.parametrize("prep", list(EmptyPeriod))
@pytest.mark.parametrize("name", SCHOOLS)
def test_every_visit_and_every_hosting_that_a_matching_allows_is_planned(
    real_school: Callable[[str], School], name: str, prep: EmptyPeriod, debrief: DebriefRule, outside: bool, floor: int
) -> None:
    school = with_rules(real_school(name), prep, debrief, outside, floor)

    plan = solve(Request(school, FIRST, LAST))

    assert broken_rules(school, as_written(plan), FIRST, LAST) == []
    can = partners(school)
    visitors = {row.email for row in plan.rows if (row.piece, row.role) == ("visit", "visitor")}
    hosts = {row.email for row in plan.rows if (row.piece, row.role) == ("visit", "host")}
    assert len(visitors) == plan.visiting == ceiling(can, seats=3)
    assert len(hosts) == plan.hosted == ceiling(can, seats=1)
    assert {one.email for one in plan.unplaced} == set(school.staff) - (visitors & hosts)
    assert plan.placed + len(plan.unplaced) == plan.people == len(school.staff)
    assert plan.gap == 0.0
    assert all(one.why.endswith(".") for one in plan.unplaced)


@pytest.mark.parametrize(("weeks", "debrief"), [(1, DebriefRule.SAME_DAY), (3, DebriefRule.TWO_DAYS)])
def test_a_few_weeks_with_hardly_any_prep_bring_as_much_as_a_matching_allows(
    real_school: Callable[[str], School], weeks: int, debrief: DebriefRule
) -> None:
    school = with_rules(real_school("IBDP-School-2016"), EmptyPeriod.GAP, debrief, outside=False, floor=30)
    last = FIRST + timedelta(days=7 * weeks - 3)

    plan = solve(Request(school, FIRST, last))

    assert broken_rules(school, as_written(plan), FIRST, last) == []
    can = partners(school, last)
    assert (plan.visiting, plan.hosted) == (ceiling(can, seats=3), ceiling(can, seats=1))


@pytest.mark.parametrize("name", SCHOOLS)
def test_the_same_seed_gives_the_same_plan(real_school: Callable[[str], School], name: str) -> None:
    school = with_rules(real_school(name), EmptyPeriod.GAP, DebriefRule.SAME_DAY, False, 30)
    assert solve(Request(school, FIRST, LAST)).rows == solve(Request(school, FIRST, LAST)).rows
