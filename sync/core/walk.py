"""Walks: what people book. A pair's visit is a walk with one visitor and one stop.

A walk never changes in place: every act gives a new walk with the next revision, and the mirrors (event, Doc, Sheet)
are behind for as long as the revision they show is an older one.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from sync.core.agreement import Kind
from sync.core.commitments import Commitment, Part
from sync.core.slots import Slot

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
    def starts(self) -> datetime:
        return min(stop.slot.start for stop in self.stops)

    @property
    def ends(self) -> datetime:
        return max(stop.slot.end for stop in self.stops)

    def visits(self) -> Iterator[Visit]:
        return (Visit(self, visitor, stop) for stop in self.stops for visitor in self.visitors)

    def commitments(self) -> Iterator[Commitment]:
        """The time this walk takes of each person while it stands."""
        if not self.stands:
            return
        for stop in self.stops:
            for visitor in self.visitors:
                yield self._commitment(visitor, Part.VISITOR, stop.slot)
            yield self._commitment(stop.host, Part.HOST, stop.slot)
        for piece in self.pieces:
            for person in self.people:
                yield self._commitment(person, Part(piece.kind.value), piece.slot)

    def _commitment(self, email: str, part: Part, slot: Slot) -> Commitment:
        return Commitment(self.key, email, part, slot.date, slot.period, slot.start, slot.end)

    def moved(self, stop: Stop) -> Walk:
        """The same walk with its one stop at another time; its other pieces are to be found again."""
        return replace(self, stops=(stop,), pieces=(), revision=self.revision + 1)

    def became(self, state: State) -> Walk:
        return self if state is self.state else replace(self, state=state, revision=self.revision + 1)

    def without_visitor(self, email: str) -> Walk:
        """The same walk when one visitor stays away; without its last visitor it is cancelled."""
        rest = tuple(visitor for visitor in self.visitors if visitor != email)
        if not rest:
            return self.became(State.CANCELLED)
        return replace(self, visitors=rest, revision=self.revision + 1)


def notes_key(walk: Walk) -> str:
    """Whose shared Doc a walk's notes go into: the group's, else that of these people together."""
    return f"group:{walk.group}" if walk.group else "people:" + "|".join(sorted(walk.people))
