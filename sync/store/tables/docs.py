"""The tables around whole Docs: whom we let in, newsletters, and what is due by its age."""

from __future__ import annotations

from sqlalchemy import JSON, Column, Date, Integer, String, Table, Text

from sync.services.ports import Given
from sync.store.moments import Moment
from sync.store.tables.columns import NAME, metadata, of_school, one_of

doc_readers = Table(
    "doc_readers",
    metadata,
    of_school(),
    Column("notes_key", Text, primary_key=True),
    Column("year", String(20), primary_key=True),
    Column("email", NAME, primary_key=True),
    Column("walk", String(32), nullable=False),
    Column("given", String(20), nullable=False),
    one_of("given", Given),
)

doc_open_to = Table(
    "doc_open_to",
    metadata,
    of_school(),
    Column("notes_key", Text, primary_key=True),
    Column("year", String(20), primary_key=True),
    Column("who", JSON, nullable=False),
    Column("said", JSON, nullable=False),
)
"""who can open a Doc as Google says, and whom its index names as let in by hand"""

open_groups = Table(
    "open_groups",
    metadata,
    of_school(),
    Column("group_name", NAME, primary_key=True),
)

newsletters = Table(
    "newsletters",
    metadata,
    of_school(),
    Column("key", String(32), primary_key=True),
    Column("title", Text, nullable=False),
    Column("hashtags", JSON, nullable=False),
    Column("made_by", NAME, nullable=False),
    Column("made_at", Moment, nullable=False),
    Column("folder_id", Text, nullable=False),
    Column("doc_id", Text, nullable=False),
    Column("used", JSON, nullable=False),
)
"""drafts of what both sides agreed to show; the words themselves stand in the Doc alone"""

due_years = Table(
    "due_years",
    metadata,
    of_school(),
    Column("year", String(20), primary_key=True),
    Column("listed_on", Date, nullable=False),
    Column("removed_on", Date),
    Column("removed", Integer, nullable=False),
)
"""school years whose notes are due, listed before anything of them goes"""
