"""The plan of a term in the making."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "term_plans",
        sa.Column("school", sa.String(length=320), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["school"], ["schools.key"], name=op.f("fk_term_plans_school"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("school", name=op.f("pk_term_plans")),
    )
