"""The words of "Who, what or when" in every language there is a file for: `templates/search/<language>.toml`.

They are read all together, whoever asks: somebody may read Spanish and look for `math`.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from sync.services.places import TEMPLATES

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


@cache
def search_words(folder: Path = TEMPLATES / "search") -> SearchWords:
    """The words of every language. Raises `ValueError`, `OSError` when a file cannot be used."""
    read = [tomllib.loads(path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.toml"))]
    relative = [(word, days) for one in read for days, name in enumerate(("today", "tomorrow")) for word in one[name]]
    periods = sorted({word for one in read for word in one["period"]}, key=lambda word: (-len(word), word))
    return SearchWords(
        nothing=frozenset(word for one in read for word in one["nothing"].split()),
        days_from_now=dict(relative),
        weekdays={word: DAYS.index(day) for one in read for day, words in one["weekdays"].items() for word in words},
        subjects={word: subject for one in read for word, subject in one.get("subjects", {}).items()},
        period=re.compile(rf"\b(?:{'|'.join(map(re.escape, periods))})\s?(\d+)\b"),
    )
