"""What life breaks is mended: only what was hit moves, nothing breaks a rule, and each person is told once."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from functools import partial

import pytest

from sync.core.school.agreement import Agreement
from sync.core.school.timetable import Timetable
from sync.core.visits.walk import State, Walk
from sync.services.covers import covering
from sync.services.plans import proposing
from sync.services.plans.repairing import (
    Repaired,
    absence,
    day_becomes,
    repair,
    repair_after_change,
    room_closed,
)
from sync.services.schools import save
from sync.services.visits import booking
from sync.store import SqlStore
from tests.fakes import StandingClock
from tests.personas import ADA, BEN, CLEO, EVE, GUS, MONDAY, THURSDAY, TUESDAY, WEDNESDAY, maple
from tests.services.acts import books, plan_pair
from tests.services.promises import broken


def standing(store: SqlStore) -> list[Walk]:
    with store.work() as work:
        return [walk for walk in work.walks.all("maple") if walk.stands]


def one(store: SqlStore, key: str) -> Walk:
    with store.work() as work:
        walk = work.walks.get("maple", key)
    assert walk is not None
    return walk


def told(repaired: Repaired) -> dict[str, tuple[str, ...]]:
    return {one.email: one.sentences for one in repaired.told}


def test_an_absent_host_keeps_the_people_and_finds_the_nearest_day(hall: SqlStore, clock: StandingClock) -> None:
    hit = books(hall, clock, ADA, day=TUESDAY)
    other = books(hall, clock, GUS, host=EVE, day=TUESDAY)
    repaired = repair(hall, clock, "maple", absence(BEN, TUESDAY, TUESDAY))
    (moved,) = repaired.moved
    assert (moved.key, moved.people, moved.stops[0].slot.date) == (hit.key, hit.people, WEDNESDAY)
    assert one(hall, other.key) == other
    assert told(repaired) == {
        email: ("The visit to Ben on 3 Mar, period 3 is now on Wednesday 4 March, period 3. Ben is away.",)
        for email in (ADA, BEN)
    }
    assert repair(hall, clock, "maple").changed == 0


def test_a_visitor_who_is_away_is_left_out_of_a_group(hall: SqlStore, clock: StandingClock) -> None:
    walk = books(hall, clock, ADA, GUS, day=TUESDAY)
    repaired = repair(hall, clock, "maple", absence(GUS, TUESDAY, TUESDAY))
    assert [(after.key, after.visitors, after.stops) for after in repaired.fewer] == [(walk.key, (ADA,), walk.stops)]
    assert set(told(repaired)) == {ADA, GUS, BEN}


@pytest.mark.parametrize("leaves", [ADA, BEN, GUS])
def test_who_leaves_the_staff_list_takes_only_their_own_part_along(
    hall: SqlStore, clock: StandingClock, leaves: str
) -> None:
    walk = books(hall, clock, ADA, GUS, day=TUESDAY)
    school = maple()
    lessons = Timetable(entry for entry in school.timetable if entry.email != leaves)
    staff = {email: person for email, person in school.staff.items() if email != leaves}
    save(hall, "maple", replace(school, staff=staff, timetable=lessons, groups={}))
    repaired = repair_after_change(hall, clock, "maple")
    after = one(hall, walk.key)
    assert leaves not in after.people if after.stands else leaves == BEN
    assert leaves not in told(repaired)
    assert told(repaired)


def test_on_a_snow_day_every_visit_of_that_day_moves_and_no_other(hall: SqlStore, clock: StandingClock) -> None:
    hit = {books(hall, clock, who, host=host, day=TUESDAY).key for who, host in ((ADA, BEN), (GUS, EVE))}
    kept = books(hall, clock, BEN, host=EVE, day=THURSDAY, period="2")
    repaired = repair(hall, clock, "maple", day_becomes(TUESDAY, "", "snow"))
    assert {walk.key for walk in repaired.moved} == hit
    assert all(walk.stops[0].slot.date in (MONDAY + timedelta(days=n) for n in (2, 3)) for walk in repaired.moved)
    assert one(hall, kept.key) == kept


def test_a_closed_room_sends_its_visits_elsewhere_in_time(hall: SqlStore, clock: StandingClock) -> None:
    walk = books(hall, clock, ADA, day=TUESDAY)
    room = walk.stops[0].room
    (moved,) = repair(hall, clock, "maple", room_closed(room, TUESDAY, THURSDAY, "new floor")).moved
    assert moved.stops[0].slot.date not in (TUESDAY, WEDNESDAY, THURSDAY)


def test_what_can_be_nowhere_is_cancelled_and_told(hall: SqlStore, clock: StandingClock) -> None:
    books(hall, clock, ADA, day=TUESDAY)
    away = (absence(host, MONDAY, date(2026, 6, 30)) for host in (BEN, CLEO, EVE, GUS))
    repaired = repair(hall, clock, "maple", *away)
    assert [walk.state for walk in repaired.cancelled] == [State.CANCELLED]
    assert told(repaired)[ADA] == ("The visit to Ben on 3 Mar, period 3 cannot take place: Ben is away.",)


def test_where_a_chosen_host_has_no_other_time_somebody_else_is_proposed_on_the_date(
    hall: SqlStore, clock: StandingClock
) -> None:
    walk = books(hall, clock, ADA, day=TUESDAY)
    repaired = repair(hall, clock, "maple", absence(BEN, MONDAY, date(2026, 6, 30)))
    (made,) = repaired.asked_anew
    assert one(hall, walk.key).state is State.CANCELLED
    assert (made.state, made.visitors, made.accepted) == (State.PROPOSED, (ADA,), ())
    assert (made.hosts, made.stops[0].slot) == ((CLEO,), walk.stops[0].slot)
    assert told(repaired)[ADA] == (
        "The visit to Ben on 3 Mar, period 3 cannot take place: Ben is away.",
        "The visit to Cleo on 3 Mar, period 3 is proposed instead. Say yes or no on your Home card.",
    )
    assert told(repaired)[CLEO] == told(repaired)[ADA][1:]
    assert proposing.invitations(hall, clock, "maple", CLEO) == [made]


def test_a_planned_visit_keeps_its_date_with_another_host(hall: SqlStore, clock: StandingClock) -> None:
    (walk,) = proposing.propose(
        hall, clock, "maple", plan_pair("W1", ADA, BEN, TUESDAY), actor=CLEO, lapses_on=TUESDAY
    ).walks
    for email in walk.people:
        proposing.accept(hall, clock, "maple", walk.key, actor=email)
    repaired = repair(hall, clock, "maple", absence(BEN, TUESDAY, TUESDAY))
    (made,) = repaired.asked_anew
    assert (made.stops[0].slot, made.initiated_by, repaired.changed) == (walk.stops[0].slot, CLEO, 1)
    assert made.hosts != walk.hosts
    assert repair(hall, clock, "maple").changed == 0


def test_when_the_coverer_is_away_the_next_one_is_asked_and_the_visit_stays(
    hall: SqlStore, clock: StandingClock
) -> None:
    walk = booking.book(
        hall, clock, "maple", actor=EVE, visitors=(EVE,), host=BEN, day=TUESDAY, period="3", focus=("questions",),
        covered=(EVE,),
    )  # fmt: skip
    covering.ask_waiting(hall, clock, "maple")
    covering.accept(hall, clock, "maple", walk.key, actor=ADA)
    (after,) = repair(hall, clock, "maple", absence(ADA, TUESDAY, TUESDAY)).covered_anew
    assert (after.stops, after.covers[0].asked, after.covers[0].by) == (walk.stops, GUS, "")


def test_someone_hit_twice_hears_it_in_one_message(hall: SqlStore, clock: StandingClock) -> None:
    with hall.work() as work:
        work.schools.save("maple", maple(Agreement(max_visits_per_week=0)))
        work.commit()
    for day in (TUESDAY, WEDNESDAY):
        books(hall, clock, ADA, day=day)
    repaired = repair(hall, clock, "maple", absence(BEN, TUESDAY, WEDNESDAY))
    assert len(repaired.moved) == 2
    assert [len(sentences) for sentences in told(repaired).values()] == [2, 2]
    assert broken(maple(Agreement(max_visits_per_week=0)), standing(hall)) == []


def test_nothing_is_kept_of_a_repair_that_names_a_stranger(hall: SqlStore, clock: StandingClock) -> None:
    books(hall, clock, ADA, day=TUESDAY)
    act = partial(repair, hall, clock, "maple", day_becomes(TUESDAY, ""), absence("zoe@maple.example", MONDAY, MONDAY))
    with pytest.raises(LookupError):
        act()
    with hall.work() as work:
        assert work.schools.get("maple").school.days[TUESDAY].is_school_day
