"""A host may bound the visits of a year behind a door, and people of a virtual visit say that its link opens."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("open_doors", sa.Column("visits_a_year", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("walks", sa.Column("link_opens", sa.JSON(), nullable=False, server_default="[]"))


def downgrade() -> None:
    op.drop_column("walks", "link_opens")
    op.drop_column("open_doors", "visits_a_year")
