"""Dates kept free of visits, and what a host's week and year may hold."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from sync.core.school.agreement import Agreement, Blocked
from sync.core.school.school import School
from sync.core.visits.ask import Ask, Known
from sync.core.visits.commitments import Commitment, Commitments, Part
from sync.core.visits.openings import objections
from tests.core.conftest import ADA, BEN, EVE, MONDAY, at, build

BEFORE = at("8:00", MONDAY - timedelta(days=7))


def hosts(school: School, walk: str, day: date, period: str = "3") -> Commitment:
    slot = school.slot(day, period)
    assert slot is not None
    return Commitment(walk, BEN, Part.HOST, day, period, slot.start, slot.end)


def codes(school: School, day: date = MONDAY, held: tuple[Commitment, ...] = (), now: datetime = BEFORE) -> list[str]:
    slot = school.slot(day, "2")
    assert slot is not None
    ask = Ask((ADA,), BEN, slot)
    return [reason.code for reason in objections(ask, Known(school, now, Commitments(held)))]


@pytest.mark.parametrize(("periods", "told"), [((), True), (("2",), True), (("3",), False)])
def test_a_date_kept_free_is_refused_with_its_reason(periods: tuple[str, ...], told: bool) -> None:
    school = build()
    kept = Blocked(MONDAY, MONDAY + timedelta(days=1), periods, "state testing")
    school = replace(school, rules=replace(school.rules, blocked=(kept,)))
    assert codes(school) == (["blocked"] if told else [])
    assert codes(school, MONDAY + timedelta(days=2)) == []
    if told:
        slot = school.slot(MONDAY, "2")
        assert slot is not None
        (reason,) = objections(Ask((ADA,), BEN, slot), Known(school, BEFORE))
        assert reason.sentence == (
            "Monday 7 Sep, period 2 is kept free of visits until 8 Sep (state testing); choose another date."
        )


def test_a_room_that_is_closed_has_no_visitors() -> None:
    school = build()
    kept = Blocked(MONDAY, MONDAY, (), "new floor", ("B1",))
    school = replace(school, rules=replace(school.rules, blocked=(kept,)))
    assert codes(school) == ["room_closed"]
    assert codes(school, MONDAY + timedelta(days=1)) == []


def test_a_hosts_week_is_full_when_it_is() -> None:
    school = build(Agreement(max_hosted_per_week=1))
    held = hosts(school, "w", MONDAY + timedelta(days=3))
    assert codes(school, MONDAY, (held,)) == ["host_week"]
    assert codes(school, MONDAY + timedelta(days=7), (held,)) == []


def test_a_hosts_year_counts_walks_and_minutes_from_the_first_of_august() -> None:
    school = build(Agreement(max_hosted_per_year=2))
    year = [hosts(school, key, MONDAY + timedelta(days=day)) for key, day in (("v", 1), ("w", 2))]
    assert codes(school, MONDAY, tuple(year)) == ["host_year"]
    assert codes(school, MONDAY, (year[0], replace(year[1], date=date(2026, 7, 31)))) == []
    school = build(Agreement(hosted_minutes_per_year=90))
    assert codes(school, MONDAY, (year[0],)) == []
    assert codes(school, MONDAY, tuple(year)) == ["host_year_minutes"]


def test_whoever_teaches_may_visit_when_somebody_covers() -> None:
    school = build(lessons={ADA: "2", BEN: "2", EVE: ""})
    slot = school.slot(MONDAY, "2")
    assert slot is not None
    known = Known(school, BEFORE)
    assert [reason.code for reason in objections(Ask((ADA,), BEN, slot), known)] == ["no_prep"]
    assert [reason.code for reason in objections(Ask((ADA,), BEN, slot, covered=(ADA,)), known)] == []
