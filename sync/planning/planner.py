"""The planner as the use cases know it (`sync.services.ports.Planner`)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date

from sync.core.school.school import School
from sync.core.visits.doors import Doors
from sync.planning.problem import Request
from sync.planning.solve import solve
from sync.services.ports import Found, LeftOut, Tell


class TermPlanner:
    """Works out a term, here and now; as long as it takes, so never while somebody waits for an answer."""

    def plan(
        self,
        school: School,
        first: date,
        last: date,
        *,
        seconds: float,
        seed: int,
        already: Mapping[str, tuple[int, int]],
        doors: Doors,
        tell: Tell,
    ) -> Found:
        plan = solve(Request(school, first, last, seconds, seed, already, doors), tell=tell)
        return Found(
            rows=tuple(asdict(row) for row in plan.rows),
            people=plan.people,
            placed=plan.placed,
            walks=plan.walks,
            covers=plan.covers,
            gap=plan.gap,
            left_out=tuple(LeftOut(person.email, person.why) for person in plan.unplaced),
            notes=plan.notes,
        )
