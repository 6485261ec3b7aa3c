"""spreadsheets.batchUpdate and the Spreadsheet resource through google-api-python-client."""

from __future__ import annotations

from typing import Any

import pytest
from googleapiclient.errors import HttpError

from tests.emulator.sheets_helpers import Tried, area, lines


@pytest.fixture
def book(clients: Any) -> Tried:
    return Tried(clients.sheets())


def test_a_new_spreadsheet_looks_like_the_recorded_one(book: Tried) -> None:
    assert book.made["sheets"] == [
        {
            "properties": {
                "sheetId": 0,
                "title": "Sheet1",
                "index": 0,
                "sheetType": "GRID",
                "gridProperties": {"rowCount": 1000, "columnCount": 26},
            }
        }
    ]
    properties = book.made["properties"]
    assert (properties["title"], properties["locale"], properties["timeZone"]) == ("Tried", "en_US", "Etc/GMT")
    assert book.made["spreadsheetUrl"] == f"https://docs.google.com/spreadsheets/d/{book.id}/edit"
    assert book.get() == book.made


def test_a_spreadsheet_may_be_created_whole(clients: Any) -> None:
    rows = [
        {
            "values": [
                {"userEnteredValue": {"stringValue": "Who"}, "note": "n"},
                {"userEnteredValue": {"numberValue": 2}},
            ]
        }
    ]
    made = Tried(
        clients.sheets(),
        sheets=[
            {"properties": {"sheetId": 7, "title": "One"}, "data": [{"startRow": 1, "rowData": rows}]},
            {"properties": {"title": "Two", "gridProperties": {"rowCount": 3, "columnCount": 2, "frozenRowCount": 1}}},
        ],
        namedRanges=[{"name": "Box", "range": area(0, 2, 0, 2, 7)}],
    )
    assert made.values("One!A1:B2") == [[], ["Who", "2"]]
    assert made.values("Box") == [[], ["Who", "2"]]
    assert made.sheet(1)["properties"]["gridProperties"] == {"rowCount": 3, "columnCount": 2, "frozenRowCount": 1}


def test_sheets_are_added_renamed_moved_hidden_copied_and_deleted(book: Tried) -> None:
    added = book.batch(
        {
            "addSheet": {
                "properties": {"sheetId": 5, "title": "Tracker", "gridProperties": {"rowCount": 5, "columnCount": 2}}
            }
        }
    )
    assert added[0]["addSheet"]["properties"]["index"] == 1
    book.put("Tracker!A1", [["a", "b"]])
    book.batch(
        {
            "updateSheetProperties": {
                "properties": {"sheetId": 5, "title": "Visits", "index": 0},
                "fields": "title,index",
            }
        },
        {"duplicateSheet": {"sourceSheetId": 5, "newSheetId": 6, "newSheetName": "Copy", "insertSheetIndex": 2}},
        {"updateSheetProperties": {"properties": {"sheetId": 0, "hidden": True}, "fields": "hidden"}},
    )
    titles = [sheet["properties"]["title"] for sheet in book.get()["sheets"]]
    assert titles == ["Visits", "Sheet1", "Copy"]
    assert book.values("Copy!A1:B1") == [["a", "b"]]
    book.batch({"deleteSheet": {"sheetId": 5}})
    assert "can't remove all the visible sheets" in book.refusal({"deleteSheet": {"sheetId": 6}})


@pytest.mark.parametrize(
    ("request_", "sentence"),
    [
        (
            {"addSheet": {"properties": {"title": "Sheet1"}}},
            'Invalid requests[0].addSheet: A sheet with the name "Sheet1" already exists. Please enter another name.',
        ),
        (
            {"updateSheetProperties": {"properties": {"sheetId": 0, "hidden": True}, "fields": "hidden"}},
            "Invalid requests[0].updateSheetProperties: You can't hide all the sheets in a document.",
        ),
        (
            {"deleteSheet": {"sheetId": 0}},
            "Invalid requests[0].deleteSheet: You can't remove all the sheets in a document.",
        ),
        ({"deleteSheet": {"sheetId": 9}}, "Invalid requests[0].deleteSheet: No grid with id: 9"),
        (
            {"deleteDimension": {"range": lines("ROWS", 1000, 1001)}},
            "Invalid requests[0].deleteDimension: Cannot delete a row that doesn't exist. "
            "Tried to delete row index 1000 but there are only 1000 rows.",
        ),
        (
            {"insertDimension": {"range": lines("ROWS", 1000, 1001)}},
            "Invalid requests[0].insertDimension: range.startIndex[1000] must be less than the grid size[1000] "
            "if inheritFromBefore is false.",
        ),
        (
            {"repeatCell": {"range": area(0, 1, 0, 1), "cell": {}}},
            "Invalid requests[0].repeatCell: At least one field must be listed in 'fields'. "
            "(Use '*' to indicate all fields.)",
        ),
        (
            {"deleteNamedRange": {"namedRangeId": "x"}},
            "Invalid requests[0].deleteNamedRange: No named range with id: x",
        ),
        (
            {"deleteConditionalFormatRule": {"sheetId": 0, "index": 3}},
            "Invalid requests[0].deleteConditionalFormatRule: No conditional format on sheet: 0 at index: 3",
        ),
    ],
)
def test_refusals_are_in_googles_words(book: Tried, request_: dict[str, Any], sentence: str) -> None:
    assert book.refusal(request_) == sentence


def test_a_request_is_of_one_kind(book: Tried) -> None:
    assert book.refusal({}) == "Invalid requests[0]: No request set."
    both = book.refusal({"addSheet": {}, "deleteSheet": {"sheetId": 0}})
    assert both.endswith("oneof field 'kind' is already set. Cannot set 'deleteSheet'")


def test_a_batch_is_all_or_nothing(book: Tried) -> None:
    before = book.get()
    sentence = book.refusal(
        {"updateCells": {"start": {"sheetId": 0}, "rows": [{"values": [{"note": "x"}]}], "fields": "*"}},
        {"appendDimension": {"sheetId": 0, "dimension": "ROWS", "length": 5}},
        {"addSheet": {"properties": {"title": "Sheet1"}}},
    )
    assert sentence.startswith("Invalid requests[2].addSheet: ")
    assert book.get() == before
    assert book.cell("A1") == {}


def test_ids_chosen_by_the_client_are_kept_and_duplicates_refused(book: Tried) -> None:
    over: dict[str, Any] = {"overlayPosition": {}}
    bands: dict[str, Any] = {"firstBandColor": {}}
    chart = {"spec": {"title": "T", "basicChart": {"chartType": "BAR"}}, "position": over}
    kinds: list[tuple[str, dict[str, Any]]] = [
        ("addSheet", {"properties": {"sheetId": 11, "title": "New"}}),
        ("addProtectedRange", {"protectedRange": {"protectedRangeId": 12, "range": area(0, 1, 0, 1)}}),
        ("addNamedRange", {"namedRange": {"namedRangeId": "13", "name": "Named", "range": area(0, 1, 0, 1)}}),
        ("addFilterView", {"filter": {"filterViewId": 14, "title": "V", "range": area(0, 5, 0, 5)}}),
        ("addBanding", {"bandedRange": {"bandedRangeId": 15, "range": area(0, 5, 0, 2), "rowProperties": bands}}),
        ("addChart", {"chart": {"chartId": 16, **chart}}),
        ("addTable", {"table": {"tableId": "17", "name": "Tab", "range": area(10, 15, 0, 2)}}),
        ("addSlicer", {"slicer": {"slicerId": 18, "spec": {"dataRange": area(0, 5, 0, 2)}, "position": over}}),
        (
            "createDeveloperMetadata",
            {
                "developerMetadata": {
                    "metadataId": 19, "metadataKey": "k", "visibility": "PROJECT", "location": {"spreadsheet": True},
                }
            },
        ),
    ]  # fmt: skip
    book.batch(*[{kind: body} for kind, body in kinds])
    sheet = book.sheet()
    assert sheet["protectedRanges"][0]["protectedRangeId"] == 12
    assert sheet["tables"][0]["columnProperties"] == [
        {"columnName": "Column 1"}, {"columnIndex": 1, "columnName": "Column 2"},
    ]  # fmt: skip
    assert book.values("Tab") == [["Column 1", "Column 2"]]
    for kind, body in kinds:
        assert book.refusal({kind: body}).startswith(f"Invalid requests[0].{kind}: ")


def test_cells_keep_every_field_that_a_mask_names_and_no_other(book: Tried) -> None:
    cell = {
        "userEnteredValue": {"stringValue": "=not a formula"},
        "userEnteredFormat": {"textFormat": {"bold": True}, "backgroundColor": {"red": 1}},
        "note": "kept",
        "dataValidation": {"condition": {"type": "BOOLEAN"}, "strict": True},
    }
    start = {"sheetId": 0, "rowIndex": 1, "columnIndex": 1}
    book.batch({"updateCells": {"start": start, "rows": [{"values": [cell]}], "fields": "*"}})
    found = book.cell("B2")
    assert found["userEnteredValue"] == found["effectiveValue"] == {"stringValue": "=not a formula"}
    assert found["userEnteredFormat"]["backgroundColorStyle"] == {"rgbColor": {"red": 1}}
    assert found["effectiveFormat"]["textFormat"]["bold"] is True
    assert (found["note"], found["dataValidation"]) == ("kept", cell["dataValidation"])
    only = "userEnteredFormat.backgroundColor,note"
    book.batch({"repeatCell": {"range": area(1, 2, 1, 2), "cell": {"note": "other"}, "fields": only}})
    found = book.cell("B2")
    assert found["userEnteredFormat"] == {"textFormat": {"bold": True}}
    assert (found["note"], found["formattedValue"]) == ("other", "=not a formula")


def test_a_mask_names_only_what_there_is(book: Tried) -> None:
    title = {"properties": {"sheetId": 0, "title": "New"}}
    assert "Invalid field: colour" in book.refusal({"updateSheetProperties": {**title, "fields": "title,colour"}})
    bold = {"range": {"sheetId": 0}, "cell": {"userEnteredFormat": {"textFormat": {"bold": True}}}}
    wrong = "userEnteredFormat.textFormat.bald"
    assert f"Invalid field: {wrong}" in book.refusal({"repeatCell": {**bold, "fields": wrong}})
    assert book.sheet()["properties"]["title"] == "Sheet1"
    book.batch({"repeatCell": {**bold, "fields": "user_entered_format.text_format"}})
    book.put("A1", [['=HYPERLINK("https://maple.example/a","Maple")']], "USER_ENTERED")
    assert book.cell("A1")["userEnteredFormat"]["textFormat"] == {"bold": True}
    assert book.cell("A1")["hyperlink"] == "https://maple.example/a"


def test_everything_moves_when_rows_are_inserted_and_deleted(book: Tried) -> None:
    book.put("A1", [[1], [2], [3], ["=SUM(A1:A3)"]], "USER_ENTERED")
    rule = {"ranges": [area(2, 5, 0, 1)], "booleanRule": {"condition": {"type": "NOT_BLANK"}, "format": {}}}
    book.batch(
        {"mergeCells": {"range": area(5, 7, 0, 2), "mergeType": "MERGE_ALL"}},
        {"addNamedRange": {"namedRange": {"name": "Box", "range": area(1, 3, 0, 1)}}},
        {"addConditionalFormatRule": {"rule": rule, "index": 0}},
        {"insertDimension": {"range": lines("ROWS", 1, 2)}},
    )
    assert book.values("A5", valueRenderOption="FORMULA") == [["=SUM(A1:A4)"]]
    assert book.values("Box") == [["2"], ["3"]]
    assert book.sheet()["merges"] == [{key: value for key, value in area(6, 8, 0, 2).items() if key != "sheetId"}]
    book.batch({"deleteDimension": {"range": lines("ROWS", 3, 9)}})
    sheet = book.sheet()
    assert "merges" not in sheet
    assert "conditionalFormats" not in sheet
    assert book.values("Box") == [["2"]]
    book.batch({"moveDimension": {"source": lines("ROWS", 2, 3), "destinationIndex": 0}})
    assert book.values("Sheet1") == [["2"], ["1"]]


def test_sorting_puts_numbers_before_text_and_blanks_last(book: Tried) -> None:
    book.put("A1", [["b", 1], ["", 2], [10, 3], [True, 4], ["A", 5], [9, 6]])
    specs = [{"dimensionIndex": 0, "sortOrder": "ASCENDING"}]
    book.batch({"sortRange": {"range": area(0, 6, 0, 2), "sortSpecs": specs}})
    assert book.values("B1:B6") == [["6"], ["3"], ["5"], ["1"], ["4"], ["2"]]
    specs[0]["sortOrder"] = "DESCENDING"
    book.batch({"sortRange": {"range": area(0, 6, 0, 2), "sortSpecs": specs}})
    assert book.values("B1:B6") == [["4"], ["1"], ["5"], ["3"], ["6"], ["2"]]


def test_text_is_found_replaced_split_and_trimmed(book: Tried) -> None:
    book.put("A1", [["Visit one", "visit two"], [" a  b ", "x,y"], ["=A1", "dup"], ["tail", "dup"]])
    reply = book.batch({"findReplace": {"find": "visit", "replacement": "walk", "allSheets": True}})[0]["findReplace"]
    assert reply == {"valuesChanged": 2, "rowsChanged": 1, "sheetsChanged": 1, "occurrencesChanged": 2}
    trimmed, _ = book.batch(
        {"trimWhitespace": {"range": area(0, 4, 0, 1)}},
        {"textToColumns": {"source": area(1, 2, 1, 2), "delimiterType": "COMMA"}},
    )
    assert trimmed == {"trimWhitespace": {"cellsChangedCount": 1}}
    removed = book.batch({"deleteDuplicates": {"range": area(0, 4, 1, 2)}})[0]
    assert removed == {"deleteDuplicates": {"duplicatesRemovedCount": 1}}
    assert book.values("A1:C4") == [["walk one", "walk two"], ["a b", "x", "y"], ["=A1", "dup"], ["tail"]]


def test_copies_translate_formulas_and_cuts_leave_nothing(book: Tried) -> None:
    book.put("A1", [[1, "=A1*2"], [5, ""]], "USER_ENTERED")
    book.batch(
        {"copyPaste": {"source": area(0, 1, 1, 2), "destination": area(1, 2, 1, 2), "pasteType": "PASTE_NORMAL"}}
    )
    assert book.values("B2", valueRenderOption="FORMULA") == [["=A2*2"]]
    turned = {"source": area(0, 2, 1, 2), "destination": area(0, 1, 3, 5), "pasteOrientation": "TRANSPOSE"}
    book.batch({"copyPaste": {**turned, "pasteType": "PASTE_VALUES"}})
    assert book.values("D1:E1") == [["2", "10"]]
    book.batch({"cutPaste": {"source": area(0, 1, 0, 1), "destination": {"rowIndex": 4, "columnIndex": 0}}})
    assert book.values("A1:A5") == [[], ["5"], [], [], ["1"]]


def test_protected_cells_are_closed_to_those_who_are_no_editors(clients: Any, book: Tried) -> None:
    drive = clients.drive().permissions()
    for person in ("ben", "cy"):
        body = {"type": "user", "role": "writer", "emailAddress": f"{person}@school.example"}
        drive.create(fileId=book.id, body=body, sendNotificationEmail=False).execute()
    protected = {"range": area(0, 1, 0, 26), "editors": {"users": ["ben@school.example"]}}
    book.batch({"addProtectedRange": {"protectedRange": protected}})
    body = {"values": [["x"]]}

    def write(person: str, place: str) -> None:
        clients.sheets(as_=f"{person}@school.example").spreadsheets().values().update(
            spreadsheetId=book.id, range=place, valueInputOption="RAW", body=body
        ).execute()

    write("ben", "A1")
    write("cy", "A2")
    with pytest.raises(HttpError, match="You are trying to edit a protected cell or object"):
        write("cy", "A1")


def test_native_tables_take_appended_rows_in(book: Tried) -> None:
    choices = [{"userEnteredValue": "open"}, {"userEnteredValue": "done"}]
    rule = {"condition": {"type": "ONE_OF_LIST", "values": choices}}
    columns = [
        {"columnIndex": 0, "columnName": "Who", "columnType": "TEXT"},
        {"columnIndex": 1, "columnName": "State", "columnType": "DROPDOWN", "dataValidationRule": rule},
    ]
    table = {"tableId": "t1", "name": "Tracker", "range": area(0, 2, 0, 2), "columnProperties": columns}
    book.batch({"addTable": {"table": table}})
    book.put("A2", [["ana", "open"]])
    book.append("Tracker", [["ben", "done"]])
    cells = [{"userEnteredValue": {"stringValue": text}} for text in ("cy", "open")]
    book.batch({"appendCells": {"tableId": "t1", "rows": [{"values": cells}], "fields": "userEnteredValue"}})
    assert book.sheet()["tables"][0]["range"]["endRowIndex"] == 4
    assert book.values("Tracker") == [["Who", "State"], ["ana", "open"], ["ben", "done"], ["cy", "open"]]


def test_a_sheet_may_be_copied_to_another_spreadsheet(clients: Any, book: Tried) -> None:
    book.put("A1", [["x"]])
    other = Tried(clients.sheets())
    copied = book.service.spreadsheets().sheets().copyTo(
        spreadsheetId=book.id, sheetId=0, body={"destinationSpreadsheetId": other.id}
    ).execute()  # fmt: skip
    assert (copied["title"], copied["index"]) == ("Copy of Sheet1", 1)
    assert other.values("'Copy of Sheet1'!A1") == [["x"]]


def test_the_title_is_the_name_of_the_drive_file(clients: Any, book: Tried) -> None:
    book.batch({"updateSpreadsheetProperties": {"properties": {"title": "Renamed"}, "fields": "title"}})
    files = clients.drive().files()
    assert files.get(fileId=book.id, fields="name").execute() == {"name": "Renamed"}
    files.update(fileId=book.id, body={"name": "Again"}).execute()
    assert book.get(fields="properties.title") == {"properties": {"title": "Again"}}


def test_the_answer_may_hold_the_changed_spreadsheet(book: Tried) -> None:
    body = {
        "requests": [
            {"updateCells": {"start": {"sheetId": 0}, "rows": [{"values": [{"note": "n"}]}], "fields": "note"}}
        ],
        "includeSpreadsheetInResponse": True,
        "responseRanges": ["A1"],
        "responseIncludeGridData": True,
    }
    answer = book.service.spreadsheets().batchUpdate(spreadsheetId=book.id, body=body).execute()
    data = answer["updatedSpreadsheet"]["sheets"][0]["data"][0]
    assert data["rowData"][0]["values"][0]["note"] == "n"


def test_groups_nest_and_dimensions_keep_their_size(book: Tried) -> None:
    book.batch({"addDimensionGroup": {"range": lines("ROWS", 0, 6)}})
    reply = book.batch({"addDimensionGroup": {"range": lines("ROWS", 2, 4)}})[0]["addDimensionGroup"]
    assert [group["depth"] for group in reply["dimensionGroups"]] == [1, 2]
    size = {"range": lines("COLUMNS", 1, 2), "properties": {"pixelSize": 250}, "fields": "pixelSize"}
    book.batch({"updateDimensionProperties": size}, {"insertDimension": {"range": lines("COLUMNS", 0, 1)}})
    data = book.get(ranges=["A1:C1"], includeGridData=True)["sheets"][0]["data"][0]
    assert [column["pixelSize"] for column in data["columnMetadata"]] == [100, 100, 250]


def test_what_gspread_formatting_and_pygsheets_send_is_taken(book: Tried) -> None:
    """Requests in lists of their own, a mask that goes into a list, an empty range in a rule, fonts of charts."""
    book.put("Sheet1!A1", [["Label A"]])
    wide = {"range": lines("COLUMNS", 0, 1), "properties": {"pixelSize": 187}, "fields": "pixelSize"}
    runs = [{"startIndex": 0, "format": {"bold": True}}, {"startIndex": 6, "format": {"italic": True}}]
    mask = "textFormatRuns.startIndex,textFormatRuns.format.bold,textFormatRuns.format.italic"
    cells = {"range": area(0, 1, 0, 1), "cell": {"textFormatRuns": runs}, "fields": mask}
    boolean = {"condition": {"type": "NOT_BLANK"}, "format": {"textFormat": {"bold": True}}}
    nowhere = {"rule": {"ranges": [area(1, 1, 0, 1)], "booleanRule": boolean}, "index": 0}
    nested: Any = [
        [{"updateDimensionProperties": wide}],
        [{"repeatCell": cells}, {"addConditionalFormatRule": nowhere}],
    ]
    assert len(book.batch(*nested)) == 3
    data = book.get(ranges=["Sheet1!A1"], includeGridData=True)["sheets"][0]["data"][0]
    assert data["columnMetadata"][0]["pixelSize"] == 187
    assert data["rowData"][0]["values"][0]["textFormatRuns"] == runs
    chart = {"spec": {"title": "Visits", "basicChart": {"chartType": "COLUMN"}}}
    spec = book.batch({"addChart": {"chart": chart}})[0]["addChart"]["chart"]["spec"]
    assert (spec["fontName"], spec["titleTextFormat"]["fontFamily"]) == ("Roboto", "Roboto")


def test_rows_are_inserted_for_appended_data_even_on_an_empty_sheet(book: Tried) -> None:
    answer = book.append("Sheet1!A1", [[1], [2]], insertDataOption="INSERT_ROWS")
    assert "tableRange" not in answer
    assert answer["updates"]["updatedRange"] == "Sheet1!A1:A2"
    assert book.sheet()["properties"]["gridProperties"]["rowCount"] == 1002
