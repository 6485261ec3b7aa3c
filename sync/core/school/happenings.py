"""What happens to a school between two imports: somebody is away, a day is lost, dates are kept free of visits.

Each is a value that is kept beside the school and applied to it; applying it again changes nothing more.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, time, timedelta

from sync.core.school.agreement import Blocked
from sync.core.school.school import Busy, School
from sync.core.school.slots import moment


@dataclass(frozen=True, slots=True)
class Absence:
    """Somebody is away from `first` to `last`, both included."""

    email: str
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class DayBecomes:
    """A date gets another day type; an empty one has no school. `was` is the day type it had."""

    day: date
    day_type: str
    was: str
    note: str = ""

    @property
    def first(self) -> date:
        return self.day

    @property
    def last(self) -> date:
        return self.day


@dataclass(frozen=True, slots=True)
class KeptFree:
    """Dates, periods or rooms have no visitors."""

    blocked: Blocked

    @property
    def first(self) -> date:
        return self.blocked.first

    @property
    def last(self) -> date:
        return self.blocked.last


Happening = Absence | DayBecomes | KeptFree


def with_happenings(school: School, happenings: Iterable[Happening]) -> School:
    """The school as these leave it. What speaks of people or dates that it does not have is passed over."""
    for one in happenings:
        match one:
            case Absence():
                busy = _busy(school, one)
                if one.email in school.staff and busy not in school.busy:
                    school = replace(school, busy=(*school.busy, busy))
            case DayBecomes():
                before = school.days.get(one.day)
                if before is not None and before.day_type != one.day_type:
                    now = replace(before, day_type=one.day_type, note=one.note or before.note)
                    school = replace(school, days={**school.days, one.day: now})
            case KeptFree():
                if one.blocked not in school.rules.blocked:
                    rules = replace(school.rules, blocked=(*school.rules.blocked, one.blocked))
                    school = replace(school, rules=rules)
    return school


def still_news(imported: School, happenings: Iterable[Happening], today: date) -> list[Happening]:
    """Of what was said here, what an import does not know: what is to come, but dates that it has other than before."""
    return [one for one in happenings if one.last >= today and not _is_known(imported, one)]


def _is_known(imported: School, one: Happening) -> bool:
    if not isinstance(one, DayBecomes):
        return False
    day = imported.days.get(one.day)
    return day is None or day.day_type != one.was


def lost_day(school: School, day: date, note: str = "") -> Iterator[DayBecomes]:
    """A date has no school after all. Day types that shift (`rules.rotation_shifts`) move on by one school day each.

    A shift ends with the term. Days of any other type, such as one for exams, stay where they are.
    """
    before = school.days.get(day)
    if before is None or not before.is_school_day:
        return
    yield DayBecomes(day, "", before.day_type, note)
    shifting = school.rules.rotation_shifts
    if before.day_type not in shifting:
        return
    carried = before.day_type
    for later in school.days_between(day + timedelta(days=1), school.term_around(day).last):
        if later.day_type in shifting:
            if later.day_type != carried:
                yield DayBecomes(later.date, carried, later.day_type)
            carried = later.day_type


def _busy(school: School, one: Absence) -> Busy:
    start, end = (moment(day, time(0), school.zone) for day in (one.first, one.last + timedelta(days=1)))
    return Busy(one.email, start, end)
