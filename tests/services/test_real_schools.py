"""Hopwood (26 teachers) and the IBDP school (104): what is offered may be booked, and what is refused is refused."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from sync.core.refusals import Refused
from sync.core.school.school import School
from sync.core.school.slots import Slot
from sync.core.visits.openings import Closed, Opening, survey
from sync.core.visits.walk import State, Walk
from sync.schools.imports.fet import read_fet
from sync.schools.imports.source import Wanted
from sync.services.ports import Clock, Store
from sync.services.visits import booking, finding
from sync.services.visits.asking import known_about
from sync.store import SqlStore
from tests.fakes import StandingClock
from tests.services.promises import broken

NOW = datetime(2026, 8, 28, 9, 0, tzinfo=UTC)
SCHOOLS = {"Hopwood": 26, "IBDP-School-2016": 104}


@pytest.fixture(params=SCHOOLS)
def real(request: pytest.FixtureRequest, real_data: Path, store: SqlStore) -> School:
    """A real school's timetable, kept in the store under the key `real`."""
    school = read_fet(real_data / "fet" / f"{request.param}.fet", Wanted(today=date(2026, 8, 28))).school
    assert len(school.staff) == SCHOOLS[request.param]
    with store.work() as work:
        work.schools.save("real", school)
        work.commit()
        assert work.schools.get("real").school == school
    return school


def books(store: Store, clock: Clock, visitor: str, host: str, slot: Slot) -> Walk:
    return booking.book(
        store,
        clock,
        "real",
        actor=visitor,
        visitors=[visitor],
        host=host,
        day=slot.date,
        period=slot.period,
        minutes=slot.minutes,
        focus=["talk"],
    )


def test_openings_can_be_booked_and_refusals_refuse(real: School, store: SqlStore) -> None:
    clock, lot = StandingClock(NOW), random.Random(7)
    first, last = real.school_days[0].date, real.school_days[9].date
    tried: dict[type, int] = {Opening: 0, Closed: 0}
    for _ in range(12):
        visitor, host = lot.sample(sorted(real.staff), 2)
        with store.work() as work:
            known = known_about(work, "real", [visitor, host], first, last, NOW)
        seen = list(survey((visitor,), host, first, last, known))
        assert len(seen) == len(list(real.class_slots(first, last)))
        openings = [one for one in seen if isinstance(one, Opening)]
        closed = [one for one in seen if isinstance(one, Closed)]
        for one in lot.sample(openings, min(2, len(openings))) + lot.sample(closed, min(2, len(closed))):
            tried[type(one)] += 1
            if isinstance(one, Opening):
                walk = books(store, clock, visitor, host, one.slot)
                assert walk.stops[0].slot == one.slot
                booking.cancel(store, clock, "real", walk.key, actor=visitor)
            else:
                with pytest.raises(Refused) as refused:
                    books(store, clock, visitor, host, one.slot)
                assert refused.value.reasons == one.reasons
    assert min(tried.values()) > 10


def test_every_teacher_finds_and_books_a_visit(real: School, store: SqlStore) -> None:
    # One part-timer of the IBDP school has a single prep of 50 minutes on any day: 20 of them leave the floor of 30.
    clock = StandingClock(NOW)
    for visitor in real.staff:
        best = finding.find(store, clock, "real", visitor, days=20).offers[0]
        books(store, clock, visitor, best.host, best.slot)
    with store.work() as work:
        walks = work.walks.all("real")
    assert {walk.state for walk in walks} == {State.BOOKED}
    assert len(walks) == len(real.staff)
    assert broken(real, walks) == []
