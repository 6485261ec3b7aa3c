"""Repairs of a planned term: how fast, and whether the visits that change are those that were hit and no others.

A school of 300 with a planned and accepted term on a real SQLite file; then absences, closed rooms and lost days at
random, and proposals that are declined. What was hit is counted from the walks alone, without the rules.
"""

from __future__ import annotations

import random
import tempfile
import time
from collections.abc import Callable
from dataclasses import asdict, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from statistics import median

from sync.core.school.agreement import DebriefRule, Kind
from sync.core.school.people import COORDINATOR
from sync.core.school.school import School
from sync.core.visits.walk import State, Walk
from sync.planning.problem import Request
from sync.planning.solve import solve
from sync.services.plans import proposing, repairing
from sync.store import SqlStore, open_store
from tests.bench.registry import Figures, bench
from tests.fakes import StandingClock
from tests.planning.sample import sample_school

TEACHERS, REPAIRS, DECLINED = 300, 500, 200
KEY = "sample"


@bench("repairs", "500 repairs and 200 declined proposals at 300 teachers: seconds each, what was hit, what changed")
def repairs() -> Figures:
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(f"sqlite:///{Path(folder) / 'hall.db'}")
        try:
            return _measured(store)
        finally:
            store.close()


def _measured(store: SqlStore) -> Figures:
    school, clock = _begun(store)
    walks = _planned(store, clock, school)
    draw = random.Random(7)
    declined = _times(DECLINED, lambda: _one_declined(store, clock, draw))
    _accepted(store, clock)
    mended = _times(REPAIRS, lambda: _one_repair(store, clock, school, draw))
    return {"teachers": TEACHERS, "visits": walks, "declined": _said(declined), "repairs": _said(mended)}


def _begun(store: SqlStore) -> tuple[School, StandingClock]:
    school = sample_school(TEACHERS, 1, Kind.PAIR)
    rules = replace(school.rules, goal=replace(school.rules.goal, debrief=DebriefRule.NONE))
    coordinator = next(iter(school.staff.values()))
    staff = {**school.staff, coordinator.email: replace(coordinator, roles=(*coordinator.roles, COORDINATOR))}
    school = replace(school, rules=rules, staff=staff)
    with store.work() as work:
        work.schools.save(KEY, school)
        work.commit()
    return school, StandingClock(datetime.combine(min(school.days) - timedelta(days=2), datetime.min.time(), UTC))


def _planned(store: SqlStore, clock: StandingClock, school: School) -> int:
    plan = solve(Request(school, min(school.days) + timedelta(days=3), max(school.days), seconds=5))
    actor = school.coordinators[0].email
    rows = [asdict(row) for row in plan.rows]
    made = proposing.propose(store, clock, KEY, rows, actor=actor, lapses_on=max(school.days))
    return len(made.walks)


def _accepted(store: SqlStore, clock: StandingClock) -> None:
    for walk in _walks(store):
        if walk.state is State.PROPOSED:
            for email in walk.people:
                proposing.accept(store, clock, KEY, walk.key, actor=email)


def _walks(store: SqlStore) -> list[Walk]:
    with store.work() as work:
        return work.walks.all(KEY)


Took = tuple[float, float, int, int]
"""seconds by the clock and of the processor, visits hit, visits changed"""


def _times(many: int, once: Callable[[], Took]) -> list[Took]:
    return [once() for _ in range(many)]


def _said(took: list[Took]) -> Figures:
    seconds, cpu = sorted(one[0] for one in took), [one[1] for one in took]
    return {
        "times": len(took),
        "seconds_each": round(sum(seconds) / len(seconds), 3),
        "cpu_each": round(sum(cpu) / len(cpu), 3),
        "median": round(median(seconds), 3),
        "slowest_of_20": round(seconds[int(len(seconds) * 0.95)], 3),
        "hit": sum(hit for _, _, hit, _ in took),
        "changed": sum(changed for _, _, _, changed in took),
        "where_they_differ": sum(hit != changed for _, _, hit, changed in took),
    }


def _one_declined(store: SqlStore, clock: StandingClock, draw: random.Random) -> Took:
    before = {walk.key: walk for walk in _walks(store)}
    walk = draw.choice([walk for walk in before.values() if walk.state is State.PROPOSED])
    who = draw.choice(walk.people)
    began, cpu = time.perf_counter(), time.process_time()
    proposing.decline(store, clock, KEY, walk.key, actor=who)
    seconds, cpu = time.perf_counter() - began, time.process_time() - cpu
    changed = sum(before.get(walk.key, walk) != walk for walk in _walks(store))
    return seconds, cpu, 1, changed


def _one_repair(store: SqlStore, clock: StandingClock, school: School, draw: random.Random) -> Took:
    before = {walk.key: walk for walk in _walks(store)}
    change, is_hit = _happening(before, school, draw)
    hit = {key for key, walk in before.items() if walk.stands and is_hit(walk)}
    began, cpu = time.perf_counter(), time.process_time()
    repairing.repair(store, clock, KEY, change)
    seconds, cpu = time.perf_counter() - began, time.process_time() - cpu
    changed = {walk.key for walk in _walks(store) if walk.key in before and before[walk.key] != walk}
    return seconds, cpu, len(hit), len(changed) if changed == hit else -1


def _happening(
    walks: dict[str, Walk], school: School, draw: random.Random
) -> tuple[repairing.Change, Callable[[Walk], bool]]:
    """Mostly somebody is away; sometimes a room is closed; a whole day is lost seldom, as in life."""
    standing = [walk for walk in walks.values() if walk.stands]
    walk, kind = draw.choice(standing), draw.random()
    day = walk.stops[0].slot.date
    if kind < 0.85:
        who = draw.choice(walk.people if kind < 0.6 else tuple(school.staff))
        return repairing.absence(who, day, day), lambda one: who in one.people and _on(one, day)
    if kind < 0.99:
        room = walk.stops[0].room
        return repairing.room_closed(room, day, day), lambda one: one.stops[0].room == room and _on(one, day)
    return repairing.day_becomes(day, ""), lambda one: _on(one, day)


def _on(walk: Walk, day: date) -> bool:
    return walk.stops[0].slot.date == day
