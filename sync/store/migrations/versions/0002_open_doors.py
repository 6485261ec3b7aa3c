"""Open doors, and who waits for a seat."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from sync.store.moments import Moment

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "open_doors",
        sa.Column("school", sa.String(length=320), nullable=False),
        sa.Column("key", sa.String(length=32), nullable=False),
        sa.Column("host", sa.String(length=320), nullable=False),
        sa.Column("repeats", sa.String(length=20), nullable=False),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("last", sa.Date(), nullable=True),
        sa.Column("period", sa.String(length=320), nullable=False),
        sa.Column("section", sa.Text(), nullable=False),
        sa.Column("seats", sa.Integer(), nullable=False),
        sa.Column("drop_in", sa.Boolean(), nullable=False),
        sa.Column("visits_a_week", sa.Integer(), nullable=False),
        sa.Column("not_on", sa.JSON(), nullable=False),
        sa.CheckConstraint("repeats IN ('once', 'weekly', 'always')", name=op.f("ck_open_doors_repeats_known")),
        sa.CheckConstraint("seats >= 1", name=op.f("ck_open_doors_seats_count")),
        sa.CheckConstraint("visits_a_week >= 0", name=op.f("ck_open_doors_visits_count")),
        sa.ForeignKeyConstraint(["school"], ["schools.key"], name=op.f("fk_open_doors_school"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("school", "key", name=op.f("pk_open_doors")),
    )
    op.create_index(op.f("ix_open_doors_school_host"), "open_doors", ["school", "host"])
    op.create_table(
        "waiting",
        sa.Column("school", sa.String(length=320), nullable=False),
        sa.Column("email", sa.String(length=320), nullable=False),
        sa.Column("host", sa.String(length=320), nullable=False),
        sa.Column("date", sa.Date(), nullable=False),
        sa.Column("period", sa.String(length=320), nullable=False),
        sa.Column("since", Moment, nullable=False),
        sa.ForeignKeyConstraint(["school"], ["schools.key"], name=op.f("fk_waiting_school"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("school", "email", "host", "date", "period", name=op.f("pk_waiting")),
    )
    op.create_index(op.f("ix_waiting_school_host_date_period"), "waiting", ["school", "host", "date", "period"])
