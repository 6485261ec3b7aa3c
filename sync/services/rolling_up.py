"""The coordinator's Sheet from the store: which tables it shows, and whether they have changed at all."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence

from sync.core import rollup
from sync.core.school import School
from sync.core.walk import Walk
from sync.services.ports import Table

TRACKER, VISITS, HEALTH = "Tracker", "Visits", "Health"


def tables_of(
    school: School, walks: Iterable[Walk], labels: Mapping[str, str], health: Sequence[tuple[str, str, int, str]] = ()
) -> list[Table]:
    """Everything the Sheet is to show. `health`: (key, what, how many, what to do)."""
    walks = list(walks)
    return [
        Table(TRACKER, rollup.TRACKER, tuple(rollup.tracker_rows(school, walks))),
        Table(VISITS, rollup.VISITS, tuple(rollup.visit_rows(school, walks, labels))),
        Table(HEALTH, ("What", "How many", "What to do"), tuple(_rows(health))),
    ]


def _rows(health: Sequence[tuple[str, str, int, str]]) -> Iterable[tuple[str, tuple[str | int, ...]]]:
    return ((key, (what, count, todo)) for key, what, count, todo in health)


def digest(tables: Sequence[Table]) -> str:
    """Equal for equal tables; what the Sheet shows is compared by it, so that no change costs no call."""
    plain = [[table.tab, table.headings, table.rows] for table in tables]
    return hashlib.sha256(json.dumps(plain, ensure_ascii=False).encode()).hexdigest()[:32]
