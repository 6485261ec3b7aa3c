"""Every provided method, called with nonsense made from its own schema: never a 500, never an answer off its schema."""

from __future__ import annotations

import pytest

from sync.emulator.keys import SigningKey
from tests.emulator.fuzzing import play

CALLS = 350  # of each API here; `python -m tests.bench fuzz` plays 20,000


@pytest.mark.parametrize("api", ["calendar", "drive", "docs", "sheets", "cloudtasks", "gmail", "oauth2"])
def test_nonsense_is_answered_in_googles_shape_and_breaks_nothing(api: str, signing_key: SigningKey) -> None:
    statuses = play(CALLS, apis=[api], key=signing_key)
    assert sum(statuses.values()) == CALLS
    well = sum(count for what, count in statuses.items() if int(what.split()[1]) < 300)
    if api != "gmail":  # nonsense never is a message with a recipient
        assert well > CALLS / 50, statuses
