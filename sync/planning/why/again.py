"""What a change brings: the term planned again with it, and counted.

Where several people walk together, no argument about two of them tells whether a change places somebody. So it is
tried: made to the school, planned, and told only if this person then has what they lack, and more people than now do.
Groups that are given, or that are many, stay as they are, and only those that lack something are planned again.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from sync.core.school.agreement import DebriefRule
from sync.core.school.bell import spoken
from sync.core.school.people import COVER, Person
from sync.core.school.school import School
from sync.core.school.timetable import Entry, Has, Timetable
from sync.planning.model.effort import Effort
from sync.planning.model.grid import Grid
from sync.planning.model.options import Option
from sync.planning.model.people import asked, tally
from sync.planning.why.cover_advice import OUTSIDE
from sync.planning.why.loosenings import Loosening

PEOPLE_IN_ALL, TRIALS_AT_LEAST = 400, 2
"""people planned for in all trials of one plan together; and trials there are in any school"""
FORMED_AT_MOST = 60
"""people of a school whose groups are formed anew in each trial"""
VISIT = "visit"
STAND_INS = ("one.to.cover@trial.invalid", "another.to.cover@trial.invalid")
"""as many as a walk may need"""

Planned = Callable[[Grid, Effort], Sequence[Option]]


@dataclass(frozen=True)
class Trial:
    """A plan of a changed school, and who has all that is asked of them in it."""

    options: tuple[Option, ...]
    visiting: frozenset[int]
    hosted: frozenset[int]

    def have(self, part: str) -> frozenset[int]:
        return self.visiting if part == VISIT else self.hosted


class Again:
    """Trials beside one plan; each change is planned once."""

    def __init__(
        self,
        grid: Grid,
        options: Sequence[Option],
        planned: Planned,
        effort: Effort,
        groups: Mapping[str, Sequence[int]] | None = None,
    ) -> None:
        """`planned` plans a grid of the same people; `groups` are those of the plan, where people walk in groups.

        Once `effort` is stopped nothing more is tried.
        """
        self._grid, self._planned, self._effort = grid, planned, effort.quietly()
        self._now = _trial(grid, options)
        self.most_hosted = max(tally(options)[1].values(), default=0)
        people = asked(grid).visit
        short = set(people) - (self._now.visiting & self._now.hosted)
        self._groups = {name: members for name, members in (groups or {}).items() if short & set(members)}
        self._formed = not grid.school.groups and len(people) <= FORMED_AT_MOST
        self._trials: dict[Loosening | None, Trial] = {}
        self._left = max(TRIALS_AT_LEAST, PEOPLE_IN_ALL // max(1, len(people)))

    @property
    def stopped(self) -> bool:
        return self._effort.stopped

    def more(self, change: Loosening, person: int, part: str) -> int:
        """How many more people have this part with this change; 0 where this person is not among them."""
        return self._gain(change, person, part)

    @cached_property
    def staffed(self) -> list[Loosening]:
        """The school with people who cover, and that with debriefs outside hours too, where people walk in groups."""
        if not self._groups:
            return []
        school, who = _with_stand_ins(self._grid.school), "Two people who cover (the role cover in staff.csv)"
        goal = school.rules.goal
        found = [Loosening("", who, school)]
        if goal.debrief is not DebriefRule.NONE and not goal.debrief_outside_hours:
            later = replace(school, rules=replace(school.rules, goal=replace(goal, debrief_outside_hours=True)))
            found.append(Loosening("", f"{who}{OUTSIDE}", later))
        return found

    def partner(self, change: Loosening, person: int, part: str) -> int:
        """Whom this person meets with this change."""
        for option in self._trials[change].options:
            if person in (option.visitors if part == VISIT else option.hosts):
                return option.hosts[0] if part == VISIT else option.visitors[0]
        return person

    def cover(self, person: int, part: str) -> str:
        """Whose cover, and when, brings this person what they lack in the group they are in; or nothing."""
        if not self._groups or not self._gain(None, person, part):
            return ""
        for option in self._trials[None].options:
            if option.covered and person in (option.visitors if part == VISIT else option.hosts):
                day = self._grid.days[option.day]
                names = " and ".join(self._grid.people[visitor].name for visitor, _ in option.covered)
                return f"{names} in {spoken(day.names[option.period])} on a day of type {day.day_type}"
        return ""

    # --- inside ---

    def _gain(self, change: Loosening | None, person: int, part: str) -> int:
        if change not in self._trials:
            if self._left <= 0 or self._effort.stopped:
                return 0
            self._left -= 1
            self._trials[change] = self._tried(change)
        have, had = self._trials[change].have(part), self._now.have(part)
        return max(0, len(have) - len(had)) if person in have and person not in had else 0

    def _tried(self, change: Loosening | None) -> Trial:
        school = change.school if change else _with_stand_ins(self._grid.school)
        if not self._groups or (self._formed and change):
            grid = self._grid.of(school)
            return _trial(grid, self._planned(grid, self._effort))
        named = {name: tuple(self._grid.people[m].email for m in members) for name, members in self._groups.items()}
        grid = self._grid.of(replace(school, groups=named))
        tried = _trial(grid, self._planned(grid, self._effort))
        touched = {m for members in self._groups.values() for m in members}
        return Trial(
            tried.options,
            tried.visiting & touched | self._now.visiting - touched,
            tried.hosted & touched | self._now.hosted - touched,
        )


def _trial(grid: Grid, options: Sequence[Option]) -> Trial:
    visits, hosted = tally(options)
    needs = asked(grid)
    return Trial(
        tuple(options),
        frozenset(person for person, need in needs.visit.items() if visits[person] >= need),
        frozenset(person for person, need in needs.host.items() if hosted[person] >= need),
    )


def _with_stand_ins(school: School) -> School:
    """The school with people who are there to cover in every class period."""
    bells = school.bells.items()
    free = [Entry(one, day, p.name, Has.PREP) for one in STAND_INS for day, bell in bells for p in bell if p.is_class]
    staff = {**school.staff, **{one: Person(one, one, (COVER,)) for one in STAND_INS}}
    return replace(school, staff=staff, timetable=Timetable([*school.timetable, *free]))
