"""What landed in people's own calendars on what they had promised, so that it is said once."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from sync.store.moments import Moment

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

PARTS = "part IN ('visitor', 'host', 'cover', 'debrief', 'prepare', 'restored')"


def upgrade() -> None:
    op.create_table(
        "overlaps",
        sa.Column("school", sa.String(length=320), nullable=False),
        sa.Column("walk", sa.String(length=32), nullable=False),
        sa.Column("email", sa.String(length=320), nullable=False),
        sa.Column("appointment", sa.String(length=32), nullable=False),
        sa.Column("part", sa.String(length=20), nullable=False),
        sa.Column("starts", Moment(), nullable=False),
        sa.Column("ends", Moment(), nullable=False),
        sa.Column("kept_at", Moment()),
        sa.CheckConstraint(PARTS, name=op.f("ck_overlaps_part_known")),
        sa.CheckConstraint("starts < ends", name=op.f("ck_overlaps_ends_after_start")),
        sa.ForeignKeyConstraint(
            ["school", "walk"], ["walks.school", "walks.key"], name=op.f("fk_overlaps_school_walk"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("school", "walk", "email", "appointment", "part", name=op.f("pk_overlaps")),
    )
    op.create_index(op.f("ix_overlaps_school_email"), "overlaps", ["school", "email"])


def downgrade() -> None:
    op.drop_table("overlaps")
