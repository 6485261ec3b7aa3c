"""Booking: Ada has prep in periods 3, 5 and 6; Ben teaches in 1, 3 and 5 and his door is open."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from sync.core.refusals import Refused
from sync.core.school.agreement import Agreement
from sync.core.visits.walk import State, Walk
from sync.services.ports import NoSuchSchool
from sync.services.visits import booking
from sync.services.visits.refusing import SlotRefused
from sync.store import SqlStore
from tests.fakes import StandingClock
from tests.personas import ADA, BEN, CLEO, DAN, EVE, FAY, FRIDAY, GUS, MONDAY, TUESDAY, WEDNESDAY, maple
from tests.services.acts import books

NEXT_MONDAY = MONDAY + timedelta(days=7)


def codes(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [reason.code for reason in refused.value.reasons]


def kept(store: SqlStore, key: str) -> Walk:
    with store.work() as work:
        walk = work.walks.get("maple", key)
    assert walk is not None
    return walk


# --- booking ---


def test_a_booked_visit_is_kept_with_what_the_timetable_says_of_the_lesson(
    hall: SqlStore, clock: StandingClock
) -> None:
    walk = books(hall, clock, ADA.upper(), host=BEN)
    stop = walk.stops[0]
    assert kept(hall, walk.key) == walk
    assert (walk.state, walk.visitors, walk.initiated_by, walk.revision) == (State.BOOKED, (ADA,), ADA, 1)
    assert (stop.host, stop.course, stop.section, stop.grade, stop.room) == (
        BEN,
        "Mathematics",
        "MAT-3",
        "7",
        "Room 12",
    )


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"period": "4"}, "no_class"),
        ({"period": "1"}, "no_prep"),
        ({"host": FAY}, "door_closed"),
        ({"host": ADA}, "own_class"),
        ({"period": "lunch"}, "no_such_slot"),
        ({"period": "9"}, "no_such_slot"),
        ({"day": MONDAY + timedelta(days=5)}, "no_such_slot"),
        ({"day": date(2030, 1, 1)}, "no_such_slot"),
        ({"host": "zed@maple.example"}, "no_such_person"),
        ({"host": DAN}, "no_such_person"),
        ({"focus": ()}, "focus_missing"),
        ({"focus": ("talk", "questions", "groups")}, "focus_too_many"),
        ({"focus": ("nonsense",)}, "focus_unknown"),
        ({"focus": ("own",), "own_focus": "  "}, "focus_own_empty"),
        ({"group": "Group 9"}, "no_such_group"),
    ],
)
def test_what_may_not_be_booked_is_refused_with_its_reason_and_nothing_is_kept(
    hall: SqlStore, clock: StandingClock, changes: dict[str, Any], code: str
) -> None:
    with pytest.raises(Refused) as refused:
        books(hall, clock, ADA, **changes)
    assert code in codes(refused)
    with hall.work() as work:
        assert work.walks.all("maple") == []


def test_nobody_books_for_another(hall: SqlStore, clock: StandingClock) -> None:
    with pytest.raises(Refused, match="You book for yourself"):
        booking.book(hall, clock, "maple", actor=CLEO, visitors=[ADA], host=BEN, day=MONDAY, period="3", focus=["talk"])


def test_who_is_of_another_school_books_nothing_here(hall: SqlStore, clock: StandingClock) -> None:
    with pytest.raises(Refused) as refused:
        books(hall, clock, DAN)
    assert codes(refused) == ["no_such_person"]


def test_a_school_that_is_not_there_is_a_fault_of_the_caller(hall: SqlStore, clock: StandingClock) -> None:
    with pytest.raises(NoSuchSchool):
        booking.book(hall, clock, "elm", actor=ADA, visitors=[ADA], host=BEN, day=MONDAY, period="3", focus=["talk"])


def test_a_group_goes_together_and_only_its_members(hall: SqlStore, clock: StandingClock) -> None:
    assert books(hall, clock, ADA, GUS, host=EVE, period="3", group="Group 1").visitors == (ADA, GUS)
    with pytest.raises(Refused, match="Cleo is not in Group 1"):
        books(hall, clock, ADA, CLEO, day=TUESDAY, period="5", group="Group 1")


def test_a_group_talks_about_the_purpose_first_where_the_school_wants_it(hall: SqlStore, clock: StandingClock) -> None:
    rules = replace(maple().rules, goal=replace(maple().rules.goal, purpose_meeting=True))
    with hall.work() as work:
        work.schools.save("maple", replace(maple(), rules=rules))
        work.commit()
    with pytest.raises(Refused) as refused:
        books(hall, clock, ADA, GUS, host=EVE, period="3", group="Group 1")
    assert codes(refused) == ["purpose_meeting"]
    with hall.work() as work:
        work.schools.save("maple", replace(maple(), rules=rules, purpose_met={"Group 1": MONDAY}))
        work.commit()
    assert books(hall, clock, ADA, GUS, host=EVE, period="3", group="Group 1").group == "Group 1"


def test_own_words_are_kept_only_with_the_focus_that_they_are(hall: SqlStore, clock: StandingClock) -> None:
    own = books(hall, clock, ADA, focus=("talk", "own"), own_focus=" how they begin ")
    assert own.own_focus == "how they begin"
    assert books(hall, clock, GUS, focus=("talk",), own_focus="left over").own_focus == ""


def test_two_clicks_book_once(hall: SqlStore, clock: StandingClock) -> None:
    first = books(hall, clock, ADA, key="form-1")
    assert books(hall, clock, ADA, key="form-1") == first
    with ThreadPoolExecutor(8) as clicks:
        assert {walk.key for walk in clicks.map(lambda _: books(hall, clock, GUS, key="form-1"), range(8))} == {
            books(hall, clock, GUS, key="form-1").key
        }
    with hall.work() as work:
        assert len(work.walks.all("maple")) == 2


def test_the_key_of_a_form_opens_nobody_elses_walk(hall: SqlStore, clock: StandingClock) -> None:
    ours = books(hall, clock, ADA, key="form-1")
    theirs = books(hall, clock, GUS, key="form-1")
    assert ours.key != theirs.key
    assert theirs.visitors == (GUS,)


def test_a_refused_slot_comes_with_three_that_may_be_booked(hall: SqlStore, clock: StandingClock) -> None:
    with pytest.raises(SlotRefused) as refused:
        books(hall, clock, ADA, period="4")
    offered = refused.value.alternatives
    assert [(offer.host, offer.slot.period) for offer in offered] == [(BEN, "3"), (BEN, "5"), (BEN, "3")]
    slot = offered[0].slot
    assert books(hall, clock, ADA, day=slot.date, period=slot.period).stands


def test_a_closed_door_has_no_alternative(hall: SqlStore, clock: StandingClock) -> None:
    with pytest.raises(SlotRefused) as refused:
        books(hall, clock, ADA, host=FAY)
    assert refused.value.alternatives == ()


def test_of_fifty_people_at_once_as_many_get_in_as_the_room_holds(store: SqlStore, clock: StandingClock) -> None:
    school = maple()
    ada = school.person(ADA)
    crowd = {f"t{n}@maple.example": replace(ada, email=f"t{n}@maple.example", name=f"T {n}") for n in range(50)}
    with store.work() as work:
        work.schools.save("maple", replace(school, staff={**school.staff, **crowd}))
        work.commit()

    def tries(visitor: str) -> str:
        try:
            return books(store, clock, visitor).state.value
        except Refused as refused:
            return refused.reasons[0].code

    with ThreadPoolExecutor(50) as people:
        answers = list(people.map(tries, crowd))
    assert sorted(answers) == ["booked"] * 3 + ["room_full"] * 47


# --- moving ---


def test_moving_keeps_the_walk_and_asks_the_rules_as_if_it_did_not_stand(hall: SqlStore, clock: StandingClock) -> None:
    walk = books(hall, clock, ADA)
    moved = booking.move(hall, clock, "maple", walk.key, actor=ADA, day=TUESDAY, period="5")
    assert (moved.key, moved.revision, moved.stops[0].course) == (walk.key, 2, "Algebra")
    assert kept(hall, walk.key) == moved
    assert books(hall, clock, GUS).stands


def test_moving_to_where_it_is_changes_nothing(hall: SqlStore, clock: StandingClock) -> None:
    walk = books(hall, clock, ADA)
    assert booking.move(hall, clock, "maple", walk.key, actor=BEN, day=MONDAY, period="3") == walk


def test_a_move_that_is_refused_leaves_the_visit_and_offers_others(hall: SqlStore, clock: StandingClock) -> None:
    walk = books(hall, clock, ADA)
    with pytest.raises(SlotRefused) as refused:
        booking.move(hall, clock, "maple", walk.key, actor=ADA, day=TUESDAY, period="4")
    assert codes(refused) == ["no_class", "no_prep"]
    assert kept(hall, walk.key) == walk
    assert walk.stops[0].slot not in [offer.slot for offer in refused.value.alternatives]
    slot = refused.value.alternatives[0].slot
    assert slot.date == MONDAY
    assert booking.move(hall, clock, "maple", walk.key, actor=ADA, day=slot.date, period=slot.period).revision == 2


def test_a_visit_that_has_begun_is_not_moved(hall: SqlStore, clock: StandingClock) -> None:
    walk = books(hall, clock, ADA)
    clock.set(walk.starts)
    with pytest.raises(Refused, match="has begun"):
        booking.move(hall, clock, "maple", walk.key, actor=ADA, day=FRIDAY, period="3")


# --- giving up ---


@pytest.mark.parametrize("actor", [ADA, BEN, GUS])
def test_whoever_takes_part_may_cancel_and_again(hall: SqlStore, clock: StandingClock, actor: str) -> None:
    walk = books(hall, clock, ADA, GUS)
    cancelled = booking.cancel(hall, clock, "maple", walk.key, actor=actor)
    assert (cancelled.state, cancelled.revision) == (State.CANCELLED, 2)
    assert booking.cancel(hall, clock, "maple", walk.key, actor=actor) == cancelled
    assert books(hall, clock, ADA).stands


@pytest.mark.parametrize("act", [booking.cancel, booking.decline, booking.happened, booking.did_not_happen])
@pytest.mark.parametrize("stranger", [CLEO, EVE, DAN])
def test_to_others_a_visit_is_as_if_it_did_not_exist(
    hall: SqlStore, clock: StandingClock, act: Any, stranger: str
) -> None:
    walk = books(hall, clock, ADA)
    with pytest.raises(Refused) as of_others:
        act(hall, clock, "maple", walk.key, actor=stranger)
    with pytest.raises(Refused) as of_nobody:
        act(hall, clock, "maple", "0" * 32, actor=stranger)
    assert codes(of_others) == codes(of_nobody) == ["not_yours"]
    assert kept(hall, walk.key) == walk


def test_a_visit_that_is_over_is_not_cancelled(hall: SqlStore, clock: StandingClock) -> None:
    walk = books(hall, clock, ADA)
    clock.set(walk.ends)
    with pytest.raises(Refused, match="This visit is over"):
        booking.cancel(hall, clock, "maple", walk.key, actor=ADA)


def test_when_the_host_declines_the_visit_is_off(hall: SqlStore, clock: StandingClock) -> None:
    walk = books(hall, clock, ADA, GUS)
    assert booking.decline(hall, clock, "maple", walk.key, actor=BEN).state is State.CANCELLED


def test_when_one_visitor_declines_the_others_still_come_and_the_last_takes_it_along(
    hall: SqlStore, clock: StandingClock
) -> None:
    walk = books(hall, clock, ADA, GUS)
    left = booking.decline(hall, clock, "maple", walk.key, actor=ADA)
    assert (left.visitors, left.state) == ((GUS,), State.BOOKED)
    assert books(hall, clock, ADA, day=TUESDAY).stands
    assert booking.decline(hall, clock, "maple", walk.key, actor=GUS).state is State.CANCELLED


# --- time passes ---


def test_when_its_end_has_passed_a_visit_is_held(hall: SqlStore, clock: StandingClock) -> None:
    walk, later = books(hall, clock, ADA), books(hall, clock, GUS, day=WEDNESDAY)
    clock.set(walk.ends - timedelta(seconds=1))
    assert booking.close_past(hall, clock, "maple") == []
    clock.set(walk.ends)
    assert [one.key for one in booking.close_past(hall, clock, "maple")] == [walk.key]
    assert booking.close_past(hall, clock, "maple") == []
    assert (kept(hall, walk.key).state, kept(hall, later.key).state) == (State.HELD, State.BOOKED)


def test_people_say_whether_it_happened(hall: SqlStore, clock: StandingClock) -> None:
    walk = books(hall, clock, ADA)
    with pytest.raises(Refused, match="still to come"):
        booking.happened(hall, clock, "maple", walk.key, actor=ADA)
    with pytest.raises(Refused, match="cancel it instead"):
        booking.did_not_happen(hall, clock, "maple", walk.key, actor=ADA)
    clock.set(walk.ends)
    held = booking.happened(hall, clock, "maple", walk.key, actor=BEN)
    assert held.state is State.HELD
    assert booking.happened(hall, clock, "maple", walk.key, actor=ADA) == held
    off = booking.did_not_happen(hall, clock, "maple", walk.key, actor=ADA)
    assert off.state is State.CANCELLED
    with pytest.raises(Refused, match="is cancelled"):
        booking.happened(hall, clock, "maple", walk.key, actor=ADA)


def test_a_visit_that_was_talked_about_did_happen(hall: SqlStore, clock: StandingClock) -> None:
    walk = books(hall, clock, ADA)
    clock.set(walk.ends)
    assert booking.debriefed(hall, clock, "maple", walk.key, actor=ADA).state is State.DEBRIEFED
    with pytest.raises(Refused, match="it did happen"):
        booking.did_not_happen(hall, clock, "maple", walk.key, actor=ADA)


def test_a_held_visit_still_counts_in_its_week(hall: SqlStore, clock: StandingClock) -> None:
    walk = books(hall, clock, ADA)
    clock.set(walk.ends)
    booking.close_past(hall, clock, "maple")
    with pytest.raises(Refused) as refused:
        books(hall, clock, ADA, day=FRIDAY)
    assert codes(refused) == ["weekly_cap"]
    assert books(hall, clock, ADA, day=NEXT_MONDAY).stands


def test_the_floor_of_prep_holds_for_visits_of_one_day(store: SqlStore, clock: StandingClock) -> None:
    with store.work() as work:
        work.schools.save("maple", maple(Agreement(max_visits_per_week=0, prep_floor_minutes_per_day=90)))
        work.commit()
    books(store, clock, ADA, host=BEN, period="3")
    with pytest.raises(Refused) as refused:
        books(store, clock, ADA, host=BEN, period="5")
    assert codes(refused) == ["prep_floor_day"]
