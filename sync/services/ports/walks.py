"""The walks in the store: the truth (adapter: `sync.store.walks`)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Protocol

from sync.core.visits.commitments import Commitments
from sync.core.visits.walk import Walk


class Mirror(StrEnum):
    """A place in Google that shows a walk."""

    EVENT = "event"
    NOTES = "notes"
    SHEET = "sheet"


@dataclass(frozen=True, slots=True)
class Tally:
    """Standing walks of a stretch of time in counts, and who visits and hosts in them."""

    to_come: int
    happened: int
    invited: int
    """that still wait for somebody's yes"""
    visitors: frozenset[str]
    hosts: frozenset[str]


class SeatTaken(Exception):
    """Somebody else was quicker: the database's own constraint refused a seat."""


class Outdated(Exception):
    """The walk has a newer revision than the one this change started from."""


class Walks(Protocol):
    def add(self, school: str, walk: Walk) -> None:
        """Keep a new walk and take its seats. Raises `SeatTaken` when a constraint of the database says no."""
        ...

    def save(self, school: str, walk: Walk) -> None:
        """Keep the next revision of a walk and move its seats with it. Raises `SeatTaken`, `Outdated`."""
        ...

    def get(self, school: str, key: str) -> Walk | None: ...

    def of_person(self, school: str, email: str, first: date, last: date) -> list[Walk]:
        """Standing walks in which a person takes part on these dates, earliest first."""
        ...

    def last_seen(self, school: str, visitors: Iterable[str], first: date, last: date) -> dict[str, date]:
        """When each host was last visited, or will be, by one of these visitors between these dates."""
        ...

    def given_up(self, school: str, visitors: Iterable[str], now: datetime) -> frozenset[tuple[str, date, str]]:
        """Host, date and period of visits of these visitors that would be still to come, had nobody cancelled them."""
        ...

    def between(self, school: str, first: date, last: date) -> list[Walk]: ...

    def all(self, school: str) -> list[Walk]:
        """Every walk there ever was, cancelled ones too, in order of time and key."""
        ...

    def tally(self, school: str, first: date, last: date, now: datetime) -> Tally:
        """The standing walks between two dates, counted."""
        ...

    def commitments(self, school: str, first: date, last: date, people: Iterable[str] | None = None) -> Commitments:
        """What people have promised on these dates; of `people` alone, where given, with all their walks' parts."""
        ...

    def left_in_peace(self, school: str, first: date, last: date) -> set[str]:
        """Who declined a proposal of these dates, or let it lapse, and is not to be asked again."""
        ...

    def behind(self, school: str, mirror: Mirror) -> list[Walk]:
        """Walks whose revision this mirror does not show yet, oldest first."""
        ...

    def over(self, school: str, moment: datetime) -> list[Walk]:
        """Walks still proposed or booked though their last stop ended at or before this moment, earliest first."""
        ...
