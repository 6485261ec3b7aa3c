"""The tables of news: sentences of ours for single people, and the language in which each reads them."""

from __future__ import annotations

from sqlalchemy import Column, Index, String, Table, Text

from sync.services.ports import Topic
from sync.store.moments import Moment
from sync.store.tables.columns import NAME, metadata, of_school, one_of

news = Table(
    "news",
    metadata,
    of_school(),
    Column("key", String(32), primary_key=True),
    Column("email", NAME, nullable=False),
    Column("topic", String(20), nullable=False),
    Column("sentence", Text, nullable=False),
    Column("made_at", Moment, nullable=False),
    Column("walk", String(32), nullable=False),
    Column("until", Moment),
    Column("mailed_at", Moment),
    Column("seen_at", Moment),
    one_of("topic", Topic),
    Index(None, "school", "email"),
)

reading_languages = Table(
    "reading_languages",
    metadata,
    of_school(),
    Column("email", NAME, primary_key=True),
    Column("locale", String(40), nullable=False),
)
