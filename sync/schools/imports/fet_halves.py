"""FET's mode of mornings and afternoons: two of its days are one day of the school, which an import joins again.

Schools of Algeria and Morocco plan this way. Both halves have hours of the same names.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import takewhile

from sync.schools.imports.fet_file import FetFile
from sync.schools.imports.weekdays import weekdays_of

AFTERNOON = "afternoon"


def joined(fet: FetFile) -> FetFile:
    """The same file with whole days: first the hours of the morning, then those of the afternoon, each if ever used."""
    days = _whole_days(fet.days)
    half = {day: place % 2 for place, day in enumerate(fet.days)}
    used = {(half[day], hour) for day, first, length in _lessons(fet) for hour in _hours(fet, first, length)}
    names = {(0, hour): hour for hour in fet.hours} | {(1, hour): f"{AFTERNOON} {hour}" for hour in fet.hours}

    def moved(day: str, hour: str) -> tuple[str, str]:
        return (days[day], names[half[day], hour]) if day in half and hour in fet.hours else (day, hour)

    return replace(
        fet,
        days=tuple(dict.fromkeys(days.values())),
        hours=tuple(name for (part, hour), name in names.items() if (part, hour) in used),
        starts={activity: moved(*at) for activity, at in fet.starts.items()},
        absent=tuple((teacher, *moved(day, hour)) for teacher, day, hour in fet.absent),
        breaks=frozenset(moved(*at) for at in fet.breaks),
    )


def _lessons(fet: FetFile) -> list[tuple[str, str, int]]:
    """Day, first hour and length of all activities that have a time in the lists."""
    starts = [(*fet.starts[one.id], one.duration) for one in fet.activities if one.id in fet.starts]
    return [(day, hour, length) for day, hour, length in starts if day in fet.days and hour in fet.hours]


def _hours(fet: FetFile, first: str, length: int) -> tuple[str, ...]:
    place = fet.hours.index(first)
    return fet.hours[place : place + length]


def _whole_days(days: tuple[str, ...]) -> dict[str, str]:
    """The name of the whole day by half: what both begin with, or the morning's, if that tells the days apart."""
    pairs = [days[place : place + 2] for place in range(0, len(days), 2)]
    begun = [_both_begin_with(*pair).strip(" _-/.") for pair in pairs]
    choices = [begun, [pair[0] for pair in pairs]]
    names = next((names for names in choices if weekdays_of(names)), begun)
    if "" in names or len(set(names)) < len(names):
        names = ["/".join(pair) for pair in pairs]
    return {half: name for pair, name in zip(pairs, names, strict=True) for half in pair}


def _both_begin_with(one: str, *other: str) -> str:
    """The letters at the beginning of both; the last half-day of an odd number has no other."""
    if not other:
        return one
    same = takewhile(lambda pair: pair[0] == pair[1], zip(one, other[0], strict=False))
    return one[: len(list(same))]
