"""Teachers' calendars as a school: what returns week after week is the timetable."""

from __future__ import annotations

from datetime import date, time
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sync.core.school.timetable import Has
from sync.schools.folder.folder import check_school
from sync.schools.folder.writer import write_school
from sync.schools.imports.calendars import read_calendars
from sync.schools.imports.icalendar import parse_calendar
from sync.schools.imports.source import Wanted
from sync.schools.problems import SchoolProblems

CHICAGO = ZoneInfo("America/Chicago")
WANTED = Wanted(date(2026, 9, 7), zone=CHICAGO, domain="oak.example")
LAST = date(2027, 1, 31)
SKIPPED = "\r\nEXDATE;TZID=America/Chicago:20260908T090000"


def calendar(*events: str, name: str = "") -> str:
    body = "".join(f"BEGIN:VEVENT\r\n{event}\r\nEND:VEVENT\r\n" for event in events)
    named = f"X-WR-CALNAME:{name}\r\n" if name else ""
    return f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{named}{body}END:VCALENDAR\r\n"


def lesson(start: str, end: str, summary: str, rule: str = "FREQ=WEEKLY;UNTIL=20261218T235959Z", more: str = "") -> str:
    zone = "TZID=America/Chicago"
    return f"SUMMARY:{summary}\r\nDTSTART;{zone}:{start}\r\nDTEND;{zone}:{end}\r\nRRULE:{rule}{more}"


@pytest.fixture
def oak(tmp_path: Path) -> Path:
    folder = tmp_path / "oak"
    folder.mkdir()
    (folder / "ada@oak.example.ics").write_text(
        calendar(
            lesson("20260907T080000", "20260907T084500", "Science 7\\, group 1", more="\r\nLOCATION:Lab 2"),
            lesson("20260907T085000", "20260907T093500", "Gate duty"),
            lesson("20260908T080000", "20260908T084500", "Science 8"),
            "SUMMARY:Dentist\r\nDTSTART;TZID=America/Chicago:20260910T080000\r\nDTEND;TZID=America/Chicago:20260910T090000",
            "SUMMARY:Holiday\r\nDTSTART;VALUE=DATE:20260914",
            name="Ada Marsh",
        )
    )
    (folder / "ben.ics").write_text(
        calendar(
            # in UTC, and a little off the bell
            "SUMMARY:Maths\r\n 10\r\nDTSTART:20260907T135500Z\r\nDURATION:PT40M\r\nRRULE:FREQ=WEEKLY;COUNT=10",
            lesson("20260908T080000", "20260908T084500", "Maths 7"),
            name="Ben Castillo",
        )
    )
    return folder


def test_lessons_that_return_are_the_timetable_and_others_are_not(oak: Path) -> None:
    read = read_calendars(oak, WANTED)
    school = read.school
    assert {one.name: one.email for one in school.staff.values()} == {
        "Ada Marsh": "ada@oak.example",
        "Ben Castillo": "ben.castillo@oak.example",
    }
    first = school.timetable.day("ada@oak.example", "Monday")["1"]
    assert (first.kind, first.course, first.grade, first.room) == (Has.CLASS, "Science 7, group 1", "7", "Lab 2")
    assert school.bells["Monday"].periods[0].start == time(8)
    assert school.has("ada@oak.example", date(2026, 9, 7), "2") is Has.DUTY
    assert school.timetable.day("ben.castillo@oak.example", "Monday")["2"].course == "Maths10"
    assert set(school.bells) == {"Monday", "Tuesday"}
    assert any("1 entries at other times" in sentence for sentence in read.assumed)
    assert any("1 entries without a time" in sentence for sentence in read.assumed)


def test_what_is_read_is_a_school_folder(oak: Path, tmp_path: Path) -> None:
    school = read_calendars(oak, WANTED).school
    write_school(school, tmp_path / "out")
    again, problems, _ = check_school(tmp_path / "out")
    assert problems == []
    assert again == school


def test_rules_of_repeating_are_followed() -> None:
    text = calendar(
        lesson("20260907T080000", "20260907T084500", "A", "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,WE;COUNT=4"),
        lesson("20260907T090000", "20260907T094500", "B", "FREQ=DAILY;COUNT=3", SKIPPED),
        lesson("20260907T100000", "20260907T104500", "C", "FREQ=MONTHLY"),
    )
    found = parse_calendar(text, CHICAGO, LAST)
    days = {name: [one.day.isoformat() for one in found.occurrences if one.summary == name] for name in "ABC"}
    assert days == {
        "A": ["2026-09-07", "2026-09-09", "2026-09-21", "2026-09-23"],
        "B": ["2026-09-07", "2026-09-09"],
        "C": [],
    }
    assert found.left_out == 1


def test_a_time_in_utc_follows_the_clock_of_the_school() -> None:
    text = calendar("SUMMARY:A\r\nDTSTART:20260907T130000Z\r\nDTEND:20260907T134500Z")
    [one] = parse_calendar(text, CHICAGO, LAST).occurrences
    assert (one.start, one.end) == (time(8), time(8, 45))


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.ics", b"hello", "a.ics, row 1: this is no iCalendar file"),
        ("a.ics", b"BEGIN:VCALENDAR\xff", "is not UTF-8"),
        ("a.ics", b"BEGIN:VCALENDAR\r\nEND:VCALENDAR", "nothing in the calendars returns every week"),
        ("a.txt", b"", "there is no .ics file"),
    ],
)
def test_what_cannot_be_read_is_told_by_file(tmp_path: Path, name: str, data: bytes, said: str) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(SchoolProblems) as told:
        read_calendars(tmp_path, WANTED)
    assert said in str(told.value)


LINES = (
    *("BEGIN:VEVENT", "END:VEVENT", "BEGIN:VALARM", "END:VALARM", "DTSTART:20260907T080000", "DTEND:20260907T090000"),
    *("RRULE:FREQ=WEEKLY", "RRULE:FREQ=DAILY;INTERVAL=0", "RRULE:UNTIL=x;FREQ=WEEKLY", "EXDATE:nonsense", "SUMMARY:x"),
)
lines = st.sampled_from(LINES) | st.text(max_size=12)


@given(st.lists(lines, max_size=12))
@settings(max_examples=80)
def test_whatever_a_file_holds_is_read_without_a_fault(text: list[str]) -> None:
    found = parse_calendar("\n".join(["BEGIN:VCALENDAR", *text]), CHICAGO, LAST)
    assert all(one.start < one.end for one in found.occurrences)
