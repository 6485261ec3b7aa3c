"""How often one person may call: a sliding minute per person, in this process.

A person taps now and then; a script that holds a person's token does not. Each process counts for itself, which is
enough to keep one of them from being kept busy by one person, and needs nothing shared.
"""

from __future__ import annotations

import time
from collections import OrderedDict, deque
from collections.abc import Callable
from threading import Lock

CALLS = 300
"""within `WINDOW`; ten times what a person taps in haste"""
WINDOW = 60.0
"""seconds"""
PEOPLE = 10_000
"""whose calls are remembered; beyond that, whoever called least lately is forgotten"""


class Pace:
    """Remembers when each person called last."""

    def __init__(
        self,
        calls: int = CALLS,
        window: float = WINDOW,
        now: Callable[[], float] = time.monotonic,
        people: int = PEOPLE,
    ) -> None:
        self._calls, self._window, self._now, self._people = calls, window, now, people
        self._seen: OrderedDict[str, deque[float]] = OrderedDict()
        self._lock = Lock()

    def allows(self, person: str) -> bool:
        """Whether this call is within the person's pace; a call that is not does not count."""
        now = self._now()
        with self._lock:
            calls = self._seen.setdefault(person, deque())
            self._seen.move_to_end(person)
            while len(self._seen) > self._people:
                self._seen.popitem(last=False)
            while calls and calls[0] <= now - self._window:
                calls.popleft()
            if len(calls) >= self._calls:
                return False
            calls.append(now)
            return True
