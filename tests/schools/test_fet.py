# ruff: noqa: E501  (the small file and the table of refusals read best with one thing on one line)
"""FET files: two real schools, and small ones with each thing that can be missing."""

from __future__ import annotations

import random
import tempfile
from collections import Counter
from datetime import UTC, date, datetime, time
from itertools import pairwise
from pathlib import Path
from xml.sax.saxutils import escape

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from sync.core.school.bell import PeriodKind
from sync.core.school.timetable import Has
from sync.core.visits.ask import Ask, Known
from sync.core.visits.openings import Closed, Opening, objections, openings, survey
from sync.schools.folder.folder import check_school
from sync.schools.folder.writer import write_school
from sync.schools.imports.clocks import clock_times
from sync.schools.imports.fet import read_fet
from sync.schools.imports.hours import Clock, periods
from sync.schools.imports.source import Imported, Wanted
from sync.schools.problems import SchoolProblems

MONDAY = date(2026, 9, 7)
WANTED = Wanted(MONDAY, domain="hopwood.example")
SCHOOLS = ("Hopwood", "IBDP-School-2016")
SMALL = """<?xml version="1.0" encoding="UTF-8"?>
<fet version="6.8.5">
<Institution_Name>Elm School</Institution_Name>
<Days_List><Number_of_Days>2</Number_of_Days><Day><Name>Day 1</Name></Day><Day><Name>Day 2</Name></Day></Days_List>
<Hours_List><Hour><Name>1</Name></Hour><Hour><Name>2</Name></Hour><Hour><Name>Lunch</Name></Hour><Hour><Name>3</Name></Hour></Hours_List>
<Teachers_List><Teacher><Name>José Ruiz</Name></Teacher><Teacher><Name>Jose Ruiz</Name></Teacher><Teacher><Name>李</Name></Teacher></Teachers_List>
<Students_List><Year><Name>07A-D</Name><Group><Name>7A</Name></Group></Year></Students_List>
<Activities_List>
<Activity><Teacher>José Ruiz</Teacher><Teacher>李</Teacher><Subject>Art</Subject><Students>7A</Students><Duration>2</Duration><Id>1</Id><Active>true</Active></Activity>
<Activity><Teacher>Jose Ruiz</Teacher><Subject>Music</Subject><Students>7A</Students><Duration>1</Duration><Id>2</Id><Active>true</Active></Activity>
<Activity><Teacher>Jose Ruiz</Teacher><Subject>Meeting</Subject><Duration>1</Duration><Id>3</Id><Active>true</Active></Activity>
<Activity><Teacher>Jose Ruiz</Teacher><Subject>Off</Subject><Duration>1</Duration><Id>4</Id><Active>false</Active></Activity>
<Activity><Subject>Nobody</Subject><Students>7A</Students><Duration>1</Duration><Id>5</Id><Active>true</Active></Activity>
</Activities_List>
<Buildings_List><Building><Name>West</Name></Building></Buildings_List>
<Rooms_List><Room><Name>R1</Name><Building>West</Building></Room></Rooms_List>
<Time_Constraints_List>
<ConstraintActivityPreferredStartingTime><Weight_Percentage>100</Weight_Percentage><Activity_Id>1</Activity_Id><Day>Day 1</Day><Hour>1</Hour><Active>true</Active></ConstraintActivityPreferredStartingTime>
<ConstraintActivityPreferredStartingTime><Weight_Percentage>100</Weight_Percentage><Activity_Id>2</Activity_Id><Preferred_Day>Day 2</Preferred_Day><Preferred_Hour>3</Preferred_Hour></ConstraintActivityPreferredStartingTime>
<ConstraintActivityPreferredStartingTime><Weight_Percentage>100</Weight_Percentage><Activity_Id>3</Activity_Id><Preferred_Day>Day 2</Preferred_Day><Preferred_Hour>1</Preferred_Hour></ConstraintActivityPreferredStartingTime>
<ConstraintActivityPreferredStartingTime><Weight_Percentage>100</Weight_Percentage><Activity_Id>4</Activity_Id><Preferred_Day>Day 2</Preferred_Day><Preferred_Hour>1</Preferred_Hour></ConstraintActivityPreferredStartingTime>
<ConstraintActivityPreferredStartingTime><Weight_Percentage>100</Weight_Percentage><Activity_Id>5</Activity_Id><Preferred_Day>Day 2</Preferred_Day><Preferred_Hour>2</Preferred_Hour></ConstraintActivityPreferredStartingTime>
<ConstraintTeacherNotAvailableTimes><Teacher>李</Teacher><Not_Available_Time><Day>Day 2</Day><Hour>3</Hour></Not_Available_Time></ConstraintTeacherNotAvailableTimes>
</Time_Constraints_List>
<Space_Constraints_List>
<ConstraintActivityPreferredRoom><Activity_Id>1</Activity_Id><Room>R1</Room></ConstraintActivityPreferredRoom>
</Space_Constraints_List>
</fet>"""


def imported(tmp_path: Path, text: str = SMALL, wanted: Wanted = WANTED) -> Imported:
    path = tmp_path / "elm.fet"
    path.write_text(text, encoding="utf-8")
    return read_fet(path, wanted)


def refused(tmp_path: Path, text: str) -> str:
    with pytest.raises(SchoolProblems) as caught:
        imported(tmp_path, text)
    return str(caught.value)


# --- real schools ---


def test_hopwood_has_26_teachers_and_the_clock_of_its_hour_names(real_data: Path) -> None:
    school = read_fet(real_data / "fet" / "Hopwood.fet", Wanted(MONDAY)).school
    assert (school.name, school.domain, len(school.staff)) == ("Hopwood ESOL", "hopwood-esol.example", 26)
    assert list(school.bells) == ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday"]  # nobody teaches on Saturday
    assert [(p.start, p.end) for p in school.bells["Monday"]][:2] == [
        (time(9, 30), time(11)),
        (time(11, 15), time(12, 45)),
    ]
    assert sum(entry.kind is Has.CLASS for entry in school.timetable) == 173
    assert all(day.date.strftime("%A") == day.day_type for day in school.school_days)
    assert len(school.school_days) == 90


def test_the_international_school_has_104_teachers_rooms_and_a_week_from_sunday(real_data: Path) -> None:
    brought = read_fet(real_data / "fet" / "IBDP-School-2016.fet", Wanted(MONDAY))
    school = brought.school
    assert len(school.staff) == 104
    lessons = [entry for entry in school.timetable if entry.kind is Has.CLASS]
    # FET lists 1,809 hours; three of them belong to activities that are switched off.
    assert len(lessons) == 1806
    assert sum(not entry.room for entry in lessons) <= 2
    assert {day.date.strftime("%A") for day in school.school_days} == set(school.bells)
    assert set(school.bells) == {"Sunday", "Monday", "Tuesday", "Wednesday", "Thursday"}
    assert [f"{p.start:%H:%M}" for p in school.bells["Sunday"]] == [
        "08:00", "08:55", "09:50", "11:00", "11:55", "13:05", "14:00"
    ]  # fmt: skip
    assert all(p.is_class for p in school.bells["Sunday"])
    assert any("no clock times" in sentence for sentence in brought.assumed)
    grades = {grade for person in school.staff.values() for grade in person.grades}
    assert grades == {"7", "8", "9", "10", "11", "12", "13"}


@pytest.mark.parametrize("name", SCHOOLS)
def test_a_real_school_reads_back_from_its_folder_without_a_problem(real_data: Path, tmp_path: Path, name: str) -> None:
    school = read_fet(real_data / "fet" / f"{name}.fet", Wanted(MONDAY)).school
    write_school(school, tmp_path / "school")
    again, problems, _ = check_school(tmp_path / "school")
    assert problems == []
    assert again == school


@pytest.mark.parametrize("name", SCHOOLS)
def test_two_hundred_pairs_of_a_real_school_have_an_opening_or_a_reason_in_every_class_period(
    real_data: Path, name: str
) -> None:
    school = read_fet(real_data / "fet" / f"{name}.fet", Wanted(MONDAY)).school
    known = Known(school, datetime(2026, 9, 7, 12, tzinfo=UTC))
    first, last = MONDAY, date(2026, 9, 11)
    dice = random.Random(7)  # which pairs is of no consequence
    expected = [(slot.date, slot.period) for slot in school.class_slots(first, last)]
    kinds: Counter[str] = Counter()
    for _ in range(200):
        visitor, host = dice.sample(sorted(school.staff), 2)
        found = list(survey((visitor,), host, first, last, known))
        assert [(one.slot.date, one.slot.period) for one in found] == expected
        for one in found:
            reasons = list(objections(Ask((visitor,), host, one.slot), known))
            assert isinstance(one, Opening) == (not reasons)
            assert isinstance(one, Opening) or list(one.reasons) == reasons
            kinds.update({"opening"} if isinstance(one, Opening) else {reason.code for reason in one.reasons})
            if isinstance(one, Closed):
                assert all(reason.sentence.endswith(".") and reason.rule for reason in one.reasons)
            else:
                assert school.has(visitor, one.slot.date, one.slot.period) is Has.PREP
                assert school.has(host, one.slot.date, one.slot.period) is Has.CLASS
        assert openings((visitor,), host, first, last, known) == [one for one in found if isinstance(one, Opening)]
    assert kinds["opening"] > 200
    assert {"no_class", "no_prep", "past", "notice", "prep_floor_day"} <= set(kinds)


# --- small ones ---


def test_what_fet_does_not_know_is_assumed_and_said(tmp_path: Path) -> None:
    brought = imported(tmp_path, wanted=Wanted(date(2026, 9, 2)))
    told = "\n".join(brought.assumed)
    for words in (
        "the day begins at 08:00 with 50-minute periods",
        "the term goes from 2026-09-07 to 2027-01-10",
        "made from the names, at elm-school.example",
        "read as UTC",
        "1 activity is switched off in FET and left out.",
        "Nobody is the coordinator yet",
    ):
        assert words in told


def test_names_become_addresses_that_differ(tmp_path: Path) -> None:
    staff = imported(tmp_path).school.staff
    assert list(staff) == ["jose.ruiz@hopwood.example", "jose.ruiz2@hopwood.example", "li@hopwood.example"]


def test_long_activities_fill_their_hours_and_bring_their_room_building_and_grade(tmp_path: Path) -> None:
    school = imported(tmp_path).school
    for email in ("jose.ruiz@hopwood.example", "li@hopwood.example"):
        rows = school.timetable.day(email, "Day 1")
        assert [(e.period, e.kind, e.room, e.section, e.grade) for e in rows.values()] == [
            ("1", Has.CLASS, "R1", "7A", "7"),
            ("2", Has.CLASS, "R1", "7A", "7"),
        ]
        assert (school.person(email).building, school.person(email).room) == ("West", "R1")


def test_activities_without_students_are_duties_and_switched_off_ones_nothing(tmp_path: Path) -> None:
    school = imported(tmp_path).school
    rows = school.timetable.day("jose.ruiz2@hopwood.example", "Day 2")
    assert {(e.period, e.kind, e.course) for e in rows.values()} == {
        ("3", Has.CLASS, "Music"),
        ("1", Has.DUTY, "Meeting"),
    }
    assert school.timetable.day("li@hopwood.example", "Day 2")["3"].kind is Has.OFF


def test_an_hour_called_lunch_is_lunch(tmp_path: Path) -> None:
    bell = imported(tmp_path).school.bells["Day 1"]
    assert [period.kind for period in bell] == [PeriodKind.CLASS, PeriodKind.CLASS, PeriodKind.LUNCH, PeriodKind.CLASS]


def test_a_cycle_that_is_no_week_goes_round_over_the_weekdays(tmp_path: Path) -> None:
    school = imported(tmp_path, wanted=Wanted(MONDAY, date(2026, 9, 9), date(2026, 9, 15))).school
    assert [(day.date.day, day.day_type) for day in school.school_days] == [
        (9, "Day 1"), (10, "Day 2"), (11, "Day 1"), (14, "Day 2"), (15, "Day 1")
    ]  # fmt: skip


NO_TIMES = SMALL[: SMALL.index("<Time_Constraints_List>")] + "</fet>"
REFUSED = [
    (NO_TIMES, "elm.fet: there is no timetable in this file"),
    ("", "elm.fet, row 1: this is not readable XML"),
    ("not xml", "elm.fet, row 1: this is not readable XML"),
    (SMALL[:900], "this is not readable XML"),
    ("<html/>", "elm.fet, html: this is XML, but not a FET file"),
    ('<!DOCTYPE f [<!ENTITY x "y">]><fet>&x;</fet>', "the file defines or refers to XML entities"),
    (SMALL.replace("<Teacher><Name>李</Name></Teacher>", ""), 'activity 1 has "李", who is not in the list of teachers'),
    (SMALL.replace("<Day>Day 1</Day><Hour>1", "<Day>Day 3</Day><Hour>1"), 'activity 1 starts on "Day 3" at "1"'),
    (SMALL.replace("<Day>Day 1</Day><Hour>1", "<Day>Day 1</Day><Hour>3"), 'goes on for 2 hours from "3", past the day'),
    (SMALL.replace("<Preferred_Day>Day 2</Preferred_Day><Preferred_Hour>3", "<Preferred_Day>Day 2</Preferred_Day><Preferred_Hour>1"), "Jose Ruiz has the activities 2 and 3 at once"),
    (SMALL.replace("<Activity_Id>2</Activity_Id><Pref", "<Activity_Id>1</Activity_Id><Pref"), "activity 1 starts both at Day 1 1 and at Day 2 3"),
    (SMALL.replace("<Duration>2", "<Duration>two"), 'or "two" for its duration'),
    (SMALL.replace("Day 2</Name>", "Day 1</Name>"), 'elm.fet, Days_List: "Day 1" is there twice'),
    (SMALL.replace("Teacher>", "Lehrer>"), "elm.fet, Teachers_List: there is no teacher in this file, so nobody could be visited"),
    (SMALL.replace("<Activity_Id>1<", "<Activity_Id>9<").replace("<Activity_Id>2<", "<Activity_Id>8<"), "only what one could be made from (1 of 3 activities have a time)"),
    (SMALL.replace("Hour", "Stunde"), "elm.fet, Hours_List: there is nothing in this list"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "words"), REFUSED)
def test_a_file_that_cannot_be_a_school_is_refused_in_sentences(tmp_path: Path, text: str, words: str) -> None:
    sentence = refused(tmp_path, text)
    assert words in sentence
    assert all(line.endswith(".") for line in sentence.splitlines())


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SchoolProblems, match=r"cannot be read \(No such file"):
        read_fet(tmp_path / "none.fet", WANTED)


# --- modes of FET ---

HALVES = (
    SMALL.replace('version="6.8.5">', 'version="6.8.5"><Mode>Mornings-Afternoons</Mode>')
    .replace("Day 1<", "Dim M<")
    .replace("Day 2<", "Dim S<")
    .replace("</Day></Days_List>", "</Day><Day><Name>Lun M</Name></Day><Day><Name>Lun S</Name></Day></Days_List>")
)


def test_mornings_and_afternoons_are_one_day_with_the_hours_of_both(tmp_path: Path) -> None:
    brought = imported(tmp_path, HALVES)
    school = brought.school
    assert [(p.name, f"{p.start:%H:%M}") for p in school.bells["Dim"]] == [
        ("1", "08:00"), ("2", "08:55"), ("afternoon 1", "13:30"), ("afternoon 2", "14:25"), ("afternoon 3", "15:20")
    ]  # fmt: skip
    assert {period: entry.course for period, entry in school.timetable.day("jose.ruiz2@hopwood.example", "Dim").items()} == {
        "afternoon 1": "Meeting", "afternoon 3": "Music"
    }  # fmt: skip
    assert {day.date.strftime("%A") for day in school.school_days} == {"Sunday"}  # nobody teaches on Monday
    assert any("each two are one day here" in sentence for sentence in brought.assumed)


@pytest.mark.parametrize("version", ["5.27.3-morocco8", "5.27.3-algeria", "5.27.3-ma10"])
def test_the_older_versions_with_half_days_are_known_by_their_name(tmp_path: Path, version: str) -> None:
    text = HALVES.replace("<Mode>Mornings-Afternoons</Mode>", "").replace("6.8.5", version)
    assert list(imported(tmp_path, text).school.bells) == ["Dim"]


def test_breaks_are_no_lessons_and_at_the_end_of_a_day_no_school(tmp_path: Path) -> None:
    broken = "".join(
        f"<Break_Time><Day>Day {day}</Day><Hour>{hour}</Hour></Break_Time>" for day, hour in ((2, 2), (1, 3))
    )
    text = SMALL.replace("</Time_Con", f"<ConstraintBreakTimes>{broken}</ConstraintBreakTimes></Time_Con")
    bells = imported(tmp_path, text).school.bells
    assert [(p.name, p.kind) for p in bells["Day 2"]] == [
        ("1", PeriodKind.CLASS), ("2", PeriodKind.LUNCH), ("Lunch", PeriodKind.LUNCH), ("3", PeriodKind.CLASS)
    ]  # fmt: skip
    assert [p.name for p in bells["Day 1"]] == ["1", "2", "Lunch"]


def test_a_virtual_room_is_told_as_the_rooms_one_can_walk_to(tmp_path: Path) -> None:
    text = SMALL.replace("<Room>R1</Room>", "<Room>V</Room><Real_Room>R1</Real_Room><Real_Room>R2</Real_Room>")
    assert {entry.room for entry in imported(tmp_path, text).school.timetable if entry.course == "Art"} == {"R1 + R2"}


def test_each_term_of_a_file_of_terms_has_its_share_of_the_dates(tmp_path: Path) -> None:
    days = "".join(f"<Day><Name>{term} - {day}</Name></Day>" for term in "12" for day in ("maanantai", "tiistai"))
    text = SMALL.replace("Day 1<", "1 - maanantai<").replace("Day 2<", "2 - tiistai<")
    listed = f"<Number_of_Terms>2</Number_of_Terms><Days_List>{days}</Days_List>"
    text = text[: text.index("<Days_List>")] + listed + text[text.index("<Hours_List>") :]
    school = imported(tmp_path, text, Wanted(MONDAY, MONDAY, date(2026, 10, 4))).school
    assert [(day.date.day, day.day_type) for day in school.school_days] == [
        (7, "1 - maanantai"), (14, "1 - maanantai"), (22, "2 - tiistai"), (29, "2 - tiistai")
    ]  # fmt: skip


# --- hours ---


@pytest.mark.parametrize(
    ("name", "times"),
    [
        ("9.30 - 11.00", (time(9, 30), time(11))),
        ("P1 (08:05-08:50)", (time(8, 5), time(8, 50))),
        ("8h15 à 9h00", (time(8, 15), time(9))),
        ("13:00–13:45", (time(13), time(13, 45))),
        ("11.00 - 9.30", (time(11), None)),
        ("12:20-1:05", (time(12, 20), time(13, 5))),
        ("3rd 10:05", (time(10, 5), None)),
        ("25.00 - 26.00", None),
        ("Period 3/Break", None),
        ("1", None),
    ],
)
def test_clock_times_are_read_out_of_names(name: str, times: tuple[time, time | None] | None) -> None:
    assert clock_times(name) == times


@pytest.mark.parametrize(
    ("names", "begins", "clock"),
    [
        (["08:30", "09:20", "10:30", "12:10", "1:10", "2:00"], "08:30 09:20 10:30 12:10 13:10 14:00", Clock.BEGUN),
        (["7", "8", "9", "10"], "07:00 08:00 09:00 10:00", Clock.BEGUN),
        (["12:10 - 01.00", "01:00 - 02.00"], "12:10 13:00", Clock.NAMED),
        (["07:30 - 08:30", "Brk", "08:50", "09:50", "later"], "07:30 08:30 08:50 09:50 10:50", Clock.BEGUN),
        (["1", "2", "3"], "08:00 08:55 09:50", Clock.ASSUMED),
        (["10:00", "9:00 - 9:50", "8:00"], "08:00 08:55 09:50", Clock.ASSUMED),
    ],
)
def test_hours_begin_when_their_names_say(names: list[str], begins: str, clock: Clock) -> None:
    made, from_where = periods(names, names)
    assert " ".join(f"{period.start:%H:%M}" for period in made) == begins
    assert from_where is clock


@given(
    st.lists(
        st.text(min_size=1) | st.from_regex(r"\A[0-9]{1,2}:[0-9]{2}( ?- ?[0-9]{1,2}:[0-9]{2})?\Z"),
        min_size=1,
        max_size=90,
        unique=True,
    )
)
def test_any_hours_make_periods_in_order_that_do_not_overlap(names: list[str]) -> None:
    made, _ = periods(names, names)
    assert [period.name for period in made] == names
    assert all(period.start < period.end for period in made)
    assert all(one.end <= other.start for one, other in pairwise(made))


@given(
    st.sampled_from(
        ["Elm School", "Day 1", "Lunch", "José Ruiz", "李", "07A-D", "7A", "Art", "R1", "West", "100", "true", ">1<"]
    ),
    st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=12),
)
@settings(max_examples=80)
@example("Art", 'a;b, "c"')
@example("Elm School", 'x"\\\n')
@example("7A", "=1+1")
@example("7A", "")
@example("Day 1", "\x7f")
def test_any_name_in_a_file_ends_in_a_school_that_reads_back_or_in_problems(old: str, new: str) -> None:
    inside = f">{new}<" if old == ">1<" else new
    text = SMALL.replace(old, escape(inside) if inside == new else f">{escape(new)}<")
    with tempfile.TemporaryDirectory() as folder:
        try:
            school = imported(Path(folder), text).school
        except SchoolProblems as problems:
            said = [str(problem) for problem in problems.problems]
        else:
            said = []
            write_school(school, Path(folder) / "school")
            again, found, _ = check_school(Path(folder) / "school")
            assert found == []
            assert again == school
        assert all(sentence.endswith(".") for sentence in said)
