"""What people's own calendars say to their school's account: when they are busy, and when each single thing is.

Free/busy is enough to be granted for both (scope `calendar.events.freebusy`): a list of events that such a reader asks
for holds times and ids, and nothing of what the events are.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, time, timedelta
from typing import Any

from sync.google.calendar import eventbody
from sync.google.wire.errors import Denied, Vanished
from sync.google.wire.transport import Account
from sync.services.ports import Appointment

Stretch = tuple[datetime, datetime]
FREEBUSY_PEOPLE = 50
FREEBUSY_SPAN = timedelta(days=56)
"""Google refuses ranges of about three months (timeRangeTooLong)"""
WHEN = "nextPageToken,items(id,status,start,end,transparency,updated)"


def busy(
    account: Account, people: Sequence[str], start: datetime, end: datetime, *, soon: bool = False
) -> Mapping[str, list[Stretch] | None]:
    """`sync.services.ports.Calendar.busy`."""
    known: dict[str, list[Stretch] | None] = {email: [] for email in people}
    for first in range(0, len(people), FREEBUSY_PEOPLE):
        for since, until in _spans(start, end):
            answer = _freebusy(account, people[first : first + FREEBUSY_PEOPLE], since, until, soon)
            for email, calendar in answer.items():
                stretches = known.get(email)
                if calendar.get("errors") or stretches is None:
                    known[email] = None
                else:
                    stretches += [
                        (datetime.fromisoformat(item["start"]), datetime.fromisoformat(item["end"]))
                        for item in calendar.get("busy", ())
                    ]
    return known


def _freebusy(
    account: Account, people: Sequence[str], start: datetime, end: datetime, soon: bool
) -> Mapping[str, Mapping[str, Any]]:
    body = {"timeMin": start.isoformat(), "timeMax": end.isoformat(), "items": [{"id": email} for email in people]}
    request, doing = account.api.freebusy.query(body=body), "asking who is busy"
    answer = account.send_soon(request, doing) if soon else account.send(request, doing)
    calendars = answer.get("calendars", {})
    return {email: calendars.get(email, {"errors": [{"reason": "notFound"}]}) for email in people}


def _spans(start: datetime, end: datetime) -> Iterator[Stretch]:
    while start < end:
        yield start, min(end, start + FREEBUSY_SPAN)
        start += FREEBUSY_SPAN


def appointments(account: Account, email: str, start: datetime, end: datetime) -> list[Appointment] | None:
    """`sync.services.ports.Calendar.appointments`; a whole day is one where `start` is."""
    found = []
    request = account.api.events.list(
        calendarId=email, timeMin=start.isoformat(), timeMax=end.isoformat(), singleEvents=True, fields=WHEN
    )
    try:
        while request is not None:
            page = account.send(request, "looking when somebody has something else")
            found += [_appointment(item, start) for item in page.get("items", ()) if _takes_time(item)]
            request = account.api.events.list_next(request, page)
    except (Vanished, Denied):
        return None
    return found


def _takes_time(item: Mapping[str, Any]) -> bool:
    """Not ours, a guest's copy of which has the id that we gave it; not gone, and not marked as free."""
    there = item.get("status") != "cancelled" and "start" in item and "end" in item
    return there and item.get("transparency") != "transparent" and not eventbody.is_ours(str(item["id"]))


def _appointment(item: Mapping[str, Any], near: datetime) -> Appointment:
    key = hashlib.sha256(str(item["id"]).encode()).hexdigest()[:32]
    changed = datetime.fromisoformat(item["updated"]) if "updated" in item else None
    return Appointment(key, _moment(item["start"], near), _moment(item["end"], near), changed)


def _moment(said: Mapping[str, str], near: datetime) -> datetime:
    if "dateTime" in said:
        return datetime.fromisoformat(said["dateTime"])
    return datetime.combine(datetime.fromisoformat(said["date"]), time(), tzinfo=near.tzinfo)
