"""Cover, answers to proposals, and prep that is given back.

Revision ID: 0003
Revises: 0002
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from sync.store.moments import Moment

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

PARTS = "part IN ('visitor', 'host', 'cover', 'debrief', 'prepare', 'restored')"


def upgrade() -> None:
    op.add_column("walks", sa.Column("accepted", sa.JSON(), nullable=False, server_default="[]"))
    op.add_column("walks", sa.Column("lapses_on", sa.Date()))
    op.create_table(
        "covers",
        sa.Column("school", sa.String(length=320), nullable=False),
        sa.Column("walk", sa.String(length=32), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("away", sa.String(length=320), nullable=False),
        sa.Column("date", sa.Date(), nullable=False),
        sa.Column("period", sa.String(length=320), nullable=False),
        sa.Column("starts", Moment, nullable=False),
        sa.Column("ends", Moment, nullable=False),
        sa.Column("purpose", sa.String(length=20), nullable=False),
        sa.Column("asked", sa.String(length=320), nullable=False),
        sa.Column("taken_by", sa.String(length=320), nullable=False),
        sa.Column("declined", sa.JSON(), nullable=False),
        sa.Column("agreed", sa.Boolean(), nullable=False),
        sa.Column("initiated_by", sa.String(length=320), nullable=False),
        sa.Column("room", sa.Text(), nullable=False),
        sa.Column("course", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.CheckConstraint("purpose IN ('visit', 'payback')", name=op.f("ck_covers_purpose_known")),
        sa.CheckConstraint("starts < ends", name=op.f("ck_covers_ends_after_start")),
        sa.ForeignKeyConstraint(
            ["school", "walk"], ["walks.school", "walks.key"], name=op.f("fk_covers_school_walk"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("school", "walk", "place", name=op.f("pk_covers")),
    )
    op.create_index(op.f("ix_covers_school_asked"), "covers", ["school", "asked"], unique=False)
    op.create_index(op.f("ix_covers_school_away"), "covers", ["school", "away"], unique=False)
    op.create_table(
        "easy_covers",
        sa.Column("school", sa.String(length=320), nullable=False),
        sa.Column("email", sa.String(length=320), nullable=False),
        sa.Column("day_type", sa.String(length=320), nullable=False),
        sa.Column("period", sa.String(length=320), nullable=False),
        sa.ForeignKeyConstraint(["school"], ["schools.key"], name=op.f("fk_easy_covers_school"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("school", "email", "day_type", "period", name=op.f("pk_easy_covers")),
    )
    if op.get_bind().dialect.name == "sqlite":
        # SQLite changes no constraint in place: the table is copied into one that says it.
        with op.batch_alter_table("participations", copy_from=_participations(), recreate="always"):
            pass
    else:
        op.drop_constraint(op.f("ck_participations_part_known"), "participations", type_="check")
        op.create_check_constraint(op.f("ck_participations_part_known"), "participations", PARTS)


def _participations() -> sa.Table:
    return sa.Table(
        "participations",
        sa.MetaData(),
        sa.Column("school", sa.String(length=320), nullable=False),
        sa.Column("walk", sa.String(length=32), nullable=False),
        sa.Column("email", sa.String(length=320), nullable=False),
        sa.Column("part", sa.String(length=20), nullable=False),
        sa.Column("starts", Moment, nullable=False),
        sa.Column("ends", Moment, nullable=False),
        sa.Column("date", sa.Date(), nullable=False),
        sa.Column("period", sa.String(length=320), nullable=False),
        sa.CheckConstraint(PARTS, name=op.f("ck_participations_part_known")),
        sa.CheckConstraint("starts < ends", name=op.f("ck_participations_ends_after_start")),
        sa.ForeignKeyConstraint(
            ["school", "walk"],
            ["walks.school", "walks.key"],
            name=op.f("fk_participations_school_walk"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("school", "walk", "email", "part", "starts", name=op.f("pk_participations")),
        sa.Index(op.f("ix_participations_school_date"), "school", "date"),
        sa.Index(op.f("ix_participations_school_email_date"), "school", "email", "date"),
    )
