"""A pass that dies anywhere, and the next one: exactly one of each."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any, TypeVar

import pytest

from sync.google import Google, Patience, workspace_of
from sync.services.visits import booking
from tests.google.agreement import check_agreement
from tests.google.conftest import Hall
from tests.personas import ADA, EVE, GUS, THURSDAY, WEDNESDAY

T = TypeVar("T")


class Killed(BaseException):
    """The process is gone: nothing after it runs, not even error handling."""


@dataclass(frozen=True)
class Dying(Patience):
    """Carries out so many writes and dies; the last one was carried out, its answer never seen.

    Dying after a read is the same as dying after the write before it.
    """

    writes: int = 0
    made: list[str] = None  # type: ignore[assignment]

    def call(self, do: Callable[[], T], doing: str, *, repeatable: bool = True) -> T:
        answer = do()
        if not doing.startswith(("looking", "reading", "asking")):
            self.made.append(doing)
        if len(self.made) == self.writes:
            raise Killed
        return answer


def dying_after(hall: Hall, writes: int) -> tuple[Any, list[str]]:
    made: list[str] = []
    whole = hall.side.google
    google = Google(whole.key, whole.base, Dying(writes=writes, made=made), whole.api)
    return workspace_of(google), made


def writes_of_a_pass(hall: Hall) -> int:
    workspace, made = dying_after(hall, -1)
    hall.sync(workspace)
    return len(made)


FIRST_PASS = 14
"""writes of the first pass over Maple Hall with one walk; the test fails when there are more"""


@pytest.mark.parametrize("writes", range(1, FIRST_PASS + 1))
def test_a_first_pass_that_dies_after_any_write_is_completed_by_the_next(hall: Hall, writes: int) -> None:
    hall.book()
    workspace, _ = dying_after(hall, writes)
    with pytest.raises(Killed):
        hall.sync(workspace)
    assert hall.sync().fine
    check_agreement(hall)
    assert len(hall.files("spreadsheet")) == 1
    assert len(hall.files("folder")) == 2
    assert [item["summary"] for item in _own_calendars(hall)] == ["Maple Hall: visits"]
    hall.sync()
    hall.side.forget_calls()
    hall.sync()
    assert not hall.side.writes()


def test_that_was_every_write_of_a_first_pass(hall: Hall) -> None:
    hall.book()
    assert writes_of_a_pass(hall) == FIRST_PASS


LATER_PASS = 8


@pytest.mark.parametrize("writes", range(1, LATER_PASS + 1))
def test_a_later_pass_that_dies_after_any_write_is_completed_by_the_next(hall: Hall, writes: int) -> None:
    one_of_each_kind_of_change(hall)
    workspace, _ = dying_after(hall, writes)
    with pytest.raises(Killed):
        hall.sync(workspace)
    assert hall.sync().fine
    with hall.store.work() as work:
        cancelled = {walk.key for walk in work.walks.all("maple") if not walk.stands}
    assert len(cancelled) == 1
    assert not cancelled & {event["extendedProperties"]["private"]["downthehall.walk"] for event in hall.events()}


def one_of_each_kind_of_change(hall: Hall) -> None:
    """One walk moved, one cancelled, one new, all since the last pass."""
    moved, cancelled = hall.book(), hall.book(GUS, EVE, WEDNESDAY)
    hall.sync()
    booking.move(hall.store, hall.clock, "maple", moved.key, actor=ADA, day=THURSDAY, period="3")
    booking.cancel(hall.store, hall.clock, "maple", cancelled.key, actor=GUS)
    hall.book(GUS, EVE, THURSDAY)


def test_a_process_killed_with_9_leaves_nothing_that_the_next_pass_does_not_complete(
    hall: Hall, key_file: Path, tmp_path: Path
) -> None:
    hall.book()
    hall.book(GUS, EVE, WEDNESDAY)
    hall.side.trouble({"method": "docs.documents.batchUpdate", "kind": "slow", "seconds": 4, "times": 1})
    script = Path(__file__).with_name("one_pass.py")
    arguments = [str(tmp_path / "hall.db"), str(key_file), hall.side.running.url, hall.clock.now().isoformat()]
    child = subprocess.Popen(
        [sys.executable, str(script), *arguments],
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parents[2])},
    )
    try:
        assert child.stdout is not None
        assert json.loads(child.stdout.readline()) == "notes"
        while not any(call["method"] == "docs.documents.get" for call in hall.side.calls()):
            time.sleep(0.05)
    finally:
        child.send_signal(signal.SIGKILL)
        child.wait()
        child.stdout.close() if child.stdout else None
    hall.side.no_more_trouble()
    assert hall.sync().busy_elsewhere, "the dead pass still holds the lease"
    hall.clock.forward(timedelta(minutes=16))
    assert hall.sync().fine
    check_agreement(hall)


def _own_calendars(hall: Hall) -> list[dict[str, Any]]:
    listed = hall.side.send(hall.side.as_().api.calendar_list.list(minAccessRole="owner"))
    found: list[dict[str, Any]] = listed["items"]
    return [item for item in found if not item.get("primary")]


def test_that_was_every_write_of_the_later_pass(hall: Hall) -> None:
    one_of_each_kind_of_change(hall)
    assert writes_of_a_pass(hall) == LATER_PASS
