"""Open doors and waiting lists in the store (adapter: `sync.store.open_doors`)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from sync.core.visits.doors import OpenDoor


class OpenDoors(Protocol):
    """The open doors of a school's hosts."""

    def of(self, school: str, hosts: Iterable[str] | None = None) -> list[OpenDoor]:
        """The doors of these hosts, or of all, earliest first."""
        ...

    def keep(self, school: str, door: OpenDoor) -> None: ...

    def remove(self, school: str, key: str) -> None: ...


@dataclass(frozen=True, slots=True)
class Waiting:
    """Somebody would visit this host in this period if there were a seat."""

    email: str
    host: str
    date: date
    period: str
    since: datetime
    kept_until: datetime | None = None
    """a seat is free and kept for them until then; None = not their turn yet"""


class WaitingList(Protocol):
    """Who waits for a seat."""

    def add(self, school: str, one: Waiting) -> None:
        """Put somebody on the list; who is on it already keeps their place."""
        ...

    def remove(self, school: str, one: Waiting) -> None: ...

    def of_person(self, school: str, email: str, first: date) -> list[Waiting]:
        """What somebody waits for from this date on, earliest first."""
        ...

    def lined_up(self, school: str, first: date) -> list[Waiting]:
        """Everybody who waits from this date on, by class, who asked first first."""
        ...

    def kept(self, school: str, now: datetime) -> list[Waiting]:
        """Those for whom a free seat is kept at this moment."""
        ...

    def keep_until(self, school: str, one: Waiting, until: datetime) -> None:
        """Keep a free seat for somebody who waits."""
        ...

    def before(self, school: str, one: Waiting) -> int:
        """How many came before on the same list."""
        ...
