"""The ways in which a group can visit one of its members.

The rule, where the contract leaves room: a walk of a group has one host and two or three of the other members as
visitors (one, in a group of two). Whoever has prep comes; where too few have, cover staff who are free take the
classes of as few members as are needed. Those who walk are those who talk it over.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, islice

from sync.core.school.agreement import DebriefRule
from sync.planning.model.debriefs import meetings
from sync.planning.model.grid import Day, Grid, bits
from sync.planning.model.options import Meeting, Option, can_get_there

MEETINGS_A_WALK = 2
COVERS_TRIED = 3
VISITORS_AT_MOST = 3
ABSENT = 3
"""trouble of each member who stays away, on the scale of `Option.trouble`"""


@dataclass(frozen=True, slots=True)
class GroupWalk:
    """A walk to be held: a group visits `host`, for the `turn`-th time."""

    group: str
    members: tuple[int, ...]
    host: int
    turn: int = 0

    @property
    def others(self) -> tuple[int, ...]:
        return tuple(member for member in self.members if member != self.host)


def visitors_needed(members: Sequence[int]) -> int:
    return min(2, max(1, len(members) - 1))


def options_on(
    grid: Grid, number: int, walk: GroupWalk, day: Day, cover: Sequence[int], needy: frozenset[int] = frozenset()
) -> Iterator[Option]:
    """Options of this walk on one day. `needy` members have no prep when others teach: they come covered."""
    for period in bits(grid.hosting(walk.host, day)):
        free = [m for m in walk.others if _has_prep(grid, m, walk.host, day, period)]
        debriefs: dict[tuple[tuple[int, ...], tuple[int, ...]], list[Meeting | None]] = {}
        for visitors, covered in _parties(grid, walk, day, period, free, cover, needy):
            away_from = tuple(member for member, _ in covered)
            if (visitors, away_from) not in debriefs:  # whoever covers, the same people talk it over
                given = {m: day.minutes(period) for m in visitors if m not in away_from}
                debriefs[visitors, away_from] = list(_debriefs(grid, (*visitors, walk.host), day, period, given))
            away = min(len(walk.others), VISITORS_AT_MOST) - len(visitors)
            trouble = ABSENT * away + sum(0 if grid.works(m, day) else 4 for m in visitors)
            for held in debriefs[visitors, away_from]:
                extra = 0 if held is None else (1 if held.outside else 0) + held.day - day.index
                yield Option(number, day.index, period, visitors, (walk.host,), held, covered, trouble + extra)


def _has_prep(grid: Grid, member: int, host: int, day: Day, period: int) -> bool:
    return (
        bool(grid.visiting(member, day) >> period & 1)
        and day.minutes(period) <= grid.spare_in_week(member, day.week)
        and can_get_there(grid, member, host, day, period)
    )


def _parties(
    grid: Grid, walk: GroupWalk, day: Day, period: int, free: list[int], cover: Sequence[int], needy: frozenset[int]
) -> Iterator[tuple[tuple[int, ...], tuple[tuple[int, int], ...]]]:
    """Who may go, the largest party first, with who covers whom."""
    least, most = visitors_needed(walk.members), min(VISITORS_AT_MOST, grid.agreement.room_cap)
    for size in range(min(most, len(free)), least - 1, -1):
        for party in combinations(free, size):
            yield party, ()
    short = max(0, least - len(free))
    teaching = [
        m
        for m in walk.others
        if m not in free and grid.teaching(m, day) >> period & 1 and can_get_there(grid, m, walk.host, day, period)
    ]
    wanted = [m for m in teaching if m in needy] if not short else teaching
    if not wanted or most < least or not cover:
        return
    standing = [c for c in cover if c not in walk.members and grid.visiting(c, day) >> period & 1]
    for away in combinations(wanted, max(1, short)):
        party = tuple(sorted((*free[: most - len(away)], *away)))
        near = [c for c in standing if all(can_get_there(grid, c, member, day, period) for member in away)]
        for shift in range(min(COVERS_TRIED, len(near))):
            turned = near[shift:] + near[:shift]
            if len(turned) >= len(away):
                yield party, tuple(zip(away, turned, strict=False))


def _debriefs(
    grid: Grid, people: Sequence[int], day: Day, period: int, given: dict[int, int]
) -> Iterator[Meeting | None]:
    if grid.goal.debrief is DebriefRule.NONE:
        yield None
        return
    yield from islice(meetings(grid, people, day, day.ends[period], given), MEETINGS_A_WALK)
