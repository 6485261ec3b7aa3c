"""Zone names, for whoever is told one."""

from __future__ import annotations

from functools import cache
from typing import Any
from zoneinfo import available_timezones


@cache
def zone_names() -> frozenset[str]:
    return frozenset(available_timezones())


def known_zone(name: Any) -> bool:
    """Is this an IANA time zone of this machine's database?"""
    return isinstance(name, str) and name in zone_names()
