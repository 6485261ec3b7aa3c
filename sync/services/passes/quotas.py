"""How many writes a minute Google takes from one account, and how long so many take at least.

Source: Google's pages of usage limits, as of September 2026: Calendar 600 requests, Docs and Sheets 60 writes, Drive
325,000 units of which a change takes 50; per minute, user and project.
"""

from __future__ import annotations

from collections.abc import Mapping

A_MINUTE: Mapping[str, int] = {"Calendar": 600, "Drive": 6_500, "Docs": 60, "Sheets": 60}


def minutes_needed(writes: Mapping[str, int]) -> int:
    """The least whole minutes that these writes take, by the API that is tightest."""
    return max((-(-count // A_MINUTE[api]) for api, count in writes.items()), default=0)
