"""What is held, said on the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from addon.cli import downthehall
from sync.store import open_store
from tests.personas import ADA, CLEO, maple


@pytest.fixture
def url(tmp_path: Path) -> str:
    made = f"sqlite:///{tmp_path / 'hall.db'}"
    store = open_store(made)
    with store.work() as work:
        work.schools.save("maple", maple())
        work.commit()
    store.close()
    return made


def said(url: str, *words: str) -> Result:
    return CliRunner().invoke(downthehall, list(words), env={"DATABASE_URL": url, "WORKSPACE_EMULATOR_HOST": ""})


def test_holdings_say_where_until_when_and_for_whom(url: str) -> None:
    told = said(url, "holdings")
    assert told.exit_code == 0, told.output
    assert "next steps, copied from the Docs" in told.output
    assert len(json.loads(said(url, "holdings", "--json").output)) == told.output.count("\n- ") + 1
    assert said(url, "holdings", "--over").output == ""


def test_a_person_is_exported_erased_and_certified(url: str, tmp_path: Path) -> None:
    out = tmp_path / "ada.json"
    assert said(url, "export", ADA, "--out", str(out)).exit_code == 0
    assert json.loads(out.read_text(encoding="utf-8"))["person"]["email"] == ADA
    assert out.stat().st_mode & 0o077 == 0
    assert "were taken out" in said(url, "erase", ADA).output
    assert "none yet" in said(url, "certificate", ADA).output
    assert "We visit to learn" in said(url, "newsletter", "--hashtag", "hall").output


@pytest.mark.parametrize("command", ["export", "erase", "certificate"])
def test_somebody_unknown_is_answered_in_a_sentence(url: str, command: str, tmp_path: Path) -> None:
    more = ["--out", str(tmp_path / "x.json")] if command == "export" else []
    told = said(url, command, "zoe@maple.example", *more)
    assert told.exit_code == 2
    assert "not on the staff list" in told.output
    assert "Traceback" not in told.output


def test_a_hold_keeps_everything_until_it_is_lifted_and_is_the_coordinators_to_ask(url: str) -> None:
    assert "Only a coordinator" in said(url, "hold", "--by", ADA).output
    assert "Held since" in said(url, "hold", "--by", CLEO, "--reason", "a request of records").output
    assert "has to keep everything" in said(url, "erase", ADA).output
    assert "Lifted" in said(url, "hold", "--by", CLEO, "--lift").output
    assert "were taken out" in said(url, "erase", ADA).output


def test_check_ins_are_planned_for_all_or_some(url: str) -> None:
    assert "planned by a leader or a coordinator" in said(url, "checkins", "--by", ADA).output
    told = said(url, "checkins", "--by", CLEO, "--per-year", "2")
    assert told.exit_code == 0, told.output
    assert ADA in told.output
    assert CLEO not in told.output
    assert all(line.count(",") == 1 for line in told.output.splitlines())
    assert said(url, "checkins", "--by", CLEO, "--per-year", "2", ADA).output in told.output
    assert "not on the staff list" in said(url, "checkins", "--by", CLEO, "zoe@maple.example").output
