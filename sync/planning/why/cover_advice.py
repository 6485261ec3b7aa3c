"""Which one class, if somebody took it, would bring about a visit that prep does not allow: found by trying each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cached_property

from sync.core.school.agreement import DebriefRule, Kind
from sync.core.school.bell import spoken
from sync.planning.model.debriefs import DAYS_LATER, meetings
from sync.planning.model.grid import Day, Grid, bits

OUTSIDE = ", together with a debrief before or after school (goal.debrief_outside_hours = true),"


class CoverAdvice:
    """Advice for people of one school and range; `people` are those who may visit each other."""

    def __init__(self, grid: Grid, people: Sequence[int]) -> None:
        self._grid, self._people = grid, list(people)

    def for_visitor(self, person: int) -> str:
        """The period in which a cover lets this person visit, the one in which most colleagues teach."""
        for with_talk in (True, False):
            found = Counter((day, period) for day, period, _ in self._meetings(person, with_talk, hosting=False))
            if found:
                (day, period), teach = max(found.items(), key=lambda item: (item[1], -item[0][0].index, -item[0][1]))
                colleagues = f"{teach} colleague{'' if teach == 1 else 's'} teach{'es' if teach == 1 else ''} then"
                extra = "" if with_talk else OUTSIDE
                return f"a cover in {_when(day, period)}{extra} would place them: {colleagues}."
        return "no class that somebody could cover would help either."

    def for_host(self, person: int) -> str:
        """The colleague whose cover would bring this person a visitor, and when."""
        for with_talk in (True, False):
            first = next(self._meetings(person, with_talk, hosting=True), None)
            if first:
                day, period, colleague = first
                extra = "" if with_talk else OUTSIDE
                name = self._grid.people[colleague].name
                return f"a cover for {name} in {_when(day, period)}{extra} would bring a visitor."
        return "no class that somebody could cover would help either."

    def _meetings(self, person: int, with_talk: bool, *, hosting: bool) -> Iterator[tuple[Day, int, int]]:
        """Periods that this person and a colleague both teach, in one of which one of them could be covered."""
        grid = self._grid
        for day in self._days:
            mine = grid.hosting(person, day) if hosting else grid.teaching(person, day)
            for period in bits(mine):
                for other in self._people:
                    theirs = grid.teaching(other, day) if hosting else grid.hosting(other, day)
                    if other == person or not theirs >> period & 1:
                        continue
                    if not with_talk or self._talk(person, other, day, period):
                        yield day, period, other

    def _talk(self, one: int, other: int, day: Day, period: int) -> bool:
        """Whether two who give no prep to the visit can talk it over in time; for other kinds nothing is known."""
        goal = self._grid.goal
        if goal.debrief is DebriefRule.NONE or goal.kind is not Kind.PAIR:
            return True
        return next(meetings(self._grid, (one, other), day, day.ends[period], {}), None) is not None

    @cached_property
    def _days(self) -> list[Day]:
        return self._grid.patterns(DAYS_LATER[self._grid.goal.debrief])


def _when(day: Day, period: int) -> str:
    return f"{spoken(day.names[period])} on a day of type {day.day_type}"
