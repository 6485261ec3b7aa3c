"""What a proposal is held against, when it is made and again when somebody says yes: the rules, and its pieces."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from sync.core.refusals import Refusal
from sync.core.school.school import School
from sync.core.visits.ask import Ask, Known
from sync.core.visits.commitments import Commitments
from sync.core.visits.openings import objections, prep_is_protected
from sync.core.visits.purpose import purpose_comes_first
from sync.core.visits.walk import Piece, Walk
from sync.services.ports import Work
from sync.services.visits.asking import known_about
from sync.services.visits.directed import too_many_proposed


def objections_to_proposal(
    work: Work, school_key: str, school: School, walk: Walk, now: datetime, *, directed: bool = True
) -> list[Refusal]:
    """Everything that stands in the way of this proposal as if it did not stand; `directed` asks the monthly bound."""
    gone = [email for email in walk.people if email not in school.staff]
    if gone:
        return [Refusal("gone", "people", f"{email} is not on the staff list any more.") for email in gone]
    if first := list(purpose_comes_first(school, walk.group)):
        return first
    for stop in walk.stops:
        period = school.slot(stop.slot.date, stop.slot.period)
        if period is None or not (period.start <= stop.slot.start and stop.slot.end <= period.end):
            return [Refusal("no_such_slot", "days", f"{stop.slot} has other hours, or no school; plan it anew.")]
    dates = [stop.slot.date for stop in walk.stops] + [piece.slot.date for piece in walk.pieces]
    known = known_about(work, school_key, walk.people, min(dates), max(dates), now, without=walk.key)
    asks = (Ask(walk.visitors, stop.host, stop.slot, walk.covered) for stop in walk.stops)
    reasons = [reason for ask in asks for reason in objections(ask, known)]
    for piece in walk.pieces:
        reasons += _objections_to_piece(walk, piece, known)
    return reasons + (too_many_proposed(work, school_key, school, walk) if directed else [])


def _objections_to_piece(walk: Walk, piece: Piece, known: Known) -> Iterator[Refusal]:
    """Its people are free then, and keep their prep after the visit and this piece together."""
    slot = piece.slot
    for email in walk.people:
        if next(known.commitments.at(email, slot.start, slot.end, slot.date), None) is not None:
            name = known.school.person(email).name
            yield Refusal(
                "piece_taken", "seats", f"{name} is taken when the {piece.kind} would be; choose another time."
            )
    visit = replace(walk, pieces=())
    told = replace(known, commitments=Commitments([*known.commitments, *visit.commitments()]))
    yield from prep_is_protected(Ask(walk.people, "", slot), told)
