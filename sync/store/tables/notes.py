"""The tables around notes. Words that people wrote stand in `next_steps.what`, `shared_lines.words` and
`support_requests.words`, and in no other column of the database.
"""

from __future__ import annotations

from sqlalchemy import JSON, Boolean, Column, Date, ForeignKeyConstraint, Index, Integer, String, Table, Text, false

from sync.core.notes.checkin import CheckInState, SupportState
from sync.core.notes.next_steps import StepState
from sync.core.notes.thanks import Borrowing, ThanksState
from sync.store.moments import Moment
from sync.store.tables.columns import NAME, metadata, of_school, of_walk, one_of

notes_feeds = Table(
    "notes_feeds",
    metadata,
    of_school(),
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
    of_walk(),
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
    of_walk(),
    one_of("state", StepState),
)

shared_lines = Table(
    "shared_lines",
    metadata,
    Column("school", NAME, primary_key=True),
    Column("walk", String(32), primary_key=True),
    Column("line", String(32), primary_key=True),
    Column("place", Integer, nullable=False),
    Column("words", Text, nullable=False),
    of_walk(),
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
    of_walk(),
    one_of("state", ThanksState),
    one_of("borrowing", Borrowing),
    Index(None, "school", "visitor"),
)

check_ins = Table(
    "check_ins",
    metadata,
    of_school(),
    Column("key", String(32), primary_key=True),
    Column("teacher", NAME, nullable=False),
    Column("leader", NAME, nullable=False),
    Column("around", Date, nullable=False),
    Column("state", String(20), nullable=False),
    Column("folder_id", Text, nullable=False),
    Column("doc_id", Text, nullable=False),
    one_of("state", CheckInState),
)

support_requests = Table(
    "support_requests",
    metadata,
    of_school(),
    Column("key", String(32), primary_key=True),
    Column("teacher", NAME, nullable=False),
    Column("leader", NAME, nullable=False),
    Column("words", Text, nullable=False),
    Column("asked_at", Moment, nullable=False),
    Column("owner", NAME, nullable=False),
    Column("state", String(20), nullable=False),
    one_of("state", SupportState),
)

holds = Table(
    "holds",
    metadata,
    of_school(),
    Column("who", NAME, nullable=False),
    Column("since", Date, nullable=False),
    Column("reason", Text, nullable=False),
)

protocol_texts = Table(
    "protocol_texts",
    metadata,
    # What a protocol said when a section was made from it: a school's words, not a person's.
    of_school(),
    Column("key", String(32), primary_key=True),
    Column("text", Text, nullable=False),
)
