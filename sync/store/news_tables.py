"""The table of news: sentences of ours for single people."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, String, Table, Text

from sync.services.ports import Topic
from sync.store.moments import Moment
from sync.store.tables import NAME, metadata

news = Table(
    "news",
    metadata,
    Column("school", ForeignKey("schools.key", ondelete="CASCADE"), primary_key=True),
    Column("key", String(32), primary_key=True),
    Column("email", NAME, nullable=False),
    Column("topic", String(20), nullable=False),
    Column("sentence", Text, nullable=False),
    Column("made_at", Moment, nullable=False),
    Column("walk", String(32), nullable=False),
    Column("until", Moment),
    Column("mailed_at", Moment),
    Column("seen_at", Moment),
    CheckConstraint(f"topic IN ({', '.join(repr(one.value) for one in Topic)})", name="topic_known"),
    Index(None, "school", "email"),
)
