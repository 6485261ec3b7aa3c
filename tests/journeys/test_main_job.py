"""The main job on a real school: import, then every teacher books through the add-on, then everything is compared."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.xdist_group("main-job")
"""one process for all of them: the journey they look at is played once"""

COMMAND = Path(sys.executable).with_name("downthehall")


def run(*arguments: str | Path, **environ: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [COMMAND, *arguments], capture_output=True, text=True, check=False, timeout=900, env={**os.environ, **environ}
    )


@pytest.fixture(scope="module")
def hopwood(real_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("schools") / "hopwood"
    imported = run("school", "import", real_data / "fet" / "Hopwood.fet", "--format", "fet", "--out", folder)
    assert imported.returncode == 0, imported.stderr
    return folder


@pytest.fixture(scope="module")
def played(hopwood: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, Any], Path]:
    """What `demo --once` on Hopwood printed, and the folder it kept its state in."""
    data = tmp_path_factory.mktemp("state")
    demo = run("demo", "--once", "--school", hopwood, "--data", data)
    assert demo.returncode == 0, demo.stdout + demo.stderr
    return json.loads(demo.stdout), data


def test_each_teacher_books_a_visit_within_three_taps_and_nobody_hosts_more_than_three(
    played: tuple[dict[str, Any], Path],
) -> None:
    told = played[0]
    assert told["booked"] == told["teachers"] == 26
    assert told["most_visits_hosted"] <= 3
    assert told["most_taps_from_home_to_booked"] <= 3


def test_store_calendar_docs_and_sheet_agree_on_every_visit(played: tuple[dict[str, Any], Path]) -> None:
    told = played[0]
    assert told["agree"], told["disagreements"]
    assert told["looked_at"]["visits"] == told["looked_at"]["events"] == told["looked_at"]["rows in Visits"] == 26
    assert told["looked_at"]["tabs"] == 26


def test_a_second_pass_writes_nothing(played: tuple[dict[str, Any], Path]) -> None:
    assert played[0]["writes_of_a_second_pass"] == 0


def test_each_visit_costs_google_one_event_and_a_bounded_number_of_calls(played: tuple[dict[str, Any], Path]) -> None:
    calls = played[0]["google_calls"]
    assert calls["calendar.events.insert"] == 26
    assert calls["sheets.spreadsheets.batchUpdate"] <= 2
    assert sum(calls.values()) <= 12 * 26


def test_the_state_that_was_kept_can_be_gone_on_with(played: tuple[dict[str, Any], Path], hopwood: Path) -> None:
    again = run("demo", "--once", "--school", hopwood, "--data", played[1])
    told = json.loads(again.stdout)
    # Everybody has had this week's visit; another one is booked for a later week, and all of it still agrees.
    assert told["agree"], told["disagreements"]
    assert told["looked_at"]["visits"] == 26 + told["booked"]
