"""Recurrence: RRULE, RDATE, EXDATE lines to occurrences, in the series' own zone (so summer time is right).

dateutil does the arithmetic. Source of the line format: RFC 5545 and Event.recurrence ("no DTSTART, no DTEND").
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Any

from dateutil.rrule import rrule, rruleset, rrulestr

from sync.emulator.calendar.times import utc_text
from sync.emulator.errors import GoogleError
from sync.emulator.times import zone

# A series without an end is not followed further than this; Calendar too shows only so many years.
_YEARS = 30
_INSTANCE = re.compile(r"(.+)_(\d{8}(?:T\d{6}Z)?)")


def check_recurrence(event: dict[str, Any]) -> None:
    """Raises GoogleError 400 for lines that cannot be read."""
    if not isinstance(event.get("recurrence"), list):
        raise GoogleError.invalid("Invalid recurrence rule.")
    try:
        _rules(tuple(event["recurrence"]), *_start_of(event))
    except (ValueError, TypeError, KeyError, OverflowError, AttributeError):
        raise GoogleError.invalid("Invalid recurrence rule.") from None


def occurrences(event: dict[str, Any], after: datetime | None = None) -> Iterator[dict[str, str]]:
    """Kept start times of the occurrences, in order, from those that start at or after `after` (aware) on."""
    text, zone_name = _start_of(event)
    rules = _rules(tuple(event["recurrence"]), text, zone_name)
    whole_days = zone_name == ""
    for moment in rules:
        if after is not None and moment.replace(tzinfo=moment.tzinfo or UTC) < after:
            continue
        if whole_days:
            yield {"date": moment.date().isoformat()}
        else:
            yield {"dateTime": utc_text(moment), "timeZone": event["start"]["timeZone"]}


def instance_id(master_id: str, start: dict[str, str]) -> str:
    """<master>_20260105T140000Z, or <master>_20260105 for whole days."""
    if "date" in start:
        return f"{master_id}_{start['date'].replace('-', '')}"
    return f"{master_id}_{datetime.fromisoformat(start['dateTime']):%Y%m%dT%H%M%SZ}"


def split_instance_id(event_id: str) -> tuple[str, str] | None:
    found = _INSTANCE.fullmatch(event_id)
    return (found[1], found[2]) if found else None


def occurrence_of(event: dict[str, Any], mark: str) -> dict[str, str] | None:
    """The start of the occurrence that the end of an instance id names; None when the series has none then."""
    whole_days = "date" in event["start"]
    try:
        if len(mark) == 8:
            at = datetime.combine(datetime.strptime(mark, "%Y%m%d").replace(tzinfo=UTC).date(), time(), UTC)
        else:
            at = datetime.strptime(mark, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
    except ValueError:
        return None
    if whole_days != (len(mark) == 8):
        return None
    first = next(occurrences(event, at), None)
    return first if first is not None and instance_id("x", first) == f"x_{mark}" else None


def _start_of(event: dict[str, Any]) -> tuple[str, str]:
    start = event["start"]
    return (start["date"], "") if "date" in start else (start["dateTime"], start["timeZone"])


@lru_cache(maxsize=512)
def _rules(lines: tuple[str, ...], start: str, zone_name: str) -> rruleset:
    whole_days = zone_name == ""
    if whole_days:
        first = datetime.combine(date.fromisoformat(start), time())
    else:
        first = datetime.fromisoformat(start).astimezone(zone(zone_name))
    rules, has_rule = rruleset(cache=True), False
    for line in lines:
        head, _, value = line.strip().partition(":")
        name, *parameters = head.upper().split(";")
        if name == "RRULE":
            rules.rrule(_rule(value, first, whole_days))
            has_rule = True
        elif name == "EXRULE":
            rules.exrule(_rule(value, first, whole_days))
        elif name in ("RDATE", "EXDATE"):
            add = rules.rdate if name == "RDATE" else rules.exdate
            for one in value.split(","):
                add(_moment(one, parameters, head, first, whole_days))
        else:
            raise ValueError(line)
    if not has_rule:
        rules.rdate(first)
    return rules


def _rule(value: str, first: datetime, whole_days: bool) -> rrule:
    parts = dict(part.upper().split("=", 1) for part in value.strip().split(";") if part)
    if parts.get("FREQ") not in ("DAILY", "WEEKLY", "MONTHLY", "YEARLY"):
        raise ValueError(value)
    if not 1 <= int(parts.get("INTERVAL", "1")) <= 10_000 or int(parts.get("COUNT", "1")) < 1:
        raise ValueError(value)
    until = parts.pop("UNTIL", None)
    if until and "COUNT" in parts:
        raise ValueError(value)
    horizon = first.replace(year=min(9998, first.year + _YEARS), day=min(first.day, 28))
    text = ";".join(f"{name}={part}" for name, part in parts.items())
    made = rrulestr(f"RRULE:{text}", dtstart=first)
    if not isinstance(made, rrule):
        raise ValueError(value)
    if "COUNT" in parts:
        return made
    return made.replace(until=min(horizon, _until(until, first, whole_days)) if until else horizon)


def _until(text: str, first: datetime, whole_days: bool) -> datetime:
    if len(text) == 8:
        # A date bounds a timed series to the end of that day where it takes place.
        day = datetime.strptime(text, "%Y%m%d")  # noqa: DTZ007 - gets the series' own zone on the next line
        return day if whole_days else (day + timedelta(days=1, seconds=-1)).replace(tzinfo=first.tzinfo)
    moment = datetime.strptime(text.removesuffix("Z"), "%Y%m%dT%H%M%S").replace(tzinfo=UTC)
    return moment.replace(tzinfo=None) if whole_days else moment.astimezone(first.tzinfo)


def _moment(text: str, parameters: list[str], head: str, first: datetime, whole_days: bool) -> datetime:
    text = text.strip()
    if len(text) == 8:
        day = datetime.strptime(text, "%Y%m%d")  # noqa: DTZ007 - gets the series' own zone on the next line
        return day if whole_days else datetime.combine(day.date(), first.time(), first.tzinfo)
    moment = datetime.strptime(text.removesuffix("Z"), "%Y%m%dT%H%M%S")  # noqa: DTZ007 - zone follows
    if whole_days:
        return datetime.combine(moment.date(), time())
    if text.endswith("Z"):
        return moment.replace(tzinfo=UTC).astimezone(first.tzinfo)
    named = next((part for part in head.split(";") if part.upper().startswith("TZID=")), None)
    return moment.replace(tzinfo=zone(named[5:]) if named else first.tzinfo)
