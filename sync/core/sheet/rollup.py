"""What leaders see: that visits happened, never what was written. Walks rolled up to rows of plain cells.

A row holds who, when, type, minutes, the focus's id as its label, done or not. Nobody's own words get in here: a focus
in one's own words is shown as just that.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from sync.core.school.school import School
from sync.core.school.timetable import Has
from sync.core.visits.cover import Cover, CoverFor
from sync.core.visits.walk import DONE, PieceKind, State, Visit, Walk

OWN = "own"
OWN_FOCUS = "a focus of their own"
Cell = str | int
Row = tuple[str, tuple[Cell, ...]]
"""(key, cells)"""

TRACKER = (
    "Person",
    "Building",
    "Grade",
    "Visits made",
    "Visits hosted",
    "Debriefed",
    "Thanked",
    "Requirement met",
    "Last",
    "Next",
    "Prep given",
    "Prep restored",
)
VISITS = (
    "Date",
    "Period",
    "Kind",
    "Visitor",
    "Host",
    "Room",
    "Minutes",
    "Focus",
    "State",
    "Debrief on",
    "Covered by",
    "Proposed by",
)


@dataclass
class _Tally:
    """What one person has done so far."""

    made: int = 0
    hosted: int = 0
    debriefed: int = 0
    prep_given: int = 0
    """minutes of own prep spent on visits that were made"""
    past: list[date] = field(default_factory=list)
    coming: list[date] = field(default_factory=list)


def tracker_rows(
    school: School,
    walks: Iterable[Walk],
    thanked: Mapping[str, int] | None = None,
    restored: Mapping[str, int] | None = None,
) -> list[Row]:
    """One row for each person who teaches or takes part, by name. Counts visits that were held.

    `thanked`: thank-yous sent, by person; None where that is not known. `restored`: minutes of prep given back.
    """
    tallies: dict[str, _Tally] = defaultdict(_Tally)
    for walk in walks:
        if walk.stands:
            for visit in walk.visits():
                _count(school, visit, tallies)
    due = school.rules.goal.visits_per_teacher
    people = [person for person in school.staff.values() if person.has_role("teacher") or person.email in tallies]
    rows: list[Row] = []
    for person in sorted(people, key=lambda person: (person.name.casefold(), person.email)):
        tally = tallies[person.email]
        cells: tuple[Cell, ...] = (
            person.name,
            person.building,
            "; ".join(person.grades),
            tally.made,
            tally.hosted,
            tally.debriefed,
            "" if thanked is None else thanked.get(person.email, 0),
            "yes" if tally.made >= due else "not yet",
            max(tally.past).isoformat() if tally.past else "",
            min(tally.coming).isoformat() if tally.coming else "",
            tally.prep_given,
            (restored or {}).get(person.email, 0),
        )
        rows.append((person.email, cells))
    return rows


def _count(school: School, visit: Visit, tallies: dict[str, _Tally]) -> None:
    slot, state = visit.stop.slot, visit.walk.state
    visitor, host = tallies[visit.visitor], tallies[visit.stop.host]
    if state in DONE:
        visitor.made += 1
        host.hosted += 1
        visitor.debriefed += state is State.DEBRIEFED
        if visit.visitor in school.staff and school.has(visit.visitor, slot.date, slot.period) is Has.PREP:
            visitor.prep_given += slot.minutes
        visitor.past.append(slot.date)
        host.past.append(slot.date)
    else:
        visitor.coming.append(slot.date)
        host.coming.append(slot.date)


def visit_rows(school: School, walks: Iterable[Walk], labels: Mapping[str, str]) -> list[Row]:
    """One row for each visit that was ever booked, cancelled ones too, in order of time."""
    visits = [visit for walk in walks for visit in walk.visits()]
    visits.sort(key=lambda visit: (visit.stop.slot.start, visit.walk.key, visit.visitor, visit.stop.host))
    return [(visit_key(visit), _visit_cells(school, visit, labels)) for visit in visits]


def visit_key(visit: Visit) -> str:
    """Names a visit's row for good; a walk that moves keeps its rows."""
    return f"{visit.walk.key} {visit.visitor} {visit.stop.host}"


def _visit_cells(school: School, visit: Visit, labels: Mapping[str, str]) -> tuple[Cell, ...]:
    walk, slot = visit.walk, visit.stop.slot
    debrief = next((piece.slot for piece in walk.pieces if piece.kind is PieceKind.DEBRIEF), None)
    return (
        slot.date.isoformat(),
        slot.period,
        walk.kind.value,
        school.name_of(visit.visitor),
        school.name_of(visit.stop.host),
        visit.stop.room,
        slot.minutes,
        ", ".join(focus_labels(walk.focus, labels)),
        walk.state.value,
        debrief.date.isoformat() if debrief else "",
        ", ".join(dict.fromkeys(school.name_of(cover.by) for cover in _visit_covers(walk))),
        school.name_of(walk.initiated_by),
    )


def _visit_covers(walk: Walk) -> list[Cover]:
    """Those that make the visit possible; prep given back for it is the ledger's matter."""
    return [cover for cover in walk.covers if cover.stands and cover.purpose is CoverFor.VISIT]


def focus_labels(focus: Sequence[str], labels: Mapping[str, str]) -> list[str]:
    """The focuses as people read them. What is in no library might be somebody's words, and is shown as such."""
    return [labels.get(item, OWN_FOCUS) if item != OWN else OWN_FOCUS for item in focus]
