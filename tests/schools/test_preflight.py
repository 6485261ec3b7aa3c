# ruff: noqa: E501  (one plant a line reads as a table)
"""Everything that makes slots silently vanish is planted once, and found by file, row and field."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from sync.core.preflight.gaps import Reach
from sync.core.preflight.preflight import preflight
from sync.schools.folder.folder import check_school
from sync.schools.folder.writer import school_files
from sync.schools.problems import Problem
from tests.personas import ADA, BEN, maple

STAFF, BELLS, DAYS, TIMETABLE = "staff.csv", "bell_schedule.csv", "days.csv", "timetable.csv"
GROUPS, BUSY, WISHES, SETTINGS, RULES = "groups.csv", "busy.csv", "wishes.csv", "school.toml", "rules.toml"
Found = Callable[[dict[str, str]], list[Problem]]


@dataclass(frozen=True)
class Plant:
    """One change to a school without a gap, and where it is to be found."""

    words: str
    file: str
    row: int
    field: str
    change: tuple[str, str, str]
    """(file, old, new); an empty old text adds the new one at the end"""


EVERY_DAY = "every day,6,12:50,13:35,class\n"
GUS = "gus@maple.example,every day"
PLANTS = [
    Plant("has no bell schedule", DAYS, 3, "day_type", (DAYS, "2026-03-03,every day", "2026-03-03,short day")),
    Plant("before \"5\" (row 7) ends", BELLS, 8, "start", (BELLS, "6,12:50", "6,12:40")),
    Plant("ends at 09:35, before it starts", BELLS, 3, "end", (BELLS, "2,08:50", "2,18:50")),
    Plant("there is no period \"9\"", TIMETABLE, 2, "period", (TIMETABLE, f"{ADA},every day,1", f"{ADA},every day,9")),
    Plant("is not on the staff list", TIMETABLE, 2, "email", (TIMETABLE, f"{ADA},every day,1", "adda@maple.example,every day,1")),
    Plant("is not on the staff list", GROUPS, 3, "email", (GROUPS, BEN, "bem@maple.example")),
    Plant("is not a time zone", SETTINGS, 2, "timezone", (SETTINGS, "America/New_York", "New York")),
    Plant("the time zone is UTC", SETTINGS, 0, "timezone", (SETTINGS, "America/New_York", "UTC")),
    Plant("lies in no term", DAYS, 42, "date", (DAYS, "", "2026-06-01,every day,\n")),
    Plant("two things at once", TIMETABLE, 17, "period", (TIMETABLE, "", f"{ADA},every day,1,class,X,X,7,R1\n")),
    Plant("has no school day", SETTINGS, 0, "terms", (SETTINGS, "", '\n[[terms]]\nname = "Summer"\nfrom = 2026-06-01\nto = 2026-06-30\n')),
    Plant("on a Saturday or Sunday", DAYS, 42, "date", (DAYS, "", "2026-03-07,every day,\n")),
    Plant("outside school hours", BELLS, 9, "start", (BELLS, "", "every day,7,01:40,02:25,class\n")),
    Plant("has no class period", BELLS, 9, "kind", (BELLS, "", "assembly,all,08:00,12:00,homeroom\n")),
    Plant("no date has the day type", BELLS, 0, "day_type", (BELLS, "", "assembly,all,08:00,12:00,class\n")),
    Plant("the clock changes during", BELLS, 9, "start", (BELLS, "", "night,N,01:30,03:30,class\n")),
    Plant("nobody teaches in period 7", TIMETABLE, 0, "period", (BELLS, "", "every day,7,13:40,14:25,class\n")),
    Plant("which is no class period", TIMETABLE, 17, "period", (TIMETABLE, "", f"{ADA},every day,lunch,class,X,X,7,R1\n")),
    Plant("nobody is the coordinator", STAFF, 0, "roles", (STAFF, "teacher;coordinator", "teacher")),
    Plant("outside maple.example", STAFF, 8, "email", (STAFF, "", "hal@elsewhere.example,Hal,cover,,,,,,no\n")),
    Plant("1 teacher without a row: Hal", TIMETABLE, 0, "email", (STAFF, "", "hal@maple.example,Hal,teacher,,,,,,no\n")),
    Plant("Gus has no prep period", TIMETABLE, 14, "kind", (TIMETABLE, "", "".join(f"{GUS},{p},duty,,,,\n" for p in (3, 4, 5)))),
    Plant("less than 400 minutes of prep", RULES, 0, "agreement.prep_floor_minutes_per_day", (RULES, "", "[agreement]\nprep_floor_minutes_per_day = 400\n")),
    Plant("so nobody can come", TIMETABLE, 2, "period", (TIMETABLE, "", "")),
    Plant("no open class is taught while Gus has prep", STAFF, 0, "open_to_visits", (TIMETABLE, "", "")),
    Plant("has one member only", GROUPS, 5, "group", (GROUPS, "", f"Group 2,{BEN}\n")),
    Plant("has no common time", GROUPS, 5, "email", (GROUPS, "", f"Group 2,{BEN}\nGroup 2,cleo@maple.example\nGroup 2,eve@maple.example\n")),
    Plant("in more than one group", GROUPS, 0, "email", (GROUPS, "", f"Group 2,{BEN}\nGroup 2,{ADA}\n")),
    Plant("100 school days of notice", RULES, 0, "agreement.notice_school_days", (RULES, "", "[agreement]\nnotice_school_days = 100\n")),
    Plant("do not fit into 8 weeks", RULES, 0, "goal.visits_per_teacher", (RULES, "", "[goal]\nvisits_per_teacher = 20\nvisits_hosted_at_most = 40\n")),
    Plant("visits are wanted", RULES, 0, "goal.visits_hosted_at_most", (RULES, "", '[goal]\nkind = "pair"\nvisits_per_teacher = 3\nvisits_hosted_at_most = 1\n')),
    Plant("no teacher is open to visits", STAFF, 0, "open_to_visits", (STAFF, ",yes\n", ",no\n")),
    Plant("busy for more than two weeks", BUSY, 2, "end", (BUSY, "", f"email,start,end\n{ADA},2026-03-02T08:00,2027-03-02T08:00\n")),
    Plant("to visit somebody who is not open", WISHES, 0, "other", (WISHES, "", f"email,wish,other\n{ADA},visit,fay@maple.example\n")),
    Plant("nobody would find the classes of Gus", TIMETABLE, 14, "room", (STAFF, "Room 16", "")),
    Plant("two different classes at once", TIMETABLE, 18, "room", (TIMETABLE, "", "")),
]  # fmt: skip
SPECIAL: dict[str, Callable[[dict[str, str]], None]] = {}


def special(words: str) -> Callable[[Callable[[dict[str, str]], None]], None]:
    def keep(change: Callable[[dict[str, str]], None]) -> None:
        SPECIAL[words] = change

    return keep


@special("has no common time")
def _never_two_of_them_free(files: dict[str, str]) -> None:
    for email, only in (("ben", "2"), ("cleo", "4"), ("eve", "5")):
        address = f"{email}@maple.example"
        kept = {line.split(",")[2] for line in files[TIMETABLE].splitlines() if line.startswith(address)}
        files[TIMETABLE] += "".join(f"{address},every day,{p},duty,,,,\n" for p in "123456" if p not in kept | {only})


@special("so nobody can come")
def _everybody_teaches_first(files: dict[str, str]) -> None:
    lines = files[TIMETABLE].splitlines()
    header, rows = lines[0], [line for line in lines[1:] if line.split(",")[0] != ADA and line.split(",")[2] != "1"]
    first = [f"{ADA},every day,1,class,S,S,7,"]
    others = [f"{email}@maple.example,every day,1,duty,,,," for email in ("ben", "cleo", "eve", "fay", "gus")]
    files[TIMETABLE] = "\n".join([header, *first, *rows, *others]) + "\n"


@special("no open class is taught while Gus has prep")
def _gus_is_free_when_nobody_teaches(files: dict[str, str]) -> None:
    taken = {line.split(",")[2] for line in files[TIMETABLE].splitlines()[1:] if not line.startswith("gus@")}
    rows = [line for line in files[TIMETABLE].splitlines() if not line.startswith("gus@")]
    files[TIMETABLE] = "\n".join(rows + [f"{GUS},{period},class,A,A,8," for period in sorted(taken)]) + "\n"
    files[BELLS] += "every day,7,13:40,14:25,class\nevery day,8,14:30,15:15,class\n"


@special("two different classes at once")
def _one_room(files: dict[str, str]) -> None:
    files[TIMETABLE] = (
        files[TIMETABLE]
        .replace("SCI-1,Science,7,", "SCI-1,Science,7,Hall")
        .replace("MAT-1,Mathematics,7,", "MAT-1,Mathematics,7,Hall")
    )


@special("the clock changes during")
def _a_night(files: dict[str, str]) -> None:
    files[DAYS] += "2026-03-08,night,\n"


@special("no date has the day type")
def _nothing(files: dict[str, str]) -> None:
    """The plain change is enough."""


@pytest.fixture
def found(tmp_path: Path) -> Found:
    def look(files: dict[str, str]) -> list[Problem]:
        for name, text in files.items():
            (tmp_path / name).write_text(text, encoding="utf-8")
        _, problems, oddities = check_school(tmp_path)
        return problems + oddities

    return look


def planted(plant: Plant) -> dict[str, str]:
    files = school_files(maple())
    file, old, new = plant.change
    text = files.get(file, "")
    files[file] = text.replace(old, new) if old else text + new
    SPECIAL.get(plant.words, _nothing_more)(files)
    return files


def _nothing_more(files: dict[str, str]) -> None:
    return None


def test_a_school_without_a_gap_has_none(found: Found) -> None:
    told = [one for one in found(school_files(maple())) if "clocks of" not in one.what]
    assert told == []


@pytest.mark.parametrize("plant", PLANTS, ids=lambda plant: plant.words.replace(" ", "-"))
def test_a_planted_gap_is_found_and_named_by_its_cell(plant: Plant, found: Found) -> None:
    told = [one for one in found(planted(plant)) if plant.words in str(one)]
    assert [one.file for one in told] == [plant.file], "found once"
    [one] = told
    assert one.field == plant.field
    if plant.words not in SPECIAL:
        assert one.row == plant.row
    assert one.do


def test_what_touches_most_people_comes_first(found: Found) -> None:
    files = school_files(maple())
    files[GROUPS] += f"Group 2,{BEN}\n"
    files[SETTINGS] = files[SETTINGS].replace("America/New_York", "UTC")
    told = found(files)
    assert [one.people for one in told] == sorted((one.people for one in told), reverse=True)
    assert "UTC" in told[0].what


def test_what_only_google_and_the_clock_know_is_told_too() -> None:
    reach = Reach(
        today=date(2027, 1, 1),
        never_connected=frozenset({ADA}),
        missing_scopes=("calendar.events",),
        not_shared_with=frozenset({"cleo@maple.example"}),
    )
    told = {gap.code: gap.people for gap in preflight(maple(), reach)}
    assert told == {"scopes": 6, "days_over": 6, "calendar": 1, "sharing": 1}
