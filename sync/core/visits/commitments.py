"""What people have promised already: their part in visits, debriefs and cover, indexed the ways the rules ask."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import cached_property

from sync.core.school.slots import overlap


class Part(StrEnum):
    """What a person does in a stretch of time that a walk has taken."""

    VISITOR = "visitor"
    HOST = "host"
    COVER = "cover"
    DEBRIEF = "debrief"
    PREPARE = "prepare"
    RESTORED = "restored"
    """prep given back: somebody else takes this person's class"""


@dataclass(frozen=True, slots=True)
class Commitment:
    """One person's part in one walk; `start` and `end` are aware."""

    walk: str
    email: str
    part: Part
    date: date
    period: str
    start: datetime
    end: datetime


class Commitments:
    """Commitments by person and day; cheap to build, never changed."""

    def __init__(self, commitments: Iterable[Commitment] = ()) -> None:
        self._by_person: dict[tuple[str, date], list[Commitment]] = defaultdict(list)
        for commitment in commitments:
            self._by_person[commitment.email, commitment.date].append(commitment)

    def of(self, email: str, day: date) -> list[Commitment]:
        return self._by_person.get((email, day), [])

    def at(self, email: str, start: datetime, end: datetime, day: date) -> Iterator[Commitment]:
        """This person's commitments that share a moment with the stretch."""
        return (held for held in self.of(email, day) if overlap(held.start, held.end, start, end))

    def guests(self, host: str, day: date, period: str) -> int:
        """Walk visitors expected with this host in this period.

        Each visitor's commitment carries the walk, and the host's says where: a walk brings to its host as many
        people as it has visitors then.
        """
        walks = {held.walk for held in self.of(host, day) if held.part is Part.HOST and held.period == period}
        return sum(self._visitors_of.get((walk, day, period), 0) for walk in walks)

    @cached_property
    def _visitors_of(self) -> dict[tuple[str, date, str], int]:
        counts: dict[tuple[str, date, str], int] = defaultdict(int)
        for held in self:
            if held.part is Part.VISITOR:
                counts[held.walk, held.date, held.period] += 1
        return counts

    def visits_in_week(self, email: str, day: date, part: Part = Part.VISITOR) -> set[str]:
        """The walks on which this person visits (or hosts) in the week of `day`, Monday to Sunday."""
        monday = day - timedelta(days=day.weekday())
        return {
            held.walk
            for offset in range(7)
            for held in self.of(email, monday + timedelta(days=offset))
            if held.part is part
        }

    def hosted(self, host: str, first: date, last: date) -> dict[str, list[Commitment]]:
        """What this person hosts on these dates, both included, by walk."""
        found: dict[str, list[Commitment]] = defaultdict(list)
        for held in self._hosting_of.get(host, ()):
            if first <= held.date <= last:
                found[held.walk].append(held)
        return found

    @cached_property
    def _hosting_of(self) -> dict[str, list[Commitment]]:
        found: dict[str, list[Commitment]] = defaultdict(list)
        for held in self:
            if held.part is Part.HOST:
                found[held.email].append(held)
        return found

    def __iter__(self) -> Iterator[Commitment]:
        for day in self._by_person.values():
            yield from day

    def without(self, walk: str) -> Commitments:
        """The same, as if this walk did not exist; for asking whether it may be moved."""
        return Commitments(held for held in self if held.walk != walk)
