"""From an empty spreadsheet to the first slot that can be booked, by a coordinator's hands in a real browser."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from addon.demo.local import Local, running, settle
from sync.core.school.school import School
from sync.core.school.timetable import Timetable
from sync.schools.sample.sample import around
from sync.schools.tabs.forms import SchoolForms

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
FORMS = SchoolForms()
SLOW = 60_000
"""how long (ms) a tab of 1,800 rows may take to be drawn on a loaded machine"""


@pytest.fixture(scope="module")
def whole() -> School:
    """What the coordinator has in a file of their own and copies from."""
    return around(datetime.now(UTC))


@pytest.fixture(scope="module")
def begun(whole: School) -> Iterator[Local]:
    """The school as `school begin` leaves it: its name and its coordinator; passes run when the test says so."""
    [coordinator, *_] = whole.coordinators
    empty = replace(
        whole, staff={coordinator.email: coordinator}, bells={}, days={}, timetable=Timetable([]), groups={}, wishes=()
    )
    with running(empty, passes=False, told=lambda words: None) as local:
        settle(local.workspace.workspace, whole)
        yield local


@dataclass
class Coordinator:
    """Somebody at the Sheet, whose acts are counted."""

    page: Page
    local: Local
    acts: int = 0
    passes: int = 1
    """the first one made the Sheet"""

    def tab(self, name: str) -> None:
        self.acts += 1
        tab = self.page.get_by_role("group", name="Sheet tabs").get_by_role("button", name=name, exact=True)
        tab.click()
        expect(self.page.get_by_role("grid", name=name)).to_be_visible(timeout=SLOW)

    def cell(self, row: int, column: int) -> Locator:
        return self.page.locator(f"td[data-at='{row} {column}']")

    def paste(self, rows: tuple[tuple[str, ...], ...]) -> None:
        """Select the first cell below the headings, and paste."""
        self.acts += 2
        self.page.evaluate("text => navigator.clipboard.writeText(text)", "\n".join("\t".join(row) for row in rows))
        self.cell(1, 0).click()
        self.page.keyboard.press("Control+v")
        expect(self.cell(min(len(rows), 60), 0)).not_to_be_empty(timeout=SLOW)

    def look_again(self) -> str:
        """A pass, and what Start here then names as the next thing."""
        self.passes += 1
        assert self.local.reconcile().fine
        self.page.reload()
        self.tab("Start here")
        return " · ".join(self.cell(3, column).inner_text() for column in (1, 2))


def test_from_an_empty_sheet_to_the_first_slot_that_can_be_booked(
    page: Page, context: BrowserContext, begun: Local, whole: School, picture: Callable[[str], None]
) -> None:
    context.grant_permissions(["clipboard-read", "clipboard-write"], origin=begun.workspace.url)
    [coordinator, *_] = whole.coordinators
    rows = FORMS.rows(whole)
    with begun.product.store.work() as work:
        rooms = work.mirrors.rooms(begun.school_key)
    assert rooms is not None
    page.goto(f"{begun.workspace.url}/?as={coordinator.email}&view=sheet&id={rooms.sheet_id}")
    hands = Coordinator(page, begun)
    hands.tab("Start here")
    assert "Tab Staff" in hands.cell(3, 2).inner_text()
    picture("sheet-begun-1-start-here")
    nexts = []
    for tab in ("Staff", "Bell schedule", "School days", "Timetable"):
        hands.tab(tab)
        hands.paste(rows[tab])
        nexts.append(hands.look_again())
        hands.tab(tab)
        picture(f"sheet-begun-2-{tab}".lower().replace(" ", "-"))
    assert [where.rpartition(" · ")[2] for where in nexts[:3]] == [
        "Tab Bell schedule",
        "Tab School days",
        "Tab Timetable",
    ]
    hands.tab("Start here")
    picture("sheet-begun-3-start-here")

    page.goto(f"{begun.workspace.url}/?as={coordinator.email}")
    panel = page.get_by_label("Add-on side panel")
    panel.get_by_role("button", name="Find a visit").click()
    expect(panel.get_by_role("heading", name="Find a visit")).to_be_visible(timeout=SLOW)
    expect(panel.get_by_role("button", name="Come see").first).to_be_visible()
    picture("sheet-begun-4-first-slot")
    assert hands.passes == 5, "the one that made the Sheet, and one for each tab"
    assert hands.acts == 22, "clicks on tabs and cells, and pastes, from an empty Sheet to the first slot"
