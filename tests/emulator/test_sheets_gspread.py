"""gspread, unmodified, does the jobs that scripts use it for."""

from __future__ import annotations

import csv
import io
from typing import Any

import gspread
import pytest
from gspread.utils import ExportFormat, MergeType, ValidationConditionType
from openpyxl import load_workbook


@pytest.fixture
def sheet(clients: Any) -> gspread.Worksheet:
    return clients.gspread().create("Tracker").sheet1


def test_a_spreadsheet_is_created_opened_listed_and_deleted(clients: Any) -> None:
    client = clients.gspread()
    made = client.create("Tracker")
    assert client.open("Tracker").id == client.open_by_key(made.id).id == made.id
    assert [entry["name"] for entry in client.list_spreadsheet_files()] == ["Tracker"]
    made.update_title("Visits")
    assert client.open_by_key(made.id).title == "Visits"
    client.del_spreadsheet(made.id)
    with pytest.raises(gspread.SpreadsheetNotFound):
        client.open_by_key(made.id)


def test_cells_are_read_written_found_and_cleared(sheet: gspread.Worksheet) -> None:
    sheet.update([["Who", "When"], ["ana", 3], ["ben", 4]], "A1")
    assert sheet.get_all_records() == [{"Who": "ana", "When": 3}, {"Who": "ben", "When": 4}]
    sheet.update_acell("B2", "=1+2")
    sheet.update_cell(3, 2, 5)
    assert (sheet.acell("B2").value, sheet.cell(3, 2).numeric_value) == ("3", 5)
    assert sheet.acell("B2", value_render_option="FORMULA").value == "=1+2"  # type: ignore[arg-type]
    found = sheet.find("ben")
    assert found is not None
    assert (found.row, found.col) == (3, 1)
    assert sheet.row_values(2) == ["ana", "3"]
    assert sheet.col_values(1) == ["Who", "ana", "ben"]
    cells = sheet.range("A2:B3")
    for cell in cells:
        cell.value = "x"
    sheet.update_cells(cells)
    assert sheet.batch_get(["A2:B2", "B3"]) == [[["x", "x"]], [["x"]]]
    sheet.batch_update([{"range": "A1", "values": [["a"]]}, {"range": "C1", "values": [["c"]]}])
    sheet.batch_clear(["A2:B2"])
    assert sheet.get_all_values() == [["a", "When", "c"], ["", "", ""], ["x", "x", ""]]
    sheet.clear()
    assert sheet.get_all_values() == [[]]


def test_rows_and_columns_are_appended_inserted_deleted_and_sorted(sheet: gspread.Worksheet) -> None:
    sheet.append_rows([["b", 2], ["a", 1]])
    sheet.append_row(["c", 3])
    sheet.insert_row(["head", "n"], 1)
    sheet.freeze(rows=1)
    sheet.sort((1, "asc"))
    assert sheet.get_all_values() == [["head", "n"], ["a", "1"], ["b", "2"], ["c", "3"]]
    sheet.insert_cols([["x", "y"]], 2)
    sheet.delete_rows(2)
    sheet.delete_columns(3)
    assert sheet.get_all_values() == [["head", "x"], ["b", ""], ["c", ""]]
    sheet.resize(rows=2, cols=1)
    assert sheet.get_all_values() == [["head"], ["b"]]
    sheet.add_rows(3)
    assert sheet.row_count == 5


def test_the_look_and_the_rules_of_a_sheet_are_set(sheet: gspread.Worksheet) -> None:
    sheet.format("A1:B1", {"textFormat": {"bold": True}, "numberFormat": {"type": "PERCENT", "pattern": "0%"}})
    sheet.merge_cells("A3:B4", merge_type=MergeType.merge_rows)
    sheet.set_basic_filter("A1:B9")
    sheet.add_validation("C1", ValidationConditionType.one_of_list, ["open", "done"], showCustomUi=True)
    sheet.add_protected_range("D1:D2", ["ben@school.example"])
    sheet.update_tab_color("ff0000")
    sheet.hide_rows(6, 8)
    sheet.columns_auto_resize(0, 2)
    sheet.add_dimension_group_rows(1, 3)
    sheet.define_named_range("A1:B2", "Box")
    sheet.update([[0.5]], "A1")
    resource = sheet.spreadsheet.fetch_sheet_metadata()["sheets"][0]
    assert len(resource["merges"]) == 2
    assert resource["basicFilter"]["range"]["endRowIndex"] == 9
    assert "ben@school.example" in resource["protectedRanges"][0]["editors"]["users"]
    assert resource["rowGroups"][0]["depth"] == 1
    assert sheet.get("Box") == [["50%"]]
    assert sheet.spreadsheet.list_named_ranges()[0]["name"] == "Box"


def test_worksheets_are_added_duplicated_reordered_and_deleted(sheet: gspread.Worksheet) -> None:
    book = sheet.spreadsheet
    sheet.update([["x"]], "A1")
    added = book.add_worksheet("Second", rows=5, cols=3)
    copied = sheet.duplicate(new_sheet_name="Third")
    assert copied.acell("A1").value == "x"
    book.reorder_worksheets([added, sheet, copied])
    assert [one.title for one in book.worksheets()] == ["Second", "Sheet1", "Third"]
    added.update_title("2nd")
    book.del_worksheet(copied)
    assert [one.title for one in book.worksheets()] == ["2nd", "Sheet1"]
    with pytest.raises(gspread.WorksheetNotFound):
        book.worksheet("Third")
    with pytest.raises(gspread.exceptions.APIError, match="already exists"):
        book.add_worksheet("2nd", 1, 1)


def test_a_spreadsheet_is_copied_with_its_cells(clients: Any, sheet: gspread.Worksheet) -> None:
    sheet.update([["x", "=1+1"]], "A1", raw=False)
    copied = clients.gspread().copy(sheet.spreadsheet.id, title="Copy")
    assert copied.sheet1.get_all_values() == [["x", "2"]]
    copied.sheet1.update([["changed"]], "A1")
    assert sheet.acell("A1").value == "x"


def test_a_spreadsheet_is_exported_as_a_workbook_and_as_csv(sheet: gspread.Worksheet) -> None:
    sheet.update([["Who", "=not a formula"], ["a,b", 2]], "A1")
    sheet.update([["=B2*2"]], "C2", raw=False)
    workbook = load_workbook(io.BytesIO(sheet.spreadsheet.export(ExportFormat.EXCEL)))
    cells = [[cell.value for cell in row] for row in workbook["Sheet1"].iter_rows()]
    assert cells == [["Who", "=not a formula", None], ["a,b", 2, "=B2*2"]]
    assert workbook["Sheet1"]["B1"].data_type == "s"
    rows = list(csv.reader(io.StringIO(sheet.spreadsheet.export(ExportFormat.CSV).decode())))
    assert rows == [["Who", "=not a formula", ""], ["a,b", "2", "4"]]


def test_csv_is_imported_over_a_spreadsheet(clients: Any, sheet: gspread.Worksheet) -> None:
    clients.gspread().import_csv(sheet.spreadsheet.id, "Who,n\nana,3\n")
    assert clients.gspread().open_by_key(sheet.spreadsheet.id).sheet1.get_all_values() == [["Who", "n"], ["ana", "3"]]


def test_a_spreadsheet_is_shared(clients: Any, sheet: gspread.Worksheet) -> None:
    sheet.spreadsheet.share("ben@school.example", perm_type="user", role="writer", notify=False)
    assert clients.gspread(as_="ben@school.example").open_by_key(sheet.spreadsheet.id).title == "Tracker"


def test_notes_are_read_through_a_field_mask(sheet: gspread.Worksheet) -> None:
    sheet.insert_note("A1", "remember")
    sheet.update_notes({"B2": "me too"})
    assert sheet.get_note("A1") == "remember"
    assert sheet.get_notes() == [["remember"], ["", "me too"]]
    sheet.clear_note("A1")
    assert sheet.get_note("A1") == ""
