"""Random small schools: never a broken rule, and never short of what trying everything finds."""

from __future__ import annotations

from dataclasses import asdict
from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from sync.core.school.agreement import DebriefRule, EmptyPeriod, Kind
from sync.core.school.school import Busy, School, Wish
from sync.core.school.slots import moment
from sync.planning.check import broken_rules
from sync.planning.model.grid import Grid
from sync.planning.model.options import Option
from sync.planning.pairs.options import options_on
from sync.planning.problem import Request
from sync.planning.rows import rows
from sync.planning.solve import solve
from tests.planning.halls import MONDAY, as_written, email, last_day, make_school

NAMES = ("ada", "ben", "cyd", "dot", "eli", "fay", "gus", "hal")


@st.composite
def schools(draw: st.DrawFn, most: int = 8, kinds: tuple[Kind, ...] = tuple(Kind)[:4], weeks: int = 3) -> School:
    people = draw(st.sampled_from([most, most - 1, most - 1, 2, 1]))
    periods, cycle = draw(st.sampled_from([3, 4, 5, 5, 1])), draw(st.sampled_from([1, 2, 3]))
    letter = st.sampled_from("ccccppppp..dlot")
    day = st.lists(letter, min_size=periods, max_size=periods).map("".join)
    names = NAMES[:people]
    week = {name: draw(st.lists(day, min_size=cycle, max_size=cycle)) for name in names}
    role = st.sampled_from([("teacher",)] * 6 + [("cover",), ("teacher", "cover"), ("coordinator",)])
    person = st.fixed_dictionaries(
        {
            "open_to_visits": st.sampled_from([True, True, True, False]),
            "departments": st.sampled_from([(), ("Maths",), ("Art",)]),
            "building": st.sampled_from(["", "East", "West"]),
        }
    )
    school = make_school(
        week,
        draw(st.sampled_from([weeks, weeks, 1])),
        minutes=draw(st.sampled_from([30, 45, 80])),
        roles={name: draw(role) for name in names},
        people={name: draw(person) for name in names},
        groups=draw(st.sampled_from([{}, {}, {"One": names[: people // 2], "Two": names[people // 2 :]}])),
        agreement={
            "max_visits_per_week": draw(st.sampled_from([1, 1, 2, 0])),
            "room_cap": draw(st.sampled_from([3, 3, 4, 2, 1])),
            "prep_floor_minutes_per_day": draw(st.sampled_from([0, 0, 20, 30])),
            "prep_floor_minutes_per_week": draw(st.sampled_from([0, 0, 100])),
            "travel_minutes": draw(st.sampled_from([0, 0, 10])),
        },
        kind=draw(st.sampled_from(kinds)),
        visits_per_teacher=draw(st.sampled_from([1, 1, 2, 0])),
        hosted_per_teacher=draw(st.sampled_from([1, 1, 2, 0])),
        visits_hosted_at_most=draw(st.sampled_from([3, 2, 1])),
        debrief=draw(st.sampled_from(DebriefRule)),
        debrief_minutes=draw(st.sampled_from([20, 10, 50])),
        debrief_outside_hours=draw(st.sampled_from([True, True, False])),
        prep=draw(st.sampled_from(EmptyPeriod)),
    )
    calendars = draw(
        st.lists(
            st.tuples(st.sampled_from(names), st.integers(0, 13), st.integers(7 * 60, 13 * 60), st.integers(1, 3000)),
            max_size=3,
        )
    )
    wishes = draw(
        st.lists(
            st.tuples(st.sampled_from(names), st.sampled_from(["visit", "partner"]), st.sampled_from(names)), max_size=4
        )
    )
    return School(**{**{f: getattr(school, f) for f in school.__dataclass_fields__},
                     "busy": tuple(_busy(school, *one) for one in calendars),
                     "wishes": tuple(Wish(email(a), what, email(b)) for a, what, b in wishes)})  # fmt: skip


def _busy(school: School, name: str, day: int, start: int, minutes: int) -> Busy:
    midnight = moment(
        MONDAY + timedelta(days=day), next(iter(school.bells.values())).periods[0].start.replace(hour=0), school.zone
    )
    return Busy(email(name), midnight + timedelta(minutes=start), midnight + timedelta(minutes=start + minutes))


@given(school=schools(), seed=st.integers(0, 3))
@settings(max_examples=60)
def test_no_plan_breaks_a_rule_and_everybody_is_placed_or_told_why(school: School, seed: int) -> None:
    plan = solve(Request(school, MONDAY, last_day(school), seconds=1, seed=seed))

    assert broken_rules(school, as_written(plan), MONDAY, last_day(school)) == []
    assert plan.placed + len(plan.unplaced) == plan.people
    assert all(one.why and one.email in school.staff for one in plan.unplaced)
    assert all(term.bound is None or 0 <= term.bound <= term.value for term in plan.terms)
    assert 0 <= plan.gap <= 1


@given(school=schools(most=3, kinds=(Kind.PAIR,), weeks=1))
@settings(max_examples=25)
def test_pairs_come_as_near_to_the_goal_as_trying_everything(school: School) -> None:
    last = min(last_day(school), MONDAY + timedelta(days=1))
    plan = solve(Request(school, MONDAY, last, seconds=5))

    missing = plan.terms[0]
    assert missing.value == least_missing(school, Grid(school, MONDAY, last))
    assert missing.bound is not None
    assert missing.bound <= missing.value


def least_missing(school: School, grid: Grid) -> int:
    """Visits and hosting missing at best, by trying every set of visits that the check lets pass."""
    goal, last = grid.goal, grid.days[-1].date if grid.days else MONDAY
    teachers = [i for i, person in enumerate(grid.people) if person.has_role("teacher")]
    ways = {
        (visitor, host): [o for day in grid.days for o in options_on(grid, visitor * 9 + host, visitor, host, day, 99)]
        for visitor in teachers
        for host in teachers
        if visitor != host
    }
    pairs = [pair for pair, found in ways.items() if found]
    hosting = [t for t in teachers if grid.people[t].open_to_visits]
    best = len(teachers) * goal.visits_per_teacher + len(hosting) * goal.hosted_per_teacher

    def short(held: list[Option]) -> int:
        visits = [sum(t in o.visitors for o in held) for t in teachers]
        hosted = [sum(t in o.hosts for o in held) for t in hosting]
        return sum(max(0, goal.visits_per_teacher - n) for n in visits) + sum(
            max(0, goal.hosted_per_teacher - n) for n in hosted
        )

    def search(held: list[Option], left: list[tuple[int, int]]) -> None:
        nonlocal best
        best = min(best, short(held))
        if not left or short(held) - 2 * len(left) >= best:
            return
        search(held, left[1:])
        visitor = left[0][0]
        if sum(visitor in o.visitors for o in held) >= goal.visits_per_teacher:
            return
        for option in ways[left[0]]:
            trial = [*held, option]
            written = [asdict(row) for row in rows(grid, trial)]
            one_walk_a_class = len({(o.day, o.period, o.hosts) for o in trial}) == len(trial)
            if one_walk_a_class and not broken_rules(school, written, MONDAY, last):
                search(trial, left[1:])

    search([], pairs)
    return best
