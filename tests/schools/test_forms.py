"""The input tabs say the same as the school folder, and a bad cell never blocks the other rows."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sync.core.school.bell import BellSchedule
from sync.core.school.school import School
from sync.core.school.timetable import Timetable
from sync.schools.imports.fet import read_fet
from sync.schools.imports.source import Wanted
from sync.schools.sample.sample import sample_school
from sync.schools.tabs.forms import SchoolForms
from sync.services.ports import Filled, Understood
from tests.personas import ADA, BEN, maple

FORMS = SchoolForms()
KINDS = {kind.tab: kind for kind in FORMS.kinds}
DATA = Path(__file__).resolve().parents[2].parent / "shared" / "data"


def filled(school: School, **changed: tuple[int, str, object]) -> dict[str, Filled]:
    """The tabs of a school, row 1 being the headings, with some cells typed over: tab=(row, column, value)."""
    tabs = {}
    for tab, rows in FORMS.rows(school).items():
        cells = [dict(zip(KINDS[tab].headings, row, strict=True)) for row in rows]
        for name, (row, column, value) in changed.items():
            if name == tab.replace(" ", "_"):
                cells[row - 2][column] = value  # type: ignore[assignment]
        tabs[tab] = Filled(tuple(enumerate(cells, start=2)))
    return tabs


def understood(school: School, **changed: tuple[int, str, object]) -> Understood:
    return FORMS.understand(school, filled(school, **changed))


@pytest.mark.parametrize("school", [maple(), sample_school(date(2026, 9, 7))], ids=["maple", "sample"])
def test_what_is_shown_reads_back_as_the_same_school(school: School) -> None:
    read = understood(school)
    assert read.school == school
    assert all(text.startswith("Good.") for rows in read.says.values() for text in rows.values())


def test_a_real_timetable_reads_back_as_the_same_school() -> None:
    file = DATA / "fet" / "IBDP-School-2016.fet"
    if not file.exists():
        pytest.skip("the real timetables are not beside this checkout (../shared/data)")
    school = read_fet(file, Wanted(date(2026, 9, 7))).school
    assert understood(school).school == school


def test_a_school_is_built_from_nothing_but_rows() -> None:
    whole = maple()
    empty = replace(whole, staff={}, bells={}, days={}, timetable=Timetable([]), groups={}, terms=())
    assert FORMS.understand(empty, filled(whole)).school == whole


@pytest.mark.parametrize(
    ("tab", "row", "column", "value", "says"),
    [
        ("Staff", 2, "email", "ada at maple", 'email: "ada at maple" is not an e-mail address'),
        ("Bell_schedule", 3, "start", "25:00", 'start: "25:00" is not a time'),
        ("Bell_schedule", 3, "start", "08:30", 'starts at 08:30, before "1" (row 2) ends'),
        ("School_days", 4, "day_type", "Z", 'the day type "Z" has no bell schedule'),
        ("Timetable", 2, "period", 9, 'there is no period "9"'),
        ("Timetable", 2, "kind", "clas", '"clas" is not a kind'),
        ("Groups", 2, "email", "nobody@maple.example", "is not on the staff list"),
        ("Rules", 6, "value", "many", "cannot stand here"),
        ("Rules", 3, "value", "New York", "is not a time zone"),
        ("Staff", 3, "name", "Ben\x07", "invisible control character"),
    ],
)
def test_a_bad_cell_is_answered_in_its_row_and_blocks_no_other(
    tab: str, row: int, column: str, value: object, says: str
) -> None:
    rows = FORMS.rows(maple())["Rules"]
    at = next((n for n, (rule, _) in enumerate(rows, 2) if rule == "agreement.room_cap"), row) if row == 6 else row
    read = understood(maple(), **{tab: (at, column, value)})
    assert says in read.says[tab.replace("_", " ")][at]
    assert read.gaps, "it is told on the first tab too"
    assert read.school.school_days
    assert BEN in read.school.staff or column == "name"
    assert len(read.school.timetable) >= 5


def test_dates_and_times_that_people_type_are_numbers_to_a_spreadsheet() -> None:
    # 2026-03-03 is day 46084; five past eight is a fraction of a day
    read = understood(maple(), School_days=(3, "date", 46084), Bell_schedule=(2, "start", (8 * 60 + 5) / 1440))
    assert date(2026, 3, 3) in read.school.days
    bell: BellSchedule = read.school.bells["every day"]
    assert f"{bell.periods[0].start:%H:%M}" == "08:05"
    assert understood(maple(), Timetable=(2, "period", 1.0)).school == maple()


def test_a_gap_is_answered_in_the_row_that_mends_it() -> None:
    whole = maple()
    alone = replace(whole, groups={**whole.groups, "Group 2": (ADA,)})
    read = understood(alone)
    assert '"Group 2" has one member only' in read.says["Groups"][5]
    assert any(where == "Tab Groups, row 5, group" for _, where, _ in read.gaps)


cells = st.one_of(
    st.text(max_size=8), st.integers(-5, 50_000), st.floats(0, 3), st.sampled_from(["=1+1", "", "8:00", "A"])
)


@given(st.sampled_from(sorted(KINDS)), st.integers(0, 4), st.data())
@settings(max_examples=25)
def test_whatever_stands_in_a_cell_is_answered_and_nothing_breaks(tab: str, row: int, data: st.DataObject) -> None:
    tabs = filled(maple())
    rows = list(tabs[tab].rows)
    number, there = rows[min(row, len(rows) - 1)] if rows else (2, {})
    column = data.draw(st.sampled_from(KINDS[tab].headings))
    changed = {**there, column: data.draw(cells)}
    tabs[tab] = Filled(tuple((n, changed if n == number else kept) for n, kept in rows) or ((2, changed),))
    read = FORMS.understand(maple(), tabs)
    assert read.says[tab][number]
    again = FORMS.understand(read.school, tabs)
    assert again.school == read.school
