"""The Calendar week of the local Workspace: made, moved and resized by mouse and by keys; answers seen."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
import requests
from playwright.sync_api import Locator, Page, expect

from sync.emulator.server import RunningWorkspace

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
ADA, BEN = "ada@maple.example", "ben@maple.example"
EVENTS = "/calendar/v3/calendars/primary/events"
Rest = Callable[..., dict[str, Any]]


def at(hour: int, minute: int = 0) -> dict[str, str]:
    """Tuesday of the week that is shown, by Chicago's clock."""
    return {"dateTime": f"2026-11-24T{hour:02d}:{minute:02d}:00", "timeZone": "America/Chicago"}


@pytest.fixture
def week(page: Page, village: RunningWorkspace, rest: Rest) -> Page:
    """Ada's week of 23 November, with a meeting that Ben has not answered."""
    guests = [{"email": ADA, "responseStatus": "accepted"}, {"email": BEN}]
    rest(ADA, "POST", EVENTS, {"summary": "Planning", "start": at(9), "end": at(9, 45), "attendees": guests})
    days = {"start": {"date": "2026-11-25"}, "end": {"date": "2026-11-27"}}
    rest(ADA, "POST", EVENTS, {"summary": "Conferences", **days})
    page.goto(f"{village.url}/?as={ADA}&view=calendar")
    expect(event(page, "Planning")).to_be_visible()
    return page


def event(page: Page, title: str) -> Locator:
    return page.locator("button.event", has_text=title)


def details(page: Page) -> Locator:
    return page.get_by_label("Details of the event")


def start_and_end(rest: Rest, title: str) -> tuple[str, str]:
    found = [one for one in rest(ADA, "GET", EVENTS)["items"] if one["summary"] == title]
    assert len(found) == 1
    return tuple(found[0][end].get("dateTime", found[0][end].get("date")) for end in ("start", "end"))  # type: ignore[return-value]


def test_days_hours_and_now_are_shown_where_they_belong(week: Page, picture: Callable[[str], None]) -> None:
    expect(week.get_by_role("heading", level=1)).to_have_text(re.compile("November 23 . 29, 2026"))
    expect(week.locator(".whole", has_text="Conferences")).to_have_count(2)
    now = week.locator(".day[data-date='2026-11-23'] .now")
    assert now.evaluate("node => parseFloat(node.style.top)") == 120, "ten o'clock stands two hours under eight"
    picture("a-week")


def test_an_event_is_made_by_clicking_where_nothing_is(week: Page, rest: Rest) -> None:
    week.locator(".day[data-date='2026-11-26']").click(position={"x": 40, "y": 185})
    dialog = week.get_by_role("dialog", name="New event")
    dialog.get_by_label("Title").fill("🍍 open door")
    dialog.get_by_role("button", name="Save").click()
    expect(event(week, "🍍 open door")).to_be_visible()
    assert start_and_end(rest, "🍍 open door") == ("2026-11-26T11:00:00-06:00", "2026-11-26T11:45:00-06:00")


def test_a_whole_day_with_a_guest_is_made_from_the_button(week: Page, rest: Rest) -> None:
    week.get_by_role("button", name="New event").click()
    dialog = week.get_by_role("dialog", name="New event")
    dialog.get_by_label("Title").fill("Workshop")
    dialog.get_by_label("All day").check()
    dialog.get_by_label("Guests").fill(BEN)
    dialog.get_by_label("Title").press("Enter")
    expect(week.locator(".whole", has_text="Workshop")).to_have_count(1)
    assert start_and_end(rest, "Workshop") == ("2026-11-23", "2026-11-24")
    assert "Workshop" in [one["summary"] for one in rest(BEN, "GET", EVENTS)["items"]]


def test_an_event_is_dragged_to_another_day_and_its_end_is_pulled(week: Page, rest: Rest) -> None:
    box = event(week, "Planning").bounding_box()
    thursday = week.locator(".day[data-date='2026-11-26']").bounding_box()
    assert box is not None
    assert thursday is not None
    drag(week, (box["x"] + 20, box["y"] + 12), (thursday["x"] + 20, box["y"] + 12 + 60))
    expect(week.locator(".day[data-date='2026-11-26'] .event")).to_contain_text("10:00")
    assert start_and_end(rest, "Planning") == ("2026-11-26T10:00:00-06:00", "2026-11-26T10:45:00-06:00")
    moved = event(week, "Planning").bounding_box()
    assert moved is not None
    bottom = moved["y"] + moved["height"] - 2
    drag(week, (moved["x"] + 20, bottom), (moved["x"] + 20, bottom + 30))
    expect(event(week, "Planning")).to_contain_text("11:15")
    assert start_and_end(rest, "Planning")[1] == "2026-11-26T11:15:00-06:00"


def test_escape_puts_a_dragged_event_back(week: Page, rest: Rest) -> None:
    box = event(week, "Planning").bounding_box()
    assert box is not None
    week.mouse.move(box["x"] + 20, box["y"] + 12)
    week.mouse.down()
    week.mouse.move(box["x"] + 20, box["y"] + 90, steps=4)
    week.keyboard.press("Escape")
    week.mouse.up()
    expect(event(week, "Planning")).to_contain_text("9:00")
    assert start_and_end(rest, "Planning")[0] == "2026-11-24T09:00:00-06:00"


def test_keys_alone_open_move_lengthen_and_delete_an_event(week: Page, rest: Rest) -> None:
    event(week, "Planning").focus()
    week.keyboard.press("Enter")
    for name in ("Move later", "Day after", "Longer"):
        details(week).get_by_role("button", name=name).focus()
        with week.expect_response(lambda response: response.request.method == "PATCH"):
            week.keyboard.press("Enter")
        expect(details(week).get_by_role("button", name=name)).to_be_focused()
    expect(details(week)).to_contain_text("Wednesday, November 25")
    assert start_and_end(rest, "Planning") == ("2026-11-25T09:15:00-06:00", "2026-11-25T10:15:00-06:00")
    details(week).get_by_role("button", name="Delete").press("Enter")
    expect(event(week, "Planning")).to_have_count(0)


def test_a_guests_answer_is_seen_by_the_organizer_while_looking(week: Page, rest: Rest) -> None:
    event(week, "Planning").click()
    ben = details(week).locator(".guests li", has_text="Ben")
    expect(ben).to_contain_text("no answer yet")
    copy = next(one for one in rest(BEN, "GET", EVENTS)["items"] if one["summary"] == "Planning")
    answered = [{**one, "responseStatus": "declined"} if one["email"] == BEN else one for one in copy["attendees"]]
    rest(BEN, "PATCH", f"{EVENTS}/{copy['id']}", {"attendees": answered})
    expect(ben).to_contain_text("no", timeout=20_000)
    expect(ben.locator(".said.declined")).to_have_count(1, timeout=20_000)


def test_a_change_that_google_refuses_is_said_in_its_words(week: Page, village: RunningWorkspace) -> None:
    plan = [{"method": "calendar.events.patch", "kind": "403-rate", "times": 1}]
    requests.post(f"{village.url}/_local/faults", json=plan, timeout=10).raise_for_status()
    event(week, "Planning").click()
    details(week).get_by_role("button", name="Move later").click()
    expect(week.get_by_role("status")).to_contain_text(re.compile("limit", re.IGNORECASE))
    expect(event(week, "Planning")).to_contain_text("9:00")


def drag(page: Page, start: tuple[float, float], end: tuple[float, float]) -> None:
    page.mouse.move(*start)
    page.mouse.down()
    page.mouse.move((start[0] + end[0]) / 2, (start[1] + end[1]) / 2, steps=3)
    page.mouse.move(*end, steps=3)
    with page.expect_response(lambda response: response.request.method == "PATCH"):
        page.mouse.up()
