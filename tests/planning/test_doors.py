"""Open doors are visited first, at the times for which they stand open; what is shut is never planned."""

from __future__ import annotations

from datetime import date, timedelta

from sync.core.school.agreement import DebriefRule
from sync.core.visits.doors import Doors, OpenDoor, Repeats
from sync.planning.problem import Request
from sync.planning.solve import solve
from sync.services.plans.planning_term import with_shut_doors
from tests.planning.halls import MONDAY, email, last_day, make_school

FREE = {"debrief": DebriefRule.NONE, "agreement": {"prep_floor_minutes_per_day": 0}}


def a_door(host: str, day: int, period: str, **other: object) -> OpenDoor:
    first = MONDAY + timedelta(days=day)
    return OpenDoor(
        key=host, host=email(host), repeats=Repeats.WEEKLY, first=first, period=period, section="", seats=2, **other
    )  # type: ignore[arg-type]


def test_a_visit_stands_where_the_door_does() -> None:
    school = make_school({"ada": ["pccc"], "ben": ["cppp"]}, weeks=4, **FREE)
    doors = Doors([a_door("ada", 3, "3")])
    rows = solve(Request(school, MONDAY, last_day(school), doors=doors)).rows
    (visit,) = (row for row in rows if row.role == "visitor" and row.host == email("ada"))
    assert (date.fromisoformat(visit.date).weekday(), visit.period) == (3, "3")


def test_who_is_visited_twice_has_asked_for_company() -> None:
    week = {"ada": ["ccp"], "ben": ["ccp"], "cyd": ["pco"], "dot": ["pco"], "eli": ["pco"]}
    school = make_school(week, weeks=4, **FREE)
    for host in ("ada", "ben"):
        rows = solve(Request(school, MONDAY, last_day(school), doors=Doors([a_door(host, 1, "1")]))).rows
        visitors = [row for row in rows if row.role == "visitor" and row.host == email(host)]
        assert len(visitors) == 2, host


def test_a_door_that_is_shut_for_a_test_is_not_planned_for() -> None:
    school = make_school({"ada": ["pc"], "ben": ["cp"]}, weeks=1, **FREE)
    tests = tuple(MONDAY + timedelta(days=day) for day in range(4))
    doors = Doors([a_door("ada", day, "2", not_on=tests) for day in range(5)])
    shut = with_shut_doors(school, doors, MONDAY, last_day(school))
    (visit,) = (row for row in solve(Request(shut, MONDAY, last_day(school))).rows if row.email == email("ben")
                and row.role == "visitor")  # fmt: skip
    assert visit.date == (MONDAY + timedelta(days=4)).isoformat()
