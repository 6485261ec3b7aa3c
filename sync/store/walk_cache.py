"""Walks that this process has put together already: ten thousand are looked through again at each news of one."""

from __future__ import annotations

from collections.abc import Mapping
from threading import Lock
from zoneinfo import ZoneInfo

from sync.core.visits.walk import Walk

KEPT_AT_MOST = 8
"""schools in the memory of one process; ten thousand walks take some 40 MB"""
Place = tuple[str, str]
"""(school, its zone): a walk's times are on the school's clock"""


class WalkCache:
    """All walks of a school by key, as somebody last read them; whoever takes one looks whether it is still so."""

    def __init__(self) -> None:
        self._kept: dict[Place, Mapping[str, Walk]] = {}
        self._lock = Lock()

    def get(self, school: str, zone: ZoneInfo) -> Mapping[str, Walk]:
        return self._kept.get((school, zone.key), {})

    def keep(self, school: str, zone: ZoneInfo, walks: Mapping[str, Walk]) -> None:
        with self._lock:
            self._kept.pop((school, zone.key), None)
            while len(self._kept) >= KEPT_AT_MOST:
                del self._kept[next(iter(self._kept))]
            self._kept[school, zone.key] = walks
