"""Every rule of a plan, broken on purpose, is found; and what the planner writes breaks none."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest

from sync.core.school.agreement import Blocked, DebriefRule, Kind, Window
from sync.core.school.school import Busy, School
from sync.planning.check import broken_rules
from sync.planning.problem import Request
from sync.planning.solve import solve
from tests.planning.halls import MONDAY, as_written, email, last_day, make_school

Rows = list[dict[str, str]]
WEEK = {"ada": ["cppl", "ccpl"], "ben": ["pccl", "cpcl"], "cyd": ["ccpl", "pccl"]}
NO_FLOOR = {"prep_floor_minutes_per_day": 0}


def a_row(email_of: str, piece: str, role: str, host: str, **other: str) -> dict[str, str]:
    """A row on the first Monday, in period 1 as a whole."""
    row = dict(walk="W1", kind="pair", group="", date=MONDAY.isoformat(), period="1", start="08:00", end="08:45",
               piece=piece, role=role, email=email(email_of), host=email(host), room=f"R-{host}",
               covered_by="")  # fmt: skip
    return row | other


def a_visit(visitor: str = "ben", host: str = "ada", **other: str) -> Rows:
    return [row | other for row in (a_row(host, "visit", "host", host), a_row(visitor, "visit", "visitor", host))]


def a_debrief(*people: str, **other: str) -> Rows:
    when = {"period": "after school", "start": "11:20", "end": "11:40"} | other
    return [a_row(person, "debrief", "visitor", "ada", **when) for person in people]


SCHOOL = make_school(WEEK, weeks=2, agreement=NO_FLOOR, debrief=DebriefRule.NONE)
TALKING = make_school(WEEK, weeks=2, agreement=NO_FLOOR, debrief=DebriefRule.SAME_DAY)
IN_PREP = make_school(WEEK, weeks=2, agreement=NO_FLOOR, debrief=DebriefRule.SAME_DAY, debrief_outside_hours=False)
IN_GROUPS = make_school(WEEK, weeks=2, agreement=NO_FLOOR, debrief=DebriefRule.NONE, kind=Kind.GROUP)
DAY_TWO = {"date": "2026-09-08"}
SECOND = {"period": "2", "start": "08:50", "end": "09:35"}


def found(school: School, rows: Rows) -> list[str]:
    return broken_rules(school, rows, MONDAY, last_day(school))


def with_busy(school: School, name: str) -> School:
    start = datetime.combine(MONDAY, time(8, 10), tzinfo=school.zone).astimezone(UTC)
    return replace(school, busy=(Busy(email(name), start, start + timedelta(minutes=5)),))


def with_agreement(school: School, **changes: Any) -> School:
    return replace(school, rules=replace(school.rules, agreement=replace(school.rules.agreement, **changes)))


def test_a_plan_by_the_rules_breaks_none() -> None:
    assert found(SCHOOL, a_visit()) == []
    assert found(TALKING, a_visit() + a_debrief("ada", "ben")) == []
    assert found(SCHOOL, []) == []


@pytest.mark.parametrize(
    ("school", "rows", "sentence"),
    [
        (SCHOOL, a_visit(date="2026-09-12"), "not on a school day"),
        (SCHOOL, a_visit(date="2027-09-07"), "outside the range"),
        (SCHOOL, a_visit(date="someday"), "cannot be read"),
        (SCHOOL, [{"walk": "W1"}], "no column"),
        (SCHOOL, a_visit(email="nobody@hall.example"), "not on the staff list"),
        (SCHOOL, a_visit(kind="group"), "is of kind 'group'"),
        (SCHOOL, a_visit(piece="party"), "which no plan has"),
        (SCHOOL, a_visit(end="08:00"), "ends before it begins"),
        (SCHOOL, a_visit(period="7"), "no class period of that name"),
        (SCHOOL, a_visit(end="08:30"), "lasts the whole period"),
        (SCHOOL, a_visit("cyd"), "visits without prep"),
        (SCHOOL, a_visit("ada", "ben"), "hosts without a class"),
        (SCHOOL, a_visit("ada", "ada"), "visits their own class"),
        (SCHOOL, [a_row("ada", "visit", "host", "ada")], "has 0 visitors"),
        (SCHOOL, [a_row("ben", "visit", "visitor", "ada")], "has 0 hosts"),
        (SCHOOL, a_visit() + a_visit("ben", "cyd", walk="W2"), "at the same time"),
        (SCHOOL, a_visit() + a_visit("ada", "ben", walk="W2", **SECOND) + a_visit("ada", "cyd", walk="W3", **SECOND),
         "at the same time"),
        (SCHOOL, a_visit(covered_by=email("cyd")), "use prep, not cover"),
        (SCHOOL, [*a_visit(), a_row("cyd", "visit", "cover", "ada")], "covers nobody"),
        (with_busy(SCHOOL, "ben"), a_visit(), "their calendar is busy"),
        (with_busy(SCHOOL, "ada"), a_visit(), "their calendar is busy"),
        (with_agreement(SCHOOL, prep_floor_minutes_per_day=1), a_visit(), "keeps 0 minutes of prep on"),
        (with_agreement(SCHOOL, prep_floor_minutes_per_week=200), a_visit(), "in the week of"),
        (SCHOOL, a_visit() + a_visit("ben", "ada", walk="W2", **DAY_TWO, **SECOND), "visits 2 times in the week"),
        (SCHOOL, [*a_visit(), a_row("cyd", "visit", "visitor", "ada")], "has 2 visitors; a pair"),
        (with_agreement(SCHOOL, room_cap=0), a_visit(), "the room cap is 0"),
        (SCHOOL, a_visit() + a_debrief("ada", "ben"), "asks for none"),
        (TALKING, a_visit(), "does not bring its people"),
        (TALKING, a_visit() + a_debrief("ben"), "does not bring its people"),
        (TALKING, a_visit() + a_debrief("ada", "ben", end="11:35"), "lasts 15 minutes"),
        (TALKING, a_visit() + a_debrief("ada", "ben", **DAY_TWO), "later than same-day allows"),
        (TALKING, a_visit() + a_debrief("ada", "ben", start="07:30", end="07:50"), "before the visit is over"),
        (TALKING, a_visit() + a_debrief("ada", "ben", start="10:30", end="10:50"), "neither in their prep"),
        (IN_PREP, a_visit() + a_debrief("ada", "ben"), "neither in their prep"),
        (IN_GROUPS, a_visit(kind="group"), "a group walk has 2 to 3"),
    ],
)  # fmt: skip
def test_every_broken_rule_is_found_and_said(school: School, rows: Rows, sentence: str) -> None:
    assert any(sentence in told for told in found(school, rows)), found(school, rows)


@pytest.mark.parametrize(
    ("school", "rows", "sentence"),
    [
        (SCHOOL, a_visit(start="08:00:00"), "times HH:MM"),
        (SCHOOL, a_visit(date="20260907"), "dates are YYYY-MM-DD"),
        (SCHOOL, a_visit(room="elsewhere"), "the host's class is in 'R-ada'"),
        (SCHOOL, [*a_visit(), a_visit()[1]], "repeats row 3"),
        (SCHOOL, [a_visit()[0], *a_visit(group="G")[1:]], "several groups"),
        (TALKING, a_visit() + [one | {"host": email("cyd")} for one in a_debrief("ada", "ben")], "hosts no stop"),
        (TALKING, a_visit() + a_debrief("ada", "ben", period="at noon"), "no period of that day"),
        (TALKING, a_visit() + a_debrief("ada", "ben", period="2"), "begins at 11:20"),
        (TALKING, a_visit() + a_debrief("ada", "ben", covered_by=email("cyd")), "only a visitor's visit is"),
    ],
)  # fmt: skip
def test_rows_that_contradict_themselves_are_found(school: School, rows: Rows, sentence: str) -> None:
    assert any(sentence in told for told in found(school, rows)), found(school, rows)


def test_a_hosts_week_and_year_are_asked() -> None:
    twice = a_visit() + a_visit(walk="W2", date="2026-09-09")
    assert any(
        "in the week of 2026-09-07" in told for told in found(with_agreement(SCHOOL, max_hosted_per_week=1), twice)
    )
    assert any("school year from 2026" in told for told in found(with_agreement(SCHOOL, max_hosted_per_year=1), twice))
    assert any(
        "hosts for 90 minutes" in told for told in found(with_agreement(SCHOOL, hosted_minutes_per_year=60), twice)
    )


@pytest.mark.parametrize("blocked", [Blocked(MONDAY, MONDAY, reason="tests"), Blocked(MONDAY, MONDAY, ("1",)),
                                     Blocked(MONDAY, MONDAY, rooms=("R-ada",))])  # fmt: skip
def test_visits_at_times_kept_free_are_found_and_never_planned(blocked: Blocked) -> None:
    school = replace(SCHOOL, rules=replace(SCHOOL.rules, blocked=(blocked,)))
    assert any("kept free of visits" in told for told in found(school, a_visit()))
    last = last_day(school)
    assert found(school, as_written(solve(Request(school, MONDAY, last)))) == []
    assert solve(Request(school, MONDAY, last)).visiting == solve(Request(SCHOOL, MONDAY, last)).visiting


def test_a_planned_term_keeps_to_its_windows() -> None:
    after = Window(MONDAY + timedelta(days=7), MONDAY + timedelta(days=11), reason="After the day on questioning")
    school = replace(SCHOOL, rules=replace(SCHOOL.rules, windows=(after,)))
    assert any("outside the windows" in told for told in found(school, a_visit()))
    rows = as_written(solve(Request(school, MONDAY, last_day(school))))
    assert rows
    assert found(school, rows) == []
    assert all(after.first.isoformat() <= row["date"] for row in rows)


def test_the_planner_keeps_a_hosts_week_and_year() -> None:
    for agreement in ({"max_hosted_per_week": 1}, {"max_hosted_per_year": 1}, {"hosted_minutes_per_year": 45}):
        school = with_agreement(SCHOOL, **agreement)
        plan = solve(Request(school, MONDAY, last_day(school)))
        assert found(school, as_written(plan)) == []
        assert plan.visiting == len(WEEK)


def test_a_closed_door_is_found() -> None:
    school = make_school(WEEK, agreement=NO_FLOOR, debrief=DebriefRule.NONE, people={"ada": {"open_to_visits": False}})
    assert any("not open to visits" in told for told in found(school, a_visit()))


def test_hosting_more_often_than_the_goal_has_is_found() -> None:
    school = make_school(WEEK, weeks=2, agreement=NO_FLOOR, debrief=DebriefRule.NONE, visits_hosted_at_most=1)
    rows = a_visit() + a_visit(walk="W2", date="2026-09-16", period="1")
    assert any("hosts 2 times" in told for told in found(school, rows))


def test_two_walks_may_meet_in_one_class_and_nowhere_else() -> None:
    week = {"ada": ["cp"], "ben": ["pc"], "cyd": ["pc"]}
    school = make_school(week, agreement=NO_FLOOR, debrief=DebriefRule.NONE)
    both = a_visit("ben") + a_visit("cyd", walk="W2")
    assert found(school, both) == []
    assert any("room cap is 1" in told for told in found(with_agreement(school, room_cap=1), both))


def a_covered_walk(**cover: str) -> Rows:
    host, guests = a_row("ada", "visit", "host", "ada", kind="group"), ("ben", "cyd")
    rows = [host, *(a_row(guest, "visit", "visitor", "ada", kind="group") for guest in guests)]
    rows[2]["covered_by"] = email("dot")
    return [*rows, a_row("dot", "visit", "cover", "ada", **({"kind": "group"} | cover))]


@pytest.mark.parametrize(
    ("dots_day", "roles", "rows", "sentence"),
    [
        ("p", ("cover",), a_covered_walk(), ""),
        ("c", ("cover",), a_covered_walk(), "covers without being free"),
        ("p", ("teacher",), a_covered_walk(), "is not cover staff"),
        ("p", ("cover",), a_covered_walk()[:3], "has no row of their own"),
    ],
)
def test_a_cover_is_named_free_and_cover_staff(
    dots_day: str, roles: tuple[str, ...], rows: Rows, sentence: str
) -> None:
    week = {"ada": ["c"], "ben": ["p"], "cyd": ["c"], "dot": [dots_day]}
    school = make_school(week, agreement=NO_FLOOR, debrief=DebriefRule.NONE, kind=Kind.GROUP, roles={"dot": roles})
    told = found(school, rows)
    assert any(sentence in one for one in told) if sentence else told == []


def test_who_covers_has_time_for_the_way() -> None:
    week = {"ada": ["cc"], "ben": ["cp"], "cyd": ["cc"], "dot": ["cp"]}
    rows = [row | {"period": "2", "start": "08:50", "end": "09:35"} for row in a_covered_walk()]
    for building, said in (("East", []), ("West", ["no time to get between West and East"])):
        people = {name: {"building": "East"} for name in ("ada", "ben", "cyd")} | {"dot": {"building": building}}
        school = make_school(
            week, agreement=NO_FLOOR | {"travel_minutes": 10}, debrief=DebriefRule.NONE, kind=Kind.GROUP,
            roles={"dot": ("cover",)}, people=people,
        )  # fmt: skip
        assert [told.split(" has ")[1].rstrip(".") for told in found(school, rows)] == said


def test_any_row_moved_to_another_period_is_noticed(real_school: Callable[[str], School]) -> None:
    school = real_school("IBDP-School-2016")
    goal = replace(school.rules.goal, kind=Kind.PAIR)
    school = replace(school, rules=replace(school.rules, goal=goal))
    first, last = min(school.days), max(school.days)
    rows = as_written(solve(Request(school, first, last)))
    assert broken_rules(school, rows, first, last) == []
    for i in range(0, len(rows), 9):
        moved = [dict(row) for row in rows]
        moved[i]["start"], moved[i]["end"] = "12:01", "12:21"
        assert broken_rules(school, moved, first, last) != []
