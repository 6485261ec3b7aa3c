"""Serial numbers: Sheets counts days from 1899-12-30, the time of day is the fraction (guide "Dates and times")."""

from datetime import UTC, date, datetime, time, timedelta

from sync.emulator.times import zone

_EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001 - a cell's date has no zone
DAY_SECONDS = 86_400


def from_date(day: date) -> int:
    return (day - _EPOCH.date()).days


def from_time(moment: time) -> float:
    seconds = moment.hour * 3600 + moment.minute * 60 + moment.second + moment.microsecond / 1e6
    return seconds / DAY_SECONDS


def from_datetime(moment: datetime) -> float:
    return from_date(moment.date()) + from_time(moment.time())


def to_datetime(serial: float) -> datetime | None:
    """The naive date and time of a serial, to the millisecond; None outside the years Python knows."""
    try:
        return _EPOCH + timedelta(milliseconds=round(serial * DAY_SECONDS * 1000))
    except OverflowError:
        return None


def local_now(now: datetime, name: str) -> datetime:
    """The moment on the clocks of a spreadsheet's zone, naive as cells are."""
    return now.astimezone(UTC).astimezone(zone(name) or UTC).replace(tzinfo=None)
