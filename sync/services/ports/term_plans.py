"""A term's plan on its way from a coordinator's wish to proposals, and whoever works one out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Protocol

from sync.core.school.school import School
from sync.core.visits.doors import Doors

Tell = Callable[[str], None]
"""told a sentence whenever there is something new to say about work under way"""


class Stage(StrEnum):
    """How far a plan is; work goes on by itself in those that are `UNDER_WAY`."""

    ASKED = "asked"
    SEARCHING = "searching"
    READY = "ready"
    """found, and nobody but the coordinators knows of it"""
    PROPOSING = "proposing"
    BETWEEN = "between"
    """some waves are out, and the next goes out by itself on its day"""
    PROPOSED = "proposed"
    FAILED = "failed"


UNDER_WAY = frozenset({Stage.ASKED, Stage.SEARCHING, Stage.PROPOSING})


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Who cannot be placed (a person's e-mail), or which walk was not proposed (its name), and why, in a sentence."""

    who: str
    why: str


@dataclass(frozen=True, slots=True)
class Found:
    """What the planner found: the rows of `plan.csv` by column name, and how good they are known to be."""

    rows: tuple[Mapping[str, str], ...] = ()
    people: int = 0
    placed: int = 0
    walks: int = 0
    covers: int = 0
    gap: float = 0.0
    """how far from the best it may be, as a share; 0 = proven best"""
    left_out: tuple[LeftOut, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Wave:
    """Some walks of a plan, by name, that are proposed together from a school day on; unanswered ones lapse."""

    on: date
    lapses_on: date
    walks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TermPlan:
    """A school's one plan in the making; another wish takes its place."""

    key: str
    first: date
    last: date
    asked_by: str
    asked_at: datetime
    seconds: float
    seed: int
    stage: Stage = Stage.ASKED
    says: str = ""
    """the newest about the work under way, or why it came to nothing"""
    found: Found = field(default_factory=Found)
    waves: tuple[Wave, ...] = ()
    """in which its walks are proposed, the next ones too"""
    sent: int = 0
    """waves whose people have been told"""
    proposed: tuple[str, ...] = ()
    """keys of the walks that were proposed so far"""
    refused: tuple[LeftOut, ...] = ()
    """walks that the rules did not allow when they were to be proposed"""

    @property
    def is_under_way(self) -> bool:
        return self.stage in UNDER_WAY

    @property
    def to_come(self) -> tuple[Wave, ...]:
        """The waves that nobody has been told of yet, the next one first."""
        return self.waves[self.sent :]


class TermPlans(Protocol):
    """The plan of each school."""

    def get(self, school: str) -> TermPlan | None: ...

    def keep(self, school: str, plan: TermPlan) -> None: ...

    def remove(self, school: str) -> None: ...


class Planner(Protocol):
    """Works out a term (adapter: `sync.planning.planner`)."""

    def plan(
        self,
        school: School,
        first: date,
        last: date,
        *,
        seconds: float,
        seed: int,
        already: Mapping[str, tuple[int, int]],
        doors: Doors,
        tell: Tell,
    ) -> Found:
        """The best plan found. `already`: (visits, times hosted) that people have had or are to have, by e-mail;
        `doors`: those that stand open, and are visited first."""
        ...
