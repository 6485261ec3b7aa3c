"""Next steps: named and owned by the teacher, looked at again by nobody but those who were there."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from zoneinfo import ZoneInfo

from sync.core.notes.wall import Artefact, Kind


class StepState(StrEnum):
    """How it is going, in the order of the Doc's dropdown; `CHOOSE` is a question nobody has answered."""

    CHOOSE = "choose"
    NOT_YET = "not-yet"
    TRYING = "trying"
    STUCK = "stuck"
    """it stuck: it has become a habit"""


@dataclass(frozen=True, slots=True)
class NextStep:
    """One row of a debrief's table of next steps; `what` is the writer's own words and stays behind the wall."""

    walk: str
    row: int
    """its place in the walk's table, from 0"""
    what: str
    owner: str = ""
    """e-mail of the person chip, else empty"""
    by: date | None = None
    state: StepState = StepState.CHOOSE
    listed: bool = False
    """whether it was put into the Doc's index; people may have taken it out there since"""

    @property
    def key(self) -> str:
        """Names the step by its words (8 hexadecimal digits): other words are another step."""
        return hashlib.sha256(self.what.encode()).hexdigest()[:8]

    @property
    def is_open(self) -> bool:
        return self.state is not StepState.STUCK

    def by_noon(self, zone: str) -> datetime:
        """The day it is to be tried by, as a moment that is that day in its zone. For steps that have one."""
        assert self.by is not None
        return datetime.combine(self.by, time(12), ZoneInfo(zone))


def open_steps(steps: Iterable[NextStep], owner: str = "") -> list[NextStep]:
    """Steps that have not stuck yet, of one owner or of all; those with the nearest date first, without a date last."""
    found = [step for step in steps if step.is_open and owner in ("", step.owner)]
    return sorted(found, key=lambda step: (step.by is None, step.by or date.min, step.walk, step.row))


def artefact_of(step: NextStep, school: str, people: Iterable[str]) -> Artefact:
    """What the wall is asked about a step; `people` are those of the walk's Doc."""
    return Artefact(Kind.NEXT_STEP, school, frozenset(people), owner=step.owner)
