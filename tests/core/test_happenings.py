"""What happens to a school: applied once or twice it is the same, and a rotation shifts or stays as its rules say."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.core.school.agreement import Blocked
from sync.core.school.days import SchoolDay
from sync.core.school.happenings import Absence, DayBecomes, Happening, KeptFree, lost_day, still_news, with_happenings
from sync.core.school.school import School
from tests.personas import ADA, BEN, FRIDAY, LAST, MONDAY, THURSDAY, TUESDAY, WEDNESDAY, maple

DATES = st.integers(0, 50).map(lambda n: MONDAY + timedelta(days=n))
HAPPENINGS = st.one_of(
    st.builds(lambda who, day, n: Absence(who, day, day + timedelta(days=n)), st.sampled_from([ADA, BEN]), DATES,
              st.integers(0, 5)),
    st.builds(DayBecomes, DATES, st.sampled_from(["", "every day", "late"]), st.just("every day")),
    st.builds(lambda day: KeptFree(Blocked(day, day, ("3",), "Testing")), DATES),
)  # fmt: skip


def rotating(*shifting: str) -> School:
    """Maple Hall with A and B days in turn, and an exam day in the first week."""
    school = maple()
    types = {day: "AB"[n % 2] for n, day in enumerate(sorted(school.days))} | {THURSDAY: "exam"}
    bells = dict.fromkeys(("A", "B", "exam"), school.bells["every day"])
    days = {day: SchoolDay(day, types[day]) for day in school.days}
    return replace(school, bells=bells, days=days, rules=replace(school.rules, rotation_shifts=shifting))


def types_of(school: School) -> list[str]:
    return [school.days[day].day_type for day in (MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY)]


def test_a_lost_day_leaves_the_others_where_they_are_unless_the_rotation_shifts() -> None:
    for shifting, then in (((), ["A", "", "A", "exam", "A"]), (("A", "B"), ["A", "", "B", "exam", "A"])):
        school = rotating(*shifting)
        assert types_of(school) == ["A", "B", "A", "exam", "A"]
        assert types_of(with_happenings(school, lost_day(school, TUESDAY, "snow"))) == then


def test_a_rotation_that_shifts_goes_on_in_turn_to_the_end_of_the_term() -> None:
    school = rotating("A", "B")
    after = with_happenings(school, lost_day(school, MONDAY + timedelta(days=7)))
    turn = [day.day_type for day in after.school_days if day.date > FRIDAY and day.day_type != "exam"]
    assert turn == [turn[n % 2] for n in range(len(turn))]
    assert max(after.days) == LAST


def test_a_day_that_is_no_school_day_cannot_be_lost() -> None:
    school = rotating("A", "B")
    assert list(lost_day(school, MONDAY - timedelta(days=1))) == []
    assert [one.day for one in lost_day(school, THURSDAY)] == [THURSDAY], "an exam day is no part of the rotation"


@given(st.lists(HAPPENINGS, max_size=6))
def test_applying_again_changes_nothing_more(said: list[Happening]) -> None:
    once = with_happenings(maple(), said)
    last_of_a_day = {one.day: one for one in said if isinstance(one, DayBecomes)}
    again = [one for one in said if not isinstance(one, DayBecomes) or last_of_a_day[one.day] is one]
    assert with_happenings(once, again) == once


@pytest.mark.parametrize(
    ("one", "stays"),
    [
        (Absence(BEN, TUESDAY, WEDNESDAY), True),
        (Absence(BEN, MONDAY - timedelta(days=9), MONDAY - timedelta(days=8)), False),
        (DayBecomes(TUESDAY, "", "every day"), True),
        (DayBecomes(TUESDAY, "", "another type than the export has"), False),
        (DayBecomes(date(2026, 7, 1), "", "every day"), False),
    ],
)
def test_an_export_is_believed_where_it_says_something_new(one: Happening, stays: bool) -> None:
    assert still_news(maple(), [one], MONDAY) == ([one] if stays else [])
