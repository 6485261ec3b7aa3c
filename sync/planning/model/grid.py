"""A school and a range of dates as numbers: who is free, teaching or busy in which period of which day.

People, days and the periods of a day are counted from 0; a set of periods is a bit mask, bit `i` being the day's
`i`-th period of any kind; times are minutes since midnight on the school's own wall clock.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property
from math import gcd
from typing import NamedTuple

from sync.core.school.agreement import Kind, Window
from sync.core.school.bell import Period
from sync.core.school.people import Person
from sync.core.school.school import School
from sync.core.school.timetable import Has
from sync.core.visits.doors import Doors, class_of
from sync.planning.model.calendars import busy_minutes

UNLIMITED = 1_000_000


@dataclass(frozen=True, slots=True)
class Day:
    """One school day of the range."""

    index: int
    date: date
    day_type: str
    week: int
    names: tuple[str, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    class_periods: int
    """mask of the periods of kind class; visits stand only in these"""

    @property
    def opens(self) -> int:
        return self.starts[0] if self.starts else 0

    @property
    def closes(self) -> int:
        return max(self.ends, default=0)

    def minutes(self, period: int) -> int:
        return self.ends[period] - self.starts[period]


class _Had(NamedTuple):
    """What a person has on days of one type: masks of periods, and the minutes of prep."""

    prep: int
    teaching: int
    usable: int
    """prep in which they may visit: a class period that the daily floor lets them give"""
    minutes: int


class Grid:
    """The range of a school, indexed for planning. Built once; asked very often."""

    def __init__(
        self,
        school: School,
        first: date,
        last: date,
        already: Mapping[str, tuple[int, int]] | None = None,
        doors: Doors | None = None,
    ) -> None:
        self.school = school
        self.people: tuple[Person, ...] = tuple(school.staff.values())
        self.number = {person.email: i for i, person in enumerate(self.people)}
        self.already = {self.number[email]: had for email, had in (already or {}).items() if email in self.number}
        self.doors = doors or Doors()
        self.goal = school.rules.goal
        self.agreement = school.rules.agreement
        mondays: dict[date, int] = {}
        self.days: list[Day] = []
        for found in school.days_between(first, last):
            week = mondays.setdefault(_monday(found.date), len(mondays))
            self.days.append(
                _day(len(self.days), found.date, found.day_type, week, tuple(school.bells[found.day_type]))
            )
        self.mondays = tuple(mondays)
        self._had: dict[tuple[int, str], _Had] = {}
        self._blocks = [tuple(b for b in school.rules.blocked if b.first <= day.date <= b.last) for day in self.days]
        self._without_visits = [self._outside_windows(day) | self._kept_free(day) for day in self.days]
        self._alike: dict[int, list[int]] = {}
        self._busy = busy_minutes(school, self.number, {day.date: day.index for day in self.days})

    @property
    def weeks(self) -> int:
        return len(self.mondays)

    # --- what a person has ---

    def prep(self, person: int, day: Day) -> int:
        """Periods in which this person has prep by the timetable, whatever the calendar says."""
        return self._of(person, day).prep

    def visiting(self, person: int, day: Day) -> int:
        """Class periods that are this person's prep, nothing in the calendar, and may be given by the daily floor."""
        usable = self._of(person, day).usable & ~self._without_visits[day.index]
        if usable and (person, day.index) in self._busy:
            usable &= ~self._blocked(person, day)
        return usable

    def teaching(self, person: int, day: Day) -> int:
        """Class periods in which this person teaches and is there."""
        mask = self._of(person, day).teaching
        if mask and (person, day.index) in self._busy:
            mask &= ~self._blocked(person, day)
        return mask

    def hosting(self, person: int, day: Day) -> int:
        """As `teaching`, but nothing that is kept free of visits, and nothing at all with a closed door."""
        if not self.people[person].open_to_visits:
            return 0
        mask = self.teaching(person, day) & ~self._without_visits[day.index]
        rooms = {room for one in self._blocks[day.index] for room in one.rooms}
        if mask and rooms:
            mask &= ~self._kept_free(day, rooms, self.people[person].email)
        return mask

    def invites(self, host: int, day: Day, period: int) -> bool:
        """Whether this host's door stands open for company in this class."""
        email, name = self.people[host].email, day.names[period]
        if email not in self.doors.hosts:
            return False
        section = class_of(self.school.entry(email, day.date, name))
        return self.doors.at(email, day.date, name, section) is not None

    def works(self, person: int, day: Day) -> bool:
        """Whether the timetable has a lesson for this person on this day."""
        return self._of(person, day).teaching != 0

    def prep_minutes(self, person: int, day: Day) -> int:
        return self._of(person, day).minutes

    def spare(self, person: int, day: Day) -> int:
        """Minutes of prep that may be given away on this day before the daily floor is reached; may be negative."""
        return self.prep_minutes(person, day) - self.agreement.prep_floor_minutes_per_day

    def spare_in_week(self, person: int, week: int) -> int:
        """The same for a whole week, Monday to Sunday, its days outside the range included."""
        floor = self.agreement.prep_floor_minutes_per_week
        return self._week_minutes(person, week) - floor if floor else UNLIMITED

    def is_busy(self, person: int, day: Day, start: int, end: int) -> bool:
        stretches = self._busy.get((person, day.index))
        return stretches is not None and any(s < end and start < e for s, e in stretches)

    def busy_stretches(self, person: int, day: Day) -> list[tuple[int, int]]:
        return self._busy.get((person, day.index), [])

    @cached_property
    def calm(self) -> Grid:
        """The same with nothing in anybody's calendar."""
        return self.of(replace(self.school, busy=()))

    def of(self, school: School) -> Grid:
        """The same days and doors of this school otherwise; what people have had already is not looked at."""
        return Grid(school, self.days[0].date, self.days[-1].date, doors=self.doors)

    @cached_property
    def ever_busy(self) -> frozenset[int]:
        """People with anything in their calendar in this range: for them no two days are alike."""
        return frozenset(self._busy_days)

    def busy_days(self, person: int) -> Iterable[Day]:
        """Days on which this person has anything in their calendar."""
        return (self.days[index] for index in self._busy_days.get(person, ()))

    @cached_property
    def _busy_days(self) -> dict[int, set[int]]:
        found: dict[int, set[int]] = {}
        for person, day in self._busy:
            found.setdefault(person, set()).add(day)
        return found

    def even_share(self, walks: int, week: int) -> int:
        """How many of so many walks a week has where they are even: by its school days, so a short week has fewer."""
        return -(-walks * self._days_in_week[week] // max(1, len(self.days)))

    @cached_property
    def _days_in_week(self) -> Counter[int]:
        return Counter(day.week for day in self.days)

    # --- what a host may be asked for ---

    @cached_property
    def seats(self) -> int:
        """How often somebody is visited at most, by the goal and by the agreement's school year."""
        most = self.agreement.max_hosted_per_year or UNLIMITED
        if self.agreement.max_hosted_per_week:
            most = min(most, self.agreement.max_hosted_per_week * self.weeks)
        if self.agreement.hosted_minutes_per_year:
            shortest = min((day.minutes(i) for day in self.days for i in bits(day.class_periods)), default=1)
            rooms = 1 if self.goal.kind in (Kind.PAIR, Kind.GROUP) else UNLIMITED
            most = min(most, rooms * self.agreement.hosted_minutes_per_year // max(1, shortest))
        return min(self.goal.visits_hosted_at_most, most)

    @property
    def hosted_minutes_at_most(self) -> int:
        return self.agreement.hosted_minutes_per_year or UNLIMITED

    # --- groups of days that are alike ---

    def patterns(self, days_after: int) -> list[Day]:
        """One day for each run of day types that occurs: a day and the `days_after` school days that follow it."""
        return [self.days[index] for index in dict.fromkeys(self.alike(days_after))]

    def like(self, people: Iterable[int], day: Day, days_after: int) -> object:
        """Equal for days that are alike for these people; one that anything in their calendars touches is like none."""
        run = range(day.index, day.index + days_after + 1)
        touched = any(on in busy for one in people if (busy := self._busy_days.get(one)) for on in run)
        return (day.index, True) if touched else (self.alike(days_after)[day.index], False)

    def alike(self, days_after: int) -> list[int]:
        """For each day the first day with the same run of day types. With periods kept free it is like no other."""
        if days_after not in self._alike:
            first: dict[tuple[object, ...], int] = {}
            runs = [(day.day_type, self._blocks[day.index], self._windows_on(day)) for day in self.days]
            self._alike[days_after] = [
                first.setdefault(tuple(runs[index : index + days_after + 1]), index) for index in range(len(runs))
            ]
        return self._alike[days_after]

    # --- inside ---

    def _of(self, person: int, day: Day) -> _Had:
        key = (person, day.day_type)
        found = self._had.get(key)
        if found is None:
            found = self._had[key] = self._read(person, day)
        return found

    def _read(self, person: int, day: Day) -> _Had:
        email, prep, teaching = self.people[person].email, 0, 0
        for i, name in enumerate(day.names):
            has = self.school.has(email, day.date, name)
            if has is Has.PREP:
                prep |= 1 << i
            elif has is Has.CLASS and day.class_periods >> i & 1:
                teaching |= 1 << i
        minutes = sum(day.minutes(i) for i in bits(prep))
        spare = minutes - self.agreement.prep_floor_minutes_per_day
        usable = sum(1 << i for i in bits(prep & day.class_periods) if day.minutes(i) <= spare)
        return _Had(prep, teaching, usable, minutes)

    def _blocked(self, person: int, day: Day) -> int:
        return sum(1 << i for i in range(len(day.names)) if self.is_busy(person, day, day.starts[i], day.ends[i]))

    def _windows_on(self, day: Day) -> tuple[Window, ...]:
        return tuple(one for one in self.school.rules.windows if one.first <= day.date <= one.last)

    def _outside_windows(self, day: Day) -> int:
        if not self.school.rules.windows:
            return 0
        held = self._windows_on(day)
        return sum(1 << i for i, name in enumerate(day.names) if not any(one.holds(day.date, name) for one in held))

    def _kept_free(self, day: Day, rooms: Collection[str] = (), host: str = "") -> int:
        """Periods blocked for everybody, or (with `rooms`) for this host's room then."""
        mask = 0
        for one in self._blocks[day.index]:
            if bool(one.rooms) != bool(rooms):
                continue
            for i, name in enumerate(day.names):
                if one.holds(day.date, name) and (
                    not one.rooms or self.school.room_of(host, day.date, name) in one.rooms
                ):
                    mask |= 1 << i
        return mask

    def _week_minutes(self, person: int, week: int) -> int:
        key = (person, week)
        if key not in self._weekly:
            monday, email = self.mondays[week], self.people[person].email
            self._weekly[key] = sum(
                slot.minutes
                for found in self.school.days_between(monday, monday + timedelta(days=6))
                for slot in self.school.prep_slots(email, found.date)
            )
        return self._weekly[key]

    @cached_property
    def _weekly(self) -> dict[tuple[int, int], int]:
        return {}


def bits(mask: int) -> list[int]:
    """The positions of the ones in a mask, lowest first."""
    found = []
    while mask:
        low = mask & -mask
        found.append(low.bit_length() - 1)
        mask ^= low
    return found


def spread(days: Sequence[Day]) -> list[Day]:
    """Days in an order whose every beginning is spread over the whole range and over the days of the week."""
    step = max(1, int(len(days) * 0.618))
    while step > 1 and gcd(step, len(days)) > 1:
        step -= 1
    return [days[i * step % len(days)] for i in range(len(days))]


def clock(minutes: int) -> str:
    """Minutes since midnight as `HH:MM`."""
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def _day(index: int, when: date, day_type: str, week: int, periods: tuple[Period, ...]) -> Day:
    return Day(
        index,
        when,
        day_type,
        week,
        tuple(period.name for period in periods),
        tuple(period.start.hour * 60 + period.start.minute for period in periods),
        tuple(period.end.hour * 60 + period.end.minute for period in periods),
        sum(1 << i for i, period in enumerate(periods) if period.is_class),
    )


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
