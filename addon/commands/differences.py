"""A changed export as a diff: what is other, which booked visits no longer fit, and what becomes of each."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from addon.commands.store import product_of_store
from sync.core.words import counted

if TYPE_CHECKING:
    from addon.bootstrap import Product
    from sync.core.school.school import School
    from sync.services.plans.repairing import Repaired


@dataclass(frozen=True, slots=True)
class Compared:
    """A school that was read, and what it is held against: as it runs in the store, or as it was read before."""

    read: School
    before: School | None
    running: Product | None = None
    """whose store has `before`, with its visits"""
    key: str = ""

    def tell(self) -> None:
        """In sentences on stdout; silence where there is nothing to compare with. Keeps nothing."""
        from sync.core.school.changes import changes
        from sync.services.plans.repairing import foresee

        if self.before is None:
            return
        after = with_what_no_file_says(self.read, self.before) if self.running else self.read
        for sentence in list(changes(self.before, after)) or ["Nothing of it has changed."]:
            click.echo(sentence)
        if self.running is not None:
            _tell_foreseen(foresee(self.running.store, self.running.clock, self.key, after))


def compared_with(read: School, folder: Path, key: str) -> Compared:
    """Where `key` or DATABASE_URL says so, the school in the store; else the one that `folder` has from before."""
    from sync.schools.folder.folder import check_school
    from sync.services import schools

    made = product_of_store() if key or "DATABASE_URL" in os.environ else None
    kept_as = key or schools.key_of(read)
    running = kept(made, kept_as) if made else None
    if running is not None:
        return Compared(read, running, made, kept_as)
    if key:
        raise click.UsageError(f"The store has no school {key}; `downthehall school keep` puts one in.")
    return Compared(read, check_school(folder)[0] if (folder / "staff.csv").is_file() else None)


def _tell_foreseen(coming: Repaired) -> None:
    """What would become of the visits to come, each in a sentence."""
    for sentence in dict.fromkeys(sentence for one in coming.told for sentence in one.sentences):
        click.echo(f"Once it is kept: {sentence}")
    if not coming.changed:
        click.echo("Every booked visit still fits.")
        return
    fates = (
        (coming.moved, "moved"),
        (coming.asked_anew, "proposed with somebody else"),
        (coming.fewer, "going on with fewer"),
        (coming.covered_anew, "covered by somebody else"),
        (coming.cancelled, "cancelled"),
    )
    said = ", ".join(f"{len(walks)} {fate}" for walks, fate in fates if walks)
    click.echo(
        f"{counted(coming.changed, 'booked visit')} would change: {said}. Nothing is changed yet; `downthehall school "
        "keep` does it."
    )


def with_what_no_file_says(read: School, before: School | None) -> School:
    """What was said here and not in a file: focuses and offers of cover in the Sheet, and the charter's Doc."""
    if before is None:
        return read
    offers = {email: minutes for email, minutes in before.cover_minutes.items() if email in read.staff}
    notes = replace(read.notes, charter=read.notes.charter or before.notes.charter)
    focuses = read.focuses or before.focuses
    return replace(read, focuses=focuses, notes=notes, cover_minutes=read.cover_minutes or offers)


def kept(made: Product, key: str) -> School | None:
    """The school that the store has under this key; None where it has none."""
    from sync.services.ports import NoSuchSchool

    with made.store.work() as work:
        try:
            return work.schools.get(key).school
        except NoSuchSchool:
            return None
