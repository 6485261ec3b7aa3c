"""A plan of a term leaves people's own appointments alone, as their calendars tell them over the wire."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

import pytest

from sync.core.school.agreement import DebriefRule, Goal, Kind, Rules
from sync.planning.planner import TermPlanner
from sync.services.plans import planning_term
from sync.services.ports import Found
from sync.store import SqlStore
from tests.fakes import StandingClock
from tests.google.conftest import PLACES, Side
from tests.personas import ADA, BEN, CLEO, FIRST, GUS, LAST, SUNDAY_BEFORE, maple


@pytest.fixture
def school(store: SqlStore) -> SqlStore:
    with store.work() as work:
        rules = Rules(goal=Goal(kind=Kind.PAIR, debrief=DebriefRule.NONE))
        work.schools.save("maple", replace(maple(), rules=rules))
        work.mirrors.keep_rooms("maple", PLACES)
        work.commit()
    return store


def every_day_but_the_last(side: Side, person: str, first: str, last: str) -> None:
    """From the start of one period to the end of another, each weekday of the term but its last."""
    starts, ends = maple().slot(FIRST, first), maple().slot(FIRST, last)
    assert starts
    assert ends
    until = f"{LAST - timedelta(days=1):%Y%m%d}T235959Z"
    body = {
        "summary": "Mine",
        "start": {"dateTime": starts.start.isoformat(), "timeZone": "America/New_York"},
        "end": {"dateTime": ends.end.isoformat(), "timeZone": "America/New_York"},
        "recurrence": [f"RRULE:FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR;UNTIL={until}"],
    }
    account = side.as_(person)
    account.send(account.api.events.insert(calendarId="primary", body=body), "writing down")


def planned(store: SqlStore, side: Side) -> Found:
    clock = StandingClock(SUNDAY_BEFORE)
    planning_term.ask(store, clock, "maple", actor=CLEO, first=FIRST, last=LAST, seconds=5)
    plan = planning_term.work_on(store, clock, "maple", TermPlanner(), side.workspace)
    assert plan is not None
    return plan.found


def visits_of(found: Found, role: str, email: str) -> list[Mapping[str, str]]:
    return [row for row in found.rows if (row["piece"], row["role"], row["email"]) == ("visit", role, email)]


def test_a_plan_goes_around_appointments_and_not_around_lessons(side: Side, school: SqlStore) -> None:
    every_day_but_the_last(side, ADA, "3", "6")
    every_day_but_the_last(side, BEN, "1", "1")
    every_day_but_the_last(side, BEN, "3", "3")
    account = side.as_(GUS)
    account.send(account.api.acl.delete(calendarId="primary", ruleId="domain:maple.example"), "hiding a calendar")
    side.forget_calls()
    found = planned(school, side)
    [hers] = visits_of(found, "visitor", ADA)
    assert hers["date"] == LAST.isoformat(), "the only day on which her prep is her own"
    assert visits_of(found, "host", BEN), "his calendar holds just the classes that are visited"
    assert found.placed == found.people
    assert found.notes[-1] == "1 calendar could not be seen; the timetable alone was used for it."
    assert side.counted() == {"calendar.freebusy.query": 1}


def test_without_google_the_timetable_alone_is_used_and_that_is_said(side: Side, school: SqlStore) -> None:
    side.trouble({"method": "calendar.freebusy.query", "kind": "403-quota", "times": 99})
    found = planned(school, side)
    assert found.placed == found.people
    assert found.notes[-1] == "No calendar could be seen; the timetable alone was used."
