"""Kinds of values that options take, each refused with a sentence."""

from __future__ import annotations

import re
from datetime import date, datetime
from math import isnan
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import click

FIRST_YEAR, LAST_YEAR = 2000, 2100


class IsoDate(click.ParamType[date]):
    """`2026-09-01`."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        if isinstance(value, date):
            return value
        try:
            day = date.fromisoformat(value) if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value) else None
        except ValueError:
            day = None
        if day is None or not FIRST_YEAR <= day.year <= LAST_YEAR:
            self.fail(f"{value!r} is not a date; write it like 2026-09-01.", param, ctx)
        return day


class Seconds(click.FloatRange):
    """As a range of numbers, but what is no number at all is refused too."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        seconds = super().convert(value, param, ctx)
        if isinstance(seconds, float) and isnan(seconds):
            self.fail(f"{value!r} is not a number of seconds.", param, ctx)
        return seconds


class IsoMoment(click.ParamType[datetime]):
    """`2026-09-01T08:00`, with or without an offset."""

    name = "moment"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        if isinstance(value, datetime):
            return value
        try:
            moment = datetime.fromisoformat(value)
        except ValueError:
            moment = None
        if moment is None or not FIRST_YEAR <= moment.year <= LAST_YEAR:
            self.fail(
                f"{value!r} is not a moment; write it like 2026-09-01T08:00 or 2026-09-01T08:00-05:00.", param, ctx
            )
        return moment


class Zone(click.ParamType[ZoneInfo]):
    """An IANA time zone."""

    name = "zone"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> ZoneInfo:
        from sync.schools.folder.settings import zone_named

        zone = value if isinstance(value, ZoneInfo) else zone_named(value)
        if zone is None:
            self.fail(f"{value!r} is not a time zone; write an IANA name like America/Chicago.", param, ctx)
        return zone


FOLDER = click.Path(path_type=Path)
SCHOOL = click.option("--school", "folder", required=True, type=FOLDER, help="A school folder.")
FROM = click.option("--from", "first", required=True, type=IsoDate(), help="The first date.")
TO = click.option("--to", "last", required=True, type=IsoDate(), help="The last date, included.")
JSON = click.option("--json", "as_json", is_flag=True, help="The answer as JSON.")


def in_order(first: date, last: date) -> None:
    """Refuses a range that ends before it begins."""
    if last < first:
        raise click.UsageError(f"--from {first} lies after --to {last}; swap them.")
