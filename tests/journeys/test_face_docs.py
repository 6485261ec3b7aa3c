"""A Doc is typed into: what the page sends is what the Docs API then holds, counted in UTF-16 units."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from sync.emulator.server import RunningWorkspace

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
ADA, BEN = "ada@maple.example", "ben@maple.example"
Rest = Callable[..., dict[str, Any]]
TEXT = "Before 🍍 noon\nAnswer: \nLast\n"


@pytest.fixture
def doc(rest: Rest) -> str:
    """A Doc of three paragraphs, the second ending in a dropdown, and a table of one row below."""
    made = str(rest(ADA, "POST", "/v1/documents", {"title": "Notes"})["documentId"])
    options = [
        {"optionId": "dropdownItem.no", "displayValue": "Choose"},
        {"optionId": "dropdownItem.yes", "displayValue": "Yes"},
    ]
    answer = {
        "dropdownDefinitionId": "kix.answer",
        "dropdownDefinitionProperties": {"title": "Answer", "options": options},
    }
    spot = 1 + len("Before 🍍 noon\nAnswer: ".encode("utf-16-le")) // 2
    change(rest, made, {"insertText": {"location": {"index": 1}, "text": TEXT}})
    change(rest, made, {"createDropdownDefinition": {"dropdownDefinition": answer}})
    change(rest, made, {"insertDropdown": {"location": {"index": spot}, "dropdownDefinitionId": "kix.answer"}})
    change(rest, made, {"insertTable": {"rows": 1, "columns": 2, "endOfSegmentLocation": {}}})
    return made


def change(rest: Rest, doc: str, *requests: dict[str, Any]) -> None:
    rest(ADA, "POST", f"/v1/documents/{doc}:batchUpdate", {"requests": list(requests)})


def paragraphs(rest: Rest, doc: str) -> list[str]:
    """The text of every paragraph as the API has it, those in cells included; ▾ stands for a chip and its answer."""
    found: list[str] = []

    def walk(content: list[dict[str, Any]]) -> None:
        for element in content:
            if "paragraph" in element:
                found.append("".join(words(one) for one in element["paragraph"]["elements"]).removesuffix("\n"))
            for row in element.get("table", {}).get("tableRows", []):
                for cell in row["tableCells"]:
                    walk(cell["content"])

    walk(rest(ADA, "GET", f"/v1/documents/{doc}")["body"]["content"])
    return found


def words(element: dict[str, Any]) -> str:
    if "dropdown" in element:
        return f"▾{element['dropdown']['dropdownProperties']['selectedOptionId']}"
    return str(element.get("textRun", {}).get("content", ""))


@pytest.fixture
def paper(page: Page, village: RunningWorkspace, doc: str) -> Page:
    page.goto(f"{village.url}/?as={ADA}&view=doc&id={doc}")
    expect(page.get_by_role("heading", name="Notes")).to_be_visible()
    return page


def typed(page: Page, number: int) -> Locator:
    return page.get_by_role("textbox").nth(number)


def saved(page: Page) -> Any:
    return page.expect_response(lambda response: ":batchUpdate" in response.url)


def test_what_is_typed_into_a_paragraph_is_what_the_doc_holds(paper: Page, rest: Rest, doc: str) -> None:
    typed(paper, 0).click()
    paper.keyboard.press("End")
    paper.keyboard.type(", after 🥝 too")
    with saved(paper):
        typed(paper, 2).click()
    paper.keyboard.press("Home")
    paper.keyboard.type("The very ")
    with saved(paper):
        typed(paper, 3).click()
    paper.keyboard.type("in a cell")
    with saved(paper):
        paper.keyboard.press("Escape")
    expected = ["Before 🍍 noon, after 🥝 too", "Answer: ▾dropdownItem.no", "The very Last", "", "in a cell", "", ""]
    assert [one for one in paragraphs(rest, doc) if one] == [one for one in expected if one]


def test_one_fruit_put_in_the_place_of_another_changes_only_it(paper: Page, rest: Rest, doc: str) -> None:
    mark = "getSelection().setBaseAndExtent(text, 7, text, 9)"
    typed(paper, 0).evaluate(f"node => {{ node.focus(); const text = node.querySelector('span').firstChild; {mark}; }}")
    paper.keyboard.insert_text("🍎")
    with saved(paper) as response:
        typed(paper, 2).click()
    assert paragraphs(rest, doc)[0] == "Before 🍎 noon"
    sent = response.value.request.post_data_json["requests"]
    assert sent[0]["deleteContentRange"]["range"]["startIndex"] == 8, "both halves of the pair go, not one"
    assert sent[1]["insertText"]["text"] == "🍎"


def test_enter_parts_a_paragraph_and_backspace_joins_it_again(paper: Page, rest: Rest, doc: str) -> None:
    typed(paper, 2).click()
    paper.keyboard.press("Home")
    paper.keyboard.press("ArrowRight")
    paper.keyboard.press("ArrowRight")
    with saved(paper):
        paper.keyboard.press("Enter")
    expect(typed(paper, 3)).to_be_focused()
    assert paragraphs(rest, doc)[2:4] == ["La", "st"]
    with saved(paper):
        paper.keyboard.press("Backspace")
    expect(typed(paper, 2)).to_have_text("Last")
    assert paragraphs(rest, doc)[2] == "Last"


def test_an_answer_is_chosen_in_a_dropdown_and_text_goes_round_it(
    paper: Page, rest: Rest, doc: str, picture: Callable[[str], None]
) -> None:
    with saved(paper):
        paper.get_by_label("Answer").select_option("Yes")
    typed(paper, 1).click()
    paper.keyboard.press("End")
    paper.keyboard.type(" indeed")
    with saved(paper):
        paper.keyboard.press("Escape")
    assert paragraphs(rest, doc)[1] == "Answer: ▾dropdownItem.yes indeed"
    picture("a-doc-typed-into")


def test_words_that_could_not_be_kept_are_shown_and_nobody_elses_are_overwritten(
    paper: Page, rest: Rest, doc: str
) -> None:
    typed(paper, 2).click()
    paper.keyboard.press("End")
    paper.keyboard.type(" of all")
    change(rest, doc, {"insertText": {"location": {"index": 1}, "text": "Ben was here. "}})
    with saved(paper):
        paper.keyboard.press("Escape")
    expect(paper.get_by_role("alert")).to_contain_text("Last of all")
    expect(typed(paper, 0)).to_have_text("Ben was here. Before 🍍 noon")
    assert paragraphs(rest, doc)[:3] == ["Ben was here. Before 🍍 noon", "Answer: ▾dropdownItem.no", "Last"]


def test_what_somebody_else_writes_appears_while_nobody_types(paper: Page, rest: Rest, doc: str) -> None:
    expect(typed(paper, 0)).to_have_text("Before 🍍 noon")
    paper.wait_for_event("response", lambda response: "fields=version" in response.url)
    change(rest, doc, {"insertText": {"location": {"index": 1}, "text": "Now: "}})
    expect(typed(paper, 0)).to_have_text("Now: Before 🍍 noon", timeout=20_000)


def test_a_reader_reads_and_is_offered_nothing_to_type_into(
    page: Page, village: RunningWorkspace, rest: Rest, doc: str
) -> None:
    rest(ADA, "POST", f"/drive/v3/files/{doc}/permissions", {"type": "user", "role": "reader", "emailAddress": BEN})
    page.goto(f"{village.url}/?as={BEN}&view=doc&id={doc}")
    expect(page.get_by_role("article")).to_contain_text("Before 🍍 noon")
    expect(page.get_by_role("textbox")).to_have_count(0)
    expect(page.get_by_text("To read only")).to_be_visible()


def test_on_paper_there_is_the_doc_alone(paper: Page) -> None:
    paper.emulate_media(media="print")
    expect(paper.locator(".doc")).to_contain_text("Before 🍍 noon")
    for around in ("#top", "#panel", ".toolbar", ".doc-tabs"):
        expect(paper.locator(around)).to_be_hidden()
    paper.emulate_media(media="screen")
