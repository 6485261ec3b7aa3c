"""What the people of the tests do, in a word each."""

from __future__ import annotations

from datetime import date

from sync.core.walk import Walk
from sync.services import booking
from sync.services.ports import Clock, Store
from tests.personas import BEN, MONDAY


def books(
    store: Store,
    clock: Clock,
    visitor: str,
    *others: str,
    host: str = BEN,
    day: date = MONDAY,
    period: str = "3",
    focus: tuple[str, ...] = ("questions",),
    own_focus: str = "",
    group: str = "",
    key: str | None = None,
) -> Walk:
    """This visitor books a visit, with these others, at Maple Hall."""
    return booking.book(
        store,
        clock,
        "maple",
        actor=visitor,
        visitors=(visitor, *others),
        host=host,
        day=day,
        period=period,
        focus=focus,
        own_focus=own_focus,
        group=group,
        key=key,
    )
