"""Finding a visit: what is open for a visitor in the next days, soonest first, and why nothing is sooner."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import chain, islice
from math import gcd

from sync.core.refusals import Refusal
from sync.core.school.saying import when
from sync.core.school.school import School
from sync.core.school.slots import Slot
from sync.core.school.timetable import Has
from sync.core.visits.ask import Ask, Known, Rule
from sync.core.visits.doors import Doors
from sync.core.visits.openings import (
    FLOORS,
    OF_THE_HOST,
    OF_THE_VISITORS,
    RULES,
    enough_notice,
    shortened,
)
from sync.services.ports import Clock, Store, Work
from sync.services.visits.asking import known_about, promised_by, stop_in
from sync.services.visits.focus import library_of
from sync.services.visits.matching import Wanted, read_query

NOTICE = "notice"
"""code of the one refusal among these that an open door may lift"""
HOSTS_OF_A_SLOT = 3
"""offers in one period as long as later periods have offers too: choice of time counts as well"""
BATCH = 16
"""hosts whose commitments are read at first"""
LATELY = timedelta(days=365)
"""how far back a visit makes its host come later in the list"""


@dataclass(frozen=True, slots=True)
class Offer:
    """A visit that may be booked: no rule objects to it."""

    host: str
    host_name: str
    slot: Slot
    room: str
    course: str
    grade: str
    section: str
    seats: int = 0
    """that an open door has; 0 = no door, the class may be asked for"""


@dataclass(frozen=True, slots=True)
class WhyNot:
    """A reason for which periods are not on offer: that of the first of them, and how many there are."""

    code: str
    rule: str
    sentence: str
    slots: int


@dataclass(frozen=True, slots=True)
class Found:
    """What is on offer, soonest first, and why the periods looked at before are not."""

    offers: tuple[Offer, ...] = ()
    why_not: tuple[WhyNot, ...] = ()
    focus: tuple[str, ...] = ()
    """focuses that the query named"""


def find(
    store: Store,
    clock: Clock,
    school_key: str,
    visitor: str,
    *,
    query: str = "",
    host: str = "",
    days: int = 10,
    at_most: int = 8,
    instead_of: str = "",
) -> Found:
    """What this visitor may book within the next `days` school days, from today, or from a date that `query` names.

    `host` keeps to one colleague; `instead_of` is a walk that would be moved: it is looked for its own visitors, and
    as if it did not stand. Raises `NoSuchSchool`, `NoSuchPerson`.
    """
    with store.work() as work:
        return find_in(
            work, clock.now(), school_key, (visitor,), query=query, host=host, days=days, at_most=at_most,
            instead_of=instead_of,
        )  # fmt: skip


def find_in(
    work: Work,
    now: datetime,
    school_key: str,
    visitors: tuple[str, ...],
    *,
    query: str = "",
    host: str = "",
    days: int = 10,
    at_most: int = 8,
    instead_of: str = "",
) -> Found:
    """The same within a unit of work, and for several visitors who come together."""
    school = work.schools.get(school_key).school
    moved = work.walks.get(school_key, instead_of) if instead_of else None
    emails = moved.visitors if moved else tuple(school.person(visitor).email for visitor in visitors)
    today = now.astimezone(school.zone).date()
    wanted = read_query(query, school, today, library_of(school))
    dates = [day.date for day in islice(school.days_between(max(today, wanted.first or today), date.max), days)]
    if not dates:
        return Found()
    reader = _Reader(work, school_key, emails, dates[0], dates[-1], now, instead_of)
    search = _Search(reader, wanted, school.person(host).email if host else "", at_most)
    taken = {stop.slot for stop in moved.stops} if moved else set()
    for slot in school.class_slots(dates[0], dates[-1]):
        if search.is_done:
            break
        if wanted.on(slot.date, slot.period) and slot not in taken:
            search.look_at(slot)
    return Found(search.offers(), search.why_not(), wanted.focus)


class _Reader:
    """What the rules are told for one search, read from the store as far as it is needed."""

    def __init__(
        self,
        work: Work,
        school_key: str,
        visitors: tuple[str, ...],
        first: date,
        last: date,
        now: datetime,
        without: str,
    ) -> None:
        self._work, self._key = work, school_key
        self._first, self._last = first, last
        self._without = without
        self.visitors = visitors
        self._opened = work.doors.of(school_key)
        self.doors = Doors(self._opened)
        """every door that stands open in the school"""
        alone = known_about(work, school_key, visitors, first, last, now, without=without)
        self.alone = replace(alone, doors=self.doors)
        """what is known of the visitors, and which doors are open, without what any host has promised"""

    def with_hosts(self, hosts: Sequence[str]) -> Known:
        """The same with what these hosts have promised."""
        promised = promised_by(
            self._work, self._key, self.alone.school, (*self.visitors, *hosts), self._first, self._last, self._opened,
            without=self._without,
        )  # fmt: skip
        return replace(self.alone, commitments=promised)

    def given_up(self) -> frozenset[tuple[str, date, str]]:
        """Classes for which a visit of theirs was cancelled, by them or by the host: open, and not to be pressed."""
        return self._work.walks.given_up(self._key, self.visitors, self.alone.now)

    def last_seen(self) -> dict[str, date]:
        """When each host was last visited by one of these visitors."""
        return self._work.walks.last_seen(self._key, self.visitors, self._first - LATELY, self._last)


class _Search:
    """One search: slots go in, in order of time; offers and reasons come out."""

    def __init__(self, reader: _Reader, wanted: Wanted, host: str, at_most: int) -> None:
        self._reader, self._wanted, self._host, self._at_most = reader, wanted, host, at_most
        self._school: School = reader.alone.school
        self._seen, self._given_up = reader.last_seen(), reader.given_up()
        wishes = (one for one in self._school.wishes if one.wish == "visit" and one.email in reader.visitors)
        self._wished = {one.other for one in wishes} - self._seen.keys()  # a wish that came true asks for no more
        self._lot = zlib.crc32(f"{'|'.join(reader.visitors)} {reader.alone.now:%Y-%m-%d}".encode())
        self._offers: list[Offer] = []
        self._more: list[Offer] = []
        self._reasons: dict[str, list[Refusal]] = {}

    @property
    def is_done(self) -> bool:
        return len(self._offers) >= self._at_most

    def look_at(self, slot: Slot) -> None:
        visitors = self._reader.visitors
        reason = first_objection(Ask(visitors, "", slot), self._reader.alone, OF_THE_VISITORS)
        drop_in = bool(reason and reason.code == NOTICE) and self._has_drop_in(slot)
        if drop_in:
            rest = tuple(rule for rule in OF_THE_VISITORS if rule is not enough_notice)
            reason = first_objection(Ask(visitors, "", slot), self._reader.alone, rest)
        if reason is not None:
            # Prep alone stands in the way: a part of the period may be open where the whole is not.
            part = shortened(visitors, slot, self._reader.alone) if reason.code in FLOORS else None
            if part is None:
                self._count(reason)
                return
            slot = part
        found = list(islice(self._fitting(slot), self._at_most))
        for place, offer in enumerate(found):
            class_then = (offer.host, offer.slot.date, offer.slot.period)
            named_first = place < HOSTS_OF_A_SLOT and class_then not in self._given_up
            (self._offers if named_first else self._more).append(offer)

    def _has_drop_in(self, slot: Slot) -> bool:
        """Whether some host welcomes people without notice then."""
        doors = (self._reader.alone.door(host, slot) for host in self._reader.doors.hosts)
        return any(door is not None and door.drop_in for door in doors)

    def _fitting(self, slot: Slot) -> Iterator[Offer]:
        """Offers in a slot, best first; when there is none, the plainest reason of the first host is counted."""
        reasons: list[Refusal] = []
        none_yet = True
        for hosts in _batches(self._candidates(slot)):
            # Of the host alone first, without a look at the store: whoever is refused now stays so.
            maybe = list(self._without_objections(hosts, slot, self._reader.alone, OF_THE_HOST, reasons))
            known = self._reader.with_hosts(maybe) if maybe else self._reader.alone
            for host in self._without_objections(maybe, slot, known, RULES, reasons):
                none_yet = False
                yield self._offer(host, slot)
        if none_yet:
            self._count(reasons[0] if reasons else Refusal("no_class", "timetable", _NOBODY.format(when(slot))))

    def _without_objections(
        self, hosts: list[str], slot: Slot, known: Known, rules: Iterable[Rule], reasons: list[Refusal]
    ) -> Iterator[str]:
        for host in hosts:
            reason = first_objection(Ask(self._reader.visitors, host, slot), known, rules)
            if reason is None:
                yield host
            else:
                reasons.append(reason)

    def _candidates(self, slot: Slot) -> Iterator[str]:
        """Who could be visited then, whom to name first first: no more is looked at than is asked for.

        An open door is an invitation, so it comes before classes that may merely be asked for; then whom the visitor
        wished to see, everybody else by lot, and last whom they visited lately. The lot is drawn anew each day for each
        visitor, so that it is not the same few who are always named first.
        """
        if self._host:
            yield self._host
            return
        day_type = self._school.days[slot.date].day_type
        lessons = self._school.timetable.teaching(day_type, slot.period)
        named = self._wanted.hosts
        pool = [lesson.email for lesson in lessons] if named is None else sorted(named)
        doors = by_lot([host for host in sorted(self._reader.doors.hosts) if self._opens(host, slot)], self._lot)
        opened = sorted(doors, key=lambda host: (host not in self._wished, self._last_seen(host)))
        others = (host for host in by_lot(pool, self._lot) if host not in self._seen)
        lately = sorted(self._seen, key=self._last_seen)
        had = {offer.host for offer in self._offers + self._more if offer.slot.date == slot.date}
        had.update(self._reader.visitors)
        for host in chain(opened, sorted(self._wished), others, lately):
            if host not in had and self._teaches(host, day_type, slot.period):
                had.add(host)
                yield host

    def _teaches(self, host: str, day_type: str, period: str) -> bool:
        """Whether this host holds a lesson then that is wanted."""
        lesson = self._school.timetable.day(host, day_type).get(period)
        return lesson is not None and lesson.kind is Has.CLASS and self._wanted.fits(lesson)

    def _last_seen(self, host: str) -> date:
        return self._seen.get(host, date.min)

    def _opens(self, host: str, slot: Slot) -> bool:
        return self._reader.alone.door(host, slot) is not None

    def _offer(self, host: str, slot: Slot) -> Offer:
        stop = stop_in(self._school, host, slot.date, slot.period, slot.minutes)
        assert stop is not None  # the slot comes from this very school
        name = self._school.person(host).name
        door = self._reader.alone.door(host, slot)
        seats = door.seats if door else 0
        return Offer(host, name, slot, stop.room, stop.course, stop.grade, stop.section, seats)

    def _count(self, reason: Refusal) -> None:
        self._reasons.setdefault(reason.code, []).append(reason)

    def offers(self) -> tuple[Offer, ...]:
        missing = max(0, self._at_most - len(self._offers))
        chosen = self._offers[: self._at_most] + self._more[:missing]
        return tuple(sorted(chosen, key=lambda offer: offer.slot))

    def why_not(self) -> tuple[WhyNot, ...]:
        return tuple(
            WhyNot(code, reasons[0].rule, reasons[0].sentence, len(reasons)) for code, reasons in self._reasons.items()
        )


_NOBODY = "Nobody you are looking for teaches on {}; choose another period."


def _batches(hosts: Iterator[str]) -> Iterator[list[str]]:
    """A few at first, since most often the first few are enough; then ever more at a time."""
    size = BATCH
    while some := list(islice(hosts, size)):
        yield some
        size *= 2


def by_lot(everyone: Sequence[str], lot: int) -> Iterator[str]:
    """Each once, in an order that `lot` draws; whoever takes only a few has paid for a few."""
    many = len(everyone)
    if not many:
        return
    step = 1 + lot // many % many
    while gcd(step, many) != 1:
        step += 1
    for turn in range(many):
        yield everyone[(lot + turn * step) % many]


def first_objection(ask: Ask, known: Known, rules: Iterable[Rule]) -> Refusal | None:
    """The plainest reason that one of these rules has; None = silence."""
    return next((reason for rule in rules for reason in rule(ask, known)), None)
