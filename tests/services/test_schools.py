"""Importing a school: what is equal changes nothing, and visits that no longer fit are told, not touched."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from sync.core.days import SchoolDay
from sync.services import schools
from sync.store import SqlStore
from tests.fakes import StandingClock
from tests.personas import ADA, BEN, CLEO, DAN, GUS, LESSONS, MONDAY, TUESDAY, maple, oak
from tests.services.acts import books


def test_the_same_school_again_changes_nothing(store: SqlStore, clock: StandingClock) -> None:
    first = schools.save(store, clock, "maple", maple())
    again = schools.save(store, clock, "maple", maple())
    other = schools.save(store, clock, "maple", replace(maple(), name="Maple Hill"))
    assert [one.changed for one in (first, again, other)] == [True, False, True]
    assert [one.stored.revision for one in (first, again, other)] == [1, 1, 2]


def test_a_visit_whose_class_has_moved_is_told_and_left_alone(hall: SqlStore, clock: StandingClock) -> None:
    hit, spared = books(hall, clock, ADA, period="3"), books(hall, clock, GUS, day=TUESDAY, period="5")
    lessons = LESSONS | {BEN: {"1": "Mathematics", "4": "Mathematics", "5": "Algebra"}}
    saved = schools.save(hall, clock, "maple", maple(lessons=lessons))
    assert [(one.walk, [reason.code for reason in one.reasons]) for one in saved.misfits] == [(hit, ["no_class"])]
    with hall.work() as work:
        assert work.walks.all("maple") == [hit, spared]


def test_a_day_off_and_a_person_gone_are_told_too(hall: SqlStore, clock: StandingClock) -> None:
    monday, tuesday = books(hall, clock, ADA), books(hall, clock, GUS, day=TUESDAY)
    school = maple()
    snow = {**school.days, MONDAY: SchoolDay(MONDAY, "", "snow")}
    staff = {email: person for email, person in school.staff.items() if email != GUS}
    saved = schools.save(hall, clock, "maple", replace(school, days=snow, staff=staff))
    told = {one.walk.key: [reason.code for reason in one.reasons] for one in saved.misfits}
    assert told == {monday.key: ["no_such_slot"], tuesday.key: ["gone"]}


def test_visits_that_are_over_fit_for_ever(hall: SqlStore, clock: StandingClock) -> None:
    walk = books(hall, clock, ADA)
    clock.set(walk.ends + timedelta(hours=1))
    assert schools.save(hall, clock, "maple", maple(lessons={ADA: {"3": "Science"}})).misfits == ()


def test_people_are_known_by_their_address_with_school_and_roles(hall: SqlStore) -> None:
    cleo, ada, dan = (schools.who_is(hall, email) for email in (CLEO.upper(), ADA, DAN))
    assert cleo is not None
    assert ada is not None
    assert dan is not None
    assert (cleo.school_key, cleo.person.name, cleo.is_coordinator) == ("maple", "Cleo", True)
    assert (ada.is_coordinator, ada.is_leader) == (False, False)
    assert (dan.school_key, dan.school) == ("oak", oak())
    assert schools.who_is(hall, "nobody@maple.example") is None
