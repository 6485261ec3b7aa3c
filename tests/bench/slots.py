"""200 random pairs of each real school: what is open can be booked, what is refused is refused when it is tried."""

from __future__ import annotations

import random
import tempfile
from datetime import UTC, date, datetime
from pathlib import Path

from sync.core.refusals import Refused
from sync.core.school.school import School
from sync.core.visits.openings import Opening, survey
from sync.schools.imports.fet import read_fet
from sync.schools.imports.source import Wanted
from sync.services.visits import booking
from sync.services.visits.asking import known_about
from sync.store import SqlStore, open_store
from tests.bench.registry import Figures, bench
from tests.conftest import REAL_DATA
from tests.fakes import StandingClock

NOW = datetime(2026, 8, 28, 9, 0, tzinfo=UTC)
PAIRS = 200
DAYS = 5


@bench("slots", "200 random pairs of each real school: every opening can be booked, every refusal refuses")
def slots() -> Figures:
    if not REAL_DATA.is_dir():
        return {"skipped": "the real school data is not on this machine"}
    return {name: _school(REAL_DATA / "fet" / f"{name}.fet") for name in ("Hopwood", "IBDP-School-2016")}


def _school(file: Path) -> Figures:
    school = read_fet(file, Wanted(today=NOW.date())).school
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(f"sqlite:///{folder}/store.sqlite")
        with store.work() as work:
            work.schools.save("real", school)
            work.commit()
        return _pairs(store, school)


def _pairs(store: SqlStore, school: School) -> Figures:
    lot, clock = random.Random(11), StandingClock(NOW)
    first, last = school.school_days[0].date, school.school_days[DAYS - 1].date
    figures = {"pairs": PAIRS, "slots": 0, "neither_nor": 0, "openings": 0, "booked": 0, "refusals": 0, "refused": 0}
    for _ in range(PAIRS):
        visitor, host = lot.sample(sorted(school.staff), 2)
        with store.work() as work:
            known = known_about(work, "real", [visitor, host], first, last, NOW)
        seen = list(survey((visitor,), host, first, last, known))
        figures["neither_nor"] += len(list(school.class_slots(first, last))) - len(seen)
        for one in seen:
            figures["slots"] += 1
            opening = isinstance(one, Opening)
            figures["openings" if opening else "refusals"] += 1
            figures["booked" if opening else "refused"] += (
                _goes(store, clock, visitor, host, one.slot.date, one.slot.period) == opening
            )
    return figures


def _goes(store: SqlStore, clock: StandingClock, visitor: str, host: str, day: date, period: str) -> bool:
    """Whether this visit can be booked; it is taken back at once."""
    try:
        walk = booking.book(
            store, clock, "real", actor=visitor, visitors=[visitor], host=host, day=day, period=period, focus=["talk"]
        )
    except Refused:
        return False
    booking.cancel(store, clock, "real", walk.key, actor=visitor)
    return True
