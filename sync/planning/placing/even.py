"""Even weeks: walks move from weeks that have more than their share to weeks that have less.

Nothing else changes: the same people come, nobody more is covered, and every rule is kept. Where a walk cannot move
to a week with room, it may take the place of another that can.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from sync.planning.model.diary import Diary
from sync.planning.model.effort import Effort
from sync.planning.model.grid import Day, Grid
from sync.planning.model.options import Option
from sync.planning.placing.dates import OptionsOn


def over_even_weeks(grid: Grid, options: Sequence[Option]) -> int:
    """Walks above an even week's share."""
    weeks = Counter(grid.days[option.day].week for option in options)
    return sum(max(0, many - grid.even_share(len(options), week)) for week, many in weeks.items())


def evened(
    grid: Grid, options: Iterable[Option], options_on: OptionsOn, diary: Diary, effort: Effort
) -> tuple[Option, ...]:
    """These options, which are booked in `diary`, with as many moved as even weeks ask for, and `diary` with them."""
    work = _Evening(grid, list(options), options_on, diary)
    while not effort.stopped and work.one_walk_moves():
        pass
    return tuple(work.options)


class _Evening:
    def __init__(self, grid: Grid, options: list[Option], options_on: OptionsOn, diary: Diary) -> None:
        self.grid, self.options, self.diary = grid, options, diary
        self._options_on = options_on
        self._days: list[list[Day]] = [[] for _ in range(grid.weeks)]
        for day in grid.days:
            self._days[day.week].append(day)
        self._hopeless: set[int] = set()

    def one_walk_moves(self) -> bool:
        """Brings one walk out of a week that has too many; False where that cannot be, or is not needed."""
        full = [week for week in range(self.grid.weeks) if self._room(week) < 0 and week not in self._hopeless]
        roomy = [week for week in range(self.grid.weeks) if self._room(week) > 0]
        if not full or not roomy:
            return False
        if not (self._moves(full[0], roomy) or self._makes_way(full[0], roomy)):
            self._hopeless.add(full[0])
        return True

    def _room(self, week: int) -> int:
        return self.grid.even_share(len(self.options), week) - self.diary.in_week[week]

    def _moves(self, week: int, to: Iterable[int]) -> bool:
        """Moves the first walk of a week that fits anywhere in the others."""
        return any(self._moved(i, to) for i in self._in(week))

    def _makes_way(self, week: int, to: list[int]) -> bool:
        """Moves a walk into a week that is just full, and one from there to where there is room."""
        for middle in range(self.grid.weeks):
            if middle in to or self._room(middle) != 0:
                continue
            for i in self._in(week):
                was = self.options[i]
                if not self._moved(i, [middle]):
                    continue
                if any(self._moved(j, to) for j in self._in(middle) if j != i):
                    return True
                self._put(i, was)
        return False

    def _in(self, week: int) -> Iterator[int]:
        found = [i for i, option in enumerate(self.options) if self.grid.days[option.day].week == week]
        return iter(found)

    def _moved(self, i: int, weeks: Iterable[int]) -> bool:
        was = self.options[i]
        self.diary.unbook(was)
        for week in weeks:
            for day in self._days[week]:
                for option in self._options_on(was.walk, day):
                    if serves_as_well(option, was) and self.diary.fits(option):
                        self.diary.book(option)
                        self.options[i] = option
                        return True
        self.diary.book(was)
        return False

    def _put(self, i: int, option: Option) -> None:
        self.diary.unbook(self.options[i])
        self.diary.book(option)
        self.options[i] = option


def serves_as_well(option: Option, was: Option) -> bool:
    return (
        set(option.visitors) >= set(was.visitors)
        and option.hosts == was.hosts
        and len(option.covered) <= len(was.covered)
    )
