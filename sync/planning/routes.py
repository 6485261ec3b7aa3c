"""A term of learning walks and inquiry walks: a few colleagues go through several rooms in one period.

The rules, where the contract leaves room: visitors share a prep period, no more than the kind or the
room cap allows; the rooms of a route are near each other (one building, then neighbours by the name of the
room) and share the period out evenly, a learning walk in up to five minutes and an inquiry walk in up to fifteen a
room; hosts keep teaching, so the debrief is the visitors' alone. Everybody is to be on one route as a visitor, and
on one as a host, as far as the goal asks.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, islice

from sync.core.school.agreement import DebriefRule, Kind
from sync.planning.model.debriefs import meetings
from sync.planning.model.diary import Diary
from sync.planning.model.effort import Effort
from sync.planning.model.grid import Day, Grid, bits
from sync.planning.model.options import Option, can_get_there
from sync.planning.model.people import Asked, asked, participants

ROOMS = {Kind.LEARNING: (2, 7), Kind.INQUIRY: (2, 5)}
USUAL_ROOMS = {Kind.LEARNING: 5, Kind.INQUIRY: 3}
TRIED = 6
"""companies that are tried for one walk"""
VISITORS = {Kind.LEARNING: (1, 4), Kind.INQUIRY: (2, 6)}


@dataclass(frozen=True)
class RoutePlan:
    """The walks, who walks together, and what no plan can better."""

    options: tuple[Option, ...]
    asked: Asked
    least_missing: int
    least_left_out: int


def plan_routes(grid: Grid, effort: Effort) -> RoutePlan:
    """Walks one after another, each for whoever is short of a visit and has the fewest chances left."""
    planner = Routes(grid)
    options = planner.plan()
    effort.tell(f"{len(options)} walks.")
    least = planner.impossible()
    return RoutePlan(tuple(options), planner.asked, sum(least.values()), sum(map(bool, least.values())))


class Routes:
    """One term on its way."""

    def __init__(self, grid: Grid, diary: Diary | None = None, held: Sequence[Option] = ()) -> None:
        self.grid, self.asked, self.diary = grid, asked(grid), diary or Diary(grid)
        self.people = participants(grid)
        kind = grid.goal.kind
        self.fewest_rooms, self.most_rooms = ROOMS[kind]
        self.usual_rooms = USUAL_ROOMS[kind]
        self.fewest = VISITORS[kind][0]
        self.most = min(VISITORS[kind][1], grid.agreement.room_cap)
        self.options: list[Option] = list(held)
        chances = {p: sum(grid.visiting(p, day).bit_count() for day in grid.days) for p in self.people}
        self.order = sorted(self.people, key=lambda p: (chances[p], p))
        self.rank = {p: i for i, p in enumerate(self.order)}
        self._weeks: list[list[Day]] = [[] for _ in range(grid.weeks)]
        for day in grid.days:
            self._weeks[day.week].append(day)

    def plan(self) -> list[Option]:
        if self.most < self.fewest:
            return []
        for _ in range(max([0, *self.asked.visit.values()])):
            for person in self.order:
                if self._short(person) and (best := self._best_for(person)):
                    self._book(best)
        self._host_the_rest()
        while self._more_walks():
            self._host_the_rest()
        return self.options

    def _more_walks(self) -> bool:
        """Books walks for those whom nobody would visit otherwise; who is passed over for others may be next."""
        before = len(self.options)
        for person in self.order:
            if self._unhosted(person) and (more := self._another_walk_to(person)):
                self._book(more)
        return len(self.options) > before

    def _short(self, person: int) -> bool:
        return self.diary.visits[person] < self.asked.visit[person]

    def _unhosted(self, person: int) -> bool:
        return self.diary.hosted[person] < self.asked.host[person]

    def _book(self, option: Option) -> None:
        self.diary.book(option)
        self.options.append(option)

    def _best_for(self, person: int) -> Option | None:
        """The walk that serves most: others who are short of a visit, then hosts who are short, the first fit week."""
        weeks = sorted(range(self.grid.weeks), key=lambda week: (self.diary.in_week[week], week))
        for week in weeks:
            found = [option for day in self._weeks[week] for option in self._options(person, day)]
            if found:
                return max(found, key=lambda o: (self._serves(o), -o.trouble, -o.day, -o.period))
        return None

    def _serves(self, option: Option) -> int:
        return 2 * sum(map(self._short, option.visitors)) + sum(map(self._unhosted, option.hosts))

    def _options(self, person: int, day: Day) -> Iterator[Option]:
        for period in bits(self.grid.visiting(person, day)):
            company, others = self._free(day, period, {person})
            for size in range(min(self.most, len(company) + 1), max(1, self.fewest) - 1, -1):
                option = self.walk(tuple(sorted((person, *company[: size - 1]))), day, period)
                if option is not None:
                    yield option
                    break
            else:
                yield from self._in_company((person,), [*company, *others], day, period)

    def _free(self, day: Day, period: int, but: Collection[int]) -> tuple[list[int], list[int]]:
        """Who has prep then: those who are short of a visit, and the others, whoever visited least first."""
        free = [p for p in self.order if p not in but and self.grid.visiting(p, day) >> period & 1]
        others = [p for p in free if not self._short(p)]
        return [p for p in free if self._short(p)], sorted(others, key=lambda p: (self.diary.visits[p], self.rank[p]))

    def _in_company(self, visitors: tuple[int, ...], others: Sequence[int], day: Day, period: int) -> Iterator[Option]:
        """Walks of these visitors and as many others as are needed, whoever has visited already included."""
        needed = max(0, self.fewest - len(visitors))
        for company in islice(combinations(others, needed), TRIED):
            option = self.walk(tuple(sorted((*visitors, *company))), day, period)
            if option is not None:
                yield option
                return

    def _another_walk_to(self, host: int) -> Option | None:
        """One more walk, of people who have visited before, for somebody whom nobody would visit otherwise."""
        for week in sorted(range(self.grid.weeks), key=lambda week: (self.diary.in_week[week], week)):
            for day in self._weeks[week]:
                for period in bits(self.grid.hosting(host, day)):
                    free = [p for several in self._free(day, period, {host}) for p in several]
                    for first in free[:TRIED]:
                        rest = [p for p in free if p != first]
                        for option in self._in_company((first,), rest, day, period):
                            if host in option.hosts:
                                return option
        return None

    def walk(self, visitors: tuple[int, ...], day: Day, period: int) -> Option | None:
        """A walk of these visitors in one period, through rooms that need visitors; None where it cannot be held."""
        if not all(self.grid.visiting(visitor, day) >> period & 1 for visitor in visitors):
            return None
        teaching = [
            host
            for host in self.people
            if host not in visitors
            and self.grid.hosting(host, day) >> period & 1
            and all(can_get_there(self.grid, visitor, host, day, period) for visitor in visitors)
        ]
        hosts = self._near(teaching, day, period)
        if len(hosts) < self.fewest_rooms:
            return None
        trouble = sum(0 if self.grid.works(v, day) else 4 for v in visitors)
        given = dict.fromkeys(visitors, day.minutes(period))
        held = (
            [None]
            if self.grid.goal.debrief is DebriefRule.NONE
            else islice(meetings(self.grid, visitors, day, day.ends[period], given), 4)
        )
        options = (Option(0, day.index, period, visitors, hosts, meeting, (), trouble) for meeting in held)
        return next(filter(self.diary.fits, options), None)

    def _near(self, teaching: Sequence[int], day: Day, period: int) -> tuple[int, ...]:
        """Rooms next to each other, with as many hosts as can be who are short of visitors."""
        elsewhere = {h for o in self.options if (o.day, o.period) == (day.index, period) for h in o.hosts}
        places = {
            h: self._place(h, day, period)
            for h in teaching
            if h not in elsewhere and self.diary.hosted[h] < self.grid.seats
        }
        along = sorted(places, key=lambda h: (places[h], h))
        unhosted = set(filter(self._unhosted, along))
        best: tuple[int, ...] = ()
        for i, first in enumerate(along):
            way = [h for h in along[i : i + 3 * self.usual_rooms] if places[h][0] == places[first][0]]
            chosen = [h for h in way if h in unhosted][: self.usual_rooms]
            chosen += [h for h in way if h not in chosen][: max(0, self.fewest_rooms - len(chosen))]
            key = (len(unhosted.intersection(chosen)), len(chosen))
            if len(chosen) >= self.fewest_rooms and key > (len(unhosted.intersection(best)), len(best)):
                best = tuple(h for h in way if h in chosen)
        return best

    def _place(self, host: int, day: Day, period: int) -> tuple[str, str]:
        school, email, name = self.grid.school, self.grid.people[host].email, day.names[period]
        return school.building_of(email, day.date, name), school.room_of(email, day.date, name)

    def _host_the_rest(self) -> None:
        """Adds rooms to walks that pass while somebody teaches who is short of visitors."""
        for person in self.people:
            for i, option in enumerate(self.options):
                if not self._unhosted(person):
                    break
                longer = self._with_room(option, person)
                if longer is not None:
                    self.diary.unbook(option)
                    if self.diary.fits(longer):
                        self.options[i] = longer
                    self.diary.book(self.options[i])

    def _with_room(self, option: Option, person: int) -> Option | None:
        grid, day = self.grid, self.grid.days[option.day]
        if len(option.hosts) >= self.most_rooms or person in option.people:
            return None
        if not grid.hosting(person, day) >> option.period & 1:
            return None
        if not all(can_get_there(grid, visitor, person, day, option.period) for visitor in option.visitors):
            return None
        hosts = sorted((*option.hosts, person), key=lambda h: (self._place(h, day, option.period), h))
        return Option(0, option.day, option.period, option.visitors, tuple(hosts), option.debrief, (), option.trouble)

    def impossible(self) -> dict[int, int]:
        """What no plan can bring, by person: visits without a prep in which enough rooms are open and enough people
        are free who can talk it over in time, and hosting without a class at such a time."""
        grid, missing = self.grid, dict.fromkeys(self.people, 0)
        can_visit: set[int] = set()
        can_host: set[int] = set()
        for day in grid.days:
            for period in bits(day.class_periods):
                rooms = {p for p in self.people if grid.hosting(p, day) >> period & 1}
                if len(rooms) < self.fewest_rooms or (rooms <= can_host and len(can_visit) == len(self.people)):
                    continue
                free = [p for p in self.people if grid.visiting(p, day) >> period & 1 and self._talks(p, day, period)]
                if len(free) >= self.fewest:
                    can_visit.update(free)
                    can_host.update(rooms)
        for person in self.people:
            missing[person] += 0 if person in can_visit else self.asked.visit[person]
            missing[person] += 0 if person in can_host else self.asked.host[person]
        return missing

    def _talks(self, person: int, day: Day, period: int) -> bool:
        """Whether somebody who visits then has any time in which to talk it over."""
        if self.grid.goal.debrief is DebriefRule.NONE:
            return True
        given = {person: day.minutes(period)}
        return next(meetings(self.grid, (person,), day, day.ends[period], given), None) is not None
