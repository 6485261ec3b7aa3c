"""When: one option for every walk, one walk after another, the hardest to place first.

Fast and never wrong, only sometimes short: what it cannot place is left to `choose`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from sync.planning.diary import Diary
from sync.planning.grid import Day, Grid
from sync.planning.options import Option

OptionsOn = Callable[[int, Day], Iterable[Option]]
"""the options of a walk (by its number) on one day, the preferred first"""


def place(grid: Grid, walks: Sequence[int], options_on: OptionsOn, diary: Diary) -> dict[int, Option]:
    """Books what fits into `diary` and returns it by walk: even over the weeks, then little trouble, then early."""
    placed: dict[int, Option] = {}
    scarce = {walk: _ways(grid, walk, options_on) for walk in walks}
    weeks: list[list[Day]] = [[] for _ in range(grid.weeks)]
    for day in grid.days:
        weeks[day.week].append(day)
    for walk in sorted(walks, key=lambda walk: (scarce[walk], walk)):
        for week in sorted(range(grid.weeks), key=lambda week: (_load(diary, weeks, week), week)):
            fitting = [
                option
                for day in weeks[week]
                for option in options_on(walk, day)
                if diary.fits(option)
            ]  # fmt: skip
            if fitting:
                best = min(fitting, key=lambda option: (option.trouble, option.day, option.period))
                diary.book(best)
                placed[walk] = best
                break
    return placed


def _load(diary: Diary, weeks: Sequence[Sequence[Day]], week: int) -> float:
    """Visits of a week for each of its school days, so that a short week carries less."""
    return (diary.in_week[week] + 0.5) / max(1, len(weeks[week]))


def _ways(grid: Grid, walk: int, options_on: OptionsOn, enough: int = 12) -> int:
    """How many options a walk has, counted up to `enough`: which is all that its turn depends on."""
    count = 0
    for day in grid.days:
        count += sum(1 for _ in options_on(walk, day))
        if count >= enough:
            return enough
    return count
