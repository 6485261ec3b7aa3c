"""Alembic's environment: migrations run on the connection, and inside the transaction, of whoever calls."""

from __future__ import annotations

from alembic import context

from sync.store.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    transactional_ddl=True,
    compare_type=True,
    compare_server_default=True,
    # SQLite cannot change a table in place; alembic then copies it.
    render_as_batch=True,
)
context.run_migrations()
