"""The agreement: the numbers a school's staff and leaders have settled on, and what a term is to bring.

Numbers differ from school to school, and the practices disagree (see the rule packs in `templates/rules`), so
every one is a setting; a refusal names the one it comes from.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


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


@dataclass(frozen=True, slots=True)
class Rules:
    """A school's agreement and goal, and the pack they started from."""

    pack: str = "default"
    agreement: Agreement = field(default_factory=Agreement)
    goal: Goal = field(default_factory=Goal)
