"""A school begun with an empty Sheet, and what a new export of one changes, in words."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time, timedelta
from pathlib import Path

import pytest

from addon.cli import run
from sync.core.school.agreement import Agreement, Rules
from sync.core.school.bell import BellSchedule
from sync.core.school.changes import changes
from sync.core.school.people import Person
from sync.core.school.timetable import Timetable
from sync.schools.folder.writer import write_school
from sync.store import open_store
from tests.fakes import StandingClock
from tests.personas import ADA, BEN, FAY, MONDAY, TUESDAY, maple
from tests.services.acts import books

AHEAD, DAY = timedelta(weeks=52 * 30), timedelta(days=1)
"""the command counts from the machine's own clock, so its school lies in years to come"""


@pytest.fixture
def url(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    url = f"sqlite:///{tmp_path / 'hall.db'}"
    monkeypatch.setenv("DATABASE_URL", url)
    return url


def test_a_school_begins_with_its_coordinator_alone(url: str, capsys: pytest.CaptureFixture[str]) -> None:
    given = ["--name", "Oak School", "--domain", "oak.example", "--coordinator", "cleo.okafor@oak.example"]
    assert run(["school", "begin", *given]) == 0
    assert "Start here" in capsys.readouterr().out
    store = open_store(url)
    with store.work() as work:
        school = work.schools.get("oak").school
    store.close()
    assert [person.name for person in school.coordinators] == ["Cleo Okafor"]
    assert school.school_days == ()
    assert run(["school", "begin", *given]) == 2
    assert "There is a school oak already" in capsys.readouterr().err


def test_an_address_that_is_none_is_told(url: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["school", "begin", "--name", "Oak", "--domain", "oak.example", "--coordinator", "cleo"]) == 2
    assert "is not an e-mail address" in capsys.readouterr().err


def test_a_new_export_is_told_as_what_it_changes(url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_school(maple(), tmp_path / "one")
    assert run(["school", "keep", str(tmp_path / "one")]) == 0
    assert "staff list" not in capsys.readouterr().out
    hal = Person("hal@maple.example", "Hal")
    staff = {hal.email: hal, **{email: one for email, one in maple().staff.items() if email != FAY}}
    lessons = Timetable(entry for entry in maple().timetable if entry.email != FAY)
    write_school(replace(maple(), staff=staff, timetable=lessons), tmp_path / "two")
    assert run(["school", "keep", str(tmp_path / "two")]) == 0
    said = capsys.readouterr().out
    assert "New on the staff list: Hal." in said
    assert "No longer on the staff list: Fay." in said
    assert "2 gone" in said


def test_an_import_is_told_as_a_diff_with_what_becomes_of_booked_visits_and_changes_none(
    url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    days = {day + AHEAD: replace(one, date=day + AHEAD) for day, one in maple().days.items()}
    before = replace(maple(), days=days, terms=())
    write_school(before, tmp_path / "export")
    import_it = ["school", "import", str(tmp_path / "export"), "--format", "csv", "--out", str(tmp_path / "maple")]
    assert run(import_it) == 0
    assert "new or other" not in capsys.readouterr().out, "the first import has nothing to compare with"
    assert run(["school", "keep", str(tmp_path / "maple")]) == 0
    store = open_store(url)
    walk = books(
        store, StandingClock(datetime.combine(MONDAY + AHEAD - DAY, time(12), before.zone)), ADA, day=TUESDAY + AHEAD
    )
    capsys.readouterr()

    assert run(import_it) == 0
    assert "Nothing of it has changed.\nEvery booked visit still fits." in capsys.readouterr().out
    lessons = Timetable(entry for entry in before.timetable if (entry.email, entry.period) != (BEN, "3"))
    write_school(replace(before, timetable=lessons), tmp_path / "export")
    assert run(import_it) == 0
    said = capsys.readouterr().out
    assert "it touches Ben" in said
    assert "Once it is kept: The visit to Ben on" in said
    assert "1 booked visit would change: 1 " in said
    with store.work() as work:
        assert work.walks.get("maple", walk.key) == walk, "nothing is changed by looking"
        assert work.news.of("maple", ADA) == []
        assert work.schools.get("maple").school == before
    store.close()


def test_every_part_of_a_school_is_compared() -> None:
    whole = maple()
    bell = whole.bells["every day"]
    other = replace(
        whole,
        bells={"every day": BellSchedule("every day", bell.periods[:-1])},
        days={day: one for day, one in whole.days.items() if day != MONDAY},
        groups={},
        rules=Rules(agreement=Agreement(room_cap=1)),
    )
    assert list(changes(whole, whole)) == []
    assert list(changes(whole, other)) == [
        "1 date of the calendar changed, the first 2026-03-02.",
        "Other hours on every day.",
        "The groups are others.",
        "The rules are others.",
    ]
