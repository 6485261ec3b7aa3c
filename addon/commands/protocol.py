"""`protocol`: what a kind of visit asks, as a Doc that the school edits."""

from __future__ import annotations

import click

from addon.commands.store import product_and_google, the_school
from sync.core.agreement import Kind


@click.command()
@click.argument("kind", type=click.Choice([kind.value for kind in Kind]))
@click.option("--doc-for", "email", metavar="EMAIL", required=True, help="The coordinator who asks for it.")
@click.option("--school", "key", help="The school's key; needed where the store has several.")
def protocol(kind: str, email: str, key: str | None) -> None:
    """Make a Doc with our protocol's words, its {{fields}} included, for coordinators to edit."""
    from sync.core.refusals import Refused
    from sync.core.school import NoSuchPerson
    from sync.services.notes.protocol_docs import make
    from sync.services.ports import Fault

    product, google = product_and_google()
    try:
        doc = make(product.store, google, the_school(product, key), actor=email, kind=Kind(kind))
    except NoSuchPerson as problem:
        raise click.UsageError(str(problem)) from None
    except Refused as refused:
        raise click.ClickException(" ".join(reason.sentence for reason in refused.reasons)) from None
    except Fault as fault:
        raise click.ClickException(str(fault)) from None
    link = f"https://docs.google.com/document/d/{doc}/edit"
    click.echo(f'[notes.protocols]\n{kind} = "{link}"')
    click.echo(
        "Edit the Doc, then put these two lines into school.toml; sections from then on are made from it.", err=True
    )
