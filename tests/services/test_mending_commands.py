"""`propose` and `mend`: what they answer, by the command line that a person types."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from addon import cli
from sync.store import open_store
from tests.personas import ADA, BEN, CLEO, FIRST, TUESDAY, WEDNESDAY, maple

LATER = timedelta(weeks=(datetime.now(UTC).date() - FIRST).days // 7 + 4)
"""the commands ask the machine's own clock, so the term begins in a month, whenever that is"""
BEFORE, DAY, NEXT = (str(day + LATER) for day in (FIRST, TUESDAY, WEDNESDAY))
PLAN = f"""walk,kind,group,date,period,start,end,piece,role,email,host,room,covered_by
W1,pair,,{DAY},3,09:40,10:25,visit,host,{BEN},{BEN},,
W1,pair,,{DAY},3,09:40,10:25,visit,visitor,{ADA},{BEN},,
"""


@dataclass(frozen=True)
class Done:
    """What a command answered."""

    code: int
    out: str
    err: str


Commands = Callable[..., Done]


@pytest.fixture
def commands(url: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Commands:
    """Runs a command line on this store, in this process: a new one each time takes longer than the work."""
    monkeypatch.setenv("DATABASE_URL", url)

    def run(*arguments: str) -> Done:
        code = cli.run(arguments)
        return Done(code, *capsys.readouterr())

    return run


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


def test_a_plan_is_proposed_and_mended(commands: Commands, tmp_path: Path) -> None:
    plan = tmp_path / "plan.csv"
    plan.write_text(PLAN, encoding="utf-8")
    done = commands("propose", "--plan", str(plan), "--lapses", BEFORE, "--json")
    assert (done.code, done.err) == (0, f"1 proposed until {BEFORE}, 0 not.\n")
    assert set(json.loads(done.out)) == {ADA, BEN}
    done = commands("mend", "--absent", f"{BEN}={DAY}", "--snow-day", NEXT, "--json")
    assert done.code == 0, done.err
    told = json.loads(done.out)
    assert set(told) == {ADA, BEN, CLEO}
    assert "0 covered anew, 1 proposed with somebody else, 0 cancelled; everything else as it was." in done.err
    done = commands("mend")
    assert (done.code, done.out) == (0, "")


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
def test_what_cannot_be_is_said_and_nothing_is_changed(commands: Commands, options: tuple[str, ...], says: str) -> None:
    done = commands("mend", *options)
    assert (done.code, done.out) == (2, "")
    assert says in done.err
