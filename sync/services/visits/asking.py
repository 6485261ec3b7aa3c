"""What the rules need to be told: put together from the store, for the people and dates of one question."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta

from sync.core.school.days import year_of
from sync.core.school.school import School
from sync.core.school.slots import Slot
from sync.core.school.timetable import Entry
from sync.core.visits.ask import Known
from sync.core.visits.caps import counts_by_year
from sync.core.visits.commitments import Commitments
from sync.core.visits.cover import Cover
from sync.core.visits.doors import Doors, OpenDoor
from sync.core.visits.openings import SHORTEST_VISIT
from sync.core.visits.walk import Stop
from sync.services.ports import Work


def known_about(
    work: Work, school_key: str, people: Iterable[str], first: date, last: date, now: datetime, *,
    without: str = "", school: School | None = None,
) -> Known:  # fmt: skip
    """The school and what these people have promised from `first` to `last`, as if the walk `without` were not.

    `school` is the one to be asked about where it is not quite the one that is kept.

    Whole weeks are read, since some rules count by the week; whole school years where the agreement counts by the
    year. Raises `NoSuchSchool`.
    """
    school, people = school or work.schools.get(school_key).school, tuple(people)
    doors = work.doors.of(school_key, people)
    commitments = promised_by(work, school_key, school, people, first, last, doors, without=without)
    kept: dict[tuple[str, date, str], frozenset[str]] = {}
    for one in work.waiting.kept(school_key, now):
        which = (one.host, one.date, one.period)
        kept[which] = kept.get(which, frozenset()) | {one.email}
    return Known(school, now, commitments, Doors(doors), kept)


def promised_by(
    work: Work, school_key: str, school: School, people: Sequence[str], first: date, last: date,
    doors: Iterable[OpenDoor], *, without: str = "",
) -> Commitments:  # fmt: skip
    """What these people have promised, as far around the dates as any rule counts; `doors` are those of the school."""
    since, until = first - timedelta(days=first.weekday()), last + timedelta(days=6 - last.weekday())
    bounded = any(door.visits_a_year and door.host in people for door in doors)
    if bounded or counts_by_year(school.rules.agreement):
        since, until = min(since, year_of(first)[0]), max(until, year_of(last)[1])
    commitments = work.walks.commitments(school_key, since, until, people)
    return commitments.without(without) if without else commitments


def stop_in(school: School, host: str, day: date, period: str, minutes: int | None = None) -> Stop | None:
    """The stop with this host in a period of a day, with what the timetable says of the lesson; None without a slot.

    With `minutes` it is the beginning of the period; None as well where the period has not as many.
    """
    slot = school.slot(day, period)
    if slot is None or (minutes is not None and not SHORTEST_VISIT <= minutes <= slot.minutes):
        return None
    slot = slot if minutes is None else slot.beginning(minutes)
    entry = school.entry(host, day, period) or Entry(host, "", period, school.has(host, day, period))
    return Stop(host, slot, school.room_of(host, day, period), entry.section, entry.course, entry.grade)


def cover_for(school: School, away: str, slot: Slot, initiated_by: str) -> Cover:
    """The cover that a visitor's own class needs: of the whole period, wherever in it the visit lies."""
    whole = school.slot(slot.date, slot.period) or slot
    entry = school.entry(away, slot.date, slot.period)
    room, course = school.room_of(away, slot.date, slot.period), entry.course if entry else ""
    return Cover(away, whole, initiated_by=initiated_by, room=room, course=course)
