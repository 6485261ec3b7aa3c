"""Ten kinds of nonsense, well signed: no 5xx, an answer that Google takes, and nothing changed in the store."""

from __future__ import annotations

import os
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from addon.pace import Pace
from addon.routes.doors import DOORS, PACE
from sync.services.ports import Store
from tests.addon.conftest import CLIENT_ID, Panel, Still
from tests.addon.monkey import Monkey
from tests.addon.test_events import EVENTISH, JSON
from tests.personas import ADA, BEN, EVE

EVENTS = int(os.environ.get("EVENTS", "60"))
"""how many; `EVENTS=10000` for the long run that no test suite has time for"""
ACTS = int(os.environ.get("EVENTS", "150"))
PLAUSIBLE = ["", BEN, EVE, ADA, "2026-03-04", "3", "5", "0" * 32, "a" * 32, "\x00", "\ud800", "<b>"]
TEXT = st.sampled_from(PLAUSIBLE) | st.text()
NAMES = st.sampled_from(
    ["host", "day", "period", "walk", "nonce", "back", "focus", "minutes", "with", "door", "kind", "at"]
)
INPUTS = st.dictionaries(
    st.sampled_from(["query", "focus", "own_focus", "repeats", "seats", "most", "debrief", "visit_minutes", "saw"]),
    st.fixed_dictionaries({"stringInputs": st.fixed_dictionaries({"value": st.lists(TEXT, max_size=4)})}) | JSON,
)


@settings(max_examples=EVENTS, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    path=st.sampled_from(sorted(DOORS)),
    strange=EVENTISH,
    parameters=st.dictionaries(NAMES, TEXT) | JSON,
    inputs=INPUTS | JSON,
    beside=st.sampled_from(["calendar", "sheets", "docs"]),
    context=st.dictionaries(st.sampled_from(["id", "recurringEventId", "calendarId", "title"]), TEXT | JSON) | JSON,
)
def test_malformed_events_break_nothing(
    panel: Panel, store: Store, path: str, strange: Any, parameters: Any, inputs: Any, beside: str, context: Any
) -> None:
    panel.client.application.extensions[PACE] = Pace(EVENTS + 1)
    event = {
        **strange,
        "commonEventObject": {
            "hostApp": beside.upper(),
            "userLocale": "en",
            "parameters": parameters,
            "formInputs": inputs,
        },
        beside: context,
        "authorizationEventObject": {"userIdToken": panel.google.sign(aud=CLIENT_ID, email=ADA)},
    }
    assert panel.post(path, event).status_code == 200
    with store.work() as work:
        assert work.walks.all("maple") == []
        assert all(door.host == ADA for door in work.doors.of("maple"))


def test_whatever_is_tapped_replayed_reordered_or_bent_changes_only_what_is_ones_own(
    panel: Panel, store: Store, clock: Still
) -> None:
    told = Monkey(panel, store, clock).play(ACTS)
    assert told["changed something"] > 0
