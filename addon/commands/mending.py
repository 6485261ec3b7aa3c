"""`mend` and `propose`: a plan into the store as proposals, and the store's visits when life breaks them."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from pathlib import Path
from typing import Any

import click

from addon.commands.options import FOLDER, IsoDate
from addon.commands.plan import Absence
from addon.commands.store import product_of_store, the_school

SCHOOL = click.option("--school", "key", help="The school's key; needed where the store has several.")
JSON = click.option("--json", "as_json", is_flag=True, help="The answer as JSON.")
Stretch = tuple[str, date, date]


class DayType(click.ParamType[tuple[date, str]]):
    """`2026-10-05=Late start`."""

    name = "date=day type"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[date, str]:
        if isinstance(value, tuple):
            return value
        day, equals, day_type = str(value).partition("=")
        if not equals or not day_type.strip():
            self.fail(f"{value!r} names no day type; write 2026-10-05=Late start.", param, ctx)
        return IsoDate().convert(day.strip(), param, ctx), day_type.strip()


@click.command()
@SCHOOL
@click.option("--absent", "absences", multiple=True, type=Absence(), help="E-MAIL=DATE or E-MAIL=DATE..DATE.")
@click.option("--snow-day", "snow", multiple=True, type=IsoDate(), help="A date without school.")
@click.option("--day", "days", multiple=True, type=DayType(), help="DATE=DAY TYPE, such as a late start.")
@click.option("--room-closed", "rooms", multiple=True, type=Absence(), help="ROOM=DATE or ROOM=DATE..DATE.")
@JSON
def mend(
    key: str | None,
    absences: tuple[Stretch, ...],
    snow: tuple[date, ...],
    days: tuple[tuple[date, str], ...],
    rooms: tuple[Stretch, ...],
    as_json: bool,
) -> int:
    """Change a school in the store and mend the visits that this hits; only those move."""
    from sync.services import repairing

    product = product_of_store()
    school = the_school(product, key)
    with product.store.work() as work:
        kept = work.schools.get(school).school
    for _, day_type in days:
        if day_type not in kept.bells:
            raise click.UsageError(f"{day_type!r} is no day type of this school; it has {', '.join(kept.bells)}.")
    for day in (*snow, *(day for day, _ in days)):
        if day not in kept.days:
            raise click.UsageError(f"{day} is no day of this school's calendar.")
    result = repairing.repair(
        product.store,
        product.clock,
        school,
        *(repairing.absence(*one) for one in absences),
        *(repairing.day_becomes(day, "", "no school") for day in snow),
        *(repairing.day_becomes(*one) for one in days),
        *(repairing.room_closed(*one) for one in rooms),
    )
    _tell({one.email: list(one.sentences) for one in result.told}, as_json)
    click.echo(
        f"{len(result.moved)} moved, {len(result.fewer)} with fewer people, {len(result.covered_anew)} covered anew, "
        f"{len(result.cancelled)} cancelled; everything else as it was. `downthehall sync` brings Google up to date.",
        err=True,
    )
    return 1 if result.cancelled else 0


@click.command()
@SCHOOL
@click.option("--plan", "plan_file", required=True, type=FOLDER, help="A plan.csv that `plan` has written.")
@click.option("--lapses", required=True, type=IsoDate(), help="The first date on which what is unanswered lapses.")
@click.option("--as", "actor", help="Which coordinator proposes; needed where there are several.")
@JSON
def propose(key: str | None, plan_file: Path, lapses: date, actor: str | None, as_json: bool) -> int:
    """Make a plan into proposals in the store; nothing is booked before everybody has said yes."""
    from sync.core.refusals import Refused
    from sync.services import proposing
    from sync.services.plan_rows import BadRows

    product = product_of_store()
    school_key = the_school(product, key)
    with product.store.work() as work:
        school = work.schools.get(school_key).school
    coordinators = [person.email for person in school.coordinators]
    if actor is None and len(coordinators) != 1:
        raise click.UsageError(f"Say with --as who proposes; coordinators are {', '.join(coordinators) or 'none'}.")
    rows = list(csv.DictReader(io.StringIO(plan_file.read_text(encoding="utf-8-sig"), newline="")))
    try:
        made = proposing.propose(
            product.store, product.clock, school_key, rows, actor=actor or coordinators[0], lapses_on=lapses
        )
    except (BadRows, Refused) as problem:
        raise click.ClickException(str(problem)) from None
    _tell({one.email: [proposing.digest_text(school, one)] for one in made.digests}, as_json)
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
