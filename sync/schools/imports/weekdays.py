"""Which weekdays are meant by the names of a school's days, in whatever language the school writes them.

The words are those of the Unicode locale data. A language counts only if it knows every name of the list: `Mar` is
Tuesday beside `Mer` and `Jeu`, and nothing by itself.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import cache
from itertools import pairwise

from babel import Locale

LANGUAGES = (
    *("en", "es", "fr", "de", "pt", "it", "nl", "ro", "ca", "gl", "eu", "pl", "cs", "sk", "sl", "hr", "sr", "bs", "mk"),
    *("bg", "ru", "uk", "be", "lt", "lv", "et", "fi", "sv", "nb", "nn", "da", "is", "hu", "el", "tr", "az", "sq", "ar"),
    *("fa", "he", "hi", "bn", "ur", "id", "ms", "vi", "th", "ko", "ja", "zh", "ka", "hy", "kk", "mn", "sw", "af", "mt"),
)
WIDTHS = ("wide", "abbreviated", "short")
Words = tuple[tuple[int, str], ...]
"""(weekday, 0 for Monday; word), longest words first"""


def weekdays_of(names: Sequence[str]) -> tuple[int, ...] | None:
    """The weekday of each name, 0 for Monday ... 6 for Sunday; None unless one language knows them all.

    `1 - maanantai`, `Monday2` and `Dim M` name weekdays. Neighbours must differ, which days numbered in a cycle
    (`Day 1`, `Day 2`) would not.
    """
    plain = [_plain(name) for name in names]
    for language in LANGUAGES:
        words = _words(language)
        found = [_meant(name, words) for name in plain]
        days = tuple(day for day in found if day is not None)
        if len(days) == len(names) > 1 and all(one != other for one, other in pairwise(days)):
            return days
    return None


@cache
def _words(language: str) -> Words:
    days = Locale.parse(language).days
    words = {
        (weekday, _plain(word))
        for context in ("format", "stand-alone")
        for width in WIDTHS
        for weekday, word in days[context].get(width, {}).items()
    }
    if language != "en":
        words -= set(_words("en"))  # what a language has no word for stands in English
    return tuple(sorted(((day, word) for day, word in words if len(word) > 1), key=lambda one: (-len(one[1]), one)))


def _meant(name: str, words: Words) -> int | None:
    """The weekday whose word stands in the name, or begins with what does (`tues`, `segunda`); the longest decides."""
    for weekday, word in words:
        if f" {word} " in f" {name} ":
            return weekday
    parts = [part for part in name.split() if len(part) > 1]
    begun = {weekday for weekday, word in words for part in parts if word.startswith(part)}
    return begun.pop() if len(begun) == 1 else None


def _plain(text: str) -> str:
    """Lower case, without accents and digits, words apart by one space."""
    bare = "".join(sign for sign in unicodedata.normalize("NFKD", text) if not unicodedata.combining(sign))
    return " ".join(re.findall(r"[^\W\d_]+", bare.casefold()))
