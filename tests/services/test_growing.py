"""Thank-yous, check-ins, holds, export and erasure as use cases, on the real store."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest

from sync.core.notes.checkin import SupportState
from sync.core.notes.next_steps import NextStep
from sync.core.notes.sharing import line_key
from sync.core.notes.thanks import Borrowing, ThanksState
from sync.core.refusals import Refused
from sync.core.visits.walk import State, Walk
from sync.services.notes import checkins, holdings, sharing, thanking
from sync.services.ports import WalkNotes
from sync.services.visits import booking
from sync.store import SqlStore
from tests.fakes import StandingClock
from tests.personas import ADA, BEN, CLEO, EVE, FIRST, GUS, LAST, TUESDAY

SECRET = "Wait seven seconds"


@pytest.fixture
def walk(hall: SqlStore, clock: StandingClock) -> Walk:
    """Ada has just visited Ben."""
    booked = booking.book(
        hall, clock, "maple", actor=ADA, visitors=(ADA,), host=BEN, day=TUESDAY, period="3", focus=("talk",)
    )
    clock.set(booked.ends + timedelta(minutes=5))
    booking.close_past(hall, clock, "maple")
    thanking.take_stock(hall, clock, "maple")
    return booked


def written(hall: SqlStore, clock: StandingClock, walk: Walk) -> str:
    """What a look at the Doc would have kept; returns the key of the marked line."""
    line = line_key(walk.key, "Cups for help")
    with hall.work() as work:
        work.notebook.keep_notes("maple", WalkNotes(walk.key, clock.now(), 20, ("talk",), ("share",)))
        work.notebook.keep_steps("maple", walk.key, [NextStep(walk.key, 0, SECRET, BEN)])
        work.notebook.keep_lines("maple", walk.key, [(line, "Cups for help")])
        work.notebook.keep_token("maple", "17")
        work.commit()
    return line


def test_what_is_kept_comes_back_as_it_was(hall: SqlStore, clock: StandingClock, walk: Walk) -> None:
    line = written(hall, clock, walk)
    sharing.answer(hall, clock, "maple", actor=ADA, walk=walk.key, line=line, yes=True)
    written(hall, clock, walk)
    with hall.work() as work:
        assert work.notebook.token("maple") == "17"
        assert work.notebook.notes("maple")[walk.key] == WalkNotes(walk.key, clock.now(), 20, ("talk",), ("share",))
        assert work.notebook.steps("maple") == [NextStep(walk.key, 0, SECRET, BEN)]
        [kept] = work.notebook.lines("maple")
        assert kept.agreed == {ADA}, "a line that stays keeps its consents"
        work.notebook.keep_lines("maple", walk.key, [])
        assert work.notebook.lines("maple") == []
        assert work.notebook.notes("oak") == {}


def test_thanks_are_owed_once_and_stop_when_sent(hall: SqlStore, clock: StandingClock, walk: Walk) -> None:
    assert thanking.take_stock(hall, clock, "maple") == 0
    [owed] = thanking.waiting_for(hall, "maple", ADA)
    assert owed.due == walk.ends + timedelta(days=1)
    assert thanking.waiting_for(hall, "maple", BEN) == []
    assert thanking.remind(hall, clock, "maple") == []
    clock.forward(timedelta(hours=22))
    [reminder] = thanking.remind(hall, clock, "maple")
    assert (reminder.email, "Ben" in reminder.sentence) == (ADA, True)
    assert thanking.remind(hall, clock, "maple") == []
    assert thanking.sent(hall, clock, "maple", walk.key, actor=ADA, host=BEN).state is ThanksState.SENT
    assert thanking.waiting_for(hall, "maple", ADA) == []
    assert thanking.thanked(hall, "maple") == {ADA: 1}


def test_a_visit_that_did_not_happen_is_not_thanked_for(hall: SqlStore, clock: StandingClock, walk: Walk) -> None:
    booking.did_not_happen(hall, clock, "maple", walk.key, actor=BEN)
    assert thanking.take_stock(hall, clock, "maple") == 1
    assert thanking.waiting_for(hall, "maple", ADA) == []


def test_a_draft_is_the_visitors_own_words_and_opens_in_their_mail(
    hall: SqlStore, clock: StandingClock, walk: Walk
) -> None:
    made = thanking.draft(hall, "maple", walk.key, actor=ADA, host=BEN, saw="Six pupils asked why", borrow="cups & co")
    query = parse_qs(urlsplit(made.link).query)
    assert query["to"] == [BEN]
    assert "Six pupils asked why" in query["body"][0]
    assert "I will try: cups & co" in query["body"][0]
    for actor, host, saw in ((ADA, BEN, " "), (BEN, ADA, "x"), (GUS, BEN, "x")):
        with pytest.raises(Refused):
            thanking.draft(hall, "maple", walk.key, actor=actor, host=host, saw=saw)


def test_a_borrowed_from_trail_needs_both(hall: SqlStore, clock: StandingClock, walk: Walk) -> None:
    thanking.borrowed(hall, "maple", walk.key, actor=ADA, host=BEN, what=Borrowing.TRIED)
    thanking.tell_of_borrowing(hall, "maple", walk.key, actor=ADA, host=BEN, tell=True)
    assert thanking.trail(hall, "maple") == []
    thanking.tell_borrowed(hall, "maple", walk.key, actor=BEN, visitor=ADA, tell=True)
    assert thanking.trail(hall, "maple") == [(ADA, BEN, Borrowing.TRIED)]
    thanking.tell_borrowed(hall, "maple", walk.key, actor=BEN, visitor=ADA, tell=False)
    assert thanking.trail(hall, "maple") == []


def test_check_ins_are_planned_once_and_support_finds_an_owner(hall: SqlStore, clock: StandingClock) -> None:
    def planned() -> list[str]:
        found = checkins.plan(hall, "maple", actor=CLEO, leader=CLEO, teachers=[ADA, BEN], first=FIRST, last=LAST)
        return [one.key for one in found]

    assert planned() == planned()
    assert len(checkins.of_person(hall, "maple", ADA)) == 3
    with pytest.raises(Refused):
        checkins.plan(hall, "maple", actor=ADA, leader=CLEO, teachers=[BEN], first=FIRST, last=LAST)
    asked = checkins.ask_support(hall, clock, "maple", actor=ADA, leader=CLEO, words="Time to plan with Ben")
    assert checkins.support_queue(hall, "maple", actor=EVE) == []
    with pytest.raises(Refused):
        checkins.take_on(hall, "maple", asked.key, actor=EVE, helper=EVE)
    checkins.take_on(hall, "maple", asked.key, actor=CLEO, helper=EVE)
    assert [one.key for one in checkins.support_queue(hall, "maple", actor=EVE)] == [asked.key]
    assert checkins.support_given(hall, "maple", asked.key, actor=EVE).state is SupportState.DONE
    assert checkins.support_queue(hall, "maple", actor=ADA) == []


def test_a_person_gets_all_of_theirs_and_can_have_it_taken_out(
    hall: SqlStore, clock: StandingClock, walk: Walk
) -> None:
    written(hall, clock, walk)
    assert holdings.export(hall, "maple", actor=BEN)["next_steps"][0]["what"] == SECRET
    assert SECRET not in str(holdings.export(hall, "maple", actor=ADA))
    holdings.put_hold(hall, clock, "maple", actor=CLEO)
    with pytest.raises(Refused):
        holdings.erase(hall, clock, "maple", actor=BEN)
    with pytest.raises(Refused):
        holdings.lift_hold(hall, "maple", actor=BEN)
    holdings.lift_hold(hall, "maple", actor=CLEO)
    receipt = holdings.erase(hall, clock, "maple", actor=BEN)
    assert (receipt.rows, "Ben" in receipt.sentence()) == (1, True)
    assert SECRET not in str(holdings.export(hall, "maple", actor=BEN))


def test_what_we_hold_names_readers_and_never_what_is_written(hall: SqlStore, clock: StandingClock, walk: Walk) -> None:
    written(hall, clock, walk)
    said = "\n".join(one.sentence() for one in holdings.holdings(hall, clock, "maple"))
    assert "Notes of Ada & Ben · 2025-26: a Google Doc, until 31 July 2027. Read by Ada, Ben." in said
    assert SECRET not in said
    assert "Cups" not in said
    assert holdings.put_away(hall, clock, "maple") == []


def test_a_certificate_says_that_and_never_what(hall: SqlStore, clock: StandingClock, walk: Walk) -> None:
    mine = holdings.certificate(hall, "maple", actor=ADA)
    assert mine.visits == (TUESDAY,)
    assert "Ben" not in mine.text()
    assert "meets" in mine.text()
    assert holdings.certificate(hall, "maple", actor=BEN).visits == ()
    with hall.work() as work:
        found = work.walks.get("maple", walk.key)
    assert found is not None
    assert found.state is State.HELD
