"""The event that is open beside our panel, read once with its owner's own token: title and times, nothing else."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from urllib.parse import quote

import requests

from sync.services.visits.pineapple import OwnEvent

FIELDS = "id,summary,start,end,recurringEventId,organizer/self"
GOOGLE = "https://www.googleapis.com"
TIMEOUT = 5
"""seconds: somebody is waiting for a card"""


class OpenEvents:
    """`addon.bootstrap.ReadEvent`; `base` is where Google, or a local Workspace, answers."""

    def __init__(self, base: str = "") -> None:
        self._base = (base if "//" in base or not base else f"http://{base}").rstrip("/") or GOOGLE

    def __call__(self, token: str, calendar: str, event: str) -> OwnEvent | None:
        """The event; None where it is another's, has no times, or cannot be read: the card then does without."""
        path = f"/calendar/v3/calendars/{quote(calendar, safe='')}/events/{quote(event, safe='')}"
        headers = {"Authorization": f"Bearer {token}"}
        try:
            answer = requests.get(self._base + path, params={"fields": FIELDS}, headers=headers, timeout=TIMEOUT)
            found = answer.json() if answer.ok else {}
        except (requests.RequestException, ValueError):
            return None
        return _own(found) if isinstance(found, dict) else None


def _own(found: dict[str, Any]) -> OwnEvent | None:
    start, end = (found.get(edge, {}).get("dateTime") for edge in ("start", "end"))
    if not (found.get("organizer", {}).get("self") and start and end):
        return None
    series = str(found.get("recurringEventId", ""))
    times = datetime.fromisoformat(start), datetime.fromisoformat(end)
    return OwnEvent(series or str(found["id"]), str(found.get("summary", "")), *times, repeats=bool(series))
