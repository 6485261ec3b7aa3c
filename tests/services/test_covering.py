"""Cover is asked for and never ordered: fair order, a yes that is a seat, a no nobody hears of, prep given back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest

from sync.core.covers.ledger import SCHOOL, ledger
from sync.core.refusals import Refused
from sync.core.school.agreement import Agreement, Compensation
from sync.core.school.people import COVER, Person
from sync.core.school.school import School
from sync.core.visits.commitments import Part
from sync.core.visits.cover import CoverFor
from sync.core.visits.walk import State, Walk
from sync.services.covers import covering, repaying
from sync.services.visits import booking
from sync.store import SqlStore
from tests.fakes import StandingClock
from tests.personas import ADA, BEN, CLEO, EVE, FAY, GUS, MONDAY, TUESDAY, WEDNESDAY, maple

HAL = "hal@maple.example"
"""supports the teachers: he covers, and teaches nothing himself"""


def keeping(store: SqlStore, school: School) -> None:
    with store.work() as work:
        work.schools.save("maple", school)
        work.commit()


def with_hal(school: School) -> School:
    return replace(school, staff={**school.staff, HAL: Person(HAL, "Hal", (COVER,))})


def visits_covered(store: SqlStore, clock: StandingClock, day: date = MONDAY, actor: str = EVE) -> Walk:
    """Eve teaches in period 3, as Ben does; she visits him while somebody takes her class."""
    walk = booking.book(
        store, clock, "maple", actor=actor, visitors=(actor,), host=BEN, day=day, period="3", focus=("questions",),
        covered=(actor,),
    )  # fmt: skip
    covering.ask_waiting(store, clock, "maple")
    return kept(store, walk.key)


def kept(store: SqlStore, key: str) -> Walk:
    with store.work() as work:
        walk = work.walks.get("maple", key)
    assert walk is not None
    return walk


def refused(reason: pytest.ExceptionInfo[Refused]) -> str:
    return reason.value.reasons[0].code


def test_without_cover_a_teacher_in_class_cannot_visit(hall: SqlStore, clock: StandingClock) -> None:
    with pytest.raises(Refused) as reason:
        booking.book(
            hall, clock, "maple", actor=EVE, visitors=(EVE,), host=BEN, day=MONDAY, period="3", focus=("questions",)
        )
    assert refused(reason) == "no_prep"


def waiting(
    hall: SqlStore, clock: StandingClock, which: Callable[..., list[covering.Request]]
) -> list[covering.Request]:
    """What waits for Ada, or is hers to take."""
    with hall.work() as work:
        return which(work, clock.now(), "maple", ADA)


def test_whose_turn_it_is_is_asked_and_a_no_goes_on_to_the_next(hall: SqlStore, clock: StandingClock) -> None:
    walk = visits_covered(hall, clock)
    (cover,) = walk.covers
    assert (cover.asked, cover.room, cover.course) == (ADA, "Room 14", "French")
    assert [one.cover for one in waiting(hall, clock, covering.requests)] == [cover]
    covering.decline(hall, clock, "maple", walk.key, actor=ADA)
    assert waiting(hall, clock, covering.requests) == []
    assert kept(hall, walk.key).covers[0].asked == GUS
    covering.decline(hall, clock, "maple", walk.key, actor=GUS)
    assert kept(hall, walk.key).covers[0].asked == ""
    with pytest.raises(Refused) as reason:
        covering.ask(hall, clock, "maple", walk.key, actor=EVE, away=EVE)
    assert refused(reason) == "nobody_to_cover"


def test_a_yes_is_a_seat_and_a_place_in_time(hall: SqlStore, clock: StandingClock) -> None:
    walk = visits_covered(hall, clock)
    taken = covering.accept(hall, clock, "maple", walk.key, actor=ADA)
    assert taken.covers[0].by == ADA
    assert covering.accept(hall, clock, "maple", walk.key, actor=ADA) == taken
    assert [(held.email, held.part) for held in taken.commitments() if held.part is Part.COVER] == [(ADA, Part.COVER)]
    assert [one.walk for one in waiting(hall, clock, covering.covering)] == [walk.key]
    with pytest.raises(Refused) as reason:
        booking.book(
            hall, clock, "maple", actor=ADA, visitors=(ADA,), host=CLEO, day=MONDAY, period="3", focus=("questions",)
        )
    assert refused(reason) == "visitor_taken"


def test_who_was_not_asked_may_not_answer_and_learns_nothing(hall: SqlStore, clock: StandingClock) -> None:
    walk = visits_covered(hall, clock)
    with pytest.raises(Refused) as reason:
        covering.accept(hall, clock, "maple", walk.key, actor=GUS)
    assert refused(reason) == "not_asked"
    with pytest.raises(Refused) as reason:
        covering.ask(hall, clock, "maple", walk.key, actor=GUS, away=EVE, email=GUS)
    assert refused(reason) == "not_yours"


def test_a_cancelled_visit_stands_its_cover_down(hall: SqlStore, clock: StandingClock) -> None:
    walk = visits_covered(hall, clock)
    covering.accept(hall, clock, "maple", walk.key, actor=ADA)
    booking.cancel(hall, clock, "maple", walk.key, actor=EVE)
    assert waiting(hall, clock, covering.covering) == []
    with hall.work() as work:
        assert not list(work.walks.commitments("maple", MONDAY, MONDAY, [ADA]))


def test_a_visit_that_nobody_covered_did_not_take_place(hall: SqlStore, clock: StandingClock) -> None:
    walk = visits_covered(hall, clock)
    clock.forward(timedelta(days=3))
    booking.close_past(hall, clock, "maple")
    assert kept(hall, walk.key).state is State.LAPSED


def test_cover_staff_come_first_and_then_the_fewest_covers(hall: SqlStore, clock: StandingClock) -> None:
    keeping(hall, with_hal(maple(Agreement(max_visits_per_week=0))))
    walk = visits_covered(hall, clock)
    assert walk.covers[0].asked == HAL
    covering.decline(hall, clock, "maple", walk.key, actor=HAL)
    covering.accept(hall, clock, "maple", walk.key, actor=ADA)
    again = visits_covered(hall, clock, TUESDAY)
    found = covering.candidates_for(hall, clock, "maple", again.key, away=EVE)
    assert [(one.email, one.covers) for one in found] == [(HAL, 0), (GUS, 0), (ADA, 1)]
    assert found[-1].last == MONDAY


def test_an_agreement_may_keep_prep_from_being_asked_for(hall: SqlStore, clock: StandingClock) -> None:
    keeping(hall, with_hal(maple(Agreement(cover_in_prep=False))))
    walk = visits_covered(hall, clock)
    covering.decline(hall, clock, "maple", walk.key, actor=HAL)
    with pytest.raises(Refused) as reason:
        covering.ask(hall, clock, "maple", walk.key, actor=EVE, away=EVE, email=GUS)
    assert refused(reason) == "cover_in_prep"


def test_classes_are_marked_easy_by_their_teacher(hall: SqlStore) -> None:
    covering.mark_easy(hall, "maple", actor=EVE, day_type="every day", period="3")
    with hall.work() as work:
        assert work.covers.easy("maple") == {(EVE, "every day", "3")}
    covering.mark_easy(hall, "maple", actor=EVE, day_type="every day", period="3", easy=False)
    with hall.work() as work:
        assert work.covers.easy("maple") == set()


# --- the ledger ---


def covered_and_held(store: SqlStore, clock: StandingClock) -> Walk:
    walk = visits_covered(store, clock)
    covering.accept(store, clock, "maple", walk.key, actor=ADA)
    clock.forward(timedelta(days=1, hours=6))
    booking.close_past(store, clock, "maple")
    return kept(store, walk.key)


def test_prep_given_is_owed_until_both_have_agreed_how_it_comes_back(hall: SqlStore, clock: StandingClock) -> None:
    walk = covered_and_held(hall, clock)
    school, book, _ = repaying.book_of(hall, clock, "maple")
    (entry,) = book.entries
    assert (entry.to, entry.by, entry.minutes, entry.left, entry.for_whom) == (ADA, SCHOOL, 45, 45, EVE)
    assert entry.due == MONDAY + timedelta(days=school.rules.agreement.payback_due_days)
    offer = {"to": ADA, "day": WEDNESDAY, "period": "4", "by": EVE}
    with pytest.raises(Refused):
        repaying.offer(hall, clock, "maple", walk.key, actor=GUS, **offer)  # type: ignore[arg-type]
    repaying.offer(hall, clock, "maple", walk.key, actor=CLEO, **offer)  # type: ignore[arg-type]
    covering.accept(hall, clock, "maple", walk.key, actor=EVE)
    assert [one.cover.slot.date for one in waiting(hall, clock, covering.offers_of_prep)] == [WEDNESDAY]
    clock.forward(timedelta(hours=1))
    agreed = repaying.agree(hall, clock, "maple", walk.key, actor=ADA, day=WEDNESDAY, period="4")
    parts = {(held.email, held.part) for held in agreed.commitments() if held.date == WEDNESDAY}
    assert parts == {(EVE, Part.COVER), (ADA, Part.RESTORED)}
    clock.forward(timedelta(days=3))
    _, book, _ = repaying.book_of(hall, clock, "maple")
    assert (book.accounts[ADA].given, book.accounts[ADA].restored, book.accounts[ADA].owed) == (45, 45, 0)
    assert book.accounts[EVE].owed == 45  # she gave prep of hers for it, and the agreement knows no swap


def test_a_swap_is_even_when_it_has_come_back(hall: SqlStore, clock: StandingClock) -> None:
    keeping(hall, maple(Agreement(cover_for=Compensation.SWAP)))
    walk = covered_and_held(hall, clock)
    _, book, _ = repaying.book_of(hall, clock, "maple")
    assert (book.accounts[ADA].owed, book.accounts[EVE].owes) == (45, 45)
    repaying.offer(hall, clock, "maple", walk.key, actor=EVE, to=ADA, day=WEDNESDAY, period="4", by=EVE)
    repaying.agree(hall, clock, "maple", walk.key, actor=ADA, day=WEDNESDAY, period="4")
    clock.forward(timedelta(days=3))
    _, book, _ = repaying.book_of(hall, clock, "maple")
    assert book.owed == 0
    assert (book.accounts[ADA].owed, book.accounts[EVE].owes, book.accounts[EVE].owed) == (0, 0, 0)


def test_a_swap_is_offered_with_the_cover_and_returned_the_same_term(hall: SqlStore, clock: StandingClock) -> None:
    school = maple(Agreement(cover_for=Compensation.SWAP))
    keeping(hall, school)
    walk = visits_covered(hall, clock)
    taken = covering.accept(hall, clock, "maple", walk.key, actor=ADA)
    (back,) = [cover for cover in taken.covers if cover.purpose is CoverFor.PAYBACK]
    assert (back.away, back.asked, back.agreed, back.slot.date) == (ADA, EVE, False, TUESDAY)
    when = {"day": back.slot.date, "period": back.slot.period}
    repaying.agree(hall, clock, "maple", walk.key, actor=ADA, **when)  # type: ignore[arg-type]
    covering.accept(hall, clock, "maple", walk.key, actor=EVE)
    clock.forward(timedelta(days=1, hours=6))
    booking.close_past(hall, clock, "maple")
    _, book, _ = repaying.book_of(hall, clock, "maple")
    assert [entry.due for entry in book.entries if entry.left] == [school.terms[0].last]
    clock.forward(timedelta(days=1))
    _, book, _ = repaying.book_of(hall, clock, "maple")
    assert book.owed == 0


def test_who_gives_a_cover_up_is_owed_no_class_in_return(hall: SqlStore, clock: StandingClock) -> None:
    keeping(hall, maple(Agreement(cover_for=Compensation.SWAP)))
    walk = visits_covered(hall, clock)
    covering.accept(hall, clock, "maple", walk.key, actor=ADA)
    left = covering.decline(hall, clock, "maple", walk.key, actor=ADA)
    assert [(cover.purpose, cover.asked) for cover in left.covers] == [(CoverFor.VISIT, GUS)]


def test_prep_offered_back_may_be_declined_and_stays_owed(hall: SqlStore, clock: StandingClock) -> None:
    walk = covered_and_held(hall, clock)
    repaying.offer(hall, clock, "maple", walk.key, actor=EVE, to=ADA, day=WEDNESDAY, period="4", by=EVE)
    left = repaying.turn_down(hall, clock, "maple", walk.key, actor=ADA, day=WEDNESDAY, period="4")
    assert [cover.purpose for cover in left.covers] == [CoverFor.VISIT]
    _, book, _ = repaying.book_of(hall, clock, "maple")
    assert book.accounts[ADA].owed == 45


def test_nothing_is_given_back_where_nothing_is_owed(hall: SqlStore, clock: StandingClock) -> None:
    walk = covered_and_held(hall, clock)
    with pytest.raises(Refused) as reason:
        repaying.offer(hall, clock, "maple", walk.key, actor=CLEO, to=GUS, day=WEDNESDAY, period="1", by=FAY)
    assert refused(reason) == "nothing_owed"


@pytest.mark.parametrize(
    ("agreement", "said"),
    [
        (Agreement(covers_unpaid_per_term=1), (45, 0, 0)),
        (Agreement(cover_for=Compensation.PAID), (0, 45, 0)),
        (Agreement(payback_due_days=2, unrestored_is_paid=True), (0, 45, 0)),
        (Agreement(payback_due_days=2), (0, 0, 45)),
    ],
)
def test_what_a_cover_is_worth_is_for_the_agreement_to_say(
    hall: SqlStore, clock: StandingClock, agreement: Agreement, said: tuple[int, int, int]
) -> None:
    walk = covered_and_held(hall, clock)
    account = ledger(maple(agreement), [walk], WEDNESDAY + timedelta(days=2)).accounts[ADA]
    assert (account.unpaid, account.paid, account.owed) == said


@pytest.mark.parametrize(("offered", "is_asked"), [(44, False), (45, True)])
def test_nobody_is_asked_for_more_cover_than_they_offer(
    hall: SqlStore, clock: StandingClock, offered: int, is_asked: bool
) -> None:
    keeping(hall, replace(with_hal(maple()), cover_minutes={HAL: offered}))
    assert (visits_covered(hall, clock).covers[0].asked == HAL) is is_asked
