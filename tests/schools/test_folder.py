"""A school folder without a fault, as people and programs save it."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from sync.core.school.agreement import Kind
from sync.core.school.bell import PeriodKind
from sync.core.school.school import NoSuchPerson
from sync.core.school.timetable import Has
from sync.schools.folder.folder import check_school, read_school, spoken_name
from tests.schools.small_school import SMALL, Files, Put


def test_everything_a_folder_says_is_in_the_school(put: Put, small: Files) -> None:
    school = read_school(put(small))
    assert (school.name, school.zone, school.domain) == ("Oak School", ZoneInfo("America/Chicago"), "oak.example")
    assert [term.name for term in school.terms] == ["Fall"]
    ben = school.person("BEN@oak.example")
    assert (ben.roles, ben.grades, ben.specialty, ben.open_to_visits) == (
        ("teacher", "specialist"),
        ("7",),
        "robotics",
        True,
    )
    assert not school.person("cleo@oak.example").open_to_visits
    assert [(p.name, p.start, p.kind) for p in school.bells["A"]][:2] == [
        ("HR", time(8), PeriodKind.HOMEROOM),
        ("1", time(8, 15), PeriodKind.CLASS),
    ]
    assert [day.date for day in school.school_days] == [date(2026, 9, d) for d in (1, 2, 3, 4, 8)]
    assert school.groups == {"Sevens": ("ada@oak.example", "ben@oak.example")}
    assert school.busy[0].start == datetime(2026, 9, 3, 14, tzinfo=UTC)
    assert school.wishes[0].other == "ben@oak.example"
    assert (school.rules.agreement.room_cap, school.rules.goal.kind) == (2, Kind.PAIR)
    assert school.rules.agreement.notice_school_days == 1  # from the pack


def test_what_a_person_has_is_the_row_then_the_bells_kind_then_prep(put: Put, small: Files) -> None:
    school = read_school(put(small))
    day = date(2026, 9, 1)
    having = {period: school.has("ada@oak.example", day, period) for period in ("HR", "1", "2", "L", "3", "9")}
    assert having == {
        "HR": Has.HOMEROOM,
        "1": Has.CLASS,
        "2": Has.PREP,
        "L": Has.LUNCH,
        "3": Has.PREP,
        "9": Has.OFF,
    }
    assert school.has("ben@oak.example", day, "3") is Has.DUTY
    assert school.has("ada@oak.example", date(2026, 9, 7), "1") is Has.OFF


def test_the_room_is_the_lessons_and_else_the_teachers_own(put: Put, small: Files) -> None:
    school = read_school(put(small))
    assert school.room_of("ben@oak.example", date(2026, 9, 1), "2") == "W2"
    assert school.room_of("ada@oak.example", date(2026, 9, 2), "1") == "E1"


@pytest.mark.parametrize("name", ["groups.csv", "busy.csv", "wishes.csv", "rules.toml", "school.toml"])
def test_optional_files_may_be_missing(put: Put, small: Files, name: str) -> None:
    del small[name]
    school, problems, _ = check_school(put(small))
    assert problems == []
    assert school is not None


def test_without_school_toml_zone_is_utc_and_name_and_domain_come_from_what_is_there(put: Put, small: Files) -> None:
    del small["school.toml"]
    school = read_school(put(small))
    assert (school.zone.key, school.name, school.domain, school.terms) == ("UTC", "Oak School", "oak.example", ())


def as_excel(text: str) -> bytes:
    return b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode()


def with_blank_lines(text: str) -> bytes:
    head, *rows = text.splitlines()
    return "\n".join(["", head, "", *(row + "\n,,"[: head.count(",") + 1] for row in rows), "", " "]).encode()


def old_mac(text: str) -> bytes:
    return text.replace("\n", "\r").encode()


def quoted(text: str) -> bytes:
    return "\n".join(",".join(f'"{cell}"' for cell in line.split(",")) for line in text.splitlines()).encode()


def shouted_heads(text: str) -> bytes:
    head, _, rest = text.partition("\n")
    return f" {head.upper().replace(',', ' , ')}\n{rest}".encode()


@pytest.mark.parametrize("saved", [as_excel, with_blank_lines, old_mac, quoted, shouted_heads])
def test_files_read_the_same_however_a_program_saves_them(
    put: Put, small: Files, saved: object, tmp_path: Path
) -> None:
    plain = read_school(put(small))
    assert callable(saved)
    for name, text in SMALL.items():
        if name.endswith(".csv"):
            small[name] = saved(text)
    assert read_school(put(small)) == plain


def test_columns_may_stand_in_any_order_and_unneeded_ones_be_left_out(put: Put, small: Files) -> None:
    small["staff.csv"] = "name,email\nAda Marsh,ADA@oak.example\nBen Castillo,ben@OAK.example\nCleo,cleo@oak.example\n"
    school = read_school(put(small))
    assert school.person("ada@oak.example").roles == ("teacher",)
    assert school.person("ada@oak.example").open_to_visits


def test_a_quoted_cell_may_hold_commas_quotes_and_line_breaks(put: Put, small: Files) -> None:
    small["staff.csv"] = str(small["staff.csv"]).replace("Ada Marsh", '"Marsh, ""Ada""\nMaria"')
    assert read_school(put(small)).person("ada@oak.example").name == 'Marsh, "Ada" Maria'


def test_texts_of_all_scripts_are_kept(put: Put, small: Files) -> None:
    small["staff.csv"] = str(small["staff.csv"]).replace("Ada Marsh", "Zoë 李 مريم Ойлер")
    assert read_school(put(small)).person("ada@oak.example").name == "Zoë 李 مريم Ойлер"


def test_somebody_unknown_is_named_with_what_to_do(put: Put, small: Files) -> None:
    with pytest.raises(
        NoSuchPerson, match=r"zoe@oak.example is not on the staff list of Oak School; check the spelling"
    ):
        read_school(put(small)).person("zoe@oak.example")


@pytest.mark.parametrize(
    ("folder", "name"), [("maple-hall", "Maple Hall"), ("oak_school_2", "Oak School 2"), ("--", "School")]
)
def test_a_folder_lends_its_name_to_a_school_without_one(folder: str, name: str) -> None:
    assert spoken_name(folder) == name


def test_what_is_odd_is_told_and_hinders_nobody(put: Put, small: Files) -> None:
    small["bell_schedule.csv"] = str(small["bell_schedule.csv"]) + "C,1,8:00,9:00,class\n"
    small["groups.csv"] = str(small["groups.csv"]) + "Loners,ada@oak.example\n"
    small["staff.csv"] = (
        str(small["staff.csv"]).replace("coordinator", "co-ordinator") + "dan@elm.example,Ada Marsh,,,,,,,\n"
    )
    small["timetable.csv"] = str(small["timetable.csv"]) + "ada@oak.example,A,L,class,X,X,7,W2\n"
    small["timetable.csv"] = str(small["timetable.csv"]) + "ben@oak.example,A,L,class,Y,Y,7,W2\n"
    small["timetable.csv"] = str(small["timetable.csv"]) + "ben@oak.example,B,1,off,,,,\n"
    small["days.csv"] = str(small["days.csv"]) + "2026-11-30,A,\n"
    small["school.toml"] = str(small["school.toml"]) + '[[terms]]\nname="Spring"\nfrom=2026-12-18\nto="2027-05-01"\n'
    school, problems, oddities = check_school(put(small))
    assert problems == []
    assert school is not None
    told = "\n".join(map(str, oddities))
    for words in (
        'no date has the day type "C"',
        '"Loners" has one member only',
        "nobody is the coordinator",
        'the role "co-ordinator" gives no rights here',
        "1 teacher without a row: Ada Marsh",
        "1 address outside oak.example: dan@elm.example",
        "the name Ada Marsh is there twice",
        '2 classes in L of "A", which is no class period',
        'a room holds two different classes at once, first W2 on "A", L',
        "Ben Castillo is off for part of the time",
        'on day type "A" nobody teaches in period 3',
        "the clocks of America/Chicago change on 01 November 2026",
        '"Spring" begins before "Fall" is over',
        '"Spring" has no school day',
        "Ada Marsh in more than one group",
    ):
        assert words in told
    assert all(str(oddity).endswith(".") and "; " in str(oddity) for oddity in oddities)
