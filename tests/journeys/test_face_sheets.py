"""A Sheet is typed into, filtered, looked at with its formats and charts."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from sync.emulator.server import RunningWorkspace
from tests.journeys.axe import problems

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
ADA = "ada@maple.example"
Rest = Callable[..., dict[str, Any]]
ROWS = [["Week", "Visits", "Hosts"], ["One", 3, 2], ["Two", 5, 4], ["Three", 4, 4]]


@pytest.fixture
def book(rest: Rest) -> str:
    """Visits by week, with a frozen heading in bold and percentages in a fourth column."""
    made = str(rest(ADA, "POST", "/v4/spreadsheets", {"properties": {"title": "Numbers"}})["spreadsheetId"])
    rest(ADA, "PUT", f"/v4/spreadsheets/{made}/values/A1:C4?valueInputOption=RAW", {"values": ROWS})
    heading = {"sheetId": 0, "startRowIndex": 0, "endRowIndex": 1}
    bold = {
        "userEnteredFormat": {"textFormat": {"bold": True}, "backgroundColor": {"red": 0.8, "green": 0.9, "blue": 1}}
    }
    change(
        rest,
        made,
        {"repeatCell": {"range": heading, "cell": bold, "fields": "userEnteredFormat"}},
        {
            "updateSheetProperties": {
                "properties": {"sheetId": 0, "gridProperties": {"frozenRowCount": 1, "frozenColumnCount": 1}},
                "fields": "gridProperties.frozenRowCount,gridProperties.frozenColumnCount",
            }
        },
    )
    return made


def change(rest: Rest, book: str, *requests: dict[str, Any]) -> None:
    rest(ADA, "POST", f"/v4/spreadsheets/{book}:batchUpdate", {"requests": list(requests)})


def values(rest: Rest, book: str, where: str) -> list[list[Any]]:
    found = rest(ADA, "GET", f"/v4/spreadsheets/{book}/values/{where}?valueRenderOption=UNFORMATTED_VALUE")
    return list(found.get("values", []))


@pytest.fixture
def sheet(page: Page, village: RunningWorkspace, book: str) -> Page:
    page.goto(f"{village.url}/?as={ADA}&view=sheet&id={book}")
    expect(page.get_by_role("grid")).to_be_visible()
    return page


def cell(page: Page, row: int, column: int) -> Locator:
    return page.locator(f"td[data-at='{row} {column}']")


def test_a_value_is_typed_and_a_formula_counts_it(sheet: Page, rest: Rest, book: str) -> None:
    cell(sheet, 4, 0).click()
    sheet.keyboard.type("Four")
    sheet.keyboard.press("Tab")
    expect(cell(sheet, 4, 1)).to_be_focused()
    sheet.keyboard.type("6")
    sheet.keyboard.press("Enter")
    expect(cell(sheet, 5, 1)).to_be_focused()
    sheet.keyboard.type("=SUM(B2:B5)")
    sheet.keyboard.press("Enter")
    expect(cell(sheet, 5, 1)).to_have_text("18")
    assert values(rest, book, "A5:B6") == [["Four", 6], ["", 18]]


def test_the_bar_above_shows_the_formula_and_changes_it(sheet: Page, rest: Rest, book: str) -> None:
    rest(ADA, "PUT", f"/v4/spreadsheets/{book}/values/D2?valueInputOption=USER_ENTERED", {"values": [["=B2/10"]]})
    sheet.reload()
    cell(sheet, 1, 3).click()
    bar = sheet.get_by_label("Value or formula of the selected cell")
    expect(bar).to_have_value("=B2/10")
    bar.fill("=B2*100")
    bar.press("Enter")
    expect(cell(sheet, 1, 3)).to_have_text("300")


def test_escape_keeps_what_was_there_and_delete_takes_it_away(sheet: Page, rest: Rest, book: str) -> None:
    cell(sheet, 1, 1).click()
    sheet.keyboard.press("F2")
    sheet.keyboard.type("999")
    sheet.keyboard.press("Escape")
    expect(cell(sheet, 1, 1)).to_have_text("3")
    cell(sheet, 1, 1).click()
    sheet.keyboard.press("Delete")
    expect(cell(sheet, 1, 1)).to_have_text("")
    assert values(rest, book, "B2") == []


def test_formats_are_seen_and_headings_stay_while_scrolling(sheet: Page) -> None:
    heading = cell(sheet, 0, 1)
    expect(heading).to_have_css("font-weight", "600")
    expect(heading).to_have_css("background-color", "rgb(204, 229, 255)")
    top = heading.bounding_box()
    sheet.locator(".sheet-frame").evaluate("node => { node.style.height = '150px'; node.scrollTop = 120; }")
    after = heading.bounding_box()
    assert top is not None
    assert after is not None
    assert abs(top["y"] - after["y"]) <= 1
    covering = (
        "node => document.elementFromPoint(node.getBoundingClientRect().x + 5, node.getBoundingClientRect().y + 5)"
    )
    for column in range(3):
        assert cell(sheet, 0, column).evaluate(f"node => ({covering})(node) === node"), "nothing lies over a heading"


def test_rows_are_filtered_by_what_is_unticked(sheet: Page, rest: Rest, book: str) -> None:
    sheet.get_by_role("button", name="Filter", exact=True).click()
    sheet.get_by_role("button", name="Filter by Week").click()
    dialog = sheet.get_by_role("dialog", name="Show rows by Week")
    dialog.get_by_label("Two").uncheck()
    dialog.get_by_role("button", name="Show these").click()
    expect(cell(sheet, 2, 0)).to_have_count(0)
    expect(cell(sheet, 3, 0)).to_have_text("Three")
    told = rest(ADA, "GET", f"/v4/spreadsheets/{book}?fields=sheets(basicFilter)")["sheets"][0]["basicFilter"]
    assert told["criteria"] == {"0": {"hiddenValues": ["Two"]}}
    sheet.get_by_role("button", name="Filter", exact=True).click()
    expect(cell(sheet, 2, 0)).to_have_text("Two")


def source(first: int, last: int) -> dict[str, Any]:
    area = {"sheetId": 0, "startRowIndex": 0, "endRowIndex": 4, "startColumnIndex": first, "endColumnIndex": last}
    return {"sourceRange": {"sources": [area]}}


def lines(kind: str, **more: Any) -> dict[str, Any]:
    """A chart of visits and hosts by week."""
    columns = [source(1, 2), source(2, 3)]
    return {
        "chartType": kind,
        "headerCount": 1,
        "domains": [{"domain": source(0, 1)}],
        "series": [{"series": one, "targetAxis": "LEFT_AXIS"} for one in columns],
        **more,
    }


def chart(spec: dict[str, Any], row: int, column: int) -> dict[str, Any]:
    anchor = {"sheetId": 0, "rowIndex": row, "columnIndex": column}
    place = {"overlayPosition": {"anchorCell": anchor, "widthPixels": 380, "heightPixels": 290}}
    return {"addChart": {"chart": {"spec": spec, "position": place}}}


def test_charts_lie_over_the_cells_and_are_read_out(
    sheet: Page, rest: Rest, book: str, picture: Callable[[str], None]
) -> None:
    titled = lines("COLUMN", axis=[{"position": "BOTTOM_AXIS", "title": "Week"}])
    change(
        rest,
        book,
        chart({"title": "Visits by week", "basicChart": titled}, 5, 0),
        chart({"title": "Both", "basicChart": lines("BAR", stackedType="STACKED")}, 5, 4),
        chart({"title": "Lines", "basicChart": lines("LINE")}, 5, 8),
        chart({"title": "Shares", "pieChart": {"domain": source(0, 1), "series": source(1, 2)}}, 20, 0),
        chart({"title": "Areas", "basicChart": lines("AREA", stackedType="STACKED")}, 20, 4),
        chart({"title": "Tree", "treemapChart": {"labels": source(0, 1)}}, 20, 8),
    )
    sheet.reload()
    drawn = sheet.get_by_role("img", name=re.compile("^Visits by week"))
    expect(drawn).to_have_accessible_name("Visits by week. Visits: One 3, Two 5, Three 4; Hosts: One 2, Two 4, Three 4")
    expect(drawn.locator("g.bars path")).to_have_count(6, timeout=30_000)
    expect(drawn.locator(".legendtext")).to_have_text(["Visits", "Hosts"])
    shapes = {
        "Both": "g.bars path",
        "Lines": ".scatterlayer .js-line",
        "Shares": "g.slice",
        "Areas": ".scatterlayer .js-line",
    }
    for title, shape in shapes.items():
        count = {"Both": 6, "Shares": 3}.get(title, 2)
        one = sheet.get_by_role("img", name=re.compile(f"^{title}"))
        expect(one.locator(shape)).to_have_count(count, timeout=30_000)
    expect(sheet.locator("figure", has_text="Tree")).to_contain_text("kept, but not drawn here")
    over, under = sheet.locator("figure", has_text="Both").bounding_box(), cell(sheet, 5, 4).bounding_box()
    assert over is not None
    assert under is not None
    assert (over["x"], over["y"]) == pytest.approx((under["x"], under["y"]), abs=2)
    sheet.locator("figure", has_text="Tree").scroll_into_view_if_needed()
    sheet.locator(".sheet-frame").evaluate("node => node.scrollTo(0, 60)")
    picture("a-sheet-with-charts")
    assert problems(sheet) == []


def test_a_filter_view_is_looked_through_and_a_slicer_hides_for_everybody(
    sheet: Page, rest: Rest, book: str, picture: Callable[[str], None]
) -> None:
    area = {"sheetId": 0, "startRowIndex": 0, "endRowIndex": 4, "startColumnIndex": 0, "endColumnIndex": 3}
    many = {"condition": {"type": "NUMBER_GREATER", "values": [{"userEnteredValue": "3"}]}}
    view = {
        "title": "Busy weeks",
        "range": area,
        "criteria": {"1": many},
        "sortSpecs": [{"dimensionIndex": 1, "sortOrder": "ASCENDING"}],
    }
    place = {"overlayPosition": {"anchorCell": {"sheetId": 0, "rowIndex": 6, "columnIndex": 4}}}
    slicer = {"spec": {"dataRange": area, "columnIndex": 0, "title": "Week"}, "position": place}
    change(rest, book, {"addFilterView": {"filter": view}}, {"addSlicer": {"slicer": slicer}})
    sheet.reload()
    sheet.get_by_label("Filter view").select_option("Busy weeks")
    expect(sheet.locator("tbody td[data-at$=' 0']").nth(1)).to_have_text("Three")
    expect(cell(sheet, 1, 0)).to_have_count(0)
    picture("a-filter-view-and-a-slicer")
    assert problems(sheet) == []
    sheet.get_by_role("button", name="Leave the filter view").click()
    expect(cell(sheet, 1, 0)).to_have_text("One")
    sheet.get_by_role("button", name="Week · all").click()
    dialog = sheet.get_by_role("dialog", name="Show rows by Week")
    dialog.get_by_label("One").uncheck()
    dialog.get_by_role("button", name="Show these").click()
    expect(sheet.get_by_role("button", name="Week · 2 of 3")).to_be_visible()
    expect(cell(sheet, 1, 0)).to_have_count(0)


def test_a_table_has_its_bands_a_choice_is_chosen_and_a_box_ticked(
    sheet: Page, rest: Rest, book: str, picture: Callable[[str], None]
) -> None:
    area = {"sheetId": 0, "startRowIndex": 0, "endRowIndex": 4, "startColumnIndex": 0, "endColumnIndex": 5}
    green, white = ({"rgbColor": {"red": part, "green": 1, "blue": part}} for part in (0.8, 1))
    bands = {"headerColorStyle": green, "firstBandColorStyle": white, "secondBandColorStyle": green}
    words = [{"userEnteredValue": word} for word in ("open", "full")]
    choice = {"condition": {"type": "ONE_OF_LIST", "values": words}, "showCustomUi": True}

    def rule(column: int, rule: dict[str, Any]) -> dict[str, Any]:
        where = {"sheetId": 0, "startRowIndex": 1, "endRowIndex": 4}
        span = {**where, "startColumnIndex": column, "endColumnIndex": column + 1}
        return {"setDataValidation": {"range": span, "rule": rule}}

    table = {"name": "Weeks", "range": area, "rowsProperties": bands}
    kept = {
        "range": {**area, "startRowIndex": 1, "startColumnIndex": 1},
        "warningOnly": True,
        "description": "We keep it.",
    }
    change(
        rest,
        book,
        {"addTable": {"table": table}},
        rule(3, choice),
        rule(4, {"condition": {"type": "BOOLEAN"}}),
        {"addProtectedRange": {"protectedRange": kept}},
    )
    sheet.reload()
    expect(cell(sheet, 2, 0)).to_have_css("background-color", "rgb(204, 255, 204)")
    cell(sheet, 1, 4).locator(".tickbox").click()
    sheet.get_by_role("dialog", name="Heads up!").get_by_role("button", name="Change it").click()
    expect(cell(sheet, 1, 4)).to_have_text("☑")
    cell(sheet, 1, 3).click()
    sheet.keyboard.type("full")
    sheet.keyboard.press("Enter")
    expect(cell(sheet, 1, 3)).to_have_text("full")
    assert values(rest, book, "D2:E2") == [["full", True]]
    picture("a-table-with-choices")
    assert problems(sheet) == []


def test_what_somebody_else_types_appears(sheet: Page, rest: Rest, book: str) -> None:
    sheet.wait_for_event("response", lambda response: "fields=version" in response.url)
    rest(ADA, "PUT", f"/v4/spreadsheets/{book}/values/B2?valueInputOption=RAW", {"values": [["seven"]]})
    expect(cell(sheet, 1, 1)).to_have_text("seven", timeout=20_000)
