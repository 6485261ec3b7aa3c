"""The tables of going together. Wishes stand apart from pairs, so that backups can leave them out."""

from __future__ import annotations

from sqlalchemy import Boolean, CheckConstraint, Column, Date, Index, String, Table, Text, UniqueConstraint

from sync.store.moments import Moment
from sync.store.tables.columns import NAME, metadata, of_school

colleague_wishes = Table(
    "colleague_wishes",
    metadata,
    of_school(),
    Column("year", String(20), primary_key=True),
    Column("email", NAME, primary_key=True),
    Column("colleague", NAME, nullable=False),
)

colleagues = Table(
    "colleagues",
    metadata,
    # Two rows a pair, one for each, so that nobody has two colleagues for one year.
    of_school(),
    Column("year", String(20), primary_key=True),
    Column("email", NAME, primary_key=True),
    Column("colleague", NAME, nullable=False),
    UniqueConstraint("school", "year", "colleague"),
    CheckConstraint("email <> colleague", name="two_people"),
)

group_asks = Table(
    "group_asks",
    metadata,
    of_school(),
    Column("group_name", NAME, primary_key=True),
    Column("email", NAME, primary_key=True),
    Column("asked_by", NAME, nullable=False),
    Column("since", Moment, nullable=False),
)

group_turns = Table(
    "group_turns",
    metadata,
    of_school(),
    Column("group_name", NAME, primary_key=True),
    Column("host", NAME, nullable=False),
    Column("since", Moment, nullable=False),
)

videos = Table(
    "videos",
    metadata,
    of_school(),
    Column("key", String(32), primary_key=True),
    Column("host", NAME, nullable=False),
    Column("link", Text, nullable=False),
    Column("about", Text, nullable=False),
    Column("first", Date, nullable=False),
    Column("last", Date, nullable=False),
    Column("ended", Boolean, nullable=False),
    CheckConstraint("first <= last", name="dates_in_order"),
    Index(None, "school", "host"),
)
