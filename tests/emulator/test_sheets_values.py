"""spreadsheets.values through google-api-python-client: what is written, how it reads back, what is refused."""

from __future__ import annotations

from typing import Any

import pytest
from googleapiclient.errors import HttpError

from tests.emulator.sheets_helpers import Tried, area, lines


@pytest.fixture
def book(clients: Any) -> Tried:
    return Tried(clients.sheets())


def test_values_come_back_without_blank_ends(book: Tried) -> None:
    answer = book.put("Sheet1!A1:D4", [["A1", "B1", "", "D1"], ["", "b2", "", ""], ["", "", "", ""], ["A4"]])
    assert answer["updatedRange"] == "Sheet1!A1:D4"
    assert answer["updatedCells"] == 13
    found = book.range("Sheet1")
    assert found["range"] == "Sheet1!A1:Z1000"
    assert found["values"] == [["A1", "B1", "", "D1"], ["", "b2"], [], ["A4"]]
    assert book.values("Sheet1!A1:D4", majorDimension="COLUMNS") == [["A1", "", "", "A4"], ["B1", "b2"], [], ["D1"]]
    assert "values" not in book.range("Sheet1!Z9:Z10")


def test_null_leaves_a_cell_alone_and_empty_text_clears_it(book: Tried) -> None:
    book.put("A1:C1", [["a", "b", "c"]])
    answer = book.put("A1:C1", [[None, "", "C"]])
    assert answer["updatedCells"] == 2
    assert answer["updatedColumns"] == 2
    assert book.values("A1:C1") == [["a", "", "C"]]


def test_raw_keeps_text_and_user_entered_reads_it(book: Tried) -> None:
    typed = [["=1+1", "1/31/2026", "50%", "TRUE", "hello"]]
    book.put("A1", typed)
    assert book.values("A1:E1", valueRenderOption="UNFORMATTED_VALUE") == typed
    book.put("A1", typed, "USER_ENTERED")
    assert book.values("A1:E1") == [["2", "1/31/2026", "50%", "TRUE", "hello"]]
    assert book.values("A1:E1", valueRenderOption="UNFORMATTED_VALUE") == [[2, 46053, 0.5, True, "hello"]]
    shown = book.values("A1:E1", valueRenderOption="UNFORMATTED_VALUE", dateTimeRenderOption="FORMATTED_STRING")
    assert shown == [[2, "1/31/2026", 0.5, True, "hello"]]
    assert book.values("A1:E1", valueRenderOption="FORMULA")[0][:2] == ["=1+1", 46053]
    assert book.cell("B1")["userEnteredFormat"]["numberFormat"] == {"type": "DATE", "pattern": "m/d/yyyy"}


def test_a_number_format_that_stands_is_not_replaced_by_typing(book: Tried) -> None:
    text = {"userEnteredFormat": {"numberFormat": {"type": "TEXT"}}}
    book.batch({"repeatCell": {"range": area(0, 1, 0, 1), "cell": text, "fields": "userEnteredFormat.numberFormat"}})
    book.put("A1", [["3-4"]], "USER_ENTERED")
    assert book.values("A1") == [["3-4"]]


def test_several_ranges_in_one_call(book: Tried) -> None:
    values = book.service.spreadsheets().values()
    data = [
        {"range": "Sheet1!A1", "values": [["a"]]},
        {"range": "B2:C2", "majorDimension": "COLUMNS", "values": [["b"], ["c"]]},
    ]
    body = {"valueInputOption": "RAW", "data": data, "includeValuesInResponse": True}
    answer = values.batchUpdate(spreadsheetId=book.id, body=body).execute()
    assert [answer[f"totalUpdated{what}"] for what in ("Rows", "Columns", "Cells", "Sheets")] == [2, 3, 3, 1]
    assert answer["responses"][1]["updatedData"]["values"] == [["b", "c"]]
    found = values.batchGet(spreadsheetId=book.id, ranges=["A1", "Sheet1!B:B"]).execute()
    assert [one["range"] for one in found["valueRanges"]] == ["Sheet1!A1", "Sheet1!B1:B1000"]
    cleared = values.batchClear(spreadsheetId=book.id, body={"ranges": ["A1", "2:2"]}).execute()
    assert cleared["clearedRanges"] == ["Sheet1!A1", "Sheet1!A2:Z2"]
    assert book.values("Sheet1") == []


def test_one_bad_range_undoes_the_whole_batch(book: Tried) -> None:
    data = [{"range": "A1", "values": [["a"]]}, {"range": "Nowhere!A1", "values": [["b"]]}]
    with pytest.raises(HttpError, match="Unable to parse range: Nowhere!A1"):
        book.service.spreadsheets().values().batchUpdate(
            spreadsheetId=book.id, body={"valueInputOption": "RAW", "data": data}
        ).execute()
    assert book.values("Sheet1") == []


@pytest.mark.parametrize(
    ("place", "values", "sentence"),
    [
        (
            "Sheet1!A1:B2",
            [["a"], ["b"], ["c"]],
            "Requested writing within range [Sheet1!A1:B2], but tried writing to row [3]",
        ),
        ("Sheet1!B3:C", [["a", "b", "c"]], "but tried writing to column [D]"),
        ("Sheet1!A1001", [["a"]], "Range (Sheet1!A1001) exceeds grid limits. Max rows: 1000, max columns: 26"),
        ("Nope!A1", [["a"]], "Unable to parse range: Nope!A1"),
    ],
)
def test_what_does_not_fit_is_refused_in_googles_words(book: Tried, place: str, values: Any, sentence: str) -> None:
    with pytest.raises(HttpError) as caught:
        book.put(place, values)
    assert caught.value.status_code == 400
    assert sentence in caught.value.reason


def test_the_refusal_of_a_value_that_is_no_list_is_the_recorded_one(clients: Any, book: Tried) -> None:
    answer = clients.session().put(
        f"{clients.url}/v4/spreadsheets/{book.id}/values/Sheet1!A1?valueInputOption=RAW",
        json={"values": "X", "majorDimension": None},
    )
    sentence = "Invalid value at 'data.values' (type.googleapis.com/google.protobuf.ListValue), \"X\""
    assert answer.status_code == 400
    assert answer.json()["error"] == {
        "code": 400,
        "message": sentence,
        "status": "INVALID_ARGUMENT",
        "details": [
            {
                "@type": "type.googleapis.com/google.rpc.BadRequest",
                "fieldViolations": [{"field": "data.values", "description": sentence}],
            }
        ],
    }


def test_data_from_one_cell_on_may_outgrow_the_grid(book: Tried) -> None:
    book.put("A999", [["a"], ["b"], ["c"]])
    assert book.sheet()["properties"]["gridProperties"]["rowCount"] == 1001


def test_append_finds_the_table_as_google_documents_it(book: Tried) -> None:
    """The example of the guide "Append values": tables at A1:C2 and B4:D6."""
    book.put("A1", [["x", "y", "z"], ["x", "y", "z"]])
    book.put("B4", [["x", "y"], ["", "y", "z"], ["", "x", "y"]])
    assert book.append("Sheet1", [["new"]])["tableRange"] == "Sheet1!B4:D6"
    assert book.append("A1", [["new"]])["updates"]["updatedRange"] == "Sheet1!A3"


def test_append_answers_as_recorded_when_the_row_has_a_gap(book: Tried) -> None:
    first = book.append("'Sheet1'", [["one", "", "three"]])
    assert "tableRange" not in first
    second = book.append("'Sheet1'", [["one", "", "three"]])
    assert second["tableRange"] == "Sheet1!C1"
    assert second["updates"]["updatedRange"] == "Sheet1!C2:E2"


def test_append_may_insert_rows(book: Tried) -> None:
    book.put("A1", [["head"], ["one"]])
    book.put("C4", [["below"]])
    book.append("A1", [["two"], ["three"]], insertDataOption="INSERT_ROWS")
    assert book.values("A1:C6") == [["head"], ["one"], ["two"], ["three"], [], ["", "", "below"]]


def test_rows_are_written_by_their_metadata_wherever_they_went(book: Tried) -> None:
    entry = {"metadataKey": "visit", "metadataValue": "v7", "visibility": "DOCUMENT"}
    place = {"dimensionRange": lines("ROWS", 3, 4)}
    made = book.batch({"createDeveloperMetadata": {"developerMetadata": {**entry, "location": place}}})
    number = made[0]["createDeveloperMetadata"]["developerMetadata"]["metadataId"]
    book.batch({"insertDimension": {"range": lines("ROWS", 0, 2)}}, {"deleteDimension": {"range": lines("ROWS", 0, 1)}})
    lookup = {"developerMetadataLookup": {"metadataKey": "visit", "metadataValue": "v7"}}
    values = book.service.spreadsheets().values()
    body = {"valueInputOption": "RAW", "data": [{"dataFilter": lookup, "values": [["done"]]}]}
    answer = values.batchUpdateByDataFilter(spreadsheetId=book.id, body=body).execute()
    assert answer["responses"][0]["updatedRange"] == "Sheet1!A5"
    found = values.batchGetByDataFilter(spreadsheetId=book.id, body={"dataFilters": [lookup]}).execute()
    assert found["valueRanges"][0]["valueRange"]["values"] == [["done"]]
    metadata = book.service.spreadsheets().developerMetadata()
    assert metadata.get(spreadsheetId=book.id, metadataId=number).execute()["metadataValue"] == "v7"
    book.batch({"deleteDimension": {"range": lines("ROWS", 4, 5)}})
    assert metadata.search(spreadsheetId=book.id, body={"dataFilters": [lookup]}).execute() == {}


def test_a_change_of_one_cell_does_not_rewrite_the_sheet(clients: Any, book: Tried) -> None:
    book.put("A1", [[f"r{row}c{column}" for column in range(10)] for row in range(500)])
    table = clients.workspace.table(f"sheets.cells:{book.id}/0")
    before = dict(table.items())
    book.put("C250", [["new"]])
    changed = [key for key, value in table.items() if value is not before[key]]
    assert changed == ["249"]


def test_who_may_not_read_or_write_is_told_in_the_recorded_words(clients: Any, book: Tried) -> None:
    stranger = clients.sheets(as_="zoe@school.example").spreadsheets()
    with pytest.raises(HttpError) as caught:
        stranger.get(spreadsheetId=book.id).execute()
    assert (caught.value.status_code, caught.value.reason) == (403, "The caller does not have permission")
    with pytest.raises(HttpError) as caught:
        stranger.get(spreadsheetId="1-no-such-spreadsheet").execute()
    assert (caught.value.status_code, caught.value.reason) == (404, "Requested entity was not found.")
