"""Ctrl-C while a real process plans: it writes the best plan so far, which breaks no rule, and says it was stopped."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from collections.abc import Callable
from dataclasses import asdict
from datetime import date
from pathlib import Path

import pytest

from sync.core.school.agreement import DebriefRule, EmptyPeriod
from sync.core.school.school import School
from sync.planning.check import broken_rules
from sync.planning.files import read_rows
from sync.schools.folder.folder import read_school
from sync.schools.folder.writer import write_school
from tests.planning.test_real_pairs import with_rules

FIRST, LAST = date(2026, 9, 7), date(2026, 9, 11)


@pytest.mark.parametrize("heard", ["pairs found", "weighed together"])
def test_ctrl_c_writes_the_best_plan_so_far(real_school: Callable[[str], School], tmp_path: Path, heard: str) -> None:
    school = with_rules(real_school("IBDP-School-2016"), EmptyPeriod.GAP, DebriefRule.SAME_DAY, outside=False, floor=30)
    write_school(school, tmp_path / "school")
    out, report = tmp_path / "plan.csv", tmp_path / "plan.json"
    command = [sys.executable, "-m", "addon.cli", "plan", "--school", str(tmp_path / "school"), "--seconds", "3000",
               "--from", str(FIRST), "--to", str(LAST), "--out", str(out), "--report", str(report)]  # fmt: skip

    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as planning:
        assert planning.stderr is not None
        told = [next(line for line in planning.stderr if heard in line)]
        planning.send_signal(signal.SIGINT)
        told += planning.stderr

    assert planning.returncode == 1
    assert any(line.startswith("Stopping: the best plan so far") for line in told)
    assert not any("Traceback" in line for line in told)
    rows = [asdict(row) for row in read_rows(out)]
    assert rows
    assert broken_rules(read_school(tmp_path / "school"), rows, FIRST, LAST) == []
    assert json.loads(report.read_text())["complete"] is False
