"""`hold` and `checkins`: what a school asks of the service once a year, each in the name of somebody who may."""

from __future__ import annotations

from datetime import date

import click

from addon.commands.holdings import SCHOOL
from addon.commands.options import IsoDate
from addon.commands.sentences import said_in_a_sentence
from addon.commands.store import product_of_store, the_school


@click.command()
@click.option("--by", required=True, metavar="EMAIL", help="The coordinator who asks for it.")
@click.option("--reason", default="", help="Why, in a few words; coordinators see it.")
@click.option("--lift", is_flag=True, help="End it: what is due by its age may go again.")
@SCHOOL
def hold(by: str, reason: str, lift: bool, key: str | None) -> None:
    """Keep everything until it is lifted, as for a request of records: nothing is removed, no words erased."""
    from sync.services.notes.holdings import lift_hold, put_hold

    product = product_of_store()
    school = the_school(product, key)
    with said_in_a_sentence():
        if lift:
            lift_hold(product.store, school, actor=by)
            click.echo("Lifted. What is due by its age goes a month after it was listed.")
        else:
            since = put_hold(product.store, product.clock, school, actor=by, reason=reason).since
            click.echo(f"Held since {since}. Nothing is removed until `downthehall hold --lift --by {by}`.")


@click.command()
@click.argument("teachers", nargs=-1, metavar="[TEACHER]...")
@click.option("--by", required=True, metavar="EMAIL", help="The leader or coordinator who plans them.")
@click.option("--leader", metavar="EMAIL", help="Who meets the teachers; else whoever plans.")
@click.option("--per-year", type=click.IntRange(1, 10), default=3, show_default=True, help="How many for each teacher.")
@click.option("--from", "first", type=IsoDate(), help="First date; else the school's first day.")
@click.option("--to", "last", type=IsoDate(), help="Last date; else the school's last day.")
@SCHOOL
def checkins(
    teachers: tuple[str, ...],
    by: str,
    leader: str | None,
    per_year: int,
    first: date | None,
    last: date | None,
    key: str | None,
) -> None:
    """Plan check-ins: dates around which a leader meets each teacher (all of them, unless some are named).

    They stand on the card "My year"; the teacher alone packs for them. Asked again, the same ones.
    """
    from sync.core.school.people import TEACHER
    from sync.services.notes.checkins import plan

    product = product_of_store()
    name = the_school(product, key)
    with product.store.work() as work:
        school = work.schools.get(name).school
    days = sorted(school.days)
    meets = (leader or by).lower()
    everybody = [email for email, person in school.staff.items() if person.has_role(TEACHER) and email != meets]
    if not days:
        raise click.UsageError("The school has no school days yet; fill in days.csv or the tab School days.")
    with said_in_a_sentence():
        planned = plan(
            product.store, name, actor=by, leader=meets, teachers=teachers or everybody,
            first=first or days[0], last=last or days[-1], per_year=per_year,
        )  # fmt: skip
    for teacher in dict.fromkeys(one.teacher for one in planned):
        dates = ", ".join(str(one.around) for one in planned if one.teacher == teacher)
        click.echo(f"{teacher}: {dates}")
