"""Somebody else in place of whoever cannot come, or would rather not: always as a proposal, never as an order.

The date is kept where it can be; else it is the nearest that suits. Whoever declined a proposal of the term, or let it
lapse, is left in peace. A walk with other people is a walk of its own: it has its own event, and notes of its own.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from sync.core.school.agreement import Kind
from sync.core.school.people import TEACHER
from sync.core.school.school import School
from sync.core.school.slots import Slot
from sync.core.school.timetable import Has
from sync.core.visits.ask import Ask, Known
from sync.core.visits.cover import Cover, CoverFor
from sync.core.visits.doors import Doors
from sync.core.visits.openings import OF_THE_VISITORS, objections
from sync.core.visits.pieces import placed_again
from sync.core.visits.walk import State, Stop, Walk
from sync.services.ports import SeatTaken, Work
from sync.services.visits.asking import known_about, stop_in
from sync.services.visits.directed import too_many_proposed

REACH = timedelta(days=21)
"""how far from its date a visit is looked for another"""
TO_ANSWER = timedelta(days=7)
"""within which people say yes or no, unless the visit itself is sooner"""
TRIED = 12
"""visitors who are tried for a host that has lost theirs: enough, and it stays quick"""


@dataclass(frozen=True)
class StandIns:
    """Looks for stand-ins in one school, at one moment."""

    work: Work
    key: str
    """the school's"""
    school: School
    now: datetime

    def for_host(self, walk: Walk, *, same_day: bool = False) -> Walk | None:
        """A proposal to the visitors of this walk to see somebody else, as if it did not stand; None where nobody fits.

        With `same_day` the date stays. It is for the caller to `keep` it, once the walk has given up its seats.
        """
        peace = self._left_in_peace(walk)
        visitors = tuple(email for email in walk.visitors if email in self.school.staff and email not in peace)
        if not visitors or len(walk.stops) != 1 or walk.video:
            return None
        bare = replace(walk, visitors=visitors)
        for slot in self._slots(bare, same_day=same_day):
            for stop, coming in self._hosts(bare, slot, peace):
                found = self._proposed(walk, stop, coming, self._covers_kept(walk, slot, coming))
                if found is not None:
                    return found
        return None

    def for_visitor(self, walk: Walk) -> Walk | None:
        """A proposal to somebody who has no visit yet to see the host whose only visitor stays away."""
        peace, day = self._left_in_peace(walk), walk.starts.date()
        host = walk.stops[0].host
        if walk.kind is not Kind.PAIR or host in peace or host not in self.school.staff:
            return None
        term = self.school.term_around(day)
        busy = self.work.walks.tally(self.key, term.first, term.last, self.now).visitors
        without = [
            email
            for email, person in self.school.staff.items()
            if person.has_role(TEACHER) and email not in busy and email not in peace and email != host
        ]
        slots = [slot for slot in self._near(walk) if self.school.has(host, slot.date, slot.period) is Has.CLASS]
        known = self._known(walk, (host, *without[:TRIED]), slots)
        for slot in slots:
            for email in without[:TRIED]:
                free = self.school.has(email, slot.date, slot.period) is Has.PREP
                if free and next(objections(Ask((email,), host, slot), known), None) is None:
                    found = self._proposed(walk, self._stop(host, slot), (email,), ())
                    if found is not None:
                        return found
        return None

    # --- when ---

    def _slots(self, walk: Walk, *, same_day: bool) -> Iterator[Slot]:
        """Slots in which the visitors may go anywhere at all, the nearest to the old one first."""
        old = walk.stops[0].slot
        slots = [slot for slot in self._near(walk) if slot.date == old.date or not same_day]
        if not slots:
            return
        known = self._known(walk, walk.visitors, slots)
        for slot in slots:
            same = (slot.date, slot.period) == (old.date, old.period)
            ask = Ask(walk.visitors, "", slot, walk.covered if same else ())
            free = not any(reason for rule in OF_THE_VISITORS for reason in rule(ask, known))
            if free or walk.kind is Kind.GROUP:
                yield slot

    def _near(self, walk: Walk) -> list[Slot]:
        old, today = walk.stops[0].slot, self.now.astimezone(self.school.zone).date()
        first = max(old.date - REACH, today)
        return sorted(self.school.class_slots(first, old.date + REACH), key=lambda slot: nearness(slot, old))

    # --- whom ---

    def _hosts(self, walk: Walk, slot: Slot, peace: set[str]) -> Iterator[tuple[Stop, tuple[str, ...]]]:
        """Who might be seen then, and by whom; in a group each member may host the others."""
        if walk.kind is Kind.GROUP and walk.group:
            pairs = [(host, tuple(one for one in walk.visitors if one != host)) for host in walk.visitors]
        else:
            pairs = [(host, walk.visitors) for host in self._teaching(walk, slot, peace)]
        pairs = [(host, coming) for host, coming in pairs if coming]
        if not pairs:
            return
        term = self.school.term_around(slot.date)
        people = {email for host, coming in pairs for email in (host, *coming)}
        promised = self.work.walks.commitments(self.key, term.first, term.last, people).without(walk.key)
        known = Known(self.school, self.now, promised, Doors(self.work.doors.of(self.key, people)))
        hosted = {host: len(promised.hosted(host, term.first, term.last)) for host, _ in pairs}
        most = self.school.rules.goal.visits_hosted_at_most
        wished = {wish.other for wish in self.school.wishes if wish.wish == "visit" and wish.email in walk.visitors}
        for host, coming in sorted(pairs, key=lambda pair: (pair[0] not in wished, hosted[pair[0]], pair[0])):
            if hosted[host] < most:
                covered = tuple(email for email in walk.covered if email in coming)
                if next(objections(Ask(coming, host, slot, covered), known), None) is None:
                    yield self._stop(host, slot), coming

    def _teaching(self, walk: Walk, slot: Slot, peace: set[str]) -> list[str]:
        lessons = self.school.timetable.teaching(self.school.days[slot.date].day_type, slot.period)
        out = {*walk.people, *peace}
        return [
            entry.email
            for entry in lessons
            if entry.email not in out
            and self.school.staff[entry.email].open_to_visits
            and self.school.staff[entry.email].has_role(TEACHER)
        ]

    def _left_in_peace(self, walk: Walk) -> set[str]:
        term = self.school.term_around(walk.starts.date())
        return self.work.walks.left_in_peace(self.key, term.first, term.last) | set(walk.declined)

    # --- the proposal ---

    def keep(self, made: Walk) -> bool:
        """Keep a proposal that was found, and its seats; False where somebody took them without the lock."""
        try:
            self.work.walks.add(self.key, made)
        except SeatTaken:
            return False
        return True

    def _proposed(self, walk: Walk, stop: Stop, visitors: tuple[str, ...], covers: tuple[Cover, ...]) -> Walk | None:
        initiator = walk.initiated_by if walk.is_directed or walk.initiated_by in visitors else visitors[0]
        made = Walk(
            key=_key(self.key, walk, stop, visitors),
            kind=Kind.PAIR if walk.kind is Kind.OPEN_DOOR else walk.kind,
            visitors=visitors,
            stops=(stop,),
            focus=walk.focus,
            initiated_by=initiator,
            booked_at=self.now,
            state=State.PROPOSED,
            group=walk.group,
            own_focus=walk.own_focus if visitors == walk.visitors else "",
            covers=covers,
            lapses_on=self._lapses(stop.slot.date),
        )
        if too_many_proposed(self.work, self.key, self.school, made) or self.work.walks.get(self.key, made.key):
            return None
        return self._with_pieces(made, walk) if walk.pieces else made

    def _with_pieces(self, made: Walk, walk: Walk) -> Walk:
        day = made.stops[0].slot.date
        first, last = day - REACH, day + REACH
        known = self.promised(walk, made.people, first, last)
        return placed_again(made, walk.pieces, known)

    def _covers_kept(self, walk: Walk, slot: Slot, visitors: Iterable[str]) -> tuple[Cover, ...]:
        """In the same period, whoever takes a class for this visit takes it for that one."""
        coming = set(visitors)
        return tuple(
            cover
            for cover in walk.covers
            if cover.purpose is CoverFor.VISIT
            and cover.away in coming
            and (cover.slot.date, cover.slot.period) == (slot.date, slot.period)
        )

    def _lapses(self, day: date) -> date:
        return answer_by(self.now.astimezone(self.school.zone).date(), day)

    def _stop(self, host: str, slot: Slot) -> Stop:
        return stop_in(self.school, host, slot.date, slot.period) or Stop(host, slot)

    def _known(self, walk: Walk, people: Iterable[str], slots: list[Slot]) -> Known:
        dates = [slot.date for slot in slots] or [self.now.date()]
        return self.promised(walk, people, min(dates), max(dates))

    def promised(self, walk: Walk, people: Iterable[str], first: date, last: date) -> Known:
        """What these people have promised between two dates, as if this walk did not stand."""
        return known_about(self.work, self.key, people, first, last, self.now, without=walk.key, school=self.school)


def nearness(slot: Slot, old: Slot) -> tuple[int, bool, timedelta]:
    """How far a slot is from another: by days, later ones first, then by the clock."""
    return abs((slot.date - old.date).days), slot.date < old.date, abs(slot.start - old.start)


def answer_by(today: date, day: date) -> date:
    """The first day on which a proposal for `day` that is made today stands no more."""
    return max(today + timedelta(days=1), min(day, today + TO_ANSWER))


def _key(school_key: str, walk: Walk, stop: Stop, visitors: Iterable[str]) -> str:
    names = (school_key, "instead of", walk.key, *visitors, stop.host, str(stop.slot.date), stop.slot.period)
    return hashlib.sha256("\n".join(names).encode()).hexdigest()[:32]
