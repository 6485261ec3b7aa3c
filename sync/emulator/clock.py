"""The Workspace's own clock: real time plus what a test or a demo moved it by."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta


class Clock:
    """Aware UTC time. It runs on after it was moved, unless it is frozen."""

    def __init__(self) -> None:
        self._offset = timedelta()
        self._frozen: datetime | None = None
        self._lock = threading.Lock()
        self._listeners: list[Callable[[], None]] = []

    def when_moved(self, listener: Callable[[], None]) -> None:
        """Call this each time the clock is moved: something may be due now."""
        self._listeners.append(listener)

    def _moved(self) -> None:
        for listener in self._listeners:
            listener()

    def now(self) -> datetime:
        with self._lock:
            return self._frozen or datetime.now(UTC) + self._offset

    def set(self, now: datetime, *, frozen: bool = False) -> None:
        """Move to a moment (aware); with `frozen`, stay there."""
        with self._lock:
            self._offset = now.astimezone(UTC) - datetime.now(UTC)
            self._frozen = now.astimezone(UTC) if frozen else None
        self._moved()

    def advance(self, seconds: float) -> None:
        with self._lock:
            if self._frozen:
                self._frozen += timedelta(seconds=seconds)
            else:
                self._offset += timedelta(seconds=seconds)
        self._moved()

    def reset(self) -> None:
        """Back to real time."""
        with self._lock:
            self._offset, self._frozen = timedelta(), None
        self._moved()

    @property
    def frozen(self) -> bool:
        return self._frozen is not None


def rfc3339(moment: datetime) -> str:
    """2026-01-31T08:00:00.123Z, as Calendar and Drive write their own stamps."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.") + f"{moment.microsecond // 1000:03d}Z"
