"""Cover: somebody takes a colleague's class, so that they can visit, or so that they get lost prep back."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from sync.core.school.slots import Slot


class CoverFor(StrEnum):
    """Why a class is taken."""

    VISIT = "visit"
    """its teacher visits a colleague then"""
    PAYBACK = "payback"
    """its teacher gets prep back that they lost"""


@dataclass(frozen=True, slots=True)
class Cover:
    """One class that is to be taken, a whole period; it belongs to the walk for which it is, or was, needed."""

    away: str
    """whose class it is"""
    slot: Slot
    purpose: CoverFor = CoverFor.VISIT
    asked: str = ""
    """who is being asked now"""
    by: str = ""
    """who takes it; empty until somebody has said yes"""
    declined: tuple[str, ...] = ()
    """who has been asked and would rather not; nobody else is told"""
    agreed: bool = True
    """whether `away` has said yes; a payback is an offer until they have"""
    initiated_by: str = ""
    room: str = ""
    course: str = ""
    note: str = ""
    """what the coverer should know; for their event alone"""

    @property
    def stands(self) -> bool:
        return bool(self.by) and self.agreed

    @property
    def is_open(self) -> bool:
        """Whether a visit waits for somebody to say yes."""
        return self.purpose is CoverFor.VISIT and not self.by

    def asking(self, email: str) -> Cover:
        return replace(self, asked=email)

    def accepted(self) -> Cover:
        return replace(self, by=self.asked, asked="")

    def turned_down(self, email: str) -> Cover:
        """The same without this person; whoever is asked next is for the caller to say."""
        return replace(self, asked="", by="", declined=tuple(dict.fromkeys((*self.declined, email))))

    def is_same_as(self, other: Cover) -> bool:
        """Whether both are about one class; what has been said about it may differ."""
        return (self.away, self.slot, self.purpose) == (other.away, other.slot, other.purpose)
