"""Whatever people do to the Sheet, in whatever order, between passes and in the middle of one: their cells stay, ours
agree with the store, no row twice. `python -m tests.bench sheet-acts` does it a thousand times."""

from __future__ import annotations

from tests.google.conftest import Hall
from tests.google.sheet_hands import live_through

ACTS = 24


def test_random_acts_of_people_leave_theirs_and_ours_right(hall: Hall) -> None:
    assert sum(live_through(hall, "1", ACTS).values()) >= ACTS
