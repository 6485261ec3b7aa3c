"""Schools: their content, what happened since it was written, and who belongs to them.

A school's own content (people, bells, days, timetable, rules) is one document, since the rules always ask a whole
`School`; what is searched for by itself (who belongs to which school) has rows.
"""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, Index, Integer, String, Table, Text

from sync.store.tables.columns import NAME, metadata, of_school

schools = Table(
    "schools",
    metadata,
    Column("key", NAME, primary_key=True),
    Column("name", Text, nullable=False),
    Column("zone", NAME, nullable=False),
    Column("room_cap", Integer, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("digest", String(64), nullable=False),
    Column("content", Text, nullable=False),
    Column("mended", Integer, nullable=False, server_default="0"),
    Column("confirmed", Integer, nullable=False, server_default="0"),
    CheckConstraint("revision >= 1", name="revision_counts"),
    CheckConstraint("room_cap >= 0", name="room_cap_counts"),
)

happenings = Table(
    "happenings",
    metadata,
    # What happened since the document was written, in the order it was said: applied to it whenever it is read.
    of_school(),
    Column("number", Integer, primary_key=True),
    Column("kind", String(20), nullable=False),
    Column("content", Text, nullable=False),
)

people = Table(
    "people",
    metadata,
    of_school(),
    Column("email", NAME, primary_key=True),
    Index(None, "email"),
)
