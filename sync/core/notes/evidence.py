"""The descriptive helper: turns "great engagement" into the question "how many, doing what, in whose words?".

Offline, by lists of words and of habits of speech: nothing is sent anywhere, nothing is kept, and no text is marked.
What stands in quotation marks was said by somebody and is evidence, whatever the words. A hint is a question; it may be
wrong, and the writer decides (domain facts 60, "descriptive, non-evaluative notes").
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from sync.core.notes.evidence_shapes import shapes
from sync.core.notes.evidence_words import INNOCENT, JUDGING, QUESTIONS

LANGUAGES = tuple(JUDGING)
_SAID = re.compile(r"\"[^\"]*\"|“[^”]*”|«[^»]*»|(?<!\w)'[^']{3,}'(?!\w)")
_SENTENCE = re.compile(r"[^.!?\n;]+[.!?]*")


@dataclass(frozen=True, slots=True)
class Hint:
    """One judging expression in a text: where it stands (characters), and the question to ask instead."""

    start: int
    end: int
    words: str
    kind: str
    question: str


def hints(text: str, language: str = "en") -> list[Hint]:
    """Every judging expression of a text, in order; an unknown language gets none.

    `language` is a tag such as `es` or `es-MX`.
    """
    known = language.lower().split("-")[0].split("_")[0]
    if known not in JUDGING:
        return []
    looked_at = _blanked(text.lower(), _SAID, _innocent(known))
    found = [
        Hint(match.start(), match.end(), text[match.start() : match.end()], kind, QUESTIONS[known][kind])
        for kind, pattern in _judging(known)
        for match in pattern.finditer(looked_at)
    ]
    return _first_of_each_place(sorted(found, key=lambda hint: (hint.start, -hint.end)))


def judges(text: str, language: str = "en") -> bool:
    return bool(hints(text, language))


def questions(lines: Iterable[str], language: str = "en", at_most: int = 3) -> list[tuple[str, str]]:
    """For a card: sentences that judge, each with its question, the first few only; one hint is plenty."""
    found: list[tuple[str, str]] = []
    for line in lines:
        for sentence in sentences(line):
            of_it = hints(sentence, language)
            if of_it and len(found) < at_most:
                found.append((sentence, of_it[0].question))
    return found


def sentences(text: str) -> Iterator[str]:
    return (found.strip() for found in _SENTENCE.findall(text) if found.strip())


def pupils_named(text: str, roster: Iterable[str]) -> list[tuple[int, int]]:
    """Where a text names a pupil of the roster (full name, or a first name of three letters and more).

    The roster is the school's own, given for this one look and never kept. Only words written as names are found:
    `Rose` is, `rose` is not.
    """
    names: set[str] = set()
    for name in roster:
        parts = name.split()
        names |= {" ".join(parts), *(parts[:1] if parts and len(parts[0]) >= 3 else ())}
    found: list[tuple[int, int]] = []
    for name in sorted(filter(None, names), key=lambda one: (-len(one), one)):
        for match in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", text):
            if not any(start < match.end() and match.start() < end for start, end in found):
                found.append(match.span())
    return sorted(found)


def _blanked(text: str, *patterns: re.Pattern[str]) -> str:
    """The text with what is no judgement left blank, so that places stay the same."""
    for pattern in patterns:
        text = pattern.sub(lambda found: " " * len(found[0]), text)
    return text


def _first_of_each_place(found: list[Hint]) -> list[Hint]:
    kept: list[Hint] = []
    for hint in found:
        if not kept or hint.start >= kept[-1].end:
            kept.append(hint)
    return kept


@cache
def _judging(language: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple(
        (kind, _words("|".join(filter(None, (expressions, shapes(language, kind))))))
        for kind, expressions in JUDGING[language].items()
    )


@cache
def _innocent(language: str) -> re.Pattern[str]:
    return _words(INNOCENT[language])


def _words(expressions: str) -> re.Pattern[str]:
    any_ending = re.sub(r"(?<=[\wáéíóúñ-])\*", r"\\w*", expressions)
    return re.compile(rf"(?<!\w)(?:{any_ending})(?!\w)")
