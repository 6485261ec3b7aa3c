# ruff: noqa: E501  (the table below reads best with one case on one line)
"""What is wrong is told by file, row and field, all at once, and no school comes of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from sync.schools.folder.folder import check_school, read_school
from sync.schools.problems import SchoolProblems
from tests.schools.small_school import Files, Put

# file, what is replaced, by what, the place told, words of the sentence
CASES = [
    ("staff.csv", "ada@oak.example,Ada", ",Ada", "staff.csv, row 2, email", "Ada Marsh has no e-mail; fill in"),
    ("staff.csv", "ada@oak.example,Ada", "ada.oak,Ada", "staff.csv, row 2, email", '"ada.oak" is not an e-mail'),
    ("staff.csv", "Ada Marsh", "", "staff.csv, row 2, name", "the cell is empty; fill in the person's name"),
    ("staff.csv", "cleo@oak.example", "ADA@oak.example", "staff.csv, row 4, email", "ada@oak.example is on the list already, in row 2"),
    ("staff.csv", ",,yes", ",,maybe", "staff.csv, row 2, open_to_visits", '"maybe" is neither yes nor no'),
    ("staff.csv", "email,name", "mail,name", "staff.csv, row 1, email", "this column is missing"),
    ("staff.csv", "grades", "name", "staff.csv, row 1, name", "this column is there twice"),
    ("staff.csv", "E1,,yes", "E1,,yes,more", "staff.csv, row 2", "the row has 10 cells and the header has 9"),
    ("staff.csv", "Ada Marsh", "Ada\x07Marsh", "staff.csv, row 2, name", "invisible control character"),
    ("staff.csv", "Ada Marsh", '"Ada" Marsh', "staff.csv, row 2", "a quotation mark"),
    ("staff.csv", "Ada Marsh", '"Ada Marsh', "staff.csv, row 2", "a quotation mark"),
    ("staff.csv", "Ada Marsh", "x" * 140_000, "staff.csv, row 2", "longer than 131,072"),
    ("bell_schedule.csv", "8:15,9:00", "9:00,8:15", "bell_schedule.csv, row 3, end", '"1" ends at 08:15, before it starts at 09:00'),
    ("bell_schedule.csv", "8:15,9:00", "9:00,9:00", "bell_schedule.csv, row 3, end", '"1" ends at 09:00, when it starts'),
    ("bell_schedule.csv", "09:05,09:50", "08:55,09:50", "bell_schedule.csv, row 4, start", '"2" starts at 08:55, before "1" (row 3) ends at 09:00'),
    ("bell_schedule.csv", "8:15,", "25:15,", "bell_schedule.csv, row 3, start", '"25:15" is not a time'),
    ("bell_schedule.csv", "8:15,", "8.15 AM,", "bell_schedule.csv, row 3, start", "24-hour clock, like 08:05"),
    ("bell_schedule.csv", "8:15,", ",", "bell_schedule.csv, row 3, start", "the time is missing"),
    ("bell_schedule.csv", "A,2,", "A,1,", "bell_schedule.csv, row 4, period", 'day type "A" has "1" already, in row 3'),
    ("bell_schedule.csv", "lunch", "brunch", "bell_schedule.csv, row 5, kind", "write one of class, lunch, passing and homeroom"),
    ("bell_schedule.csv", "A,2,", "A,,", "bell_schedule.csv, row 4, period", "the cell is empty"),
    ("bell_schedule.csv", "A,2,", ",2,", "bell_schedule.csv, row 4, day_type", "the cell is empty"),
    ("days.csv", "2026-09-02,B", "2026-09-02,D", "days.csv, row 3, day_type", 'the day type "D" has no bell schedule'),
    ("days.csv", "2026-09-02", "2026-09-01", "days.csv, row 3, date", "2026-09-01 is in the file already, in row 2"),
    ("days.csv", "2026-09-02", "02/09/2026", "days.csv, row 3, date", '"02/09/2026" is not a date'),
    ("days.csv", "2026-09-02", "2026-02-30", "days.csv, row 3, date", '"2026-02-30" is not a date'),
    ("days.csv", "2026-09-02", "", "days.csv, row 3, date", "the date is missing"),
    ("days.csv", "2026-09-07,,Labor Day", "2027-09-07,,Labor Day", "days.csv, row 6, date", "the holiday 2027-09-07 lies in no term (Fall 2026-08-31 to 2026-12-18)"),
    ("days.csv", "2026-09-08,A", "2027-09-08,A", "days.csv, row 7, date", "the school day 2027-09-08 lies in no term"),
    ("timetable.csv", "ada@oak.example,A,1", "zoe@oak.example,A,1", "timetable.csv, row 2, email", "zoe@oak.example is not on the staff list"),
    ("timetable.csv", "ada@oak.example,A,1", ",A,1", "timetable.csv, row 2, email", "the e-mail is missing"),
    ("timetable.csv", "A,1,class", "X,1,class", "timetable.csv, row 2, day_type", 'the day type "X" has no bell schedule'),
    ("timetable.csv", "A,1,class", "A,7,class", "timetable.csv, row 2, period", 'there is no period "7" on day type "A"'),
    ("timetable.csv", "A,1,class", "A,1,lesson", "timetable.csv, row 2, kind", '"lesson" is not a kind; write one of class, prep'),
    ("timetable.csv", "A,1,class", "A,1,", "timetable.csv, row 2, kind", "the kind is missing"),
    ("timetable.csv", "A,2,prep", "A,1,prep", "timetable.csv, row 3, period", 'ada@oak.example has two things at once: "A", "1" is in row 2'),
    ("groups.csv", "ada@oak.example", "zoe@oak.example", "groups.csv, row 2, email", "is not on the staff list"),
    ("groups.csv", "ada@oak.example", "ben@oak.example", "groups.csv, row 3, email", 'ben@oak.example is in "Sevens" already'),
    ("groups.csv", "Sevens,ada", ",ada", "groups.csv, row 2, group", "the cell is empty"),
    ("busy.csv", "ada@", "zoe@", "busy.csv, row 2, email", "is not on the staff list"),
    ("busy.csv", "2026-09-03T09:30", "2026-09-03T09:00", "busy.csv, row 2, end", "the end is not after the start"),
    ("busy.csv", "2026-09-03T09:30", "half past", "busy.csv, row 2, end", '"half past" is not a date and time'),
    ("wishes.csv", ",ben@", ",zoe@", "wishes.csv, row 2, other", "is not on the staff list"),
    ("wishes.csv", ",ben@", ",ada@", "wishes.csv, row 2, other", "ada@oak.example wishes for themselves"),
    ("wishes.csv", "visit", "lunch", "wishes.csv, row 2, wish", "write one of visit and partner"),
    ("school.toml", "America/Chicago", "America/Chikago", "school.toml, row 2, timezone", '"America/Chikago" is not a time zone'),
    ("school.toml", "America/Chicago", "../etc", "school.toml, row 2, timezone", "is not a time zone"),
    ("school.toml", "America/Chicago", "America", "school.toml, row 2, timezone", "is not a time zone"),
    ("school.toml", '"Oak School"', "Oak School", "school.toml, row 1", "this is not TOML"),
    ("school.toml", '"Oak School"', "7", "school.toml, row 1, name", "this must be a text"),
    ("school.toml", "domain =", "domian =", "school.toml, row 3, domian", "this key is not known"),
    ("school.toml", "to = 2026-12-18", "to = 2026-02-18", "school.toml, row 8, terms.to", '"Fall" ends before it begins'),
    ("school.toml", "to = 2026-12-18", "to = 3", "school.toml, row 8, terms.to", "this is not a date"),
    ("school.toml", "to = 2026-12-18", "until = 2026-12-18", "school.toml, row 8, terms.until", "this key is not known"),
    ("school.toml", "[[terms]]", "[terms]", "school.toml, row 5, terms", "terms must be tables"),
    ("rules.toml", "room_cap = 2", "room_cap = 0", "rules.toml, row 5, agreement.room_cap", "write a whole number from 1 to 1000"),
    ("rules.toml", "room_cap = 2", 'room_cap = "2"', "rules.toml, row 5, agreement.room_cap", "write a whole number"),
    ("rules.toml", "room_cap = 2", "room_cap = true", "rules.toml, row 5, agreement.room_cap", '"True" cannot stand here'),
    ("rules.toml", "room_cap = 2", "roomcap = 2", "rules.toml, row 5, agreement.roomcap", "this key is not known"),
    ("rules.toml", "room_cap = 2", "prep_floor_minutes_per_day = 2000", "rules.toml, row 5, agreement.prep_floor_minutes_per_day", "from 0 to 1440"),
    ("rules.toml", '"pair"', '"open-door"', "rules.toml, row 8, goal.kind", 'write one of "pair", "group", "learning" and "inquiry"'),
    ("rules.toml", "[goal]", "[gaol]", "rules.toml, row 7, gaol", "this key is not known"),
    ("rules.toml", '"default"', '"chicago"', "rules.toml, row 2, pack", 'there is no pack "chicago"; choose one of chicago-like'),
    ("rules.toml", "[agreement]\nroom_cap = 2\n", "agreement = 3\n", "rules.toml, row 4, agreement", "this must be a table"),
]  # fmt: skip


@pytest.mark.parametrize(("file", "old", "new", "place", "words"), CASES)
def test_a_fault_is_told_with_its_place(
    put: Put, small: Files, file: str, old: str, new: str, place: str, words: str
) -> None:
    before = str(small[file])
    assert old in before
    small[file] = before.replace(old, new, 1)
    school, problems, _ = check_school(put(small))
    assert school is None
    told = [str(problem) for problem in problems]
    assert any(sentence.startswith(f"{place}: ") and words in sentence for sentence in told), told
    assert all(sentence.endswith(".") for sentence in told)


@pytest.mark.parametrize("name", ["staff.csv", "bell_schedule.csv", "days.csv", "timetable.csv"])
def test_a_missing_file_is_named(put: Put, small: Files, name: str) -> None:
    del small[name]
    _, problems, _ = check_school(put(small))
    assert [(problem.file, problem.what) for problem in problems] == [(name, "this file is missing")]


EMPTY = {
    "staff.csv": "there is nobody on the staff list",
    "bell_schedule.csv": "there are no periods",
    "days.csv": "there are no dates",
    "timetable.csv": "the timetable is empty, so nobody teaches",
}


@pytest.mark.parametrize(("name", "words"), EMPTY.items())
def test_a_file_with_nothing_below_its_header_is_refused(put: Put, small: Files, name: str, words: str) -> None:
    small[name] = str(small[name]).split("\n")[0] + "\n"
    _, problems, _ = check_school(put(small))
    assert words in [problem.what for problem in problems if problem.file == name]


@pytest.mark.parametrize("name", EMPTY)
def test_a_file_without_a_byte_is_refused(put: Put, small: Files, name: str) -> None:
    small[name] = b""
    _, problems, _ = check_school(put(small))
    assert [problem.what for problem in problems if problem.file == name] == ["the file is empty"]


BYTES = {
    "latin-1": (
        lambda text: text.replace("Ben", "Bén").encode("latin-1"),
        "staff.csv, row 3: byte 152 of the file (0xE9) is not UTF-8 text",
    ),
    "latin-1 after a BOM": (
        lambda text: b"\xef\xbb\xbf" + text.replace("Ben", "Bén").encode("latin-1"),
        "staff.csv, row 3: byte 155 of the file (0xE9) is not UTF-8 text",
    ),
    "utf-16": (lambda text: text.encode("utf-16"), "staff.csv, row 1: the file is UTF-16 text"),
    "NUL": (lambda text: text.replace("Ben", "B\0n").encode(), "staff.csv, row 3: there is a NUL byte"),
    "semicolons": (lambda text: text.replace(",", ";").encode(), "staff.csv, row 1: the columns are not separated by"),
    "tabs": (lambda text: text.replace(",", "\t").encode(), "staff.csv, row 1: the columns are not separated by"),
}


@pytest.mark.parametrize("kind", BYTES)
def test_a_file_in_another_form_is_refused_with_how_to_save_it(put: Put, small: Files, kind: str) -> None:
    made, sentence = BYTES[kind]
    small["staff.csv"] = made(str(small["staff.csv"]))
    _, problems, _ = check_school(put(small))
    assert len(problems) == 1
    assert str(problems[0]).startswith(sentence)
    assert 'save it as "CSV UTF-8 (comma separated)"' in str(problems[0])


def test_all_faults_are_told_at_once_in_the_order_of_files_and_rows(put: Put, small: Files) -> None:
    small["rules.toml"] = "[agreement]\nroom_cup = 2\n"
    small["timetable.csv"] = str(small["timetable.csv"]).replace("A,1,class", "A,9,class").replace("B,2,class", "B,2,")
    small["staff.csv"] = str(small["staff.csv"]).replace("cleo@oak.example", "")
    small["school.toml"] = 'timezone = "Mars/North"\n'
    with pytest.raises(SchoolProblems) as caught:
        read_school(put(small))
    assert [(problem.file, problem.row) for problem in caught.value.problems] == [
        ("school.toml", 1),
        ("staff.csv", 4),
        ("timetable.csv", 2),
        ("timetable.csv", 7),
        ("rules.toml", 2),
    ]


def test_a_row_that_is_wrong_is_told_once_and_not_by_every_row_that_names_it(put: Put, small: Files) -> None:
    small["staff.csv"] = str(small["staff.csv"]).replace("Ada Marsh", "")
    small["bell_schedule.csv"] = str(small["bell_schedule.csv"]).replace("A,1,8:15", "A,1,late")
    _, problems, _ = check_school(put(small))
    assert [(problem.file, problem.row) for problem in problems] == [("staff.csv", 2), ("bell_schedule.csv", 3)]


def test_rows_count_as_a_spreadsheet_counts_them(put: Put, small: Files) -> None:
    head, first, *rest = str(small["staff.csv"]).splitlines()
    broken = "\n".join([head, "", first.replace("Ada Marsh", '"Ada\nMarsh"'), *rest, ",Nobody,,,,,,,"])
    small["staff.csv"] = broken
    _, problems, _ = check_school(put(small))
    assert [problem.place for problem in problems] == ["staff.csv, row 6, email"]


@pytest.mark.parametrize("made", ["nothing", "file"])
def test_a_path_that_is_no_folder_is_refused(tmp_path: Path, made: str) -> None:
    path = tmp_path / "school"
    if made == "file":
        path.write_text("x")
    with pytest.raises(SchoolProblems, match=r"no such folder|a file, not a folder"):
        read_school(path)


def test_a_folder_in_place_of_a_file_is_refused(put: Put, small: Files) -> None:
    del small["staff.csv"]
    folder = put(small)
    (folder / "staff.csv").mkdir()
    with pytest.raises(SchoolProblems, match=r"staff.csv: the file cannot be read"):
        read_school(folder)


def test_what_people_wrote_is_quoted_short_and_cannot_steer_a_terminal(put: Put, small: Files) -> None:
    small["days.csv"] = str(small["days.csv"]).replace("2026-09-02", "\u202e" + "9" * 500)
    _, problems, _ = check_school(put(small))
    assert problems[0].what == f'"?{"9" * 58}…" is not a date of a school year'
