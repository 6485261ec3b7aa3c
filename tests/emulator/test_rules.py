"""The compatibility suite: every documented rule it claims to hold is held by a test that exists."""

from __future__ import annotations

import re
from pathlib import Path

HERE = Path(__file__).parent


def rules() -> list[list[str]]:
    """[module.test, source, rule] of each line."""
    lines = (HERE / "rules.txt").read_text("utf-8").splitlines()
    return [line.split(" | ") for line in lines if line and not line.startswith("#")]


def test_every_rule_is_held_by_a_test_and_there_are_at_least_120() -> None:
    known = {
        f"{file.stem.removeprefix('test_')}.{name}"
        for file in HERE.glob("test_*.py")
        for name in re.findall(r"^def test_(\w+)", file.read_text("utf-8"), re.MULTILINE)
    }
    claimed = [test for test, _, _ in rules()]
    assert [test for test in claimed if test not in known] == []
    assert len(claimed) == len(set(claimed))
    assert len(claimed) >= 120
    assert all(source and rule for _, source, rule in rules())
