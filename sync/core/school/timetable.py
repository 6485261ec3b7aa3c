"""What each person has, period by period, on each type of day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum


class Has(StrEnum):
    """What a person has in a period; the last two only where a bell schedule's own kind speaks."""

    CLASS = "class"
    PREP = "prep"
    DUTY = "duty"
    LUNCH = "lunch"
    TRAVEL = "travel"
    OFF = "off"
    PASSING = "passing"
    HOMEROOM = "homeroom"


ROW_KINDS = (Has.CLASS, Has.PREP, Has.DUTY, Has.LUNCH, Has.TRAVEL, Has.OFF)
"""The kinds a row of a timetable may say."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of the timetable."""

    email: str
    day_type: str
    period: str
    kind: Has
    section: str = ""
    course: str = ""
    grade: str = ""
    room: str = ""


class Timetable:
    """Entries by person, day type and period; one at most for each of these."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._entries: dict[tuple[str, str], dict[str, Entry]] = defaultdict(dict)
        self._teaching: dict[tuple[str, str], list[Entry]] = defaultdict(list)
        for entry in entries:
            self._entries[entry.email, entry.day_type][entry.period] = entry
            if entry.kind is Has.CLASS:
                self._teaching[entry.day_type, entry.period].append(entry)

    def __iter__(self) -> Iterator[Entry]:
        for day in self._entries.values():
            yield from day.values()

    def __len__(self) -> int:
        return sum(len(day) for day in self._entries.values())

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Timetable) and dict(self._entries) == dict(other._entries)

    __hash__ = None  # type: ignore[assignment]  # compared by content, so not a key

    def day(self, email: str, day_type: str) -> Mapping[str, Entry]:
        """The rows of one person on one type of day, by period."""
        return self._entries.get((email, day_type), {})

    def teaching(self, day_type: str, period: str) -> list[Entry]:
        """Every lesson held in this period: the rooms one could visit."""
        return self._teaching.get((day_type, period), [])
