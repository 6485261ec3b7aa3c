"""`sync`, `rehearse`, `backup`, `restore`: the work behind the scenes, by hand or by cron, on one machine."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import click

from addon.commands.options import FOLDER
from addon.commands.progress import bars
from addon.commands.store import engine_of_store, product_and_google, the_schools

SCHOOL = click.option("--school", "key", help="The school's key; needed where the store has several.")
ALL = click.option("--all", "every", is_flag=True, help="All schools of the store.")
JSON = click.option("--json", "as_json", is_flag=True, help="The answer as JSON.")


@click.command()
@SCHOOL
@ALL
@JSON
def sync(key: str | None, every: bool, as_json: bool) -> int:
    """Make Calendar, Docs and Sheet agree with the store, and read what people changed there."""
    from addon.bootstrap import planning_of
    from sync.services.passes.reconciling import reconcile

    product, google = product_and_google()
    answers: dict[str, Any] = {}
    fine = True
    for school in the_schools(product, key, every):
        with bars(school) as progress:
            # Somebody wants it now: however short a while ago calendars were looked at, they are again.
            report = reconcile(
                product.store, google, product.clock, school, progress=progress, calendars_every=timedelta()
            )
        planning_of(replace(product, google=google))(school)
        fine = fine and report.fine
        answers[school] = list(report.sentences())
        for sentence in answers[school]:
            click.echo(f"{school}: {sentence}", err=as_json)
    if as_json:
        click.echo(json.dumps(answers, indent=2, ensure_ascii=False))
    return 0 if fine else 1


@click.command()
@SCHOOL
@ALL
@JSON
def rehearse(key: str | None, every: bool, as_json: bool) -> int:
    """What `sync` would do, with nothing sent."""
    from sync.services.passes.rehearsing import rehearse as rehearsed

    product, google = product_and_google()
    answers: dict[str, Any] = {}
    for school in the_schools(product, key, every):
        rehearsal = rehearsed(product.store, google, product.clock, school)
        answers[school] = {
            "would": list(rehearsal.would),
            "trouble": rehearsal.report.trouble,
            "messages": dict(rehearsal.messages),
            "prep_minutes": dict(rehearsal.prep),
            "writes": dict(rehearsal.writes),
        }
        if not as_json:
            for sentence in rehearsal.would or ("nothing; everything agrees",):
                click.echo(f"{school}: would {sentence}")
            for sentence in rehearsal.sentences():
                click.echo(f"{school}: {sentence}")
    if as_json:
        click.echo(json.dumps(answers, indent=2, ensure_ascii=False))
    return 0


@click.command()
@click.argument("file", type=FOLDER)
def backup(file: Path) -> None:
    """Write the whole store of DATABASE_URL into FILE."""
    from sync.store.backup import back_up

    many = back_up(engine_of_store(), file)
    click.echo(f"{many} rows written to {file}. It holds staff names and visits, no notes; keep it as you keep those.")


@click.command()
@click.argument("file", type=FOLDER)
def restore(file: Path) -> None:
    """Read FILE into the empty store of DATABASE_URL; all of it, or nothing."""
    from sync.store.backup import BadBackup
    from sync.store.backup import restore as read_in

    if not file.is_file():
        raise click.UsageError(f"{file} is not there; name a file that `downthehall backup` wrote.")
    try:
        many = read_in(engine_of_store(), file)
    except BadBackup as problem:
        raise click.ClickException(str(problem)) from None
    click.echo(f"{many} rows restored. `downthehall sync --all` brings Google up to date.")
