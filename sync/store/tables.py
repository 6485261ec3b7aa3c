"""The tables. What the rules promise is stated here a second time, as constraints.

A school's own content (people, bells, days, timetable, rules) is one document, since the rules always ask a whole
`School`; what is searched for by itself (who belongs to which school) has rows. Walks are rows throughout.
"""

from __future__ import annotations

from collections.abc import Iterable

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
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from sync.core.agreement import Kind
from sync.core.commitments import Part
from sync.core.covers import CoverFor
from sync.core.doors import Repeats
from sync.core.walk import PieceKind, State
from sync.services.ports import Mirror
from sync.store.moments import Moment

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

NAME = String(320)
"""long enough for any e-mail address, and for names and ids"""


def _one_of(column: str, words: Iterable[str]) -> CheckConstraint:
    return CheckConstraint(f"{column} IN ({', '.join(repr(str(word)) for word in words)})", name=f"{column}_known")


def _of_walk() -> ForeignKeyConstraint:
    return ForeignKeyConstraint(["school", "walk"], ["walks.school", "walks.key"], ondelete="CASCADE")


def _ends_after_start() -> CheckConstraint:
    return CheckConstraint("starts < ends", name="ends_after_start")


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
    CheckConstraint("revision >= 1", name="revision_counts"),
    CheckConstraint("room_cap >= 0", name="room_cap_counts"),
)

happenings = Table(
    "happenings",
    metadata,
    # What happened since the document was written, in the order it was said: applied to it whenever it is read.
    Column("school", ForeignKey("schools.key", ondelete="CASCADE"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("kind", String(20), nullable=False),
    Column("content", Text, nullable=False),
)

people = Table(
    "people",
    metadata,
    Column("school", ForeignKey("schools.key", ondelete="CASCADE"), primary_key=True),
    Column("email", NAME, primary_key=True),
    Index(None, "email"),
)

walks = Table(
    "walks",
    metadata,
    Column("school", ForeignKey("schools.key", ondelete="CASCADE"), primary_key=True),
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
    _one_of("kind", Kind),
    _one_of("state", State),
    _ends_after_start(),
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
    _of_walk(),
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
    _of_walk(),
    _ends_after_start(),
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
    _of_walk(),
    _one_of("kind", PieceKind),
    _ends_after_start(),
)

covers = Table(
    "covers",
    metadata,
    # Classes that are taken, or are to be: what is asked and answered. Who has said yes has a participation and a seat.
    Column("school", NAME, primary_key=True),
    Column("walk", String(32), primary_key=True),
    Column("place", Integer, primary_key=True),
    Column("away", NAME, nullable=False),
    Column("date", Date, nullable=False),
    Column("period", NAME, nullable=False),
    Column("starts", Moment, nullable=False),
    Column("ends", Moment, nullable=False),
    Column("purpose", String(20), nullable=False),
    Column("asked", NAME, nullable=False),
    Column("taken_by", NAME, nullable=False),
    Column("declined", JSON, nullable=False),
    Column("agreed", Boolean, nullable=False),
    Column("initiated_by", NAME, nullable=False),
    Column("room", Text, nullable=False),
    Column("course", Text, nullable=False),
    Column("note", Text, nullable=False),
    _of_walk(),
    _one_of("purpose", CoverFor),
    _ends_after_start(),
    Index(None, "school", "asked"),
    Index(None, "school", "away"),
)

easy_covers = Table(
    "easy_covers",
    metadata,
    # Classes that their teachers have marked as easy to take: pupils work on their own, or in pairs.
    Column("school", ForeignKey("schools.key", ondelete="CASCADE"), primary_key=True),
    Column("email", NAME, primary_key=True),
    Column("day_type", NAME, primary_key=True),
    Column("period", NAME, primary_key=True),
)

participations = Table(
    "participations",
    metadata,
    # The time that standing walks take of people: one row per person and stretch, what the rules call commitments.
    Column("school", NAME, primary_key=True),
    Column("walk", String(32), primary_key=True),
    Column("email", NAME, primary_key=True),
    Column("part", String(20), primary_key=True),
    Column("starts", Moment, primary_key=True),
    Column("ends", Moment, nullable=False),
    Column("date", Date, nullable=False),
    Column("period", NAME, nullable=False),
    _of_walk(),
    _one_of("part", Part),
    _ends_after_start(),
    Index(None, "school", "email", "date"),
    Index(None, "school", "date"),
)

seats = Table(
    "seats",
    metadata,
    # Nobody visits, or covers, in two places at once: one row at most per person, date and period.
    Column("school", NAME, primary_key=True),
    Column("person", NAME, primary_key=True),
    Column("date", Date, primary_key=True),
    Column("period", NAME, primary_key=True),
    Column("walk", String(32), nullable=False),
    _of_walk(),
    Index(None, "school", "walk"),
)

room_seats = Table(
    "room_seats",
    metadata,
    # No room holds more visitors than its cap: seats are numbered, and the number stays within the cap.
    Column("school", NAME, primary_key=True),
    Column("host", NAME, primary_key=True),
    Column("date", Date, primary_key=True),
    Column("period", NAME, primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("cap", Integer, nullable=False),
    Column("walk", String(32), nullable=False),
    Column("visitor", NAME, nullable=False),
    _of_walk(),
    UniqueConstraint("school", "host", "date", "period", "walk", "visitor"),
    CheckConstraint("number BETWEEN 1 AND cap", name="within_cap"),
    Index(None, "school", "walk"),
)

rooms = Table(
    "rooms",
    metadata,
    Column("school", ForeignKey("schools.key", ondelete="CASCADE"), primary_key=True),
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
    _of_walk(),
    _one_of("mirror", Mirror),
    Index(None, "school", "mirror", "thing"),
)

notes_places = Table(
    "notes_places",
    metadata,
    Column("school", ForeignKey("schools.key", ondelete="CASCADE"), primary_key=True),
    Column("notes_key", Text, primary_key=True),
    Column("year", String(20), primary_key=True),
    Column("folder_id", Text, nullable=False),
    Column("doc_id", Text, nullable=False),
)

open_doors = Table(
    "open_doors",
    metadata,
    Column("school", ForeignKey("schools.key", ondelete="CASCADE"), primary_key=True),
    Column("key", String(32), primary_key=True),
    Column("host", NAME, nullable=False),
    Column("repeats", String(20), nullable=False),
    Column("first", Date, nullable=False),
    Column("last", Date, nullable=True),
    Column("period", NAME, nullable=False),
    Column("section", Text, nullable=False),
    Column("seats", Integer, nullable=False),
    Column("drop_in", Boolean, nullable=False),
    Column("visits_a_week", Integer, nullable=False),
    Column("not_on", JSON, nullable=False),
    Column("about", Text, nullable=False, server_default=""),
    Column("event", Text, nullable=False, server_default=""),
    _one_of("repeats", Repeats),
    CheckConstraint("seats >= 1", name="seats_count"),
    CheckConstraint("visits_a_week >= 0", name="visits_count"),
    Index(None, "school", "host"),
)

waiting = Table(
    "waiting",
    metadata,
    # Who would come if a seat were free; whoever asked first comes first.
    Column("school", ForeignKey("schools.key", ondelete="CASCADE"), primary_key=True),
    Column("email", NAME, primary_key=True),
    Column("host", NAME, primary_key=True),
    Column("date", Date, primary_key=True),
    Column("period", NAME, primary_key=True),
    Column("since", Moment, nullable=False),
    Column("kept_until", Moment),
    Index(None, "school", "host", "date", "period"),
)

term_plans = Table(
    "term_plans",
    metadata,
    # The plan of a term in the making, one for a school: a document, since it is only ever looked at whole.
    Column("school", ForeignKey("schools.key", ondelete="CASCADE"), primary_key=True),
    Column("content", Text, nullable=False),
)

leases = Table(
    "leases",
    metadata,
    Column("name", NAME, primary_key=True),
    Column("holder", NAME, nullable=False),
    Column("until", Moment, nullable=False),
)
