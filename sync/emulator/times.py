"""Zone names, for whoever is told one."""

from __future__ import annotations

from datetime import tzinfo
from functools import cache, lru_cache
from typing import Any
from zoneinfo import ZoneInfo, available_timezones


@cache
def zone_names() -> frozenset[str]:
    return frozenset(available_timezones())


def known_zone(name: Any) -> bool:
    """Is this an IANA time zone of this machine's database?"""
    return isinstance(name, str) and name in zone_names()


@lru_cache(maxsize=1024)
def zone(name: str) -> tzinfo | None:
    """The zone of an IANA name; None for one that does not exist."""
    return ZoneInfo(name) if known_zone(name) else None
