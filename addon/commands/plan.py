"""`plan`: a whole term of visits, from a school folder to plan.csv."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from addon.commands.options import FOLDER, FROM, SCHOOL, TO, in_order

if TYPE_CHECKING:
    from sync.planning.problem import Plan

SEED = click.option("--seed", type=click.IntRange(0, 2**31 - 1), default=1, show_default=True, help="Settles ties.")
SECONDS = click.option(
    "--seconds",
    type=click.FloatRange(0.1, 3600),
    default=20.0,
    show_default=True,
    help="How long to search where a first plan is not proven best; counted as work, so a busy machine takes longer.",
)


@click.command()
@SCHOOL
@FROM
@TO
@click.option("--out", required=True, type=FOLDER, help="Where to write the plan (CSV).")
@click.option("--report", "report_to", type=FOLDER, help="Where to write what is placed, unplaced and proven (JSON).")
@SECONDS
@SEED
def plan(folder: Path, first: date, last: date, out: Path, report_to: Path | None, seconds: float, seed: int) -> int:
    """Plan a term: who visits whom, when, and when they talk it over."""
    from sync.planning.files import BadPlan, write_plan
    from sync.planning.problem import Request
    from sync.planning.solve import solve
    from sync.schools.folder import read_school

    in_order(first, last)
    school = read_school(folder)
    found = solve(Request(school, first, last, seconds, seed), tell=_say)
    try:
        write_plan(found, out, report_to)
    except BadPlan as mistake:
        raise click.ClickException(str(mistake)) from mistake
    _summary(found)
    return 1 if found.unplaced else 0


def _say(line: str) -> None:
    click.echo(line, err=True)


def _summary(found: Plan) -> None:
    for person in found.unplaced:
        _say(f"{person.email}: {person.why}")
    for note in found.notes:
        _say(note)
    walks = f"{found.walks} {'visit' if found.kind == 'pair' else 'walk'}{'' if found.walks == 1 else 's'}"
    proof = "proven best" if found.gap == 0 else f"at most {100 * found.gap:.2f}% from the best"
    _say(
        f"{walks} with {found.covers} covers; {found.placed} of {found.people} people have all they should, "
        f"{len(found.unplaced)} do not. Cost {found.cost}, bound {found.bound}: {proof}. "
        f"{found.seconds:.1f} seconds, seed {found.seed}."
    )
