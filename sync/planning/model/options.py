"""One way to hold one walk: when, who visits whom, who covers, and when it is talked over."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sync.planning.model.grid import Day, Grid, bits


@dataclass(frozen=True, slots=True)
class Meeting:
    """A debrief: minutes of a day of the range. `period` is the prep it lies in, or before or after school."""

    day: int
    start: int
    end: int
    period: str
    outside: bool


@dataclass(frozen=True, slots=True)
class Option:
    """A walk as it could be. `covered` pairs a visitor whose class is taken with the person who takes it.

    On a route the hosts stand in the order of the way, and the period is shared out between them evenly.
    `trouble` ranks options that are equally good otherwise: less is gentler.
    """

    walk: int
    day: int
    period: int
    visitors: tuple[int, ...]
    hosts: tuple[int, ...]
    debrief: Meeting | None = None
    covered: tuple[tuple[int, int], ...] = ()
    trouble: int = 0

    @property
    def talking(self) -> tuple[int, ...]:
        """Who comes to the debrief: all, or on a route the visitors, since its hosts have classes of their own."""
        return self.people if len(self.hosts) == 1 else self.visitors

    @property
    def people(self) -> tuple[int, ...]:
        return self.visitors + self.hosts


@dataclass(frozen=True, slots=True)
class Use:
    """A stretch of one person's day that an option takes, and how much of their prep goes with it."""

    person: int
    day: int
    start: int
    end: int
    prep: int


def uses(grid: Grid, option: Option) -> Iterator[Use]:
    """Everything an option takes from anybody. A host keeps teaching, and so can neither be covered nor host twice."""
    day = grid.days[option.day]
    start, end = day.starts[option.period], day.ends[option.period]
    covers = dict(option.covered)
    for visitor in option.visitors:
        yield Use(visitor, option.day, start, end, 0 if visitor in covers else end - start)
    for host in option.hosts:
        yield Use(host, option.day, start, end, 0)
    for cover in covers.values():
        yield Use(cover, option.day, start, end, end - start)
    if option.debrief is not None:
        held = option.debrief
        on = grid.days[held.day]
        for person in option.talking:
            taken = 0 if held.outside else prep_within(grid, person, on, held.start, held.end)
            yield Use(person, held.day, held.start, held.end, taken)


def minutes_a_host(grid: Grid, option: Option) -> int:
    """For how long each host has visitors: the period, shared out on a route."""
    return grid.days[option.day].minutes(option.period) // len(option.hosts)


def prep_within(grid: Grid, person: int, day: Day, start: int, end: int) -> int:
    """Minutes of this person's prep between two times of a day."""
    return sum(max(0, min(end, day.ends[i]) - max(start, day.starts[i])) for i in bits(grid.prep(person, day)))


def can_get_there(grid: Grid, visitor: int, host: int, day: Day, period: int) -> bool:
    """Whether the way from the visitor's classes and duties on either side fits between the bells."""
    needed = grid.agreement.travel_minutes
    if not needed:
        return True
    school, email = grid.school, grid.people[visitor].email
    there = school.building_of(grid.people[host].email, day.date, day.names[period])
    for i, name in enumerate(day.names):
        if i == period or school.has(email, day.date, name).value not in ("class", "duty"):
            continue
        here = school.building_of(email, day.date, name)
        gap = day.starts[period] - day.ends[i] if i < period else day.starts[i] - day.ends[period]
        if here and there and here != there and gap < needed:
            return False
    return True
