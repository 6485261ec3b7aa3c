"""When the school changes, visits follow by themselves: event, Doc, cover and Sheet agree, and each hears it once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from sync.core.visits.walk import State
from sync.services.covers import covering
from sync.services.plans import repairing
from sync.services.visits import booking
from tests.google.agreement import check_agreement
from tests.google.conftest import Hall
from tests.google.test_cover_events import cover_events, covered
from tests.google.test_sheet_forms import put, sync
from tests.personas import ADA, BEN, EVE, GUS, THURSDAY, TUESDAY, WEDNESDAY


def news(hall: Hall, email: str) -> list[str]:
    with hall.store.work() as work:
        return [one.sentence for one in work.news.of("maple", email)]


def mails(hall: Hall) -> Counter[str]:
    return Counter(mail["to"] for mail in hall.side.outbox())


def test_a_snow_day_moves_what_it_hits_everywhere_and_leaves_the_rest_to_the_letter(hall: Hall) -> None:
    hit, kept = hall.book(ADA, BEN, TUESDAY), hall.book(GUS, BEN, THURSDAY)
    hall.sync()
    before = {event["id"]: event for event in hall.events()}
    sent = mails(hall)

    repaired = repairing.repair(hall.store, hall.clock, "maple", repairing.lost_day(TUESDAY, "snow"))
    hall.sync()

    assert [walk.key for walk in repaired.moved] == [hit.key]
    assert hall.walk(hit).stops[0].slot.date == WEDNESDAY
    check_agreement(hall)
    after = {event["id"]: event for event in hall.events()}
    assert [name for name in before if before[name] != after[name]] == [_event_of(hall, hit.key)]
    assert hall.walk(kept) == kept
    assert mails(hall) - sent == Counter({ADA: 1, BEN: 1})
    assert news(hall, ADA) == news(hall, BEN)
    assert len(news(hall, ADA)) == 1
    hall.side.forget_calls()
    assert not hall.sync().changed
    assert not hall.side.writes()


def test_a_day_taken_out_in_the_sheet_mends_by_itself(hall: Hall) -> None:
    walk = hall.book(ADA, BEN, TUESDAY)
    sync(hall)
    rows = hall.sheet("School days")
    number = next(n for n, row in enumerate(rows, start=1) if row[0] == TUESDAY.isoformat())
    put(hall, "School days", [[""]], at=f"B{number}")
    sync(hall)
    assert hall.walk(walk) == walk, "somebody may still be typing"
    report = sync(hall)
    assert [moved.key for moved in report.repaired.moved] == [walk.key]
    assert hall.walk(walk).stops[0].slot.date == WEDNESDAY
    check_agreement(hall)
    assert not sync(hall).changed


def test_a_coverer_who_says_no_in_calendar_is_let_go_and_the_next_one_asked(hall: Hall) -> None:
    walk = covered(hall)
    covering.accept(hall.store, hall.clock, "maple", walk.key, actor=ADA)
    hall.sync()
    answer_cover(hall, ADA, "declined")
    assert hall.sync().heard.given_up == (walk.key,)
    (cover,) = hall.walk(walk).covers
    assert (cover.by, cover.asked, cover.declined) == ("", GUS, (ADA,))
    assert cover_events(hall) == []
    assert any("take Eve's class" in sentence for sentence in news(hall, GUS))
    assert not any("Ada" in sentence and "no" in sentence.split() for sentence in news(hall, EVE))
    assert hall.walk(walk).state is State.BOOKED
    assert not hall.sync().heard.given_up


def test_a_covers_event_that_was_dragged_is_put_back(hall: Hall) -> None:
    walk = covered(hall)
    covering.accept(hall.store, hall.clock, "maple", walk.key, actor=ADA)
    hall.sync()
    (event,) = cover_events(hall)
    api = hall.side.as_().api.events
    times = {
        side: {"dateTime": event[side]["dateTime"].replace("T09", "T11").replace("T10", "T12"), "timeZone": "UTC"}
        for side in ("start", "end")
    }
    hall.side.send(api.patch(calendarId=hall.rooms.calendar_id, eventId=event["id"], body=times))
    hall.sync()
    (again,) = cover_events(hall)
    assert (again["start"]["dateTime"], again["end"]["dateTime"]) == (
        event["start"]["dateTime"],
        event["end"]["dateTime"],
    )
    assert hall.walk(walk).covers[0].by == ADA


def test_when_the_coverer_is_away_event_and_sheet_follow(hall: Hall) -> None:
    walk = covered(hall)
    covering.accept(hall.store, hall.clock, "maple", walk.key, actor=ADA)
    hall.sync()
    repairing.repair(hall.store, hall.clock, "maple", repairing.absence(ADA, TUESDAY, TUESDAY))
    hall.sync()
    assert cover_events(hall) == []
    covering.accept(hall.store, hall.clock, "maple", walk.key, actor=GUS)
    hall.sync()
    (event,) = cover_events(hall)
    assert {guest["email"] for guest in event["attendees"]} == {GUS, EVE}
    booking.cancel(hall.store, hall.clock, "maple", walk.key, actor=EVE)
    hall.sync()
    assert hall.events() == []


def answer_cover(hall: Hall, email: str, said: str) -> None:
    account = hall.side.as_(email)
    listed: Mapping[str, Any] = account.send(account.api.events.list(calendarId="primary"), "looking")
    event = next(one for one in listed["items"] if one["summary"].startswith("Cover"))
    guests = [guest | ({"responseStatus": said} if guest["email"] == email else {}) for guest in event["attendees"]]
    request = account.api.events.patch(calendarId="primary", eventId=event["id"], body={"attendees": guests})
    account.send(request, "answering")


def _event_of(hall: Hall, walk: str) -> str:
    stamps = {event["extendedProperties"]["private"]["downthehall.walk"]: event["id"] for event in hall.events()}
    return stamps[walk]
