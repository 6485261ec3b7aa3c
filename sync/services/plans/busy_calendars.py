"""What people's own calendars add to a plan of a term: whoever has something in theirs is busy, as by `busy.csv`.

A teacher's calendar holds their lessons too, and a host is visited in just these: what the timetable knows of is cut
out. Whoever's calendar could not be seen is planned by the timetable alone, and counted.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, time, timedelta

from sync.core.school.people import COVER, TEACHER
from sync.core.school.school import Busy, School
from sync.core.school.slots import moment
from sync.core.visits.prep import PASSING_AT_MOST, Stretch, subtract
from sync.services.ports import Fault, Rooms, Workspace

AROUND = timedelta(hours=2)
"""before the first bell and after the last: a debrief may stand there, and what is further off is nobody's matter"""


@dataclass(frozen=True, slots=True)
class Seen:
    """A school in which people are busy by their own calendars, and how many of these could be seen."""

    school: School
    people: int
    unknown: int

    def notes(self) -> tuple[str, ...]:
        """What a coordinator reads of the calendars that could not be seen."""
        if not self.unknown:
            return ()
        if self.unknown == self.people:
            return ("No calendar could be seen; the timetable alone was used.",)
        if self.unknown == 1:
            return ("1 calendar could not be seen; the timetable alone was used for it.",)
        return (f"{self.unknown} calendars could not be seen; the timetable alone was used for them.",)


def with_calendars(
    school: School,
    google: Workspace | None,
    rooms: Rooms | None,
    first: date,
    last: date,
    people: Sequence[str] | None = None,
) -> Seen:
    """The school with what Google says of these people, or of everybody whom a plan may ask for their time."""
    if people is None:
        people = [one.email for one in school.staff.values() if one.has_role(TEACHER) or one.has_role(COVER)]
    if google is None or rooms is None or last < first:
        return Seen(school, len(people), len(people))
    begins, ends = moment(first, time(), school.zone), moment(last + timedelta(days=1), time(), school.zone)
    try:
        seen = google.calendar.busy(rooms, people, begins, ends)
    except Fault:
        return Seen(school, len(people), len(people))
    windows = dict(windows_of(school, first, last))
    taken = [
        Busy(email, *rest)
        for email in people
        for besides in [BesidesLessons(school, email, windows)]
        for stretch in seen.get(email) or ()
        for rest in besides.of(stretch)
    ]
    unknown = sum(seen.get(email) is None for email in people)
    return Seen(replace(school, busy=(*school.busy, *taken)), len(people), unknown)


def windows_of(school: School, first: date, last: date) -> Iterator[tuple[date, Stretch]]:
    """From when to when somebody may be asked to come, by date."""
    for day in school.days_between(first, last):
        if slots := [slot for slot, _ in school.slots_of(day)]:
            yield day.date, (min(slot.start for slot in slots) - AROUND, max(slot.end for slot in slots) + AROUND)


@dataclass(frozen=True, slots=True)
class BesidesLessons:
    """What of a person's calendar is no lesson, duty or lunch of theirs; what each day holds of these is found once."""

    school: School
    email: str
    windows: Mapping[date, Stretch]
    """from when to when somebody may be asked to come, by date"""
    _lessons: dict[date, list[Stretch]] = field(default_factory=dict)

    def of(self, stretch: Stretch) -> Iterator[Stretch]:
        """What of a stretch lies in school days and besides lessons.

        What then remains beside a bell, since a calendar rounds its times, is no appointment.
        """
        start, end = (one.astimezone(self.school.zone) for one in stretch)
        for number in range((end.date() - start.date()).days + 1):
            day = start.date() + timedelta(days=number)
            window = self.windows.get(day)
            if window is None:
                continue
            whole = max(start, window[0]), min(end, window[1])
            if whole[0] >= whole[1]:
                continue
            if any(first <= whole[0] and whole[1] <= last for first, last in self._on(day)):
                continue  # a lesson and nothing besides, as nearly all of it is
            for rest in subtract(whole, self._on(day)):
                if rest == whole or rest[1] - rest[0] > PASSING_AT_MOST:
                    yield rest

    def _on(self, day: date) -> list[Stretch]:
        if day not in self._lessons:
            self._lessons[day] = [(slot.start, slot.end) for slot in self.school.engaged_slots(self.email, day)]
        return self._lessons[day]
