"""The first tables: schools, walks, seats, mirrors and leases."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from sync.store.moments import Moment

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "leases",
        sa.Column("name", sa.String(length=320), nullable=False),
        sa.Column("holder", sa.String(length=320), nullable=False),
        sa.Column("until", Moment, nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_leases")),
    )
    op.create_table(
        "schools",
        sa.Column("key", sa.String(length=320), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("zone", sa.String(length=320), nullable=False),
        sa.Column("room_cap", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.CheckConstraint("revision >= 1", name=op.f("ck_schools_revision_counts")),
        sa.CheckConstraint("room_cap >= 0", name=op.f("ck_schools_room_cap_counts")),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_schools")),
    )
    op.create_table(
        "notes_places",
        sa.Column("school", sa.String(length=320), nullable=False),
        sa.Column("notes_key", sa.Text(), nullable=False),
        sa.Column("year", sa.String(length=20), nullable=False),
        sa.Column("folder_id", sa.Text(), nullable=False),
        sa.Column("doc_id", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["school"], ["schools.key"], name=op.f("fk_notes_places_school"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("school", "notes_key", "year", name=op.f("pk_notes_places")),
    )
    op.create_table(
        "people",
        sa.Column("school", sa.String(length=320), nullable=False),
        sa.Column("email", sa.String(length=320), nullable=False),
        sa.ForeignKeyConstraint(["school"], ["schools.key"], name=op.f("fk_people_school"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("school", "email", name=op.f("pk_people")),
    )
    op.create_index(op.f("ix_people_email"), "people", ["email"], unique=False)
    op.create_table(
        "rooms",
        sa.Column("school", sa.String(length=320), nullable=False),
        sa.Column("account", sa.String(length=320), nullable=False),
        sa.Column("calendar_id", sa.Text(), nullable=False),
        sa.Column("folder_id", sa.Text(), nullable=False),
        sa.Column("sheet_id", sa.Text(), nullable=False),
        sa.Column("calendar_token", sa.Text(), nullable=False),
        sa.Column("sheet_shown", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["school"], ["schools.key"], name=op.f("fk_rooms_school"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("school", name=op.f("pk_rooms")),
    )
    op.create_table(
        "walks",
        sa.Column("school", sa.String(length=320), nullable=False),
        sa.Column("key", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("group_name", sa.Text(), nullable=False),
        sa.Column("focus", sa.JSON(), nullable=False),
        sa.Column("own_focus", sa.Text(), nullable=False),
        sa.Column("initiated_by", sa.String(length=320), nullable=False),
        sa.Column("booked_at", Moment, nullable=False),
        sa.Column("starts", Moment, nullable=False),
        sa.Column("ends", Moment, nullable=False),
        sa.Column("first_date", sa.Date(), nullable=False),
        sa.Column("last_date", sa.Date(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("event_revision", sa.Integer(), server_default="0", nullable=False),
        sa.Column("notes_revision", sa.Integer(), server_default="0", nullable=False),
        sa.Column("sheet_revision", sa.Integer(), server_default="0", nullable=False),
        sa.CheckConstraint(
            "kind IN ('pair', 'group', 'learning', 'inquiry', 'open-door', 'virtual', 'video')",
            name=op.f("ck_walks_kind_known"),
        ),
        sa.CheckConstraint(
            "state IN ('proposed', 'booked', 'held', 'debriefed', 'cancelled', 'lapsed')",
            name=op.f("ck_walks_state_known"),
        ),
        sa.CheckConstraint("event_revision BETWEEN 0 AND revision", name=op.f("ck_walks_event_not_ahead")),
        sa.CheckConstraint("first_date <= last_date", name=op.f("ck_walks_dates_in_order")),
        sa.CheckConstraint("length(key) = 32", name=op.f("ck_walks_key_is_whole")),
        sa.CheckConstraint("notes_revision BETWEEN 0 AND revision", name=op.f("ck_walks_notes_not_ahead")),
        sa.CheckConstraint("revision >= 1", name=op.f("ck_walks_revision_counts")),
        sa.CheckConstraint("sheet_revision BETWEEN 0 AND revision", name=op.f("ck_walks_sheet_not_ahead")),
        sa.CheckConstraint("starts < ends", name=op.f("ck_walks_ends_after_start")),
        sa.ForeignKeyConstraint(["school"], ["schools.key"], name=op.f("fk_walks_school"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("school", "key", name=op.f("pk_walks")),
    )
    op.create_index(
        "ix_walks_event_behind",
        "walks",
        ["school", "starts"],
        unique=False,
        sqlite_where=sa.text("event_revision < revision"),
        postgresql_where=sa.text("event_revision < revision"),
    )
    op.create_index(
        "ix_walks_notes_behind",
        "walks",
        ["school", "starts"],
        unique=False,
        sqlite_where=sa.text("notes_revision < revision"),
        postgresql_where=sa.text("notes_revision < revision"),
    )
    op.create_index(op.f("ix_walks_school_last_date"), "walks", ["school", "last_date"], unique=False)
    op.create_index(op.f("ix_walks_school_state_ends"), "walks", ["school", "state", "ends"], unique=False)
    op.create_index(
        "ix_walks_sheet_behind",
        "walks",
        ["school", "starts"],
        unique=False,
        sqlite_where=sa.text("sheet_revision < revision"),
        postgresql_where=sa.text("sheet_revision < revision"),
    )
    op.create_table(
        "participations",
        sa.Column("school", sa.String(length=320), nullable=False),
        sa.Column("walk", sa.String(length=32), nullable=False),
        sa.Column("email", sa.String(length=320), nullable=False),
        sa.Column("part", sa.String(length=20), nullable=False),
        sa.Column("starts", Moment, nullable=False),
        sa.Column("ends", Moment, nullable=False),
        sa.Column("date", sa.Date(), nullable=False),
        sa.Column("period", sa.String(length=320), nullable=False),
        sa.CheckConstraint(
            "part IN ('visitor', 'host', 'cover', 'debrief', 'prepare')", name=op.f("ck_participations_part_known")
        ),
        sa.CheckConstraint("starts < ends", name=op.f("ck_participations_ends_after_start")),
        sa.ForeignKeyConstraint(
            ["school", "walk"],
            ["walks.school", "walks.key"],
            name=op.f("fk_participations_school_walk"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("school", "walk", "email", "part", "starts", name=op.f("pk_participations")),
    )
    op.create_index(op.f("ix_participations_school_date"), "participations", ["school", "date"], unique=False)
    op.create_index(
        op.f("ix_participations_school_email_date"), "participations", ["school", "email", "date"], unique=False
    )
    op.create_table(
        "pieces",
        sa.Column("school", sa.String(length=320), nullable=False),
        sa.Column("walk", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("date", sa.Date(), nullable=False),
        sa.Column("period", sa.String(length=320), nullable=False),
        sa.Column("starts", Moment, nullable=False),
        sa.Column("ends", Moment, nullable=False),
        sa.CheckConstraint("kind IN ('prepare', 'debrief')", name=op.f("ck_pieces_kind_known")),
        sa.CheckConstraint("starts < ends", name=op.f("ck_pieces_ends_after_start")),
        sa.ForeignKeyConstraint(
            ["school", "walk"], ["walks.school", "walks.key"], name=op.f("fk_pieces_school_walk"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("school", "walk", "kind", name=op.f("pk_pieces")),
    )
    op.create_table(
        "room_seats",
        sa.Column("school", sa.String(length=320), nullable=False),
        sa.Column("host", sa.String(length=320), nullable=False),
        sa.Column("date", sa.Date(), nullable=False),
        sa.Column("period", sa.String(length=320), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("cap", sa.Integer(), nullable=False),
        sa.Column("walk", sa.String(length=32), nullable=False),
        sa.Column("visitor", sa.String(length=320), nullable=False),
        sa.CheckConstraint("number BETWEEN 1 AND cap", name=op.f("ck_room_seats_within_cap")),
        sa.ForeignKeyConstraint(
            ["school", "walk"],
            ["walks.school", "walks.key"],
            name=op.f("fk_room_seats_school_walk"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("school", "host", "date", "period", "number", name=op.f("pk_room_seats")),
        sa.UniqueConstraint(
            "school",
            "host",
            "date",
            "period",
            "walk",
            "visitor",
            name=op.f("uq_room_seats_school_host_date_period_walk_visitor"),
        ),
    )
    op.create_index(op.f("ix_room_seats_school_walk"), "room_seats", ["school", "walk"], unique=False)
    op.create_table(
        "seats",
        sa.Column("school", sa.String(length=320), nullable=False),
        sa.Column("person", sa.String(length=320), nullable=False),
        sa.Column("date", sa.Date(), nullable=False),
        sa.Column("period", sa.String(length=320), nullable=False),
        sa.Column("walk", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["school", "walk"], ["walks.school", "walks.key"], name=op.f("fk_seats_school_walk"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("school", "person", "date", "period", name=op.f("pk_seats")),
    )
    op.create_index(op.f("ix_seats_school_walk"), "seats", ["school", "walk"], unique=False)
    op.create_table(
        "shown",
        sa.Column("school", sa.String(length=320), nullable=False),
        sa.Column("walk", sa.String(length=32), nullable=False),
        sa.Column("mirror", sa.String(length=20), nullable=False),
        sa.Column("ref", sa.JSON(), nullable=False),
        sa.Column("thing", sa.Text(), nullable=False),
        sa.CheckConstraint("mirror IN ('event', 'notes', 'sheet')", name=op.f("ck_shown_mirror_known")),
        sa.ForeignKeyConstraint(
            ["school", "walk"], ["walks.school", "walks.key"], name=op.f("fk_shown_school_walk"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("school", "walk", "mirror", name=op.f("pk_shown")),
    )
    op.create_index(op.f("ix_shown_school_mirror_thing"), "shown", ["school", "mirror", "thing"], unique=False)
    op.create_table(
        "stops",
        sa.Column("school", sa.String(length=320), nullable=False),
        sa.Column("walk", sa.String(length=32), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("host", sa.String(length=320), nullable=False),
        sa.Column("date", sa.Date(), nullable=False),
        sa.Column("period", sa.String(length=320), nullable=False),
        sa.Column("starts", Moment, nullable=False),
        sa.Column("ends", Moment, nullable=False),
        sa.Column("room", sa.Text(), nullable=False),
        sa.Column("section", sa.Text(), nullable=False),
        sa.Column("course", sa.Text(), nullable=False),
        sa.Column("grade", sa.Text(), nullable=False),
        sa.CheckConstraint("starts < ends", name=op.f("ck_stops_ends_after_start")),
        sa.ForeignKeyConstraint(
            ["school", "walk"], ["walks.school", "walks.key"], name=op.f("fk_stops_school_walk"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("school", "walk", "place", name=op.f("pk_stops")),
    )
    op.create_table(
        "visitors",
        sa.Column("school", sa.String(length=320), nullable=False),
        sa.Column("walk", sa.String(length=32), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("email", sa.String(length=320), nullable=False),
        sa.ForeignKeyConstraint(
            ["school", "walk"], ["walks.school", "walks.key"], name=op.f("fk_visitors_school_walk"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("school", "walk", "place", name=op.f("pk_visitors")),
        sa.UniqueConstraint("school", "walk", "email", name=op.f("uq_visitors_school_walk_email")),
    )
