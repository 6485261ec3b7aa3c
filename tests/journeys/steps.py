"""What people do in the browser, in their own words: sign in, look at the panel, tap, book, find it in the calendar."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, Page, expect

from addon.demo.clicks import SidePanel
from addon.demo.local import Local
from sync.core.visits.walk import Walk
from sync.google.calendar.eventbody import event_id
from sync.schools.sample.people import address

MIRRORED = 30_000
"""how long (ms) an event, Doc or row may take to follow on a loaded machine"""


def sign_in(page: Page, local: Local, name: str) -> None:
    page.goto(local.workspace.url)
    page.get_by_label("Find by name").fill(name)
    page.get_by_role("link", name=name).click()
    expect(panel(page).get_by_role("heading", name="Down the Hall")).to_be_visible()


def enter(page: Page, local: Local, name: str, title: str = "Down the Hall", **view: str) -> None:
    """As somebody who has signed in before: straight to a place, by its address."""
    words = {"as": address(name), "view": "calendar", **view}
    page.goto(f"{local.workspace.url}/?" + "&".join(f"{key}={value}" for key, value in words.items()))
    expect(heading(page, title)).to_be_visible()


def beside_the_sheet(page: Page, local: Local, name: str, title: str = "Maple Hall") -> None:
    with local.product.store.work() as work:
        rooms = work.mirrors.rooms(local.school_key)
    assert rooms
    enter(page, local, name, title, view="sheet", id=rooms.sheet_id)


def panel(page: Page) -> Locator:
    return page.get_by_label("Add-on side panel")


def details(page: Page) -> Locator:
    return page.get_by_label("Details of the event")


def heading(page: Page, words: str | re.Pattern[str]) -> Locator:
    return panel(page).get_by_role("heading", name=words)


def tap(page: Page, name: str, nth: int = 0, *, exact: bool = False) -> None:
    panel(page).get_by_role("button", name=name, exact=exact).nth(nth).click()


def open_visit(page: Page, walk: Walk) -> None:
    """From home to this visit's card; others may stand there before it."""
    slot = walk.stops[0].slot
    words = re.compile(rf"^Open the visit of .*\b{slot.date.day}\b.* {re.escape(slot.period)}$")
    panel(page).get_by_role("button", name=words).click()


def book(page: Page, nth: int = 0) -> None:
    """From home to booked in three taps."""
    tap(page, "Find a visit")
    tap(page, "Come see", nth)
    tap(page, "Book it")
    expect(heading(page, "Booked")).to_be_visible()


def look_for(page: Page, kind: str) -> None:
    """Find a visit of this kind."""
    tap(page, "Find a visit")
    panel(page).get_by_label("What kind of visit").select_option(label=kind)
    tap(page, "Look", exact=True)


def walks_of(local: Local, name: str) -> list[Walk]:
    """Visits of this person to others, as they were booked."""
    with local.product.store.work() as work:
        found = [walk for walk in work.walks.all(local.school_key) if address(name) in walk.visitors]
    return sorted(found, key=lambda walk: walk.booked_at)


def find_in_calendar(page: Page, local: Local, visitor: str) -> Locator:
    """Leaf forward until the visit that this person booked last is on the page, as a person would."""
    event = page.locator(f"button.event[data-event='{event_id(walks_of(local, visitor)[-1].key, 0)}']")
    for _ in range(3):
        try:
            expect(event).to_be_visible(timeout=MIRRORED / 3)
            return event
        except AssertionError:
            page.get_by_role("button", name="Later week").click()
    raise AssertionError("the visit does not stand in the next weeks of the calendar")


def drag(page: Page, event: Locator, day: str, clock: str) -> None:
    """Drag the event to where the calendar has this day (`Mon, Nov 23 ...`) and beginning (`9:55 AM–...`)."""
    number = re.search(r"[A-Z][a-z]{2} (\d+)", day)
    assert number, day
    hour, minute = (int(part) for part in re.findall(r"\d+", clock)[:2])
    hour += 12 if hour < 7 else 0  # no lesson begins before seven
    column = page.locator(f".day[data-date$='-{int(number[1]):02d}']").bounding_box()
    box, zero = event.bounding_box(), page.locator(".hours span").first.bounding_box()
    assert column is not None
    assert box is not None
    assert zero is not None
    pixels = page.evaluate("parseFloat(getComputedStyle(document.querySelector('.week')).getPropertyValue('--hour'))")
    first_mark = int(re.findall(r"\d+", page.locator(".hours span").first.inner_text())[0])
    top = zero["y"] + zero["height"] / 2 + (hour + minute / 60 - first_mark) * pixels
    page.mouse.move(box["x"] + 20, box["y"] + 10)
    page.mouse.down()
    page.mouse.move(column["x"] + 30, top + 4, steps=6)
    page.mouse.move(column["x"] + 30, top + 10, steps=3)
    page.mouse.up()


def settled(page: Page) -> None:
    """The panel shows what was asked for."""
    expect(panel(page)).to_have_attribute("aria-busy", "false")


def shows(page: Page, words: str) -> None:
    """The card says so, after as many looks as it takes for what was done elsewhere to come back."""
    for _ in range(20):
        settled(page)
        if panel(page).get_by_text(words).count():
            return
        panel(page).get_by_role("button", name="Refresh").click()
        page.wait_for_timeout(1_000)
    expect(panel(page)).to_contain_text(words)


def without_a_browser(local: Local, name: str) -> SidePanel:
    """Somebody else's panel, for what they do meanwhile; it is open at home."""
    theirs = SidePanel(local.workspace.url, address(name))
    theirs.open()
    return theirs
