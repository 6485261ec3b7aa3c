"""`propose` and `mend`, run as a person runs them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from sync.store import open_store
from tests.personas import ADA, BEN, CLEO, FIRST, TUESDAY, WEDNESDAY, maple

ROOT = Path(__file__).resolve().parents[2]
LATER = timedelta(weeks=(datetime.now(UTC).date() - FIRST).days // 7 + 4)
"""the commands ask the machine's own clock, so the term begins in a month, whenever that is"""
BEFORE, DAY, NEXT = (str(day + LATER) for day in (FIRST, TUESDAY, WEDNESDAY))
PLAN = f"""walk,kind,group,date,period,start,end,piece,role,email,host,room,covered_by
W1,pair,,{DAY},3,09:40,10:25,visit,host,{BEN},{BEN},,
W1,pair,,{DAY},3,09:40,10:25,visit,visitor,{ADA},{BEN},,
"""


def run(url: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "addon.cli", *arguments],
        cwd=ROOT, env=os.environ | {"DATABASE_URL": url}, capture_output=True, text=True, check=False,
    )  # fmt: skip


@pytest.fixture
def url(tmp_path: Path) -> str:
    """Maple Hall, its term in a month."""
    school = maple()
    days = {day + LATER: replace(one, date=day + LATER) for day, one in school.days.items()}
    store = open_store(f"sqlite:///{tmp_path / 'hall.db'}")
    with store.work() as work:
        work.schools.save("maple", replace(school, days=days))
        work.commit()
    store.close()
    return f"sqlite:///{tmp_path / 'hall.db'}"


def test_a_plan_is_proposed_and_mended(url: str, tmp_path: Path) -> None:
    plan = tmp_path / "plan.csv"
    plan.write_text(PLAN, encoding="utf-8")
    done = run(url, "propose", "--plan", str(plan), "--lapses", BEFORE, "--json")
    assert (done.returncode, done.stderr) == (0, f"1 proposed until {BEFORE}, 0 not.\n")
    assert set(json.loads(done.stdout)) == {ADA, BEN}
    done = run(url, "mend", "--absent", f"{BEN}={DAY}", "--snow-day", NEXT, "--json")
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert set(told) == {ADA, BEN, CLEO}
    assert "0 covered anew, 1 proposed with somebody else, 0 cancelled; everything else as it was." in done.stderr
    done = run(url, "mend")
    assert (done.returncode, done.stdout) == (0, "")


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (("--snow-day", "2001-01-01"), "2001-01-01 is no day of this school's calendar."),
        (("--day", f"{DAY}=Late"), "'Late' is no day type of this school; it has every day."),
        (("--room-closed", f"Room 99={DAY}"), "No class of this school is in a room 'Room 99'"),
        (("--no-visits", f"Testing={DAY}..soon"), "cannot be read; write WHAT=2026-10-05"),
        (("--absent", f"zoe@maple.example={DAY}"), "zoe@maple.example is not on the staff list"),
    ],
)
def test_what_cannot_be_is_said_and_nothing_is_changed(url: str, options: tuple[str, ...], says: str) -> None:
    done = run(url, "mend", *options)
    assert (done.returncode, done.stdout) == (2, "")
    assert says in done.stderr
