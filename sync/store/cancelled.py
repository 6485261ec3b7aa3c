"""Classes to which a visit was cancelled, read from the rows of what does not stand any more."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from sqlalchemy import and_, select

from sync.core.visits.walk import State
from sync.store.connection import WorkConnection
from sync.store.tables.walks import stops, visitors, walks


def given_up(
    connection: WorkConnection, school: str, people: Iterable[str], now: datetime
) -> frozenset[tuple[str, date, str]]:
    """Host, date and period of visits of these people that would be still to come."""
    walk, came, at = walks.c, visitors.c, stops.c
    asked = (
        select(at.host, at.date, at.period)
        .join(walks, and_(at.school == walk.school, at.walk == walk.key))
        .join(visitors, and_(came.school == walk.school, came.walk == walk.key))
        .where(walk.school == school, walk.state == State.CANCELLED.value, walk.ends > now)
        .where(came.email.in_(sorted(set(people))))
    )
    return frozenset((host, day, period) for host, day, period in connection.reading().execute(asked))
