"""What has been booked so far while a plan grows, and whether one more option fits."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

from sync.planning.model.grid import Grid
from sync.planning.model.options import Option, Use, minutes_a_host, uses


class Diary:
    """Everybody's day as the plan fills it. `book` and `unbook` are exact opposites."""

    def __init__(self, grid: Grid) -> None:
        self._grid = grid
        self._held: dict[tuple[int, int], list[Use]] = defaultdict(list)
        self._taken: Counter[tuple[int, int]] = Counter()
        self._taken_in_week: Counter[tuple[int, int]] = Counter()
        self._visits_in_week: Counter[tuple[int, int]] = Counter()
        self._hosted_in_week: Counter[tuple[int, int]] = Counter()
        self._hosted_minutes: Counter[int] = Counter()
        self.in_week: Counter[int] = Counter()
        self.visits: Counter[int] = Counter()
        self.hosted: Counter[int] = Counter()

    def fits(self, option: Option) -> bool:
        """Whether this option can be booked as things stand: one walk in a class at a time, and all the caps."""
        grid, week = self._grid, self._grid.days[option.day].week
        cap = grid.agreement.max_visits_per_week
        if cap and any(self._visits_in_week[visitor, week] >= cap for visitor in option.visitors):
            return False
        if len(option.visitors) > grid.agreement.room_cap:
            return False
        if not self._hosts_fit(option, week):
            return False
        return self._people_fit(list(uses(grid, option)))

    def _hosts_fit(self, option: Option, week: int) -> bool:
        grid, weekly = self._grid, self._grid.agreement.max_hosted_per_week
        minutes = minutes_a_host(grid, option)
        return all(
            self.hosted[host] < grid.seats
            and (not weekly or self._hosted_in_week[host, week] < weekly)
            and self._hosted_minutes[host] + minutes <= grid.hosted_minutes_at_most
            for host in option.hosts
        )

    def _people_fit(self, wanted: list[Use]) -> bool:
        for use in wanted:
            if any(held.start < use.end and use.start < held.end for held in self._held.get((use.person, use.day), ())):
                return False
        daily: Counter[tuple[int, int]] = Counter()
        weekly: Counter[tuple[int, int]] = Counter()
        for use in wanted:
            if use.prep:
                daily[use.person, use.day] += use.prep
                weekly[use.person, self._grid.days[use.day].week] += use.prep
        return all(
            self._taken[person, day] + minutes <= self._grid.spare(person, self._grid.days[day])
            for (person, day), minutes in daily.items()
        ) and all(
            self._taken_in_week[person, week] + minutes <= self._grid.spare_in_week(person, week)
            for (person, week), minutes in weekly.items()
        )

    def held_on(self, person: int, day: int) -> Sequence[Use]:
        """Everything that a person has promised on a day so far."""
        return self._held.get((person, day), ())

    def taken_on(self, person: int, day: int) -> int:
        """Minutes of prep given on a day so far."""
        return self._taken[person, day]

    def taken_in(self, person: int, week: int) -> int:
        return self._taken_in_week[person, week]

    def visits_in(self, visitor: int, week: int) -> int:
        return self._visits_in_week[visitor, week]

    def hosted_in(self, host: int, week: int) -> int:
        return self._hosted_in_week[host, week]

    def hosted_minutes(self, host: int) -> int:
        return self._hosted_minutes[host]

    def book(self, option: Option) -> None:
        self._add(option, 1)
        for use in uses(self._grid, option):
            self._held[use.person, use.day].append(use)

    def unbook(self, option: Option) -> None:
        self._add(option, -1)
        for use in uses(self._grid, option):
            self._held[use.person, use.day].remove(use)

    def _add(self, option: Option, sign: int) -> None:
        week = self._grid.days[option.day].week
        self.in_week[week] += sign
        for visitor in option.visitors:
            self._visits_in_week[visitor, week] += sign
            self.visits[visitor] += sign
        for host in option.hosts:
            self.hosted[host] += sign
            self._hosted_in_week[host, week] += sign
            self._hosted_minutes[host] += sign * minutes_a_host(self._grid, option)
        for use in uses(self._grid, option):
            self._taken[use.person, use.day] += sign * use.prep
            self._taken_in_week[use.person, self._grid.days[use.day].week] += sign * use.prep
