"""What standing walks promise of time and room: here no two of them can have the same."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, Date, Index, Integer, String, Table, UniqueConstraint

from sync.core.visits.commitments import Part
from sync.store.moments import Moment
from sync.store.tables.columns import NAME, ends_after_start, metadata, of_walk, one_of

participations = Table(
    "participations",
    metadata,
    # The time that standing walks take of people: one row per person and stretch, what the rules call commitments.
    Column("school", NAME, primary_key=True),
    Column("walk", String(32), primary_key=True),
    Column("email", NAME, primary_key=True),
    Column("part", String(20), primary_key=True),
    Column("starts", Moment, primary_key=True),
    Column("ends", Moment, nullable=False),
    Column("date", Date, nullable=False),
    Column("period", NAME, nullable=False),
    of_walk(),
    one_of("part", Part),
    ends_after_start(),
    Index(None, "school", "email", "date"),
    Index(None, "school", "date"),
)

seats = Table(
    "seats",
    metadata,
    # Nobody visits, or covers, in two places at once: one row at most per person, date and period.
    Column("school", NAME, primary_key=True),
    Column("person", NAME, primary_key=True),
    Column("date", Date, primary_key=True),
    Column("period", NAME, primary_key=True),
    Column("walk", String(32), nullable=False),
    of_walk(),
    Index(None, "school", "walk"),
)

room_seats = Table(
    "room_seats",
    metadata,
    # No room holds more visitors than its cap: seats are numbered, and the number stays within the cap.
    Column("school", NAME, primary_key=True),
    Column("host", NAME, primary_key=True),
    Column("date", Date, primary_key=True),
    Column("period", NAME, primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("cap", Integer, nullable=False),
    Column("walk", String(32), nullable=False),
    Column("visitor", NAME, nullable=False),
    of_walk(),
    UniqueConstraint("school", "host", "date", "period", "walk", "visitor"),
    CheckConstraint("number BETWEEN 1 AND cap", name="within_cap"),
    Index(None, "school", "walk"),
)
