"""How long notes are kept, and what happens then: to the end of the next school year, longer where a hold stands.

Nothing is deleted by itself: when its time is over a Doc is put away and its people keep it; deleting is somebody's
act, with a receipt (domain facts R22, R23).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

YEARS_AFTER = 1


class Fate(StrEnum):
    KEPT = "kept"
    HELD = "held"
    """its time is over, but somebody is asked to keep it"""
    PUT_AWAY = "put away"


@dataclass(frozen=True, slots=True)
class Hold:
    """A school's wish to keep what is there, e.g. for a request of records; until it is lifted."""

    who: str
    since: date
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Holding:
    """One thing we hold: what it is, where it is, until when, and who can read it. For the page of that name."""

    what: str
    where: str
    until: date | None
    readers: tuple[str, ...]
    fate: Fate = Fate.KEPT

    def sentence(self) -> str:
        until = f"until {self.until.day} {self.until:%B %Y}" if self.until else "as long as the school uses the service"
        held = ", then held because the school asked for it" if self.fate is Fate.HELD else ""
        return f"{self.what}: {self.where}, {until}{held}. Read by {', '.join(self.readers)}."


def kept_until(year: str, years_after: int = YEARS_AFTER) -> date:
    """The last day notes of a school year such as `2026-27` are kept. Raises `ValueError` for anything else."""
    first, dash, _ = year.partition("-")
    if not dash or not first.isdecimal() or len(first) != 4:
        raise ValueError(f"{year!r} is no school year; write it as 2026-27.")
    return date(int(first) + 1 + years_after, 7, 31)


def fate(year: str, today: date, hold: Hold | None = None, years_after: int = YEARS_AFTER) -> Fate:
    if today <= kept_until(year, years_after):
        return Fate.KEPT
    return Fate.HELD if hold else Fate.PUT_AWAY
