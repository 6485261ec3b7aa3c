"""Repair of a plan that life has overtaken: only what was hit moves.

A walk is hit if, with the school as it is now (absences, calendars, timetable, days), its own rows break a rule;
the check that shares nothing with the planner says so, and its sentence is the reason told. A hit walk keeps its
date if it can, with another period, cover or host; else it goes to the nearest date that suits. Walks that are not
hit, and whatever lies before `since`, stay as they are to the letter.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime

from sync.core.school.agreement import Kind
from sync.core.school.school import School
from sync.planning.check import broken_rules
from sync.planning.groups.options import GroupWalk
from sync.planning.groups.options import options_on as group_options_on
from sync.planning.model.diary import Diary
from sync.planning.model.grid import Day, Grid
from sync.planning.model.options import Meeting, Option
from sync.planning.model.people import cover_staff, participants
from sync.planning.pairs.options import options_on as pair_options_on
from sync.planning.problem import Row
from sync.planning.routes import Routes
from sync.planning.rows import walk_rows


@dataclass(frozen=True, slots=True)
class Change:
    """What became of a walk that was hit; `now` is empty where it could not be held any more."""

    walk: str
    why: str
    people: tuple[str, ...]
    """everybody to be told, once: those of before and those of now"""
    was: str
    now: str


@dataclass(frozen=True)
class Repaired:
    """The plan as it is now, and every change to it."""

    rows: tuple[Row, ...]
    changes: tuple[Change, ...]

    @property
    def lost(self) -> tuple[Change, ...]:
        return tuple(change for change in self.changes if not change.now)


def repair(school: School, rows: Sequence[Row], first: date, last: date, since: date | None = None) -> Repaired:
    """The plan `rows` of the range `first` to `last`, made valid again for `school` as it is now.

    Nothing is moved to a day before `since`, and nothing before it is touched.
    """
    since = since or first
    rows = [_in_todays_room(school, row) for row in rows]
    walks: dict[str, list[Row]] = defaultdict(list)
    lines: dict[str, list[int]] = defaultdict(list)
    for line, row in enumerate(rows, start=2):
        walks[row.walk].append(row)
        lines[row.walk].append(line)
    hit = {
        walk: broken
        for walk, mine in walks.items()
        if max(row.date for row in mine) >= since.isoformat()
        and (broken := broken_rules(school, [asdict(row) for row in mine], first, last, lines[walk]))
    }
    work = _Repair(school, Grid(school, first, last), since)
    for walk, mine in walks.items():
        if walk not in hit:
            work.keep(mine)
    changes, now = [], dict(walks)
    for walk in sorted(hit, key=lambda walk: (walks[walk][0].date, walk)):
        mine = walks[walk]
        found = work.place(mine, _groups(rows))
        now[walk] = found
        people = tuple(dict.fromkeys(row.email for row in (*mine, *found)))
        changes.append(Change(walk, hit[walk][0], people, _when(mine), _when(found)))
    return Repaired(tuple(row for mine in now.values() for row in mine), tuple(changes))


def _in_todays_room(school: School, row: Row) -> Row:
    """The row with the room that its class has now: a changed room is told, and no reason to move a visit."""
    if row.piece != "visit" or row.role == "cover" or row.host not in school.staff:
        return row
    try:
        room = school.room_of(row.host, date.fromisoformat(row.date), row.period)
    except ValueError:
        return row
    return replace(row, room=room)


def _when(rows: Sequence[Row]) -> str:
    visit = next((row for row in rows if row.piece == "visit" and row.role == "host"), None)
    talk = next((row for row in rows if row.piece == "debrief"), None)
    after = f", talked over {talk.date} {talk.start}" if talk else ""
    return f"{visit.date} {visit.period} with {visit.host}{after}" if visit else ""


def _groups(rows: Sequence[Row]) -> dict[str, tuple[str, ...]]:
    """Who has walked together so far, by the name of the group."""
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for row in rows:
        if row.role != "cover":
            found[row.group][row.email] = None
    return {name: tuple(members) for name, members in found.items()}


class _Repair:
    """What stays is booked; what was hit looks for a place beside it."""

    def __init__(self, school: School, grid: Grid, since: date) -> None:
        self.school, self.grid = school, grid
        self.days = [day for day in grid.days if day.date >= since]
        self.diary = Diary(grid)
        self.held: list[Option] = []
        self._day = {day.date.isoformat(): day for day in grid.days}

    def keep(self, rows: Sequence[Row]) -> None:
        option = self._read(rows)
        if option is not None:
            self.diary.book(option)
            self.held.append(option)

    def _read(self, rows: Sequence[Row]) -> Option | None:
        """The option that these rows are; None for a walk of the past that the school of today no longer fits."""
        number = self.grid.number
        visits = [row for row in rows if row.piece == "visit"]
        day = self._day.get(visits[0].date) if visits else None
        if day is None or visits[0].period not in day.names or any(row.email not in number for row in rows):
            return None
        talks = next((row for row in rows if row.piece == "debrief"), None)
        held_on = self._day.get(talks.date) if talks else None
        held = None
        if talks and held_on:
            outside = talks.period not in held_on.names
            held = Meeting(held_on.index, _minutes(talks.start), _minutes(talks.end), talks.period, outside)
        visitors = sorted({number[row.email] for row in visits if row.role == "visitor"})
        hosts = dict.fromkeys(number[row.email] for row in visits if row.role == "host")
        covered = sorted({(number[row.email], number[row.covered_by]) for row in visits if row.covered_by in number})
        period = day.names.index(visits[0].period)
        return Option(0, day.index, period, tuple(visitors), tuple(hosts), held, tuple(covered))

    def place(self, rows: Sequence[Row], groups: dict[str, tuple[str, ...]]) -> list[Row]:
        """The rows of this walk where it can be held now; none if it cannot."""
        group = rows[0].group
        options = self._candidates(rows, groups.get(group, ()))
        before = self._before(rows)

        def nearest(option: Option) -> tuple[bool, bool, int, int, int, int]:
            day, hosts = before
            apart = abs((self.grid.days[option.day].date - day).days)
            return apart > 0, option.hosts != hosts, apart, len(option.covered), option.trouble, option.period

        best = min(filter(self.diary.fits, options), key=nearest, default=None)
        if best is None:
            return []
        self.diary.book(best)
        self.held.append(best)
        return list(walk_rows(self.grid, rows[0].walk, best, group))

    def _before(self, rows: Sequence[Row]) -> tuple[date, tuple[int, ...]]:
        visits = [row for row in rows if row.piece == "visit"] or list(rows)
        hosts = dict.fromkeys(self.grid.number.get(row.host, -1) for row in visits)
        return date.fromisoformat(visits[0].date), tuple(hosts)

    def _candidates(self, rows: Sequence[Row], group: Sequence[str]) -> Iterator[Option]:
        kind, number = self.grid.goal.kind, self.grid.number
        visitors = sorted({number[r.email] for r in rows if r.role == "visitor" and r.email in number})
        hosts = [h for h in self._before(rows)[1] if h >= 0]
        if not visitors:
            return
        if kind is Kind.PAIR:
            others = [p for p in participants(self.grid) if p not in (*visitors, *hosts)]
            for host in (*hosts, *others):
                for day in self._near(rows) if host not in hosts else self.days:
                    yield from pair_options_on(self.grid, 0, visitors[0], host, day)
        elif kind is Kind.GROUP:
            members = tuple(number[email] for email in group if email in number)
            for host in hosts[:1]:
                walk = GroupWalk("", members, host)
                for day in self.days:
                    yield from group_options_on(self.grid, 0, walk, day, cover_staff(self.grid), frozenset(members))
        else:
            routes = Routes(self.grid, self.diary, self.held)
            for day in self.days:
                for period in range(len(day.names)):
                    option = routes.walk(tuple(visitors), day, period)
                    if option is not None:
                        yield option

    def _near(self, rows: Sequence[Row]) -> list[Day]:
        """The walk's own date first; other hosts are asked for other dates only within the same fortnight."""
        day = self._before(rows)[0]
        return [other for other in self.days if abs((other.date - day).days) <= 14]


def _minutes(clock: str) -> int:
    told = datetime.strptime(clock, "%H:%M")  # noqa: DTZ007  # a time of day, no moment
    return told.hour * 60 + told.minute
