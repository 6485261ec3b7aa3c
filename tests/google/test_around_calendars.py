"""What lands in people's own calendars later: proposals go around it, and whoever has agreed is told, they alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from sync.core.visits.commitments import Part
from sync.core.visits.walk import Piece, PieceKind, State, Walk
from sync.services import home
from sync.services.covers import covering
from sync.services.passes.rehearsing import rehearse
from sync.services.plans import proposing
from sync.services.plans.around_calendars import EVERY, WentAround, look_again
from sync.services.visits import booking, overlaps, placing
from sync.services.visits.asking import stop_in
from sync.services.visits.overlaps import Asked
from tests.google.conftest import PLACES, Hall
from tests.google.test_cover_events import covered
from tests.personas import ADA, BEN, CLEO, EVE, FRIDAY, GUS, SUNDAY_BEFORE, THURSDAY, TUESDAY, WEDNESDAY, maple

BUSY, LIST = "calendar.freebusy.query", "calendar.events.list"
WHOLE_DAY = {"start": {"date": TUESDAY.isoformat()}, "end": {"date": WEDNESDAY.isoformat()}}


@pytest.fixture
def hall(hall: Hall) -> Hall:
    """At noon of the Sunday before, in Google too; the school has its account."""
    hall.side.control("POST", "/_local/clock", {"now": SUNDAY_BEFORE.isoformat()})
    with hall.store.work() as work:
        work.mirrors.keep_rooms("maple", PLACES)
        work.commit()
    return hall


def writes_down(hall: Hall, person: str, start: datetime, minutes: int, **more: Any) -> str:
    """Somebody puts something of their own into their calendar; its id."""
    ends = start + timedelta(minutes=minutes)
    return puts(hall, person, start={"dateTime": start.isoformat()}, end={"dateTime": ends.isoformat()}, **more)


def puts(hall: Hall, person: str, **body: Any) -> str:
    account = hall.side.as_(person)
    request = account.api.events.insert(calendarId="primary", body={"summary": "Dentist", **body})
    return str(account.send(request, "writing down")["id"])


def look(hall: Hall) -> WentAround:
    """What a pass does about it."""
    return look_again(hall.store, hall.side.workspace, hall.clock, "maple")


def takes_out(hall: Hall, person: str, event: str) -> None:
    account = hall.side.as_(person)
    account.send(account.api.events.delete(calendarId="primary", eventId=event), "taking out")


def later(hall: Hall, by: timedelta = EVERY) -> None:
    hall.clock.forward(by)
    hall.side.control("POST", "/_local/clock", {"now": hall.clock.now().isoformat()})


def asked(hall: Hall, email: str) -> tuple[Asked, ...]:
    return home.home(hall.store, hall.clock, "maple", email).overlaps


def asks(hall: Hall) -> dict[str, int]:
    return {email: len(asked(hall, email)) for email in (ADA, BEN, CLEO, EVE, GUS) if asked(hall, email)}


def proposed(hall: Hall, visitor: str = ADA, period: str = "3") -> Walk:
    stop = stop_in(maple(), BEN, TUESDAY, period, None)
    assert stop
    return proposing.propose_visit(
        hall.store, hall.clock, "maple", actor=CLEO, visitor=visitor, stop=stop, lapses_on=TUESDAY, name=visitor
    )


# --- what somebody has agreed to ---


def test_whoever_has_something_within_a_booked_visit_is_asked_once_and_nothing_moves(hall: Hall) -> None:
    walk = hall.book(ADA, BEN, TUESDAY)
    hall.sync()
    later(hall)
    dentist = writes_down(hall, ADA, walk.starts + timedelta(minutes=5), 30)
    report = hall.sync()
    assert (report.around.asked, report.around.moved) == (1, 0)
    [one] = asked(hall, ADA)
    assert (one.walk.key, one.promised.part) == (walk.key, Part.VISITOR)
    assert one.hours == ((walk.starts + timedelta(minutes=5), walk.starts + timedelta(minutes=35)),)
    assert asks(hall) == {ADA: 1}
    assert hall.walk(walk) == walk

    later(hall)
    hall.side.forget_calls()
    again = hall.sync()
    assert not again.changed
    assert not hall.side.writes()
    assert asks(hall) == {ADA: 1}

    takes_out(hall, ADA, dentist)
    later(hall)
    hall.sync()
    assert asks(hall) == {}


def test_what_is_kept_is_not_said_again_and_another_appointment_is(hall: Hall) -> None:
    walk = hall.book(ADA, BEN, TUESDAY)
    later(hall)
    writes_down(hall, ADA, walk.starts, 10)
    look(hall)
    overlaps.keep(hall.store, hall.clock, "maple", actor=ADA, walk_key=walk.key, part="visitor")
    assert asks(hall) == {}
    later(hall)
    assert look(hall).asked == 0
    assert asks(hall) == {}
    writes_down(hall, ADA, walk.starts + timedelta(minutes=20), 10)
    later(hall)
    assert look(hall).asked == 1
    [one] = asked(hall, ADA)
    assert len(one.hours) == 1


def test_moving_the_visit_ends_the_question_at_once(hall: Hall) -> None:
    walk = hall.book(ADA, BEN, TUESDAY)
    later(hall)
    writes_down(hall, ADA, walk.starts, 45)
    look(hall)
    assert asks(hall) == {ADA: 1}
    booking.move(hall.store, hall.clock, "maple", walk.key, actor=ADA, day=THURSDAY, period="3")
    assert asks(hall) == {}
    later(hall)
    look(hall)
    with hall.store.work() as work:
        assert work.overlaps.all("maple") == []


def test_lessons_our_own_events_and_what_takes_no_time_are_no_appointments(hall: Hall) -> None:
    walk, elsewhere = hall.book(ADA, BEN, TUESDAY), hall.book(GUS, BEN, FRIDAY, "5")
    hall.sync()
    later(hall)
    writes_down(hall, BEN, walk.starts, 45)  # his class, which is why she comes
    writes_down(hall, ADA, walk.starts, 20, transparency="transparent")
    puts(hall, ADA, transparency="transparent", **WHOLE_DAY)
    booking.cancel(hall.store, hall.clock, "maple", elsewhere.key, actor=GUS)  # its event is still there
    assert hall.sync().around.asked == 0
    assert asks(hall) == {}


def test_a_whole_day_away_counts(hall: Hall) -> None:
    walk = hall.book(ADA, BEN, TUESDAY)
    later(hall)
    puts(hall, ADA, **WHOLE_DAY)
    look(hall)
    [one] = asked(hall, ADA)
    assert one.hours == ((walk.starts, walk.ends),)


def test_what_the_card_has_said_before_is_not_said_again(hall: Hall) -> None:
    writes_down(hall, ADA, _start_of("3"), 30)
    later(hall, timedelta(minutes=1))
    hall.book(ADA, BEN, TUESDAY)
    assert look(hall).asked == 0


def test_a_talk_and_a_class_taken_for_somebody_are_told_to_those_they_belong_to(hall: Hall) -> None:
    walk = covered(hall)
    covering.accept(hall.store, hall.clock, "maple", walk.key, actor=ADA)
    with hall.store.work() as work:
        slot = placing.openings_for(work, "maple", hall.walk(walk), hall.clock.now())[PieceKind.DEBRIEF][0]
    placing.place(
        hall.store, hall.clock, "maple", walk.key,
        actor=EVE, kind=PieceKind.DEBRIEF, start=slot.start, minutes=slot.minutes,
    )  # fmt: skip
    later(hall)
    writes_down(hall, ADA, walk.starts + timedelta(minutes=5), 10)
    writes_down(hall, BEN, slot.start, 10)
    writes_down(hall, EVE, walk.starts, 45)  # the class that Ada takes
    look(hall)
    assert asks(hall) == {ADA: 1, BEN: 1}
    assert [one.promised.part for email in (ADA, BEN) for one in asked(hall, email)] == [Part.COVER, Part.DEBRIEF]


def test_a_calendar_that_cannot_be_seen_is_unknown_and_what_was_said_stays_said(hall: Hall) -> None:
    walk = hall.book(ADA, BEN, TUESDAY)
    later(hall)
    writes_down(hall, ADA, walk.starts, 45)
    look(hall)
    account = hall.side.as_(ADA)
    account.send(account.api.acl.delete(calendarId="primary", ruleId="domain:maple.example"), "hiding a calendar")
    later(hall)
    look(hall)
    assert asks(hall) == {ADA: 1}
    for method in (BUSY, LIST):
        later(hall)
        hall.side.trouble({"method": method, "kind": "403-quota", "times": 1})
        look(hall)
        assert asks(hall) == {ADA: 1}


# --- proposals ---


def test_a_proposal_that_nobody_has_answered_goes_around_it_by_itself(hall: Hall) -> None:
    walk = proposed(hall)
    hall.sync()
    later(hall)
    writes_down(hall, ADA, walk.starts + timedelta(minutes=5), 30)
    report = hall.sync()
    assert (report.around.asked, report.around.moved) == (0, 1)
    with hall.store.work() as work:
        [now] = [one for one in work.walks.all("maple") if one.stands]
        told = {email: [one.sentence for one in work.news.of("maple", email)] for email in (ADA, BEN)}
    assert now.state is State.PROPOSED
    assert (now.starts, now.hosts) != (walk.starts, walk.hosts)
    assert sum("Ada cannot come then." in sentence for sentence in told[ADA]) == 1
    assert sum("Ada cannot come then." in sentence for sentence in told[BEN]) == 1
    assert asks(hall) == {}
    later(hall)
    again = hall.sync()
    assert again.around.moved == 0
    assert not again.changed


def test_it_goes_to_a_time_at_which_its_people_have_nothing_in_their_calendars(hall: Hall) -> None:
    walk = proposed(hall)
    for period in ("5", "6"):
        writes_down(hall, ADA, _start_of(period), 45)
    later(hall)
    writes_down(hall, ADA, walk.starts, 45)
    assert look(hall).moved == 1
    with hall.store.work() as work:
        [now] = [one for one in work.walks.all("maple") if one.stands]
    assert now.stops[0].slot.date != TUESDAY


def test_where_nothing_suits_it_stays_and_is_not_tried_at_every_look(hall: Hall) -> None:
    walk = proposed(hall)
    later(hall)
    puts(
        hall, ADA, recurrence=["RRULE:FREQ=DAILY;COUNT=60"],
        start={"dateTime": "2026-03-02T08:00:00", "timeZone": "America/New_York"},
        end={"dateTime": "2026-03-02T15:00:00", "timeZone": "America/New_York"},
    )  # fmt: skip
    look(hall)
    assert hall.walk(walk) == walk
    later(hall)
    hall.side.forget_calls()
    assert look(hall) == WentAround()
    assert hall.side.counted()[BUSY] == 1, "its calendars are asked for, and nothing is looked for beside"


def test_a_proposal_to_which_somebody_said_yes_stays_and_they_are_asked(hall: Hall) -> None:
    walk = proposed(hall)
    proposing.accept(hall.store, hall.clock, "maple", walk.key, actor=ADA)
    later(hall)
    writes_down(hall, ADA, walk.starts, 45)
    assert look(hall).moved == 0
    assert hall.walk(walk).starts == walk.starts
    assert asks(hall) == {ADA: 1}


def test_the_talk_of_a_proposal_goes_around_it_alone(hall: Hall) -> None:
    walk = proposed(hall)
    with hall.store.work() as work:
        slot = placing.openings_for(work, "maple", walk, hall.clock.now())[PieceKind.DEBRIEF][0]
        talk = Piece(PieceKind.DEBRIEF, slot)
        work.walks.save("maple", replace(walk, pieces=(talk,), revision=walk.revision + 1))
        work.commit()
    later(hall)
    writes_down(hall, BEN, slot.start, 20)
    assert look(hall).moved == 1
    now = hall.walk(walk)
    assert now.starts == walk.starts
    [talk] = now.pieces
    assert not (talk.slot.start < slot.end and slot.start < talk.slot.end)


# --- thrift, and a rehearsal ---


def test_calendars_are_asked_for_now_and_then_and_by_one_process(hall: Hall) -> None:
    hall.book(ADA, BEN, TUESDAY)
    hall.sync()
    hall.side.forget_calls()
    hall.sync()
    assert hall.side.counted()[BUSY] == 0
    later(hall)
    hall.sync()
    counted = hall.side.counted()
    assert (counted[BUSY], counted[LIST]) == (1, 3), "Ada's own, beside the school's calendar in each pass"
    hall.side.forget_calls()
    look_again(hall.store, hall.side.workspace, hall.clock, "maple", every=timedelta())
    assert hall.side.counted() == {BUSY: 1, LIST: 1}, "somebody wants it now"


def test_a_rehearsal_says_how_many_and_not_who(hall: Hall) -> None:
    walk = hall.book(ADA, BEN, TUESDAY)
    later(hall)
    writes_down(hall, ADA, walk.starts, 45)
    would = rehearse(hall.store, hall.side.workspace, hall.clock, "maple").would
    [line] = [one for one in would if "own calendar" in one]
    assert line.startswith("ask 1 ")
    assert "Ada" not in line
    assert asks(hall) == {}
    assert look(hall).asked == 1


def _start_of(period: str) -> datetime:
    slot = maple().slot(TUESDAY, period)
    assert slot
    return slot.start
