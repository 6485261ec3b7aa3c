"""What stands in people's calendars, in the planner's numbers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date, datetime, timedelta

from sync.core.school.school import School


def busy_minutes(
    school: School, number: Mapping[str, int], days: Mapping[date, int]
) -> dict[tuple[int, int], list[tuple[int, int]]]:
    """Busy stretches by person and day; one that lasts over midnight is cut there. Minutes begun count whole."""
    found: dict[tuple[int, int], list[tuple[int, int]]] = defaultdict(list)
    for busy in school.busy:
        person = number.get(busy.email)
        if person is None:
            continue
        start, end = busy.start.astimezone(school.zone), busy.end.astimezone(school.zone)
        day = start.date()
        while day <= end.date():
            index = days.get(day)
            begins = _minute(start) if day == start.date() else 0
            ends = (_minute(end) + (1 if end.second else 0)) if day == end.date() else 24 * 60
            if index is not None and begins < ends:
                found[person, index].append((begins, ends))
            day += timedelta(days=1)
    return dict(found)


def _minute(moment: datetime) -> int:
    return moment.hour * 60 + moment.minute
