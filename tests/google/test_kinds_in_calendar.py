"""How walks of other kinds than one class stand in Google Calendar: by Meet, on video, through several rooms."""

from __future__ import annotations

from typing import Any

from sync.core.school.agreement import Kind
from sync.core.visits.walk import Walk
from sync.services.visits import booking, watching
from tests.google.conftest import Hall
from tests.personas import ADA, BEN, CLEO, EVE, GUS, THURSDAY, TUESDAY, WEDNESDAY

LINK = "https://drive.google.com/file/d/abc/view"


def booked(hall: Hall, visitor: str, host: str, kind: Kind, **more: Any) -> Walk:
    asked: dict[str, Any] = {"day": WEDNESDAY, "period": "3", "focus": ("talk",)} | more
    return booking.book(
        hall.store, hall.clock, "maple", actor=visitor, visitors=[visitor], host=host, kind=kind, **asked
    )


def only_event(hall: Hall) -> dict[str, Any]:
    assert hall.sync().fine
    [event] = hall.events()
    return event


def test_a_virtual_visit_has_one_meet_link_and_a_reminder_to_try_it(hall: Hall) -> None:
    walk = booked(hall, ADA, BEN, Kind.VIRTUAL)
    event = only_event(hall)
    assert event["hangoutLink"].startswith("https://meet.google.com/")
    assert "cameras and microphones off" in event["description"]
    assert 24 * 60 in [one["minutes"] for one in event["reminders"]["overrides"]]
    booking.move(hall.store, hall.clock, "maple", walk.key, actor=ADA, day=THURSDAY, period="3")
    assert only_event(hall)["hangoutLink"] == event["hangoutLink"]


def test_a_video_is_in_its_visitors_calendar_alone_and_its_link_nowhere_in_it(hall: Hall) -> None:
    video = watching.show_video(hall.store, hall.clock, "maple", actor=EVE, link=LINK, about="Talk", days=7)
    booked(hall, BEN, EVE, Kind.VIDEO, day=TUESDAY, period="4", video=video.key)
    event = only_event(hall)
    assert event["summary"] == "Visit: a video"
    assert [guest["email"] for guest in event["attendees"]] == [BEN]
    assert "drive.google.com/file" not in str(event)


def test_a_route_is_one_event_with_its_rooms_in_order_by_the_schools_clock(hall: Hall) -> None:
    booked(hall, GUS, BEN, Kind.LEARNING, minutes=4, route=[BEN, CLEO, EVE])
    event = only_event(hall)
    assert event["summary"] == "Learning walk: 3 rooms"
    assert "09:40 Room 12\n09:45 Room 13\n09:50 Room 14" in event["description"]
    assert {guest["email"] for guest in event["attendees"]} == {GUS, BEN, CLEO, EVE}
