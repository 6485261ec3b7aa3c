"""Importing a school: what is equal changes nothing, what was said here stays, and visits that it hits are mended."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from sync.core.school.agreement import Blocked
from sync.core.school.days import SchoolDay
from sync.services import schools
from sync.services.plans.repairing import absence, blocked, lost_day, repair, repair_after_change, repair_soon
from sync.store import SqlStore
from sync.store.unit_of_work import SqlWork
from tests.fakes import StandingClock
from tests.personas import ADA, BEN, CLEO, DAN, GUS, LESSONS, MONDAY, TUESDAY, WEDNESDAY, maple, oak
from tests.services.acts import books


def test_the_same_school_again_changes_nothing(store: SqlStore, clock: StandingClock) -> None:
    first = schools.save(store, "maple", maple())
    again = schools.save(store, "maple", maple())
    other = schools.save(store, "maple", replace(maple(), name="Maple Hill"))
    assert [one.changed for one in (first, again, other)] == [True, False, True]
    assert [one.stored.revision for one in (first, again, other)] == [1, 1, 2]


def test_a_visit_whose_class_has_moved_is_mended_and_the_others_stay(hall: SqlStore, clock: StandingClock) -> None:
    hit, spared = books(hall, clock, ADA, period="3"), books(hall, clock, GUS, day=TUESDAY, period="5")
    lessons = LESSONS | {BEN: {"1": "Mathematics", "6": "Mathematics", "5": "Algebra"}}
    schools.save(hall, "maple", maple(lessons=lessons))
    (moved,) = repair_after_change(hall, clock, "maple").moved
    assert (moved.key, moved.people, moved.stops[0].slot.period) == (hit.key, hit.people, "5")
    assert repair_after_change(hall, clock, "maple").changed == 0
    with hall.work() as work:
        assert work.walks.get("maple", spared.key) == spared


def test_a_day_off_and_a_person_gone_are_mended_too(hall: SqlStore, clock: StandingClock) -> None:
    monday, tuesday = books(hall, clock, ADA), books(hall, clock, GUS, day=TUESDAY)
    school = maple()
    snow = {**school.days, MONDAY: SchoolDay(MONDAY, "", "snow")}
    staff = {email: person for email, person in school.staff.items() if email != GUS}
    schools.save(hall, "maple", replace(school, days=snow, staff=staff))
    repaired = repair_after_change(hall, clock, "maple")
    assert [walk.key for walk in repaired.moved] == [monday.key]
    assert [walk.key for walk in repaired.cancelled] == [tuesday.key]
    assert {one.email for one in repaired.told} == {ADA, BEN}


def test_where_a_great_part_is_hit_somebody_looks_first(hall: SqlStore, clock: StandingClock) -> None:
    weeks = [MONDAY + timedelta(days=7 * n) for n in range(6)]
    walks = [books(hall, clock, ADA, day=day) for day in weeks]
    schools.save(hall, "maple", maple(lessons={**LESSONS, BEN: {"1": "Mathematics"}}))
    for _ in range(2):
        assert repair_after_change(hall, clock, "maple").too_many == len(walks)
    with hall.work() as work:
        assert work.walks.all("maple") == walks
    assert repair(hall, clock, "maple").changed == len(walks)
    assert repair_after_change(hall, clock, "maple").too_many == 0


def test_what_takes_long_is_done_by_the_passes_a_few_visits_at_a_time(hall: SqlStore, clock: StandingClock) -> None:
    weeks = [MONDAY + timedelta(days=7 * n) for n in range(6)]
    walks = [books(hall, clock, ADA, day=day) for day in weeks]
    tests_on = [blocked(Blocked(day, day, (), "tests")) for day in weeks]
    asked = repair_soon(hall, clock, "maple", *tests_on, waited_for=3)
    assert (asked.later, asked.changed) == (6, 0)
    with hall.work() as work:
        assert work.walks.all("maple") == walks
    repaired = repair_after_change(hall, clock, "maple")
    assert (len(repaired.moved), repaired.too_many) == (6, 0)
    assert {one.email: len(one.sentences) for one in repaired.told} == {ADA: 6, BEN: 6}
    assert repair_after_change(hall, clock, "maple").changed == 0
    assert repair_soon(hall, clock, "maple", waited_for=3).later == 6, "to look again is a wish of its own"
    assert repair_after_change(hall, clock, "maple").changed == 0


def test_a_pass_that_is_cut_off_goes_on_where_it_was(hall: SqlStore, clock: StandingClock) -> None:
    weeks = [MONDAY + timedelta(days=7 * n) for n in range(3)]
    for day in weeks:
        books(hall, clock, ADA, day=day)
    repair_soon(hall, clock, "maple", *(blocked(Blocked(day, day, (), "tests")) for day in weeks), waited_for=0)

    class Cut(SqlStore):
        left = 2

        def work(self) -> SqlWork:
            self.left -= 1
            if self.left < 0:
                raise KeyboardInterrupt
            return super().work()

    with pytest.raises(KeyboardInterrupt):
        repair_after_change(Cut(hall.engine), clock, "maple")
    with hall.work() as work:
        moved = work.walks.all("maple")
    assert not {walk.starts.date() for walk in moved} & set(weeks), "what was done is done"
    assert repair_after_change(hall, clock, "maple").changed == 0
    with hall.work() as work:
        stored = work.schools.get("maple")
        assert work.walks.all("maple") == moved
    assert stored.mended == stored.revision


def test_what_a_sheet_left_undecided_is_not_decided_along_the_way(hall: SqlStore, clock: StandingClock) -> None:
    weeks = [MONDAY + timedelta(days=7 * n) for n in range(7)]
    for day in weeks:
        books(hall, clock, ADA, day=day)
    schools.save(hall, "maple", maple(lessons={**LESSONS, BEN: {"1": "Mathematics"}}))
    repaired = repair_soon(hall, clock, "maple", blocked(Blocked(MONDAY, MONDAY, (), "tests")), waited_for=0)
    assert repaired.changed == 1
    assert repair_after_change(hall, clock, "maple").too_many == 6
    assert repair_soon(hall, clock, "maple", waited_for=3).later == 6, "now somebody has looked"
    assert repair_after_change(hall, clock, "maple").changed == 6


def test_visits_that_are_over_fit_for_ever(hall: SqlStore, clock: StandingClock) -> None:
    walk = books(hall, clock, ADA)
    clock.set(walk.ends + timedelta(hours=1))
    schools.save(hall, "maple", maple(lessons={ADA: {"3": "Science"}}))
    assert repair_after_change(hall, clock, "maple").changed == 0


def test_a_new_export_takes_back_nothing_that_was_said_here(hall: SqlStore, clock: StandingClock) -> None:
    repair(hall, clock, "maple", absence(BEN, MONDAY, TUESDAY), lost_day(WEDNESDAY, "snow"))
    saved = schools.take_in(hall, clock, "maple", replace(maple(), name="Maple Hill"))
    assert [busy.email for busy in saved.stored.school.busy] == [BEN]
    assert not saved.stored.school.days[WEDNESDAY].is_school_day
    late = {**maple().days, WEDNESDAY: SchoolDay(WEDNESDAY, "late start")}
    again = schools.take_in(hall, clock, "maple", replace(maple(), days=late)).stored.school
    assert again.days[WEDNESDAY].day_type == "late start", "an export that says something new of the day is believed"
    assert [busy.email for busy in again.busy] == [BEN]
    with hall.work() as work:
        assert work.schools.get("maple").school == again


def test_people_are_known_by_their_address_with_school_and_roles(hall: SqlStore) -> None:
    cleo, ada, dan = (schools.who_is(hall, email) for email in (CLEO.upper(), ADA, DAN))
    assert cleo is not None
    assert ada is not None
    assert dan is not None
    assert (cleo.school_key, cleo.person.name, cleo.is_coordinator) == ("maple", "Cleo", True)
    assert (ada.is_coordinator, ada.is_leader) == (False, False)
    assert (dan.school_key, dan.school) == ("oak", oak())
    assert schools.who_is(hall, "nobody@maple.example") is None
