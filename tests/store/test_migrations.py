"""Migrations bring any older database to exactly the tables that the code expects."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Engine, inspect, text

from sync.store import BadDatabaseUrl, NewerDatabase, open_store
from sync.store.engine import open_engine
from sync.store.migrate import upgrade
from sync.store.tables import metadata


def constraints(engine: Engine) -> dict[str, Any]:
    """What alembic does not compare: check constraints, and the condition of partial indexes."""
    found = inspect(engine)
    return {
        table: (
            sorted((check["name"] or "", check["sqltext"]) for check in found.get_check_constraints(table)),
            sorted((index["name"] or "", _condition(index)) for index in found.get_indexes(table)),
        )
        for table in metadata.tables
    }


def _condition(index: Any) -> list[str]:
    options = index.get("dialect_options", {})
    return [str(options[name]) for name in sorted(options) if name.endswith("_where")]


def test_migrations_from_nothing_end_at_the_tables_of_the_code(bare_url: str) -> None:
    engine = open_engine(bare_url)
    upgrade(engine)
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []
    migrated = constraints(engine)
    with engine.begin() as connection:
        metadata.drop_all(connection)
        metadata.create_all(connection)
    assert migrated == constraints(engine)
    engine.dispose()


def test_upgrading_twice_changes_nothing(bare_url: str) -> None:
    for _ in range(2):
        open_store(bare_url).close()


def test_several_instances_may_start_at_once(bare_url: str) -> None:
    with ThreadPoolExecutor(6) as instances:
        for store in instances.map(open_store, [bare_url] * 6):
            store.ping()
            store.close()


def test_a_database_of_a_newer_version_is_left_alone(bare_url: str) -> None:
    engine = open_engine(bare_url)
    upgrade(engine)
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(NewerDatabase, match="9999"):
        upgrade(engine)
    engine.dispose()


@pytest.mark.parametrize("url", ["", "hall.db", "mysql://u@h/d", "sqlite://", "sqlite:///:memory:"])
def test_a_url_that_cannot_be_used_is_answered_with_one_that_can(url: str) -> None:
    with pytest.raises(BadDatabaseUrl, match="Set DATABASE_URL to sqlite:///FILE or to postgresql://"):
        open_engine(url)


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_cloud_sql_is_reached_through_its_socket(scheme: str) -> None:
    engine = open_engine(f"{scheme}://hall:secret@/hall?host=/cloudsql/project:region:instance")
    assert engine.url.drivername == "postgresql+psycopg"
    assert engine.url.query["host"] == "/cloudsql/project:region:instance"
    assert "secret" not in str(engine.url)


def test_sqlite_writes_ahead_and_holds_foreign_keys(tmp_path: Any) -> None:
    engine = open_engine(f"sqlite:///{tmp_path / 'hall.db'}")
    with engine.connect() as connection:
        said = [connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in ("journal_mode", "foreign_keys")]
    assert said == ["wal", 1]
    engine.dispose()
