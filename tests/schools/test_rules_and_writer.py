"""Rule packs, terms made from nothing, and what happens to a folder when writing goes wrong."""

from __future__ import annotations

import errno
import os
from dataclasses import fields, replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.core.school.agreement import Agreement, Blocked, Goal, Kind, Rules, Window
from sync.core.school.days import Term
from sync.schools.addresses import slug, unused_address
from sync.schools.folder.folder import check_school, read_school
from sync.schools.folder.rules import PACKS, pack, packs, read_rules
from sync.schools.folder.writer import write_school
from sync.schools.imports.terms import days_of_cycle, term_after, weekday_of
from sync.schools.imports.weekdays import weekdays_of
from sync.schools.problems import Findings, listed
from sync.schools.toml import read_toml
from tests.schools.small_school import Files, Put

# --- packs ---


def test_the_packs_are_there() -> None:
    assert packs() == ["chicago-like", "default", "nasuwt-like", "neu-like", "nyc-like", "us-strict"]


@pytest.mark.parametrize("name", packs())
def test_every_pack_reads_and_says_what_it_is_for(name: str) -> None:
    rules = pack(name)
    assert rules.pack == name
    toml = read_toml((PACKS / f"{name}.toml").read_bytes(), name, Findings())
    assert toml is not None
    assert toml.values["title"]
    assert len(toml.values["about"]) > 40


def test_the_default_pack_says_every_rule_and_agrees_with_the_domains_defaults() -> None:
    toml = read_toml((PACKS / "default.toml").read_bytes(), "default", Findings())
    assert toml is not None
    assert set(toml.values["agreement"]) == {field.name for field in fields(Agreement)}
    assert set(toml.values["goal"]) == {field.name for field in fields(Goal)}
    assert pack("default") == Rules()


def test_no_pack_is_laxer_with_prep_than_the_default() -> None:
    for name in packs():
        agreement = pack(name).agreement
        assert agreement.prep_floor_minutes_per_day >= 30
        assert agreement.room_cap <= 3
        assert agreement.notice_school_days >= 1
        assert agreement.max_visits_per_week == 1


def test_a_schools_own_lines_stand_above_its_packs() -> None:
    found = Findings()
    rules = read_rules(b'pack = "neu-like"\n[agreement]\nroom_cap = 1\n[goal]\nkind = "inquiry"\n', found)
    assert found.problems == []
    assert (rules.agreement.room_cap, rules.agreement.notice_school_days) == (1, 5)
    assert (rules.goal.kind, rules.goal.visits_hosted_at_most) == (Kind.INQUIRY, 3)


def test_a_dotted_key_is_found_on_its_line() -> None:
    found = Findings()
    read_rules(b"# x\nagreement.roomcap = 1\n", found)
    assert [(problem.row, problem.field) for problem in found.problems] == [(2, "agreement.roomcap")]


# --- terms ---


@given(st.dates(date(2020, 1, 1), date(2090, 1, 1)))
def test_a_term_nobody_gave_begins_on_the_next_monday_and_lasts_eighteen_weeks(today: date) -> None:
    term = term_after(today)
    assert term.first.weekday() == 0
    assert timedelta(0) <= term.first - today < timedelta(days=7)
    assert (term.last - term.first).days == 18 * 7 - 1


@given(st.integers(1, 12), st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.integers(0, 60))
def test_a_rotation_goes_round_over_monday_to_friday(length: int, first: date, days: int) -> None:
    cycle = [f"Day {n}" for n in range(length)]
    made = days_of_cycle(Term("", first, first + timedelta(days=days)), cycle)
    weekdays = [day for n in range(days + 1) if (day := first + timedelta(days=n)).weekday() < 5]
    assert list(made) == weekdays
    types = [day.day_type for day in made.values()]
    if length == 5:
        assert types == [cycle[day.weekday()] for day in weekdays]
    else:
        assert types == [cycle[place % length] for place in range(len(weekdays))]


@pytest.mark.parametrize(
    ("name", "day"), [("Monday", 0), ("mon", 0), ("Tu.", 1), ("SUN", 6), ("T", None), ("Day 1", None), ("", None)]
)
def test_weekdays_are_known_by_name_and_abbreviation(name: str, day: int | None) -> None:
    assert weekday_of(name) == day


@pytest.mark.parametrize(
    ("names", "days"),
    [
        (["Dim", "Lun", "Mar", "Mer", "Jeu"], (6, 0, 1, 2, 3)),
        (["السبت", "الاحد", "الاثنين"], (5, 6, 0)),
        (["Segunda", "Terça", "Quarta"], (0, 1, 2)),
        (["А-Понедельник", "А-Вторник", "В-Понедельник"], (0, 1, 0)),
        (["Mon", "Tues", "Thurs"], (0, 1, 3)),
        (["Thứ Hai", "Thứ Ba"], (0, 1)),
        (["Day 1", "Day 2"], None),
        (["A", "B"], None),
        (["Monday1", "Monday2"], None),
        (["Montag", "mardi"], None),
    ],
)
def test_weekdays_are_known_in_the_language_that_knows_them_all(names: list[str], days: tuple[int, ...] | None) -> None:
    assert weekdays_of(names) == days


def test_two_weeks_of_weekdays_take_turns() -> None:
    cycle = ["Monday A", "Tuesday A", "Monday B", "Tuesday B"]
    made = days_of_cycle(Term("", date(2026, 9, 9), date(2026, 9, 30)), cycle)
    assert [f"{day.date.day} {day.day_type}" for day in made.values()] == [
        "14 Monday B", "15 Tuesday B", "21 Monday A", "22 Tuesday A", "28 Monday B", "29 Tuesday B"
    ]  # fmt: skip


# --- names ---


@pytest.mark.parametrize(
    ("name", "made"),
    [("José  Ruiz", "jose.ruiz"), ("O'Neil-Smith", "o.neil.smith"), ("李", "li"), ("Łucja Żak", "lucja.zak")],
)
def test_names_become_local_parts(name: str, made: str) -> None:
    assert slug(name) == made


@given(st.lists(st.text(max_size=6), max_size=12))
def test_addresses_made_from_names_never_repeat(names: list[str]) -> None:
    taken: list[str] = []
    for name in names:
        taken.append(unused_address(name, "elm.example", taken))
    assert len(set(taken)) == len(names)


@pytest.mark.parametrize(
    ("names", "said"),
    [
        ([], ""),
        (["a"], "a"),
        (["a", "b"], "a and b"),
        (["a", "b", "c"], "a, b and c"),
        (list("abcdefghij"), "a, b, c, d, e, f, g, h and 2 more"),
    ],
)
def test_lists_are_said_as_people_say_them(names: list[str], said: str) -> None:
    assert listed(names) == said


# --- writing ---


def test_a_disk_that_fails_in_the_middle_leaves_the_old_school(
    put: Put, small: Files, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The one failure a test cannot bring about on a real disk: the second of the two renames."""
    school = read_school(put(small))
    target = tmp_path / "target"
    write_school(school, target)
    before = {path.name: path.read_bytes() for path in target.iterdir()}
    real, calls = os.replace, []

    def failing(source: Path, destination: Path) -> None:
        calls.append(source)
        if len(calls) == 2:
            raise OSError(errno.ENOSPC, "No space left on device")
        real(source, destination)

    monkeypatch.setattr("sync.schools.folder.writer.os.replace", failing)
    with pytest.raises(OSError, match="No space left"):
        write_school(school, target)
    monkeypatch.undo()
    assert {path.name: path.read_bytes() for path in target.iterdir()} == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["oak-school", "target"]


def test_a_folder_that_is_not_there_yet_is_made_with_its_parents(put: Put, small: Files, tmp_path: Path) -> None:
    school = read_school(put(small))
    write_school(school, tmp_path / "a" / "b" / "c")
    assert read_school(tmp_path / "a" / "b" / "c") == school


# --- dates kept free ---

TESTING = b"""rotation_shifts = ["A", "B"]
[[blocked]]
from = 2026-05-04
to = "2026-05-08"
periods = [1, "2"]
reason = "State  testing"
[[blocked]]
from = 2026-06-01
rooms = ["Lab"]
[[windows]]
from = 2026-03-02
to = 2026-03-20
periods = ["2"]
reason = "After the day on questioning"
"""


def test_dates_kept_free_are_read_and_written_again(put: Put, small: Files, tmp_path: Path) -> None:
    found = Findings()
    rules = read_rules(TESTING, found)
    assert found.problems == []
    assert rules.rotation_shifts == ("A", "B")
    assert rules.blocked == (
        Blocked(date(2026, 5, 4), date(2026, 5, 8), ("1", "2"), "State testing"),
        Blocked(date(2026, 6, 1), date(2026, 6, 1), rooms=("Lab",)),
    )
    assert rules.windows == (Window(date(2026, 3, 2), date(2026, 3, 20), ("2",), "After the day on questioning"),)
    school = replace(read_school(put(small)), rules=rules)
    write_school(school, tmp_path / "again")
    assert read_school(tmp_path / "again").rules == rules


@pytest.mark.parametrize(
    ("lines", "row", "field"),
    [
        (b"[[blocked]]\nto = 2026-05-04", 1, "blocked.from"),
        (b"[[blocked]]\nfrom = 2026-05-04\nto = 2026-05-01", 3, "blocked.to"),
        (b"[[blocked]]\nfrom = 2026-05-04\nperiods = 3", 3, "blocked.periods"),
        (b"[[blocked]]\nfrom = 2026-05-04\nreason = 3", 3, "blocked.reason"),
        (b"[[blocked]]\nfrom = 2026-05-04\n[[blocked]]\nfrom = 2026-05-04\nrooms = 3", 5, "blocked.rooms"),
        (b"blocked = 3", 1, "blocked"),
        (b'[[windows]]\nfrom = 2026-05-04\nrooms = ["Lab"]', 3, "windows.rooms"),
        (b"windows = [3]", 1, "windows"),
        (b'rotation_shifts = "A"', 1, "rotation_shifts"),
        (b'[agreement]\ncover_for = "thanks"', 2, "agreement.cover_for"),
        (b'[agreement]\ncover_in_prep = "yes"', 2, "agreement.cover_in_prep"),
    ],
)
def test_what_cannot_stand_in_the_rules_is_told_with_its_line(lines: bytes, row: int, field: str) -> None:
    found = Findings()
    read_rules(lines, found)
    assert [(problem.row, problem.field) for problem in found.problems] == [(row, field)]


def test_what_the_rules_name_and_the_school_has_not_is_odd(put: Put, small: Files) -> None:
    lines = (
        b'rotation_shifts = ["Z"]\n[[blocked]]\nfrom = 2026-09-07\nrooms = ["Attic"]\n'
        b'[[windows]]\nfrom = 2026-09-07\nperiods = ["99"]'
    )

    told = [str(odd) for odd in check_school(put({**small, "rules.toml": lines})).oddities]

    for name in ('"Z" is no type of day', '"Attic", a room in which nobody teaches', '"99", which no day has'):
        assert any(name in sentence for sentence in told), told
