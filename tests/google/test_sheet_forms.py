"""The Sheet's input tabs, through Google's own client: filled in by hand, answered row by row, read into the store."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from sync.core.school.people import COORDINATOR, TEACHER, Person
from sync.core.school.school import School
from sync.core.school.timetable import Timetable
from sync.core.visits.purpose import purpose_comes_first
from sync.schools.tabs.forms import SchoolForms
from sync.services import schools
from sync.services.passes.reconciling import Report, reconcile
from sync.services.passes.rehearsing import rehearse
from sync.services.visits.focus import library_of
from tests.google.conftest import Hall
from tests.google.test_sheet import change, column
from tests.personas import ADA, BEN, CLEO, TUESDAY, maple

FORMS = SchoolForms()
TABS = ["Staff", "Bell schedule", "School days", "Timetable", "Groups", "Wishes", "Focus", "Coverage", "Rules"]


def sync(hall: Hall) -> Report:
    report = reconcile(hall.store, replace(hall.side.workspace, forms=FORMS), hall.clock, "maple")
    assert report.fine, list(report.sentences())
    return report


def sheet_calls(hall: Hall) -> Mapping[str, int]:
    return {method: n for method, n in hall.side.counted().items() if method.startswith("sheets")}


def put(hall: Hall, tab: str, rows: list[list[Any]], at: str = "A2") -> None:
    """What the coordinator types, as the page of Google Sheets takes it: 8:05 becomes a time, 2026-03-03 a date."""
    hall.side.as_(CLEO).on_sheet(
        hall.rooms.sheet_id,
        lambda there: there.values_update(
            f"'{tab}'!{at}", params={"valueInputOption": "USER_ENTERED"}, body={"values": rows}
        ),
        "typing",
    )


def empty_school() -> School:
    cleo = Person(CLEO, "Cleo", (COORDINATOR, TEACHER))
    return School("Maple Hall", maple().zone, "maple.example", {CLEO: cleo}, {}, {}, Timetable([]))


def test_from_nothing_to_the_first_booked_visit_through_the_sheet_alone(hall: Hall) -> None:
    schools.save(hall.store, "maple", empty_school())
    sync(hall)
    assert hall.sheet("Start here")[3][:3] == [
        "Next",
        "Fill in everybody who teaches, with their school e-mail",
        "Tab Staff",
    ]
    whole = FORMS.rows(maple())
    nexts = []
    for tab in ("Staff", "Bell schedule", "School days", "Timetable"):
        put(hall, tab, [list(row) for row in whole[tab]])
        sync(hall)
        nexts.append(hall.sheet("Start here")[3][2])
    assert nexts[:3] == ["Tab Bell schedule", "Tab School days", "Tab Timetable"]
    assert set(column(hall, "Timetable", "Says")) == {"Good."}
    walk = hall.book(ADA, BEN, TUESDAY)
    sync(hall)
    assert column(hall, "Visits", "Visitor") == ["Ada"]
    assert hall.walk(walk).stands


def test_an_imported_school_fills_the_tabs_and_a_pass_without_change_calls_no_sheet(hall: Hall) -> None:
    before = hall.school
    sync(hall)
    assert [row[:2] for row in hall.sheet("Staff")[1:3]] == [["ada@maple.example", "Ada"], ["ben@maple.example", "Ben"]]
    assert hall.school == before
    hall.side.forget_calls()
    report = sync(hall)
    assert sheet_calls(hall) == {}
    assert not report.changed
    hall.book()
    hall.side.forget_calls()
    sync(hall)
    assert sheet_calls(hall) == {"sheets.spreadsheets.get": 1, "sheets.spreadsheets.batchUpdate": 1}
    hall.side.forget_calls()
    sync(hall)
    assert sheet_calls(hall) == {}


def test_a_bad_cell_is_answered_in_its_row_and_the_rest_is_kept(hall: Hall) -> None:
    sync(hall)
    put(hall, "Staff", [["gus at maple", "Gustav"]], at="A7")
    put(hall, "Staff", [["Beatrice"]], at="B3")
    sync(hall)
    assert hall.school.person(BEN).name == "Beatrice"
    assert "is not an e-mail address" in column(hall, "Staff", "Says")[5]
    assert hall.sheet("Staff")[6][:2] == ["gus at maple", "Gustav"], "what people typed stays"
    assert "is not an e-mail address" in hall.sheet("Start here")[3][1]
    put(hall, "Staff", [["gus@maple.example"]], at="A7")
    sync(hall)
    assert hall.school.person("gus@maple.example").name == "Gustav"
    assert set(column(hall, "Staff", "Says")) == {"Good."}


def test_rows_that_people_sort_and_columns_they_add_stay_as_they_are(hall: Hall) -> None:
    sync(hall)
    before = hall.school
    new = {"sheetId": 1121, "dimension": "COLUMNS", "startIndex": 1, "endIndex": 2}
    change(hall, {"insertDimension": {"range": new}})
    put(hall, "Staff", [["Told"], ["yes"], ["no"]], at="B1")
    span = {"sheetId": 1121, "startRowIndex": 1, "endRowIndex": 7}
    change(hall, {"sortRange": {"range": span, "sortSpecs": [{"dimensionIndex": 0, "sortOrder": "DESCENDING"}]}})
    sync(hall)
    assert hall.school == replace(before, staff=hall.school.staff)
    assert hall.school.staff == before.staff
    assert {row[0]: row[1] for row in hall.sheet("Staff")[1:] if row[1]} == {"ada@maple.example": "yes", BEN: "no"}


def test_an_import_brings_new_rows_and_leaves_peoples_columns_beside_theirs(hall: Hall) -> None:
    sync(hall)
    put(hall, "Staff", [["Told"], ["yes"], ["no"]], at="L1")
    sync(hall)
    school = hall.school
    hal = Person("hal@maple.example", "Hal", (TEACHER,))
    staff = {hal.email: hal, **{email: one for email, one in school.staff.items() if email != "fay@maple.example"}}
    lessons = Timetable(entry for entry in school.timetable if entry.email != "fay@maple.example")
    changed = replace(school, staff=staff, timetable=lessons)
    schools.save(hall.store, "maple", changed)
    sync(hall)
    rows = {row[0]: row for row in hall.sheet("Staff")[1:] if row and row[0]}
    assert set(rows) == set(staff)
    assert (rows[ADA][11], rows[BEN][11]) == ("yes", "no")
    assert hall.school == changed
    assert not sync(hall).changed


@pytest.mark.parametrize("tab_id", [1121, 1124])
def test_a_tab_that_lost_a_column_or_all_rows_is_not_believed(hall: Hall, tab_id: int) -> None:
    sync(hall)
    before = hall.school
    change(hall, {"deleteDimension": {"range": {"sheetId": tab_id, "dimension": "COLUMNS", "endIndex": 1}}})
    sync(hall)
    assert hall.school == before
    assert "The column “email” is missing" in hall.sheet("Start here")[3][1]
    rows = {"sheetId": 1122, "startRowIndex": 1, "endRowIndex": 30}
    change(hall, {"updateCells": {"range": rows, "fields": "userEnteredValue"}})
    sync(hall)
    assert hall.school == before
    assert any("All rows are gone" in row[1] for row in hall.sheet("Start here")[3:] if len(row) > 1)


def test_a_deleted_tab_comes_back_full(hall: Hall) -> None:
    sync(hall)
    before = hall.school
    change(hall, {"deleteSheet": {"sheetId": 1124}})
    sync(hall)
    assert hall.school == before
    assert len(hall.sheet("Timetable")) == len(before.timetable) + 1


def test_a_visit_that_no_longer_fits_is_left_alone_and_the_school_is_still_read(hall: Hall) -> None:
    walk = hall.book()
    sync(hall)
    put(hall, "School days", [[""]], at="B3")
    sync(hall)
    assert not hall.school.days[TUESDAY].is_school_day
    assert hall.walk(walk).stands


def test_a_tab_is_made_to_be_filled_in(hall: Hall) -> None:
    sync(hall)
    about = hall.side.as_(CLEO).on_sheet(
        hall.rooms.sheet_id, lambda there: there.fetch_sheet_metadata(params={"includeGridData": "true"}), "reading"
    )
    sheets = {sheet["properties"]["title"]: sheet for sheet in about["sheets"]}
    assert [title for title in sheets if title in TABS] == TABS
    head, first = sheets["Timetable"]["data"][0]["rowData"][:2]
    assert "24-hour" in sheets["Bell schedule"]["data"][0]["rowData"][0]["values"][2]["note"]
    assert head["values"][3]["note"].startswith("class, prep")
    assert first["values"][3]["dataValidation"]["condition"]["type"] == "ONE_OF_LIST"
    assert sheets["Timetable"]["tables"][0]["range"]["endRowIndex"] > len(hall.school.timetable)
    assert sheets["Timetable"]["protectedRanges"][0]["warningOnly"]


def test_a_focus_in_the_schools_own_words_is_offered_and_its_new_wording_is_a_new_question(hall: Hall) -> None:
    sync(hall)
    assert hall.school.focuses == ()
    put(hall, "Focus", [["Who asks the questions in this room?", "students ask students", "asks"]], at="A2")
    sync(hall)
    assert set(column(hall, "Focus", "Says")) == {"Good."}
    [asks] = [one for one in library_of(hall.school).values() if one.name == "asks"]
    assert (asks.id, asks.look_fors) == ("asks", ("students ask students",))
    hall.book(focus=("asks",))
    put(hall, "Focus", [["What do students ask each other?"]], at="A2")
    sync(hall)
    assert column(hall, "Visits", "Focus") == ["Who asks the questions in this room?"], "stamped as it was asked"
    assert [one.id for one in library_of(hall.school).values() if one.name == "asks"] == ["asks.2"]


def test_who_offers_cover_says_how_much(hall: Hall) -> None:
    sync(hall)
    put(hall, "Coverage", [[CLEO, 50], [BEN, "a lot"]])
    sync(hall)
    assert hall.school.cover_minutes == {CLEO: 50}
    says = column(hall, "Coverage", "Says")
    assert says[0] == "Good."
    assert '"a lot" is no number of minutes' in says[1]


def test_a_group_meets_about_the_purpose_before_its_first_booking_where_the_school_wants_it(hall: Hall) -> None:
    school = hall.school
    group, members = next(iter(school.groups.items()))
    wanted = replace(school.rules, goal=replace(school.rules.goal, purpose_meeting=True))
    schools.save(hall.store, "maple", replace(school, rules=wanted))
    sync(hall)
    [first] = purpose_comes_first(hall.school, group)
    assert first.rule == "goal.purpose_meeting"
    assert ["Let each group talk about what visits are for, and write the date", "Tab Groups", ""] in [
        row[1:4] for row in hall.sheet("Start here")
    ]
    for row in range(len(hall.sheet("Groups")) - 1):
        put(hall, "Groups", [["2026-02-27"]], at=f"C{row + 2}")
    sync(hall)
    assert set(column(hall, "Groups", "Says")) == {"Good."}
    assert list(purpose_comes_first(hall.school, group)) == []
    assert hall.school.groups[group] == members


def test_with_nothing_new_there_is_nothing_to_rehearse(hall: Hall) -> None:
    hall.book()
    sync(hall)
    sync(hall)
    rehearsal = rehearse(hall.store, hall.side.workspace, hall.clock, "maple")
    assert (rehearsal.would, rehearsal.writes) == ((), {})
