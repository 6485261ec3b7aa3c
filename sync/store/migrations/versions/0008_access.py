"""Whom we let into Docs, newsletters, what is due by its age, and which next steps stand in the index."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from sync.store.moments import Moment

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("next_steps", sa.Column("listed", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.create_table(
        "doc_readers",
        sa.Column("school", sa.String(length=320), nullable=False),
        sa.Column("notes_key", sa.Text(), nullable=False),
        sa.Column("year", sa.String(length=20), nullable=False),
        sa.Column("email", sa.String(length=320), nullable=False),
        sa.Column("walk", sa.String(length=32), nullable=False),
        sa.Column("given", sa.String(length=20), nullable=False),
        sa.CheckConstraint(
            "given IN ('waiting', 'giving', 'ours', 'by hand')", name=op.f("ck_doc_readers_given_known")
        ),
        _of_school("doc_readers"),
        sa.PrimaryKeyConstraint("school", "notes_key", "year", "email", name=op.f("pk_doc_readers")),
    )
    op.create_table(
        "open_groups",
        sa.Column("school", sa.String(length=320), nullable=False),
        sa.Column("group_name", sa.String(length=320), nullable=False),
        _of_school("open_groups"),
        sa.PrimaryKeyConstraint("school", "group_name", name=op.f("pk_open_groups")),
    )
    op.create_table(
        "newsletters",
        sa.Column("school", sa.String(length=320), nullable=False),
        sa.Column("key", sa.String(length=32), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("hashtags", sa.JSON(), nullable=False),
        sa.Column("made_by", sa.String(length=320), nullable=False),
        sa.Column("made_at", Moment(), nullable=False),
        sa.Column("folder_id", sa.Text(), nullable=False),
        sa.Column("doc_id", sa.Text(), nullable=False),
        sa.Column("used", sa.JSON(), nullable=False),
        _of_school("newsletters"),
        sa.PrimaryKeyConstraint("school", "key", name=op.f("pk_newsletters")),
    )
    op.create_table(
        "due_years",
        sa.Column("school", sa.String(length=320), nullable=False),
        sa.Column("year", sa.String(length=20), nullable=False),
        sa.Column("listed_on", sa.Date(), nullable=False),
        sa.Column("removed_on", sa.Date()),
        sa.Column("removed", sa.Integer(), nullable=False),
        _of_school("due_years"),
        sa.PrimaryKeyConstraint("school", "year", name=op.f("pk_due_years")),
    )


def _of_school(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["school"], ["schools.key"], name=op.f(f"fk_{table}_school"), ondelete="CASCADE")


def downgrade() -> None:
    for table in ("due_years", "newsletters", "open_groups", "doc_readers"):
        op.drop_table(table)
    op.drop_column("next_steps", "listed")
