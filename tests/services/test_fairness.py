"""Under every rule pack, whatever happens in whatever order: no floor broken, the ledger nets, no one in two places.

A few sequences here; `python -m tests.bench fairness` plays ten thousand.
"""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from sync.core.school.agreement import Agreement, Compensation
from sync.schools.folder.rules import pack, packs
from tests.services.hallway import Hallway

SWAPS = Agreement(
    cover_for=Compensation.SWAP,
    covers_unpaid_per_term=1,
    max_covers_per_term=3,
    max_visits_per_week=3,
    directed_per_month=2,
)
AGREEMENTS = {**{name: pack(name).agreement for name in packs()}, "a school of swaps": SWAPS}


def played(agreement: Agreement, sequences: int, steps: int) -> None:
    playing = type("Playing", (Hallway,), {"agreement": agreement})
    checks = settings(
        max_examples=sequences, stateful_step_count=steps, deadline=None, database=None,
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    run_state_machine_as_test(playing, settings=checks)  # type: ignore[no-untyped-call]


@pytest.mark.parametrize("name", AGREEMENTS)
def test_no_sequence_of_events_breaks_what_was_agreed(name: str) -> None:
    played(AGREEMENTS[name], sequences=6, steps=30)
