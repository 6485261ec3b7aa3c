"""Cover and proposals in the database: kept whole, and a coverer is in one place."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from sync.core.visits.commitments import Part
from sync.core.visits.cover import Cover, CoverFor
from sync.core.visits.walk import State, Walk
from sync.services.ports import SeatTaken
from sync.store import SqlStore
from tests.personas import ADA, BEN, CLEO, EVE, GUS, MONDAY
from tests.store.walks import MAPLE, stop, walk

SLOT = stop().slot
COVER = Cover(ADA, SLOT, by=GUS, declined=(EVE,), initiated_by=ADA, room="Room 11", course="Science", note="Page 12")


def covered(*covers: Cover) -> Walk:
    return replace(walk(), covers=covers or (COVER,), accepted=(ADA,), lapses_on=MONDAY + timedelta(days=3))


@pytest.fixture
def hall(store: SqlStore) -> SqlStore:
    with store.work() as work:
        work.schools.save("maple", MAPLE)
        work.commit()
    return store


def test_a_walk_comes_back_with_its_covers_and_answers(hall: SqlStore) -> None:
    later = MAPLE.slot(MONDAY + timedelta(days=1), "1")
    assert later is not None
    back = Cover(GUS, later, CoverFor.PAYBACK, asked=BEN, agreed=False, initiated_by=CLEO)
    made = covered(COVER, back)
    with hall.work() as work:
        work.walks.add("maple", made)
        work.commit()
    with hall.work() as work:
        assert work.walks.get("maple", made.key) == made
        held = work.walks.commitments("maple", MONDAY, MONDAY, [GUS])
    assert [one.part for one in held.of(GUS, MONDAY)] == [Part.COVER]


def test_nobody_covers_and_visits_at_once(hall: SqlStore) -> None:
    with hall.work() as work:
        work.walks.add("maple", covered())
        with pytest.raises(SeatTaken):
            work.walks.add("maple", walk(GUS, host=EVE))


def test_a_cancelled_walk_needs_no_cover(hall: SqlStore) -> None:
    with hall.work() as work:
        work.walks.add("maple", covered())
        work.commit()
        found = work.walks.all("maple")
    with hall.work() as work:
        work.walks.save("maple", found[0].became(State.CANCELLED))
        work.walks.add("maple", walk(GUS, host=EVE))
        work.commit()
