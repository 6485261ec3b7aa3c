"""Whatever is not offered has a rule or a cell: each refusal of a week leads to a row of the Sheet's own tabs."""

from __future__ import annotations

import random
from datetime import date, datetime, timedelta

from sync.core.school.school import School
from sync.core.visits.ask import Known
from sync.core.visits.openings import Closed, survey
from sync.schools.sample.sample import sample_school
from sync.schools.tabs.forms import SchoolForms

PAIRS = 60
FIRST = date(2026, 9, 7)
ELSEWHERE = {"clock", "seats", "busy", "blocked"}
"""the moment, other visits, people's calendars, and dates kept free: not cells of a tab"""


def test_every_refusal_of_a_week_leads_to_a_rule_or_a_cell() -> None:
    school = sample_school(FIRST)
    rows = {tab: [tuple(row) for row in table] for tab, table in SchoolForms().rows(school).items()}
    rules = {row[0] for row in rows["Rules"]}
    lessons = {(row[0], row[1], row[2]): row[3] for row in rows["Timetable"]}
    closed_doors = {row[0] for row in rows["Staff"] if row[-1] == "no"}
    chance, people, seen = random.Random(7), sorted(school.staff), set[str]()
    known = Known(school, datetime(2026, 9, 8, 12, tzinfo=school.zone))
    for _ in range(PAIRS):
        visitor, host = chance.sample(people, 2)
        for found in survey((visitor,), host, FIRST, FIRST + timedelta(days=6), known):
            for reason in found.reasons if isinstance(found, Closed) else ():
                seen.add(reason.rule)
                if reason.rule == "timetable":
                    who = host if reason.code == "no_class" else visitor
                    kind = lessons.get((who, *_place(school, found)), "prep")
                    assert (kind == "class") is (reason.code == "no_prep") or kind not in ("class", "prep"), reason
                elif reason.rule == "people.open_to_visits":
                    assert host in closed_doors
                else:
                    assert reason.rule in rules | ELSEWHERE, reason
    assert {"timetable", "agreement.notice_school_days", "clock"} <= seen


def _place(school: School, found: Closed) -> tuple[str, str]:
    """What names the row in the tab Timetable, beside the person: day type and period."""
    return school.days[found.slot.date].day_type, found.slot.period
