"""The words a section was made from, so that a protocol may change without touching what is there."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "protocol_texts",
        sa.Column("school", sa.String(length=320), nullable=False),
        sa.Column("key", sa.String(length=32), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["school"], ["schools.key"], name=op.f("fk_protocol_texts_school"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("school", "key", name=op.f("pk_protocol_texts")),
    )


def downgrade() -> None:
    op.drop_table("protocol_texts")
