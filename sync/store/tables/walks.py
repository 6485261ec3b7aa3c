"""Walks and their people: rows throughout, since the rules ask for single days and people."""

from __future__ import annotations

from sqlalchemy import JSON, CheckConstraint, Column, Date, Index, Integer, String, Table, Text, UniqueConstraint, text

from sync.core.school.agreement import Kind
from sync.core.visits.walk import PieceKind, State
from sync.services.ports import Mirror
from sync.store.moments import Moment
from sync.store.tables.columns import NAME, ends_after_start, metadata, of_school, of_walk, one_of

walks = Table(
    "walks",
    metadata,
    of_school(),
    Column("key", String(32), primary_key=True),
    Column("kind", String(20), nullable=False),
    Column("state", String(20), nullable=False),
    Column("group_name", Text, nullable=False),
    Column("focus", JSON, nullable=False),
    Column("own_focus", Text, nullable=False),
    Column("initiated_by", NAME, nullable=False),
    Column("booked_at", Moment, nullable=False),
    Column("starts", Moment, nullable=False),
    Column("ends", Moment, nullable=False),
    Column("first_date", Date, nullable=False),
    Column("last_date", Date, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("event_revision", Integer, nullable=False, server_default="0"),
    Column("notes_revision", Integer, nullable=False, server_default="0"),
    Column("sheet_revision", Integer, nullable=False, server_default="0"),
    Column("accepted", JSON, nullable=False, server_default="[]"),
    Column("declined", JSON, nullable=False, server_default="[]"),
    Column("lapses_on", Date),
    Column("protocol", String(40), nullable=False, server_default=""),
    Column("mode", String(20), nullable=False, server_default=""),
    Column("video", String(32), nullable=False, server_default=""),
    Column("link_opens", JSON, nullable=False, server_default="[]"),
    one_of("kind", Kind),
    one_of("state", State),
    ends_after_start(),
    CheckConstraint("length(key) = 32", name="key_is_whole"),
    CheckConstraint("first_date <= last_date", name="dates_in_order"),
    CheckConstraint("revision >= 1", name="revision_counts"),
    *(
        CheckConstraint(f"{mirror}_revision BETWEEN 0 AND revision", name=f"{mirror}_not_ahead")
        for mirror in (mirror.value for mirror in Mirror)
    ),
    # Questions are about days to come, and what lies behind grows: the last date tells them apart.
    Index(None, "school", "last_date"),
    Index(None, "school", "state", "ends"),
    # The work that is left to do is an index of its own, small however many walks lie behind us.
    *(
        Index(
            f"ix_walks_{mirror}_behind",
            "school",
            "starts",
            sqlite_where=text(f"{mirror}_revision < revision"),
            postgresql_where=text(f"{mirror}_revision < revision"),
        )
        for mirror in (mirror.value for mirror in Mirror)
    ),
)

visitors = Table(
    "visitors",
    metadata,
    Column("school", NAME, primary_key=True),
    Column("walk", String(32), primary_key=True),
    Column("place", Integer, primary_key=True),
    Column("email", NAME, nullable=False),
    of_walk(),
    UniqueConstraint("school", "walk", "email"),
)

stops = Table(
    "stops",
    metadata,
    Column("school", NAME, primary_key=True),
    Column("walk", String(32), primary_key=True),
    Column("place", Integer, primary_key=True),
    Column("host", NAME, nullable=False),
    Column("date", Date, nullable=False),
    Column("period", NAME, nullable=False),
    Column("starts", Moment, nullable=False),
    Column("ends", Moment, nullable=False),
    Column("room", Text, nullable=False),
    Column("section", Text, nullable=False),
    Column("course", Text, nullable=False),
    Column("grade", Text, nullable=False),
    of_walk(),
    ends_after_start(),
)

pieces = Table(
    "pieces",
    metadata,
    Column("school", NAME, primary_key=True),
    Column("walk", String(32), primary_key=True),
    Column("kind", String(20), primary_key=True),
    Column("date", Date, nullable=False),
    Column("period", NAME, nullable=False),
    Column("starts", Moment, nullable=False),
    Column("ends", Moment, nullable=False),
    of_walk(),
    one_of("kind", PieceKind),
    ends_after_start(),
)
