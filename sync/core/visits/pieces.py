"""Where a walk's other pieces may stand: preparing it before, talking it over after, each at a time of its own.

A piece lies in prep that everybody who takes part shares, or before or after school where the school's goal has that
(domain facts: 10 to 15 minutes to prepare; 5 or 20 to talk, the same day or within two school days). It costs prep as
a visit does, so the same rules protect it; lunch, duties and travel are never taken.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from sync.core.school.days import SchoolDay
from sync.core.school.school import School
from sync.core.school.slots import Slot
from sync.core.school.timetable import Has
from sync.core.visits.ask import Ask, Known
from sync.core.visits.commitments import Commitments
from sync.core.visits.openings import prep_is_protected
from sync.core.visits.prep import subtract
from sync.core.visits.walk import Piece, PieceKind, Walk

DEBRIEF_WITHIN = 2
"""school days after the visit"""
PREPARE_WITHIN = 2
"""school days before it"""
REACH = timedelta(days=14)
"""more than any holiday between two school days that still belong together"""
BEFORE_SCHOOL, AFTER_SCHOOL = "before school", "after school"
MINUTES = {PieceKind.PREPARE: (10, 15), PieceKind.DEBRIEF: (20, 5)}
"""lengths that are offered, the usual one first"""


def piece_openings(walk: Walk, kind: PieceKind, minutes: int, known: Known) -> Iterator[Slot]:
    """Where this piece of a walk may stand, the nearest to the visit first.

    `known` covers all people of the walk from `REACH` before to `REACH` after it; the walk itself counts as booked,
    its own piece of this kind does not.
    """
    rest = replace(walk, pieces=tuple(piece for piece in walk.pieces if piece.kind is not kind))
    others = Commitments([*known.commitments.without(walk.key), *rest.commitments()])
    told = replace(known, commitments=others)
    for day in _days(walk, kind, known.school):
        found = [slot for slot in _common(walk, kind, minutes, day, told) if _in_time(slot, walk, kind, known.now)]
        fitting = [slot for slot in found if not any(prep_is_protected(Ask(walk.meeting, "", slot), told))]
        yield from sorted(fitting, key=lambda slot: slot.start, reverse=kind is PieceKind.PREPARE)


def placed_again(walk: Walk, pieces: tuple[Piece, ...], known: Known) -> Walk:
    """The walk, moved, with its pieces where they were if they still fit, else at the nearest place, else none."""
    for piece in pieces:
        openings = list(piece_openings(walk, piece.kind, piece.slot.minutes, known))
        slot = next((slot for slot in openings if slot == piece.slot), openings[0] if openings else None)
        if slot is not None:
            walk = replace(walk, pieces=(*walk.pieces, Piece(piece.kind, slot)))
    return walk


def _days(walk: Walk, kind: PieceKind, school: School) -> Iterator[SchoolDay]:
    day = walk.starts.date() if kind is PieceKind.PREPARE else walk.ends.date()
    if kind is PieceKind.DEBRIEF:
        yield from list(school.days_between(day, day + REACH))[: DEBRIEF_WITHIN + 1]
    else:
        yield from list(school.days_between(day - REACH, day))[: -PREPARE_WITHIN - 2 : -1]


def _in_time(slot: Slot, walk: Walk, kind: PieceKind, now: datetime) -> bool:
    if slot.start <= now:
        return False
    return slot.end <= walk.starts if kind is PieceKind.PREPARE else slot.start >= walk.ends


def _common(walk: Walk, kind: PieceKind, minutes: int, day: SchoolDay, known: Known) -> Iterator[Slot]:
    """Stretches of that day in which everybody is free for so many minutes: in prep, then outside the bells."""
    taken = list(_taken(walk.meeting, day, known))
    periods = list(known.school.slots_of(day))
    for slot, _ in periods:
        if all(known.school.has(email, day.date, slot.period) is Has.PREP for email in walk.meeting):
            free = subtract((slot.start, slot.end), [*taken, *_apart(walk, kind)])
            yield from _cut(free, minutes, kind, slot)
    if not known.school.rules.goal.debrief_outside_hours or not periods or not _all_there(walk.meeting, day, known):
        return
    first, last = periods[0][0], periods[-1][0]
    before = Slot(day.date, _later(first.start, -minutes), first.start, BEFORE_SCHOOL)
    after = Slot(day.date, last.end, _later(last.end, minutes), AFTER_SCHOOL)
    for slot in (before, after):
        if not any(start < slot.end and slot.start < end for start, end in taken):
            yield slot


def _apart(walk: Walk, kind: PieceKind) -> list[tuple[datetime, datetime]]:
    """What lies on the wrong side of the visit, as if it were taken: a period may hold part of both."""
    day = timedelta(days=2)
    return [(walk.starts, walk.ends + day)] if kind is PieceKind.PREPARE else [(walk.starts - day, walk.ends)]


def _cut(free: list[tuple[datetime, datetime]], minutes: int, kind: PieceKind, slot: Slot) -> Iterator[Slot]:
    for start, end in free:
        if end.astimezone(UTC) - start.astimezone(UTC) < timedelta(minutes=minutes):
            continue
        if kind is PieceKind.PREPARE:
            start = _later(end, -minutes)
        yield Slot(slot.date, start, _later(start, minutes), slot.period)


def _taken(people: tuple[str, ...], day: SchoolDay, known: Known) -> Iterator[tuple[datetime, datetime]]:
    for email in people:
        yield from ((held.start, held.end) for held in known.commitments.of(email, day.date))
        yield from ((busy.start, busy.end) for busy in known.school.busy if busy.email == email)


def _all_there(people: tuple[str, ...], day: SchoolDay, known: Known) -> bool:
    """Whoever is off all day is not asked to come for ten minutes."""
    periods = [slot.period for slot, _ in known.school.slots_of(day)]
    working = (Has.CLASS, Has.PREP, Has.DUTY)
    return all(any(known.school.has(email, day.date, name) in working for name in periods) for email in people)


def _later(moment: datetime, minutes: int) -> datetime:
    return (moment.astimezone(UTC) + timedelta(minutes=minutes)).astimezone(moment.tzinfo)
