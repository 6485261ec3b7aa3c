"""From options to the rows of `plan.csv`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from sync.core.school.agreement import Kind
from sync.core.visits.routes import ROUTES
from sync.planning.model.grid import Grid, clock
from sync.planning.model.options import Option
from sync.planning.problem import Row

MINUTES_A_ROOM = {Kind.LEARNING: 5, Kind.INQUIRY: 15}
"""at most; a route of many rooms has less for each"""


def rows(grid: Grid, options: Sequence[Option], group_of: Mapping[int, str] | None = None) -> list[Row]:
    """The rows of a plan in the order of the clock; walks are numbered in that order."""
    ordered = sorted(options, key=lambda option: (option.day, option.period, option.hosts, option.visitors))
    names = group_of or {}
    return [
        row
        for number, option in enumerate(ordered, start=1)
        for row in walk_rows(grid, f"W{number:04d}", option, names.get(option.walk, ""))
    ]


def walk_rows(grid: Grid, walk: str, option: Option, group: str) -> Iterator[Row]:
    """The rows of one walk under this name."""
    kind, day = grid.goal.kind.value, grid.days[option.day]
    period, when = day.names[option.period], day.date.isoformat()
    covers = dict(option.covered)
    stops = list(_stops(grid, option))

    def row(piece: str, role: str, person: int, host: int, span: tuple[int, int], room: str, cover: str = "") -> Row:
        email, hosting = grid.people[person].email, grid.people[host].email
        return Row(
            walk, kind, group, when, period, clock(span[0]), clock(span[1]), piece, role, email, hosting, room, cover
        )

    for host, start, end in stops:
        room = grid.school.room_of(grid.people[host].email, day.date, period)
        yield row("visit", "host", host, host, (start, end), room)
        for visitor in option.visitors:
            cover = grid.people[covers[visitor]].email if visitor in covers else ""
            yield row("visit", "visitor", visitor, host, (start, end), room, cover)
    for visitor, cover_person in option.covered:
        room = grid.school.room_of(grid.people[visitor].email, day.date, period)
        span = (day.starts[option.period], day.ends[option.period])
        yield row("visit", "cover", cover_person, option.hosts[0], span, room)
    yield from _debrief(grid, walk, option, group)


def _debrief(grid: Grid, walk: str, option: Option, group: str) -> Iterator[Row]:
    held = option.debrief
    if held is None:
        return
    host, when = grid.people[option.hosts[0]], grid.days[held.day].date.isoformat()
    start, end = clock(held.start), clock(held.end)
    for person in option.talking:
        role, email = "host" if person in option.hosts else "visitor", grid.people[person].email
        kind = grid.goal.kind.value
        yield Row(walk, kind, group, when, held.period, start, end, "debrief", role, email, host.email, host.room)


def _stops(grid: Grid, option: Option) -> Iterator[tuple[int, int, int]]:
    """Each host with the minutes of the period that are theirs; one host has the whole of it.

    On a route the way from one room to the next lies between two stops, unless a short period has no time for it.
    """
    day, kind, rooms = grid.days[option.day], grid.goal.kind, len(option.hosts)
    start, end = day.starts[option.period], day.ends[option.period]
    if rooms == 1:
        yield option.hosts[0], start, end
        return
    walking = ROUTES[kind].walking
    if end - start < rooms + (rooms - 1) * walking:
        walking = 0
    share = min((end - start - (rooms - 1) * walking) // rooms, MINUTES_A_ROOM[kind])
    for i, host in enumerate(option.hosts):
        begins = start + i * (share + walking)
        yield host, begins, begins + share
