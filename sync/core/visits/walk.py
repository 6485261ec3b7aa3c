"""Walks: what people book. A pair's visit is a walk with one visitor and one stop.

A walk never changes in place: every act gives a new walk with the next revision, and the mirrors (event, Doc, Sheet)
are behind for as long as the revision they show is an older one.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from sync.core.school.agreement import Kind
from sync.core.school.slots import Slot
from sync.core.visits.commitments import Commitment, Part
from sync.core.visits.cover import Cover, CoverFor

FOCUSES_AT_MOST = 2


class State(StrEnum):
    PROPOSED = "proposed"
    BOOKED = "booked"
    HELD = "held"
    DEBRIEFED = "debriefed"
    CANCELLED = "cancelled"
    LAPSED = "lapsed"


STANDING = frozenset({State.PROPOSED, State.BOOKED, State.HELD, State.DEBRIEFED})
"""States in which a walk takes seats and time."""
DONE = frozenset({State.HELD, State.DEBRIEFED})


@dataclass(frozen=True, slots=True)
class Stop:
    """One host's class within a walk."""

    host: str
    slot: Slot
    room: str = ""
    section: str = ""
    course: str = ""
    grade: str = ""


class PieceKind(StrEnum):
    PREPARE = "prepare"
    DEBRIEF = "debrief"


@dataclass(frozen=True, slots=True)
class Piece:
    """A linked piece of a walk with a time of its own, for all who take part; the visit itself is its stops."""

    kind: PieceKind
    slot: Slot


@dataclass(frozen=True, slots=True)
class Visit:
    """One visitor at one stop: what is counted."""

    walk: Walk
    visitor: str
    stop: Stop


@dataclass(frozen=True, slots=True)
class Walk:
    """One booking. `key` is 32 hexadecimal digits and names the walk everywhere, in Google too."""

    key: str
    kind: Kind
    visitors: tuple[str, ...]
    stops: tuple[Stop, ...]
    focus: tuple[str, ...]
    """one or two ids from the focus library (`own` stands for the visitor's own words)"""
    initiated_by: str
    booked_at: datetime
    state: State = State.BOOKED
    group: str = ""
    own_focus: str = ""
    """the visitor's own words, for the Doc alone; never in the Sheet, an event or a log"""
    pieces: tuple[Piece, ...] = ()
    covers: tuple[Cover, ...] = ()
    """classes that others take so that this walk can be, and in return for it"""
    accepted: tuple[str, ...] = ()
    """who has said yes to a proposal"""
    declined: tuple[str, ...] = ()
    """who would rather not, or did not answer, and is left in peace; nobody else is told"""
    lapses_on: date | None = None
    """the first day on which a proposal stands no more"""
    protocol: str = ""
    """the protocol its people chose; empty = that of its kind"""
    mode: str = ""
    """what the host would like to hear afterwards (`core.together.Mode`); empty = they say so then"""
    video: str = ""
    """the video that is watched, where no class is visited"""
    link_opens: tuple[str, ...] = ()
    """who has tried the link of a virtual visit beforehand, and it opened"""
    revision: int = 1

    @property
    def stands(self) -> bool:
        return self.state in STANDING

    @property
    def hosts(self) -> tuple[str, ...]:
        return tuple(stop.host for stop in self.stops)

    @property
    def people(self) -> tuple[str, ...]:
        """Everyone who takes part, visitors first."""
        return tuple(dict.fromkeys(self.visitors + self.hosts))

    @property
    def meeting(self) -> tuple[str, ...]:
        """Who prepares it and talks it over: on a route its visitors alone, since its hosts keep teaching."""
        return self.people if len(self.stops) == 1 else self.visitors

    @property
    def starts(self) -> datetime:
        return min(stop.slot.start for stop in self.stops)

    @property
    def ends(self) -> datetime:
        return max(stop.slot.end for stop in self.stops)

    @property
    def is_directed(self) -> bool:
        """Whether somebody proposed it who does not take part: it is then not quite the visitors' own time."""
        return self.initiated_by not in self.people

    @property
    def open_covers(self) -> tuple[Cover, ...]:
        return tuple(cover for cover in self.covers if cover.is_open)

    @property
    def covered(self) -> tuple[str, ...]:
        """Visitors who teach during the visit, and whose class is, or is to be, covered."""
        return tuple(dict.fromkeys(cover.away for cover in self.covers if cover.purpose is CoverFor.VISIT))

    def visits(self) -> Iterator[Visit]:
        return (Visit(self, visitor, stop) for stop in self.stops for visitor in self.visitors)

    def commitments(self) -> Iterator[Commitment]:
        """The time this walk takes of each person while it stands."""
        if not self.stands:
            return
        for stop in self.stops:
            for visitor in self.visitors:
                yield self._commitment(visitor, Part.VISITOR, stop.slot)
            if not self.video:
                yield self._commitment(stop.host, Part.HOST, stop.slot)
        for piece in self.pieces:
            for person in self.meeting:
                yield self._commitment(person, Part(piece.kind.value), piece.slot)
        for cover in self.covers:
            if cover.stands:
                yield self._commitment(cover.by, Part.COVER, cover.slot)
                if cover.purpose is CoverFor.PAYBACK:
                    yield self._commitment(cover.away, Part.RESTORED, cover.slot)

    def _commitment(self, email: str, part: Part, slot: Slot) -> Commitment:
        return Commitment(self.key, email, part, slot.date, slot.period, slot.start, slot.end)

    def moved(self, *stops: Stop) -> Walk:
        """The same walk with its stops at another time; its other pieces, and cover, are to be found again."""
        return replace(self, stops=stops, pieces=(), covers=(), accepted=(), revision=self.revision + 1)

    def covering(self, before: Cover | None, after: Cover | None) -> Walk:
        """The same walk with one cover in place of another; without `before` one more, without `after` one less."""
        kept = [after if before is not None and cover == before else cover for cover in self.covers]
        if before is None:
            kept.append(after)
        return replace(self, covers=tuple(filter(None, kept)), revision=self.revision + 1)

    def at_revision(self, revision: int) -> Walk:
        """The same walk under this revision, for an act that changed it in several steps."""
        return replace(self, revision=revision)

    def became(self, state: State) -> Walk:
        return self if state is self.state else replace(self, state=state, revision=self.revision + 1)

    def without_host(self, email: str) -> Walk:
        """The same walk without one host's room; without its last room it is cancelled."""
        rest = tuple(stop for stop in self.stops if stop.host != email)
        if not rest:
            return self.became(State.CANCELLED)
        return replace(self, stops=rest, revision=self.revision + 1)

    def without(self, email: str) -> Walk:
        """The same walk when somebody stays away, be they visitor or host."""
        return self.without_host(email) if email in self.hosts else self.without_visitor(email)

    def without_visitor(self, email: str) -> Walk:
        """The same walk when one visitor stays away; without its last visitor it is cancelled."""
        rest = tuple(visitor for visitor in self.visitors if visitor != email)
        if not rest:
            return self.became(State.CANCELLED)
        covers = tuple(cover for cover in self.covers if cover.away != email or cover.purpose is CoverFor.PAYBACK)
        return replace(self, visitors=rest, covers=covers, revision=self.revision + 1)


def notes_key(walk: Walk) -> str:
    """Whose shared Doc a walk's notes go into: the group's, else that of these people together."""
    return f"group:{walk.group}" if walk.group else "people:" + "|".join(sorted(walk.people))
