"""Bringing a database's tables up to date; called by code when a process starts."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine

from sync.store.connection import WorkConnection

MIGRATIONS = Path(__file__).parent / "migrations"


class NewerDatabase(RuntimeError):
    """The database was brought up to date by a newer version of this program."""


def upgrade(engine: Engine) -> None:
    """Apply the migrations that this database does not have yet, all or none. Raises `NewerDatabase`."""
    scripts = ScriptDirectory(str(MIGRATIONS))
    with engine.connect() as looking:
        current = MigrationContext.configure(looking).get_current_revision()
    if current == scripts.get_current_head():
        return
    if current is not None and current not in {script.revision for script in scripts.walk_revisions()}:
        raise NewerDatabase(
            f"The database is at migration {current}, which this version does not know; install the newer version."
        )
    connection = WorkConnection(engine)
    try:
        # Several instances may start at once: the first migrates, the others wait and find nothing left to do.
        connection.lock("migrations")
        command.upgrade(config(connection), "head")
        connection.commit()
    finally:
        connection.close()


def config(connection: WorkConnection) -> Config:
    """Alembic's settings, made here so that no file has to be found on the machine."""
    made = Config()
    made.set_main_option("script_location", str(MIGRATIONS))
    made.attributes["connection"] = connection.writing()
    return made
