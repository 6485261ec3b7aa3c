"""What the page would show: conditional formats and banding in effectiveFormat, rows that a filter hides."""

from __future__ import annotations

from typing import Any

import pytest

from tests.emulator.sheets_helpers import Tried, area

RED, GREEN, WHITE = {"red": 1}, {"green": 1}, {"red": 1, "green": 1, "blue": 1}


@pytest.fixture
def book(clients: Any) -> Tried:
    return Tried(clients.sheets())


def shown(book: Tried, place: str) -> list[list[dict[str, Any]]]:
    """effectiveFormat of every cell of a range."""
    data = book.get(ranges=[place], includeGridData=True)["sheets"][0]["data"][0]
    return [[cell.get("effectiveFormat", {}) for cell in row["values"]] for row in data["rowData"]]


def rule(condition: dict[str, Any], look: dict[str, Any], where: dict[str, Any]) -> dict[str, Any]:
    boolean = {"condition": condition, "format": look}
    return {"addConditionalFormatRule": {"rule": {"ranges": [where], "booleanRule": boolean}, "index": 0}}


@pytest.mark.parametrize(
    ("condition", "meeting"),
    [
        ({"type": "NUMBER_GREATER", "values": [{"userEnteredValue": "2"}]}, [5, 46027]),
        ({"type": "NUMBER_BETWEEN", "values": [{"userEnteredValue": "1"}, {"userEnteredValue": "=2+3"}]}, [1, 5]),
        ({"type": "TEXT_CONTAINS", "values": [{"userEnteredValue": "VIS"}]}, ["a visit"]),
        ({"type": "TEXT_EQ", "values": [{"userEnteredValue": "done"}]}, ["done"]),
        ({"type": "BLANK"}, [""]),
        ({"type": "NOT_BLANK"}, [1, 5, "a visit", "done", 46027]),
        ({"type": "DATE_BEFORE", "values": [{"relativeDate": "TODAY"}]}, [1, 5, 46027]),
        ({"type": "ONE_OF_LIST", "values": [{"userEnteredValue": "done"}, {"userEnteredValue": "5"}]}, [5, "done"]),
        ({"type": "CUSTOM_FORMULA", "values": [{"userEnteredValue": '=$B1="x"'}]}, [5, "done"]),
    ],
)
def test_a_conditional_format_is_laid_over_the_cells_that_meet_it(
    book: Tried, condition: dict[str, Any], meeting: list[Any]
) -> None:
    entries = [1, 5, "a visit", "done", 46027, ""]
    marks = ["", "x", "", "x", "", ""]
    book.put("Sheet1!A1", [[entry, mark] for entry, mark in zip(entries, marks, strict=True)])
    # Every cell is kept, the blank one too, because it has a format of its own.
    bold = {"cell": {"userEnteredFormat": {"textFormat": {"bold": True}}}, "fields": "userEnteredFormat.textFormat"}
    book.batch({"repeatCell": {"range": area(0, 6, 0, 1), **bold}})
    book.batch(rule(condition, {"backgroundColor": RED, "textFormat": {"italic": True}}, area(0, 6, 0, 1)))
    looks = [row[0] for row in shown(book, "Sheet1!A1:A6")]
    assert [entry for entry, look in zip(entries, looks, strict=True) if look["backgroundColor"] == RED] == meeting
    assert all(look["textFormat"]["bold"] for look in looks)
    assert [look["textFormat"]["italic"] for look in looks] == [look["backgroundColor"] == RED for look in looks]


def test_the_first_rule_that_is_met_decides(book: Tried) -> None:
    book.put("Sheet1!A1", [[1], [9]])
    above = {"type": "NUMBER_GREATER", "values": [{"userEnteredValue": "5"}]}
    book.batch(rule({"type": "NOT_BLANK"}, {"backgroundColor": GREEN}, area(0, 2, 0, 1)))
    book.batch(rule(above, {"backgroundColor": RED}, area(0, 2, 0, 1)))
    assert [row[0]["backgroundColor"] for row in shown(book, "Sheet1!A1:A2")] == [GREEN, RED]


def test_a_gradient_colours_by_how_far_a_number_lies(book: Tried) -> None:
    book.put("Sheet1!A1", [[0], [5], [10], ["word"]])
    points = {"minpoint": {"type": "MIN", "color": WHITE}, "maxpoint": {"type": "MAX", "color": {}}}
    gradient = {"ranges": [area(0, 4, 0, 1)], "gradientRule": points}
    book.batch({"addConditionalFormatRule": {"rule": gradient, "index": 0}})
    colours = [row[0]["backgroundColor"].get("red", 0) for row in shown(book, "Sheet1!A1:A4")]
    assert (colours[0], colours[2], colours[3]) == (1, 0, 1)
    assert colours[1] == pytest.approx(0.5, abs=0.01)


def test_banding_shows_under_a_cells_own_format(book: Tried) -> None:
    book.put("Sheet1!A1", [["Who"], ["Ana"], ["Ben"], ["Cleo"]])
    rows = {"headerColor": RED, "firstBandColor": WHITE, "secondBandColor": GREEN}
    book.batch({"addBanding": {"bandedRange": {"range": area(0, 4, 0, 1), "rowProperties": rows}}})
    own = {"cell": {"userEnteredFormat": {"backgroundColor": RED}}, "fields": "userEnteredFormat.backgroundColor"}
    book.batch({"repeatCell": {"range": area(3, 4, 0, 1), **own}})
    assert [row[0]["backgroundColor"] for row in shown(book, "Sheet1!A1:A4")] == [RED, WHITE, GREEN, RED]


def test_rows_that_a_filter_leaves_out_say_so(book: Tried) -> None:
    book.put("Sheet1!A1", [["Who", "Visits"], ["Ana", 1], ["Ben", 3], ["Cleo", 2]])
    more = {"condition": {"type": "NUMBER_GREATER_THAN_EQ", "values": [{"userEnteredValue": "2"}]}}
    criteria = {"0": {"hiddenValues": ["Ben"]}, "1": more}
    book.batch({"setBasicFilter": {"filter": {"range": area(0, 4, 0, 2), "criteria": criteria}}})
    data = book.get(ranges=["Sheet1!A1:B4"], includeGridData=True)["sheets"][0]["data"][0]
    assert [row.get("hiddenByFilter", False) for row in data["rowMetadata"]] == [False, True, True, False]
    book.batch({"clearBasicFilter": {"sheetId": 0}})
    data = book.get(ranges=["Sheet1!A1:B4"], includeGridData=True)["sheets"][0]["data"][0]
    assert not any("hiddenByFilter" in row for row in data["rowMetadata"])


def test_a_tables_columns_follow_when_people_change_columns(book: Tried) -> None:
    book.put("Sheet1!A1", [["Who", "When", "Where"], ["Ana", "Monday", "12"]])
    book.batch({"addTable": {"table": {"name": "Visits", "tableId": "t1", "range": area(0, 2, 0, 3)}}})

    def line(kind: str, name: str, start: int, **more: Any) -> dict[str, Any]:
        return {
            kind: {name: {"sheetId": 0, "dimension": "COLUMNS", "startIndex": start, "endIndex": start + 1}, **more}
        }

    def columns() -> list[str]:
        return [column["columnName"] for column in book.sheet()["tables"][0]["columnProperties"]]

    book.batch(line("insertDimension", "range", 1))
    assert columns() == ["Who", "Column 2", "When", "Where"]
    assert book.values("Sheet1!A1:D1") == [["Who", "Column 2", "When", "Where"]]
    book.batch(line("moveDimension", "source", 3, destinationIndex=1))
    assert columns() == ["Who", "Where", "Column 2", "When"]
    book.batch(line("deleteDimension", "range", 2))
    assert columns() == ["Who", "Where", "When"]
    book.batch({"updateTable": {"table": {"tableId": "t1", "name": "All visits"}, "fields": "name"}})
    assert book.values("Sheet1!A1:C1") == [["Who", "Where", "When"]]
