"""Mending one visit after the other, as gently as it can be, and noting for each person what they are to hear.

First the date is kept: other bells, another coverer, a group with one fewer, and where a plan had brought people
together, another host. Then the same people meet at the nearest other time; and only then the visit is cancelled.
Somebody new is asked and never ordered (`standing_in`).
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from sync.core.covers.coverage import CoverAsk, Covered, cover_objections
from sync.core.school.school import School
from sync.core.visits.ask import Known
from sync.core.visits.cover import Cover, CoverFor
from sync.core.visits.pieces import placed_again
from sync.core.visits.walk import State, Stop, Walk
from sync.services.covers import covering
from sync.services.covers.swapping import without_return
from sync.services.plans.misfits import known_beside, objections_at, reasons, reasons_at, spoken_of
from sync.services.ports import Item, SeatTaken, Topic, Work, item_key
from sync.services.visits.asking import cover_for, stop_in
from sync.services.visits.standing_in import REACH, StandIns, nearness


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
    asked_anew: tuple[Walk, ...] = ()
    """proposals to see somebody else, each in place of a visit that is gone"""
    cancelled: tuple[Walk, ...] = ()
    told: tuple[Told, ...] = ()
    too_many: int = 0
    """visits that would be hit, where they are so many that nothing was touched"""
    later: int = 0
    """visits that the next passes look at, where they are so many that nobody should wait for it"""

    @property
    def changed(self) -> int:
        kinds = (self.moved, self.fewer, self.covered_anew, self.asked_anew, self.cancelled)
        return sum(map(len, kinds))

    def followed_by(self, other: Repaired) -> Repaired:
        """This and what came of the next visits; everybody has one message."""
        said = {one.email: one.sentences for one in self.told}
        for one in other.told:
            said[one.email] = (*said.get(one.email, ()), *one.sentences)
        return Repaired(
            moved=self.moved + other.moved,
            fewer=self.fewer + other.fewer,
            covered_anew=self.covered_anew + other.covered_anew,
            asked_anew=self.asked_anew + other.asked_anew,
            cancelled=self.cancelled + other.cancelled,
            told=tuple(Told(email, sentences) for email, sentences in sorted(said.items())),
        )


@dataclass
class Mending:
    """Mends visits of one school within one unit of work."""

    work: Work
    key: str
    school: School
    now: datetime
    repaired: Repaired = field(default_factory=Repaired)
    _told: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    def __post_init__(self) -> None:
        self.stand_ins = StandIns(self.work, self.key, self.school, self.now)

    def look_at(self, walk: Walk) -> None:
        """Mend a visit to come if it is hit, else what belongs to it: its other pieces and its covers."""
        known = known_beside(self.work, self.key, self.school, walk, self.now)
        why = reasons(walk, known)
        if not why:
            self._look_at_covers(self._look_at_pieces(walk))
            return
        after = self._same_period(walk, known) or self._with_less(walk, known)
        if after is None:
            self._elsewhere(walk, why[0])
        elif len(after.stops) == len(walk.stops) and after.visitors == walk.visitors:
            self._moved_to(walk, after, why[0])
        else:
            self._keep("fewer", walk, after, f"{spoken_of(self.school, walk)} goes on with fewer. {why[0]}")

    def take_elsewhere(self, walk: Walk) -> None:
        """Take a visit, or what belongs to it, to where everybody is free; where there is no such time, it stays."""
        why = reasons(walk, known_beside(self.work, self.key, self.school, walk, self.now))
        if why:
            self._elsewhere(walk, why[0], or_else_stay=True)
        else:
            self._look_at_pieces(walk, or_else_stay=True)

    def _elsewhere(self, walk: Walk, why: str, *, or_else_stay: bool = False) -> None:
        """A plan's visit keeps its date with another host; one that people chose keeps its people."""
        planned = walk.is_directed and not self._wished(walk)
        stand_in = self.stand_ins.for_host(walk, same_day=True) if planned else None
        moved = None if stand_in else self._moved(walk)
        if moved is not None:
            self._moved_to(walk, moved, why)
            return
        stand_in = stand_in or self.stand_ins.for_host(walk, same_day=not planned)
        if stand_in is None and or_else_stay:
            return
        gone, what = walk.became(State.CANCELLED), f"{spoken_of(self.school, walk)} cannot take place: {why}"
        if stand_in is None:
            self._keep("cancelled", walk, gone, what)
            return
        self._keep("", walk, gone, what)
        if self.stand_ins.keep(stand_in):
            self._invite(stand_in)

    def _invite(self, made: Walk) -> None:
        sentence = f"{spoken_of(self.school, made)} is proposed instead. Say yes or no on your Home card."
        self._note("asked_anew", made, sentence, made.people, Topic.INVITED)

    def _wished(self, walk: Walk) -> bool:
        pairs = {(visitor, host) for visitor in walk.visitors for host in walk.hosts}
        return any(
            (wish.email, wish.other) in pairs or (wish.other, wish.email) in pairs for wish in self.school.wishes
        )

    # --- ways to mend ---

    def _same_period(self, walk: Walk, known: Known) -> Walk | None:
        """Bells that ring at other times take their visits along; not where somebody has left the school."""
        if any(email not in self.school.staff for email in walk.people):
            return None
        stops = [stop_in(self.school, stop.host, stop.slot.date, stop.slot.period) for stop in walk.stops]
        if len(stops) != 1 or stops[0] is None or stops[0].slot == walk.stops[0].slot:
            return None
        covers = tuple(
            replace(cover, slot=stops[0].slot) if cover.purpose is CoverFor.VISIT else cover for cover in walk.covers
        )
        after = replace(walk.moved(stops[0]), covers=covers, accepted=walk.accepted)
        if reasons(after, known) or any(cover.by and self._cannot(after, cover) for cover in covers):
            return None
        return placed_again(after, walk.pieces, self._known_far(walk)) if walk.pieces else after

    def _with_less(self, walk: Walk, known: Known) -> Walk | None:
        """A group goes on without the one who cannot come, a route without the room that cannot be seen."""
        for email in walk.visitors if len(walk.visitors) > 1 else ():
            fewer = walk.without_visitor(email)
            if not reasons(fewer, known):
                return fewer
        good = tuple(stop for stop in walk.stops if not any(reasons_at(walk, stop, known)))
        if 0 < len(good) < len(walk.stops) and all(email in self.school.staff for email in walk.visitors):
            return replace(walk, stops=good, revision=walk.revision + 1)
        return None

    def _moved(self, walk: Walk) -> Walk | None:
        """The same people at the nearest other time, on the same day if that can be."""
        if len(walk.stops) > 1 or any(email not in self.school.staff for email in walk.people):
            return None
        old, known = walk.stops[0], self._known_far(walk)
        first = max(old.slot.date - REACH, self.now.astimezone(self.school.zone).date())
        whole = self.school.slot(old.slot.date, old.slot.period)
        minutes = old.slot.minutes if whole is None or old.slot.minutes < whole.minutes else None
        slots = sorted(self.school.class_slots(first, old.slot.date + REACH), key=lambda slot: nearness(slot, old.slot))
        for covered in ((), walk.covered) if walk.covered else ((),):
            for slot in slots:
                stop = stop_in(self.school, old.host, slot.date, slot.period, minutes)
                stop = stop or stop_in(self.school, old.host, slot.date, slot.period)
                if stop is None or next(objections_at(walk, stop, known, covered), None):
                    continue
                stop = Stop(old.host, stop.slot) if walk.video else stop
                covers = tuple(cover_for(self.school, away, stop.slot, walk.initiated_by) for away in covered)
                return placed_again(replace(walk.moved(stop), covers=covers, accepted=()), walk.pieces, known)
        return None

    def _known_far(self, walk: Walk) -> Known:
        """What its people have promised as far around a walk as it, or a piece of it, may be moved."""
        first, last = walk.starts.date() - 2 * REACH, walk.ends.date() + 2 * REACH
        return self.stand_ins.promised(walk, walk.people, first, last)

    def _look_at_pieces(self, walk: Walk, *, or_else_stay: bool = False) -> Walk:
        """The visit may be; preparing it, or talking it over, may have to find another time."""
        if not walk.pieces:
            return walk
        again = placed_again(replace(walk, pieces=()), walk.pieces, self._known_far(walk))
        hit = [piece for piece in walk.pieces if piece not in again.pieces and piece.slot.start > self.now]
        if not hit or (or_else_stay and len(again.pieces) < len(walk.pieces)):
            return walk
        over = tuple(piece for piece in walk.pieces if piece.slot.start <= self.now)
        after = replace(again, pieces=(*over, *again.pieces), revision=walk.revision + 1)
        has = "has another time" if len(after.pieces) == len(walk.pieces) else "has no time any more; find one together"
        self._keep("moved", walk, after, f"{spoken_of(self.school, walk)} stands; its {hit[0].kind} {has}.")
        return after

    # --- covers ---

    def _look_at_covers(self, walk: Walk) -> None:
        """The visit may be; whoever covers for it, or is asked to, may be the one who is away."""
        for cover in walk.covers:
            person = cover.by or cover.asked
            if cover.purpose is CoverFor.VISIT and person and self._cannot(walk, cover):
                left = replace(cover, asked="", by="")
                bare = without_return(walk.covering(cover, left), cover)
                after = covering.ask_next(self.work, self.key, bare, left, self.now)
                sentence = f"Somebody else is asked to cover on {cover.slot}."
                self._keep("covered_anew", walk, after, sentence, only=(cover.away, person))
                walk = after

    def look_at_paybacks(self, walk: Walk) -> None:
        """Prep that cannot be given back as agreed stays owed."""
        for cover in walk.covers:
            due = cover.purpose is CoverFor.PAYBACK and cover.stands and cover.slot.start > self.now
            if walk.stands and due and self._cannot(walk, cover):
                after = walk.covering(cover, None)
                sentence = f"Prep cannot be given back on {cover.slot}; it stays owed."
                self._keep("covered_anew", walk, after, sentence, only=(cover.away, cover.by))
                walk = after

    def _cannot(self, walk: Walk, cover: Cover) -> bool:
        by = cover.by or cover.asked
        if by not in self.school.staff or cover.away not in self.school.staff:
            return True
        if self.school.slot(cover.slot.date, cover.slot.period) != cover.slot:
            return True
        others = walk.people if cover.purpose is CoverFor.VISIT else ()
        asked, day = CoverAsk(by, cover.away, cover.slot, others), cover.slot.date
        known = self.stand_ins.promised(walk, (by, cover.away), day, day)
        return any(cover_objections(asked, known, Covered()))

    # --- keeping and telling ---

    def _moved_to(self, walk: Walk, after: Walk, why: str) -> None:
        self._keep("moved", walk, after, f"{spoken_of(self.school, walk)} is now on {after.stops[0].slot}. {why}")

    def _keep(self, kind: str, before: Walk, after: Walk, sentence: str, only: tuple[str, ...] = ()) -> None:
        try:
            self.work.walks.save(self.key, after)
        except SeatTaken:
            # The rules have said yes and the database no: somebody wrote without the lock. The visit gives way.
            after = before.became(State.CANCELLED)
            self.work.walks.save(self.key, after)
            kind = "cancelled"
        coverers = tuple(cover.by or cover.asked for cover in before.covers)
        # A booked visit has an event, so Google Calendar sends the mail; Home says why.
        mailed = self.now if before.state is State.BOOKED else None
        self._note(kind, after, sentence, only or (*before.people, *coverers), Topic.CHANGED, mailed)

    def _note(
        self,
        kind: str,
        walk: Walk,
        sentence: str,
        people: tuple[str, ...],
        topic: Topic,
        mailed: datetime | None = None,
    ) -> None:
        to = [email for email in dict.fromkeys(people) if email in self.school.staff]
        news = [
            Item(
                item_key(walk.key, walk.revision, email, sentence),
                email,
                topic,
                sentence,
                self.now,
                walk=walk.key,
                until=walk.ends,
                mailed_at=mailed,
            )
            for email in to
        ]
        self.work.news.tell(self.key, news)
        for email in to:
            self._told[email].append(sentence)
        told = tuple(Told(email, tuple(sentences)) for email, sentences in sorted(self._told.items()))
        kinds: dict[str, Any] = {kind: (*getattr(self.repaired, kind), walk)} if kind else {}
        self.repaired = replace(self.repaired, told=told, **kinds)
