"""Classes that are taken while their teacher visits, and those that are easy to take."""

from __future__ import annotations

from sqlalchemy import JSON, Boolean, Column, Date, Index, Integer, String, Table, Text

from sync.core.visits.cover import CoverFor
from sync.store.moments import Moment
from sync.store.tables.columns import NAME, ends_after_start, metadata, of_school, of_walk, one_of

covers = Table(
    "covers",
    metadata,
    # Classes that are taken, or are to be: what is asked and answered. Who has said yes has a participation and a seat.
    Column("school", NAME, primary_key=True),
    Column("walk", String(32), primary_key=True),
    Column("place", Integer, primary_key=True),
    Column("away", NAME, nullable=False),
    Column("date", Date, nullable=False),
    Column("period", NAME, nullable=False),
    Column("starts", Moment, nullable=False),
    Column("ends", Moment, nullable=False),
    Column("purpose", String(20), nullable=False),
    Column("asked", NAME, nullable=False),
    Column("taken_by", NAME, nullable=False),
    Column("declined", JSON, nullable=False),
    Column("agreed", Boolean, nullable=False),
    Column("initiated_by", NAME, nullable=False),
    Column("room", Text, nullable=False),
    Column("course", Text, nullable=False),
    Column("note", Text, nullable=False),
    of_walk(),
    one_of("purpose", CoverFor),
    ends_after_start(),
    Index(None, "school", "asked"),
    Index(None, "school", "away"),
)

easy_covers = Table(
    "easy_covers",
    metadata,
    # Classes that their teachers have marked as easy to take: pupils work on their own, or in pairs.
    of_school(),
    Column("email", NAME, primary_key=True),
    Column("day_type", NAME, primary_key=True),
    Column("period", NAME, primary_key=True),
)
