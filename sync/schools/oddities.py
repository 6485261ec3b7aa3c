"""What is odd in a school without being wrong: what `core.preflight` finds, and what merely deserves a look."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, time, timedelta

from sync.core.preflight.preflight import preflight
from sync.core.school.school import School
from sync.core.school.timetable import Has
from sync.schools.problems import Findings, listed, quoted


def tell_oddities(school: School, found: Findings) -> None:
    """Adds to `found` whatever a coordinator would want to look at before anybody books."""
    for gap in preflight(school):
        found.odd(gap.file, found.row_of(gap.file, gap.at), gap.field, gap.what, gap.do, people=gap.people)
    for tell in (_part_time, _names, _clock_changes, _blocked, _rotation):
        tell(school, found)


def _part_time(school: School, found: Findings) -> None:
    teaching = {entry.email for entry in school.timetable if entry.kind is Has.CLASS}
    some_off = {entry.email for entry in school.timetable if entry.kind is Has.OFF} & teaching
    if some_off:
        names = [school.staff[email].name for email in sorted(some_off)]
        what = f"{listed(names)} {'are' if len(names) > 1 else 'is'} off for part of the time"
        found.odd("timetable.csv", 0, "kind", what, "nothing to do: they are never booked then")


def _names(school: School, found: Findings) -> None:
    twice = [name for name, times in Counter(person.name for person in school.staff.values()).items() if times > 1]
    if twice:
        row = found.row_of("staff.csv", {"name": twice[0]})
        found.odd(
            "staff.csv", row, "name", f"the name {listed(twice)} is there twice", "check that these are two people"
        )


def _clock_changes(school: School, found: Findings) -> None:
    if not school.school_days:
        return
    day, last = school.school_days[0].date, school.school_days[-1].date
    while day < last:
        noon = [datetime.combine(day + timedelta(days=n), time(12), tzinfo=school.zone) for n in (0, 1)]
        if noon[0].utcoffset() != noon[1].utcoffset():
            what = f"the clocks of {school.zone.key} change on {noon[1]:%d %B %Y}"
            found.odd("days.csv", 0, "date", what, "nothing to do: bells keep their time on the wall")
        day += timedelta(days=1)


def _blocked(school: School, found: Findings) -> None:
    names = {period.name for bell in school.bells.values() for period in bell}
    rooms = {one.room for several in (school.staff.values(), school.timetable) for one in several}
    tables = (("blocked", school.rules.blocked), ("windows", school.rules.windows))
    for key, nth, one in ((key, nth, one) for key, several in tables for nth, one in enumerate(several, start=1)):
        unknown = [quoted(period) for period in one.periods if period not in names]
        strange = [quoted(room) for room in getattr(one, "rooms", ()) if room not in rooms]
        if unknown:
            what = f"table {nth} names {listed(unknown)}, which no day has"
            found.odd("rules.toml", 0, key, what, "write periods as bell_schedule.csv names them")
        elif strange:
            what = f"table {nth} names {listed(strange)}, a room in which nobody teaches"
            found.odd("rules.toml", 0, key, what, "write rooms as staff.csv and timetable.csv name them")
        elif next(school.days_between(one.first, one.last), None) is None:
            what = f"no school day lies in {one.first} to {one.last}, so table {nth} says nothing"
            found.odd("rules.toml", 0, key, what, "correct the dates, or take the table out")


def _rotation(school: School, found: Findings) -> None:
    unknown = [quoted(name) for name in school.rules.rotation_shifts if name not in school.bells]
    if unknown:
        what = f"{listed(unknown)} is no type of day here"
        found.odd("rules.toml", 0, "rotation_shifts", what, "write day types as bell_schedule.csv names them")
