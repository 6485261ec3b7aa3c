"""Appointments of people's own that fall on what they have promised."""

from __future__ import annotations

from sqlalchemy import Column, Index, String, Table

from sync.core.visits.commitments import Part
from sync.store.moments import Moment
from sync.store.tables.columns import NAME, ends_after_start, metadata, of_walk, one_of

overlaps = Table(
    "overlaps",
    metadata,
    Column("school", NAME, primary_key=True),
    Column("walk", String(32), primary_key=True),
    Column("email", NAME, primary_key=True),
    Column("appointment", String(32), primary_key=True),
    Column("part", String(20), primary_key=True),
    Column("starts", Moment, nullable=False),
    Column("ends", Moment, nullable=False),
    Column("kept_at", Moment),
    of_walk(),
    one_of("part", Part),
    ends_after_start(),
    Index(None, "school", "email"),
)
