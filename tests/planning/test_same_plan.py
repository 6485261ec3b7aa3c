"""The same school, dates and seed give the same plan, byte for byte: in another process, on a busy machine."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from addon.cli import run
from sync.core.school.agreement import DebriefRule, Kind
from sync.schools.folder.writer import write_school
from tests.planning.halls import make_school

WEEK = {
    "ada": ["cpcp", "ccpc"], "ben": ["pccc", "cpcc"], "cyd": ["ccpc", "pccp"], "dot": ["cccp", "ccpc"],
    "eli": ["pcpc", "cccp"], "fay": ["cpcc", "pccc"], "gus": ["ccpc", "cpcc"], "hal": ["cccp", "pcpc"],
}  # fmt: skip
NO_FLOOR = {"prep_floor_minutes_per_day": 0}
TO = ("--from", "2026-09-07", "--to", "2026-09-18")


@contextmanager
def busy() -> Iterator[None]:
    """Every core has something else to do meanwhile."""
    spinning = [subprocess.Popen([sys.executable, "-c", "while True: pass"]) for _ in range(os.cpu_count() or 1)]
    try:
        yield
    finally:
        for one in spinning:
            one.kill()
            one.wait()


def test_a_busy_machine_gives_the_plan_of_an_idle_one(tmp_path: Path) -> None:
    """Hashes of texts differ from one process to the next as well, so an order that leaned on them would show."""
    pairs = make_school(WEEK, 2, agreement=NO_FLOOR, debrief=DebriefRule.SAME_DAY, debrief_outside_hours=False)
    groups = make_school(WEEK, 2, agreement=NO_FLOOR, kind=Kind.GROUP)
    for name, school in (("pairs", pairs), ("groups", groups)):
        write_school(school, tmp_path / name)

    def command(name: str, when: str) -> list[str]:
        return ["plan", "--school", str(tmp_path / name), *TO, "--seed", "7", "--out", str(tmp_path / f"{name}.{when}")]

    for name in ("pairs", "groups"):
        assert run(command(name, "idle")) in (0, 1)
    both = f"from addon.cli import run; run({command('pairs', 'busy')}); run({command('groups', 'busy')})"
    with busy():
        subprocess.run([sys.executable, "-c", both], capture_output=True, check=True)

    for name in ("pairs", "groups"):
        idle = (tmp_path / f"{name}.idle").read_bytes()
        assert (tmp_path / f"{name}.busy").read_bytes() == idle
        assert idle.count(b"\n") > len(WEEK)
