"""Several schools side by side, in numbers only: no person, no room, no word that anybody wrote."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sync.services.at_a_glance import SMALLEST, glance
from sync.services.ports import Clock, Store


@dataclass(frozen=True, slots=True)
class SchoolInNumbers:
    """The year of one school so far. None where fewer than five people teach: a count of so few is a name."""

    school: str
    teachers: int
    have_visited: int | None
    have_hosted: int | None
    happened: int | None
    to_come: int | None


def district(store: Store, clock: Clock, keys: Iterable[str]) -> list[SchoolInNumbers]:
    """One line for each school, by name. Raises `NoSuchSchool`."""
    found = []
    for key in keys:
        seen = glance(store, clock, key)
        counts = (seen.have_visited, seen.have_hosted, seen.happened, seen.to_come)
        shown = counts if seen.teachers >= SMALLEST else (None,) * len(counts)
        found.append(SchoolInNumbers(seen.school, seen.teachers, *shown))
    return sorted(found, key=lambda one: one.school.casefold())
