"""Maple Hall: believable, without a fault, and something to book for everybody."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from sync.core.school.people import TEACHER
from sync.core.school.timetable import Has
from sync.core.visits.ask import Known
from sync.core.visits.openings import openings
from sync.schools.folder.folder import check_school
from sync.schools.folder.writer import write_school
from sync.schools.sample.people import DEPARTMENTS, PART_TIME, address
from sync.schools.sample.sample import around, sample_school

MONDAY = date(2026, 9, 7)
SCHOOL = sample_school(MONDAY)
TEACHERS = [person.email for person in SCHOOL.staff.values() if person.has_role(TEACHER)]


def test_it_reads_back_from_a_folder_and_only_part_timers_are_remarked_upon(tmp_path: Path) -> None:
    write_school(SCHOOL, tmp_path / "maple")
    school, problems, oddities = check_school(tmp_path / "maple")
    assert problems == []
    assert school == SCHOOL
    told = [oddity.what for oddity in oddities]
    assert [what for what in told if "off for part of the time" not in what and "clocks" not in what] == []


@given(st.dates(date(2001, 1, 1), date(2099, 1, 1)))
@settings(max_examples=25)
def test_its_term_begins_in_the_week_of_the_day_given(day: date) -> None:
    school = sample_school(day)
    assert timedelta(0) <= day - school.terms[0].first < timedelta(days=7)
    assert all(one in school.terms[0] for one in school.days)
    assert len(school.school_days) == 81
    assert sample_school(day) == school


def test_it_has_sixty_teachers_two_buildings_leaders_cover_and_a_coordinator() -> None:
    roles = Counter(role for person in SCHOOL.staff.values() for role in person.roles)
    assert (roles[TEACHER], roles["leader"], roles["cover"], roles["coordinator"]) == (60, 2, 2, 1)
    assert {person.building for person in SCHOOL.staff.values()} == {"East", "West"}
    assert len({person.name for person in SCHOOL.staff.values()}) == len(SCHOOL.staff)


def test_a_department_plans_together_every_day() -> None:
    for department in DEPARTMENTS:
        for name in department.teachers:
            if name not in PART_TIME:
                for day_type in SCHOOL.bells:
                    entry = SCHOOL.timetable.day(address(name), day_type)[department.planning]
                    assert entry.kind is Has.PREP


def test_everybody_teaches_and_has_lunch_and_two_preps_every_day() -> None:
    for email in TEACHERS:
        for day in SCHOOL.school_days[:4]:
            having = Counter(SCHOOL.has(email, day.date, slot.period) for slot, _ in SCHOOL.slots_of(day))
            assert having[Has.CLASS] >= 2
            assert having[Has.LUNCH] == 1
            assert having[Has.PREP] >= 2, (email, day)


def test_a_snow_day_takes_no_turn_of_the_rotation() -> None:
    notes = {day.note for day in SCHOOL.days.values() if not day.is_school_day}
    assert {"Snow day", "Teacher workshop", "Mid-term break"} <= notes
    letters = [day.day_type[0] for day in SCHOOL.school_days]
    assert letters == ["A", "B"] * 40 + ["A"]
    assert {day.day_type for day in SCHOOL.school_days} == set(SCHOOL.bells)


def test_nobody_shares_a_room_unawares() -> None:
    for day_type, bell in SCHOOL.bells.items():
        for period in bell:
            rooms = [entry.room for entry in SCHOOL.timetable.teaching(day_type, period.name)]
            assert len(rooms) == len(set(rooms))


def test_groups_share_a_planning_period_and_hold_each_teacher_once() -> None:
    members = [email for group in SCHOOL.groups.values() for email in group]
    assert len(members) == len(set(members))
    assert set(members) <= set(TEACHERS)
    for group, emails in SCHOOL.groups.items():
        assert 3 <= len(emails) <= 5
        assert all(SCHOOL.has(email, MONDAY, group.split()[2]) is Has.PREP for email in emails)


def test_every_teacher_can_visit_several_colleagues_within_a_week() -> None:
    known = Known(SCHOOL, datetime(2026, 9, 7, 12, tzinfo=UTC))
    last = MONDAY + timedelta(days=4)
    for visitor in TEACHERS:
        building = SCHOOL.person(visitor).building
        hosts = [email for email in TEACHERS if SCHOOL.person(email).building == building][::4]
        assert sum(bool(openings((visitor,), host, MONDAY, last, known)) for host in hosts) >= 2, visitor


def test_around_today_there_is_a_term_that_has_begun() -> None:
    school = around(datetime(2026, 11, 22, 3, tzinfo=UTC))
    assert school.terms[0].first == date(2026, 11, 2)
