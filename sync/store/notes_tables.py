"""The tables around notes. Words that people wrote stand in `next_steps.what`, `shared_lines.words` and
`support_requests.words`, and in no other column of the database.
"""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    String,
    Table,
    Text,
    false,
)

from sync.core.checkin import CheckInState, SupportState
from sync.core.next_steps import StepState
from sync.core.thanks import Borrowing, ThanksState
from sync.store.moments import Moment
from sync.store.tables import NAME, metadata


def _walk() -> ForeignKeyConstraint:
    return ForeignKeyConstraint(["school", "walk"], ["walks.school", "walks.key"], ondelete="CASCADE")


def _known(column: str, words: type) -> CheckConstraint:
    allowed = ", ".join(repr(str(word.value)) for word in words)  # type: ignore[attr-defined]
    return CheckConstraint(f"{column} IN ({allowed})", name=f"{column}_known")


notes_feeds = Table(
    "notes_feeds",
    metadata,
    Column("school", ForeignKey("schools.key", ondelete="CASCADE"), primary_key=True),
    Column("token", Text, nullable=False),
)

walk_notes = Table(
    "walk_notes",
    metadata,
    Column("school", NAME, primary_key=True),
    Column("walk", String(32), primary_key=True),
    Column("read_at", Moment, nullable=False),
    Column("minutes", Integer),
    Column("tags", JSON, nullable=False),
    Column("lost", JSON, nullable=False),
    _walk(),
)

next_steps = Table(
    "next_steps",
    metadata,
    Column("school", NAME, primary_key=True),
    Column("walk", String(32), primary_key=True),
    Column("row", Integer, primary_key=True, autoincrement=False),
    Column("what", Text, nullable=False),
    Column("owner", NAME, nullable=False),
    Column("by", Date),
    Column("state", String(20), nullable=False),
    Column("listed", Boolean, nullable=False, server_default=false()),
    _walk(),
    _known("state", StepState),
)

shared_lines = Table(
    "shared_lines",
    metadata,
    Column("school", NAME, primary_key=True),
    Column("walk", String(32), primary_key=True),
    Column("line", String(32), primary_key=True),
    Column("place", Integer, nullable=False),
    Column("words", Text, nullable=False),
    _walk(),
)

consents = Table(
    "consents",
    metadata,
    # Taken back by taking the row out; a line that is no longer marked takes its consents with it.
    Column("school", NAME, primary_key=True),
    Column("walk", String(32), primary_key=True),
    Column("line", String(32), primary_key=True),
    Column("email", NAME, primary_key=True),
    Column("agreed_at", Moment, nullable=False),
    ForeignKeyConstraint(
        ["school", "walk", "line"],
        ["shared_lines.school", "shared_lines.walk", "shared_lines.line"],
        ondelete="CASCADE",
    ),
)

thanks = Table(
    "thanks",
    metadata,
    Column("school", NAME, primary_key=True),
    Column("walk", String(32), primary_key=True),
    Column("visitor", NAME, primary_key=True),
    Column("host", NAME, primary_key=True),
    Column("ended", Moment, nullable=False),
    Column("state", String(20), nullable=False),
    Column("reminded", Integer, nullable=False),
    Column("done_at", Moment),
    Column("borrowing", String(20), nullable=False),
    Column("names_visitor", Boolean, nullable=False),
    Column("names_host", Boolean, nullable=False),
    _walk(),
    _known("state", ThanksState),
    _known("borrowing", Borrowing),
    Index(None, "school", "visitor"),
)

check_ins = Table(
    "check_ins",
    metadata,
    Column("school", ForeignKey("schools.key", ondelete="CASCADE"), primary_key=True),
    Column("key", String(32), primary_key=True),
    Column("teacher", NAME, nullable=False),
    Column("leader", NAME, nullable=False),
    Column("around", Date, nullable=False),
    Column("state", String(20), nullable=False),
    Column("folder_id", Text, nullable=False),
    Column("doc_id", Text, nullable=False),
    _known("state", CheckInState),
)

support_requests = Table(
    "support_requests",
    metadata,
    Column("school", ForeignKey("schools.key", ondelete="CASCADE"), primary_key=True),
    Column("key", String(32), primary_key=True),
    Column("teacher", NAME, nullable=False),
    Column("leader", NAME, nullable=False),
    Column("words", Text, nullable=False),
    Column("asked_at", Moment, nullable=False),
    Column("owner", NAME, nullable=False),
    Column("state", String(20), nullable=False),
    _known("state", SupportState),
)

holds = Table(
    "holds",
    metadata,
    Column("school", ForeignKey("schools.key", ondelete="CASCADE"), primary_key=True),
    Column("who", NAME, nullable=False),
    Column("since", Date, nullable=False),
    Column("reason", Text, nullable=False),
)

protocol_texts = Table(
    "protocol_texts",
    metadata,
    # What a protocol said when a section was made from it: a school's words, not a person's.
    Column("school", ForeignKey("schools.key", ondelete="CASCADE"), primary_key=True),
    Column("key", String(32), primary_key=True),
    Column("text", Text, nullable=False),
)
