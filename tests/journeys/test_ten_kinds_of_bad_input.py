"""Ten kinds of bad input: each ends in sentences that name the place, exit code 2, and an unchanged store."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from addon.cli import run
from sync.schools.folder.writer import write_school
from sync.schools.sample.sample import sample_school
from sync.store import SqlStore, open_store
from sync.store.backup import back_up


def lines(folder: Path, name: str, change: Callable[[list[str]], list[str]]) -> None:
    file = folder / name
    file.write_text("\n".join(change(file.read_text("utf-8").splitlines())) + "\n", "utf-8")


def replaced(folder: Path, name: str, old: str, new: str) -> None:
    text = (folder / name).read_text("utf-8")
    assert old in text
    (folder / name).write_text(text.replace(old, new, 1), "utf-8")


def a_missing_file(folder: Path) -> None:
    (folder / "bell_schedule.csv").unlink()


def an_unknown_day_type(folder: Path) -> None:
    lines(folder, "days.csv", lambda rows: [*rows, "2026-12-12,Z,"])


def a_period_that_ends_before_it_starts(folder: Path) -> None:
    lines(folder, "bell_schedule.csv", lambda rows: [*rows, "A,9,16:00,15:00,class"])


def two_lessons_at_once(folder: Path) -> None:
    lines(folder, "timetable.csv", lambda rows: [*rows, next(row for row in rows if ",class," in row)])


def a_teacher_without_email(folder: Path) -> None:
    lines(folder, "staff.csv", lambda rows: [rows[0], "," + rows[1].split(",", 1)[1], *rows[2:]])


def text_that_is_not_utf_8(folder: Path) -> None:
    file = folder / "staff.csv"
    file.write_bytes(file.read_bytes() + "zoé@maplehall.example,Zoé,teacher,,,,,,yes\n".encode("latin-1"))


def an_empty_timetable(folder: Path) -> None:
    lines(folder, "timetable.csv", lambda rows: rows[:1])


def a_holiday_outside_the_term(folder: Path) -> None:
    lines(folder, "days.csv", lambda rows: [*rows, "2031-07-04,,Holiday"])


def a_duplicated_person(folder: Path) -> None:
    lines(folder, "staff.csv", lambda rows: [*rows, rows[1]])


KINDS = {
    a_missing_file: "bell_schedule.csv",
    an_unknown_day_type: "days.csv, row",
    a_period_that_ends_before_it_starts: "bell_schedule.csv, row",
    two_lessons_at_once: "timetable.csv, row",
    a_teacher_without_email: "staff.csv, row 2",
    text_that_is_not_utf_8: "staff.csv",
    an_empty_timetable: "timetable.csv",
    a_holiday_outside_the_term: "days.csv, row",
    a_duplicated_person: "staff.csv, row",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "school"
    write_school(sample_school(date(2026, 11, 23)), made)
    return made


@pytest.fixture
def store(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[SqlStore]:
    """A store with the good school in it, which the command line is pointed at."""
    url = f"sqlite:///{tmp_path / 'store.sqlite'}"
    monkeypatch.setenv("DATABASE_URL", url)
    assert run(["school", "keep", str(folder)]) == 0
    with closing(open_store(url)) as opened:
        yield opened


def contents(store: SqlStore, tmp_path: Path) -> str:
    back_up(store.engine, tmp_path / "now.backup")
    import gzip

    with gzip.open(tmp_path / "now.backup") as file:
        return hashlib.sha256(file.read()).hexdigest()


@pytest.mark.parametrize("spoil", KINDS, ids=lambda kind: kind.__name__)
def test_a_spoilt_school_folder_is_told_and_not_kept(
    spoil: Callable[[Path], None],
    folder: Path,
    store: SqlStore,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    before = contents(store, tmp_path)
    spoil(folder)
    capsys.readouterr()
    for command in (["school", "check", str(folder)], ["school", "keep", str(folder)]):
        assert run(command) == 2
        said = capsys.readouterr().err
        assert KINDS[spoil] in said
        assert "Traceback" not in said
    assert contents(store, tmp_path) == before


def test_a_fet_file_without_a_timetable_is_told_and_nothing_is_written(
    real_data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = (real_data / "fet" / "Hopwood.fet").read_text("utf-8")
    start, end = text.index("<Time_Constraints_List>"), text.index("</Time_Constraints_List>")
    bare = tmp_path / "bare.fet"
    bare.write_text(text[:start] + "<Time_Constraints_List>" + text[end:], "utf-8")
    assert run(["school", "import", str(bare), "--format", "fet", "--out", str(tmp_path / "out")]) == 2
    said = capsys.readouterr().err
    assert "bare.fet" in said
    assert "timetable" in said
    assert not (tmp_path / "out").exists()
