"""Giving prep back: an offer names the class that somebody else takes, and counts once both have said yes.

A debt belongs to the teacher and moves with them; nothing is given back against their will, since an hour that suits
nobody is no prep.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from sync.core.covers.coverage import CoverAsk, Covered, cover_objections
from sync.core.covers.ledger import Ledger, ledger
from sync.core.refusals import Refused
from sync.core.school.people import COORDINATOR
from sync.core.school.school import School
from sync.core.visits.cover import Cover, CoverFor
from sync.core.visits.walk import Walk
from sync.services.ports import Clock, SeatTaken, Store, Work
from sync.services.visits.asking import cover_for, known_about
from sync.services.visits.refusing import refuse


def book_of(store: Store, clock: Clock, school_key: str) -> tuple[School, Ledger, date]:
    """The school, its prep ledger as it is today, and today. Raises `NoSuchSchool`."""
    with store.work() as work:
        return _book(work, clock, school_key)


def offer(
    store: Store,
    clock: Clock,
    school_key: str,
    walk_key: str,
    *,
    actor: str,
    to: str,
    day: date,
    period: str,
    by: str,
) -> Walk:
    """Offer `to` the period back in which they teach: `by` takes the class. `walk_key` is where the prep was lost.

    For coordinators, and for `by` themselves, who has then said yes already. `to` must still agree. Raises `Refused`.
    """
    me, owed, giver = actor.lower(), to.lower(), by.lower()
    with store.work() as work:
        work.lock(school_key)
        school, book, _ = _book(work, clock, school_key)
        walk = work.walks.get(school_key, walk_key)
        person = school.staff.get(me)
        if person is None or not (me == giver or person.has_role(COORDINATOR)):
            raise refuse("not_yours", "people", "Prep is offered back by whoever takes the class, or a coordinator.")
        if walk is None or not any(one.walk == walk_key and one.to == owed and one.left for one in book.entries):
            raise refuse("nothing_owed", "ledger", "No prep is owed for this visit; the ledger shows where some is.")
        slot = school.slot(day, period)
        if slot is None:
            raise refuse("no_such_slot", "days", f"There is no period {period} on {day}; choose another one.")
        cover = replace(cover_for(school, owed, slot, me), purpose=CoverFor.PAYBACK, agreed=False)
        cover = replace(cover, by=giver) if me == giver else replace(cover, asked=giver)
        same = next((one for one in walk.covers if one.is_same_as(cover)), None)
        if same is not None and same.asked != me:
            return walk
        _object(work, clock, school_key, school, replace(cover, asked="", by=giver))
        offered = walk.covering(same, cover if same is None else same.accepted())
        work.walks.save(school_key, offered)
        work.commit()
    return offered


def agree(store: Store, clock: Clock, school_key: str, walk_key: str, *, actor: str, day: date, period: str) -> Walk:
    """Say yes to prep that is offered back. Raises `Refused` where it cannot be any more."""
    with store.work() as work:
        work.lock(school_key)
        school = work.schools.get(school_key).school
        walk, cover = _offered(work, school_key, walk_key, actor.lower(), day, period)
        if cover.agreed:
            return walk
        if cover.by:
            _object(work, clock, school_key, school, cover)
        agreed = walk.covering(cover, replace(cover, agreed=True))
        try:
            work.walks.save(school_key, agreed)
        except SeatTaken as error:
            raise refuse(
                "cover_taken", "seats", "Your colleague is taken then; they can offer another period."
            ) from error
        work.commit()
    return agreed


def turn_down(
    store: Store, clock: Clock, school_key: str, walk_key: str, *, actor: str, day: date, period: str
) -> Walk:
    """Say no to prep offered back at this time, or give it up again; it stays owed. Raises `Refused`."""
    with store.work() as work:
        work.lock(school_key)
        walk, cover = _offered(work, school_key, walk_key, actor.lower(), day, period)
        if cover.slot.start <= clock.now():
            raise refuse("begun", "clock", "This period has begun or is over.")
        left = walk.covering(cover, None)
        work.walks.save(school_key, left)
        work.commit()
    return left


def _book(work: Work, clock: Clock, school_key: str) -> tuple[School, Ledger, date]:
    school = work.schools.get(school_key).school
    today = clock.now().astimezone(school.zone).date()
    return school, ledger(school, work.walks.all(school_key), today), today


def _offered(work: Work, school_key: str, walk_key: str, me: str, day: date, period: str) -> tuple[Walk, Cover]:
    walk = work.walks.get(school_key, walk_key)
    for cover in walk.covers if walk and walk.stands else ():
        mine = cover.away == me and cover.purpose is CoverFor.PAYBACK
        if walk and mine and (cover.slot.date, cover.slot.period) == (day, period):
            return walk, cover
    raise refuse("not_offered", "ledger", "This period is not offered any more; Home shows what is.")


def _object(work: Work, clock: Clock, school_key: str, school: School, cover: Cover) -> None:
    """Neither may be taken then: the coverer by the rules of cover, the other by visitors of theirs."""
    people, day = (cover.by, cover.away), cover.slot.date
    known = known_about(work, school_key, people, day, day, clock.now())
    term = school.term_around(day)
    covered = Covered(work.covers.given(school_key, term.first, term.last))
    reasons = tuple(cover_objections(CoverAsk(cover.by, cover.away, cover.slot), known, covered))
    if reasons:
        raise Refused(reasons)
    if next(known.commitments.at(cover.away, cover.slot.start, cover.slot.end, day), None) is not None:
        name = school.person(cover.away).name
        raise refuse("visitors_expected", "seats", f"{name} has promised this period to visitors; choose another one.")
