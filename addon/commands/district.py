"""`downthehall district`: the schools of a store side by side, in numbers only."""

from __future__ import annotations

import json
from dataclasses import asdict

import click

from addon.commands.columns import in_columns
from addon.commands.store import product_of_store, the_schools

HEADINGS = ("School", "Teachers", "Have visited", "Have hosted", "Visits held", "To come")
NOT_SHOWN = "-"
"""where too few people teach for a number to hide who they are"""


@click.command()
@click.option("--json", "as_json", is_flag=True, help="The answer as JSON.")
def district(as_json: bool) -> None:
    """All schools of the store of DATABASE_URL in numbers: no person, no room, no word that anybody wrote."""
    from sync.services.district import district as of_schools

    made = product_of_store()
    found = of_schools(made.store, made.clock, the_schools(made, None, every=True))
    if as_json:
        click.echo(json.dumps([asdict(one) for one in found], indent=2, ensure_ascii=False))
        return
    in_columns(HEADINGS, [[NOT_SHOWN if cell is None else str(cell) for cell in asdict(one).values()] for one in found])
