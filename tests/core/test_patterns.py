"""Patterns tell what many noticed, and never what one of a few did; pictures are counts alone."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from sync.core.school.agreement import Kind
from sync.core.sheet.patterns import CONTRIBUTORS_AT_LEAST, action_rows, pattern_rows
from sync.core.sheet.pictures import grade_headings, grade_rows, requirement_rows, week_rows
from sync.core.visits.walk import State, Stop, Walk
from tests.personas import ADA, BEN, CLEO, EVE, FAY, FIRST, GUS, SUNDAY_BEFORE, maple

SCHOOL = maple()
LABELS = {"talk": "Who talks?"}
DAYS = [day.date for day in SCHOOL.school_days]
VISITORS = [ADA, CLEO, EVE, FAY, GUS]


def walk(n: int, visitor: str, day: date, state: State = State.HELD) -> Walk:
    slot = SCHOOL.slot(day, "3")
    assert slot is not None
    return Walk(f"{n:032x}", Kind.PAIR, (visitor,), (Stop(BEN, slot),), ("talk",), visitor, SUNDAY_BEFORE, state)


def test_a_tag_of_four_people_is_not_shown_and_of_five_is() -> None:
    walks = [walk(n, visitor, DAYS[n]) for n, visitor in enumerate(VISITORS)]
    tags = {one.key: ("#Wait-time",) for one in walks}
    assert pattern_rows(SCHOOL, walks[:4], tags, LABELS) == []
    [(_, cells)] = pattern_rows(SCHOOL, walks, tags, LABELS)
    assert cells == ("Spring", "Who talks?", "wait-time", 5, 5, "", "")


def test_halves_are_shown_only_when_both_have_five_people() -> None:
    early = [walk(n, visitor, DAYS[n]) for n, visitor in enumerate(VISITORS)]
    late = [walk(n + 9, visitor, DAYS[-1 - n]) for n, visitor in enumerate(VISITORS)]
    for walks, halves in ((early + late[:4], ("", "")), (early + late, (5, 5))):
        rows = pattern_rows(SCHOOL, walks, {one.key: ("#a",) for one in walks}, LABELS)
        assert rows[0][1][-2:] == halves
        assert action_rows(rows)[0][1][1:] == halves


@given(st.lists(st.tuples(st.sampled_from(VISITORS), st.integers(0, 39), st.sampled_from("ab")), max_size=20))
@settings(max_examples=50)
def test_no_number_comes_from_fewer_than_five_people(seen: list[tuple[str, int, str]]) -> None:
    walks = [walk(n, visitor, DAYS[day]) for n, (visitor, day, _) in enumerate(seen)]
    tags = {one.key: (f"#{tag}",) for one, (_, _, tag) in zip(walks, seen, strict=True)}
    shown = {cells[2] for _, cells in pattern_rows(SCHOOL, walks, tags, LABELS)}
    for tag in "ab":
        people = {visitor for visitor, _, of in seen if of == tag}
        assert (tag in shown) == (len(people) >= CONTRIBUTORS_AT_LEAST)


def test_weeks_without_a_visit_are_there_and_cancelled_visits_are_not() -> None:
    walks = [walk(1, ADA, FIRST), walk(2, EVE, FIRST + timedelta(weeks=2), State.BOOKED)]
    walks.append(walk(3, GUS, FIRST + timedelta(weeks=5), State.CANCELLED))
    assert [cells for _, cells in week_rows(walks)] == [
        ("2026-03-02", 1, 0),
        ("2026-03-09", 0, 0),
        ("2026-03-16", 0, 1),
    ]
    assert week_rows([]) == []


def test_grades_are_counted_from_visitor_to_host() -> None:
    rows = dict(grade_rows(SCHOOL, [walk(1, ADA, FIRST), walk(2, EVE, FIRST + timedelta(days=1))]))
    assert grade_headings(SCHOOL) == ("Visitors of grade", "to 6", "to 7", "to 8", "to no grade")
    assert rows["7"] == ("7", 0, 1, 0, 0)
    assert rows["6"] == ("6", 0, 1, 0, 0)


def test_the_requirement_is_counted_and_names_nobody() -> None:
    rows = requirement_rows(SCHOOL, [walk(1, ADA, FIRST), walk(2, EVE, FIRST, State.BOOKED)])
    assert [cells for _, cells in rows] == [("met", 1), ("not yet", 5)]
