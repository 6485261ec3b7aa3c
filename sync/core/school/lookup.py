"""Whom and what a word hits: names, subjects, grades and rooms of a school, looked up by their words.

Built once per school, so that looking for somebody among three thousand costs what it costs among sixty.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache

from sync.core.school.people import Person
from sync.core.school.timetable import Entry, Has

SHORTEST_BEGINNING = 3
"""letters of a word that stand for every word that begins with them"""
_LAST = "\U0010ffff"


def folded(text: str) -> str:
    """Lower case without accents: `Zoë` is found by `zoe`."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in apart if not unicodedata.combining(letter))


@lru_cache(maxsize=50_000)
def split(text: str) -> tuple[str, ...]:
    """The words of a text, folded."""
    return tuple(re.findall(r"\w+", folded(text)))


class Lookup:
    """The words of a staff list and a timetable."""

    def __init__(self, staff: Iterable[Person], timetable: Iterable[Entry]) -> None:
        self._people: dict[str, set[str]] = defaultdict(set)
        self._teachers: dict[str, set[str]] = defaultdict(set)
        self._lessons: dict[tuple[str, ...], frozenset[str]] = {}
        for person in staff:
            for word in _words(_texts_of(person)):
                self._people[word].add(person.email)
        for entry in timetable:
            for word in self.of_lesson(entry) if entry.kind is Has.CLASS else ():
                self._teachers[word].add(entry.email)
        self._vocabulary = sorted({*self._people, *self._teachers})

    def like(self, word: str) -> frozenset[str]:
        """The words meant by one: "math" finds mathematics; "1" is grade 1 and not grade 12."""
        if len(word) < SHORTEST_BEGINNING or word.isdecimal():
            return frozenset((word,)) if word in self._people or word in self._teachers else frozenset()
        start, end = (bisect_left(self._vocabulary, edge) for edge in (word, word + _LAST))
        return frozenset(self._vocabulary[start:end])

    def people(self, words: Iterable[str]) -> frozenset[str]:
        """Whose name, room, department or specialty has one of these words; e-mails."""
        return frozenset().union(*(self._people.get(word, ()) for word in words))

    def teachers(self, words: Iterable[str]) -> frozenset[str]:
        """Who teaches a lesson that has one of these words; e-mails."""
        return frozenset().union(*(self._teachers.get(word, ()) for word in words))

    def of_lesson(self, entry: Entry) -> frozenset[str]:
        """The words of one lesson."""
        texts = (entry.course, entry.grade, entry.section, entry.room)
        if texts not in self._lessons:
            self._lessons[texts] = frozenset(_words(texts))
        return self._lessons[texts]


def _words(texts: Iterable[str]) -> Iterator[str]:
    return (word for text in texts for word in split(text))


def _texts_of(person: Person) -> tuple[str, ...]:
    address = person.email.partition("@")[0]
    return (person.name, address, person.specialty, person.room, *person.departments)
