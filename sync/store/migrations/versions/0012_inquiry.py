"""Guiding questions that teachers propose and vote for, and the pulse in counts."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from sync.store.moments import Moment

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "guiding_questions",
        sa.Column("school", sa.String(length=320), nullable=False),
        sa.Column("key", sa.String(length=32), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("proposed_by", sa.String(length=320), nullable=False),
        sa.Column("since", Moment, nullable=False),
        sa.Column("taken_up", sa.Date()),
        _of_school("guiding_questions"),
        sa.PrimaryKeyConstraint("school", "key", name=op.f("pk_guiding_questions")),
    )
    op.create_table(
        "question_votes",
        sa.Column("school", sa.String(length=320), nullable=False),
        sa.Column("question", sa.String(length=32), nullable=False),
        sa.Column("email", sa.String(length=320), nullable=False),
        _of_school("question_votes"),
        sa.ForeignKeyConstraint(
            ["school", "question"],
            ["guiding_questions.school", "guiding_questions.key"],
            name=op.f("fk_question_votes_question"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("school", "question", "email", name=op.f("pk_question_votes")),
    )
    op.create_table(
        "pulse_answered",
        sa.Column("school", sa.String(length=320), nullable=False),
        sa.Column("cycle", sa.String(length=320), nullable=False),
        sa.Column("email", sa.String(length=320), nullable=False),
        _of_school("pulse_answered"),
        sa.PrimaryKeyConstraint("school", "cycle", "email", name=op.f("pk_pulse_answered")),
    )
    op.create_table(
        "pulse_counts",
        sa.Column("school", sa.String(length=320), nullable=False),
        sa.Column("cycle", sa.String(length=320), nullable=False),
        sa.Column("question", sa.String(length=20), nullable=False),
        sa.Column("answer", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("shown", sa.Integer(), nullable=False),
        sa.CheckConstraint("0 <= shown AND shown <= number", name=op.f("ck_pulse_counts_shown_is_counted")),
        _of_school("pulse_counts"),
        sa.PrimaryKeyConstraint("school", "cycle", "question", "answer", name=op.f("pk_pulse_counts")),
    )


def downgrade() -> None:
    for table in ("pulse_counts", "pulse_answered", "question_votes", "guiding_questions"):
        op.drop_table(table)


def _of_school(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["school"], ["schools.key"], name=op.f(f"fk_{table}_school"), ondelete="CASCADE")
