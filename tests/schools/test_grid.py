"""A pasted grid of teachers by periods, as a school; what cannot be read is told by row and column."""

from __future__ import annotations

from datetime import date, time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sync.core.school.timetable import Has
from sync.schools.folder.folder import check_school
from sync.schools.folder.writer import write_school
from sync.schools.imports.cellwords import Lesson, lesson_of
from sync.schools.imports.grid import _Grid, read_grid
from sync.schools.imports.source import Wanted
from sync.schools.problems import Findings, SchoolProblems

WANTED = Wanted(date(2026, 9, 7), domain="oak.example")
TWO_ROWS = (
    "Teacher,Email,Monday,,,Tuesday,,\n"
    ",,8:00-8:45,8:50-9:35,Lunch 9:35-10:00,8:00-8:45,8:50-9:35,Lunch 9:35-10:00\n"
    'Ada Marsh,ada@oak.example,"Science 7\nLab 2",,,Science 8 (Lab 2),duty,\n'
    "Ben Castillo,ben@oak.example,,Maths 10,,off,Maths 7,\n"
)


def put(folder: Path, text: str) -> Path:
    file = folder / "timetable.csv"
    file.write_text(text, encoding="utf-8")
    return file


def test_days_above_periods_with_clock_times_and_rooms(tmp_path: Path) -> None:
    school = read_grid(put(tmp_path, TWO_ROWS), WANTED).school
    assert [one.email for one in school.staff.values()] == ["ada@oak.example", "ben@oak.example"]
    assert school.bells["Monday"].periods[0].start == time(8)
    first = school.timetable.day("ada@oak.example", "Monday")["8:00-8:45"]
    assert (first.kind, first.course, first.grade, first.room) == (Has.CLASS, "Science 7", "7", "Lab 2")
    assert school.has("ben@oak.example", date(2026, 9, 7), "8:00-8:45") is Has.PREP
    assert school.has("ben@oak.example", date(2026, 9, 8), "8:00-8:45") is Has.OFF
    assert school.staff["ada@oak.example"].room == "Lab 2"


@pytest.mark.parametrize("between", [",", "\t"])
def test_one_row_that_names_both_pasted_from_a_spreadsheet(tmp_path: Path, between: str) -> None:
    text = between.join(["Teacher", "Mon 1", "Mon 2", "Tue 1"]) + "\n" + between.join(["Ada", "Art 6", "", "Art 7"])
    read = read_grid(put(tmp_path, text), WANTED)
    assert {(one.day_type, one.period) for one in read.school.timetable} == {("Mon", "1"), ("Tue", "1")}
    assert any("no clock times" in sentence for sentence in read.assumed)


def test_periods_alone_are_every_day_and_the_folder_reads_back(tmp_path: Path) -> None:
    school = read_grid(put(tmp_path, "Teacher,1,2,3\nAda,Art 6,,Art 7\nBen,,Music,\n"), WANTED).school
    assert set(school.bells) == {"every day"}
    write_school(school, tmp_path / "out")
    again, problems, _ = check_school(tmp_path / "out")
    assert problems == []
    assert again == school


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "row 1: there is no row of periods"),
        ("Teacher,,\nAda,Art,\n", "no column names a period"),
        ("Teacher,1,1\nAda,Art,\n", 'row 1, column 3: "1" of "every day" is there twice'),
        ("Teacher,1\nAda,\n", "no cell holds a class"),
        ("Teacher,1\nAda,Art\nada,Art\n", 'row 3, column 1: "ada" is in row 2 already'),
        ("Teacher,1\n,Art\nAda,Art\n", "row 2, column 1: the teacher's name is missing"),
        ("Teacher,Email,1\nAda,at home,Art\n", 'row 2, email: "at home" is not an e-mail address'),
    ],
)
def test_what_cannot_be_read_is_told_by_row_and_column(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(SchoolProblems) as told:
        read_grid(put(tmp_path, text), WANTED)
    assert said in str(told.value)


@pytest.mark.parametrize(
    ("text", "lesson"),
    [
        ("", None),
        ("Year 10 English rm 4b", Lesson(Has.CLASS, "Year 10 English", "10", "rm 4b")),
        ("Lunch duty", Lesson(Has.LUNCH)),
        ("Gate duty", Lesson(Has.DUTY)),
        ("PPA", Lesson(Has.PREP)),
        ("-", Lesson(Has.OFF)),
        ("Offsets in art", Lesson(Has.CLASS, "Offsets in art")),
    ],
)
def test_a_cell_is_read_as_people_write_it(text: str, lesson: Lesson | None) -> None:
    assert lesson_of(text) == lesson


@given(st.lists(st.lists(st.text(max_size=6), max_size=5), max_size=5))
@settings(max_examples=60)
def test_any_grid_is_a_school_or_a_sentence(rows: list[list[str]]) -> None:
    cells = [[cell.strip() for cell in row] for row in rows]
    found = Findings()
    try:
        school = _Grid("grid.csv", cells, WANTED, found).school().school
    except SchoolProblems:
        return
    assert len(school.timetable)
    assert found.problems == []
