"""The coordinator's Sheet: one read and one write, and everything that people made of it left alone."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import gspread
import pytest

from sync.google.sheet.grid import KEY, writes
from sync.google.sheet.layout import Look
from sync.google.sheet.tabs import new_tab
from sync.services.ports import Table
from sync.services.visits import booking
from tests.google.agreement import check_agreement
from tests.google.conftest import Hall
from tests.personas import ADA, BEN, CLEO, EVE, GUS, THURSDAY, TUESDAY, WEDNESDAY


def change(hall: Hall, *requests: dict[str, Any], as_: str = CLEO) -> None:
    """What the coordinator does by hand."""
    hall.side.as_(as_).on_sheet(
        hall.rooms.sheet_id, lambda there: there.batch_update({"requests": list(requests)}), "changing"
    )


def book_one_more(hall: Hall) -> None:
    hall.book(GUS, EVE, WEDNESDAY)
    assert hall.sync().fine


def column(hall: Hall, tab: str, heading: str) -> list[Any]:
    rows = hall.sheet(tab)
    at = rows[0].index(heading)
    return [row[at] if len(row) > at else "" for row in rows[1:]]


def test_a_pass_costs_one_read_and_one_write(hall: Hall) -> None:
    hall.book()
    hall.sync()
    hall.side.forget_calls()
    book_one_more(hall)
    sheets = {method: n for method, n in hall.side.counted().items() if method.startswith("sheets")}
    assert sheets == {"sheets.spreadsheets.get": 1, "sheets.spreadsheets.batchUpdate": 1}


def test_tabs_are_found_by_a_newcomer_and_our_key_is_out_of_sight(hall: Hall) -> None:
    hall.book()
    hall.sync()
    about = hall.side.as_(CLEO).on_sheet(hall.rooms.sheet_id, lambda there: there.fetch_sheet_metadata(), "reading")
    assert [sheet["properties"]["title"] for sheet in about["sheets"]] == [
        *("Start here", "Tracker", "Visits", "Coverage & prep", "Patterns", "Actions"),
        *("Questions", "Pulse", "Spotlights"),
        *("Who visits whom", "Health", "Weeks", "Requirement", "Picture"),
    ]
    assert [s["properties"]["title"] for s in about["sheets"] if s["properties"].get("hidden")] == [
        "Weeks",
        "Requirement",
    ]
    assert len(about["sheets"][-1]["charts"]) == 5
    visits = about["sheets"][2]
    assert visits["properties"]["gridProperties"]["frozenRowCount"] == 1
    assert visits["protectedRanges"][0]["warningOnly"]
    assert hall.sheet("Start here")[0] == ["We visit to learn, not to judge."]
    assert hall.sheet("Visits")[0][0] == KEY


def test_tabs_are_native_tables_with_views_and_marks_that_need_no_colour(hall: Hall) -> None:
    hall.book()
    hall.sync()
    about = hall.side.as_(CLEO).on_sheet(hall.rooms.sheet_id, lambda there: there.fetch_sheet_metadata(), "reading")
    tracker, visits = about["sheets"][1:3]
    assert [view["title"] for view in tracker["filterViews"]] == ["Building Main", "Grade 6", "Grade 7", "Grade 8"]
    asked = [view["filterSpecs"][0]["filterCriteria"]["condition"]["type"] for view in tracker["filterViews"]]
    assert set(asked) == {"TEXT_CONTAINS"}, "as people would say it"
    [table] = visits["tables"]
    assert table["rowsProperties"]["secondBandColorStyle"]
    assert [column["columnName"] for column in table["columnProperties"]][1:3] == ["Date", "Period"]
    looks = [rule["booleanRule"]["format"]["textFormat"] for rule in visits["conditionalFormats"]]
    assert all(look.get("bold") or look.get("strikethrough") for look in looks)


def test_a_table_grows_with_its_rows(hall: Hall) -> None:
    hall.book()
    hall.sync()
    hall.book(GUS, EVE, WEDNESDAY, "3")
    hall.book(CLEO, EVE, THURSDAY, "2")
    hall.sync()
    about = hall.side.as_(CLEO).on_sheet(hall.rooms.sheet_id, lambda there: there.fetch_sheet_metadata(), "reading")
    assert about["sheets"][2]["tables"][0]["range"]["endRowIndex"] >= len(hall.sheet("Visits"))


def test_rows_keep_to_their_visit_when_people_sort(hall: Hall) -> None:
    hall.book()
    book_one_more(hall)
    sheet = {"sheetId": 1102, "startRowIndex": 1}
    change(hall, {"sortRange": {"range": sheet, "sortSpecs": [{"dimensionIndex": 1, "sortOrder": "DESCENDING"}]}})
    assert column(hall, "Visits", "Date") == ["2026-03-04", "2026-03-03"]
    with hall.store.work() as work:
        [cancelled] = [walk for walk in work.walks.all("maple") if ADA in walk.visitors]
    booking.cancel(hall.store, hall.clock, "maple", cancelled.key, actor=ADA)
    hall.sync()
    assert column(hall, "Visits", "Date") == ["2026-03-04", "2026-03-03"]
    assert column(hall, "Visits", "State") == ["booked", "cancelled"]


def test_columns_that_people_add_or_move_stay_theirs(hall: Hall) -> None:
    hall.book()
    hall.sync()
    new = {"sheetId": 1102, "dimension": "COLUMNS", "startIndex": 2, "endIndex": 3}
    change(hall, {"insertDimension": {"range": new}})
    cells = [{"values": [{"userEnteredValue": {"stringValue": text}}]} for text in ("Head of grade", "told on Monday")]
    start = {"sheetId": 1102, "rowIndex": 0, "columnIndex": 2}
    change(hall, {"updateCells": {"start": start, "rows": cells, "fields": "userEnteredValue"}})
    book_one_more(hall)
    assert column(hall, "Visits", "Head of grade") == ["told on Monday", ""]
    assert column(hall, "Visits", "Visitor") == ["Ada", "Gus"]
    assert column(hall, "Visits", "Period") == ["3", "3"]


def test_a_renamed_tab_is_known_again_and_a_deleted_one_comes_back(hall: Hall) -> None:
    hall.book()
    hall.sync()
    renamed = {"properties": {"sheetId": 1102, "title": "All our visits"}, "fields": "title"}
    change(hall, {"updateSheetProperties": renamed}, {"deleteSheet": {"sheetId": 1101}})
    book_one_more(hall)
    assert column(hall, "All our visits", "Visitor") == ["Ada", "Gus"]
    assert len(hall.sheet("Tracker")) == 7


def test_a_heading_that_was_typed_over_comes_back_at_the_end(hall: Hall) -> None:
    hall.book()
    hall.sync()
    header = {"sheetId": 1102, "rowIndex": 0, "columnIndex": 4}
    cell = [{"values": [{"userEnteredValue": {"stringValue": "Who came"}}]}]
    change(hall, {"updateCells": {"start": header, "rows": cell, "fields": "userEnteredValue"}})
    book_one_more(hall)
    assert column(hall, "Visits", "Visitor") == ["Ada", "Gus"]
    assert column(hall, "Visits", "Who came")[0] == "Ada", "what stands under a heading of theirs is theirs"


def test_a_row_that_was_deleted_by_hand_comes_back(hall: Hall) -> None:
    hall.book()
    hall.sync()
    row = {"sheetId": 1102, "dimension": "ROWS", "startIndex": 1, "endIndex": 2}
    change(hall, {"deleteDimension": {"range": row}})
    book_one_more(hall)
    assert sorted(column(hall, "Visits", "Visitor")) == ["Ada", "Gus"]


def test_cells_of_ours_that_were_typed_over_are_set_right(hall: Hall) -> None:
    hall.book()
    hall.sync()
    place = {"sheetId": 1102, "rowIndex": 1, "columnIndex": 1}
    cell = [{"values": [{"userEnteredValue": {"numberValue": 46084}}]}]
    change(hall, {"updateCells": {"start": place, "rows": cell, "fields": "userEnteredValue"}})
    book_one_more(hall)
    assert column(hall, "Visits", "Date") == ["2026-03-03", "2026-03-04"]


def test_nobodys_own_words_reach_the_sheet(hall: Hall) -> None:
    hall.book(focus=("talk", "own"), own_focus="CANARY why does Ben shout")
    hall.sync()
    cells = str([hall.sheet(tab) for tab in ("Tracker", "Visits", "Health", "Start here")])
    assert "CANARY" not in cells
    assert "a focus of their own" in cells


def test_text_is_never_taken_for_a_formula_or_a_date(hall: Hall) -> None:
    hall.book()
    hall.sync()
    rows = hall.side.as_(CLEO).on_sheet(
        hall.rooms.sheet_id,
        lambda there: there.values_get("Visits!B2:C2", params={"valueRenderOption": "FORMULA"}),
        "reading",
    )
    assert rows["values"] == [["2026-03-03", "3"]]


def test_the_coordinator_can_write_in_it_and_a_teacher_cannot_open_it(hall: Hall) -> None:
    hall.sync()
    change(hall, {"addSheet": {"properties": {"title": "My own"}}}, as_=CLEO)
    with pytest.raises(Exception, match=r"not there|may not"):
        hall.side.as_(BEN).on_sheet(hall.rooms.sheet_id, gspread.Spreadsheet.fetch_sheet_metadata, "reading")


@pytest.mark.parametrize(
    ("method", "kind"),
    [
        ("sheets.spreadsheets.batchUpdate", "lost-reply"),
        ("sheets.spreadsheets.batchUpdate", "429"),
        ("sheets.spreadsheets.batchUpdate", "503"),
        ("sheets.spreadsheets.get", "lost-reply"),
        ("sheets.spreadsheets.get", "401"),
    ],
)
def test_the_sheet_is_right_after_trouble(hall: Hall, method: str, kind: str) -> None:
    hall.sync()
    hall.book()
    hall.side.trouble({"method": method, "kind": kind, "times": 1})
    assert hall.sync().fine
    check_agreement(hall)


def test_a_sheet_deleted_for_good_is_made_anew(hall: Hall) -> None:
    hall.book()
    hall.sync()
    before = hall.rooms.sheet_id
    hall.side.send(hall.side.as_().api.files.delete(fileId=before))
    book_one_more(hall)
    assert hall.rooms.sheet_id != before
    assert sorted(column(hall, "Visits", "Visitor")) == ["Ada", "Gus"]


def test_what_is_done_is_counted_for_visitor_and_host(hall: Hall) -> None:
    hall.book()
    hall.clock.forward(timedelta(days=4))
    hall.sync()
    rows = {row[1]: row for row in hall.sheet("Tracker")[1:]}
    assert rows["Ada"][4:6] == [1, 0]
    assert rows["Ben"][4:6] == [0, 1]
    assert rows["Ada"][8] == "yes"
    assert rows["Ada"][9] == TUESDAY.isoformat()
    assert rows["Ada"][11] == 45


@pytest.mark.parametrize("grades", [("1", "11", "12"), ("1; 2", "11; 12", "2")])
def test_a_view_of_grade_1_shows_no_grade_11(hall: Hall, grades: tuple[str, ...]) -> None:
    """Kept as a filter of a tab, which the Workspace works out as Google does."""
    rows = tuple((str(n), ("P", "", grade)) for n, grade in enumerate(grades))
    table = Table("Tracker", ("Person", "Building", "Grade"), rows)
    view = next(
        request["addFilterView"]["filter"]
        for request in new_tab(table, Look(1, views=("Grade",)), "T")
        if request.get("addFilterView", {}).get("filter", {}).get("title") == "Grade 1"
    )
    hall.sync()
    span = {"sheetId": 77, "startRowIndex": 0, "endRowIndex": len(grades) + 1}
    change(
        hall,
        {"addSheet": {"properties": {"sheetId": 77, "title": "Grades"}}},
        *writes(77, {(n + 1, 3): grade for n, grade in enumerate(grades)}),
        {"setBasicFilter": {"filter": {"range": span, "filterSpecs": view["filterSpecs"]}}},
    )
    fields = "sheets(properties(sheetId),data(rowMetadata(hiddenByFilter)))"
    seen = hall.side.as_(CLEO).on_sheet(
        hall.rooms.sheet_id,
        lambda there: there.fetch_sheet_metadata(params={"includeGridData": "true", "fields": fields}),
        "looking",
    )
    [data] = [sheet["data"][0] for sheet in seen["sheets"] if sheet["properties"]["sheetId"] == 77]
    hidden = [row.get("hiddenByFilter", False) for row in data["rowMetadata"][1 : len(grades) + 1]]
    assert hidden == ["1" not in grade.split("; ") for grade in grades]
