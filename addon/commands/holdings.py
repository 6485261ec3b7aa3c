"""`holdings`, `export`, `erase`, `certificate`, `newsletter`: what is held, and what may be told."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from addon.commands.options import FOLDER
from addon.commands.sentences import said_in_a_sentence
from addon.commands.store import product_of_store, the_school

if TYPE_CHECKING:
    from addon.bootstrap import Product

SCHOOL = click.option("--school", "key", help="The school's key; needed where the store has several.")
PERSON = click.argument("email")


@click.command()
@SCHOOL
@click.option("--json", "as_json", is_flag=True, help="The answer as JSON.")
@click.option("--over", is_flag=True, help="Only what is put away: its time is over, and no hold keeps it.")
def holdings(key: str | None, as_json: bool, over: bool) -> None:
    """What we hold of a school, where, until when, and who can read it. Not a word of what is written."""
    from sync.services.notes.holdings import holdings as held
    from sync.services.notes.holdings import put_away

    product = product_of_store()
    found = (put_away if over else held)(product.store, product.clock, the_school(product, key))
    if as_json:
        rows = [
            {"what": one.what, "where": one.where, "until": one.until.isoformat() if one.until else "",
             "readers": list(one.readers), "fate": one.fate.value} for one in found
        ]  # fmt: skip
        click.echo(json.dumps(rows, indent=2, ensure_ascii=False))
    else:
        for one in found:
            click.echo(f"- {one.sentence()}")


@click.command()
@PERSON
@click.option("--out", type=FOLDER, required=True, help="The file to write; hand it to the person and to nobody else.")
@SCHOOL
def export(email: str, out: Path, key: str | None) -> None:
    """Everything the database holds of a person, into a file for that person."""
    from sync.services.notes.holdings import export as exported

    product = product_of_store()
    with said_in_a_sentence():
        found = exported(product.store, the_school(product, key), actor=email)
    out.touch(mode=0o600)
    out.write_text(json.dumps(found, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    click.echo(f"Written to {out}. It holds their own words; hand it to them and to nobody else.", err=True)


@click.command()
@PERSON
@SCHOOL
def erase(email: str, key: str | None) -> None:
    """Take a person's words and consents out, at their wish; prints a receipt. A hold of the school forbids it."""
    from sync.services.notes.holdings import erase as erased

    product = product_of_store()
    with said_in_a_sentence():
        receipt = erased(product.store, product.clock, _known(product, key, email), actor=email)
    click.echo(receipt.sentence())


@click.command()
@PERSON
@SCHOOL
def certificate(email: str, key: str | None) -> None:
    """That a person visited colleagues, and on which days: no host, no focus, no content."""
    from sync.services.notes.holdings import certificate as certified

    product = product_of_store()
    with said_in_a_sentence():
        click.echo(certified(product.store, the_school(product, key), actor=email).text())


@click.command()
@click.option("--title", default="From down the hall", show_default=True)
@click.option("--hashtag", "hashtags", multiple=True, help="The school's own, as often as wanted.")
@click.option("--doc-for", metavar="EMAIL", help="A coordinator, for whom `sync` keeps it as a Doc.")
@SCHOOL
def newsletter(title: str, hashtags: tuple[str, ...], doc_for: str | None, key: str | None) -> None:
    """A draft of the lines that everybody concerned agreed to show, as things stand now; nothing is sent."""
    from sync.services.notes import newsletters
    from sync.services.notes.sharing import newsletter as drafted

    product = product_of_store()
    school = the_school(product, key)
    with said_in_a_sentence():
        if doc_for:
            made = newsletters.begin(
                product.store, product.clock, school, actor=doc_for, title=title, hashtags=hashtags
            )
            click.echo(newsletters.link_of(made) or "Its Doc comes with the next `downthehall sync`.", err=True)
    click.echo(drafted(product.store, school, title, hashtags).text())


def _known(product: Product, key: str | None, email: str) -> str:
    """The school, once the person is known to be of it. Raises `NoSuchPerson`."""
    school = the_school(product, key)
    with product.store.work() as work:
        work.schools.get(school).school.person(email)
    return school
