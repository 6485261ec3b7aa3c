"""Finding: Ada has prep in 3, 5 and 6. In 3 Ben, Cleo and Eve teach (Fay is closed); in 5 Ben; in 6 Eve, Gus."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

import pytest

from sync.core.refusals import Refused
from sync.core.school.school import NoSuchPerson, Wish
from sync.services.ports import NoSuchSchool
from sync.services.visits import booking
from sync.services.visits.finding import Found, Offer, find
from sync.store import SqlStore
from tests.fakes import StandingClock
from tests.personas import ADA, BEN, CLEO, DAN, EVE, FAY, FRIDAY, GUS, MONDAY, TUESDAY, WEDNESDAY, maple
from tests.services.acts import books


def seen(offers: Iterable[Offer]) -> set[tuple[str, date, str]]:
    return {(offer.host, offer.slot.date, offer.slot.period) for offer in offers}


def hosts(found: Found) -> set[str]:
    return {offer.host for offer in found.offers}


def reasons(found: Found) -> dict[str, int]:
    return {reason.code: reason.slots for reason in found.why_not}


def test_what_is_offered_comes_soonest_first_and_at_most_eight(hall: SqlStore, clock: StandingClock) -> None:
    offers = find(hall, clock, "maple", ADA).offers
    assert len(offers) == 8
    assert list(offers) == sorted(offers, key=lambda offer: offer.slot)
    monday = [(offer.host, offer.slot.period) for offer in offers if offer.slot.date == MONDAY]
    assert sorted(monday) == [(BEN, "3"), (CLEO, "3"), (EVE, "3"), (GUS, "6")]


def test_one_host_is_offered_once_a_day_unless_asked_for(hall: SqlStore, clock: StandingClock) -> None:
    anyone = find(hall, clock, "maple", ADA, at_most=40)
    assert len({(offer.host, offer.slot.date) for offer in anyone.offers}) == len(anyone.offers)
    ben = find(hall, clock, "maple", ADA, host=BEN, days=1)
    assert seen(ben.offers) == {(BEN, MONDAY, "3"), (BEN, MONDAY, "5")}


def test_an_offer_says_where_and_what_the_class_is(hall: SqlStore, clock: StandingClock) -> None:
    offer = find(hall, clock, "maple", ADA, host=BEN).offers[0]
    said = (offer.host, offer.host_name, offer.room, offer.course, offer.grade, offer.section)
    assert said == (BEN, "Ben", "Room 12", "Mathematics", "7", "MAT-3")


def test_every_offer_may_be_booked_and_what_was_not_offered_of_a_host_is_refused(
    hall: SqlStore, clock: StandingClock
) -> None:
    school = maple()
    for host in (BEN, CLEO, EVE, FAY, GUS):
        offered = seen(find(hall, clock, "maple", ADA, host=host, days=3, at_most=99).offers)
        for slot in school.class_slots(MONDAY, WEDNESDAY):
            try:
                walk = books(hall, clock, ADA, host=host, day=slot.date, period=slot.period)
                booking.cancel(hall, clock, "maple", walk.key, actor=ADA)
                booked = True
            except Refused:
                booked = False
            assert booked == ((host, slot.date, slot.period) in offered)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", {BEN, CLEO, EVE, GUS}),
        ("anyone next prep", {BEN, CLEO, EVE, GUS}),
        ("ben", {BEN}),
        ("Math", {BEN}),
        ("MATHÉMATICS", {BEN}),
        ("algebra", {BEN}),
        ("languages", {EVE}),
        ("grade 8", {CLEO, GUS}),
        ("8", {CLEO, GUS}),
        ("grade 8 art", {GUS}),
        ("Room 14", {EVE}),
        ("spanish tuesday", {EVE}),
        ("music", set()),
        ("zebra", set()),
        ("ada", set()),
    ],
)
def test_one_field_asks_for_names_subjects_departments_grades_and_rooms(
    hall: SqlStore, clock: StandingClock, query: str, found: set[str]
) -> None:
    assert hosts(find(hall, clock, "maple", ADA, query=query, at_most=40)) == found


def test_a_query_may_say_when(hall: SqlStore, clock: StandingClock) -> None:
    friday = find(hall, clock, "maple", ADA, query="friday period 5", days=5)
    assert seen(friday.offers) == {(BEN, FRIDAY, "5")}
    clock.set(clock.now() + timedelta(days=1, hours=-6))
    assert {offer.slot.date for offer in find(hall, clock, "maple", ADA, query="tomorrow").offers} == {TUESDAY}


@pytest.mark.parametrize(
    ("query", "days"),
    [
        ("Mar 6", {FRIDAY}),
        ("6 March", {FRIDAY}),
        ("6 de marzo", {FRIDAY}),
        ("viernes 6 de marzo", {FRIDAY}),
        ("2026-03-06", {FRIDAY}),
        ("ben 3/6", {FRIDAY}),
        ("6.3", {FRIDAY}),
        ("friday this week", set()),
        ("friday next week", {FRIDAY}),
        ("monday Mar 6", set()),
        ("2026-02-30", set()),
    ],
)
def test_a_query_may_name_a_date(hall: SqlStore, clock: StandingClock, query: str, days: set[date]) -> None:
    """It is Sunday: Friday is next week's."""
    offers = find(hall, clock, "maple", ADA, query=query).offers
    assert {offer.slot.date for offer in offers} == days


def test_a_date_beyond_the_next_days_is_looked_for_where_it_is(hall: SqlStore, clock: StandingClock) -> None:
    far = FRIDAY + timedelta(days=7)
    assert not find(hall, clock, "maple", ADA, query="friday", days=3).offers
    assert {
        offer.slot.date for offer in find(hall, clock, "maple", ADA, query=f"{far:%b} {far.day}", days=3).offers
    } == {far}


def test_a_word_of_a_focus_narrows_nothing_down_and_is_passed_on(hall: SqlStore, clock: StandingClock) -> None:
    found = find(hall, clock, "maple", ADA, query="scaffolds", at_most=40)
    assert found.focus == ("scaffolds",)
    assert hosts(found) == {BEN, CLEO, EVE, GUS}


def test_a_query_that_finds_nobody_says_so_for_every_prep(hall: SqlStore, clock: StandingClock) -> None:
    found = find(hall, clock, "maple", ADA, query="zebra", days=1)
    assert reasons(found) == {"no_prep": 3, "no_class": 3}
    assert "Nobody you are looking for teaches on Monday 2 Mar, period" in found.why_not[1].sentence


def test_why_not_counts_the_periods_by_reason_and_says_the_first(hall: SqlStore, clock: StandingClock) -> None:
    books(hall, clock, ADA, day=TUESDAY)
    found = find(hall, clock, "maple", ADA, host=BEN, days=5)
    assert found.offers == ()
    assert reasons(found) == {"no_prep": 15, "weekly_cap": 14, "visitor_taken": 1}
    weekly = next(reason for reason in found.why_not if reason.code == "weekly_cap")
    assert weekly.rule == "agreement.max_visits_per_week"
    assert "1 visit in that week already" in weekly.sentence


def test_why_not_tells_of_no_period_after_the_last_offer(hall: SqlStore, clock: StandingClock) -> None:
    found = find(hall, clock, "maple", ADA, at_most=1)
    assert len(found.offers) == 1
    assert sum(reasons(found).values()) == 2


def test_full_rooms_are_not_offered(hall: SqlStore, clock: StandingClock) -> None:
    books(hall, clock, CLEO, host=BEN, period="5")
    books(hall, clock, EVE, host=BEN, period="5")
    books(hall, clock, GUS, host=BEN, period="5")
    found = find(hall, clock, "maple", ADA, query="algebra", days=1)
    assert found.offers == ()
    assert reasons(found)["room_full"] == 1


def test_who_was_visited_lately_comes_later(hall: SqlStore, clock: StandingClock) -> None:
    for host, day in ((BEN, MONDAY), (CLEO, MONDAY + timedelta(days=7))):
        clock.set(maple().class_slots(day, day).__next__().start - timedelta(days=3))
        books(hall, clock, ADA, host=host, day=day)
    clock.set(clock.now() + timedelta(days=7))
    in_third = [offer.host for offer in find(hall, clock, "maple", ADA, days=2).offers if offer.slot.period == "3"]
    assert in_third[:3] == [EVE, BEN, CLEO]


def test_whom_one_wished_to_see_comes_first_and_the_wish_is_ones_own(hall: SqlStore, clock: StandingClock) -> None:
    with hall.work() as work:
        work.schools.save("maple", replace(maple(), wishes=(Wish(ADA, "visit", EVE),)))
        work.commit()
    assert find(hall, clock, "maple", ADA).offers[0].host == EVE
    books(hall, clock, ADA, host=EVE, period="3")
    assert find(hall, clock, "maple", ADA).offers[0].host != EVE, "a wish that came true asks for no more"


def test_after_a_no_the_same_class_is_not_the_next_suggestion(hall: SqlStore, clock: StandingClock) -> None:
    walk = books(hall, clock, ADA, host=BEN, period="5")
    booking.decline(hall, clock, "maple", walk.key, actor=BEN)
    monday = find(hall, clock, "maple", ADA, query="monday period 5", days=1)
    assert seen(monday.offers) == {(BEN, MONDAY, "5")}, "it may be booked all the same"
    assert seen(find(hall, clock, "maple", ADA, query="period 5", at_most=1).offers) == {(BEN, TUESDAY, "5")}


def test_for_a_move_the_visit_itself_does_not_stand_in_the_way(hall: SqlStore, clock: StandingClock) -> None:
    walk = books(hall, clock, ADA, GUS, period="3")
    found = find(hall, clock, "maple", BEN, host=BEN, days=2, instead_of=walk.key)
    assert seen(found.offers) == {(BEN, MONDAY, "5"), (BEN, TUESDAY, "3"), (BEN, TUESDAY, "5")}


def test_after_the_last_day_there_is_nothing_to_find(hall: SqlStore, clock: StandingClock) -> None:
    clock.set(clock.now() + timedelta(days=90))
    assert find(hall, clock, "maple", ADA) == Found()


def test_strangers_find_nothing(hall: SqlStore, clock: StandingClock) -> None:
    with pytest.raises(NoSuchPerson):
        find(hall, clock, "maple", DAN)
    with pytest.raises(NoSuchPerson):
        find(hall, clock, "maple", ADA, host=DAN)
    with pytest.raises(NoSuchSchool):
        find(hall, clock, "elm", ADA)


@pytest.mark.parametrize(
    ("spanish", "english"),
    [
        ("jueves", "thursday"),
        ("matemáticas el miércoles", "math wednesday"),
        ("clase de francés mañana", "french tomorrow"),
        ("hora 3 con Ben", "period 3 ben"),
        ("cualquiera en mi próxima preparación", "anyone teaching in my next prep"),
    ],
)
def test_days_and_subjects_are_found_in_spanish_too(
    hall: SqlStore, clock: StandingClock, spanish: str, english: str
) -> None:
    found = find(hall, clock, "maple", ADA, query=spanish)
    assert found.offers
    assert found.offers == find(hall, clock, "maple", ADA, query=english).offers
