"""Notes read back, thank-yous, consents, check-ins, requests for support, a hold."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from sync.store.moments import Moment

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

TABLES = (
    "consents",
    "shared_lines",
    "next_steps",
    "walk_notes",
    "thanks",
    "check_ins",
    "support_requests",
    "holds",
    "notes_feeds",
)


def upgrade() -> None:
    op.create_table(
        "check_ins",
        sa.Column("school", sa.String(length=320), nullable=False),
        sa.Column("key", sa.String(length=32), nullable=False),
        sa.Column("teacher", sa.String(length=320), nullable=False),
        sa.Column("leader", sa.String(length=320), nullable=False),
        sa.Column("around", sa.Date(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("folder_id", sa.Text(), nullable=False),
        sa.Column("doc_id", sa.Text(), nullable=False),
        sa.CheckConstraint("state IN ('planned', 'packed', 'met')", name=op.f("ck_check_ins_state_known")),
        sa.ForeignKeyConstraint(["school"], ["schools.key"], name=op.f("fk_check_ins_school"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("school", "key", name=op.f("pk_check_ins")),
    )
    op.create_table(
        "holds",
        sa.Column("school", sa.String(length=320), nullable=False),
        sa.Column("who", sa.String(length=320), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["school"], ["schools.key"], name=op.f("fk_holds_school"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("school", name=op.f("pk_holds")),
    )
    op.create_table(
        "notes_feeds",
        sa.Column("school", sa.String(length=320), nullable=False),
        sa.Column("token", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["school"], ["schools.key"], name=op.f("fk_notes_feeds_school"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("school", name=op.f("pk_notes_feeds")),
    )
    op.create_table(
        "support_requests",
        sa.Column("school", sa.String(length=320), nullable=False),
        sa.Column("key", sa.String(length=32), nullable=False),
        sa.Column("teacher", sa.String(length=320), nullable=False),
        sa.Column("leader", sa.String(length=320), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("asked_at", Moment, nullable=False),
        sa.Column("owner", sa.String(length=320), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.CheckConstraint("state IN ('asked', 'taken', 'done')", name=op.f("ck_support_requests_state_known")),
        sa.ForeignKeyConstraint(
            ["school"], ["schools.key"], name=op.f("fk_support_requests_school"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("school", "key", name=op.f("pk_support_requests")),
    )
    op.create_table(
        "next_steps",
        sa.Column("school", sa.String(length=320), nullable=False),
        sa.Column("walk", sa.String(length=32), nullable=False),
        sa.Column("row", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("owner", sa.String(length=320), nullable=False),
        sa.Column("by", sa.Date(), nullable=True),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.CheckConstraint("state IN ('choose', 'not-yet', 'trying', 'stuck')", name=op.f("ck_next_steps_state_known")),
        sa.ForeignKeyConstraint(
            ["school", "walk"],
            ["walks.school", "walks.key"],
            name=op.f("fk_next_steps_school_walk"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("school", "walk", "row", name=op.f("pk_next_steps")),
    )
    op.create_table(
        "shared_lines",
        sa.Column("school", sa.String(length=320), nullable=False),
        sa.Column("walk", sa.String(length=32), nullable=False),
        sa.Column("line", sa.String(length=32), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["school", "walk"],
            ["walks.school", "walks.key"],
            name=op.f("fk_shared_lines_school_walk"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("school", "walk", "line", name=op.f("pk_shared_lines")),
    )
    op.create_table(
        "thanks",
        sa.Column("school", sa.String(length=320), nullable=False),
        sa.Column("walk", sa.String(length=32), nullable=False),
        sa.Column("visitor", sa.String(length=320), nullable=False),
        sa.Column("host", sa.String(length=320), nullable=False),
        sa.Column("ended", Moment, nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("reminded", sa.Integer(), nullable=False),
        sa.Column("done_at", Moment, nullable=True),
        sa.Column("borrowing", sa.String(length=20), nullable=False),
        sa.Column("names_visitor", sa.Boolean(), nullable=False),
        sa.Column("names_host", sa.Boolean(), nullable=False),
        sa.CheckConstraint("borrowing IN ('', 'will try', 'tried')", name=op.f("ck_thanks_borrowing_known")),
        sa.CheckConstraint("state IN ('waiting', 'sent', 'let be', 'cancelled')", name=op.f("ck_thanks_state_known")),
        sa.ForeignKeyConstraint(
            ["school", "walk"], ["walks.school", "walks.key"], name=op.f("fk_thanks_school_walk"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("school", "walk", "visitor", "host", name=op.f("pk_thanks")),
    )
    op.create_index(op.f("ix_thanks_school_visitor"), "thanks", ["school", "visitor"], unique=False)
    op.create_table(
        "walk_notes",
        sa.Column("school", sa.String(length=320), nullable=False),
        sa.Column("walk", sa.String(length=32), nullable=False),
        sa.Column("read_at", Moment, nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=True),
        sa.Column("tags", sa.JSON(), nullable=False),
        sa.Column("lost", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["school", "walk"],
            ["walks.school", "walks.key"],
            name=op.f("fk_walk_notes_school_walk"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("school", "walk", name=op.f("pk_walk_notes")),
    )
    op.create_table(
        "consents",
        sa.Column("school", sa.String(length=320), nullable=False),
        sa.Column("walk", sa.String(length=32), nullable=False),
        sa.Column("line", sa.String(length=32), nullable=False),
        sa.Column("email", sa.String(length=320), nullable=False),
        sa.Column("agreed_at", Moment, nullable=False),
        sa.ForeignKeyConstraint(
            ["school", "walk", "line"],
            ["shared_lines.school", "shared_lines.walk", "shared_lines.line"],
            name=op.f("fk_consents_school_walk_line"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("school", "walk", "line", "email", name=op.f("pk_consents")),
    )


def downgrade() -> None:
    for table in TABLES:
        op.drop_table(table)
