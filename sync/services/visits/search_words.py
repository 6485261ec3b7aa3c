"""The words of "Who, what or when" in every language there is a file for: `templates/search/<language>.toml`.

They are read all together, whoever asks: somebody may read Spanish and look for `math`.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from sync.services.places import TEMPLATES

MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip
DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


@dataclass(frozen=True)
class SearchWords:
    """Words in small letters and without accents."""

    nothing: frozenset[str]
    """words that narrow nothing down"""
    days_from_now: Mapping[str, int]
    """`today` is 0, `tomorrow` 1"""
    weekdays: Mapping[str, int]
    """Monday is 0"""
    subjects: Mapping[str, str]
    """a subject in another language -> how a timetable may have it"""
    period: re.Pattern[str]
    """`period 3`, `p3`, `hora 3`"""
    months: Mapping[str, int]
    """January is 1"""
    dates: tuple[re.Pattern[str], ...]
    """`dec 3`, `3 de diciembre`: a month and a day"""
    weeks: tuple[tuple[re.Pattern[str], int], ...]
    """`next week`, and how many weeks from this one it is"""


@cache
def search_words(folder: Path = TEMPLATES / "search") -> SearchWords:
    """The words of every language. Raises `ValueError`, `OSError` when a file cannot be used."""
    read = [tomllib.loads(path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.toml"))]
    relative = [(word, days) for one in read for days, name in enumerate(("today", "tomorrow")) for word in one[name]]
    months = {word: MONTHS.index(name) + 1 for one in read for name, words in one["months"].items() for word in words}
    month, day = rf"(?P<month>{_any_of(months)})", r"(?P<day>\d{1,2})"
    return SearchWords(
        nothing=frozenset(word for one in read for word in one["nothing"].split()),
        days_from_now=dict(relative),
        weekdays={word: DAYS.index(day) for one in read for day, words in one["weekdays"].items() for word in words},
        subjects={word: subject for one in read for word, subject in one.get("subjects", {}).items()},
        period=re.compile(rf"\b(?:{_any_of(word for one in read for word in one['period'])})\s?(\d+)\b"),
        months=months,
        dates=(re.compile(rf"\b{month}\.? {day}\b"), re.compile(rf"\b{day} (?:de |of )?{month}\b")),
        weeks=tuple(
            (re.compile(rf"\b(?:{_any_of(word for one in read for word in one[name])})\b"), number)
            for number, name in enumerate(("this_week", "next_week"))
        ),
    )


def _any_of(words: Iterable[str]) -> str:
    """One of these, the longest that fits."""
    return "|".join(map(re.escape, sorted(set(words), key=lambda word: (-len(word), word))))
