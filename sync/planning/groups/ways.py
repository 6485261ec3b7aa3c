"""The options of a term's group walks, and what follows from them one walk, one person or one group at a time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from sync.planning.groups.options import GroupWalk, options_on, visitors_needed
from sync.planning.groups.parties import Party, party
from sync.planning.model.debriefs import DAYS_LATER
from sync.planning.model.diary import Diary
from sync.planning.model.grid import Day, Grid, spread
from sync.planning.model.options import Meeting, Option, uses
from sync.planning.model.people import Asked, cover_staff


@dataclass(frozen=True, slots=True)
class Least:
    """What is missing, for how many people, and how many covers it takes, in any plan."""

    missing: int
    left_out: int
    covers: int


class GroupWays:
    """Everything that `walks` could be. Days that are alike for all who matter are looked at once."""

    def __init__(self, grid: Grid, walks: Sequence[GroupWalk]) -> None:
        self.grid, self.walks = grid, walks
        self.cover = cover_staff(grid)
        self._later = DAYS_LATER[grid.goal.debrief]
        self._alike = grid.alike(self._later)
        self._like: dict[int, list[Day]] = {}
        for day, first in zip(grid.days, self._alike, strict=True):
            self._like.setdefault(first, []).append(day)
        self._touched: dict[tuple[int, ...], frozenset[int]] = {}
        self._known: dict[tuple[int, int], tuple[int, dict[Party, list[Option]]] | None] = {}
        self._needy = frozenset[int]()
        if self.cover:
            able = {person for number in range(len(walks)) for person in self._visitors(number)}
            self._needy = frozenset(p for walk in walks for p in walk.others if p not in able)

    def on(self, number: int, day: Day, only: Party | None = None) -> Iterator[Option]:
        """The options of a walk on one day, those of one party if asked for."""
        usual = self._usual(number, day)
        if usual is None:
            yield from (o for o in self._fresh(number, day) if only is None or party(o) == only)
            return
        first, by_party = usual
        options = by_party.get(only, []) if only else [o for several in by_party.values() for o in several]
        shifted = (_shifted(option, day.index - first) for option in options)
        if not self._disturbed(number, day):
            yield from shifted
            return
        kept = [option for option in shifted if not self._clashes(option)]
        yield from kept if kept or only else self._fresh(number, day)

    def by_group(self) -> dict[str, list[int]]:
        """The numbers of each group's walks."""
        found: dict[str, list[int]] = {}
        for number, walk in enumerate(self.walks):
            found.setdefault(walk.group, []).append(number)
        return found

    def parties(self, number: int) -> list[Party]:
        """Who could come. What stands in a calendar only takes parties away, so quiet days tell of the others."""
        found: dict[Party, None] = {}
        for day in self._telling(number):
            usual = self._usual(number, day)
            found |= dict.fromkeys(usual[1] if usual else map(party, self._fresh(number, day)))
        return list(found)

    def some(self, number: int, most: int, diary: Diary) -> list[Option]:
        """About `most` options of a walk that fit, from days spread over the range: one for each party and period."""
        found: list[Option] = []
        for day in spread(self.grid.days):
            met: set[tuple[object, ...]] = set()
            for option in self.on(number, day):
                party = (option.period, option.visitors, tuple(visitor for visitor, _ in option.covered))
                if party not in met and diary.fits(option):
                    met.add(party)
                    found.append(option)
            if len(found) >= most:
                break
        return found

    def least(self, wanted: Asked, members: Sequence[int]) -> Least:
        """What one group's plan comes to at best: each walk and each person asked alone, and the weeks' cap.

        A walk takes the covers of its cheapest way, and whoever never has prep at the right time takes one for each
        visit; a cover may do for both.
        """
        visiting, hosting, covers = Counter[int](), Counter[int](), 0
        for number, walk in enumerate(self.walks):
            if walk.host not in members or walk.members != tuple(members):
                continue
            fewest, people = self._cheapest(number)
            if fewest is not None:
                hosting[walk.host] += 1
                visiting.update(people)
                covers += fewest if walk.turn < wanted.host[walk.host] else 0
        short = {p: max(0, wanted.visit[p] - visiting[p]) + max(0, wanted.host[p] - hosting[p]) for p in members}
        needy = sum(min(wanted.visit[p], visiting[p]) for p in members if p in self._needy)
        missing = max(sum(short.values()), self._crowded(wanted, members))
        return Least(missing, sum(map(bool, short.values())), max(covers, needy))

    # --- inside ---

    def _usual(self, number: int, day: Day) -> tuple[int, dict[Party, list[Option]]] | None:
        """A quiet day like this one, and its options by party; None where there is none, or weeks differ."""
        key = (number, self._alike[day.index])
        if key not in self._known:
            self._known[key] = None
            if not self.grid.agreement.prep_floor_minutes_per_week:
                days = self._like[key[1]]
                quiet = next((d for d in days if not self._disturbed(number, d)), None)
                self._known[key] = (
                    (quiet.index, _by_party(self._fresh(number, quiet))) if quiet else self._calm(number, days)
                )
        return self._known[key]

    def _calm(self, number: int, days: Sequence[Day]) -> tuple[int, dict[Party, list[Option]]] | None:
        """The first of these days as if nothing stood in a calendar, with the parties that can visit on one of them.

        Where many have many appointments no day is quiet, and looking at each by itself takes fifty times as long.
        Debriefs are not held against a party: more of them may be found on a day than are listed here.
        """
        first = days[0].index
        options = options_on(self.grid.calm, number, self.walks[number], days[0], self.cover, self._needy)
        possible = {
            one: several
            for one, several in _by_party(options).items()
            if any(not self._clashes(_undebriefed(option, day.index - first)) for day in days for option in several)
        }
        return (first, possible) if possible else None

    def _telling(self, number: int) -> Iterator[Day]:
        """Days that together tell all that a walk could be."""
        for days in self._like.values():
            yield from days[:1] if self._usual(number, days[0]) else days

    def _clashes(self, option: Option) -> bool:
        return any(
            self.grid.is_busy(use.person, self.grid.days[use.day], use.start, use.end)
            for use in uses(self.grid, option)
        )

    def _fresh(self, number: int, day: Day) -> Iterator[Option]:
        return options_on(self.grid, number, self.walks[number], day, self.cover, self._needy)

    def _disturbed(self, number: int, day: Day) -> bool:
        """Whether anything stands in the calendar of somebody who matters, on the days that matter."""
        members = self.walks[number].members
        if members not in self._touched:
            self._touched[members] = frozenset(
                day.index - later
                for person in (*members, *self.cover)
                for day in self.grid.busy_days(person)
                for later in range(self._later + 1)
            )
        return day.index in self._touched[members]

    def _visitors(self, number: int) -> set[int]:
        days = spread(self.grid.days)[: 4 * len(self.grid.patterns(0))]
        found = (o for day in days for o in options_on(self.grid, number, self.walks[number], day, ()))
        return {visitor for option in found for visitor in option.visitors}

    def _cheapest(self, number: int) -> tuple[int | None, set[int]]:
        """The fewest covers of a walk (None: it cannot be held), and everybody who could come."""
        parties = self.parties(number)
        fewest = min((len(one.covered) for one in parties), default=None)
        return fewest, {visitor for one in parties for visitor in one.visitors}

    def _crowded(self, wanted: Asked, members: Sequence[int]) -> int:
        """Hosting that the weekly cap alone leaves no visitors for: each walk takes some of the group's visits."""
        cap = self.grid.agreement.max_visits_per_week
        if not cap:
            return 0
        walks = len(members) * cap * self.grid.weeks // visitors_needed(members)
        return max(0, sum(wanted.host[m] for m in members) - walks)


def _by_party(options: Iterable[Option]) -> dict[Party, list[Option]]:
    found: dict[Party, list[Option]] = {}
    for option in options:
        found.setdefault(party(option), []).append(option)
    return found


def _shifted(option: Option, days: int) -> Option:
    """The same so many school days later. Written out, since this is asked most of all."""
    if not days:
        return option
    on, held = option.day + days, option.debrief
    later = held and Meeting(held.day + days, held.start, held.end, held.period, held.outside)
    return Option(option.walk, on, option.period, option.visitors, option.hosts, later, option.covered, option.trouble)


def _undebriefed(option: Option, days: int) -> Option:
    return replace(_shifted(option, days), debrief=None)


def in_all(parts: Mapping[str, Least]) -> Least:
    """The same of several groups together."""
    several = parts.values()
    return Least(sum(p.missing for p in several), sum(p.left_out for p in several), sum(p.covers for p in several))
