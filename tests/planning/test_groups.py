"""Groups that are formed, and who comes to which walk: compared with trying everything, and with what was asked."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import asdict, replace
from datetime import date
from itertools import combinations, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sync.core.school.agreement import DebriefRule, Kind
from sync.core.school.school import Busy, School, Wish
from sync.planning.check import broken_rules
from sync.planning.groups.all_groups import least_of_any_groups
from sync.planning.groups.company import Company
from sync.planning.groups.forming import form
from sync.planning.groups.parties import Choice, Party, chosen
from sync.planning.model.effort import Effort
from sync.planning.model.grid import Grid
from sync.planning.model.people import participants
from sync.planning.problem import Request
from sync.planning.solve import solve
from tests.planning.halls import MONDAY, email, last_day, make_school
from tests.planning.sample import sample_school

MEMBERS = (1, 2, 3, 4)
EIGHT = {name: ["cpcp", "pcpc"] if i % 2 else ["pcpc", "cpcp"] for i, name in enumerate("abcdefgh")}

one_party = st.sets(st.sampled_from(MEMBERS), min_size=1, max_size=3).flatmap(
    lambda who: st.sets(st.sampled_from(sorted(who))).map(lambda away: Party(frozenset(who), frozenset(away)))
)
one_choice = st.builds(Choice, st.lists(one_party, max_size=4), st.booleans())


@given(walks=st.lists(one_choice, min_size=1, max_size=4), asked=st.tuples(*[st.integers(0, 2)] * 4))
@settings(max_examples=60)
def test_the_parties_of_a_group_are_the_best_of_all(walks: list[Choice], asked: tuple[int, ...]) -> None:
    visits = dict(zip(MEMBERS, asked, strict=True))

    def cost(parties: tuple[Party | None, ...]) -> tuple[int, int, int]:
        held = [party for party in parties if party]
        unmet = sum(max(0, n - sum(who in party.visitors for party in held)) for who, n in visits.items())
        unhosted = sum(walk.needed and party is None for walk, party in zip(walks, parties, strict=True))
        covers, company = sum(len(p.covered) for p in held), sum(len(p.visitors) for p in held)
        return unmet + unhosted, covers, -company

    best = min(map(cost, product(*([None, *walk.parties] for walk in walks))))

    assert cost(tuple(chosen(walks, visits))) == best


def test_wished_partners_share_a_group_and_specialists_of_one_kind_do_not() -> None:
    seat = {"specialty": "Multilingual learners"}
    school = make_school(EIGHT, weeks=4, kind=Kind.GROUP, people={"a": seat, "b": seat})
    school = _with_wishes(school, ("a", "g"), ("b", "h"))

    names = list(EIGHT)
    groups = [{names[member] for member in group} for group in _formed(school)]

    assert sorted(map(len, groups)) == [4, 4]
    assert not any({"a", "b"} <= group for group in groups)
    assert any({"a", "g"} <= group for group in groups)
    assert any({"b", "h"} <= group for group in groups)


@pytest.mark.parametrize("kind", [Kind.GROUP, Kind.PAIR])
def test_new_teachers_meet_experienced_ones(kind: Kind) -> None:
    new = {name: ("teacher", "new") for name in "abcd"}
    school = make_school(EIGHT, weeks=4, kind=kind, roles=new, agreement={"prep_floor_minutes_per_day": 0})

    plan = solve(Request(school, MONDAY, last_day(school)))

    walks: dict[str, set[bool]] = defaultdict(set)
    for row in plan.rows:
        walks[row.walk].add(school.person(row.email).has_role("new"))
    assert plan.placed == 8
    assert all(met == {True, False} for met in walks.values())


def test_everybody_of_two_that_are_free_by_turns_visits_and_hosts_without_cover_in_even_weeks() -> None:
    school = make_school(EIGHT, weeks=4, kind=Kind.GROUP, agreement={"prep_floor_minutes_per_day": 0})

    plan = solve(Request(school, MONDAY, last_day(school)))

    assert (plan.placed, plan.walks, plan.covers, plan.gap) == (8, 8, 0, 0.0)
    hosting = [row for row in plan.rows if (row.piece, row.role) == ("visit", "host")]
    assert Counter(date.fromisoformat(row.date).isocalendar().week for row in hosting) == {37: 2, 38: 2, 39: 2, 40: 2}


def _formed(school: School) -> list[tuple[int, ...]]:
    grid = Grid(school, MONDAY, last_day(school))
    return form(grid, participants(grid), Effort())


def _with_wishes(school: School, *wishes: tuple[str, str]) -> School:
    partners = tuple(Wish(email(one), "partner", email(other)) for one, other in wishes)
    return replace(school, wishes=partners)


@pytest.mark.parametrize("debrief", [DebriefRule.TWO_DAYS, DebriefRule.SAME_DAY])
def test_where_nobody_has_a_quiet_day_groups_still_meet_beside_their_appointments(debrief: DebriefRule) -> None:
    school = sample_school(20, 1, Kind.GROUP, weeks=6)
    goal = replace(school.rules.goal, debrief=debrief, debrief_outside_hours=debrief is DebriefRule.TWO_DAYS)
    school = replace(school, rules=replace(school.rules, goal=goal))
    first, last = min(school.days), max(school.days)
    taken = []
    for day in school.days_between(first, last):
        slots = [slot for slot, _ in school.slots_of(day)]
        for number, person in enumerate(school.staff):
            slot = slots[(number + day.date.day) % len(slots)]
            taken.append(Busy(person, slot.start, slot.end))
    school = replace(school, busy=tuple(taken))

    plan = solve(Request(school, first, last, seed=1))

    assert plan.placed == plan.people or debrief is DebriefRule.SAME_DAY
    assert plan.walks
    assert broken_rules(school, [asdict(row) for row in plan.rows], first, last) == []


def test_who_comes_covered_has_time_for_the_way_from_their_other_classes() -> None:
    week = {"ann": ["cccp"], "bob": ["cpcc"], "cid": ["pccc"], "sub": ["pppp"]}
    school = make_school(
        week,
        kind=Kind.GROUP,
        roles={"sub": ("cover",)},
        people={
            name: {"building": building} for name, building in zip(week, ("East", "West", "West", ""), strict=True)
        },
        agreement={"travel_minutes": 10, "prep_floor_minutes_per_day": 0},
    )

    plan = solve(Request(school, MONDAY, last_day(school)))

    assert broken_rules(school, [asdict(row) for row in plan.rows], MONDAY, last_day(school)) == []


def test_who_covers_has_time_for_the_way_as_well() -> None:
    week = {"ann": ["cccc"], "bob": ["cpcc"], "cid": ["cccc"], "dan": ["cpcc"]}
    buildings = {
        name: {"building": building} for name, building in zip(week, ("East", "East", "East", "West"), strict=True)
    }
    far, near = (
        make_school(
            week,
            kind=Kind.GROUP,
            groups={"One": ["ann", "bob", "cid"]},
            roles={"dan": ("cover",)},
            people=buildings,
            agreement={"travel_minutes": minutes, "prep_floor_minutes_per_day": 0},
        )
        for minutes in (10, 5)
    )

    assert not any(row.role == "cover" for row in solve(Request(far, MONDAY, last_day(far))).rows)
    assert any(row.role == "cover" for row in solve(Request(near, MONDAY, last_day(near))).rows)


@given(days=st.lists(st.lists(st.sampled_from("cccp"), min_size=4, max_size=4).map("".join), min_size=7, max_size=8))
@settings(max_examples=10)
def test_no_groups_leave_less_missing_than_is_proven_of_all(days: list[str]) -> None:
    week = {name: [day] for name, day in zip("abcdefgh", days, strict=False)}
    school = make_school(week, kind=Kind.GROUP, agreement={"prep_floor_minutes_per_day": 0})
    grid = Grid(school, MONDAY, last_day(school))
    company, people = Company(grid, participants(grid)), len(days)

    def missing(groups: tuple[tuple[int, ...], ...]) -> tuple[int, int]:
        filled = np.array([(*group, *[people] * (4 - len(group))) for group in groups], dtype=np.intp)
        unseen, unhosted = company.missing(filled)
        return int(unseen.sum() + unhosted.sum()), int((unseen | unhosted).sum())

    every = range(people)
    halves = [(four, tuple(sorted(set(every) - set(four)))) for four in combinations(every, 4)]
    best = [min(several) for several in zip(*map(missing, halves), strict=True)]

    proven = least_of_any_groups(company, people)

    assert all(bound <= least for bound, least in zip(proven, best, strict=True)), (proven, best)
