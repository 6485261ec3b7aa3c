"""events.quickAdd: a sentence in English becomes a title, a time and a place.

Google documents one example ("Appointment at Somewhere on June 3rd 10am-10:25am") and no grammar. What is understood
here: one day, one time or span of times, a length ("for 30 minutes"), a place after "at", "in" or "@". All other words
are the title.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sync.emulator.calendar.access import require
from sync.emulator.calendar.events import create
from sync.emulator.calendar.rendering import View, shown_event
from sync.emulator.call import Call, GoogleError, provides
from sync.emulator.times import zone

_HOUR = timedelta(hours=1)
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_MONTH = rf"(?P<month>{'|'.join(f'{name[:3]}(?:{name[3:]})?' for name in _MONTHS)}|sept)\.?"
_NUMBER = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_CLOCK = r"(?:\d{1,2}(?::\d{2})?\s*[ap]\.?m\.?(?!\w)|\d{1,2}:\d{2}|noon|midnight)"


def _words(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{pattern})(?!\w)", re.IGNORECASE)


_DATES = (
    _words(r"(?:on\s+)?(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})"),
    _words(rf"(?:on\s+)?{_MONTH}\s+{_NUMBER}(?:,?\s+(?P<year>\d{{4}}))?"),
    _words(rf"(?:on\s+)?{_NUMBER}\s+(?:of\s+)?{_MONTH}(?:,?\s+(?P<year>\d{{4}}))?"),
    _words(r"(?:on\s+)?(?P<month>\d{1,2})/(?P<day>\d{1,2})(?:/(?P<year>\d{4}))?"),
)
_NEAR = _words(rf"(?:on\s+|next\s+|this\s+)?(?P<word>today|tomorrow|{'|'.join(_DAYS)})")
_SPAN = _words(rf"(?:at\s+|from\s+)?(?P<start>{_CLOCK}|\d{{1,2}})\s*(?:-|–|to|until)\s*(?P<end>{_CLOCK})")
_AT = _words(rf"(?:at\s+|@\s*)?(?P<start>{_CLOCK})")
_MOMENT = _words(r"(?:at\s+|on\s+|from\s+)?(?P<moment>\d{4}-\d{2}-\d{2}T\d{2}:\d{2}[\d:.]*(?:Z|[+-]\d{2}:?\d{2})?)")
_LENGTH = _words(r"for\s+(?P<count>\d{1,3})\s*(?P<unit>h(?:ou)?rs?|h|min(?:ute)?s?)")
_PLACE = re.compile(r"(?:(?<=\s)(?:at|in)\s+|@\s*)(?P<place>\S.*)$", re.IGNORECASE)


@dataclass(frozen=True)
class Said:
    """What a sentence says; `start` and `end` are None for a whole day."""

    title: str
    place: str
    day: date
    start: datetime | None
    end: datetime | None


@provides(
    "calendar.events.quickAdd",
    partly="English words for one day, time, length and place; Google documents no grammar, so this one is a guess",
)
def quick_add(call: Call) -> dict[str, Any]:
    calendar = require(call, call.params["calendarId"], "writerWithoutPrivateAccess")
    if not call.params["text"].strip():
        raise GoogleError.required("Missing title.")
    said = heard(call.params["text"], call.now.astimezone(zone(calendar["timeZone"]) or UTC))
    body: dict[str, Any] = {"summary": said.title, **({"location": said.place} if said.place else {})}
    if said.start is not None and said.end is not None:
        body |= {"start": {"dateTime": said.start.isoformat()}, "end": {"dateTime": said.end.isoformat()}}
    else:
        body |= {"start": {"date": f"{said.day}"}, "end": {"date": f"{said.day + timedelta(days=1)}"}}
    return shown_event(View.of(call, calendar), create(replace(call, body=body), calendar, None, {}))


def heard(text: str, now: datetime) -> Said:
    """Reads a sentence said at `now` (aware, in the calendar's zone): days and times without more are the next to come.

    Without any day or time it is an hour from now; with a day alone, that whole day.
    """
    rest, length = _length(" ".join(text.split()))
    rest, day, start, end = _when(rest, now)
    if start is None and day is None:
        start = now
    if start is not None and end is None:
        end = start + (length or _HOUR)
    found = _PLACE.search(rest)
    title = (rest[: found.start()] if found else rest).strip(" ,.-") or text.strip()
    return Said(title, found["place"].strip(" ,.") if found else "", day or now.date(), start, end)


def _when(text: str, now: datetime) -> tuple[str, date | None, datetime | None, datetime | None]:
    """What is left of a text, and its day, beginning and end, each if it is said."""
    rest, start = _moment(text, now)
    if start is not None:
        return rest, start.date(), start, None
    rest, day = _day(text, now.date())
    rest, clocks = _clocks(rest)
    if not clocks:
        return rest, day, None, None
    start = datetime.combine(day or now.date(), clocks[0], now.tzinfo)
    if day is None and start < now:
        start += timedelta(days=1)
    if len(clocks) == 1:
        return rest, start.date(), start, None
    end = datetime.combine(start.date(), clocks[1], now.tzinfo)
    return rest, start.date(), start, end if end > start else end + timedelta(days=1)


def _taken(text: str, found: re.Match[str]) -> str:
    return f"{text[: found.start()].rstrip()} {text[found.end() :].lstrip()}".strip()


def _moment(text: str, now: datetime) -> tuple[str, datetime | None]:
    found = _MOMENT.search(text)
    try:
        moment = datetime.fromisoformat(found["moment"]) if found else None
        if found and moment and moment.year < date.max.year:
            return _taken(text, found), moment if moment.tzinfo else moment.replace(tzinfo=now.tzinfo)
    except ValueError:
        pass
    return text, None


def _day(text: str, today: date) -> tuple[str, date | None]:
    for pattern in _DATES:
        found = pattern.search(text)
        day = found and _dated(found, today)
        if found and day:
            return _taken(text, found), day
    found = _NEAR.search(text)
    if not found:
        return text, None
    word = found["word"].lower()
    ahead = {"today": 0, "tomorrow": 1}.get(word)
    if ahead is None:
        ahead = (_DAYS.index(word) - today.weekday()) % 7 or 7
    return _taken(text, found), today + timedelta(days=ahead)


def _dated(found: re.Match[str], today: date) -> date | None:
    month, last = found["month"].lower(), date.max.year - 1  # an event ends, and a whole day on the day after
    number = int(month) if month.isdigit() else next(n for n, name in enumerate(_MONTHS, 1) if name[:3] == month[:3])
    try:
        day = date(min(int(found["year"] or today.year), last), number, int(found["day"]))
        return day if found["year"] or day >= today else day.replace(year=day.year + 1)
    except ValueError:
        return None


def _length(text: str) -> tuple[str, timedelta | None]:
    found = _LENGTH.search(text)
    if not found:
        return text, None
    unit = "hours" if found["unit"].lower().startswith("h") else "minutes"
    return _taken(text, found), timedelta(**{unit: int(found["count"])})


def _clocks(text: str) -> tuple[str, list[time]]:
    for pattern in (_SPAN, _AT):
        if found := pattern.search(text):
            last = found.groupdict().get("end") or ""
            first = found["start"] + (last[-2:] if found["start"].isdigit() and last[-1:] in "mM" else "")
            clocks = [_clock(one) for one in (first, last) if one]
            if None not in clocks:
                return _taken(text, found), [one for one in clocks if one is not None]
    return text, []


def _clock(text: str) -> time | None:
    text = text.lower().replace(".", "").replace(" ", "")
    if text in ("noon", "midnight"):
        return time(12 if text == "noon" else 0)
    half = text[-2:] if text.endswith("m") else ""
    hour, _, minute = text.removesuffix(half).partition(":")
    hours = int(hour) % 12 + (12 if half == "pm" else 0) if half else int(hour)
    return time(hours, int(minute or 0)) if hours < 24 and int(minute or 0) < 60 else None
