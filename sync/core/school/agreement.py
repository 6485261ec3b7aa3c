"""The agreement: the numbers a school's staff and leaders have settled on, and what a term is to bring.

Numbers differ from school to school, and the practices disagree (see the rule packs in `templates/rules`), so
every one is a setting; a refusal names the one it comes from.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class Compensation(StrEnum):
    """What a teacher gets for prep lost to covering a class, once the unpaid ones of the term are used up."""

    PAYBACK = "payback"
    """the same minutes of prep again, by a due date"""
    PAID = "paid"
    SWAP = "swap"
    """the colleague who was covered for takes one of the coverer's classes in return"""


class PaybackBy(StrEnum):
    """Until when lost prep is given back."""

    DAYS = "days"
    """so many days after it was lost"""
    NEXT_TERM = "next-term"
    """by the end of the term after the one in which it was lost"""


@dataclass(frozen=True, slots=True)
class Agreement:
    """What protects the people who take part. Minutes, unless a name says otherwise."""

    max_visits_per_week: int = 1
    """visits of one visitor in one week, Monday to Sunday; 0 = no limit"""
    room_cap: int = 3
    """visitors with one host at a time"""
    notice_school_days: int = 1
    """school days between the day of booking and the day of the visit"""
    prep_floor_minutes_per_day: int = 30
    """prep that must remain after everything booked that day"""
    prep_floor_minutes_per_week: int = 0
    prep_piece_minutes: int = 30
    """of the longest piece of prep that must stay whole, as far as the day has one and a daily floor is set"""
    travel_minutes: int = 0
    """between two buildings of the school"""
    max_hosted_per_week: int = 0
    """visits to one host in one week, Monday to Sunday; 0 = no limit, here and below"""
    max_hosted_per_year: int = 0
    """visits to one host in a school year, which turns on 1 August"""
    hosted_minutes_per_year: int = 0
    """minutes for which one host has visitors in a school year"""
    directed_per_month: int = 0
    """visits a month that somebody else than those who take part has proposed to one visitor"""
    cover_in_prep: bool = True
    """whether teachers may be asked to cover in their own prep; else only cover staff are asked"""
    max_covers_per_term: int = 0
    """classes that one teacher covers in a term"""
    covers_unpaid_per_term: int = 0
    """of these, the first so many are neither paid nor paid back"""
    cover_for: Compensation = Compensation.PAYBACK
    """what the others are given for"""
    payback_by: PaybackBy = PaybackBy.DAYS
    payback_due_days: int = 30
    """days after prep was lost until it is due; also where a school has no next term"""
    unrestored_is_paid: bool = False
    """prep that was not given back by its due date is paid instead"""


class Kind(StrEnum):
    """Kinds of walk; what each brings with it is a preset in `templates/kinds.toml`."""

    PAIR = "pair"
    GROUP = "group"
    LEARNING = "learning"
    INQUIRY = "inquiry"
    OPEN_DOOR = "open-door"
    VIRTUAL = "virtual"
    VIDEO = "video"


class DebriefRule(StrEnum):
    NONE = "none"
    SAME_DAY = "same-day"
    TWO_DAYS = "two-days"


class EmptyPeriod(StrEnum):
    """What a class period without a row in the timetable is."""

    FREE = "free"
    """prep"""
    GAP = "gap"
    """prep only between one's own lessons of that day, else off"""


@dataclass(frozen=True, slots=True)
class Goal:
    """What a planned term is to bring."""

    kind: Kind = Kind.GROUP
    visits_per_teacher: int = 1
    hosted_per_teacher: int = 1
    visits_hosted_at_most: int = 3
    debrief: DebriefRule = DebriefRule.TWO_DAYS
    debrief_minutes: int = 20
    debrief_outside_hours: bool = True
    prep: EmptyPeriod = EmptyPeriod.FREE
    purpose_meeting: bool = False
    """whether a group talks about what visits are for before its first booking"""
    waves: int = 1
    """in so many waves people are invited to what was planned"""
    wave_school_days: int = 5
    """school days from one wave to the next"""


@dataclass(frozen=True, slots=True)
class Window:
    """Dates, both included, and periods (any, where none is named): say, the weeks after professional learning."""

    first: date
    last: date
    periods: tuple[str, ...] = ()
    reason: str = ""

    def holds(self, day: date, period: str) -> bool:
        return self.first <= day <= self.last and (not self.periods or period in self.periods)


@dataclass(frozen=True, slots=True)
class Blocked(Window):
    """A window in which nobody visits in these rooms (in any, where none is named)."""

    rooms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Rules:
    """A school's agreement and goal, the dates it keeps free of visits, and the pack these started from."""

    pack: str = "default"
    agreement: Agreement = field(default_factory=Agreement)
    goal: Goal = field(default_factory=Goal)
    blocked: tuple[Blocked, ...] = ()
    windows: tuple[Window, ...] = ()
    """where there are any, a planned term's visits stand in them; whoever books for themselves is not bound by them"""
    rotation_shifts: tuple[str, ...] = ()
    """day types that follow one another: a day lost to snow moves them on; none = they stay on their dates"""
