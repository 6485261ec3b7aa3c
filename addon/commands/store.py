"""What commands share: the environment's settings, the store of DATABASE_URL, and which of its schools is meant."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import click

from addon.settings import Settings, SettingsProblem

if TYPE_CHECKING:
    from addon.bootstrap import Product


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

    settings = settings_of_environment()
    try:
        return product(settings)
    except BadDatabaseUrl as problem:
        raise click.ClickException(str(problem)) from None


def the_school(product: Product, key: str | None) -> str:
    """The school of this key; the only one where none is named."""
    with product.store.work() as work:
        known = work.schools.keys()
    if key in known or (key is None and len(known) == 1):
        return key or known[0]
    there = ", ".join(known) or "none yet (`downthehall school keep DIR` puts one in)"
    if key is None:
        raise click.UsageError(f"Say which school with --school; the store has {there}.")
    raise click.UsageError(f"The store has no school {key}; it has {there}.")
