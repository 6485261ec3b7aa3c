# ruff: noqa: E501  (command lines read best on one line)
"""`school`, `periods` and `slots` as a person types them: answers, sentences and exit codes."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from addon.cli import run
from tests.schools.small_school import Files, Put

ADA, BEN = "ada@oak.example", "ben@oak.example"


class Answer(NamedTuple):
    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


Run = Callable[..., Answer]


@pytest.fixture
def command(capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs one command line."""

    def go(*arguments: object) -> Answer:
        code = run([str(argument) for argument in arguments])
        return Answer(code, *capsys.readouterr())

    return go


def dates(first: str, last: str) -> tuple[str, ...]:
    return "--from", first, "--to", last


def tree(path: Path) -> dict[str, bytes]:
    return {str(one.relative_to(path)): one.read_bytes() for one in sorted(path.rglob("*")) if one.is_file()}


# --- periods ---


def test_periods_are_those_of_every_school_day_with_aware_times(command: Run, put: Put, small: Files) -> None:
    answer = command("periods", "--school", put(small), *dates("2026-09-01", "2026-09-07"), "--email", ADA, "--json")
    assert answer.code == 0
    assert [(p["date"], p["period"], p["has"]) for p in answer.json][:7] == [
        ("2026-09-01", "HR", "homeroom"),
        ("2026-09-01", "1", "class"),
        ("2026-09-01", "2", "prep"),
        ("2026-09-01", "L", "lunch"),
        ("2026-09-01", "3", "prep"),
        ("2026-09-02", "1", "class"),
        ("2026-09-02", "2", "prep"),
    ]
    assert answer.json[0] == {
        "date": "2026-09-01",
        "day_type": "A",
        "period": "HR",
        "start": "2026-09-01T08:00:00-05:00",
        "end": "2026-09-01T08:10:00-05:00",
        "kind": "homeroom",
        "has": "homeroom",
    }
    assert len(answer.json) == 5 + 2 + 5 + 2  # the holiday has none


def test_periods_of_nobody_have_no_has(command: Run, put: Put, small: Files) -> None:
    answer = command("periods", "--school", put(small), *dates("2026-09-01", "2026-09-01"), "--json")
    assert {p["has"] for p in answer.json} == {None}


def test_periods_in_words_are_a_table(command: Run, put: Put, small: Files) -> None:
    answer = command("periods", "--school", put(small), *dates("2026-09-01", "2026-09-01"), "--email", ADA)
    assert answer.out.splitlines()[:3] == [
        "date        day_type  period  start  end    kind      has",
        "2026-09-01  A         HR      08:00  08:10  homeroom  homeroom",
        "2026-09-01  A         1       08:15  09:00  class     class",
    ]


# --- slots ---


def slots(command: Run, folder: Path, *more: str) -> Answer:
    return command(
        "slots", "--school", folder, *dates("2026-09-01", "2026-09-08"), "--now", "2026-08-31T07:00", "--json", *more
    )


def test_every_class_period_is_an_opening_or_a_refusal_with_reasons(command: Run, put: Put, small: Files) -> None:
    small["busy.csv"] = "email,start,end\n"
    answer = slots(command, put(small), "--visitor", "Ada@oak.example", "--host", BEN)
    assert answer.code == 0
    openings, refusals = answer.json["openings"], answer.json["refusals"]
    assert openings == [
        {
            "date": day,
            "period": "2",
            "start": f"{day}T09:05:00-05:00",
            "end": f"{day}T09:50:00-05:00",
            "room": "W2",
            "covered_by": None,
        }
        for day in ("2026-09-01", "2026-09-03", "2026-09-08")
    ]
    places = [(one["date"], one["period"]) for one in openings + refusals]
    assert len(places) == len(set(places)) == 3 * 3 + 2 * 2
    assert not any(period in ("HR", "L") for _, period in places)
    for refusal in refusals:
        assert refusal["reasons"]
        for reason in refusal["reasons"]:
            assert set(reason) == {"code", "rule", "sentence"}
            assert reason["sentence"].endswith(".")


def test_a_busy_calendar_closes_a_slot_and_says_so(command: Run, put: Put, small: Files) -> None:
    answer = slots(command, put(small), "--visitor", ADA, "--host", BEN)
    closed = {(one["date"], one["period"]): [r["code"] for r in one["reasons"]] for one in answer.json["refusals"]}
    assert closed["2026-09-03", "2"] == ["visitor_busy"]


def test_two_visitors_need_prep_both(command: Run, put: Put, small: Files) -> None:
    answer = slots(
        command, put(small), "--visitor", ADA, "--visitor", "cleo@oak.example", "--visitor", ADA, "--host", BEN
    )
    assert [one["date"] for one in answer.json["openings"]] == ["2026-09-01", "2026-09-08"]
    small["rules.toml"] = "[agreement]\nroom_cap = 1\n"
    answer = slots(command, put(small), "--visitor", ADA, "--visitor", "cleo@oak.example", "--host", BEN)
    assert answer.json["openings"] == []


def test_now_without_an_offset_is_on_the_schools_clock(command: Run, put: Put, small: Files) -> None:
    small["rules.toml"] = "[agreement]\nnotice_school_days = 0\n"
    folder = put(small)

    def opens(now: str) -> bool:
        day = dates("2026-09-01", "2026-09-01")
        found = command("slots", "--school", folder, *day, "--visitor", ADA, "--host", BEN, "--now", now, "--json")
        return bool(found.json["openings"])

    assert opens("2026-09-01T09:04")
    assert not opens("2026-09-01T09:05")
    assert opens("2026-09-01T14:04Z")
    assert not opens("2026-09-01T16:05+02:00")


def test_a_range_without_school_days_gives_empty_lists(command: Run, put: Put, small: Files) -> None:
    folder, range_ = put(small), dates("2026-09-05", "2026-09-07")
    assert command("slots", "--school", folder, *range_, "--visitor", ADA, "--host", BEN, "--json").json == {
        "openings": [],
        "refusals": [],
    }
    answer = command("periods", "--school", folder, *range_, "--json")
    assert answer.json == []
    assert answer.err.startswith("There is no school day from 2026-09-05 to 2026-09-07; ")


def test_slots_in_words_name_the_reasons(command: Run, put: Put, small: Files) -> None:
    answer = command("slots", "--school", put(small), *dates("2026-09-01", "2026-09-02"), "--visitor", ADA, "--host", BEN,
                     "--now", "2026-08-31T07:00")  # fmt: skip
    assert "1 opening\n" in answer.out
    assert "4 other class periods\n" in answer.out
    assert "your agreement keeps 30" in answer.out


# --- what is asked wrongly ---

WRONG = [
    (
        ("slots", "--visitor", "zoe@oak.example", "--host", BEN),
        "zoe@oak.example is not on the staff list of Oak School",
    ),
    (
        ("slots", "--visitor", ADA, "--host", "zoe@oak.example"),
        "zoe@oak.example is not on the staff list of Oak School",
    ),
    (("slots", "--visitor", ADA), "Missing option '--host'"),
    (("slots", "--host", BEN), "Missing option '--visitor'"),
    (("slots", "--visitor", ADA, "--host", BEN, "--now", "noon"), "'noon' is not a moment; write it like"),
    (("periods", "--email", "zoe@oak.example"), "zoe@oak.example is not on the staff list of Oak School"),
    (("periods", "--to", "2026-09-31"), "'2026-09-31' is not a date; write it like 2026-09-01."),
    (("periods", "--from", "tomorrow"), "'tomorrow' is not a date; write it like 2026-09-01."),
    (("periods", "--from", "20260901"), "'20260901' is not a date; write it like 2026-09-01."),
    (("periods", "--from", "2026-10-01"), "--from 2026-10-01 lies after --to 2026-09-08; swap them."),
    (("periods", "--school", "/no/such/place"), "/no/such/place: there is no such folder"),
    (("periods", "--colour", "red"), "No such option"),
]


@pytest.mark.parametrize(("arguments", "words"), WRONG)
def test_what_is_asked_wrongly_ends_in_a_sentence_and_2(
    command: Run, put: Put, small: Files, arguments: tuple[str, ...], words: str
) -> None:
    name, *more = arguments
    answer = command(name, "--school", put(small), *dates("2026-09-01", "2026-09-08"), *more)
    assert answer.code == 2
    assert answer.out == ""
    assert words in answer.err
    assert "Traceback" not in answer.err


@pytest.mark.parametrize("arguments", [["nosuch"], ["school", "nosuch"], ["school", "import", "x"]])
def test_unknown_commands_and_missing_options_are_told(command: Run, arguments: list[str]) -> None:
    answer = command(*arguments)
    assert answer.code == 2
    assert "--help" in answer.err


def test_help_names_the_commands_and_ends_well(command: Run) -> None:
    answer = command("--help")
    assert answer.code == 0
    assert all(f"\n  {name} " in answer.out for name in ("school", "periods", "slots"))


def test_what_breaks_inside_is_one_sentence(
    command: Run, put: Put, small: Files, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("addon.commands.timetable.period_records", broken)
    arguments = ("periods", "--school", put(small), *dates("2026-09-01", "2026-09-08"))
    answer = command(*arguments)
    assert answer.code == 1
    assert answer.err.startswith("Something of ours broke (ZeroDivisionError).")
    assert answer.err.count("\n") == 1
    monkeypatch.setenv("DOWNTHEHALL_DEBUG", "1")
    with pytest.raises(ZeroDivisionError):
        command(*arguments)


# --- school ---


def test_check_says_what_is_odd_and_ends_well(command: Run, put: Put, small: Files) -> None:
    answer = command("school", "check", put(small))
    assert answer.code == 0
    assert answer.out.startswith("Oak School (America/Chicago): 3 people, 2 day types, 6 timetable rows, 5 school days")
    assert "Odd: timetable.csv, period: on day type \"A\" nobody teaches in period 3;" in answer.out  # fmt: skip
    assert answer.out.endswith("Nothing is wrong. 1 thing to look at.\n")


def test_check_tells_all_problems_and_ends_with_2(command: Run, put: Put, small: Files) -> None:
    small["staff.csv"] = str(small["staff.csv"]).replace("ben@oak.example", "")
    small["days.csv"] = str(small["days.csv"]).replace("2026-09-02,B", "2026-09-02,X")
    answer = command("school", "check", put(small))
    assert answer.code == 2
    assert "staff.csv, row 3, email: Ben Castillo has no e-mail; fill in the school e-mail." in answer.err
    assert 'days.csv, row 3, day_type: the day type "X" has no bell schedule;' in answer.err
    assert "problems; nothing was changed." in answer.err


def test_a_csv_folder_is_imported_tidied(command: Run, put: Put, small: Files, tmp_path: Path) -> None:
    small["staff.csv"] = "\ufeff" + str(small["staff.csv"]).replace("ada@", "ADA@").replace("\n", "\r\n")
    (put(small) / "private.txt").write_text("not ours")
    out = tmp_path / "out"
    answer = command("school", "import", put(small), "--format", "csv", "--out", out, "--name", "New  Name")
    assert answer.code == 0
    files = tree(out)
    assert b"\xef\xbb\xbf" not in files["staff.csv"]
    assert b"\r" not in files["staff.csv"]
    assert b"ada@oak.example" in files["staff.csv"]
    assert b'name = "New Name"' in files["school.toml"]
    assert "private.txt" not in files
    assert command("school", "check", out).code == 0


def test_fet_and_oneroster_are_imported_with_what_was_assumed_in_words(
    command: Run, real_data: Path, tmp_path: Path
) -> None:
    for kind, path in (("fet", "fet/Hopwood.fet"), ("oneroster", "oneroster/catalyst-Test_full_data_set")):
        out = tmp_path / kind
        answer = command("school", "import", real_data / path, "--format", kind, "--out", out,
                         "--timezone", "Europe/London")  # fmt: skip
        assert answer.code == 0
        assert "correct days.csv" in answer.err
        assert 'timezone = "Europe/London"' in (out / "school.toml").read_text()
        assert command("school", "check", out).code == 0


def test_dates_domain_and_zone_given_are_kept(command: Run, real_data: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    answer = command("school", "import", real_data / "fet/Hopwood.fet", "--format", "fet", "--out", out,
                     *dates("2026-09-07", "2026-09-11"), "--domain", "@Hop.example")  # fmt: skip
    assert answer.code == 0
    periods = command(
        "periods", "--school", out, *dates("2026-01-01", "2027-01-01"), "--email", "ann@hop.example", "--json"
    )
    assert {p["date"] for p in periods.json} == {f"2026-09-{day:02d}" for day in range(7, 12)}


FAILING = {
    "holiday outside the term": ("days.csv", "2026-09-07", "2030-09-07"),
    "person twice": ("staff.csv", "cleo@oak.example", "ada@oak.example"),
    "no zone": ("school.toml", "America/Chicago", "Nowhere"),
}


@pytest.mark.parametrize("kind", FAILING)
def test_a_refused_import_leaves_what_was_there(
    command: Run, put: Put, small: Files, tmp_path: Path, kind: str
) -> None:
    out = tmp_path / "out"
    assert command("school", "import", put(small), "--format", "csv", "--out", out).code == 0
    before = tree(tmp_path / "out")
    file, old, new = FAILING[kind]
    small[file] = str(small[file]).replace(old, new)
    assert command("school", "import", put(small), "--format", "csv", "--out", out).code == 2
    assert tree(out) == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["oak-school", "out"]


def test_an_import_replaces_a_school_and_keeps_other_peoples_files(
    command: Run, put: Put, small: Files, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    command("school", "import", put(small), "--format", "csv", "--out", out)
    (out / "notes.txt").write_text("mine")
    folder = put(small)
    (folder / "wishes.csv").unlink()
    assert command("school", "import", folder, "--format", "csv", "--out", out).code == 0
    assert (out / "notes.txt").read_text() == "mine"
    assert not (out / "wishes.csv").exists()


@pytest.mark.parametrize("made", ["file", "folder"])
def test_an_import_over_something_else_is_refused(
    command: Run, put: Put, small: Files, tmp_path: Path, made: str
) -> None:
    out = tmp_path / "out"
    if made == "file":
        out.write_text("precious")
    else:
        out.mkdir()
        (out / "thesis.txt").write_text("precious")
    answer = command("school", "import", put(small), "--format", "csv", "--out", out)
    assert answer.code == 2
    assert "name a new or empty folder" in answer.err
    assert (out if made == "file" else out / "thesis.txt").read_text() == "precious"


IMPORT_WRONG = [
    (("--format", "fet", "--domain", "a b"), "--domain 'a b' is not a domain"),
    (("--format", "fet", "--timezone", "Mars"), "'Mars' is not a time zone"),
    (("--format", "xlsx"), "'xlsx' is not one of"),
    (("--format", "fet", "--from", "2026-09-12", "--to", "2026-09-13"), "No school day lies between the dates"),
    (("--format", "fet", "--from", "2026-09-12", "--to", "2026-09-01"), "swap them"),
    (("--format", "oneroster"), "neither a folder nor a zip"),
    (("--format", "csv"), "this is a file, not a folder"),
]


@pytest.mark.parametrize(("arguments", "words"), IMPORT_WRONG)
def test_an_import_asked_wrongly_is_told(
    command: Run, real_data: Path, tmp_path: Path, arguments: tuple[str, ...], words: str
) -> None:
    answer = command("school", "import", real_data / "fet/Hopwood.fet", "--out", tmp_path / "out", *arguments)
    assert answer.code == 2
    assert words in answer.err
    assert not (tmp_path / "out").exists()


def test_dates_for_a_folder_that_has_its_own_are_refused(command: Run, put: Put, small: Files, tmp_path: Path) -> None:
    answer = command(
        "school", "import", put(small), "--format", "csv", "--out", tmp_path / "out", "--from", "2026-09-01"
    )
    assert answer.code == 2
    assert "a school folder has days.csv" in answer.err


def test_the_installed_command_answers_in_its_own_process(put: Put, small: Files) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "addon.cli", "periods", "--school", str(put(small)), *dates("2026-09-01", "2026-09-01"), "--json"],
        capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    assert datetime.fromisoformat(json.loads(done.stdout)[0]["start"]).utcoffset() is not None


def test_a_file_only_command_loads_no_client_of_google_and_no_solver(put: Put, small: Files) -> None:
    heavy = "googleapiclient,sqlalchemy,ortools,flask,gspread,requests,sync.emulator"
    code = (
        "import sys; from addon.cli import run; "
        f"run(['periods', '--school', {str(put(small))!r}, '--from', '2026-09-01', '--to', '2026-09-01']); "
        f"print([name for name in {heavy!r}.split(',') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout.splitlines()[-1] == "[]"
