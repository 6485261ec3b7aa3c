"""The one thing that tests stand in for: the clock. Everything else is real."""

from __future__ import annotations

from datetime import datetime, timedelta


class StandingClock:
    """A clock that shows what it is told (`sync.services.ports.Clock`)."""

    def __init__(self, now: datetime) -> None:
        self._now = now

    def now(self) -> datetime:
        return self._now

    def set(self, now: datetime) -> None:
        self._now = now

    def forward(self, by: timedelta) -> None:
        self._now += by
