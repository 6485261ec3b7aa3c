"""What the store keeps of schools."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from sync.core.school.agreement import Agreement, DebriefRule, EmptyPeriod, Goal, Rules
from sync.core.school.happenings import Absence, DayBecomes, with_happenings
from sync.core.school.school import Busy, School, Wish
from sync.services.ports import NoSuchSchool
from sync.store import SqlStore, documents, open_store
from tests.personas import ADA, BEN, DAN, SUNDAY_BEFORE, TUESDAY, WEDNESDAY, maple


def rich() -> School:
    """Maple Hall with something in every field."""
    goal = Goal(visits_per_teacher=3, debrief=DebriefRule.SAME_DAY, prep=EmptyPeriod.GAP)
    return replace(
        maple(Agreement(room_cap=2)),
        busy=(Busy(ADA, SUNDAY_BEFORE, SUNDAY_BEFORE + timedelta(hours=1)),),
        wishes=(Wish(ADA, "visit", BEN),),
        rules=Rules("ours", Agreement(room_cap=2), goal),
    )


def test_a_school_comes_back_as_it_was_kept(store: SqlStore, database_url: str) -> None:
    with store.work() as work:
        work.schools.save("maple", rich())
        work.commit()
    other_process = open_store(database_url)
    with other_process.work() as work:
        assert work.schools.get("maple").school == rich()
    other_process.close()


def test_an_equal_school_keeps_its_revision_and_another_gets_the_next(hall: SqlStore) -> None:
    with hall.work() as work:
        assert work.schools.save("maple", maple()).revision == 1
        assert work.schools.save("maple", rich()).revision == 2
        assert work.schools.get("maple").revision == 2
        assert work.schools.save("maple", rich()).revision == 2


def test_a_school_read_before_is_read_again_when_it_has_changed(hall: SqlStore, database_url: str) -> None:
    elsewhere = open_store(database_url)
    with elsewhere.work() as work:
        assert work.schools.get("maple").school is work.schools.get("maple").school
    with hall.work() as work:
        work.schools.save("maple", rich())
        work.commit()
    with elsewhere.work() as work:
        assert work.schools.get("maple").school == rich()
    elsewhere.close()


def test_a_revision_that_was_given_up_is_not_remembered(hall: SqlStore) -> None:
    with hall.work() as work:
        work.schools.save("maple", replace(maple(), name="Nobody's"))
        work.schools.get("maple")
    with hall.work() as work:
        work.schools.save("maple", rich())
        work.commit()
        assert work.schools.get("maple").school == rich()


def test_people_are_found_in_any_case_and_strangers_are_not(hall: SqlStore) -> None:
    with hall.work() as work:
        assert work.schools.of_person("Ada@Maple.Example") == "maple"
        assert work.schools.of_person(DAN) == "oak"
        assert work.schools.of_person("nobody@maple.example") is None
        assert work.schools.keys() == ["maple", "oak"]


def test_who_has_left_is_no_longer_found(hall: SqlStore) -> None:
    school = maple()
    with hall.work() as work:
        work.schools.save("maple", replace(school, staff={ADA: school.person(ADA)}))
        work.commit()
        assert work.schools.of_person(BEN) is None


def test_a_school_that_is_not_there_is_named(store: SqlStore) -> None:
    with store.work() as work, pytest.raises(NoSuchSchool, match="no school 'maple'"):
        work.schools.get("maple")


def test_equal_schools_have_equal_documents() -> None:
    assert documents.write(documents.read(School, documents.write(rich()))) == documents.write(rich())


def test_what_happens_is_a_row_each_and_read_by_every_process(store: SqlStore, database_url: str) -> None:
    away, lost = Absence(BEN, TUESDAY, TUESDAY), DayBecomes(WEDNESDAY, "", "every day", "snow")
    with store.work() as work:
        work.schools.save("maple", maple())
        changed = work.schools.change("maple", [away, lost])
        work.commit()
    assert (changed.revision, changed.mended) == (2, 1)
    other = open_store(database_url)
    with other.work() as work:
        assert work.schools.get("maple").school == changed.school == with_happenings(maple(), [away, lost])
        assert work.schools.happenings("maple") == [away, lost]
        assert work.schools.change("maple", [away]).revision == 2, "said twice it is said once"
        work.schools.change("maple", [Absence(ADA, TUESDAY, TUESDAY)])
        # given up
    with other.work() as work:
        assert work.schools.get("maple").school == changed.school
        work.schools.mark_mended("maple", 2)
        work.commit()
        assert work.schools.get("maple").mended == 2
    other.close()


def test_a_school_that_is_saved_keeps_those_happenings_that_it_contains(store: SqlStore) -> None:
    away, lost = Absence(BEN, TUESDAY, TUESDAY), DayBecomes(WEDNESDAY, "", "every day")
    with store.work() as work:
        work.schools.save("maple", maple())
        both = work.schools.change("maple", [away, lost])
        assert work.schools.save("maple", both.school).revision == both.revision
        kept = replace(with_happenings(maple(), [away]), name="Maple Hill")
        assert work.schools.save("maple", kept).revision == both.revision + 1
        assert work.schools.happenings("maple") == [away]
        assert work.schools.get("maple").school == kept
        work.commit()
