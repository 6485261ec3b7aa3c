"""What people do in Google Calendar comes back, as far as the agreement lets it; our own echoes cause nothing."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sync.core.visits.walk import State, Walk
from sync.services.passes.listening import answers_of
from sync.services.ports import Mirror
from sync.services.visits import booking
from tests.google.agreement import check_agreement
from tests.google.conftest import Hall
from tests.personas import ADA, BEN, EVE, GUS, NEW_YORK, THURSDAY, TUESDAY, WEDNESDAY


def event_of(hall: Hall, walk: Walk) -> dict[str, Any]:
    with hall.store.work() as work:
        shown = work.mirrors.shown("maple", Mirror.EVENT, walk.key)
    assert shown is not None
    request = hall.side.as_().api.events.get(calendarId=hall.rooms.calendar_id, eventId=shown.ref["id"])
    found: dict[str, Any] = hall.side.send(request)
    return found


def drag(hall: Hall, walk: Walk, start: datetime, minutes: int = 45) -> None:
    """Dragging the event in the visits calendar, as whoever may write in it does."""
    body = {
        name: {"dateTime": moment.isoformat(), "timeZone": "America/New_York"}
        for name, moment in (("start", start), ("end", start + timedelta(minutes=minutes)))
    }
    event = event_of(hall, walk)["id"]
    hall.side.send(hall.side.as_().api.events.patch(calendarId=hall.rooms.calendar_id, eventId=event, body=body))


def answer(hall: Hall, walk: Walk, email: str, said: str) -> None:
    """A guest answers in their own calendar."""
    account, event = hall.side.as_(email), event_of(hall, walk)
    guests = [{**guest, "responseStatus": said} if guest["email"] == email else guest for guest in event["attendees"]]
    request = account.api.events.patch(calendarId="primary", eventId=event["id"], body={"attendees": guests})
    account.send(request, "answering")


def at(day: Any, hour: int, minute: int) -> datetime:
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=NEW_YORK)


def test_a_drag_to_another_free_period_moves_the_visit(hall: Hall) -> None:
    walk = hall.book()
    hall.sync()
    drag(hall, walk, at(THURSDAY, 9, 40))
    report = hall.sync()
    assert report.heard.moved == (walk.key,)
    assert hall.walk(walk).stops[0].slot.date == THURSDAY
    check_agreement(hall)
    hall.side.forget_calls()
    assert not hall.sync().changed
    assert not hall.side.writes()


def test_a_drag_that_is_a_little_off_means_the_period_and_the_event_is_set_to_its_times(hall: Hall) -> None:
    walk = hall.book()
    hall.sync()
    drag(hall, walk, at(THURSDAY, 9, 45))
    assert hall.sync().fine
    assert event_of(hall, walk)["start"]["dateTime"] == "2026-03-05T09:40:00-05:00"
    drag(hall, walk, at(THURSDAY, 9, 30))
    hall.sync()
    hall.sync()
    check_agreement(hall)
    assert hall.walk(walk).revision == 2


def test_a_drag_that_the_agreement_refuses_is_put_back_once_and_said_with_ways_on(hall: Hall) -> None:
    walk = hall.book()
    hall.sync()
    drag(hall, walk, at(THURSDAY, 8, 50))  # Ben has prep in period 2, Ada a class
    report = hall.sync()
    assert report.heard.put_back == (walk.key,)
    [notice] = report.notices
    assert notice.people == (ADA, BEN)
    assert notice.sentence.startswith("The visit stays on Tuesday 3 March, period 3.")
    assert "These work:" in notice.sentence
    assert hall.walk(walk).revision == 1
    check_agreement(hall)
    hall.side.forget_calls()
    assert not hall.sync().notices
    assert not hall.side.writes()


def test_a_drag_into_the_evening_or_a_whole_day_is_put_back(hall: Hall) -> None:
    walk = hall.book()
    hall.sync()
    drag(hall, walk, at(TUESDAY, 19, 0))
    assert "no class period then" in hall.sync().notices[0].sentence
    check_agreement(hall)
    event = event_of(hall, walk)["id"]
    whole = {"start": {"date": "2026-03-03", "dateTime": None}, "end": {"date": "2026-03-04", "dateTime": None}}
    hall.side.send(hall.side.as_().api.events.patch(calendarId=hall.rooms.calendar_id, eventId=event, body=whole))
    assert hall.sync().heard.put_back == (walk.key,)
    check_agreement(hall)


def test_a_deleted_event_cancels_the_visit(hall: Hall) -> None:
    walk = hall.book()
    hall.sync()
    event = event_of(hall, walk)["id"]
    hall.side.send(hall.side.as_().api.events.delete(calendarId=hall.rooms.calendar_id, eventId=event))
    assert hall.sync().heard.cancelled == (walk.key,)
    assert hall.walk(walk).state is State.CANCELLED
    check_agreement(hall)


def test_deleting_the_event_of_a_visit_that_took_place_undoes_nothing(hall: Hall) -> None:
    walk = hall.book()
    hall.sync()
    hall.clock.forward(timedelta(days=4))
    event = event_of(hall, walk)["id"]
    hall.side.send(hall.side.as_().api.events.delete(calendarId=hall.rooms.calendar_id, eventId=event))
    hall.sync()
    assert hall.walk(walk).state is State.HELD


def test_a_host_who_declines_cancels(hall: Hall) -> None:
    walk = hall.book()
    hall.sync()
    answer(hall, walk, BEN, "declined")
    assert hall.sync().heard.cancelled == (walk.key,)
    assert hall.events() == []


def test_a_visitor_who_declines_stays_away_and_the_others_come(hall: Hall) -> None:
    walk = hall.book(visitors=(ADA, GUS))
    hall.sync()
    answer(hall, walk, GUS, "declined")
    assert hall.sync().heard.fewer == (walk.key,)
    assert hall.walk(walk).visitors == (ADA,)
    check_agreement(hall)


def test_answers_are_kept_and_cause_nothing_else(hall: Hall) -> None:
    walk = hall.book()
    hall.sync()
    answer(hall, walk, BEN, "accepted")
    hall.side.forget_calls()
    report = hall.sync()
    assert report.heard.answered == (walk.key,)
    assert not hall.side.writes()
    with hall.store.work() as work:
        shown = work.mirrors.shown("maple", Mirror.EVENT, walk.key)
    assert shown is not None
    assert answers_of(shown) == {ADA: "needsAction", BEN: "accepted"}


def test_a_move_on_the_card_is_not_taken_for_a_drag(hall: Hall) -> None:
    walk = hall.book()
    hall.sync()
    answer(hall, walk, BEN, "accepted")  # so that the event is in the news, still with its old time
    booking.move(hall.store, hall.clock, "maple", walk.key, actor=ADA, day=THURSDAY, period="3")
    report = hall.sync()
    assert report.heard.moved == ()
    assert hall.walk(walk).stops[0].slot.date == THURSDAY
    check_agreement(hall)
    [event] = hall.events()
    assert {guest["email"]: guest["responseStatus"] for guest in event["attendees"]}[BEN] == "accepted"


def test_an_event_of_a_stranger_and_a_copy_of_ours_are_left_alone(hall: Hall) -> None:
    walk = hall.book()
    hall.sync()
    copy = {name: event_of(hall, walk)[name] for name in ("summary", "start", "end", "extendedProperties")}
    insert = hall.side.as_().api.events.insert
    made = hall.side.send(insert(calendarId=hall.rooms.calendar_id, body=copy))
    hall.side.send(insert(calendarId=hall.rooms.calendar_id, body={**copy, "extendedProperties": {}}))
    hall.side.send(hall.side.as_().api.events.delete(calendarId=hall.rooms.calendar_id, eventId=made["id"]))
    assert not hall.sync().changed
    assert hall.walk(walk).state is State.BOOKED


def test_an_expired_token_cancels_nothing_and_moves_nothing(hall: Hall) -> None:
    hall.book()
    hall.book(GUS, EVE, WEDNESDAY)
    hall.sync()
    hall.side.trouble({"method": "calendar.events.list", "kind": "410-sync", "times": 1})
    assert not hall.sync().changed
    check_agreement(hall)


def test_a_deleted_calendar_is_made_anew_with_every_visit_to_come(hall: Hall) -> None:
    hall.book()
    hall.book(GUS, EVE, WEDNESDAY)
    hall.sync()
    before = hall.rooms.calendar_id
    hall.side.send(hall.side.as_().api.calendars.delete(calendarId=before))
    assert hall.sync().fine
    assert hall.rooms.calendar_id != before
    check_agreement(hall)


def test_a_guest_may_drag_the_event_in_their_own_calendar(hall: Hall) -> None:
    walk = hall.book()
    hall.sync()
    account, event = hall.side.as_(ADA), event_of(hall, walk)["id"]
    body = {
        "start": {"dateTime": at(THURSDAY, 9, 40).isoformat(), "timeZone": "America/New_York"},
        "end": {"dateTime": at(THURSDAY, 10, 25).isoformat(), "timeZone": "America/New_York"},
    }
    account.send(account.api.events.patch(calendarId="primary", eventId=event, body=body), "dragging")
    assert hall.sync().heard.moved == (walk.key,)
    check_agreement(hall)
