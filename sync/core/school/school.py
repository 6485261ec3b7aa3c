"""A school: its people, its days, its bells and its timetable, as one value to ask."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from zoneinfo import ZoneInfo

from sync.core.school.agreement import EmptyPeriod, Rules
from sync.core.school.bell import BellSchedule, Period, PeriodKind
from sync.core.school.days import SchoolDay, Term, year_of
from sync.core.school.focuses import Focus
from sync.core.school.lookup import Lookup
from sync.core.school.notes_rules import NotesRules
from sync.core.school.people import COORDINATOR, Person
from sync.core.school.slots import Slot, moment, overlap
from sync.core.school.timetable import Entry, Has, Timetable


class NoSuchPerson(LookupError):
    """Somebody was named who is not on the staff list."""

    def __init__(self, email: str, school: str) -> None:
        super().__init__(f"{email} is not on the staff list of {school}; check the spelling or add them to staff.csv.")
        self.email = email


@dataclass(frozen=True, slots=True)
class Busy:
    """A stretch in which a person's calendar says busy; aware datetimes."""

    email: str
    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True)
class Wish:
    """A wish is private: `wish` is "visit" (see `other` teach) or "partner" (go together with `other`)."""

    email: str
    wish: str
    other: str


@dataclass(frozen=True)
class School:
    """Everything the rules need to know of a school. Built once, asked often, never changed."""

    name: str
    zone: ZoneInfo
    domain: str
    staff: Mapping[str, Person]
    bells: Mapping[str, BellSchedule]
    days: Mapping[date, SchoolDay]
    timetable: Timetable
    terms: tuple[Term, ...] = ()
    groups: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    busy: tuple[Busy, ...] = ()
    wishes: tuple[Wish, ...] = ()
    rules: Rules = field(default_factory=Rules)
    purpose_met: Mapping[str, date] = field(default_factory=dict)
    """when a group talked about what visits are for"""
    focuses: tuple[Focus, ...] = ()
    """the school's own, with the wordings they had before; empty means the library everybody starts with"""
    cover_minutes: Mapping[str, int] = field(default_factory=dict)
    """minutes a week that somebody offers for cover; who is not named has not said"""
    notes: NotesRules = field(default_factory=NotesRules)

    # --- people ---

    def person(self, email: str) -> Person:
        """The person of this address, in any case. Raises `NoSuchPerson`."""
        found = self.staff.get(email.lower())
        if found is None:
            raise NoSuchPerson(email, self.name)
        return found

    def name_of(self, email: str) -> str:
        """A person's name; whoever has left the staff list is called by their address."""
        person = self.staff.get(email)
        return person.name if person else email

    @cached_property
    def lookup(self) -> Lookup:
        """Whom and what a word hits."""
        return Lookup(self.staff.values(), self.timetable)

    @cached_property
    def coordinators(self) -> tuple[Person, ...]:
        return tuple(person for person in self.staff.values() if person.has_role(COORDINATOR))

    # --- days and periods ---

    @cached_property
    def school_days(self) -> tuple[SchoolDay, ...]:
        """Days with school and a bell schedule, in order."""
        return tuple(day for _, day in sorted(self.days.items()) if day.is_school_day and day.day_type in self.bells)

    def days_between(self, first: date, last: date) -> Iterator[SchoolDay]:
        """School days from `first` to `last`, both included."""
        dates = self._dates
        return iter(self.school_days[bisect_left(dates, first) : bisect_right(dates, last)])

    def school_days_after(self, start: date, end: date) -> int:
        """How many school days lie after `start` up to and with `end`."""
        dates = self._dates
        return max(0, bisect_right(dates, end) - bisect_right(dates, start))

    def term_around(self, day: date) -> Term:
        """The term a date lies in; the whole school year where no term holds it."""
        return next((term for term in self.terms if day in term), Term("the school year", *year_of(day)))

    @cached_property
    def _dates(self) -> list[date]:
        return [day.date for day in self.school_days]

    def slot(self, day: date, period: str) -> Slot | None:
        """The slot of a named period on a date, or None where there is none."""
        school_day = self.days.get(day)
        bell = self.bells.get(school_day.day_type) if school_day else None
        found = bell.period(period) if bell else None
        return self._slot(day, found) if found else None

    def slots_of(self, day: SchoolDay) -> Iterator[tuple[Slot, Period]]:
        """Every period of a school day with its clock times."""
        found = self._slots_by_date.get(day.date)
        if found is None:
            found = tuple((self._slot(day.date, period), period) for period in self.bells[day.day_type])
            self._slots_by_date[day.date] = found
        return iter(found)

    @cached_property
    def _slots_by_date(self) -> dict[date, tuple[tuple[Slot, Period], ...]]:
        """Clock times asked for already: zones make them dear, and every rule asks for them again."""
        return {}

    def class_slots(self, first: date, last: date) -> Iterator[Slot]:
        """Every class period of every school day of the range, in order."""
        for day in self.days_between(first, last):
            for slot, period in self.slots_of(day):
                if period.is_class:
                    yield slot

    def slot_meant(self, start: datetime | None, end: datetime | None) -> Slot | None:
        """The class period that a stretch of time means: the one it shares most with, at least half of the stretch."""
        if start is None or end is None or end <= start:
            return None
        day = start.astimezone(self.zone).date()
        shared = [
            (min(end, slot.end) - max(start, slot.start), slot)
            for slot in self.class_slots(day, day)
            if overlap(start, end, slot.start, slot.end)
        ]
        most, slot = max(shared, key=lambda one: one[0], default=(None, None))
        return slot if most is not None and 2 * most >= end - start else None

    def _slot(self, day: date, period: Period) -> Slot:
        return Slot(day, moment(day, period.start, self.zone), moment(day, period.end, self.zone), period.name)

    # --- what people have ---

    def entry(self, email: str, day: date, period: str) -> Entry | None:
        """The timetable's own row for this person, date and period."""
        school_day = self.days.get(day)
        return self.timetable.day(email, school_day.day_type).get(period) if school_day else None

    def has(self, email: str, day: date, period: str) -> Has:
        """What a person has in a period of a school day. A period that day does not have is `off`."""
        school_day = self.days.get(day)
        return self._day_of(email, school_day.day_type).get(period, Has.OFF) if school_day else Has.OFF

    def _day_of(self, email: str, day_type: str) -> Mapping[str, Has]:
        key = (email, day_type)
        if key not in self._days_of_people:
            self._days_of_people[key] = dict(self._read_day(email, day_type))
        return self._days_of_people[key]

    @cached_property
    def _days_of_people(self) -> dict[tuple[str, str], dict[str, Has]]:
        return {}

    def _read_day(self, email: str, day_type: str) -> Iterator[tuple[str, Has]]:
        rows = self.timetable.day(email, day_type)
        periods = tuple(self.bells.get(day_type, ()))
        lessons = [i for i, period in enumerate(periods) if _is_lesson(rows.get(period.name))]
        for i, period in enumerate(periods):
            row = rows.get(period.name)
            if row is not None:
                yield period.name, row.kind
            elif period.kind is not PeriodKind.CLASS:
                yield period.name, Has(period.kind.value)
            elif self.rules.goal.prep is EmptyPeriod.GAP and not (lessons and lessons[0] < i < lessons[-1]):
                yield period.name, Has.OFF
            else:
                yield period.name, Has.PREP

    def prep_slots(self, email: str, day: date) -> list[Slot]:
        """The periods of a date in which a person has prep, in order."""
        school_day = self.days.get(day)
        if school_day is None or school_day.day_type not in self.bells:
            return []
        having = self._day_of(email, school_day.day_type)
        return [slot for slot, period in self.slots_of(school_day) if having[period.name] is Has.PREP]

    def engaged_slots(self, email: str, day: date) -> list[Slot]:
        """The periods of a date in which a person has neither prep nor passing time, in order."""
        school_day = self.days.get(day)
        if school_day is None or school_day.day_type not in self.bells:
            return []
        having = self._day_of(email, school_day.day_type)
        free = (Has.PREP, Has.PASSING)
        return [slot for slot, period in self.slots_of(school_day) if having[period.name] not in free]

    def room_of(self, email: str, day: date, period: str) -> str:
        """Where a person teaches then: the lesson's room, else their own."""
        entry = self.entry(email, day, period)
        return (entry.room if entry else "") or self.person(email).room

    def building_of(self, email: str, day: date, period: str) -> str:
        """The building in which a person teaches then; empty where nobody has said."""
        return self.building_of_room(self.room_of(email, day, period), self.person(email).building)

    def building_of_room(self, room: str, otherwise: str) -> str:
        """The building a room is known to stand in, from the people who call it theirs."""
        return self._buildings.get(room, otherwise)

    @cached_property
    def _buildings(self) -> dict[str, str]:
        return {person.room: person.building for person in self.staff.values() if person.room and person.building}

    def is_busy(self, email: str, start: datetime, end: datetime) -> bool:
        return any(overlap(busy.start, busy.end, start, end) for busy in self._busy_of.get(email, ()))

    @cached_property
    def _busy_of(self) -> dict[str, list[Busy]]:
        found: dict[str, list[Busy]] = {}
        for busy in self.busy:
            found.setdefault(busy.email, []).append(busy)
        return found


def _is_lesson(row: Entry | None) -> bool:
    return row is not None and row.kind is Has.CLASS


def by_email(people: Iterable[Person]) -> dict[str, Person]:
    return {person.email: person for person in people}
