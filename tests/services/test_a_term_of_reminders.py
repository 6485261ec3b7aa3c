"""Time travel over a term: reminders to thank go out when they should, and never otherwise."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import Any, cast

from sync.core.visits.walk import Walk
from sync.services.news import telling
from sync.services.notes import thanking
from sync.services.ports import Letter, Rooms, Workspace
from sync.services.visits import booking
from sync.store import SqlStore
from tests.fakes import StandingClock
from tests.personas import ADA, BEN, EVE, GUS, TUESDAY, maple

HOURS = (time(3), time(9), time(12, 50), time(21))
DAYS_LOOKED_AT = 4
"""after each visit; on the others nothing can be due"""
PLANS = (  # visitor, host, period, days after the first Tuesday, what becomes of the thanks
    (EVE, BEN, "1", 0, "reminded"),
    (ADA, BEN, "3", 7, "sent at once"),
    (GUS, EVE, "3", 10, "reminded"),  # a Friday: the weekend lies in between
    (ADA, EVE, "6", 17, "did not happen"),  # a Friday afternoon
    (GUS, BEN, "5", 23, "let be"),
)


@dataclass
class Post:
    """A mail adapter that keeps what it is given, and when."""

    clock: StandingClock
    sent: list[tuple[datetime, str]] = field(default_factory=list)

    def granted(self, sender: str) -> bool:
        return True

    def send(self, sender: str, letter: Letter) -> None:
        self.sent.append((self.clock.now().astimezone(maple().zone), letter.to))


def test_a_term_of_reminders(hall: SqlStore, clock: StandingClock) -> None:
    post = Post(clock)
    workspace = cast(Workspace, Workspace(*cast(Any, (None, None, None)), mail=post))
    with hall.work() as work:
        work.mirrors.keep_rooms("maple", Rooms("visits@maple.example"))
        work.commit()
    walks = booked(hall, clock)
    days = {walk.starts.date() + timedelta(days=after) for walk, _ in walks for after in range(DAYS_LOOKED_AT)}
    for day in sorted(days):
        for hour in HOURS:
            clock.set(datetime.combine(day, hour, maple().zone))
            booking.close_past(hall, clock, "maple")
            thanking.take_stock(hall, clock, "maple")
            for walk, fate in walks:
                meet(hall, clock, walk, fate)
            thanking.take_stock(hall, clock, "maple")
            thanking.remind(hall, clock, "maple")
            telling.deliver(hall, workspace, clock, "maple")
    assert [(f"{when:%a %d %b %H:%M}", who) for when, who in post.sent] == [
        ("Tue 03 Mar 12:50", EVE),
        ("Wed 04 Mar 09:00", EVE),
        ("Mon 16 Mar 09:00", GUS),
    ]


def booked(hall: SqlStore, clock: StandingClock) -> list[tuple[Walk, str]]:
    return [
        (
            booking.book(
                hall, clock, "maple", actor=visitor, visitors=(visitor,), host=host,
                day=TUESDAY + timedelta(days=after), period=period, focus=("talk",),
            ),
            fate,
        )
        for visitor, host, period, after, fate in PLANS
    ]  # fmt: skip


def meet(hall: SqlStore, clock: StandingClock, walk: Walk, fate: str) -> None:
    """What its people do on the day of a visit, the first time that we look after it."""
    if not timedelta() < clock.now() - walk.ends <= timedelta(hours=8):
        return
    if fate == "did not happen":
        booking.did_not_happen(hall, clock, "maple", walk.key, actor=walk.hosts[0])
    elif fate == "sent at once":
        thanking.sent(hall, clock, "maple", walk.key, actor=walk.visitors[0], host=walk.hosts[0])
    elif fate == "let be":
        thanking.let_be(hall, clock, "maple", walk.key, actor=walk.visitors[0], host=walk.hosts[0])
