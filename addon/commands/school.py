"""`school import` and `school check`: from a school's own files to a school folder."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import click

from addon.commands.differences import compared_with, kept, with_what_no_file_says
from addon.commands.mending import tell_repaired
from addon.commands.options import FOLDER, IsoDate, Zone, in_order
from addon.commands.store import product_of_store, the_school
from sync.core.words import counted

if TYPE_CHECKING:
    from sync.core.school.school import School
    from sync.schools.imports.source import Imported, Wanted


@click.group()
def school() -> None:
    """Read a school from its files, or say what is wrong with them."""


@school.command("import")
@click.argument("path", type=FOLDER)
@click.option(
    "--format",
    "kind",
    required=True,
    type=click.Choice(["oneroster", "fet", "csv", "grid", "ics"]),
    help="What PATH is.",
)
@click.option("--out", required=True, type=FOLDER, help="The school folder to write.")
@click.option("--from", "first", type=IsoDate(), help="First day of the term, where the file has no dates.")
@click.option("--to", "last", type=IsoDate(), help="Last day of the term.")
@click.option("--timezone", "zone", type=Zone(), help="IANA time zone, where the file has none (else UTC).")
@click.option("--domain", default="", help="Domain of the e-mail addresses, where the file has none.")
@click.option("--name", default="", help="The school's name, where the file's is not wanted.")
@click.option("--key", default="", help="Short name of the school in the store, to be told which visits it hits.")
def import_school(
    path: Path,
    kind: str,
    out: Path,
    first: date | None,
    last: date | None,
    zone: ZoneInfo | None,
    domain: str,
    name: str,
    key: str,
) -> None:
    """Read PATH into a school folder. Nothing is written unless all of it could be read.

    Where the folder, or the store of DATABASE_URL, has the school already, it says who is new, who left, which booked
    visits no longer fit, and what would be offered instead; nothing in the store is changed.
    """
    from sync.schools.folder.writer import write_school
    from sync.schools.imports.source import Wanted

    if first and last:
        in_order(first, last)
    today = datetime.now(zone or ZoneInfo("UTC")).date()
    wanted = Wanted(today, first, last, zone, _domain(domain), " ".join(name.split()))
    imported = _read(path, kind, wanted)
    if not imported.school.school_days:
        raise click.UsageError("No school day lies between the dates given; choose --from and --to further apart.")
    compared = compared_with(imported.school, out, key)
    write_school(imported.school, out)
    for sentence in imported.assumed:
        click.echo(sentence, err=True)
    click.echo(f"{summary(imported.school)} Written to {out}.")
    compared.tell()


def _read(path: Path, kind: str, wanted: Wanted) -> Imported:
    if kind == "fet":
        from sync.schools.imports.fet import read_fet

        return read_fet(path, wanted)
    if kind == "oneroster":
        from sync.schools.imports.oneroster import read_oneroster

        return read_oneroster(path, wanted)
    if kind == "grid":
        from sync.schools.imports.grid import read_grid

        return read_grid(path, wanted)
    if kind == "ics":
        from sync.schools.imports.calendars import read_calendars

        return read_calendars(path, wanted)
    return _read_folder(path, wanted)


def _read_folder(path: Path, wanted: Wanted) -> Imported:
    from sync.schools.folder.folder import check_school
    from sync.schools.imports.source import Imported
    from sync.schools.problems import SchoolProblems

    if wanted.dates_given:
        raise click.UsageError("--from and --to are for files without dates; a school folder has days.csv.")
    found, problems, oddities = check_school(path)
    if found is None:
        raise SchoolProblems(problems)
    said = {"zone": wanted.zone, "domain": wanted.domain, "name": wanted.name}
    changes = {key: value for key, value in said.items() if value}
    return Imported(replace(found, **changes), tuple(str(oddity) for oddity in oddities))  # type: ignore[arg-type]


def _domain(text: str) -> str:
    from sync.schools.cells import as_email

    domain = text.strip().lower().removeprefix("@")
    if domain and as_email(f"ada@{domain}") is None:
        raise click.UsageError(f"--domain {text!r} is not a domain; write it like school.org.")
    return domain


@school.command()
@click.argument("folder", type=FOLDER)
def check(folder: Path) -> None:
    """Say in words what is missing or odd in the school folder FOLDER."""
    from sync.schools.folder.folder import check_school
    from sync.schools.problems import SchoolProblems

    found, problems, oddities = check_school(folder)
    if found is None:
        for oddity in oddities:
            click.echo(f"Odd: {oddity}", err=True)
        raise SchoolProblems(problems)
    click.echo(summary(found))
    for oddity in oddities:
        click.echo(f"Odd: {oddity}")
    odd = f"{len(oddities)} thing{'' if len(oddities) == 1 else 's'} to look at." if oddities else "Nothing is odd."
    click.echo(f"Nothing is wrong. {odd}")


@school.command()
@click.argument("folder", type=FOLDER)
@click.option("--key", default="", help="Short name of the school in the store; by default from its domain.")
def keep(folder: Path, key: str) -> int:
    """Put the school folder FOLDER into the store of DATABASE_URL, in place of what it had under this key."""
    from sync.core.school.changes import changes
    from sync.schools.folder.folder import read_school
    from sync.services import schools
    from sync.services.plans.repairing import repair_after_change

    read = read_school(folder)
    made = product_of_store()
    kept_as = key or schools.key_of(read)
    before = kept(made, kept_as)
    read = with_what_no_file_says(read, before)
    schools.take_in(made.store, made.clock, kept_as, read)
    click.echo(f"{summary(read)} Kept as {kept_as}.")
    for sentence in changes(before, read) if before else ():
        click.echo(sentence)
    return tell_repaired(repair_after_change(made.store, made.clock, kept_as))


@school.command()
@click.argument("users", type=FOLDER)
@click.option(
    "--unit", default="", help="Organisational unit of those who teach, like /Staff; units below it count too."
)
@click.option("--key", help="Short name of the school; needed where the store has several.")
def people(users: Path, unit: str, key: str | None) -> int:
    """Put the people of USERS, the Directory's CSV from the Admin console, on the staff list of a kept school.

    The Sheet's tab Staff shows them after the next pass. Nobody is taken off the list.
    """
    from sync.core.school.changes import changes
    from sync.schools.imports.directory import read_directory
    from sync.services import schools
    from sync.services.plans.repairing import repair_after_change

    made = product_of_store()
    kept_as = the_school(made, key, "--key")
    before = kept(made, kept_as)
    assert before is not None
    found = read_directory(users, unit, before.staff)
    after = replace(before, staff={**before.staff, **found})
    schools.take_in(made.store, made.clock, kept_as, after)
    click.echo(f"{len(found)} people of the Directory are on the staff list of {before.name}.")
    for sentence in changes(before, after):
        click.echo(sentence)
    return tell_repaired(repair_after_change(made.store, made.clock, kept_as))


@school.command()
@click.option("--name", required=True, help="The school's name.")
@click.option("--domain", required=True, help="Domain of the school's e-mail addresses.")
@click.option("--coordinator", required=True, help="E-mail of whoever runs the programme.")
@click.option("--timezone", "zone", type=Zone(), help="IANA time zone; the Sheet asks for it where it is not given.")
@click.option("--key", default="", help="Short name of the school in the store; by default from its domain.")
def begin(name: str, domain: str, coordinator: str, zone: ZoneInfo | None, key: str) -> None:
    """Begin a school with an empty Sheet: its coordinator fills in the rest there."""
    from sync.core.school.people import COORDINATOR, TEACHER, Person
    from sync.core.school.school import School
    from sync.core.school.timetable import Timetable
    from sync.schools.cells import as_email
    from sync.services import schools

    email = as_email(coordinator)
    if email is None:
        raise click.UsageError(f"--coordinator {coordinator!r} is not an e-mail address; write it like ada@school.org.")
    local = email.partition("@")[0].replace(".", " ").title()
    person = Person(email, local, (COORDINATOR, TEACHER))
    empty = School(
        name=" ".join(name.split()),
        zone=zone or ZoneInfo("UTC"),
        domain=_domain(domain),
        staff={email: person},
        bells={},
        days={},
        timetable=Timetable([]),
    )
    made = product_of_store()
    kept_as = key or schools.key_of(empty)
    if kept(made, kept_as) is not None:
        raise click.UsageError(f"There is a school {kept_as} already; give this one another --key.")
    schools.save(made.store, kept_as, empty)
    click.echo(
        f"{empty.name} begins as {kept_as}. `downthehall sync --school {kept_as}` makes its calendar and Sheet, "
        f"shared with {email}; the tab Start here says what comes next."
    )


def summary(school: School) -> str:
    """A school in one sentence."""
    days = school.school_days
    span = f"{counted(len(days), 'school day')} from {days[0].date} to {days[-1].date}" if days else "no school day"
    return (
        f"{school.name} ({school.zone.key}): {counted(len(school.staff), 'person', 'people')}, "
        f"{counted(len(school.bells), 'day type')}, {counted(len(school.timetable), 'timetable row')}, {span}."
    )
