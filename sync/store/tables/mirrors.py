"""Where the mirrors of a school and of its walks stand, and who is at work on them."""

from __future__ import annotations

from sqlalchemy import JSON, Column, Index, String, Table, Text

from sync.services.ports import Mirror
from sync.store.moments import Moment
from sync.store.tables.columns import NAME, metadata, of_school, of_walk, one_of

rooms = Table(
    "rooms",
    metadata,
    of_school(),
    Column("account", NAME, nullable=False),
    Column("calendar_id", Text, nullable=False),
    Column("folder_id", Text, nullable=False),
    Column("sheet_id", Text, nullable=False),
    Column("calendar_token", Text, nullable=False),
    Column("sheet_shown", Text, nullable=False),
)

shown = Table(
    "shown",
    metadata,
    # What is needed to find a walk's event, or its place in the notes, again. How far each is, is told by `walks`.
    Column("school", NAME, primary_key=True),
    Column("walk", String(32), primary_key=True),
    Column("mirror", String(20), primary_key=True),
    Column("ref", JSON, nullable=False),
    Column("thing", Text, nullable=False),
    of_walk(),
    one_of("mirror", Mirror),
    Index(None, "school", "mirror", "thing"),
)

notes_places = Table(
    "notes_places",
    metadata,
    of_school(),
    Column("notes_key", Text, primary_key=True),
    Column("year", String(20), primary_key=True),
    Column("folder_id", Text, nullable=False),
    Column("doc_id", Text, nullable=False),
)

leases = Table(
    "leases",
    metadata,
    Column("name", NAME, primary_key=True),
    Column("holder", NAME, nullable=False),
    Column("until", Moment, nullable=False),
)
