"""When: one option for every walk, one walk after another, the hardest to place first.

Fast and never wrong, only sometimes short: what it cannot place is left to `choose`. It is never cut short, so that
whoever stops a search has a plan.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from sync.planning.model.diary import Diary
from sync.planning.model.grid import Day, Grid
from sync.planning.model.options import Option

LACKING = 8
"""how much trouble it is worth that somebody comes who would go short"""
OptionsOn = Callable[[int, Day], Iterable[Option]]
"""the options of a walk (by its number) on one day, the preferred first"""


def place(
    grid: Grid,
    walks: Sequence[int],
    options_on: OptionsOn,
    diary: Diary,
    wanted: Mapping[int, int] | None = None,
) -> dict[int, Option]:
    """Books what fits into `diary` and returns it by walk: even over the weeks, then little trouble, then early.

    `wanted` is how many visits each person is to make; those who are short of it go before others.
    """
    short = wanted or {}

    def lacks(person: int) -> bool:
        return diary.visits[person] < short.get(person, 0)

    def rank(option: Option) -> tuple[int, int, int, int]:
        lacking = sum(map(lacks, option.visitors))
        return len(option.covered), option.trouble - LACKING * lacking, option.day, option.period

    placed: dict[int, Option] = {}
    scarce = {walk: _ways(grid, walk, options_on) for walk in walks}
    weeks: list[list[Day]] = [[] for _ in range(grid.weeks)]
    for day in grid.days:
        weeks[day.week].append(day)
    for walk in sorted(walks, key=lambda walk: (scarce[walk], walk)):
        by_load = sorted(range(grid.weeks), key=lambda week: (_load(diary, weeks, week), week))
        best: Option | None = None
        for week in by_load:
            for day in weeks[week]:
                for option in options_on(walk, day):
                    if (best is None or rank(option) < rank(best)) and diary.fits(option):
                        best = option
            if best is not None and not best.covered:
                break  # a cover is spared in any week before an even week counts
        if best is not None:
            diary.book(best)
            placed[walk] = best
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
