"""Use cases run on the real store, on SQLite and on PostgreSQL."""

from __future__ import annotations

import pytest

from sync.store import SqlStore
from tests.databases import database_url, store
from tests.fakes import StandingClock
from tests.personas import SUNDAY_BEFORE, maple, oak

__all__ = ["database_url", "store"]


@pytest.fixture
def clock() -> StandingClock:
    """Noon on the Sunday before the term."""
    return StandingClock(SUNDAY_BEFORE)


@pytest.fixture
def hall(store: SqlStore) -> SqlStore:
    """A store with Maple Hall (`maple`) and Oak Lane (`oak`) in it."""
    with store.work() as work:
        work.schools.save("maple", maple())
        work.schools.save("oak", oak())
        work.commit()
    return store
