"""Calendar's moments: `start` and `end` as sent, as kept (UTC), as answered (with a zone's offset)."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sync.emulator.errors import GoogleError
from sync.emulator.times import zone


def instant(text: str) -> datetime | None:
    """RFC 3339 with an offset -> aware UTC; None for anything else."""
    moment = local_or_aware(text)
    if moment is None or moment.tzinfo is None:
        return None
    try:
        return moment.astimezone(UTC)
    except OverflowError:
        return None


def local_or_aware(text: str) -> datetime | None:
    """A date-time with or without offset; None if it is neither."""
    if len(text) < 16 or text[10] not in "Tt ":
        return None
    try:
        return datetime.fromisoformat(text.upper().replace(" ", "T"))
    except ValueError:
        return None


def parameter_time(name: str, text: str | None) -> datetime | None:
    """A date-time parameter. Raises GoogleError 400 for one without offset or that is none."""
    if text is None:
        return None
    moment = instant(text)
    if moment is None:
        raise GoogleError(400, "badRequest", "Bad Request", location=name, location_type="parameter")
    return moment


def kept_time(given: dict[str, Any] | None, which: str, calendar_zone: str, *, recurring: bool) -> dict[str, str]:
    """EventDateTime as it is kept: {"date"} or {"dateTime": UTC, "timeZone"}. `which` is "start" or "end".

    Raises GoogleError 400 in Calendar's words for what is missing or cannot be read.
    """
    given = {key: value for key, value in (given or {}).items() if value is not None}
    if "date" in given and "dateTime" in given:
        raise GoogleError.invalid(f"Invalid {which} time.")
    if "date" in given:
        try:
            return {"date": date.fromisoformat(given["date"]).isoformat()}
        except ValueError:
            raise _malformed(given["date"]) from None
    if "dateTime" not in given:
        raise GoogleError.required(f"Missing {which} time.")
    name = given.get("timeZone")
    if name is not None and zone(name) is None:
        raise GoogleError.invalid(f"Invalid time zone definition for {which} time.")
    moment = local_or_aware(given["dateTime"])
    if moment is None:
        raise _malformed(given["dateTime"])
    if (recurring or moment.tzinfo is None) and name is None:
        raise GoogleError.required(f"Missing time zone definition for {which} time.")
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=zone(name or calendar_zone))
    return {"dateTime": utc_text(moment), "timeZone": name or calendar_zone}


def _malformed(text: str) -> GoogleError:
    return GoogleError.invalid(f'Invalid value for: Invalid format: "{text[:60]}"')


def utc_text(moment: datetime) -> str:
    """2026-01-05T14:00:00Z, with milliseconds only where there are any."""
    try:
        moment = moment.astimezone(UTC)
    except OverflowError:
        raise GoogleError.invalid("Invalid value for: the date is out of range") from None
    if moment.microsecond >= 1000:
        return moment.strftime("%Y-%m-%dT%H:%M:%S.").rjust(20, "0") + f"{moment.microsecond // 1000:03d}Z"
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ").rjust(20, "0")


def moment_of(kept: dict[str, str], calendar_zone: str) -> datetime:
    """The instant (aware UTC) of a kept time; a date begins at midnight of the calendar's zone."""
    if "dateTime" in kept:
        return datetime.fromisoformat(kept["dateTime"])
    at = datetime.combine(date.fromisoformat(kept["date"]), time(), zone(calendar_zone) or UTC)
    try:
        return at.astimezone(UTC)
    except OverflowError:
        return at.replace(tzinfo=UTC)


def shown_time(kept: dict[str, str], shown_zone: str) -> dict[str, str]:
    """A kept time as it is answered: with the offset of the zone asked for, or of the calendar."""
    if "date" in kept:
        return dict(kept)
    return {
        "dateTime": shown_instant(datetime.fromisoformat(kept["dateTime"]), shown_zone),
        "timeZone": kept["timeZone"],
    }


def shown_instant(moment: datetime, shown_zone: str) -> str:
    """RFC 3339 in a zone; UTC is written Z."""
    try:
        local = moment.astimezone(zone(shown_zone) or UTC)
    except OverflowError:
        local = moment
    text = local.isoformat(timespec="milliseconds" if local.microsecond else "seconds")
    return text.removesuffix("+00:00") + "Z" if text.endswith("+00:00") else text


def sortable(moment: datetime) -> str:
    """UTC text of fixed width: sorts as time does."""
    try:
        return (
            moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S").rjust(19, "0") + f".{moment.microsecond // 1000:03d}"
        )
    except OverflowError:
        return "9999-12-31T23:59:59.999" if moment.year > 1000 else "0001-01-01T00:00:00.000"


def shifted(kept: dict[str, str], by: timedelta) -> dict[str, str]:
    """A kept time moved by a duration."""
    if "date" in kept:
        return {"date": (date.fromisoformat(kept["date"]) + by).isoformat()}
    return {**kept, "dateTime": utc_text(datetime.fromisoformat(kept["dateTime"]) + by)}
