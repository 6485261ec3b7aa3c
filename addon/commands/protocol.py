"""`protocol`: what a kind of visit asks, as a Doc that the school edits."""

from __future__ import annotations

import click

from addon.commands.sentences import said_in_a_sentence
from addon.commands.store import product_and_google, the_school
from sync.core.school.agreement import Kind


@click.command()
@click.argument("kind", type=click.Choice([kind.value for kind in Kind]))
@click.option("--doc-for", "email", metavar="EMAIL", required=True, help="The coordinator who asks for it.")
@click.option("--school", "key", help="The school's key; needed where the store has several.")
def protocol(kind: str, email: str, key: str | None) -> None:
    """Make a Doc with our protocol's words, its {{fields}} included, for coordinators to edit."""
    from sync.services.notes.protocol_docs import make
    from sync.services.places import doc_link

    product, google = product_and_google()
    with said_in_a_sentence():
        doc = make(product.store, google, the_school(product, key), actor=email, kind=Kind(kind))
    click.echo(f'[notes.protocols]\n{kind} = "{doc_link(doc)}"')
    click.echo(
        "Edit the Doc, then put these two lines into school.toml; sections from then on are made from it.", err=True
    )
