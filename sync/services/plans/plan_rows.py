"""The rows of a plan (`plan.csv`, by column name) as walks that might be proposed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, time

from sync.core.school.agreement import Kind
from sync.core.school.school import School
from sync.core.school.slots import Slot, moment
from sync.core.visits.cover import Cover
from sync.core.visits.walk import Piece, PieceKind, Stop
from sync.services.visits.asking import cover_for, stop_in

Row = Mapping[str, str]


class BadRows(ValueError):
    """Rows that are no plan for this school; the sentence names the walk and what to do."""


@dataclass(frozen=True, slots=True)
class Draft:
    """One walk of a plan. In its covers those are asked whom the plan names."""

    name: str
    kind: Kind
    group: str
    visitors: tuple[str, ...]
    stops: tuple[Stop, ...]
    pieces: tuple[Piece, ...]
    covers: tuple[Cover, ...]


def drafts(school: School, rows: Iterable[Row]) -> list[Draft]:
    """The walks of a plan in the order of their names. Raises `BadRows`."""
    walks: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        walks[row["walk"]].append(row)
    return [_draft(school, name, mine) for name, mine in sorted(walks.items())]


def _draft(school: School, name: str, rows: list[Row]) -> Draft:
    try:
        visiting = [row for row in rows if row["piece"] == "visit"]
        visitors = tuple(dict.fromkeys(row["email"].lower() for row in visiting if row["role"] == "visitor"))
        stops = tuple(_stop(school, row) for row in visiting if row["role"] == "host")
        pieces = {
            row["piece"]: Piece(PieceKind(row["piece"]), _slot(school, row)) for row in rows if row["piece"] != "visit"
        }
        covered = {
            row["email"].lower(): row["covered_by"].lower()
            for row in visiting
            if row["role"] == "visitor" and row["covered_by"]
        }
        group = rows[0]["group"] if rows[0]["group"] in school.groups else ""
        covers = [
            cover_for(school, away, stops[0].slot, "").asking(by)
            for away, by in covered.items()
            if away in school.staff
        ]
        kind = Kind(rows[0]["kind"])
    except (KeyError, ValueError, IndexError) as error:
        raise BadRows(
            f"Walk {name} cannot be read ({error}); give rows that `downthehall plan` has written."
        ) from error
    if not visitors or not stops:
        raise BadRows(f"Walk {name} has no {'host' if visitors else 'visitor'}; give all rows of each walk.")
    return Draft(name, kind, group, visitors, stops, tuple(pieces.values()), tuple(covers))


def _stop(school: School, row: Row) -> Stop:
    host, slot = row["email"].lower(), _slot(school, row)
    found = stop_in(school, host, slot.date, slot.period) if host in school.staff else None
    # A day that is no school day any more is for the rules to refuse: it is this walk's matter, not the whole plan's.
    return replace(found, slot=slot) if found else Stop(host, slot)


def _slot(school: School, row: Row) -> Slot:
    day = date.fromisoformat(row["date"])
    start, end = (moment(day, time.fromisoformat(row[name]), school.zone) for name in ("start", "end"))
    return Slot(day, start, end, row["period"])
