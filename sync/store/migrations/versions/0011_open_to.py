"""Who can open a Doc as Google says, so that what people shared by hand can be told."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "doc_open_to",
        sa.Column("school", sa.String(length=320), nullable=False),
        sa.Column("notes_key", sa.Text(), nullable=False),
        sa.Column("year", sa.String(length=20), nullable=False),
        sa.Column("who", sa.JSON(), nullable=False),
        sa.Column("said", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["school"], ["schools.key"], name=op.f("fk_doc_open_to_school"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("school", "notes_key", "year", name=op.f("pk_doc_open_to")),
    )


def downgrade() -> None:
    op.drop_table("doc_open_to")
