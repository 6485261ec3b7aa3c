"""What the people of the tests do, in a word each."""

from __future__ import annotations

from datetime import date

from sync.core.visits.walk import Walk
from sync.services.ports import Clock, Store
from sync.services.visits import booking
from tests.personas import BEN, MONDAY


def plan_row(walk: str, piece: str, role: str, email: str, host: str, day: date, **also: str) -> dict[str, str]:
    """A line of `plan.csv` at Maple Hall, in period 3 where nothing else is said."""
    cells = {"period": "3", "start": "09:40", "end": "10:25", "covered_by": "", **also}
    said = {"walk": walk, "kind": "pair", "group": "", "date": day.isoformat(), "piece": piece, "role": role}
    return {"email": email, "host": host, "room": "", **said, **cells}


def plan_pair(walk: str, visitor: str, host: str, day: date, **also: str) -> list[dict[str, str]]:
    """The two lines of a pair's visit."""
    return [
        plan_row(walk, "visit", "host", host, host, day, **also),
        plan_row(walk, "visit", "visitor", visitor, host, day, **also),
    ]


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
