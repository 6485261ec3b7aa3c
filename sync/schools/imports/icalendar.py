"""iCalendar files (RFC 5545), as far as timetables need them: weekly and dated entries, with their zones.

Kept small on purpose: BEGIN/END nesting, folded lines, DTSTART, DTEND or DURATION, RRULE (daily and weekly), EXDATE,
SUMMARY, LOCATION. Whatever repeats in another way is counted, so that the reader can say that it was left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sync.schools.folder.settings import zone_named

DAYS = {"MO": 0, "TU": 1, "WE": 2, "TH": 3, "FR": 4, "SA": 5, "SU": 6}
DURATION = re.compile(r"P(?:([0-9]+)W)?(?:([0-9]+)D)?(?:T(?:([0-9]+)H)?(?:([0-9]+)M)?(?:([0-9]+)S)?)?")
MOMENT = re.compile(r"([0-9]{8})T([0-9]{4})[0-9]{2}(Z?)")
MOST = 2_000
"""occurrences of one entry: ten school years of days"""


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One entry on one date, on the clock of the school."""

    day: date
    start: time
    end: time
    summary: str
    location: str = ""


@dataclass
class CalendarFile:
    """What one file holds."""

    name: str = ""
    occurrences: list[Occurrence] = field(default_factory=list)
    left_out: int = 0
    """entries without a time, over midnight, or repeated in a way that is not read"""
    events: int = 0


Property = tuple[dict[str, str], str]


def parse_calendar(text: str, zone: ZoneInfo, last: date) -> CalendarFile:
    """Every timed entry up to `last`. A floating time is on the clock of `zone`."""
    found = CalendarFile()
    event: dict[str, list[Property]] | None = None
    depth = 0
    for name, parameters, value in _lines(text):
        if name == "BEGIN":
            depth = depth + 1 if event is not None else 0
            if value.upper() == "VEVENT":
                event, depth = {}, 0
        elif name == "END":
            if value.upper() == "VEVENT" and event is not None:
                found.events += 1
                found.left_out += not _take(event, zone, last, found.occurrences)
                event = None
            depth = max(0, depth - 1)
        elif event is not None and depth == 0:
            event.setdefault(name, []).append((parameters, value))
        elif event is None and name == "X-WR-CALNAME":
            found.name = _plain(value)
    return found


def _lines(text: str) -> Iterator[tuple[str, dict[str, str], str]]:
    for line in re.sub(r"\r?\n[ \t]", "", text).splitlines():
        head, colon, value = line.partition(":")
        while colon and head.count('"') % 2:
            more, colon, value = value.partition(":")
            head += ":" + more
        if colon:
            name, *parameters = head.split(";")
            yield name.strip().upper(), dict(_pair(one) for one in parameters), value.strip()


def _pair(parameter: str) -> tuple[str, str]:
    name, _, value = parameter.partition("=")
    return name.upper(), value.strip('"')


def _take(event: dict[str, list[Property]], zone: ZoneInfo, last: date, into: list[Occurrence]) -> bool:
    if "DTSTART" not in event or _value(event, "STATUS").upper() == "CANCELLED":
        return False
    start = _moment(*event["DTSTART"][0], zone)
    end = _moment(*event["DTEND"][0], zone) if "DTEND" in event else None
    if end is None and start is not None and "DURATION" in event:
        end = _after(start, _value(event, "DURATION"))
    if start is None or end is None or end.date() != start.date() or end <= start:
        return False
    days = _days(start.date(), _value(event, "RRULE"), zone, last)
    if days is None:
        return False
    skipped = {
        moment.date()
        for parameters, values in event.get("EXDATE", ())
        for value in values.split(",")
        if (moment := _moment(parameters, value, zone))
    }
    summary, location = _plain(_value(event, "SUMMARY")), _plain(_value(event, "LOCATION"))
    into += [Occurrence(day, start.time(), end.time(), summary, location) for day in days if day not in skipped]
    return True


def _value(event: dict[str, list[Property]], name: str) -> str:
    return event[name][0][1] if name in event else ""


def _moment(parameters: dict[str, str], value: str, zone: ZoneInfo) -> datetime | None:
    found = MOMENT.fullmatch(value)
    if found is None:
        return None
    try:
        moment = datetime.fromisoformat(f"{found[1]}T{found[2]}")
    except ValueError:
        return None
    if found[3]:
        return moment.replace(tzinfo=UTC).astimezone(zone).replace(tzinfo=None)
    own = zone_named(parameters["TZID"]) if "TZID" in parameters else None
    return moment.replace(tzinfo=own).astimezone(zone).replace(tzinfo=None) if own else moment


def _after(start: datetime, duration: str) -> datetime | None:
    found = DURATION.fullmatch(duration)
    if found is None:
        return None
    weeks, days, hours, minutes, seconds = (int(number or 0) for number in found.groups())
    return start + timedelta(weeks=weeks, days=days, hours=hours, minutes=minutes, seconds=seconds)


def _days(first: date, rule: str, zone: ZoneInfo, last: date) -> list[date] | None:
    """The dates of an entry; None where it repeats in a way that is not read."""
    if not rule:
        return [first]
    said = dict(_pair(part) for part in rule.upper().split(";"))
    every = int(said.get("INTERVAL", "1")) if said.get("INTERVAL", "1").isdecimal() else 0
    if said.get("FREQ") not in ("DAILY", "WEEKLY") or every < 1 or set(said) & {"BYSETPOS", "BYMONTH", "BYMONTHDAY"}:
        return None
    if (until := said.get("UNTIL", ""))[:8].isdecimal() and len(until) >= 8:
        moment = _moment({}, until, zone)
        try:
            last = min(last, moment.date() if moment else date.fromisoformat(until[:8]))
        except ValueError:
            return None
    most = int(said["COUNT"]) if said.get("COUNT", "").isdecimal() else MOST
    chosen = [DAYS[day] for day in said.get("BYDAY", "").split(",") if day in DAYS] or [first.weekday()]
    if said["FREQ"] == "DAILY":
        chosen = chosen if "BYDAY" in said else list(range(7))
    monday, days = first - timedelta(days=first.weekday()), []
    for offset in range(min(MOST, max(0, (last - first).days + 1))):
        day = first + timedelta(days=offset)
        turn = offset % every == 0 if said["FREQ"] == "DAILY" else (day - monday).days // 7 % every == 0
        if turn and day.weekday() in chosen:
            days.append(day)
    return days[:most]


def _plain(text: str) -> str:
    unescaped = re.sub(r"\\([\\;,])", r"\1", re.sub(r"\\[nN]", " ", text))
    return " ".join("".join(letter for letter in unescaped if letter.isprintable() or letter == " ").split())
