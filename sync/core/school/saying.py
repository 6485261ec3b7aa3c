"""How a refusal says when and how many."""

from __future__ import annotations

from datetime import date

from sync.core.school.bell import spoken
from sync.core.school.slots import Slot


def when(slot: Slot) -> str:
    """`Monday 7 Sep, period 3`."""
    return f"{slot.date:%A} {day_of(slot.date)}, {spoken(slot.period)}"


def day_of(day: date) -> str:
    """`7 Sep`."""
    return f"{day.day} {day:%b}"


def count(number: int, what: str) -> str:
    """`1 visit`, `2 visits`."""
    return f"{number} {what}" if number == 1 else f"{number} {what}s"
