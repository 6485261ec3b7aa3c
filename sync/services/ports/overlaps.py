"""Appointments that landed on what people have promised, as each was told of (adapter: `sync.store.overlaps`)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from sync.core.visits.commitments import Part


@dataclass(frozen=True, slots=True)
class Overlap:
    """Something in somebody's own calendar that falls on what they have promised; theirs to know, and nobody else's."""

    walk: str
    email: str
    appointment: str
    """key of the appointment (`Appointment.key`)"""
    part: Part
    """what they have promised then"""
    start: datetime
    end: datetime
    """of what the two share"""
    kept_at: datetime | None = None
    """the person keeps what they promised: it is not said again"""

    @property
    def name(self) -> tuple[str, str, str, Part]:
        """What makes it the same overlap whenever somebody looks."""
        return self.walk, self.email, self.appointment, self.part


class Overlaps(Protocol):
    """The overlaps of a school's people. Each is said once: until it is gone, kept, or over."""

    def of(self, school: str, email: str) -> list[Overlap]:
        """What this person was told and has not kept, earliest first."""
        ...

    def all(self, school: str) -> list[Overlap]: ...

    def put(self, school: str, overlaps: Iterable[Overlap]) -> None:
        """Keep these, in place of what is known of the same appointment, person and walk."""
        ...

    def forget(self, school: str, email: str) -> int:
        """Take out what is known of this person's calendar; returns how much it was."""
        ...

    def remove(self, school: str, overlaps: Iterable[Overlap]) -> None: ...
