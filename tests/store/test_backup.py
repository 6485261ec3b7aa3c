"""A whole store into a file and back, also from one kind of database to the other."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, func, select

from sync.store import SqlStore
from sync.store.backup import KEPT, BadBackup, back_up, restore
from sync.store.engine import open_engine
from tests.personas import ADA, EVE, GUS, TUESDAY
from tests.store.walks import walk


def lines_of(file: Path) -> list[str]:
    with gzip.open(file, "rt") as text:
        return text.read().splitlines()


def counts(engine: Engine) -> dict[str, int]:
    with engine.connect() as looking:
        return {table.name: looking.scalar(select(func.count()).select_from(table)) or 0 for table in KEPT}


@pytest.fixture
def full(hall: SqlStore) -> SqlStore:
    """Maple Hall with two walks, the second of two visitors."""
    with hall.work() as work:
        work.walks.add("maple", walk(ADA))
        work.walks.add("maple", walk(ADA, GUS, host=EVE, day=TUESDAY, period="6"))
        work.commit()
    return hall


@pytest.fixture
def fresh(tmp_path: Path) -> Iterator[Engine]:
    """A database with nothing in it."""
    engine = open_engine(f"sqlite:///{tmp_path / 'fresh.sqlite'}")
    yield engine
    engine.dispose()


def test_what_is_restored_is_what_was_backed_up(full: SqlStore, fresh: Engine, tmp_path: Path) -> None:
    file = tmp_path / "kept.backup"
    written = back_up(full.engine, file)
    assert written == sum(counts(full.engine).values()) > 10
    assert restore(fresh, file) == written
    assert counts(fresh) == counts(full.engine)
    again = tmp_path / "again.backup"
    back_up(fresh, again)
    assert sorted(lines_of(again)) == sorted(lines_of(file))
    with SqlStore(fresh).work() as ours, full.work() as theirs:
        assert ours.walks.all("maple") == theirs.walks.all("maple")
        assert ours.schools.get("maple").school == theirs.schools.get("maple").school


def test_only_its_owner_may_read_a_backup(full: SqlStore, tmp_path: Path) -> None:
    back_up(full.engine, tmp_path / "kept.backup")
    assert (tmp_path / "kept.backup").stat().st_mode & 0o077 == 0


def test_a_store_with_something_in_it_is_not_restored_into(full: SqlStore, tmp_path: Path) -> None:
    back_up(full.engine, tmp_path / "kept.backup")
    before = counts(full.engine)
    with pytest.raises(BadBackup, match="The store is not empty"):
        restore(full.engine, tmp_path / "kept.backup")
    assert counts(full.engine) == before


@pytest.mark.parametrize("damage", ["cut", "text", "other", "version", "column", "table"])
def test_a_damaged_or_foreign_file_leaves_the_store_empty(
    full: SqlStore, fresh: Engine, tmp_path: Path, damage: str
) -> None:
    file = tmp_path / "kept.backup"
    back_up(full.engine, file)
    lines = lines_of(file)
    if damage == "cut":
        file.write_bytes(file.read_bytes()[:-40])
    elif damage == "text":
        file.write_text("not a backup")
    else:
        if damage == "other":
            lines[0] = json.dumps({"format": "something else"})
        elif damage == "version":
            lines[0] = json.dumps({**json.loads(lines[0]), "revision": "9999"})
        elif damage == "column":
            lines[3] = json.dumps([json.loads(lines[3])[0], {"x": 1}])
        else:
            lines[-1] = json.dumps(["passwords", {}])
        with gzip.open(file, "wt") as out:
            out.write("\n".join(lines))
    with pytest.raises(BadBackup):
        restore(fresh, file)
    assert sum(counts(fresh).values()) == 0
