# ruff: noqa: E501  (small files and the table of refusals read best with one thing on one line)
"""OneRoster exports: real test sets, and a small one with each thing that can be wrong."""

from __future__ import annotations

import tempfile
import zipfile
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sync.core.school.people import LEADER
from sync.core.school.timetable import Has
from sync.schools.folder.folder import check_school
from sync.schools.folder.writer import write_school
from sync.schools.imports.oneroster import EVERY_DAY, read_oneroster
from sync.schools.imports.source import Imported, Wanted
from sync.schools.problems import SchoolProblems

TODAY = date(2026, 9, 14)
Export = dict[str, str]
EXPORT: Export = {
    "manifest.csv": "propertyName,value\noneroster.version,1.1\n",
    "orgs.csv": "sourcedId,status,name,type\no1,active,Elm School,school\nd1,active,Elm District,district\n",
    "academicSessions.csv": (
        "sourcedId,status,title,type,startDate,endDate\n"
        "y,active,2026-27,schoolYear,2026-08-24,2027-06-11\n"
        "t1,active,Fall,term,2026-08-24,2026-12-18\n"
        "t2,active,Spring,term,2027-01-04,2027-06-11\n"
    ),
    "classes.csv": (
        "sourcedId,status,title,grades,classCode,location,termSourcedIds,subjects,periods\n"
        'c1,active,English 7,"07,08",ENG7-1,E1,y,English,"1,2"\n'
        "c2,active,Science 7,07,SCI7-1,W1,t1,Science,10\n"
        "c3,active,Science 8,08,SCI8-1,W2,t2,Science,1\n"
        "c4,tobedeleted,Old,07,OLD,W9,t1,Science,3\n"
        "c5,active,Honors English 7,07,ENG7-H,E1,t1,English,2\n"
    ),
    "users.csv": (
        "sourcedId,status,enabledUser,role,username,givenName,familyName,email\n"
        "u1,active,true,teacher,ada,Ada,Marsh,Ada@elm.example\n"
        "u2,active,true,teacher,ben,Ben,Castillo,ben@elm.example\n"
        "u3,active,true,student,kid,Kim,Pupil,\n"
        "u4,tobedeleted,true,teacher,gone,Gone,Person,gone@elm.example\n"
        "u5,active,false,teacher,off,Off,Person,off@elm.example\n"
        "u6,active,true,administrator,adm,Ad,Min,adm@elm.example\n"
    ),
    "enrollments.csv": (
        "sourcedId,status,classSourcedId,userSourcedId,role,primary\n"
        "e1,active,c1,u1,teacher,true\n"
        "e2,active,c2,u2,teacher,true\n"
        "e3,active,c3,u2,teacher,true\n"
        "e4,active,c4,u1,teacher,true\n"
        "e5,active,c5,u1,teacher,true\n"
        "e6,active,c1,u3,student,\n"
        "e7,tobedeleted,c2,u1,teacher,\n"
    ),
}


def put(folder: Path, export: Export) -> Path:
    folder.mkdir(exist_ok=True)
    for name, text in export.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def imported(tmp_path: Path, export: Export, wanted: Wanted = Wanted(TODAY)) -> Imported:  # noqa: B008  # frozen
    return read_oneroster(put(tmp_path / "export", export), wanted)


@pytest.mark.parametrize("name", ["catalyst-Test_full_data_set", "catalyst-v1p2_full_dataset"])
def test_full_test_sets_of_both_versions_import_and_read_back(real_data: Path, tmp_path: Path, name: str) -> None:
    brought = read_oneroster(real_data / "oneroster" / name, Wanted(TODAY))
    school = brought.school
    assert list(school.staff) == ["john.doe@myschool.com", "jim.smith@myschool.com"]
    assert [(entry.email, entry.period, entry.course, entry.room) for entry in school.timetable] == [
        ("john.doe@myschool.com", "1", "Introduction to Physics", "Room 2-B")
    ]
    assert (school.terms[0].first, school.terms[0].last) == (date(2022, 9, 1), date(2022, 12, 24))
    write_school(school, tmp_path / "school")
    assert check_school(tmp_path / "school").school == school


def test_the_minimal_test_set_is_refused_for_addresses_and_periods(real_data: Path) -> None:
    with pytest.raises(SchoolProblems) as caught:
        read_oneroster(real_data / "oneroster" / "catalyst-Test_minimal_data_set", Wanted(TODAY))
    assert [(problem.file, problem.row, problem.field) for problem in caught.value.problems] == [
        ("classes.csv", 2, "periods"),
        ("classes.csv", 3, "periods"),
        ("users.csv", 2, "email"),
        ("users.csv", 5, "email"),
    ]


def test_a_test_set_without_teachers_is_refused(real_data: Path) -> None:
    with pytest.raises(SchoolProblems) as caught:
        read_oneroster(real_data / "oneroster" / "catalyst-oneroster_test_data", Wanted(TODAY))
    assert [problem.place for problem in caught.value.problems] == ["enrollments.csv, role", "roles.csv, role"]


def test_current_classes_of_teachers_become_the_timetable(tmp_path: Path) -> None:
    brought = imported(tmp_path, EXPORT)
    school = brought.school
    assert (school.name, school.domain) == ("Elm School", "elm.example")
    assert set(school.staff) == {"ada@elm.example", "ben@elm.example"}
    assert {(e.email, e.period, e.section, e.room) for e in school.timetable} == {
        ("ada@elm.example", "1", "ENG7-1", "E1"),
        ("ada@elm.example", "2", "ENG7-1 + ENG7-H", "E1"),
        ("ben@elm.example", "10", "SCI7-1", "W1"),
    }
    assert all(entry.kind is Has.CLASS and entry.day_type == EVERY_DAY for entry in school.timetable)
    assert [period.name for period in school.bells[EVERY_DAY]] == ["1", "2", "10"]
    assert (school.terms[0].name, school.school_days[0].date) == ("Fall", date(2026, 8, 24))
    assert school.person("ada@elm.example").grades == ("07", "08")
    assert school.person("ada@elm.example").departments == ("English",)
    told = "\n".join(brought.assumed)
    for words in (
        "OneRoster has no bell schedule",
        "OneRoster has no weekdays",
        "1 class is of other terms than that of 2026-09-14 and left out",
        'ada@elm.example has "English 7" and "Honors English 7" in period 2',
    ):
        assert words in told


def test_no_pupil_is_kept(tmp_path: Path) -> None:
    school = imported(tmp_path, EXPORT).school
    write_school(school, tmp_path / "out")
    assert not any("Pupil" in path.read_text() for path in (tmp_path / "out").iterdir())


def test_the_day_wanted_decides_the_term(tmp_path: Path) -> None:
    school = imported(tmp_path, EXPORT, Wanted(date(2027, 2, 1))).school
    assert school.terms[0].name == "Spring"
    assert {entry.course for entry in school.timetable} == {"English 7", "Science 8"}


def test_roles_of_their_own_file_count_in_1_2(tmp_path: Path) -> None:
    export = EXPORT | {
        "users.csv": EXPORT["users.csv"].replace("role,", "").replace("teacher,", "").replace("student,", "")
        .replace("administrator,", "").replace(",email", ",email,preferredGivenName").replace("Ada@elm.example", "Ada@elm.example,Adi"),
        "roles.csv": "sourcedId,userSourcedId,roleType,role\nr1,u1,primary,teacher\nr2,u2,primary,principal\nr3,u3,primary,student\n",
    }  # fmt: skip
    school = imported(tmp_path, export).school
    assert school.person("ada@elm.example").name == "Adi Marsh"
    assert school.person("ben@elm.example").roles == ("teacher", LEADER)  # a principal who teaches


def test_addresses_are_made_from_user_names_only_when_a_domain_is_given(tmp_path: Path) -> None:
    export = EXPORT | {"users.csv": EXPORT["users.csv"].replace("Ada@elm.example", "")}
    with pytest.raises(SchoolProblems, match=r"users.csv, row 2, email: Ada Marsh has no e-mail"):
        imported(tmp_path, export)
    assert "ada@elm.org" in imported(tmp_path, export, Wanted(TODAY, domain="elm.org")).school.staff


@pytest.mark.parametrize("inside", ["", "export 2026/"])
def test_a_zip_reads_like_its_folder(tmp_path: Path, inside: str) -> None:
    packed = tmp_path / "export.zip"
    with zipfile.ZipFile(packed, "w") as out:
        for name, text in EXPORT.items():
            out.writestr(inside + name.upper().replace(".CSV", ".csv"), text)
    assert read_oneroster(packed, Wanted(TODAY)).school == imported(tmp_path, EXPORT).school


REFUSED = [
    ("classes.csv", "periods", "period", "classes.csv, row 1, periods", "this column is missing"),
    ("classes.csv", "c2,active", "c1,active", "classes.csv, row 3, sourcedId", '"c1" is there already, in row 2'),
    ("classes.csv", "c2,active", "c2,aktiv", "classes.csv, row 3, status", '"aktiv" is not a status'),
    ("classes.csv", "c2,active", ",active", "classes.csv, row 3, sourcedId", "the cell is empty"),
    ("classes.csv", "W1,t1", "W1,t7", "classes.csv, row 3, termSourcedIds", 'there is no session "t7"'),
    ("enrollments.csv", "c2,u2", "c9,u2", "enrollments.csv, row 3, classSourcedId", 'there is no class "c9"'),
    ("enrollments.csv", "c2,u2", "c2,u9", "enrollments.csv, row 3, userSourcedId", 'there is no user "u9"'),
    ("users.csv", "ben@elm.example", "ben", "users.csv, row 3, email", '"ben" is not an e-mail address'),
    ("users.csv", "ben@elm.example", "ADA@elm.example", "users.csv, row 3, email", "is there already, in row 2"),
    ("users.csv", "Ben,Castillo", ",", "users.csv, row 3, givenName", "the person has no name"),
    ("academicSessions.csv", "2026-12-18", "18.12.2026", "academicSessions.csv, row 3, endDate", "is not a date"),
    ("academicSessions.csv", "2026-12-18", "2026-01-18", "academicSessions.csv, row 3, endDate", "ends before it begins"),
    ("academicSessions.csv", "2026-12-18", "", "academicSessions.csv, row 3, endDate", "the date is missing"),
]  # fmt: skip


@pytest.mark.parametrize(("file", "old", "new", "place", "words"), REFUSED)
def test_a_fault_is_told_by_file_row_and_field(
    tmp_path: Path, file: str, old: str, new: str, place: str, words: str
) -> None:
    assert old in EXPORT[file]
    with pytest.raises(SchoolProblems) as caught:
        imported(tmp_path, EXPORT | {file: EXPORT[file].replace(old, new, 1)})
    assert any(p.place == place and words in p.what for p in caught.value.problems), str(caught.value)


@pytest.mark.parametrize("name", ["orgs.csv", "academicSessions.csv", "classes.csv", "users.csv", "enrollments.csv"])
def test_a_missing_file_is_named(tmp_path: Path, name: str) -> None:
    with pytest.raises(SchoolProblems, match=f"^{name}: this file is missing"):
        imported(tmp_path, {key: text for key, text in EXPORT.items() if key != name})


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 broken", b"text"])
def test_a_file_that_is_no_zip_is_refused(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "export.zip"
    path.write_bytes(data)
    with pytest.raises(SchoolProblems, match=r"export.zip: this is neither a folder nor a zip"):
        read_oneroster(path, Wanted(TODAY))


def test_a_place_where_nothing_is_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SchoolProblems, match="there is no such folder or file"):
        read_oneroster(tmp_path / "none", Wanted(TODAY))


def test_periods_without_end_are_refused(tmp_path: Path) -> None:
    many = ",".join(map(str, range(200)))
    export = EXPORT | {"classes.csv": EXPORT["classes.csv"].replace('"1,2"', f'"{many}"')}
    with pytest.raises(SchoolProblems, match="the classes have 200 different periods"):
        imported(tmp_path, export)


CELLS = st.sampled_from(
    ["", "c1", "u1", "t1", "active", "teacher", "2026-09-01", "1,2", "a@b.org", "7", '"', "0000-00-00"]
)
TABLE = st.lists(st.lists(CELLS, max_size=9).map(lambda cells: ",".join(f'"{cell}"' for cell in cells)), max_size=4)


@given(st.sampled_from([name for name in EXPORT if name != "manifest.csv"]), st.binary(max_size=80) | TABLE)
@settings(max_examples=60)
def test_whatever_stands_in_a_file_ends_in_a_school_that_reads_back_or_in_problems(
    name: str, content: bytes | list[str]
) -> None:
    head = EXPORT[name].split("\n")[0]
    data = content if isinstance(content, bytes) else "\n".join([head, *content]).encode()
    with tempfile.TemporaryDirectory() as folder:
        export = put(Path(folder) / "export", EXPORT)
        (export / name).write_bytes(data)
        try:
            school = read_oneroster(export, Wanted(TODAY)).school
        except SchoolProblems as problems:
            said = [str(problem) for problem in problems.problems]
        else:
            said = []
            write_school(school, Path(folder) / "school")
            assert check_school(Path(folder) / "school").school == school
        assert all(sentence.endswith(".") for sentence in said)
