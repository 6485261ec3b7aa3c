"""`mend` and `propose`: a plan into the store as proposals, and the store's visits when life breaks them."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from addon.commands.happenings import changes_of, happens
from addon.commands.options import FOLDER, IsoDate
from addon.commands.store import product_of_store, the_school

if TYPE_CHECKING:
    from sync.services.plans.repairing import Repaired

SCHOOL = click.option("--school", "key", help="The school's key; needed where the store has several.")
JSON = click.option("--json", "as_json", is_flag=True, help="The answer as JSON.")


@click.command()
@SCHOOL
@happens
@JSON
def mend(key: str | None, as_json: bool, **said: Any) -> int:
    """Mend the visits of the store after absences and changed days; only what these hit moves.

    Without any option every visit to come is held against the school as it is now. (`repair` does the same to a
    plan.csv that nobody has been invited to yet.)
    """
    from sync.services.plans import repairing

    product = product_of_store()
    school = the_school(product, key)
    with product.store.work() as work:
        kept = work.schools.get(school).school
    return tell_repaired(repairing.repair(product.store, product.clock, school, *changes_of(kept, **said)), as_json)


def tell_repaired(repaired: Repaired, as_json: bool = False) -> int:
    """Says what a repair did: to each person, and in numbers. Returns the exit code."""
    if repaired.too_many:
        click.echo(
            f"{repaired.too_many} visits no longer fit, a great part of all: nothing was touched. If the school is "
            "right as it is, `downthehall mend` mends them.",
            err=True,
        )
        return 1
    _tell({one.email: list(one.sentences) for one in repaired.told}, as_json)
    if repaired.changed or as_json:
        click.echo(
            f"{len(repaired.moved)} moved, {len(repaired.fewer)} with fewer people, {len(repaired.covered_anew)} "
            f"covered anew, {len(repaired.asked_anew)} proposed with somebody else, {len(repaired.cancelled)} "
            "cancelled; everything else as it was. `downthehall sync` brings Google up to date.",
            err=True,
        )
    return 1 if repaired.cancelled else 0


@click.command()
@SCHOOL
@click.option("--plan", "plan_file", required=True, type=FOLDER, help="A plan.csv that `plan` has written.")
@click.option("--lapses", required=True, type=IsoDate(), help="The first date on which what is unanswered lapses.")
@click.option("--as", "actor", help="Which coordinator proposes; needed where there are several.")
@JSON
def propose(key: str | None, plan_file: Path, lapses: date, actor: str | None, as_json: bool) -> int:
    """Make a plan into proposals in the store; nothing is booked before everybody has said yes."""
    from sync.core.refusals import Refused
    from sync.planning.files import BadPlan, read_rows
    from sync.services.plans import proposing
    from sync.services.plans.plan_rows import BadRows

    product = product_of_store()
    school_key = the_school(product, key)
    with product.store.work() as work:
        school = work.schools.get(school_key).school
    coordinators = [person.email for person in school.coordinators]
    if actor is None and len(coordinators) != 1:
        raise click.UsageError(f"Say with --as who proposes; coordinators are {', '.join(coordinators) or 'none'}.")
    try:
        rows = [asdict(row) for row in read_rows(plan_file)]
        made = proposing.propose(
            product.store, product.clock, school_key, rows, actor=actor or coordinators[0], lapses_on=lapses
        )
    except (BadPlan, BadRows, Refused) as problem:
        raise click.ClickException(str(problem)) from None
    _tell({email: list(sentences) for email, sentences in made.told.items()}, as_json)
    for one in made.refused:
        click.echo(f"{one.name}: {one.reasons[0].sentence}", err=True)
    click.echo(f"{len(made.walks)} proposed until {lapses}, {len(made.refused)} not.", err=True)
    return 1 if made.refused else 0


def _tell(messages: dict[str, list[str]], as_json: bool) -> None:
    """One message for each person."""
    if as_json:
        click.echo(json.dumps(messages, indent=1, ensure_ascii=False))
        return
    for email, sentences in messages.items():
        click.echo(f"{email}\n" + "".join(f"  {line}\n" for text in sentences for line in text.splitlines()))
