"""`periods` and `slots`: what a school folder says about time, without any Workspace."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from pathlib import Path

import click

from addon.commands.columns import in_columns
from addon.commands.options import FROM, JSON, SCHOOL, TO, IsoMoment, in_order
from sync.core.school.school import School
from sync.core.visits.ask import Known
from sync.core.visits.openings import Closed, Opening, survey
from sync.schools.folder.folder import read_school

Record = dict[str, object]


@click.command()
@SCHOOL
@FROM
@TO
@click.option("--email", help="The person whose day it is.")
@JSON
def periods(folder: Path, first: date, last: date, email: str | None, as_json: bool) -> None:
    """Every period of every school day with its clock times, and what that person has in it."""
    in_order(first, last)
    school = read_school(folder)
    who = school.person(email.strip()).email if email else None
    _say_if_no_school(school, first, last)
    records = period_records(school, first, last, who)
    if as_json:
        click.echo(json.dumps(records, indent=1, ensure_ascii=False))
        return
    heads = ("date", "day_type", "period", "start", "end", "kind", "has")
    in_columns(heads, [[_short(record, head) for head in heads] for record in records])


def _say_if_no_school(school: School, first: date, last: date) -> None:
    if next(school.days_between(first, last), None) is None:
        told = f"There is no school day from {first} to {last}; {school.name} has {_school_year(school)}."
        click.echo(told, err=True)


def _school_year(school: School) -> str:
    days = school.school_days
    return f"school days from {days[0].date} to {days[-1].date}" if days else "none at all"


def period_records(school: School, first: date, last: date, email: str | None) -> list[Record]:
    return [
        {
            "date": slot.date.isoformat(),
            "day_type": day.day_type,
            "period": period.name,
            "start": slot.start.isoformat(),
            "end": slot.end.isoformat(),
            "kind": period.kind.value,
            "has": school.has(email, slot.date, period.name).value if email else None,
        }
        for day in school.days_between(first, last)
        for slot, period in school.slots_of(day)
    ]


@click.command()
@SCHOOL
@click.option(
    "--visitor", "visitors", multiple=True, required=True, help="Who would visit; may be given several times."
)
@click.option("--host", required=True, help="Whose class it is.")
@FROM
@TO
@click.option("--now", type=IsoMoment(), help="The moment that notice and 'past' are counted from (else the clock).")
@JSON
def slots(
    folder: Path,
    visitors: tuple[str, ...],
    host: str,
    first: date,
    last: date,
    now: datetime | None,
    as_json: bool,
) -> None:
    """Openings for a visit, and for every other class period the reasons why not."""
    in_order(first, last)
    school = read_school(folder)
    coming = tuple(dict.fromkeys(school.person(visitor.strip()).email for visitor in visitors))
    hosting = school.person(host.strip()).email
    _say_if_no_school(school, first, last)
    moment = now or datetime.now(UTC)
    known = Known(school, moment if moment.tzinfo else moment.replace(tzinfo=school.zone))
    openings, refusals = list[Record](), list[Record]()
    for found in survey(coming, hosting, first, last, known):
        if isinstance(found, Opening):
            openings.append(_opening(found))
        else:
            refusals.append(_refusal(found))
    if as_json:
        click.echo(json.dumps({"openings": openings, "refusals": refusals}, indent=1, ensure_ascii=False))
        return
    _print_slots(openings, refusals)


def _opening(found: Opening) -> Record:
    slot = found.slot
    return {
        "date": slot.date.isoformat(),
        "period": slot.period,
        "start": slot.start.isoformat(),
        "end": slot.end.isoformat(),
        "room": found.room,
        "covered_by": found.covered_by,
    }


def _refusal(found: Closed) -> Record:
    reasons = [{"code": one.code, "rule": one.rule, "sentence": one.sentence} for one in found.reasons]
    return {"date": found.slot.date.isoformat(), "period": found.slot.period, "reasons": reasons}


def _print_slots(openings: list[Record], refusals: list[Record]) -> None:
    click.echo(f"{len(openings)} opening{'' if len(openings) == 1 else 's'}")
    heads = ("date", "period", "start", "end", "room", "covered_by")
    in_columns(heads, [[_short(record, head) for head in heads] for record in openings])
    click.echo(f"\n{len(refusals)} other class period{'' if len(refusals) == 1 else 's'}")
    lines = []
    for record in refusals:
        reasons = record["reasons"]
        assert isinstance(reasons, list)
        lines.append([str(record["date"]), str(record["period"]), " ".join(one["sentence"] for one in reasons)])
    in_columns(("date", "period", "why not"), lines)


def _short(record: Record, head: str) -> str:
    value = record[head]
    return "" if value is None else str(value)[11:16] if head in ("start", "end") else str(value)
