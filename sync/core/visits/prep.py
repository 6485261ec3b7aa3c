"""Prep that remains: what is left of a person's prep on a day once everything promised is taken out of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sync.core.school.school import School
from sync.core.school.slots import Slot, minutes_between
from sync.core.visits.commitments import Commitments, Part

PASSING_AT_MOST = timedelta(minutes=10)
"""Two preps with no more than this between them are one piece: nothing but the bell comes between."""

Stretch = tuple[datetime, datetime]


@dataclass(frozen=True, slots=True)
class PrepLeft:
    """Minutes of prep left on a day, and of these the longest piece in one go."""

    minutes: int
    longest_piece: int


def prep_left(school: School, email: str, day: date, known: Commitments, also: Sequence[Slot] = ()) -> PrepLeft:
    """What stays of the prep of `email` on `day` after all commitments, and `also` these slots, are taken."""
    taken = [(held.start, held.end) for held in known.of(email, day) if held.part is not Part.HOST]
    taken += [(slot.start, slot.end) for slot in also]
    parting = taken + [(slot.start, slot.end) for slot in school.engaged_slots(email, day)]
    pieces: list[list[Stretch]] = []
    for prep in school.prep_slots(email, day):
        for rest in subtract((prep.start, prep.end), taken):
            if pieces and rest[0] - pieces[-1][-1][1] <= PASSING_AT_MOST and _adjoin(pieces[-1][-1], rest, parting):
                pieces[-1].append(rest)
            else:
                pieces.append([rest])
    lengths = [sum(minutes_between(*stretch) for stretch in piece) for piece in pieces]
    return PrepLeft(sum(lengths), max(lengths, default=0))


def subtract(whole: Stretch, taken: Sequence[Stretch]) -> list[Stretch]:
    """What is left of a stretch when others are cut out of it, in order."""
    left = [whole]
    for start, end in taken:
        left = [
            part
            for first, last in left
            for part in ((first, min(last, start)), (max(first, end), last))
            if part[0] < part[1]
        ]
    return left


def _adjoin(earlier: Stretch, later: Stretch, parting: Sequence[Stretch]) -> bool:
    """Whether nothing lies between the two: no commitment, no homeroom, no duty."""
    return not any(start < later[0] and earlier[1] < end for start, end in parting)
