"""Placing a walk's other pieces: preparing it, and talking it over, in one go with the booking or apart from it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime

from sync.core.school.slots import Slot
from sync.core.visits.ask import Known
from sync.core.visits.pieces import MINUTES, REACH, piece_openings, placed_again
from sync.core.visits.walk import Piece, PieceKind, State, Walk
from sync.services.ports import Clock, Store, Work
from sync.services.visits.asking import known_about
from sync.services.visits.refusing import refuse

AT_MOST = 4
"""openings that are shown for one piece"""
Wish = tuple[PieceKind, datetime, int]
"""which piece, when it begins (aware), and for how many minutes"""


def openings_for(work: Work, school_key: str, walk: Walk, now: datetime) -> dict[PieceKind, list[Slot]]:
    """Where each piece of this walk may stand, the usual length first; the walk need not be booked yet."""
    known = known_for(work, school_key, walk, now)
    return {kind: _openings(walk, kind, known) for kind in PieceKind}


def _openings(walk: Walk, kind: PieceKind, known: Known) -> list[Slot]:
    usual, other = (list(piece_openings(walk, kind, minutes, known)) for minutes in MINUTES[kind])
    return usual[:AT_MOST] + other[: 2 if usual else AT_MOST]


def known_for(work: Work, school_key: str, walk: Walk, now: datetime) -> Known:
    """What the rules are told of a walk's people, as far before and after it as its pieces may lie."""
    first, last = walk.starts.date() - REACH, walk.ends.date() + REACH
    return known_about(work, school_key, walk.people, first, last, now, without=walk.key)


def with_pieces(walk: Walk, wishes: Iterable[Wish], known: Known) -> Walk:
    """The walk with these pieces, each in a place that is open. Raises `Refused`."""
    for kind, start, minutes in wishes:
        others = tuple(piece for piece in walk.pieces if piece.kind is not kind)
        found = (slot for slot in piece_openings(walk, kind, minutes, known) if slot.start == start)
        slot = next(found, None) if minutes in MINUTES[kind] else None
        if slot is None:
            raise refuse("piece_taken", "pieces", f"{_NAMES[kind]} does not fit then any more; choose another time.")
        walk = replace(walk, pieces=(*others, Piece(kind, slot)))
    return walk


_NAMES = {PieceKind.PREPARE: "Preparing", PieceKind.DEBRIEF: "Talking it over"}


def place(
    store: Store,
    clock: Clock,
    school_key: str,
    walk_key: str,
    *,
    actor: str,
    kind: PieceKind,
    start: datetime,
    minutes: int,
) -> Walk:
    """Give a visit a time to prepare it, or to talk it over. Any of its people may. Raises `Refused`."""
    now = clock.now()
    with store.work() as work:
        work.lock(school_key)
        walk = _own(work, school_key, walk_key, actor)
        changed = with_pieces(walk, [(kind, start, minutes)], known_for(work, school_key, walk, now))
        if changed.pieces != walk.pieces:
            changed = replace(changed, revision=walk.revision + 1)
            work.walks.save(school_key, changed)
            work.commit()
    return changed


def drop(store: Store, school_key: str, walk_key: str, *, actor: str, kind: PieceKind) -> Walk:
    """Give up the fixed time of a piece; dropping it twice is fine. Raises `Refused`."""
    with store.work() as work:
        work.lock(school_key)
        walk = _own(work, school_key, walk_key, actor)
        rest = tuple(piece for piece in walk.pieces if piece.kind is not kind)
        if rest != walk.pieces:
            walk = replace(walk, pieces=rest, revision=walk.revision + 1)
            work.walks.save(school_key, walk)
            work.commit()
    return walk


def moved_along(work: Work, school_key: str, before: Walk, moved: Walk, now: datetime) -> Walk:
    """A walk at its new time, with the pieces it had found again."""
    if not before.pieces:
        return moved
    return placed_again(moved, before.pieces, known_for(work, school_key, moved, now))


def _own(work: Work, school_key: str, walk_key: str, actor: str) -> Walk:
    walk = work.walks.get(school_key, walk_key)
    if walk is None or actor.lower() not in walk.people:
        raise refuse("not_yours", "people", "This is not one of your visits; Home shows those that are.")
    if walk.state not in (State.BOOKED, State.HELD):
        raise refuse("not_standing", "walk", "This visit is cancelled or over; book a new one instead.")
    return walk


def moment_of(text: str) -> datetime | None:
    """A moment as cards carry it; None for anything else."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment.astimezone(UTC) if moment.tzinfo else None
