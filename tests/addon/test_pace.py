"""One person may call so often and no more within a minute; others are not held up by it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from addon import paths
from addon.pace import Pace
from addon.routes.doors import PACE
from tests.addon.conftest import Panel
from tests.addon.taps import card_on_top
from tests.personas import BEN


@given(st.lists(st.tuples(st.sampled_from("ab"), st.floats(0, 30)), max_size=60))
def test_no_minute_holds_more_calls_than_allowed(taps: list[tuple[str, float]]) -> None:
    now, allowed = 0.0, []
    pace = Pace(5, 60, lambda: now)
    for person, pause in taps:
        now += pause
        free = sum(1 for who, at in allowed if who == person and at > now - 60) < 5
        assert pace.allows(person) is free
        if free:
            allowed.append((person, now))


def test_whoever_called_least_lately_is_forgotten() -> None:
    pace = Pace(1, 60, lambda: 0.0, people=2)
    assert [pace.allows(person) for person in "abab"] == [True, True, False, False]
    assert pace.allows("c")
    assert pace.allows("a")


def test_too_many_taps_get_a_card_and_hold_up_nobody_else(panel: Panel) -> None:
    panel.client.application.extensions[PACE] = Pace(2)
    for _ in range(2):
        assert card_on_top(panel.call(paths.CALENDAR_HOME))["name"] == "home"
    assert card_on_top(panel.call(paths.HOME))["name"] == "too-many"
    assert card_on_top(panel.signed_in(BEN).call(paths.CALENDAR_HOME))["name"] == "home"
