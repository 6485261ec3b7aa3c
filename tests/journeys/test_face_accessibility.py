"""The pages with axe, and the main job with no mouse at all."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from addon.demo.local import Local
from tests.journeys.axe import problems

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
FOCUSED = """() => {
  const node = document.activeElement;
  return (node.getAttribute("aria-label") || node.labels?.[0]?.innerText || node.innerText || "").trim();
}"""


def panel(page: Page) -> Locator:
    return page.get_by_label("Add-on side panel")


def opened(page: Page, demo: Local, name: str, view: str) -> None:
    email = next(person.email for person in demo.school.staff.values() if person.name == name)
    page.goto(f"{demo.workspace.url}/?as={email}&view={view}")


def test_signing_in_and_the_calendar_have_no_serious_problem(page: Page, demo: Local) -> None:
    page.goto(demo.workspace.url)
    expect(page.get_by_role("link", name="Ada Marsh")).to_be_visible()
    assert problems(page) == []
    opened(page, demo, "Hana Sato", "calendar")
    expect(panel(page).get_by_role("heading", name="Down the Hall")).to_be_visible()
    assert problems(page) == []
    panel(page).get_by_role("button", name="Find a visit").click()
    expect(panel(page).get_by_role("heading", name="Find a visit")).to_be_visible()
    assert problems(page) == []
    panel(page).get_by_role("button", name="Come see").first.click()
    expect(panel(page).get_by_role("heading", name="Book this visit")).to_be_visible()
    assert problems(page) == []
    page.get_by_role("button", name="New event").click()
    page.get_by_label("Title").fill("Open door")
    assert problems(page) == []
    page.keyboard.press("Enter")
    page.locator("button.event", has_text="Open door").click()
    expect(page.get_by_label("Details of the event")).to_be_visible()
    assert problems(page) == []


def test_files_the_sheet_a_doc_and_mail_have_no_serious_problem(page: Page, demo: Local) -> None:
    opened(page, demo, "Cleo Okafor", "files")
    expect(page.get_by_role("heading", name="Docs and Sheets")).to_be_visible()
    assert problems(page) == []
    page.locator("main").get_by_role("link", name=re.compile("^Sheet")).first.click()
    expect(page.get_by_role("grid")).to_be_visible()
    expect(panel(page).get_by_role("heading").first).to_be_visible()
    assert problems(page) == []
    page.get_by_role("button", name="Tracker").click()
    expect(page.get_by_role("grid", name="Tracker")).to_be_visible()
    assert problems(page) == []
    page.get_by_role("link", name="Mail").click()
    expect(page.get_by_role("heading", name="Mail")).to_be_visible()
    assert problems(page) == []


def test_a_visit_is_booked_opened_and_its_doc_written_in_without_a_mouse(page: Page, demo: Local) -> None:
    page.goto(demo.workspace.url)
    expect(page.get_by_label("Find by name")).to_be_visible()
    reach(page, "Find by name")
    page.keyboard.type("Theo Brandt")
    reach(page, "Theo Brandt")
    page.keyboard.press("Enter")
    expect(panel(page).get_by_role("heading", name="Down the Hall")).to_be_visible()
    for name in ("Find a visit", "Come see", "Book it"):
        expect(panel(page).get_by_role("button", name=name).first).to_be_visible()
        reach(page, name)
        page.keyboard.press("Enter")
    expect(panel(page).get_by_role("heading", name="Booked")).to_be_visible()
    event = page.locator("button.event", has_text="Visit:").first
    for _ in range(3):
        page.wait_for_timeout(3_000)
        if event.count():
            break
        reach(page, "Later week")
        page.keyboard.press("Enter")
    reach(page, "Visit:")
    page.keyboard.press("Enter")
    expect(panel(page).get_by_role("heading", name=re.compile("^You visit"))).to_be_visible()
    link = page.get_by_label("Details of the event").get_by_role("link").first
    expect(link).to_be_visible(timeout=30_000)
    reach(page, link.inner_text())
    page.keyboard.press("Enter")
    expect(page.get_by_role("article")).to_contain_text("We visit to learn, not to judge.")
    assert problems(page) == []
    reach(page, "Paragraph")
    page.keyboard.press("End")
    page.keyboard.type(" So do we.")
    with page.expect_response(lambda response: ":batchUpdate" in response.url):
        page.keyboard.press("Tab")
    page.reload()
    expect(page.get_by_role("article")).to_contain_text("So do we.")


def reach(page: Page, name: str) -> None:
    """Press Tab until what is called so has the focus; that it is called something and can be seen is the point."""
    for _ in range(160):
        page.keyboard.press("Tab")
        called = page.evaluate(FOCUSED)
        if called.startswith(name):
            return
    raise AssertionError(f"Tab never reached {name}")
