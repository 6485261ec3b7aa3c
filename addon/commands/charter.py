"""`charter`: the school's own definition, goals and norms, as a Doc."""

from __future__ import annotations

import click

from addon.commands.sentences import said_in_a_sentence
from addon.commands.store import product_and_google, the_school


@click.command()
@click.option("--doc-for", "email", metavar="EMAIL", required=True, help="The coordinator who asks for it.")
@click.option("--school", "key", help="The school's key; needed where the store has several.")
def charter(email: str, key: str | None) -> None:
    """Begin the school's charter as a Doc that coordinators write and everybody reads; says where it is."""
    from sync.services.inquiry.charter import make

    product, google = product_and_google()
    with said_in_a_sentence():
        link = make(product.store, google, the_school(product, key), actor=email)
    click.echo(link)
    click.echo("Each group's Doc that is begun from now on links to it.", err=True)
