"""Who could walk together, for many groups at a look: what is wrong with each, as a number.

Everything a person can bring to a walk is a row of bits, one for each moment of the cycle: a period of a visit, and,
where debriefs stand in prep, the start of the debrief as well. A group can visit one of its members at a moment
that two visitors and the host have in common; so a look at a thousand groups is a handful of steps.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from sync.core.school.agreement import DebriefRule
from sync.core.school.people import NEW
from sync.planning.model.debriefs import DAYS_LATER, meetings
from sync.planning.model.grid import Day, Grid, bits
from sync.planning.model.people import asked, cover_staff

IMPOSSIBLE = 1_000_000
COVER = 10_000
WISHED = 100
SAME_SEAT = 40
"""two specialists of one kind in one group, while other groups may have none"""
BOTH_NEW = 20
"""two new teachers in one group, while others may have experienced teachers only"""
ALIKE = 5
FEW = 1
ENOUGH_WAYS = 3

Bits = NDArray[np.uint64]
Groups = NDArray[np.intp]
"""one group a row, as positions in the list of people; `len(people)` stands for an empty place"""
Moment = tuple[int, int, int, int]
"""the sort of day of a visit, its period, and how many days later, and at which minute, it is talked over"""


class Company:
    """What `people` could do together over the cycle of a school. Busy calendars and weeks are left to the dates."""

    def __init__(self, grid: Grid, people: Sequence[int]) -> None:
        self._grid, self._people = grid, list(people)
        self._covered = bool(cover_staff(grid))
        goal = grid.goal
        in_prep = goal.debrief is not DebriefRule.NONE and not goal.debrief_outside_hours
        self._in_prep, self._later = in_prep, DAYS_LATER[goal.debrief] if in_prep else 0
        self._alike: dict[int, list[Day]] = defaultdict(list)
        for day, first in zip(grid.days, grid.alike(self._later), strict=True):
            self._alike[first].append(day)
        number: dict[Moment, int] = defaultdict(lambda: len(number))
        moments = [[[number[m] for m in could] for could in self._moments(person)] for person in people]
        table = np.zeros((3, len(self._people) + 1, max(1, len(number))), dtype=bool)
        for i, could in enumerate(moments):
            for part, found in enumerate(could):
                table[part, i, found] = True
        self._visits, self._hosts, self._teaches = table
        self._prep, self._host, self._class = map(_packed, table)
        wanted = asked(grid)
        self._wants_visit = np.array([wanted.visit[p] > 0 for p in people] + [False])
        self._wants_host = np.array([wanted.host[p] > 0 for p in people] + [False])
        self._able = np.asarray(self._visits.any(axis=1) | (self._teaches.any(axis=1) & self._covered))
        self._asked = self._wants_host & self._hosts.any(axis=1)
        self._together = self._pairs()

    # --- one person alone ---

    def can_host(self) -> NDArray[np.bool_]:
        """By position: whether any two colleagues at all could visit without cover."""
        others = self._visits.sum(axis=0) - self._visits
        needed = min(2, max(1, len(self._people) - 1))
        return np.asarray((self._hosts & (others >= needed)).any(axis=1))[:-1]

    def can_visit(self) -> NDArray[np.bool_]:
        """By position: whether there is a colleague to be visited without cover."""
        return np.asarray((self._visits & self._hosts.any(axis=0)).any(axis=1))[:-1]

    def ways(self) -> NDArray[np.intp]:
        """By position: in how many moments of the cycle somebody could visit."""
        return np.asarray(self._visits.sum(axis=1)[:-1])

    # --- many groups ---

    def costs(self, groups: Groups) -> NDArray[np.int64]:
        """What is wrong with each group: visits that cannot be, then cover, then wishes, mixing, and few choices."""
        look = _Look(self._prep[groups], self._host[groups], self._class[groups])
        wanted, able = self._asked[groups], self._able[groups]
        cost = np.zeros(len(groups), dtype=np.int64)
        takes = look.takes()
        unhosted = wanted & ((takes > 0) if not self._covered else (takes > 2))
        takes = np.where(wanted & ~unhosted, takes, 0)
        unseen = able & ~look.seen
        helped = unseen[:, :, None] & look.covered if self._covered else np.zeros_like(look.covered)
        by_the_way = helped & (takes == 1)[:, None, :]
        spared = np.minimum(by_the_way.any(axis=2).sum(axis=1), by_the_way.any(axis=1).sum(axis=1))
        stranded = unseen & ~helped.any(axis=2)
        cost += COVER * (takes.sum(axis=1) + (unseen & ~stranded).sum(axis=1) - spared)
        cost += IMPOSSIBLE * (unhosted.sum(axis=1) + stranded.sum(axis=1))
        cost += FEW * (wanted & (look.ways < ENOUGH_WAYS)).sum(axis=1)
        for i, j in combinations(range(groups.shape[1]), 2):
            cost += self._together[groups[:, i], groups[:, j]]
        return cost

    def missing(self, groups: Groups) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
        """Which members of each group visit nobody in it, and whom no two of it can visit, without cover."""
        look = _Look(self._prep[groups], self._host[groups], self._class[groups])
        return self._wants_visit[groups] & ~look.seen, self._wants_host[groups] & (look.ways == 0)

    # --- inside ---

    def _moments(self, person: int) -> tuple[list[Moment], list[Moment], list[Moment]]:
        """When somebody could visit, host, or be covered: on some day of each sort, whatever else is on then."""
        visiting, hosting, covered = list[Moment](), list[Moment](), list[Moment]()
        for sort, days in self._alike.items():
            for day in self._telling(person, days):
                for period in bits(self._grid.visiting(person, day)):
                    visiting += self._held(person, sort, day, period, day.minutes(period))
                for period in bits(self._grid.hosting(person, day)):
                    hosting += self._held(person, sort, day, period, 0)
                for period in bits(self._grid.teaching(person, day)):
                    covered += self._held(person, sort, day, period, 0)
        return visiting, hosting, covered

    def _telling(self, person: int, days: Sequence[Day]) -> Sequence[Day]:
        """One day with nothing in the calendar tells of all that are like it; where there is none, each for itself."""
        grid = self._grid
        for day in days:
            run = grid.days[day.index : day.index + self._later + 1]
            if person not in grid.ever_busy or not any(grid.busy_stretches(person, on) for on in run):
                return [day]
        return days

    def _held(self, person: int, sort: int, day: Day, period: int, given: int) -> Iterator[Moment]:
        if not self._in_prep:
            yield sort, period, 0, 0
            return
        for held in meetings(self._grid, (person,), day, day.ends[period], {person: given}):
            if held.start in self._grid.days[held.day].starts:
                yield sort, period, held.day - day.index, held.start

    def _pairs(self) -> NDArray[np.int64]:
        """What two people in one group weigh; an empty place weighs nothing."""
        grid, people = self._grid, [self._grid.people[p] for p in self._people]
        place = {p: i for i, p in enumerate(self._people)}
        found = np.zeros((len(people) + 1, len(people) + 1), dtype=np.int64)
        departments, grades = _common([p.departments for p in people]), _common([p.grades for p in people])
        unknown = np.array([not p.grades for p in people], dtype=bool)
        found[:-1, :-1] += ALIKE * (departments & (grades | unknown[:, None] | unknown[None, :]))
        seats = _common([(p.specialty,) if _is_seat(p.specialty) else () for p in people])
        found[:-1, :-1] += SAME_SEAT * seats
        new = np.array([p.has_role(NEW) for p in people], dtype=bool)
        found[:-1, :-1] += BOTH_NEW * (new[:, None] & new[None, :])
        for wish in grid.school.wishes:
            one, other = (place.get(grid.number.get(email, -1)) for email in (wish.email, wish.other))
            if wish.wish == "partner" and one is not None and other is not None and one != other:
                found[one, other] = found[other, one] = found[one, other] - WISHED
        return found


class _Look:
    """Many groups of one size, member by member. Bits of moments are arrays (groups, words)."""

    def __init__(self, prep: Bits, host: Bits, teaching: Bits) -> None:
        count, size = prep.shape[:2]
        self.seen = np.zeros((count, size), dtype=bool)
        """whether a member could visit somebody in company, and nobody covered"""
        self.covered = np.zeros((count, size, size), dtype=bool)
        """whether a member (first) could be covered to visit another (second) beside one who has prep"""
        self.ways = np.zeros((count, size), dtype=np.int64)
        """moments in which two could visit this member without cover"""
        self._two = np.zeros((count, size), dtype=bool)
        shared = {(i, j): prep[:, i] & prep[:, j] for i, j in combinations(range(size), 2)}
        for h in range(size):
            others = [i for i in range(size) if i != h]
            hosting, free = host[:, h], np.zeros_like(host[:, h])
            for i, j in combinations(others, 2):
                both = shared[i, j] & hosting
                there = both.any(axis=1)
                self.seen[:, i] |= there
                self.seen[:, j] |= there
                free |= both
                self._two[:, h] |= (teaching[:, i] & teaching[:, j] & hosting).any(axis=1)
            self.ways[:, h] = np.bitwise_count(free).sum(axis=1)
            for i in others:
                company = np.bitwise_or.reduce([prep[:, j] for j in others if j != i])
                self.covered[:, i, h] = (company & teaching[:, i] & hosting).any(axis=1)

    def takes(self) -> NDArray[np.int64]:
        """Covers that a visit to each member takes: none, one or two; three stands for a visit that cannot be."""
        one = self.covered.any(axis=1)
        return np.where(self.ways > 0, 0, np.where(one, 1, np.where(self._two, 2, 3)))


SEATS = (
    "multilingual",
    "english learner",
    "language learner",
    "eml",
    "ell",
    "esl",
    "eal",
    "esol",
    "disabilit",
    "swd",
    "special ed",
    "sen",
)
"""words of a specialty that is a seat each group should have: for learners of English, or students with disabilities"""


def _is_seat(specialty: str) -> bool:
    words = specialty.lower()
    return any(words == seat or (len(seat) > 4 and seat in words) or seat in words.split() for seat in SEATS)


def _common(values: Sequence[Sequence[str]]) -> NDArray[np.bool_]:
    """Which two have a value in common."""
    names = {name: i for i, name in enumerate(dict.fromkeys(name for several in values for name in several))}
    has = np.zeros((len(values), max(1, len(names))), dtype=np.int32)
    for i, several in enumerate(values):
        has[i, [names[name] for name in several]] = 1
    return np.asarray(has @ has.T > 0)


def _packed(table: NDArray[np.bool_]) -> Bits:
    """Rows of booleans as rows of 64-bit words."""
    words = -(-table.shape[1] // 64)
    wide = np.zeros((len(table), 64 * words), dtype=bool)
    wide[:, : table.shape[1]] = table
    return np.packbits(wide, axis=1).view(np.uint64)
