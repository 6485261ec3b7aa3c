"""In which language each person reads, so that mails are written in it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "reading_languages",
        sa.Column("school", sa.String(length=320), nullable=False),
        sa.Column("email", sa.String(length=320), nullable=False),
        sa.Column("locale", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(
            ["school"], ["schools.key"], name=op.f("fk_reading_languages_school"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("school", "email", name=op.f("pk_reading_languages")),
    )


def downgrade() -> None:
    op.drop_table("reading_languages")
