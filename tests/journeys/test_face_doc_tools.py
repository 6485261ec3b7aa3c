"""A Doc is shaped as a person does: styles, lists, chips, tables, headers and tabs, by the toolbar and by keys."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from sync.emulator.server import RunningWorkspace
from tests.journeys.axe import problems

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
ADA = "ada@maple.example"
Rest = Callable[..., dict[str, Any]]


@pytest.fixture
def doc(rest: Rest) -> str:
    made = str(rest(ADA, "POST", "/v1/documents", {"title": "Our year"})["documentId"])
    written = {"insertText": {"location": {"index": 1}, "text": "We visit to learn\nBring a friend"}}
    rest(ADA, "POST", f"/v1/documents/{made}:batchUpdate", {"requests": [written]})
    return made


@pytest.fixture
def paper(page: Page, village: RunningWorkspace, doc: str) -> Page:
    page.goto(f"{village.url}/?as={ADA}&view=doc&id={doc}")
    expect(page.get_by_role("heading", name="Our year")).to_be_visible()
    return page


def read(rest: Rest, doc: str) -> dict[str, Any]:
    return rest(ADA, "GET", f"/v1/documents/{doc}?includeTabsContent=true")


def first_tab(rest: Rest, doc: str) -> dict[str, Any]:
    return dict(read(rest, doc)["tabs"][0]["documentTab"])


def elements(rest: Rest, doc: str) -> list[dict[str, Any]]:
    """Every element of every paragraph of the body, with its paragraph beside it."""
    content = first_tab(rest, doc)["body"]["content"]
    paragraphs = [one["paragraph"] for one in content if "paragraph" in one]
    return [{**element, "of": paragraph} for paragraph in paragraphs for element in paragraph["elements"]]


def bar(page: Page) -> Locator:
    return page.get_by_role("toolbar", name="Formatting")


def shaped(page: Page, act: Callable[[], object]) -> None:
    """Do something that changes the Doc, and wait until it is shown anew."""
    before = page.locator("article").element_handle()
    act()
    page.wait_for_function("old => !old.isConnected", arg=before)


def inserted(page: Page, what: str) -> Locator:
    bar(page).get_by_role("button", name="Insert").click()
    page.locator("menu").get_by_role("button", name=what, exact=True).click()
    return page.get_by_role("dialog")


def test_words_are_made_bold_by_key_and_a_paragraph_a_heading_and_an_item(
    paper: Page, rest: Rest, doc: str, picture: Callable[[str], None]
) -> None:
    paper.get_by_role("textbox").nth(1).dblclick(position={"x": 10, "y": 8})
    shaped(paper, lambda: paper.keyboard.press("Control+b"))
    expect(bar(paper).get_by_role("button", name="Bold")).to_have_attribute("aria-pressed", "true")
    bold = [one["textRun"] for one in elements(rest, doc) if one.get("textRun", {}).get("textStyle", {}).get("bold")]
    assert [run["content"].strip() for run in bold] == ["Bring"]
    shaped(paper, lambda: bar(paper).get_by_role("button", name="Bulleted list").click())
    assert "bullet" in elements(rest, doc)[-1]["of"]
    paper.get_by_role("textbox").first.click()
    shaped(paper, lambda: bar(paper).get_by_label("Text style").select_option("Heading 1"))
    assert elements(rest, doc)[0]["of"]["paragraphStyle"]["namedStyleType"] == "HEADING_1"
    picture("a-doc-with-its-toolbar")
    paper.get_by_role("textbox").last.click()
    paper.keyboard.press("Home")
    shaped(paper, lambda: paper.keyboard.press("Backspace"))
    assert "bullet" not in elements(rest, doc)[-1]["of"], "Backspace at the beginning takes the bullet away"


def test_chips_are_inserted_where_the_caret_stands_and_a_date_is_changed(
    paper: Page, rest: Rest, doc: str, picture: Callable[[str], None]
) -> None:
    paper.get_by_role("textbox").first.click()
    paper.keyboard.press("End")
    dialog = inserted(paper, "Person")
    dialog.get_by_label("Who").select_option("Ben")
    shaped(paper, lambda: dialog.get_by_role("button", name="Insert").click())
    dialog = inserted(paper, "Date")
    dialog.get_by_label("Day").fill("2026-11-26")
    shaped(paper, lambda: dialog.get_by_role("button", name="Insert").click())
    dialog = inserted(paper, "Dropdown")
    dialog.get_by_label("Name").fill("Thanked")
    picture("a-dropdown-is-made")
    assert problems(paper) == []
    shaped(paper, lambda: dialog.get_by_role("button", name="Insert").click())
    with paper.expect_response(lambda response: ":batchUpdate" in response.url):
        paper.get_by_label("Thanked").select_option("Yes")
    kinds = [kind for one in elements(rest, doc) for kind in ("person", "dateElement", "dropdown") if kind in one]
    assert kinds == ["person", "dateElement", "dropdown"]
    paper.locator(".chip", has_text="Nov 26").dblclick()
    paper.get_by_role("dialog").get_by_label("Day").fill("2026-12-01")
    shaped(paper, lambda: paper.get_by_role("dialog").get_by_role("button", name="Insert").click())
    dates = [one["dateElement"] for one in elements(rest, doc) if "dateElement" in one]
    assert [one["dateElementProperties"]["timestamp"][:10] for one in dates] == ["2026-12-01"]


def test_a_table_is_inserted_and_gets_a_row_and_a_header_is_written(paper: Page, rest: Rest, doc: str) -> None:
    paper.get_by_role("textbox").last.click()
    paper.keyboard.press("End")
    dialog = inserted(paper, "Table")
    dialog.get_by_label("Rows").fill("2")
    dialog.get_by_label("Columns").fill("2")
    shaped(paper, lambda: dialog.get_by_role("button", name="Insert").click())
    paper.locator("td").first.get_by_role("textbox").click()
    paper.keyboard.type("What I saw")
    shaped(paper, lambda: inserted(paper, "Row below"))
    expect(paper.locator("tr")).to_have_count(3)
    shaped(paper, lambda: inserted(paper, "Header"))
    paper.get_by_label("Header").get_by_role("textbox").click()
    paper.keyboard.type("Maple Hall")
    with paper.expect_response(lambda response: ":batchUpdate" in response.url):
        paper.keyboard.press("Escape")
    (header,) = first_tab(rest, doc)["headers"].values()
    assert header["content"][0]["paragraph"]["elements"][0]["textRun"]["content"] == "Maple Hall\n"
    expect(paper.locator("td").first).to_have_text("What I saw")


def test_tabs_are_added_renamed_moved_and_deleted(paper: Page, rest: Rest, doc: str) -> None:
    tabs = paper.get_by_role("navigation", name="Document tabs")

    def titles() -> list[str]:
        return [one["tabProperties"]["title"] for one in read(rest, doc)["tabs"]]

    def named(title: str) -> None:
        paper.get_by_role("dialog").get_by_label("Name").fill(title)
        shaped(paper, lambda: paper.keyboard.press("Enter"))

    def option(name: str) -> None:
        tabs.get_by_role("button", name="Tab options").click()
        tabs.get_by_role("button", name=name).click()

    tabs.get_by_role("button", name="Add a tab").click()
    named("26 Nov")
    expect(tabs.get_by_role("button", name="26 Nov")).to_have_attribute("aria-current", "page")
    option("Rename")
    named("26 Nov · Room 12")
    shaped(paper, lambda: option("Move up"))
    assert titles() == ["26 Nov · Room 12", "Tab 1"]
    option("Delete")
    shaped(paper, lambda: paper.get_by_role("dialog").get_by_role("button", name="Delete").click())
    assert titles() == ["Tab 1"]
