"""Guiding questions, votes for them, and the pulse: who has answered stands apart from what was answered."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, Date, ForeignKeyConstraint, Integer, String, Table, Text

from sync.store.moments import Moment
from sync.store.tables.columns import NAME, metadata, of_school

guiding_questions = Table(
    "guiding_questions",
    metadata,
    of_school(),
    Column("key", String(32), primary_key=True),
    Column("words", Text, nullable=False),
    Column("proposed_by", NAME, nullable=False),
    Column("since", Moment, nullable=False),
    Column("taken_up", Date),
)

question_votes = Table(
    "question_votes",
    metadata,
    of_school(),
    Column("question", String(32), primary_key=True),
    Column("email", NAME, primary_key=True),
    ForeignKeyConstraint(
        ["school", "question"],
        ["guiding_questions.school", "guiding_questions.key"],
        name="fk_question_votes_question",
        ondelete="CASCADE",
    ),
)

pulse_answered = Table(
    "pulse_answered",
    metadata,
    of_school(),
    Column("cycle", NAME, primary_key=True),
    Column("email", NAME, primary_key=True),
)

pulse_counts = Table(
    "pulse_counts",
    metadata,
    of_school(),
    Column("cycle", NAME, primary_key=True),
    Column("question", String(20), primary_key=True),
    Column("answer", Integer, primary_key=True),
    Column("number", Integer, nullable=False),
    # What may be seen moves in steps of several answers, so that no single one can be read off it.
    Column("shown", Integer, nullable=False),
    CheckConstraint("0 <= shown AND shown <= number", name="shown_is_counted"),
)
