"""What hands do on a Sheet while it is being drawn anew is not lost: keys, a paste, a click."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, Route, expect

from sync.emulator.server import RunningWorkspace

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
ADA = "ada@maple.example"
Rest = Callable[..., dict[str, Any]]


class SlowCells:
    """The Sheet's page, on which the answers with cells wait until they are let go."""

    def __init__(self, page: Page) -> None:
        self.page, self.waiting = page, list[Route]()
        page.route("**/v4/spreadsheets/*includeGridData=true*", lambda route: self.waiting.append(route))

    def asked(self, act: Callable[[], None]) -> Route:
        """Does something upon which the page asks for cells; that question."""
        before = len(self.waiting)
        act()
        for _ in range(1000):
            if len(self.waiting) > before:
                return self.waiting[before]
            self.page.wait_for_timeout(20)
        raise AssertionError("The page did not ask for cells.")

    def answer(self, *routes: Route) -> None:
        """Lets answers go, and comes back when the page has drawn what it draws of them."""
        for route in routes:
            with self.page.expect_event("requestfinished", lambda done, wanted=route.request: done == wanted):
                route.continue_()
        self.page.evaluate("() => new Promise((drawn) => setTimeout(() => requestAnimationFrame(drawn)))")

    def cell(self, row: int, column: int) -> Locator:
        return self.page.locator(f"td[data-at='{row} {column}']")

    def grid(self, tab: str) -> Locator:
        return self.page.get_by_role("grid", name=tab)

    def tab(self, name: str) -> Locator:
        return self.page.get_by_role("group", name="Sheet tabs").get_by_role("button", name=name)


@pytest.fixture
def book(rest: Rest) -> str:
    """Two tabs, Plan and Notes."""
    sheets = [{"properties": {"title": title}} for title in ("Plan", "Notes")]
    made = rest(ADA, "POST", "/v4/spreadsheets", {"properties": {"title": "Hands"}, "sheets": sheets})
    return str(made["spreadsheetId"])


@pytest.fixture
def slow(page: Page, village: RunningWorkspace, book: str) -> SlowCells:
    page.goto(f"{village.url}/?as={ADA}&view=sheet&id={book}")
    expect(page.get_by_role("grid", name="Plan")).to_be_visible()
    return SlowCells(page)


def values(rest: Rest, book: str, where: str) -> list[list[Any]]:
    return list(rest(ADA, "GET", f"/v4/spreadsheets/{book}/values/{where}").get("values", []))


def test_keys_go_on_while_the_last_value_is_being_drawn(slow: SlowCells, rest: Rest, book: str) -> None:
    keys = slow.page.keyboard
    slow.cell(0, 0).click()
    keys.type("Four")
    first = slow.asked(lambda: keys.press("Tab"))
    keys.type("6")
    slow.answer(first)
    keys.type("5")
    slow.answer(slow.asked(lambda: keys.press("Enter")))
    expect(slow.cell(0, 1)).to_have_text("65")
    expect(slow.cell(1, 1)).to_be_focused()
    assert values(rest, book, "Plan!A1:B1") == [["Four", "65"]]


def test_the_tab_asked_for_last_is_the_one_that_is_seen(slow: SlowCells, rest: Rest, book: str) -> None:
    slow.cell(0, 0).click()
    slow.page.keyboard.type("kept")
    plan = slow.asked(lambda: slow.page.keyboard.press("Enter"))
    notes = slow.asked(lambda: slow.tab("Notes").click())
    slow.answer(notes, plan)
    expect(slow.grid("Notes")).to_be_visible()
    expect(slow.tab("Notes")).to_have_attribute("aria-current", "page")
    assert values(rest, book, "Plan!A1") == [["kept"]]


def test_a_click_that_ends_typing_is_a_click(slow: SlowCells, rest: Rest, book: str) -> None:
    slow.cell(0, 0).click()
    slow.page.keyboard.type("kept")
    slow.tab("Notes").hover()
    plan = slow.asked(slow.page.mouse.down)
    slow.answer(plan)
    notes = slow.asked(slow.page.mouse.up)
    slow.answer(notes)
    expect(slow.grid("Notes")).to_be_visible()
    assert values(rest, book, "Plan!A1") == [["kept"]]


def test_a_paste_goes_to_the_tab_that_was_just_clicked(
    slow: SlowCells, context: BrowserContext, village: RunningWorkspace, rest: Rest, book: str
) -> None:
    context.grant_permissions(["clipboard-read", "clipboard-write"], origin=village.url)
    slow.page.evaluate("text => navigator.clipboard.writeText(text)", "one\ttwo\nthree\tfour")
    notes = slow.asked(lambda: slow.tab("Notes").click())
    slow.page.keyboard.press("Control+v")
    pasted = slow.asked(lambda: slow.answer(notes))
    slow.answer(pasted)
    expect(slow.cell(1, 1)).to_have_text("four")
    assert values(rest, book, "Notes!A1:B2") == [["one", "two"], ["three", "four"]]
    assert values(rest, book, "Plan!A1:B2") == []
