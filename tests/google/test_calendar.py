"""The visits calendar through every kind of trouble: one event, people's answers and edits kept."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from sync.google.calendar.eventbody import event_id
from sync.google.wire.errors import Busy, Denied, OutOfQuota
from sync.services.ports import CalendarGone, EventLost, EventView, Fault, Rooms
from tests.google.conftest import ACCOUNT, PLACES, Side
from tests.personas import ADA, BEN, CLEO, GUS

WALK = "0123456789abcdef0123456789abcdef"
START = datetime(2026, 3, 3, 14, 40, tzinfo=UTC)
VIEW = EventView(
    walk=WALK,
    revision=1,
    title="Visit: Room 12 · Grade 7 Mathematics",
    description="We visit to learn, not to judge.",
    start=START,
    end=START + timedelta(minutes=45),
    zone="America/New_York",
    location="Room 12",
    guests=(ADA, BEN),
)


@pytest.fixture
def rooms(side: Side) -> Rooms:
    return side.workspace.calendar.provide(PLACES, "maple", "Maple Hall: visits", "America/New_York")


def event(side: Side, rooms: Rooms, name: str = "") -> dict[str, Any]:
    request = side.as_().api.events.get(calendarId=rooms.calendar_id, eventId=name or event_id(WALK, 0))
    found: dict[str, Any] = side.send(request)
    return found


def all_events(side: Side, rooms: Rooms) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = side.send(side.as_().api.events.list(calendarId=rooms.calendar_id))["items"]
    return found


def change(side: Side, rooms: Rooms, body: dict[str, Any]) -> None:
    request = side.as_().api.events.patch(calendarId=rooms.calendar_id, eventId=event_id(WALK, 0), body=body)
    side.send(request)


@pytest.mark.parametrize("kind", ["lost-reply", "429", "503", "500", "401", "403-rate", "409", "cut-off"])
def test_a_visit_is_put_in_once_through_trouble(side: Side, rooms: Rooms, kind: str) -> None:
    side.trouble({"method": "calendar.events.insert", "kind": kind, "times": 2})
    ref = side.workspace.calendar.show(rooms, VIEW, {})
    assert ref["id"] == event_id(WALK, 0)
    assert [item["id"] for item in all_events(side, rooms)] == [ref["id"]]


@pytest.mark.parametrize("kind", ["lost-reply", "429", "503", "401", "412", "cut-off"])
def test_a_change_arrives_once_through_trouble(side: Side, rooms: Rooms, kind: str) -> None:
    ref = side.workspace.calendar.show(rooms, VIEW, {})
    side.trouble({"method": "calendar.events.update", "kind": kind, "times": 1})
    later = replace(VIEW, start=START + timedelta(days=1), end=VIEW.end + timedelta(days=1))
    side.workspace.calendar.show(rooms, later, ref)
    assert datetime.fromisoformat(event(side, rooms)["start"]["dateTime"]) == later.start


def test_an_event_that_is_right_already_is_not_written_again(side: Side, rooms: Rooms) -> None:
    ref = side.workspace.calendar.show(rooms, VIEW, {})
    side.forget_calls()
    side.workspace.calendar.show(rooms, VIEW, ref)
    side.workspace.calendar.show(rooms, VIEW, {})
    assert set(side.writes()) == {"calendar.events.insert"}, "only the insert that met itself"


def test_a_used_up_quota_stops_at_once(side: Side, rooms: Rooms) -> None:
    side.trouble({"method": "calendar.events.insert", "kind": "403-quota"})
    with pytest.raises(OutOfQuota) as stopped:
        side.workspace.calendar.show(rooms, VIEW, {})
    assert stopped.value.stop
    assert side.counted()["calendar.events.insert"] == 1
    assert side.waits == []


def test_waiting_is_bounded_and_does_as_google_asks(side: Side, rooms: Rooms) -> None:
    side.trouble({"method": "calendar.events.insert", "kind": "429"})
    with pytest.raises(Busy):
        side.workspace.calendar.show(rooms, VIEW, {})
    assert side.counted()["calendar.events.insert"] == 6
    assert side.waits == [1.5] * 5, "Retry-After: 1, and half a second of jitter"


def test_answers_outlive_a_change(side: Side, rooms: Rooms) -> None:
    ref = side.workspace.calendar.show(rooms, VIEW, {})
    mine = side.as_(BEN).api.events.patch(
        calendarId="primary",
        eventId=ref["id"],
        body={"attendees": [{"email": ADA}, {"email": BEN, "responseStatus": "accepted"}]},
    )
    side.as_(BEN).send(mine, "answering in a test")
    side.workspace.calendar.show(rooms, replace(VIEW, title="Visit: Room 14", guests=(ADA, BEN, GUS)), ref)
    answers = {guest["email"]: guest["responseStatus"] for guest in event(side, rooms)["attendees"]}
    assert answers == {ADA: "needsAction", BEN: "accepted", GUS: "needsAction"}


def test_what_people_wrote_into_the_event_stays(side: Side, rooms: Rooms) -> None:
    ref = side.workspace.calendar.show(rooms, VIEW, {})
    change(side, rooms, {"summary": "Our algebra morning", "colorId": "5"})
    side.workspace.calendar.show(rooms, replace(VIEW, location="Room 14", title="Visit: Room 14"), ref)
    found = event(side, rooms)
    assert (found["summary"], found["location"], found["colorId"]) == ("Our algebra morning", "Room 14", "5")


def test_guests_whom_people_invited_stay_and_those_we_took_off_go(side: Side, rooms: Rooms) -> None:
    ref = side.workspace.calendar.show(rooms, replace(VIEW, guests=(ADA, BEN, GUS)), {})
    guests = event(side, rooms)["attendees"]
    change(side, rooms, {"attendees": [*guests, {"email": CLEO}]})
    side.workspace.calendar.show(rooms, VIEW, ref)
    assert {guest["email"] for guest in event(side, rooms)["attendees"]} == {ADA, BEN, CLEO}


def test_a_deleted_event_is_brought_back_under_its_id_or_the_next_generation(side: Side, rooms: Rooms) -> None:
    ref = side.workspace.calendar.show(rooms, VIEW, {})
    side.workspace.calendar.withdraw(rooms, ref)
    side.trouble({"method": "calendar.events.update", "kind": "404", "times": 1})
    with pytest.raises(EventLost) as lost:
        side.workspace.calendar.show(rooms, VIEW, ref)
    assert lost.value.ref["generation"] == "1"
    side.workspace.calendar.show(rooms, VIEW, lost.value.ref)
    assert [item["id"] for item in all_events(side, rooms)] == [event_id(WALK, 1)]


def test_withdrawing_twice_or_what_never_was_is_fine(side: Side, rooms: Rooms) -> None:
    calendar = side.workspace.calendar
    ref = calendar.show(rooms, VIEW, {})
    calendar.withdraw(rooms, ref)
    calendar.withdraw(rooms, ref)
    calendar.withdraw(rooms, calendar.ref("f" * 32))
    assert all_events(side, rooms) == []


def test_the_text_of_an_event_carries_no_more_than_its_view(side: Side, rooms: Rooms) -> None:
    side.workspace.calendar.show(rooms, VIEW, {})
    found = event(side, rooms)
    assert found["visibility"] == "private"
    assert found["description"] == VIEW.description
    assert len("downthehall.walk") <= 44, "longer keys are dropped without a word"


def test_the_calendar_is_found_again_and_not_made_twice(side: Side, rooms: Rooms) -> None:
    again = side.workspace.calendar.provide(PLACES, "maple", "Another name", "Europe/London")
    assert again.calendar_id == rooms.calendar_id


def test_a_calendar_whose_making_got_no_answer_is_found(side: Side) -> None:
    side.trouble({"method": "calendar.calendars.insert", "kind": "lost-reply", "times": 1})
    side.workspace.calendar.provide(PLACES, "maple", "Maple Hall: visits", "UTC")
    listed = side.send(side.as_().api.calendar_list.list())["items"]
    assert [item["summary"] for item in listed if not item.get("primary")] == ["Maple Hall: visits"]


def test_sharing_again_adds_nobody_twice(side: Side, rooms: Rooms) -> None:
    side.workspace.calendar.share(rooms, [CLEO])
    side.forget_calls()
    side.workspace.calendar.share(rooms, [CLEO])
    assert not side.writes()
    assert side.as_(CLEO).send(side.as_(CLEO).api.events.list(calendarId=rooms.calendar_id), "reading")["items"] == []


def test_what_changed_is_read_through_all_pages_and_then_by_token(side: Side, rooms: Rooms) -> None:
    for number in range(5):
        side.workspace.calendar.show(rooms, replace(VIEW, walk=f"{number:032x}"), {})
    first = side.workspace.calendar.seen(rooms)
    assert first.whole
    assert sorted(item.walk for item in first.events) == [f"{number:032x}" for number in range(5)]
    rooms = replace(rooms, calendar_token=first.token)
    side.workspace.calendar.withdraw(rooms, side.workspace.calendar.ref(f"{2:032x}"))
    second = side.workspace.calendar.seen(rooms)
    assert not second.whole
    assert [(item.event_id, item.cancelled) for item in second.events] == [(event_id(f"{2:032x}", 0), True)]


def test_an_expired_token_reads_everything_again(side: Side, rooms: Rooms) -> None:
    side.workspace.calendar.show(rooms, VIEW, {})
    rooms = replace(rooms, calendar_token=side.workspace.calendar.seen(rooms).token)
    side.trouble({"method": "calendar.events.list", "kind": "410-sync", "times": 1})
    seen = side.workspace.calendar.seen(rooms)
    assert seen.whole
    assert [item.walk for item in seen.events] == [WALK]


def test_a_deleted_calendar_is_told_from_an_empty_one(side: Side, rooms: Rooms) -> None:
    side.send(side.as_().api.calendars.delete(calendarId=rooms.calendar_id))
    with pytest.raises(CalendarGone):
        side.workspace.calendar.seen(rooms)


def test_who_is_busy_and_who_is_unknown(side: Side, rooms: Rooms) -> None:
    side.workspace.calendar.show(rooms, VIEW, {})
    stranger = "nobody@elsewhere.example"
    busy = side.workspace.calendar.busy(
        rooms, [ADA, GUS, stranger], START - timedelta(days=70), START + timedelta(days=1)
    )
    assert busy[ADA] == [(VIEW.start, VIEW.end)]
    assert busy[GUS] == []
    assert busy[stranger] is None


def test_an_account_without_rights_is_told_in_a_sentence(side: Side, rooms: Rooms) -> None:
    with pytest.raises(Fault) as fault:
        side.workspace.calendar.show(replace(rooms, account=GUS), VIEW, {})
    assert not fault.value.retry
    assert isinstance(fault.value, Denied) or "not there" in str(fault.value)
    assert ACCOUNT not in str(fault.value)
