"""Everything at once: a quarter of all calls go wrong, and store and Google agree all the same."""

from __future__ import annotations

from datetime import timedelta

from tests.google.agreement import check_agreement
from tests.google.conftest import Hall
from tests.personas import ADA, BEN, EVE, GUS, TUESDAY, WEDNESDAY

KINDS = ("lost-reply", "cut-off", "503", "429")
PASSES = 6


def test_a_storm_of_faults_leaves_exactly_one_of_each(hall: Hall) -> None:
    hall.side.trouble(*({"method": "*", "kind": kind, "rate": 0.06} for kind in KINDS))
    for week in range(3):
        hall.book(ADA, BEN, TUESDAY + timedelta(weeks=week))
        hall.book(GUS, EVE, WEDNESDAY + timedelta(weeks=week))
        assert any(hall.sync().fine for _ in range(PASSES))
    hall.side.no_more_trouble()
    assert hall.sync().fine
    check_agreement(hall)
    assert len(hall.files("document")) == 2
    assert len(hall.files("folder")) == 3
    assert len(hall.files("spreadsheet")) == 1
