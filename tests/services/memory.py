"""A store in memory, for playing thousands of sequences: no constraint of a database helps the rules there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Self

from sync.core.school.happenings import Happening, with_happenings
from sync.core.school.school import School
from sync.core.visits.commitments import Commitments, Part
from sync.core.visits.cover import CoverFor
from sync.core.visits.walk import State, Walk
from sync.services.ports import Outdated, StoredSchool, Tally


@dataclass
class MemoryStore:
    """One school and its walks."""

    school: School
    walks: dict[str, Walk] = field(default_factory=dict)

    def work(self) -> Any:
        return MemoryWork(self)

    def close(self) -> None:
        return None


class MemoryWork:
    """A unit of work that keeps nothing unless it is told to; it is every repository at once."""

    def __init__(self, store: MemoryStore) -> None:
        self._store = store
        self.schools = self.walks = self.doors = self.waiting = self.news = self
        self.covers = MemoryCovers(self)

    def __enter__(self) -> Self:
        self._school, self._walks = self._store.school, dict(self._store.walks)
        return self

    def __exit__(self, *error: object) -> None:
        return None

    def lock(self, school: str) -> None:
        return None

    def commit(self) -> None:
        self._store.school, self._store.walks = self._school, self._walks

    # --- schools and walks ---

    def get(self, school: str, key: str | None = None) -> Any:
        return StoredSchool(school, self._school, 1, 1) if key is None else self._walks.get(key)

    def save(self, school: str, kept: School | Walk) -> None:
        if isinstance(kept, School):
            self._school = kept
            return
        before = self._walks[kept.key]
        if kept != before and kept.revision != before.revision + 1:
            raise Outdated(f"{kept.key} goes from revision {before.revision} to {kept.revision}")
        self._walks[kept.key] = kept

    def change(self, school: str, said: Sequence[Happening]) -> StoredSchool:
        self._school = with_happenings(self._school, said)
        return StoredSchool(school, self._school, 1, 1)

    def mark_mended(self, school: str, revision: int) -> None:
        return None

    def left_in_peace(self, school: str, first: date, last: date) -> set[str]:
        there = [walk for walk in self.all(school) if any(first <= day <= last for day in _dates(walk))]
        return {email for walk in there for email in walk.declined}

    def tally(self, school: str, first: date, last: date, now: datetime) -> Tally:
        there = [walk for walk in self.between(school, first, last) if walk.stands]
        visitors, hosts = ({email for walk in there for email in who(walk)} for who in (_visitors, _hosts))
        return Tally(0, 0, 0, frozenset(visitors), frozenset(hosts))

    def tell(self, school: str, items: Iterable[object]) -> None:
        return None

    def add(self, school: str, walk: Walk) -> None:
        if walk.key in self._walks:
            raise Outdated(walk.key)
        self._walks[walk.key] = walk

    def of_person(self, school: str, email: str, first: date, last: date) -> list[Walk]:
        return [walk for walk in self.all(school) if any(one.email == email for one in _held(walk, first, last))]

    def between(self, school: str, first: date, last: date) -> list[Walk]:
        return [walk for walk in self.all(school) if any(first <= day <= last for day in _dates(walk))]

    def all(self, school: str) -> list[Walk]:
        return sorted(self._walks.values(), key=lambda walk: (walk.starts, walk.key))

    def last_seen(self, school: str, visitors: Iterable[str], first: date, last: date) -> dict[str, date]:
        found: dict[str, date] = {}
        for walk in self.between(school, first, last):
            if walk.stands and set(walk.visitors) & set(visitors):
                for stop in walk.stops:
                    found[stop.host] = max(found.get(stop.host, first), stop.slot.date)
        return found

    def given_up(self, school: str, visitors: Iterable[str], now: datetime) -> frozenset[tuple[str, date, str]]:
        mine = [
            walk for walk in self.all(school) if walk.state is State.CANCELLED and set(walk.visitors) & set(visitors)
        ]
        coming = [walk for walk in mine if walk.ends > now]
        return frozenset((stop.host, stop.slot.date, stop.slot.period) for walk in coming for stop in walk.stops)

    def over(self, school: str, moment: datetime) -> list[Walk]:
        open_states = (State.PROPOSED, State.BOOKED)
        return [walk for walk in self.all(school) if walk.state in open_states and walk.ends <= moment]

    def commitments(self, school: str, first: date, last: date, people: Iterable[str] | None = None) -> Commitments:
        wanted = None if people is None else set(people)
        return Commitments(
            held
            for walk in self.all(school)
            if wanted is None or any(one.email in wanted for one in _held(walk, first, last))
            for held in walk.commitments()
        )

    # --- open doors and waiting lists: there are none ---

    def of(self, school: str, hosts: Iterable[str] | None = None) -> list[Any]:
        return []

    def kept(self, school: str, now: object) -> list[Any]:
        return []

    def lined_up(self, school: str, first: date) -> list[Any]:
        return []

    def remove(self, school: str, one: object) -> None:
        return None


class MemoryCovers:
    """Who covers, and where nobody is asked yet."""

    def __init__(self, work: MemoryWork) -> None:
        self._work = work

    def asked(self, school: str, email: str) -> list[str]:
        there = self._work.all(school)
        return [walk.key for walk in there if walk.stands and any(one.asked == email for one in walk.covers)]

    def given(self, school: str, first: date, last: date) -> dict[str, list[date]]:
        found: dict[str, list[date]] = defaultdict(list)
        for walk in self._work.all(school):
            for held in _held(walk, first, last):
                if held.part is Part.COVER:
                    found[held.email].append(held.date)
        return found

    def waiting(self, school: str) -> list[str]:
        return [
            walk.key
            for walk in self._work.all(school)
            if walk.stands and any(not (one.asked or one.by) and one.purpose is CoverFor.VISIT for one in walk.covers)
        ]


def _held(walk: Walk, first: date, last: date) -> list[Any]:
    return [one for one in walk.commitments() if first <= one.date <= last]


def _dates(walk: Walk) -> list[date]:
    return [stop.slot.date for stop in walk.stops] + [piece.slot.date for piece in walk.pieces]


def _visitors(walk: Walk) -> tuple[str, ...]:
    return walk.visitors


def _hosts(walk: Walk) -> tuple[str, ...]:
    return walk.hosts
