"""Whom the goal is about: every teacher on the staff list; what it asks of them, and what they have."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sync.core.school.people import COVER, NEW, TEACHER
from sync.planning.model.grid import Grid
from sync.planning.model.options import Option


@dataclass(frozen=True)
class Asked:
    """What the goal asks of the people in it; `visit` and `host` by person, 0 where nothing can be asked."""

    visit: Mapping[int, int]
    host: Mapping[int, int]
    hosted_at_most: int
    new: frozenset[int] = frozenset()
    """people in their first years, who are better brought together with experienced colleagues"""
    open_doors: frozenset[int] = frozenset()
    """hosts who have asked for company: where somebody is visited more than once, they are"""


def participants(grid: Grid) -> list[int]:
    """People with the role teacher. Cover staff, coordinators and leaders take part if they are teachers too."""
    return [i for i, person in enumerate(grid.people) if person.has_role(TEACHER)]


def asked(grid: Grid) -> Asked:
    """What the goal still asks of each of them. A closed door is a choice, so nothing is short for want of hosting."""
    goal, people = grid.goal, participants(grid)
    had = {person: grid.already.get(person, (0, 0)) for person in people}
    hosting = {person: goal.hosted_per_teacher if grid.people[person].open_to_visits else 0 for person in people}
    return Asked(
        visit={person: max(0, goal.visits_per_teacher - had[person][0]) for person in people},
        host={person: max(0, hosting[person] - had[person][1]) for person in people},
        hosted_at_most=grid.seats,
        new=frozenset(person for person in people if grid.people[person].has_role(NEW)),
        open_doors=frozenset(grid.number[email] for email in grid.doors.hosts if email in grid.number),
    )


def cover_staff(grid: Grid) -> list[int]:
    return [i for i, person in enumerate(grid.people) if person.has_role(COVER)]


def tally(options: Iterable[Option]) -> tuple[Counter[int], Counter[int]]:
    """Visits made and times hosted, by person."""
    visits, hosted = Counter[int](), Counter[int]()
    for option in options:
        visits.update(option.visitors)
        hosted.update(option.hosts)
    return visits, hosted
