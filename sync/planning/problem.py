"""What goes into the planner and what comes out: frozen values, nothing else.

The planner counts people, days and periods by number (see `grid`), because a solver does; a `Row` is a line of
`plan.csv` as people and other programs read it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date

from sync.core.school.school import School
from sync.core.visits.doors import Doors


@dataclass(frozen=True)
class Request:
    """A term to plan: every school day from `first` to `last`, both included, whatever today is.

    `seconds` bounds the search, not the proof: it is turned into counted work, so that a busy machine gives the
    same plan as an idle one. `seed` settles ties.
    """

    school: School
    first: date
    last: date
    seconds: float = 60.0
    seed: int = 1
    already: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    """(visits, times hosted) that count to the goal and need no planning, by e-mail"""
    doors: Doors = field(default_factory=Doors)
    """classes into which hosts have asked company: these are visited first"""


@dataclass(frozen=True, slots=True)
class Row:
    """One person's part in one piece of a walk, as `plan.csv` has it. Dates ISO, times `HH:MM`, e-mails in lower case.

    `host` is whose class the piece is about (for a route: of this stop); `room` is where this person is to be;
    `covered_by` stands on the row of a visitor whose own class somebody else takes.
    """

    walk: str
    kind: str
    group: str
    date: str
    period: str
    start: str
    end: str
    piece: str
    role: str
    email: str
    host: str
    room: str
    covered_by: str = ""


COLUMNS = tuple(field.name for field in fields(Row))


@dataclass(frozen=True, slots=True)
class Unplaced:
    """Somebody for whom the term does not bring all it should, and why, in a sentence."""

    email: str
    why: str
    missing: tuple[str, ...]
    """what is missing: "visit", "host" or both"""
    visits: int = 0
    hosted: int = 0


@dataclass(frozen=True, slots=True)
class Term:
    """One goal of the plan, in the order in which goals are met.

    `bound` is the proven best: `value` can be no better in any plan (None: nothing was proven).
    """

    name: str
    value: int
    bound: int | None
    weight: int


@dataclass(frozen=True)
class Plan:
    """A term's plan, and how good it is known to be."""

    rows: tuple[Row, ...]
    placed: int
    """people who visit and are visited as often as the goal asks"""
    people: int
    """people whom the goal is about"""
    unplaced: tuple[Unplaced, ...]
    terms: tuple[Term, ...]
    notes: tuple[str, ...]
    walks: int
    covers: int
    kind: str
    seed: int
    seconds: float
    visiting: int = 0
    """people who make as many visits as the goal asks"""
    hosted: int = 0
    """people who are visited as often as the goal asks"""
    complete: bool = True
    """False if the search was stopped, by somebody or by its limit, before it had proven what it found"""

    @property
    def cost(self) -> int:
        """The goals in one number: what is short, each weighed so that no lower goal outweighs a higher one."""
        return sum(term.value * term.weight for term in self.terms if term.bound is not None)

    @property
    def bound(self) -> int:
        """No plan of this school, range and goal costs less than this."""
        return sum(term.bound * term.weight for term in self.terms if term.bound is not None)

    @property
    def gap(self) -> float:
        """How far the cost may be from the best, as a share of the cost; 0.0 = proven best."""
        return 0.0 if self.cost <= self.bound else (self.cost - self.bound) / max(1, self.cost)
