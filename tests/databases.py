"""Real databases for tests: a SQLite file, and a PostgreSQL of our own that lives as long as the test run.

Each test finds empty tables, migrated once: a copied file, or the one database emptied again. A `conftest.py` takes
`store` (and what it needs) from here, and every test that asks for it runs on both.
"""

from __future__ import annotations

import atexit
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from functools import cache
from itertools import count
from pathlib import Path

import psycopg
import pytest

from sync.store import SqlStore, open_store
from sync.store.engine import open_engine

DATABASES = ("sqlite", "postgresql")
_numbers = count(1)


@pytest.fixture(params=DATABASES)
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of an empty database with all tables, once on SQLite and once on PostgreSQL."""
    if request.param == "sqlite":
        path = tmp_path / "hall.db"
        shutil.copy(_migrated_sqlite(), path)
        yield f"sqlite:///{path}"
    else:
        url = _migrated_postgresql()
        # Making and dropping a database would take a hundred times as long.
        with psycopg.connect(url) as connection:
            connection.execute("DELETE FROM schools")
            connection.execute("DELETE FROM leases")
        yield url


@pytest.fixture
def store(database_url: str) -> Iterator[SqlStore]:
    """An empty store on each of the two databases."""
    opened = SqlStore(open_engine(database_url))
    yield opened
    opened.close()


@pytest.fixture(params=DATABASES)
def bare_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of a database without any table."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'bare.db'}"
    else:
        server = postgresql()
        name = server.create()
        yield server.url(name)
        server.drop(name)


class PostgreSQL:
    """A cluster in a folder that is thrown away, listening on a unix socket in it and nowhere else."""

    def __init__(self) -> None:
        self._programs = _programs()
        self._folder = Path(tempfile.mkdtemp(prefix="hall-pg-"))
        self._as_postgres: tuple[str, ...] = ()
        if os.getuid() == 0:
            # PostgreSQL refuses to run as root; the packages make a user for it.
            shutil.chown(self._folder, "postgres")
            self._as_postgres = ("runuser", "-u", "postgres", "--")
        data = str(self._folder / "data")
        self._run("initdb", "-D", data, "-U", "hall", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync")
        options = "-c listen_addresses='' -c fsync=off -c synchronous_commit=off -c full_page_writes=off"
        options += f" -c max_connections=200 -c shared_buffers=32MB -k {self._folder}"
        self._run("pg_ctl", "-D", data, "-w", "-l", str(self._folder / "log"), "-o", options, "start")
        atexit.register(self._stop)

    def _run(self, program: str, *arguments: str) -> None:
        # Its output goes to a file: the server would keep a pipe open after `pg_ctl` has ended.
        with tempfile.TemporaryFile("w+") as said:
            command = [*self._as_postgres, str(self._programs / program), *arguments]
            ended = subprocess.run(command, stdout=said, stderr=said, cwd=self._folder, check=False)
            if ended.returncode:
                said.seek(0)
                pytest.fail(f"PostgreSQL's {program} did not work: {said.read()}")

    def _stop(self) -> None:
        self._run("pg_ctl", "-D", str(self._folder / "data"), "-m", "immediate", "stop")
        shutil.rmtree(self._folder, ignore_errors=True)

    def url(self, name: str) -> str:
        return f"postgresql://hall@/{name}?host={self._folder}"

    def create(self) -> str:
        name = f"hall_{next(_numbers)}"
        self._sql(f"CREATE DATABASE {name}")
        return name

    def drop(self, name: str) -> None:
        self._sql(f"DROP DATABASE {name} WITH (FORCE)")

    def _sql(self, statement: str) -> None:
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(statement)


def _programs() -> Path:
    on_path = shutil.which("initdb")
    places = [Path(on_path).parent] if on_path else []
    places += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    places += [*Path("/opt/homebrew/opt").glob("postgresql*/bin"), *Path("/usr/local/opt").glob("postgresql*/bin")]
    for place in places:
        if (place / "initdb").exists() and (place / "pg_ctl").exists():
            return place
    pytest.fail(
        "PostgreSQL is not installed, and the store is tested on it: install it (Debian: apt install postgresql; "
        "macOS: brew install postgresql), so that initdb and pg_ctl are found."
    )


@cache
def postgresql() -> PostgreSQL:
    """The PostgreSQL of this test process; started when the first test asks for it."""
    return PostgreSQL()


@cache
def _migrated_postgresql() -> str:
    server = postgresql()
    url = server.url(server.create())
    open_store(url).close()
    return url


@cache
def _migrated_sqlite() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="hall-sqlite-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    path = folder / "migrated.db"
    open_store(f"sqlite:///{path}").close()
    return path
