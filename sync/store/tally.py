"""A programme in counts, by the database: no walk is read for it, however many there are."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import and_, case, func, or_, select

from sync.core.visits.walk import DONE, STANDING, State
from sync.services.ports import Tally
from sync.store.connection import WorkConnection
from sync.store.tables.walks import stops, visitors, walks


def tally(connection: WorkConnection, school: str, first: date, last: date, now: datetime) -> Tally:
    """Walks that stand between two dates, and who takes part in them."""
    standing = and_(
        walks.c.school == school,
        walks.c.first_date <= last,
        walks.c.last_date >= first,
        walks.c.state.in_(sorted(state.value for state in STANDING)),
    )
    booked, proposed = (walks.c.state == state.value for state in (State.BOOKED, State.PROPOSED))
    over = or_(walks.c.state.in_(sorted(state.value for state in DONE)), and_(booked, walks.c.ends <= now))
    counted = select(
        func.coalesce(func.sum(case((and_(booked, walks.c.ends > now), 1), else_=0)), 0),
        func.coalesce(func.sum(case((over, 1), else_=0)), 0),
        func.coalesce(func.sum(case((and_(proposed, walks.c.ends > now), 1), else_=0)), 0),
    ).where(standing)
    reading = connection.reading()
    to_come, happened, invited = reading.execute(counted).one()
    found = []
    for table, column in ((visitors, visitors.c.email), (stops, stops.c.host)):
        joined = and_(table.c.school == walks.c.school, table.c.walk == walks.c.key)
        found.append(frozenset(reading.scalars(select(column).join(walks, joined).where(standing).distinct())))
    return Tally(int(to_come), int(happened), int(invited), *found)
