"""Repair: somebody is away, snow falls, a room is closed. Only what this hits moves, and each person is told once.

The school as it is from now on is kept, every visit still to come is asked again whether it may be, and what may not is
mended as gently as it can be: another coverer; a group without the one who is away; the same day at another time; the
nearest other day with the same people; and only then it is cancelled. Nobody is put together with somebody new by us.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta

from sync.core.agreement import Blocked
from sync.core.ask import Ask, Known
from sync.core.bell import spoken
from sync.core.commitments import Commitment, Commitments
from sync.core.coverage import CoverAsk, Covered, cover_objections
from sync.core.covers import Cover, CoverFor
from sync.core.days import year_of
from sync.core.doors import Doors
from sync.core.openings import objections
from sync.core.pieces import placed_again
from sync.core.rollup import name_of
from sync.core.saying import day_of
from sync.core.school import Busy, School
from sync.core.slots import moment
from sync.core.walk import State, Stop, Walk
from sync.services import covering
from sync.services.asking import cover_for, stop_in
from sync.services.ports import Clock, SeatTaken, Store, Work

REACH = timedelta(days=21)
"""how far from its date a visit is looked for another"""
NO_HIT = frozenset({"past", "notice", "door_closed", "door_crowded", "room_full", "weekly_cap"}) | frozenset(
    {"host_week", "host_year", "host_year_minutes"}
)
"""rules for whoever books: what was booked under others stands"""
WHY = {
    "host_busy": "{host} is away.",
    "visitor_busy": "{visitors} cannot come then.",
    "no_class": "{host} has no class then any more.",
    "no_prep": "{visitors} has no prep then any more.",
    "room_closed": "The room has no visitors then.",
    "blocked": "That date is kept free of visits.",
}
"""reasons as they are told to everybody who takes part; the others speak of the agreement"""
Change = Callable[[School], School]


@dataclass(frozen=True, slots=True)
class Told:
    """What one person should hear, in one message."""

    email: str
    sentences: tuple[str, ...]


@dataclass(frozen=True)
class Repaired:
    """What a change has brought about: walks as they are now, by what became of them."""

    moved: tuple[Walk, ...] = ()
    fewer: tuple[Walk, ...] = ()
    """they go on without one of their people or rooms"""
    covered_anew: tuple[Walk, ...] = ()
    cancelled: tuple[Walk, ...] = ()
    told: tuple[Told, ...] = ()

    @property
    def changed(self) -> int:
        return len(self.moved) + len(self.fewer) + len(self.covered_anew) + len(self.cancelled)


# --- what happens to a school ---


def absence(email: str, first: date, last: date) -> Change:
    """Somebody is away from `first` to `last`, both included. The change raises `NoSuchPerson`."""

    def change(school: School) -> School:
        away = school.person(email).email
        start, end = moment(first, time(0), school.zone), moment(last + timedelta(days=1), time(0), school.zone)
        return replace(school, busy=(*school.busy, Busy(away, start, end)))

    return change


def day_becomes(day: date, day_type: str, note: str = "") -> Change:
    """A date gets another day type: a late start, a rotation that shifts; an empty one is a snow day."""

    def change(school: School) -> School:
        before = school.days.get(day)
        if before is None:
            return school
        now = replace(before, day_type=day_type, note=note or before.note)
        return replace(school, days={**school.days, day: now})

    return change


def room_closed(room: str, first: date, last: date, reason: str = "") -> Change:
    """A room has no visitors from `first` to `last`, both included."""
    return blocked(Blocked(first, last, (), reason, (room,)))


def blocked(kept: Blocked) -> Change:
    """Dates are kept free of visits, such as a week of testing announced late."""
    return lambda school: replace(school, rules=replace(school.rules, blocked=(*school.rules.blocked, kept)))


# --- and what becomes of the visits ---


def repair(store: Store, clock: Clock, school_key: str, *changes: Change) -> Repaired:
    """Keep the school with these changes and mend every visit to come that they hit; without any, look for oddities.

    One transaction: either all of it or nothing. Raises `NoSuchSchool`, `NoSuchPerson`.
    """
    now = clock.now()
    with store.work() as work:
        work.lock(school_key)
        school = work.schools.get(school_key).school
        for change in changes:
            school = change(school)
        work.schools.save(school_key, school)
        today = now.astimezone(school.zone).date()
        # Some rules count by the school year, and prep is given back long after the visit.
        walks = work.walks.between(school_key, year_of(today)[0], date.max)
        doors = Doors(work.doors.of(school_key))
        mending = _Mending(work, school_key, school, now, doors, _Promised(walks))
        for walk in walks:
            if walk.state in (State.PROPOSED, State.BOOKED) and walk.starts > now:
                mending.look_at(walk)
        for walk in walks:
            mending.look_at_paybacks(walk.key)
        work.commit()
    return mending.repaired


class _Promised:
    """What everybody has promised, walk by walk, kept up while walks change."""

    def __init__(self, walks: list[Walk]) -> None:
        self._held: dict[str, list[Commitment]] = {}
        self._walks_of: dict[str, set[str]] = defaultdict(set)
        self.now: dict[str, Walk] = {}
        for walk in walks:
            self.keep(walk)

    def keep(self, walk: Walk) -> None:
        self.now[walk.key] = walk
        self._held[walk.key] = list(walk.commitments())
        for held in self._held[walk.key]:
            self._walks_of[held.email].add(walk.key)

    def beside(self, walk: Walk, others: tuple[str, ...] = ()) -> Commitments:
        """The commitments of all walks of these people, but for this one."""
        keys = {key for email in (*walk.people, *others) for key in self._walks_of[email]} - {walk.key}
        return Commitments(held for key in sorted(keys) for held in self._held[key])


@dataclass
class _Mending:
    work: Work
    key: str
    school: School
    now: datetime
    doors: Doors
    promised: _Promised
    repaired: Repaired = field(default_factory=Repaired)
    _told: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    def look_at(self, walk: Walk) -> None:
        reasons = self._reasons(walk)
        if not reasons:
            self._look_at_covers(self._look_at_pieces(walk))
            return
        after = self._same_period(walk) or self._with_less(walk) or self._moved(walk)
        if after is None:
            gone = walk.became(State.CANCELLED)
            self._keep("cancelled", walk, gone, f"{_named(self.school, walk)} cannot take place: {reasons[0]}")
        elif after.stops != walk.stops and len(after.stops) == len(walk.stops):
            where = f"{_named(self.school, walk)} is now on {after.stops[0].slot}. {reasons[0]}"
            self._keep("moved", walk, after, where)
        else:
            self._keep("fewer", walk, after, f"{_named(self.school, walk)} goes on with fewer. {reasons[0]}")

    # --- what stands in the way ---

    def _reasons(self, walk: Walk) -> list[str]:
        gone = [email for email in walk.people if email not in self.school.staff]
        if gone:
            return [f"{email} is no longer on the staff list." for email in gone]
        return [reason for stop in walk.stops for reason in self._reasons_at(walk, stop)]

    def _reasons_at(self, walk: Walk, stop: Stop) -> Iterator[str]:
        slot = self.school.slot(stop.slot.date, stop.slot.period)
        if slot is None:
            yield "There is no such period on that day any more."
            return
        if not (slot.start <= stop.slot.start and stop.slot.end <= slot.end):
            yield "The bells of that day have changed."
        names = {
            "host": name_of(self.school, stop.host),
            "visitors": " or ".join(name_of(self.school, email) for email in walk.visitors),
        }
        for reason in objections(Ask(walk.visitors, stop.host, stop.slot, walk.covered), self._known(walk)):
            if reason.code not in NO_HIT:
                yield WHY.get(reason.code, "It would take more prep than your agreement allows.").format(**names)

    def _known(self, walk: Walk) -> Known:
        """What the people of a walk have promised, as if it did not stand."""
        return Known(self.school, self.now, self.promised.beside(walk), self.doors)

    # --- ways to mend ---

    def _same_period(self, walk: Walk) -> Walk | None:
        """Bells that ring at other times take their visits along."""
        stops = [stop_in(self.school, stop.host, stop.slot.date, stop.slot.period) for stop in walk.stops]
        if len(stops) != 1 or stops[0] is None or stops[0].slot == walk.stops[0].slot:
            return None
        covers = tuple(
            replace(cover, slot=stops[0].slot) if cover.purpose is CoverFor.VISIT else cover for cover in walk.covers
        )
        after = replace(walk.moved(stops[0]), covers=covers)
        if self._reasons(after) or any(cover.by and self._cannot(after, cover) for cover in covers):
            return None
        return placed_again(after, walk.pieces, self._known(walk))

    def _with_less(self, walk: Walk) -> Walk | None:
        """A group goes on without the one who cannot come, a route without the room that cannot be seen."""
        for email in walk.visitors if len(walk.visitors) > 1 else ():
            fewer = walk.without_visitor(email)
            if not self._reasons(fewer):
                return fewer
        good = tuple(stop for stop in walk.stops if not any(self._reasons_at(walk, stop)))
        if 0 < len(good) < len(walk.stops) and all(email in self.school.staff for email in walk.visitors):
            return replace(walk, stops=good, revision=walk.revision + 1)
        return None

    def _moved(self, walk: Walk) -> Walk | None:
        """The same people at the nearest other time, on the same day if that can be."""
        if len(walk.stops) > 1 or any(email not in self.school.staff for email in walk.people):
            return None
        old = walk.stops[0]
        first = max(old.slot.date - REACH, self.now.astimezone(self.school.zone).date())
        last, known = old.slot.date + REACH, self._known(walk)
        whole = self.school.slot(old.slot.date, old.slot.period)
        minutes = old.slot.minutes if whole is None or old.slot.minutes < whole.minutes else None
        slots = sorted(
            self.school.class_slots(first, last),
            key=lambda slot: (
                abs((slot.date - old.slot.date).days),
                slot.date < old.slot.date,
                abs(slot.start - old.slot.start),
            ),
        )
        for covered in ((), walk.covered) if walk.covered else ((),):
            for slot in slots:
                stop = stop_in(self.school, old.host, slot.date, slot.period, minutes)
                stop = stop or stop_in(self.school, old.host, slot.date, slot.period)
                if stop is None or next(objections(Ask(walk.visitors, old.host, stop.slot, covered), known), None):
                    continue
                covers = tuple(cover_for(self.school, away, stop.slot, walk.initiated_by) for away in covered)
                return placed_again(replace(walk.moved(stop), covers=covers, accepted=()), walk.pieces, known)
        return None

    def _look_at_pieces(self, walk: Walk) -> Walk:
        """The visit may be; preparing it, or talking it over, may have to find another time."""
        bare = replace(walk, pieces=())
        again = placed_again(bare, walk.pieces, self._known(walk)) if walk.pieces else walk
        hit = [piece for piece in walk.pieces if piece not in again.pieces and piece.slot.start > self.now]
        if not hit:
            return walk
        over = tuple(piece for piece in walk.pieces if piece.slot.start <= self.now)
        after = replace(again, pieces=(*over, *again.pieces), revision=walk.revision + 1)
        self._keep("moved", walk, after, f"{_named(self.school, walk)} stands; its {hit[0].kind} has another time.")
        return after

    def _look_at_covers(self, walk: Walk) -> None:
        """The visit may be; its coverers may be the ones who are away."""
        for cover in walk.covers:
            if cover.purpose is CoverFor.VISIT and cover.by and self._cannot(walk, cover):
                left = cover.turned_down(cover.by)
                after = covering.ask_next(self.work, self.key, walk.covering(cover, left), left, self.now)
                sentence = f"Somebody else is asked to cover on {cover.slot}."
                self._keep("covered_anew", walk, after, sentence, only=(cover.away, cover.by))
                walk = after

    def look_at_paybacks(self, key: str) -> None:
        """Prep that cannot be given back as agreed stays owed."""
        for cover in self.promised.now[key].covers:
            walk = self.promised.now[key]
            due = cover.purpose is CoverFor.PAYBACK and cover.stands and cover.slot.start > self.now
            if walk.stands and due and self._cannot(walk, cover):
                sentence = f"Prep cannot be given back on {cover.slot}; it stays owed."
                only = (cover.away, cover.by)
                self._keep("covered_anew", walk, walk.covering(cover, None), sentence, only=only)

    def _cannot(self, walk: Walk, cover: Cover) -> bool:
        if cover.by not in self.school.staff or cover.away not in self.school.staff:
            return True
        if self.school.slot(cover.slot.date, cover.slot.period) != cover.slot:
            return True
        others = walk.people if cover.purpose is CoverFor.VISIT else ()
        asked = CoverAsk(cover.by, cover.away, cover.slot, others)
        known = Known(self.school, self.now, self.promised.beside(walk, (cover.by,)), self.doors)
        return any(cover_objections(asked, known, Covered()))

    # --- keeping and telling ---

    def _keep(self, kind: str, before: Walk, after: Walk, sentence: str, only: tuple[str, ...] = ()) -> None:
        try:
            self.work.walks.save(self.key, after)
        except SeatTaken:
            # The rules have said yes and the database no: somebody wrote without the lock. The visit gives way.
            after = before.became(State.CANCELLED)
            self.work.walks.save(self.key, after)
            kind = "cancelled"
        self.promised.keep(after)
        coverers = tuple(cover.by or cover.asked for cover in before.covers)
        for email in dict.fromkeys(filter(None, only or (*before.people, *coverers))):
            self._told[email].append(sentence)
        told = tuple(Told(email, tuple(sentences)) for email, sentences in sorted(self._told.items()))
        self.repaired = replace(self.repaired, told=told, **{kind: (*getattr(self.repaired, kind), after)})


def _named(school: School, walk: Walk) -> str:
    """`The visit to Ben on 3 Mar, period 3`."""
    stop = walk.stops[0]
    what = f"visit to {name_of(school, stop.host)}" if len(walk.stops) == 1 else f"walk through {len(walk.stops)} rooms"
    return f"The {what} on {day_of(stop.slot.date)}, {spoken(stop.slot.period)}"
