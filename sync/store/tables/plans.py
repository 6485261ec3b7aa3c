"""The plan of a term in the making."""

from __future__ import annotations

from sqlalchemy import Column, Table, Text

from sync.store.tables.columns import metadata, of_school

term_plans = Table(
    "term_plans",
    metadata,
    # The plan of a term in the making, one for a school: a document, since it is only ever looked at whole.
    of_school(),
    Column("content", Text, nullable=False),
)
