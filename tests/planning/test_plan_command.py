"""`downthehall plan` and `repair`, as people and judges run them."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from addon.cli import run
from sync.core.school.agreement import DebriefRule
from sync.planning.check import broken_rules
from sync.schools.folder.folder import read_school
from sync.schools.folder.writer import write_school
from tests.planning.halls import MONDAY, email, last_day, make_school

WEEK = {"ada": ["cppc"], "ben": ["pccp"], "cyd": ["cpcp"]}
TO = ["--from", "2026-09-07", "--to", "2026-10-02"]


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_a_planned_term_is_written_checked_and_reported(tmp_path: Path) -> None:
    school = make_school(WEEK, weeks=4)
    write_school(school, tmp_path / "hall")
    out, report = tmp_path / "plan.csv", tmp_path / "plan.json"

    code = run(["plan", "--school", str(tmp_path / "hall"), *TO, "--out", str(out), "--report", str(report)])

    assert code == 0
    assert broken_rules(read_school(tmp_path / "hall"), rows_of(out), MONDAY, last_day(school)) == []
    told = json.loads(report.read_text())
    assert (told["placed"], told["people"], told["unplaced"]) == (3, 3, [])
    assert told["bound"] == told["cost"]
    assert (told["gap"], told["seed"]) == (0.0, 1)
    assert {"objective", "seconds", "walks"} <= set(told)


def test_whoever_is_left_out_is_named_and_the_command_says_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_school(make_school({**WEEK, "dot": ["cccc"]}, weeks=4), tmp_path / "hall")
    out, report = tmp_path / "plan.csv", tmp_path / "plan.json"

    code = run(["plan", "--school", str(tmp_path / "hall"), *TO, "--out", str(out), "--report", str(report)])

    assert code == 1
    (left_out,) = json.loads(report.read_text())["unplaced"]
    assert left_out["email"] == email("dot")
    assert left_out["missing"] == ["visit", "host"]
    assert "no prep in any class period" in left_out["why"]
    assert left_out["why"] in capsys.readouterr().err


def test_the_same_seed_writes_the_same_bytes(tmp_path: Path) -> None:
    write_school(make_school(WEEK, weeks=4, debrief=DebriefRule.SAME_DAY), tmp_path / "hall")
    written = []
    for name in ("one.csv", "two.csv"):
        assert run(["plan", "--school", str(tmp_path / "hall"), *TO, "--out", str(tmp_path / name), "--seed", "5"]) == 0
        written.append((tmp_path / name).read_bytes())
    assert written[0] == written[1]


def test_an_absence_repairs_the_plan_in_its_own_file(tmp_path: Path) -> None:
    write_school(make_school(WEEK, weeks=4), tmp_path / "hall")
    out, report = tmp_path / "plan.csv", tmp_path / "repair.json"
    school = ["--school", str(tmp_path / "hall")]
    assert run(["plan", *school, *TO, "--out", str(out)]) == 0
    host = next(row for row in rows_of(out) if row["role"] == "host")
    absence = f"{host['email']}={host['date']}"

    code = run(
        ["repair", *school, *TO, "--plan", str(out), "--out", str(out), "--report", str(report), "--absent", absence]
    )

    assert code == 0
    told = json.loads(report.read_text())
    assert host["walk"] in {change["walk"] for change in told["moved"]}
    assert told["lost"] == []
    assert not any(row["email"] == host["email"] and row["date"] == host["date"] for row in rows_of(out))


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        (["--absent", "ada=yesterday"], "ada@school.example=2026-10-05"),
        (["--absent", "nobody@hall.example=2026-09-07"], "not on the staff list"),
        (["--plan", "nowhere.csv"], "cannot be read"),
    ],
)
def test_what_cannot_be_repaired_gets_a_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], wrong: list[str], sentence: str
) -> None:
    write_school(make_school(WEEK), tmp_path / "hall")
    plan = tmp_path / "plan.csv"
    plan.write_text("walk,kind\n", encoding="utf-8")
    rest = [] if "--plan" in wrong else ["--plan", str(plan)]
    code = run(["repair", "--school", str(tmp_path / "hall"), *TO, "--out", str(tmp_path / "o.csv"), *rest, *wrong])
    assert code == 2
    assert sentence in capsys.readouterr().err


HEAD = "walk,kind,group,date,period,start,end,piece,role,email,host,room,covered_by\n"
GOOD = "W1,pair,,2026-09-07,1,08:00,08:45,visit,host,ada@hall.example,ada@hall.example,R-ada,\n"


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        (GOOD.replace("2026-09-07", "2026-99-07"), "row 3: '2026-99-07' is no date"),
        (GOOD.replace("08:45", "8:45 am"), "row 3: '8:45 am' is no time of day"),
        (GOOD.replace("visit", "vist"), "row 3: 'vist' is no piece"),
        (GOOD.replace(",host", ",guest", 1), "row 3: 'guest' is no role"),
        (GOOD.replace("W1", ""), "row 3: a walk or an e-mail is missing"),
        (GOOD.replace("pair", "group"), "walks of kind 'group', and the rules ask for 'pair'"),
    ],
)
def test_a_row_that_no_plan_has_is_told_with_its_place_and_nothing_is_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], wrong: str, sentence: str
) -> None:
    write_school(make_school(WEEK), tmp_path / "hall")
    plan, out = tmp_path / "plan.csv", tmp_path / "out.csv"
    plan.write_text(HEAD + GOOD + wrong, encoding="utf-8")
    assert run(["repair", "--school", str(tmp_path / "hall"), *TO, "--out", str(out), "--plan", str(plan)]) == 2
    assert sentence in capsys.readouterr().err
    assert not out.exists()


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (["--out", "nowhere/plan.csv"], "there is no folder"),
        (["--out", "hall"], "it is a folder"),
        (["--out", "plan.csv", "--report", "plan.csv"], "named for two files"),
        (["--out", "hall/staff.csv"], "a file of the school itself"),
        (["--out", "plan.csv", "--seconds", "nan"], "not a number of seconds"),
    ],
)
def test_what_could_not_be_written_is_said_before_the_search(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    options: list[str],
    sentence: str,
) -> None:
    write_school(make_school(WEEK), tmp_path / "hall")
    monkeypatch.chdir(tmp_path)
    assert run(["plan", "--school", "hall", *TO, *options]) == 2
    told = capsys.readouterr().err
    assert sentence in told
    assert "pairs found" not in told


def test_a_plan_may_go_to_a_device_which_stays_one(tmp_path: Path) -> None:
    write_school(make_school(WEEK), tmp_path / "hall")
    assert run(["plan", "--school", str(tmp_path / "hall"), *TO, "--out", "/dev/null"]) == 0
    assert Path("/dev/null").is_char_device()


def test_a_plan_file_with_a_torn_row_is_refused_with_its_place(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_school(make_school(WEEK), tmp_path / "hall")
    plan = tmp_path / "plan.csv"
    plan.write_text(HEAD + "W1,pair\n", encoding="utf-8")
    code = run(
        ["repair", "--school", str(tmp_path / "hall"), *TO, "--out", str(tmp_path / "o.csv"), "--plan", str(plan)]
    )
    assert code == 2
    assert "row 2" in capsys.readouterr().err
