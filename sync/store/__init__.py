"""The store: schools, walks and seats in SQLite or PostgreSQL. `open_store(url)` is the way in."""

from sync.store.engine import BadDatabaseUrl
from sync.store.migrate import NewerDatabase
from sync.store.unit_of_work import SqlStore, open_store

__all__ = ["BadDatabaseUrl", "NewerDatabase", "SqlStore", "open_store"]
