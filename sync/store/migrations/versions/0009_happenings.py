"""What happens to a school between imports is kept beside it; who declined a proposal is left in peace."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("schools", sa.Column("mended", sa.Integer(), nullable=False, server_default="0"))
    op.execute("UPDATE schools SET mended = revision")
    op.add_column("walks", sa.Column("declined", sa.JSON(), nullable=False, server_default="[]"))
    op.create_table(
        "happenings",
        sa.Column("school", sa.String(length=320), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["school"], ["schools.key"], name=op.f("fk_happenings_school"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("school", "number", name=op.f("pk_happenings")),
    )
