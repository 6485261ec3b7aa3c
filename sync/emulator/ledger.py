"""The ledger: every API call received, in order. Every figure about what something costs comes from here."""

from __future__ import annotations

import threading
from collections import deque
from typing import Any

LONGEST = 200_000


class Ledger:
    """Entries {"method", "user", "status", "at", "verb", "path", ...}; the oldest go once there are too many."""

    def __init__(self) -> None:
        self._entries: deque[dict[str, Any]] = deque(maxlen=LONGEST)
        self._lock = threading.Lock()

    def append(self, entry: dict[str, Any]) -> None:
        with self._lock:
            self._entries.append(entry)

    def all(self) -> list[dict[str, Any]]:
        with self._lock:
            return list(self._entries)

    def clear(self) -> None:
        with self._lock:
            self._entries.clear()
