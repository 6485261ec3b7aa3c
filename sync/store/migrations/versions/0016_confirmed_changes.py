"""A coordinator says that visits are to follow a change of the school, however many they are."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("schools", sa.Column("confirmed", sa.Integer(), nullable=False, server_default="0"))


def downgrade() -> None:
    op.drop_column("schools", "confirmed")
