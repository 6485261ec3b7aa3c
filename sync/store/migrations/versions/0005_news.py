"""News for single people, told once."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from sync.store.moments import Moment

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "news",
        sa.Column("school", sa.String(length=320), nullable=False),
        sa.Column("key", sa.String(length=32), nullable=False),
        sa.Column("email", sa.String(length=320), nullable=False),
        sa.Column("topic", sa.String(length=20), nullable=False),
        sa.Column("sentence", sa.Text(), nullable=False),
        sa.Column("made_at", Moment(), nullable=False),
        sa.Column("walk", sa.String(length=32), nullable=False),
        sa.Column("until", Moment()),
        sa.Column("mailed_at", Moment()),
        sa.Column("seen_at", Moment()),
        sa.CheckConstraint(
            "topic IN ('changed', 'invited', 'cover', 'thanks', 'other')", name=op.f("ck_news_topic_known")
        ),
        sa.ForeignKeyConstraint(["school"], ["schools.key"], name=op.f("fk_news_school"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("school", "key", name=op.f("pk_news")),
    )
    op.create_index(op.f("ix_news_school_email"), "news", ["school", "email"])


def downgrade() -> None:
    op.drop_table("news")
