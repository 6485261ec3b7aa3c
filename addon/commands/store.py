"""What commands share: the environment's settings, the store of DATABASE_URL, and which of its schools is meant.

What is opened here is closed when the command ends, however it ends.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import click

from addon.settings import Settings, SettingsProblem

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from addon.bootstrap import Product
    from sync.services.ports import Workspace


def settings_of_environment() -> Settings:
    """The settings of this environment. What is wrong with them is said in sentences."""
    try:
        return Settings.from_environ(os.environ)
    except SettingsProblem as problem:
        raise click.ClickException("\n".join(problem.sentences)) from None


def product_of_store() -> Product:
    """The product without Google. What is wrong with its settings is said in a sentence."""
    from addon.bootstrap import product
    from sync.store.engine import BadDatabaseUrl

    try:
        made = product(settings_of_environment())
    except BadDatabaseUrl as problem:
        raise click.ClickException(str(problem)) from None
    click.get_current_context().call_on_close(made.store.close)
    return made


def product_and_google() -> tuple[Product, Workspace]:
    """The product and Google, or the local Workspace in its place. What is missing is said in a sentence."""
    from addon.bootstrap import google_of
    from sync.services.ports import Fault

    made = product_of_store()
    try:
        return made, google_of(made.settings)
    except Fault as problem:
        raise click.ClickException(str(problem)) from None


def engine_of_store() -> Engine:
    """The bare database, for what is done to all of it at once."""
    from sync.store.engine import BadDatabaseUrl, open_engine

    try:
        engine = open_engine(settings_of_environment().database_url)
    except BadDatabaseUrl as problem:
        raise click.ClickException(str(problem)) from None
    click.get_current_context().call_on_close(engine.dispose)
    return engine


def the_schools(product: Product, key: str | None, every: bool) -> list[str]:
    """All schools of the store, or the one that is meant."""
    if not every:
        return [the_school(product, key, "--school, or --all")]
    with product.store.work() as work:
        return work.schools.keys()


def the_school(product: Product, key: str | None, how: str = "--school") -> str:
    """The school of this key; the only one where none is named. `how` is what names one."""
    with product.store.work() as work:
        known = work.schools.keys()
    if key in known or (key is None and len(known) == 1):
        return key or known[0]
    there = ", ".join(sorted(known)) or "none yet (`downthehall school keep DIR` puts one in)"
    if key is None:
        raise click.UsageError(f"Say which school with {how}; the store has {there}.")
    raise click.UsageError(f"The store has no school {key}; it has {there}.")
