"""Thank-yous: due 24 hours of school after a visit, reminded softly, always in the visitor's own words.

The clock runs on school days, midnight to midnight in the school's zone, and stands still on all others: who visits on
Friday at ten has until Monday at ten. Reminders come when people are at school, never at night, on a weekend or on a
holiday (domain facts 79 and section 5 item 12: after 4 and after 20 hours).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum

from sync.core.school.days import SchoolDay
from sync.core.school.school import School
from sync.core.visits.walk import DONE, Walk

HOURS = 24
REMIND_AFTER = (4, 20)
"""hours on the same clock"""


class ThanksState(StrEnum):
    WAITING = "waiting"
    SENT = "sent"
    LET_BE = "let be"
    """the visitor said in person, or does not want to be reminded"""
    CANCELLED = "cancelled"


class Borrowing(StrEnum):
    """What became of what the visitor took along."""

    NOTHING = ""
    WILL_TRY = "will try"
    TRIED = "tried"


@dataclass(frozen=True, slots=True)
class Thanks:
    """What one visitor owes one host after a walk, and how far it is. Holds no word of the thank-you itself."""

    walk: str
    visitor: str
    host: str
    ended: datetime
    state: ThanksState = ThanksState.WAITING
    reminded: int = 0
    """reminders that went out"""
    done_at: datetime | None = None
    borrowing: Borrowing = Borrowing.NOTHING
    names_visitor: bool = False
    """the visitor agreed that "borrowed from" may be told with their name"""
    names_host: bool = False

    @property
    def trail_is_told(self) -> bool:
        """Whether "borrowed from" may be seen by others: only while both say yes."""
        return self.borrowing is not Borrowing.NOTHING and self.names_visitor and self.names_host

    def sent(self, now: datetime) -> Thanks:
        return self if self.state is ThanksState.SENT else replace(self, state=ThanksState.SENT, done_at=now)

    def let_be(self, now: datetime) -> Thanks:
        return replace(self, state=ThanksState.LET_BE, done_at=now) if self.state is ThanksState.WAITING else self


def owed(walk: Walk) -> list[Thanks]:
    """One thank-you for each visit of a walk that was held."""
    if walk.state not in DONE:
        return []
    return [Thanks(walk.key, visit.visitor, visit.stop.host, visit.stop.slot.end) for visit in walk.visits()]


def due(school: School, ended: datetime, hours: int = HOURS) -> datetime:
    """The moment `hours` of school days after the visit ended; aware, in UTC.

    Where the school's calendar knows no more days, what is left runs on plain weekdays.
    """
    left = timedelta(hours=hours)
    day, start = ended.astimezone(school.zone).date(), ended
    while True:
        midnight = _midnight(school, day + timedelta(days=1))
        if _counts(school, day):
            if start + left <= midnight:
                return (start + left).astimezone(UTC)
            left -= midnight.astimezone(UTC) - start.astimezone(UTC)
        day, start = day + timedelta(days=1), midnight


def reminders(school: School, ended: datetime, hours: tuple[int, ...] = REMIND_AFTER) -> tuple[datetime, ...]:
    """When reminders go out: each at its hour, or when people are next at school; two at one moment are one."""
    found = {_at_school(school, due(school, ended, after)) for after in hours}
    return tuple(sorted(found))


def reminder_now(school: School, thanks: Thanks, now: datetime) -> Thanks | None:
    """The thank-you with one more reminder counted, when one is to go out at this moment, else None.

    After a pause of the service one reminder goes out, not all that were missed.
    """
    if thanks.state is not ThanksState.WAITING or not is_at_school(school, now):
        return None
    passed = sum(moment <= now for moment in reminders(school, thanks.ended))
    return replace(thanks, reminded=passed) if passed > thanks.reminded else None


def is_at_school(school: School, now: datetime) -> bool:
    """Between the first and the last bell of a school day."""
    hours = _bells(school, now.astimezone(school.zone).date())
    return hours is not None and hours[0] <= now <= hours[1]


def _at_school(school: School, moment: datetime) -> datetime:
    day = moment.astimezone(school.zone).date()
    hours = _bells(school, day)
    if hours is not None and moment <= hours[1]:
        return max(moment, hours[0]).astimezone(UTC)
    later = next(iter(school.days_between(day + timedelta(days=1), date.max)), None)
    following = _bells(school, later.date) if later else None
    return following[0].astimezone(UTC) if following else moment


def _bells(school: School, day: date) -> tuple[datetime, datetime] | None:
    found = _school_day(school, day)
    if found is None:
        return None
    slots = [slot for slot, _ in school.slots_of(found)]
    return (slots[0].start, slots[-1].end) if slots else None


def _school_day(school: School, day: date) -> SchoolDay | None:
    return next(school.days_between(day, day), None)


def _counts(school: School, day: date) -> bool:
    if school.school_days and day <= school.school_days[-1].date:
        return _school_day(school, day) is not None
    return day.weekday() < 5


def _midnight(school: School, day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=school.zone)
