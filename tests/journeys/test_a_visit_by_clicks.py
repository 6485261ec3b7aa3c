"""The main job by clicks in a real browser: find, book, move, drag, cancel a visit; see it as its people do."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from addon.demo.local import Local
from tests.journeys.steps import (
    MIRRORED,
    book,
    details,
    drag,
    find_in_calendar,
    heading,
    panel,
    shows,
    sign_in,
    tap,
)

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


def test_a_visit_is_found_booked_opened_moved_and_cancelled(
    page: Page, demo: Local, picture: Callable[[str], None]
) -> None:
    sign_in(page, demo, "Ada Marsh")
    picture("1-home")
    tap(page, "Find a visit")
    expect(heading(page, "Find a visit")).to_be_visible()
    picture("2-find-a-visit")
    tap(page, "Come see", 1)
    expect(heading(page, "Book this visit")).to_be_visible()
    picture("3-book-this-visit")
    tap(page, "Book it")
    expect(heading(page, "Booked")).to_be_visible()
    event = find_in_calendar(page, demo, "Ada Marsh")
    picture("4-booked-and-in-the-calendar")

    event.click()
    expect(heading(page, re.compile("^You visit"))).to_be_visible()
    expect(details(page).get_by_role("link", name="Ada Marsh").first).to_be_visible(timeout=MIRRORED)
    picture("5-the-visit-opened")

    before = details(page).locator("dd").first.inner_text()
    tap(page, "Another time")
    expect(heading(page, "Another time?")).to_be_visible()
    picture("6-another-time")
    tap(page, "Move to", 1)
    expect(heading(page, re.compile("^You visit"))).to_be_visible()
    expect(page.get_by_role("status")).to_have_text("Moved. Everyone is told.")
    expect(details(page).locator("dd").first).not_to_have_text(before, timeout=MIRRORED)
    picture("7-moved")

    tap(page, "Cancel")
    expect(heading(page, "Cancel this visit?")).to_be_visible()
    picture("8-cancel")
    tap(page, "Cancel the visit")
    expect(panel(page).get_by_text("Cancelled", exact=True)).to_be_visible()
    expect(event).to_have_count(0, timeout=MIRRORED)
    picture("9-cancelled")


def test_a_visit_dragged_in_the_calendar_is_moved_in_the_product_too(
    page: Page, demo: Local, picture: Callable[[str], None]
) -> None:
    sign_in(page, demo, "Jamal Reed")
    book(page)
    event = find_in_calendar(page, demo, "Jamal Reed")
    event.click()
    tap(page, "Another time")
    offer = panel(page).locator("[data-widget=decoratedText]", has=page.get_by_role("button", name="Move to")).first
    clock, day = offer.locator("small").first.inner_text(), offer.locator(".text").inner_text()
    drag(page, event, day, clock)
    expect(event).to_have_attribute("title", re.compile(rf"\n{clock.split('–')[0].split()[0]} "))
    picture("dragged-in-the-calendar")
    shows(page, clock)


def test_a_choice_that_is_no_longer_possible_is_refused_with_its_sentence_and_what_works_instead(
    page: Page, demo: Local, picture: Callable[[str], None]
) -> None:
    sign_in(page, demo, "Mei Lin")
    tap(page, "Find a visit")
    tap(page, "Come see", 1)
    expect(heading(page, "Book this visit")).to_be_visible()
    with page.context.expect_page() as opened:
        page.evaluate("window.open(location.href)")
    other = opened.value
    expect(heading(other, "Down the Hall")).to_be_visible()
    book(other)
    tap(page, "Book it")
    expect(panel(page).get_by_role("heading", name="Not yet")).to_be_visible()
    expect(panel(page).locator("section", has_text="Not yet").locator(".paragraph")).not_to_be_empty()
    picture("a-choice-refused")


def test_the_host_sees_who_is_coming_and_the_answer_reaches_the_visitor(
    page: Page, demo: Local, picture: Callable[[str], None]
) -> None:
    sign_in(page, demo, "Sofia Romano")
    book(page)
    event = find_in_calendar(page, demo, "Sofia Romano")
    event.click()
    host = (
        panel(page)
        .locator(".text")
        .filter(has_text=re.compile("^Host"))
        .inner_text()
        .splitlines()[0]
        .removeprefix("Host ")
        .strip()
    )
    page.get_by_label("Signed in as").select_option(label=host)
    expect(panel(page).get_by_text("Sofia Romano visits you")).to_be_visible()
    picture("the-hosts-side")
    find_in_calendar(page, demo, "Sofia Romano").click()
    expect(heading(page, "Sofia Romano visits you")).to_be_visible()
    details(page).get_by_role("button", name="Yes").click()
    expect(details(page).get_by_role("button", name="Yes")).to_have_attribute("aria-pressed", "true")
    picture("the-host-says-yes")
    page.get_by_label("Signed in as").select_option(label="Sofia Romano")
    find_in_calendar(page, demo, "Sofia Romano").click()
    expect(details(page).locator(".said.accepted")).to_have_count(1, timeout=MIRRORED)


def test_the_doc_opens_from_the_visit_and_the_sheet_from_the_coordinators_files(
    page: Page, demo: Local, picture: Callable[[str], None]
) -> None:
    sign_in(page, demo, "Kofi Mensah")
    book(page)
    find_in_calendar(page, demo, "Kofi Mensah").click()
    shows(page, "Open our Doc")
    tap(page, "Open our Doc")
    expect(page.locator("article.doc")).to_contain_text("We visit to learn, not to judge.")
    picture("the-doc")
    page.get_by_label("Signed in as").select_option(label="Cleo Okafor")
    page.get_by_role("link", name="Docs and Sheets").click()
    picture("the-coordinators-files")
    page.locator("main").get_by_role("link", name=re.compile("^Sheet")).first.click()
    expect(page.get_by_role("grid")).to_be_visible()
    picture("the-sheet")
    page.get_by_role("button", name="Visits", exact=True).click()
    expect(page.get_by_role("grid").get_by_text("Kofi Mensah").first).to_be_visible(timeout=MIRRORED)
    picture("the-sheet-visits")
