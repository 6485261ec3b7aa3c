"""Visits in periods in which the visitor teaches: on offer where somebody could take their class."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice

from sync.core.covers.coverage import CoverAsk, Covered, who_could
from sync.core.school.people import COVER, TEACHER
from sync.core.school.slots import Slot
from sync.core.school.timetable import Has
from sync.core.visits.ask import Ask, Known
from sync.core.visits.openings import objections
from sync.services.ports import Clock, Store, Work
from sync.services.visits.asking import known_about, stop_in
from sync.services.visits.finding import Offer
from sync.services.visits.focus import library_of
from sync.services.visits.matching import Wanted, read_query

HOSTS_OF_A_SLOT = 3
COUNTED = 20
"""people who could take a class, counted up to here: nobody needs to know of more"""


@dataclass(frozen=True, slots=True)
class CoverOffer:
    """A visit that may be booked with cover: `booking.book(..., covered=(visitor,))`."""

    offer: Offer
    could_cover: int
    """people who may be asked, as things stand; `COUNTED` stands for so many and more"""
    easy: bool
    """the visitor has marked this class as easy to take"""


def offers_with_cover(
    store: Store,
    clock: Clock,
    school_key: str,
    visitor: str,
    *,
    host: str = "",
    query: str = "",
    days: int = 10,
    at_most: int = 8,
) -> list[CoverOffer]:
    """What this visitor may book within `days` school days if somebody takes their class, the soonest first.

    On a day, classes that are easy to take come first. Raises `NoSuchSchool`, `NoSuchPerson`.
    """
    now = clock.now()
    with store.work() as work:
        school = work.schools.get(school_key).school
        me, only = school.person(visitor).email, school.person(host).email if host else ""
        today = now.astimezone(school.zone).date()
        wanted = read_query(query, school, today, library_of(school))
        dates = [day.date for day in islice(school.days_between(today, date.max), days)]
        if not dates:
            return []
        pool = [email for email, one in school.staff.items() if one.has_role(TEACHER) or one.has_role(COVER)]
        easy, found = work.covers.easy(school_key), list[CoverOffer]()
        for day in dates:
            # Whoever could help is the whole staff: no later day is looked at than is asked for.
            taught = [slot for slot in school.class_slots(day, day) if school.has(me, day, slot.period) is Has.CLASS]
            slots = [slot for slot in taught if wanted.on(day, slot.period)]
            if not slots:
                continue
            known = known_about(work, school_key, {*pool, me}, day, day, now)
            for slot in slots:
                hosts = _hosts(known, me, only, wanted, slot)
                many = _could_cover(work, school_key, known, me, slot, pool) if hosts else 0
                is_easy = (me, school.days[day].day_type, slot.period) in easy
                found += [CoverOffer(offer, many, is_easy) for offer in hosts if many]
            if len(found) >= at_most:
                break
    found.sort(key=lambda one: (one.offer.slot.date, not one.easy, one.offer.slot.start))
    return found[:at_most]


def _hosts(known: Known, me: str, only: str, wanted: Wanted, slot: Slot) -> list[Offer]:
    school = known.school
    teaching = school.timetable.teaching(school.days[slot.date].day_type, slot.period)
    hosts = [entry.email for entry in teaching if only in ("", entry.email) and wanted.fits(entry)]
    good = (host for host in hosts if next(objections(Ask((me,), host, slot, covered=(me,)), known), None) is None)
    stops = [stop for host in islice(good, HOSTS_OF_A_SLOT) if (stop := stop_in(school, host, slot.date, slot.period))]
    return [Offer(s.host, school.person(s.host).name, s.slot, s.room, s.course, s.grade, s.section) for s in stops]


def _could_cover(work: Work, school_key: str, known: Known, me: str, slot: Slot, pool: Sequence[str]) -> int:
    covered = _covered(work, school_key, known, slot)
    return sum(1 for _ in islice(who_could(CoverAsk("", me, slot, (me,)), known, covered, pool), COUNTED))


def _covered(work: Work, school_key: str, known: Known, slot: Slot) -> Covered:
    term = known.school.term_around(slot.date)
    return Covered(work.covers.given(school_key, term.first, term.last))
