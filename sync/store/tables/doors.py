"""Open doors, and who waits for a seat."""

from __future__ import annotations

from sqlalchemy import JSON, Boolean, CheckConstraint, Column, Date, Index, Integer, String, Table, Text

from sync.core.visits.doors import Repeats
from sync.store.moments import Moment
from sync.store.tables.columns import NAME, metadata, of_school, one_of

open_doors = Table(
    "open_doors",
    metadata,
    of_school(),
    Column("key", String(32), primary_key=True),
    Column("host", NAME, nullable=False),
    Column("repeats", String(20), nullable=False),
    Column("first", Date, nullable=False),
    Column("last", Date, nullable=True),
    Column("period", NAME, nullable=False),
    Column("section", Text, nullable=False),
    Column("seats", Integer, nullable=False),
    Column("drop_in", Boolean, nullable=False),
    Column("visits_a_week", Integer, nullable=False),
    Column("not_on", JSON, nullable=False),
    Column("about", Text, nullable=False, server_default=""),
    Column("event", Text, nullable=False, server_default=""),
    Column("visits_a_year", Integer, nullable=False, server_default="0"),
    one_of("repeats", Repeats),
    CheckConstraint("seats >= 1", name="seats_count"),
    CheckConstraint("visits_a_week >= 0", name="visits_count"),
    Index(None, "school", "host"),
)

waiting = Table(
    "waiting",
    metadata,
    # Who would come if a seat were free; whoever asked first comes first.
    of_school(),
    Column("email", NAME, primary_key=True),
    Column("host", NAME, primary_key=True),
    Column("date", Date, primary_key=True),
    Column("period", NAME, primary_key=True),
    Column("since", Moment, nullable=False),
    Column("kept_until", Moment),
    Index(None, "school", "host", "date", "period"),
)
