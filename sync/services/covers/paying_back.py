"""What prep is owed, and when it could be given back: classes of theirs that somebody is free to take."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import islice

from sync.core.covers.coverage import CoverAsk, Covered, candidates
from sync.core.covers.ledger import Entry
from sync.core.school.people import COVER, TEACHER
from sync.core.school.timetable import Has
from sync.core.visits.cover import Cover
from sync.services.covers.repaying import book_of
from sync.services.ports import Clock, Store
from sync.services.visits.asking import cover_for, known_about

DAYS_AHEAD = 10
"""school days in which a time is looked for"""


@dataclass(frozen=True, slots=True)
class Way:
    """A class that might be taken, and whose turn it would be to take it."""

    cover: Cover
    by: str


def debts(store: Store, clock: Clock, school_key: str) -> list[Entry]:
    """The entries of the ledger of which something is still owed, the soonest due first. Raises `NoSuchSchool`."""
    _, book, _ = book_of(store, clock, school_key)
    return sorted((one for one in book.entries if one.left), key=lambda one: (one.due or date.max, one.day, one.to))


def ways_to_pay_back(store: Store, clock: Clock, school_key: str, who: str, *, at_most: int = 8) -> list[Way]:
    """Classes of theirs in the next school days that a colleague could take, one a day, the soonest first.

    Raises `NoSuchPerson`.
    """
    now = clock.now()
    with store.work() as work:
        school = work.schools.get(school_key).school
        owed = school.person(who).email
        today = now.astimezone(school.zone).date()
        dates = [day.date for day in islice(school.days_between(today, date.max), 1, 1 + DAYS_AHEAD)]
        if not dates:
            return []
        pool = [email for email, one in school.staff.items() if one.has_role(TEACHER) or one.has_role(COVER)]
        known = known_about(work, school_key, {*pool, owed}, dates[0], dates[-1], now)
        term = school.term_around(dates[0])
        covered = Covered(work.covers.given(school_key, term.first, term.last))
    found: dict[date, Way] = {}
    for slot in school.class_slots(dates[0], dates[-1]):
        promised = next(known.commitments.at(owed, slot.start, slot.end, slot.date), None)
        if slot.date in found or promised or school.has(owed, slot.date, slot.period) is not Has.CLASS:
            continue
        free = candidates(CoverAsk("", owed, slot), known, covered, pool)
        if free:
            found[slot.date] = Way(cover_for(school, owed, slot, ""), free[0].email)
    return list(found.values())[:at_most]
