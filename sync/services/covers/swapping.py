"""A swap: who is covered for takes one of the coverer's classes in return, later in the same term.

The return is offered with the cover itself, at the soonest time that suits both; it counts once both have said yes.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from sync.core.covers.coverage import CoverAsk, Covered, costs_prep, cover_objections
from sync.core.school.agreement import Compensation
from sync.core.school.school import School
from sync.core.school.timetable import Has
from sync.core.visits.cover import Cover, CoverFor
from sync.core.visits.walk import Walk
from sync.services.ports import Work
from sync.services.visits.asking import cover_for, known_about


def in_return(work: Work, school_key: str, school: School, cover: Cover, now: datetime) -> Cover | None:
    """The class that `cover.away` is asked to take for whoever covers for them; None where nothing is to be returned.

    Nothing is where the agreement has no swaps, where cover staff cover, and where no time of the term suits both.
    """
    if school.rules.agreement.cover_for is not Compensation.SWAP or cover.purpose is not CoverFor.VISIT:
        return None
    coverer, giver = school.staff.get(cover.by), cover.away
    if coverer is None or not costs_prep(coverer):
        return None
    term = school.term_around(cover.slot.date)
    known = known_about(work, school_key, (coverer.email, giver), cover.slot.date, term.last, now)
    covered = Covered(work.covers.given(school_key, term.first, term.last))
    for slot in school.class_slots(_day_after(cover), term.last):
        teaches = school.has(coverer.email, slot.date, slot.period) is Has.CLASS
        if not teaches or any(known.commitments.at(coverer.email, slot.start, slot.end, slot.date)):
            continue
        if next(cover_objections(CoverAsk(giver, coverer.email, slot), known, covered), None) is None:
            made = cover_for(school, coverer.email, slot, giver)
            return Cover(
                made.away, made.slot, CoverFor.PAYBACK, asked=giver, agreed=False, initiated_by=giver,
                room=made.room, course=made.course,
            )  # fmt: skip
    return None


def without_return(walk: Walk, cover: Cover) -> Walk:
    """The walk, at the same revision, without what was to be returned for a cover that is not given after all."""

    def is_return(one: Cover) -> bool:
        return one.purpose is CoverFor.PAYBACK and one.away == cover.by and cover.away in (one.by, one.asked)

    return replace(walk, covers=tuple(one for one in walk.covers if not is_return(one)))


def _day_after(cover: Cover) -> date:
    return date.fromordinal(cover.slot.date.toordinal() + 1)
