"""What holds for any bytes and any school: nothing but problems comes of the first, the second reads back equal."""

from __future__ import annotations

import string
import tempfile
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from sync.core.school.agreement import Agreement, DebriefRule, EmptyPeriod, Goal, Kind, Rules
from sync.core.school.bell import BellSchedule, Period, PeriodKind
from sync.core.school.days import SchoolDay, Term
from sync.core.school.people import ROLES, Person
from sync.core.school.school import Busy, School, Wish
from sync.core.school.timetable import ROW_KINDS, Entry, Timetable
from sync.schools.folder.folder import FILES, read_school, school_of
from sync.schools.folder.rules import packs
from sync.schools.folder.writer import school_files, write_school
from sync.schools.imports.fet import read_fet
from sync.schools.imports.source import Wanted
from sync.schools.problems import Findings, SchoolProblems
from tests.schools.small_school import SMALL

Some = Callable[[st.SearchStrategy[Any]], Any]
HEADERS = {name: text.split("\n")[0] for name, text in SMALL.items()}
CELLS = [
    "ada@oak.example",
    "A",
    "B",
    "1",
    "2",
    "class",
    "8:00",
    "24:00",
    "2026-09-01",
    "0000-01-01",
    "yes",
    ";;",
    '"',
    "",
]


def read(files: dict[str, bytes]) -> School | None:
    found = Findings(FILES)
    school = school_of(files, "oak", found)
    assert (school is None) == bool(found.problems)
    assert all(str(problem).endswith(".") and "\n" not in str(problem) for problem in found.problems)
    return school


@given(st.sampled_from(FILES), st.binary(max_size=300))
@example("rules.toml", b"a = " + b"[" * 20_000)
@example("school.toml", b"a = " + b"9" * 5000)
@example("busy.csv", b"email,start,end\nada@oak.example,0001-01-01T00:00,9999-12-31T23:59-23:59\n")
@example("days.csv", b"date,day_type\n9999-12-31,A\n0001-01-01,A\n")
@example("staff.csv", b'email,name\n"')
@example("staff.csv", b'email,name\n"a"b,c')
@example("school.toml", b"[[terms]]\nfrom = 2026-09-01T00:00:00\nto = 10:00:00\n")
def test_arbitrary_bytes_in_one_file_end_in_problems_or_a_school(name: str, data: bytes) -> None:
    read({file: text.encode() for file, text in SMALL.items()} | {name: data})


@given(st.sampled_from([name for name in FILES if name.endswith(".csv")]), st.text(max_size=200))
def test_arbitrary_text_below_a_good_header_ends_in_problems_or_a_school(name: str, text: str) -> None:
    data = f"{HEADERS[name]}\n{text}".encode("utf-8", "surrogatepass")
    read({file: text.encode() for file, text in SMALL.items()} | {name: data})


@given(
    st.sampled_from([name for name in FILES if name.endswith(".csv")]),
    st.lists(st.lists(st.sampled_from(CELLS), max_size=10), max_size=8),
)
def test_rows_of_plausible_cells_end_in_problems_or_a_school(name: str, rows: list[list[str]]) -> None:
    data = "\n".join([HEADERS[name], *(",".join(row) for row in rows)]).encode()
    read({file: text.encode() for file, text in SMALL.items()} | {name: data})


@given(
    st.sampled_from(["school.toml", "rules.toml"]),
    st.integers(0, 400),
    st.text("[]=\"'.,\n 0123456789abz#{}", max_size=9),
)
def test_toml_with_something_typed_into_it_ends_in_problems_or_a_school(name: str, at: int, typed: str) -> None:
    text = SMALL[name]
    changed = text[: at % len(text)] + typed + text[at % len(text) :]
    read({file: text.encode() for file, text in SMALL.items()} | {name: changed.encode()})


# --- schools ---

WORD = st.text(string.ascii_letters + string.digits + "äßé李 '\",=-+@/\\", min_size=1, max_size=12).map(
    lambda text: " ".join(text.split())
).filter(bool)  # fmt: skip
ITEM = WORD.filter(lambda text: ";" not in text)
MAYBE = st.just("") | WORD
LOCAL = st.text(string.ascii_lowercase + string.digits + ".-_'", min_size=1, max_size=8)
ZONES = st.sampled_from(["UTC", "America/Chicago", "Europe/London", "Asia/Kathmandu", "Australia/Lord_Howe"])
DAYS = st.dates(date(2026, 1, 1), date(2027, 12, 31))


@st.composite
def schools(draw: st.DrawFn) -> School:
    """Any school a folder can say."""

    def some(strategy: st.SearchStrategy[Any]) -> Any:
        return draw(strategy)

    zone = ZoneInfo(some(ZONES))
    emails = sorted(some(st.sets(LOCAL.map(lambda local: f"{local}@oak.example"), min_size=1, max_size=5)))
    staff = {email: _person(some, email) for email in emails}
    day_types = some(st.lists(WORD, min_size=1, max_size=3, unique=True))
    bells = {day_type: _bell(some, day_type) for day_type in day_types}
    days = some(st.sets(DAYS, min_size=1, max_size=8))
    places = [(email, bell.day_type, period.name) for email in emails for bell in bells.values() for period in bell]
    rows = some(st.lists(st.sampled_from(places), min_size=1, unique=True))
    pair = st.tuples(st.sampled_from(emails), st.sampled_from(emails)).filter(lambda two: two[0] != two[1])
    wishes = some(st.lists(pair, max_size=3, unique=True)) if len(emails) > 1 else []
    moments = st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
    return School(
        name=some(WORD),
        zone=zone,
        domain="oak.example",
        staff=staff,
        bells=bells,
        days={
            day: SchoolDay(day, some(st.sampled_from(["", *day_types])), some(MAYBE)) for day in sorted(days)
        },
        timetable=Timetable(
            Entry(*place, some(st.sampled_from(ROW_KINDS)), *(some(MAYBE) for _ in range(4))) for place in rows
        ),
        terms=(Term(some(WORD), min(days), max(days)),) if some(st.booleans()) else (),
        groups={group: tuple(some(st.lists(st.sampled_from(emails), min_size=1, unique=True)))
                for group in some(st.lists(WORD, max_size=2, unique=True))},
        busy=tuple(
            Busy(email, start.astimezone(zone), (start + timedelta(minutes=some(st.integers(1, 600)))).astimezone(zone))
            for email, start in some(st.lists(st.tuples(st.sampled_from(emails), moments), max_size=3))
        ),
        wishes=tuple(Wish(one, some(st.sampled_from(["visit", "partner"])), other) for one, other in wishes),
        rules=_rules(some),
    )  # fmt: skip


def _person(some: Some, email: str) -> Person:
    def listed(strategy: st.SearchStrategy[str], least: int = 0) -> tuple[str, ...]:
        return tuple(some(st.lists(strategy, min_size=least, max_size=3, unique=True)))

    texts = [str(some(st.just("") | WORD)) for _ in range(3)]
    roles = listed(st.sampled_from(sorted(ROLES)), 1)
    return Person(email, str(some(WORD)), roles, listed(ITEM), listed(ITEM), *texts, bool(some(st.booleans())))


def _bell(some: Some, day_type: str) -> BellSchedule:
    minutes = sorted(some(st.sets(st.integers(0, 24 * 60 - 1), min_size=2, max_size=12)))
    names = some(st.lists(WORD, min_size=len(minutes) // 2, max_size=len(minutes) // 2, unique=True))
    times = [time(minute // 60, minute % 60) for minute in minutes]
    kinds = [some(st.sampled_from(list(PeriodKind))) for _ in names]
    spans = zip(names, times[::2], times[1::2], kinds, strict=False)
    return BellSchedule(day_type, tuple(Period(*span) for span in spans))


def _rules(some: Some) -> Rules:
    numbers = [some(st.integers(1, 300)) for _ in range(7)]
    planned = st.sampled_from([Kind.PAIR, Kind.GROUP, Kind.LEARNING, Kind.INQUIRY])
    goal = Goal(
        some(planned),
        debrief=some(st.sampled_from(list(DebriefRule))),
        prep=some(st.sampled_from(list(EmptyPeriod))),
        debrief_outside_hours=bool(some(st.booleans())),
    )
    return Rules(str(some(st.sampled_from(packs()))), Agreement(*numbers), goal)


@given(schools())
@settings(max_examples=40)
def test_what_is_written_reads_back_as_the_same_school(school: School) -> None:
    files = {name: text.encode() for name, text in school_files(school).items()}
    found = Findings(FILES)
    again = school_of(files, "x", found)
    assert found.problems == []
    assert again == school


@given(schools())
@settings(max_examples=10)
def test_a_school_written_to_disk_and_over_another_reads_back(school: School) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a" / "school"
        write_school(school, path)
        write_school(school, path)
        assert read_school(path) == school
        assert [entry.name for entry in path.parent.iterdir()] == ["school"]


@given(st.binary(max_size=200))
@settings(max_examples=50)
def test_no_fet_file_of_arbitrary_bytes_brings_anything_but_problems(data: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "x.fet"
        path.write_bytes(data)
        with pytest.raises(SchoolProblems):
            read_fet(path, Wanted(date(2026, 9, 1)))
