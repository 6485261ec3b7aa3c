"""Every test of the store runs on SQLite and on PostgreSQL."""

from __future__ import annotations

import pytest

from sync.store import SqlStore
from tests.databases import bare_url, database_url, store
from tests.personas import maple, oak

__all__ = ["bare_url", "database_url", "store"]


@pytest.fixture
def hall(store: SqlStore) -> SqlStore:
    """A store with Maple Hall (`maple`) and Oak Lane (`oak`) in it."""
    with store.work() as work:
        work.schools.save("maple", maple())
        work.schools.save("oak", oak())
        work.commit()
    return store
