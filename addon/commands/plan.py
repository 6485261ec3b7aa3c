"""`plan` and `repair`: a whole term of visits, from a school folder to plan.csv, and again when life breaks it."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from threading import Event
from types import FrameType
from typing import TYPE_CHECKING, Any

import click

from addon.commands.happenings import changes_of, happens
from addon.commands.options import FOLDER, FROM, SCHOOL, TO, IsoDate, Seconds, in_order

if TYPE_CHECKING:
    from sync.planning.problem import Plan

SEED = click.option("--seed", type=click.IntRange(0, 2**31 - 1), default=1, show_default=True, help="Settles ties.")
SECONDS = click.option(
    "--seconds",
    type=Seconds(0.1, 3600),
    default=60.0,
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
    from sync.planning.files import BadPlan, writable, write_plan
    from sync.planning.problem import Request
    from sync.planning.solve import solve
    from sync.schools.folder.folder import files_of, read_school

    in_order(first, last)
    school = read_school(folder)
    try:
        writable(out, report_to, kept=files_of(folder))
    except BadPlan as mistake:
        raise click.ClickException(str(mistake)) from mistake
    with ended_by_ctrl_c() as stop:
        found = solve(Request(school, first, last, seconds, seed), tell=_say, stop=stop)
    try:
        write_plan(found, out, report_to)
    except BadPlan as mistake:
        raise click.ClickException(str(mistake)) from mistake
    _summary(found)
    return 1 if found.unplaced else 0


@contextmanager
def ended_by_ctrl_c() -> Iterator[Event]:
    """An event that Ctrl-C, or being told to end, sets the first time; the second time it is as ever."""
    stop = Event()

    def heard(number: int, _: FrameType | None) -> None:
        stop.set()
        signal.signal(number, before[signal.Signals(number)])
        os.write(
            2, b"Stopping: the best plan so far is being written. Once more, and nothing is.\n"
        )  # safe in a handler

    before = {number: signal.signal(number, heard) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


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
        f"{len(found.unplaced)} left short. Cost {found.cost}, bound {found.bound}: {proof}. "
        f"{found.seconds:.1f} seconds, seed {found.seed}."
    )


@click.command()
@SCHOOL
@FROM
@TO
@click.option("--plan", "plan_file", required=True, type=FOLDER, help="The plan.csv to repair.")
@click.option("--out", required=True, type=FOLDER, help="Where to write the repaired plan; may be the same file.")
@click.option("--report", "report_to", type=FOLDER, help="Where to write what moved and what is lost (JSON).")
@click.option("--since", type=IsoDate(), help="Nothing before this date is touched (else the first date).")
@happens
def repair(
    folder: Path,
    first: date,
    last: date,
    plan_file: Path,
    out: Path,
    report_to: Path | None,
    since: date | None,
    **said: Any,
) -> int:
    """Repair a plan.csv after absences and changed days: only what was hit moves.

    Days and timetables that changed in the school folder count as well. (Visits that people were invited to already
    are in the store: `mend` does the same to them.)
    """
    from sync.core.school.happenings import with_happenings
    from sync.planning import files
    from sync.planning.repair import repair as repaired
    from sync.schools.folder.folder import files_of, read_school

    in_order(first, last)
    school = read_school(folder)
    for change in changes_of(school, **said):
        school = with_happenings(school, change(school))
    try:
        files.writable(out, report_to, kept=files_of(folder))
        rows = files.read_rows(plan_file)
        files.of_kind(school.rules.goal.kind, rows, plan_file)
        result = repaired(school, rows, first, last, since)
        files.write_repair(result, out, report_to)
    except files.BadPlan as mistake:
        raise click.ClickException(str(mistake)) from mistake
    for walk in result.changes:
        became = f"now {walk.now}" if walk.now else "no other time was found"
        _say(f"{walk.walk}, {walk.was}: {became}. {walk.why}")
    moved, lost = len(result.changes) - len(result.lost), len(result.lost)
    _say(f"{moved} moved, {lost} lost, everything else as it was.")
    return 1 if lost else 0
