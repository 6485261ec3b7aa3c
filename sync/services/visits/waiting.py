"""Waiting for a seat: who asked first is asked first, and a seat that frees is kept for them for a while.

Nobody else is offered a kept seat, and nobody else can book it: one rule says both (`core.openings.seat_is_not_kept`).
Whoever lets the time pass loses nothing but their place.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from itertools import groupby

from sync.core.notes.thanks import due
from sync.core.school.school import School
from sync.core.visits.ask import Ask
from sync.core.visits.openings import objections, seats_of
from sync.core.visits.walk import Walk
from sync.services.ports import Clock, Item, Store, Topic, Waiting, Work, item_key
from sync.services.visits.asking import known_about, stop_in
from sync.services.visits.finding import Offer
from sync.services.visits.refusing import refuse

KEPT_HOURS = 24
"""of school days, for which a seat is kept"""


def wait_for_seat(
    store: Store, clock: Clock, school_key: str, *, actor: str, host: str, day: date, period: str
) -> Waiting:
    """Wait for a seat in a class; asking twice keeps one's place. Raises `Refused`."""
    now = clock.now()
    with store.work() as work:
        work.lock(school_key)
        school = work.schools.get(school_key).school
        stop = stop_in(school, school.person(host).email, day, period)
        if stop is None or stop.slot.start <= now:
            raise refuse("past", "clock", "This class has begun or is over; choose a later one.")
        one = Waiting(school.person(actor).email, stop.host, day, period, now)
        work.waiting.add(school_key, one)
        work.commit()
    return one


def wait_no_more(store: Store, school_key: str, *, actor: str, host: str, day: date, period: str) -> None:
    """Take oneself off a list; who is on none stays as they are."""
    with store.work() as work:
        work.lock(school_key)
        mine = work.waiting.of_person(school_key, actor.lower(), day)
        for one in mine:
            if (one.host, one.date, one.period) == (host.lower(), day, period):
                work.waiting.remove(school_key, one)
        work.commit()


def freed_in(work: Work, school_key: str, email: str, waits: Iterable[Waiting], now: datetime) -> Iterator[Offer]:
    """Of the seats that this person waits for those they may book now; whoever waited longer is asked first.

    There are as many free seats as the rules still allow; a person's turn has come when fewer wait before them.
    """
    school = work.schools.get(school_key).school
    for one in waits:
        stop = stop_in(school, one.host, one.date, one.period) if one.host in school.staff else None
        if stop is None or stop.slot.start <= now:
            continue
        known = known_about(work, school_key, (email, one.host), one.date, one.date, now)
        if next(objections(Ask((email,), one.host, stop.slot), known), None) is not None:
            continue
        free = seats_of(one.host, stop.slot, known) - known.commitments.guests(one.host, one.date, one.period)
        if one.kept_until is not None or work.waiting.before(school_key, one) < free:
            name = school.person(one.host).name
            yield Offer(one.host, name, stop.slot, stop.room, stop.course, stop.grade, stop.section, free)


def offer_freed(store: Store, clock: Clock, school_key: str) -> int:
    """Keep each free seat for whoever waited longest, and tell them; to be called in every pass. Returns how many."""
    now = clock.now()
    with store.work() as work:
        school = work.schools.get(school_key).school
        waiting = work.waiting.lined_up(school_key, _today(school, now))
        if not waiting:
            return 0
        work.lock(school_key)
        offered = _offer(work, school_key, school, waiting, now)
        work.commit()
    return offered


def offer_seats_of(work: Work, school_key: str, walk: Walk, now: datetime) -> int:
    """The same for the seats that this walk has just given back, in the unit of work in which it did."""
    school = work.schools.get(school_key).school
    waiting = [one for one in work.waiting.lined_up(school_key, walk.starts.date()) if one.host in walk.hosts]
    return _offer(work, school_key, school, waiting, now) if waiting else 0


def _offer(work: Work, school_key: str, school: School, waiting: list[Waiting], now: datetime) -> int:
    offered = 0
    for (host, day, period), each in groupby(waiting, key=lambda one: (one.host, one.date, one.period)):
        stop = stop_in(school, host, day, period) if host in school.staff else None
        still = [one for one in each if stop is not None and not _is_past(one, now)]
        for gone in (one for one in waiting if (one.host, one.date, one.period) == (host, day, period)):
            if gone not in still:
                work.waiting.remove(school_key, gone)
        if stop is None or stop.slot.start <= now:
            continue
        known = known_about(work, school_key, (host,), day, day, now)
        free = seats_of(host, stop.slot, known) - known.commitments.guests(host, day, period)
        free -= sum(one.kept_until is not None for one in still)
        for one in [one for one in still if one.kept_until is None][: max(0, free)]:
            _keep(work, school_key, school, one, min(due(school, now, KEPT_HOURS), stop.slot.start), now)
            offered += 1
    return offered


def _keep(work: Work, school_key: str, school: School, one: Waiting, until: datetime, now: datetime) -> None:
    work.waiting.keep_until(school_key, one, until)
    slot = school.slot(one.date, one.period)
    told = f"A seat is free with {school.person(one.host).name} on {slot}; it is kept for you, and Home has it first."
    key = item_key("seat", one.email, one.host, one.date, one.period, now.isoformat())
    work.news.tell(school_key, [Item(key, one.email, Topic.OTHER, told, now, until=until)])


def _is_past(one: Waiting, now: datetime) -> bool:
    """Whether a seat was kept for somebody who let the time pass."""
    return one.kept_until is not None and one.kept_until <= now


def _today(school: School, now: datetime) -> date:
    return now.astimezone(school.zone).date()
