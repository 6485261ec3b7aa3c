"""`ledger`: who has given prep, what came back, and what is owed until when, on a page."""

from __future__ import annotations

import html

import click

from addon.commands.store import product_of_store, the_school

SCHOOL = click.option("--school", "key", help="The school's key; needed where the store has several.")
STYLE = (
    "body{font:16px/1.5 system-ui,sans-serif;max-width:52rem;margin:2rem auto;padding:0 1rem;color:#202124}"
    "table{border-collapse:collapse;width:100%;margin:1rem 0}th,td{padding:.3rem .6rem;border-bottom:1px solid #dadce0}"
    "th{font-weight:600;color:#5f6368;vertical-align:bottom;line-height:1.25}"
    "th:first-child,th:last-child{text-align:left}"
    "tr:last-child td{border-top:2px solid #5f6368}h1{font-size:1.6rem}h2{font-size:1.15rem;margin-top:1.8rem}"
    "@media print{body{margin:0}}"
)


@click.command()
@SCHOOL
@click.option("--html", "as_html", is_flag=True, help="A web page to print, instead of Markdown.")
def ledger(key: str | None, as_html: bool) -> None:
    """The prep ledger of a school in the store, for whoever watches over the agreement."""
    from sync.core.covers.ledger_page import page
    from sync.services.covers.repaying import book_of

    product = product_of_store()
    school, book, today = book_of(product.store, product.clock, the_school(product, key))
    text = page(school, book, today)
    click.echo(_html(school.name, text) if as_html else text)


def _html(name: str, text: str) -> str:
    from markdown_it import MarkdownIt

    body = MarkdownIt("commonmark", {"html": False}).enable("table").render(text)
    title = f"Prep given and given back · {html.escape(name)}"
    return (
        f'<!doctype html><html lang="en"><meta charset="utf-8"><title>{title}</title><style>{STYLE}</style>\n'
        f"{body}</html>"
    )
