"""iCalendar files, one for each teacher, as a school: what returns week after week is their timetable.

Calendars know no bell schedule. The times that most entries of a weekday share are taken as its periods; an entry at
odd times belongs to the period it shares most minutes with. The file's own name, or its calendar's, is the teacher.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from sync.core.school.bell import BellSchedule, Period
from sync.core.school.days import Term
from sync.core.school.people import Person
from sync.core.school.school import School
from sync.core.school.timetable import Entry, Has, Timetable
from sync.schools.addresses import slug, unused_address
from sync.schools.cells import as_email
from sync.schools.imports.cellwords import Lesson, lesson_of
from sync.schools.imports.icalendar import CalendarFile, Occurrence, parse_calendar
from sync.schools.imports.source import Imported, Wanted
from sync.schools.imports.terms import WEEKDAYS, days_of_cycle
from sync.schools.problems import Findings
from sync.schools.tables import decoded

FILES_AT_MOST = 2_000
LOOK_AHEAD = timedelta(days=400)
Span = tuple[time, time]


def read_calendars(path: Path, wanted: Wanted) -> Imported:
    """The school of a folder of .ics files. Raises `SchoolProblems` with every file that cannot be read."""
    found = Findings()
    files = sorted(path.glob("*.ics"))[:FILES_AT_MOST] if path.is_dir() else [path]
    if not files:
        found.problem(str(path), 0, "", "there is no .ics file", "put one for each teacher there")
    zone = wanted.zone or ZoneInfo("UTC")
    last = wanted.last or wanted.today + LOOK_AHEAD
    read: dict[str, CalendarFile] = {}
    for file in files:
        calendar = _read(file, zone, last, found)
        if calendar is not None:
            read[file.stem] = calendar
    found.stop_if_any()
    return _Reading(path, read, wanted, zone, found).school()


def _read(file: Path, zone: ZoneInfo, last: date, found: Findings) -> CalendarFile | None:
    try:
        text = decoded(file.read_bytes(), file.name, found)
    except OSError as error:
        found.problem(file.name, 0, "", f"the file cannot be read ({error.strerror})", "check its name and place")
        return None
    if text is None:
        return None
    if "BEGIN:VCALENDAR" not in text.upper():
        found.problem(file.name, 1, "", "this is no iCalendar file", "export the teacher's calendar as .ics")
        return None
    return parse_calendar(text, zone, last)


class _Reading:
    def __init__(
        self, path: Path, files: Mapping[str, CalendarFile], wanted: Wanted, zone: ZoneInfo, found: Findings
    ) -> None:
        self.path, self.files, self.wanted, self.zone, self.found = path, files, wanted, zone, found
        self.domain = wanted.domain or next((e.rpartition("@")[2] for e in map(as_email, files) if e), "")
        self.domain = self.domain or f"{slug(path.stem, '-') or 'school'}.example"
        self.moved = 0

    def school(self) -> Imported:
        weekly = {who: self._weekly(file) for who, file in self.files.items()}
        spans: dict[int, Counter[Span]] = defaultdict(Counter)
        for who in weekly:
            for weekday, start, end in weekly[who]:
                spans[weekday][start, end] += 1
        if not spans:
            do = "check that the calendars hold the lessons of a term, week by week"
            self.found.problem(self.path.name, 0, "", "nothing in the calendars returns every week", do)
        self.found.stop_if_any()
        bells = {WEEKDAYS[day].title(): _bell(WEEKDAYS[day].title(), times) for day, times in sorted(spans.items())}
        people: dict[str, Person] = {}
        entries: list[Entry] = []
        for who, lessons in weekly.items():
            person, theirs = self._person(who, lessons, bells, people)
            people[person.email] = person
            entries += theirs
        term = self._term()
        school = School(
            name=self.wanted.name or self.path.stem.replace("_", " ").title(),
            zone=self.zone,
            domain=self.domain,
            staff=people,
            bells=bells,
            days=days_of_cycle(term, list(bells)),
            timetable=Timetable(entries),
            terms=(term,),
        )
        return Imported(school, tuple(self._assumed()))

    def _weekly(self, file: CalendarFile) -> dict[tuple[int, time, time], Lesson]:
        """What stands at the same time of the same weekday more than once, or at all in a calendar of a week or two."""
        times: dict[tuple[int, time, time], list[Occurrence]] = defaultdict(list)
        for one in file.occurrences:
            if self.wanted.first is None or one.day >= self.wanted.first:
                times[one.day.weekday(), one.start, one.end].append(one)
        days = [one.day for many in times.values() for one in many]
        short = not days or (max(days) - min(days)).days < 14
        found = {}
        for place, many in times.items():
            if short or len(many) > 1:
                usual = Counter((one.summary, one.location) for one in many).most_common(1)[0][0]
                found[place] = lesson_of(usual[0], usual[1]) or Lesson(Has.DUTY)
        return found

    def _person(
        self,
        who: str,
        lessons: Mapping[tuple[int, time, time], Lesson],
        bells: Mapping[str, BellSchedule],
        people: Mapping[str, Person],
    ) -> tuple[Person, list[Entry]]:
        name = self.files[who].name or who.replace("_", " ").replace(".", " ").title()
        email = as_email(who) or as_email(name) or unused_address(name, self.domain, people)
        if email in people:
            email = unused_address(name, self.domain, people)
        entries: dict[tuple[str, str], Entry] = {}
        for (weekday, start, end), lesson in sorted(lessons.items(), key=lambda one: one[0]):
            day = WEEKDAYS[weekday].title()
            period = _nearest(bells[day], start, end)
            self.moved += (period.start, period.end) != (start, end)
            row = Entry(email, day, period.name, lesson.kind, lesson.course, lesson.course, lesson.grade, lesson.room)
            entries.setdefault((day, period.name), row)
        classes = [entry for entry in entries.values() if entry.kind is Has.CLASS]
        rooms = Counter(entry.room for entry in classes if entry.room)
        grades = tuple(sorted({entry.grade for entry in classes if entry.grade}, key=int))
        room = rooms.most_common(1)[0][0] if rooms else ""
        return Person(email, name, grades=grades, room=room), list(entries.values())

    def _term(self) -> Term:
        days = [one.day for file in self.files.values() for one in file.occurrences]
        if self.wanted.dates_given or (max(days) - min(days)).days < 14:
            return self.wanted.term()
        return Term("Term", min(days), max(days))

    def _assumed(self) -> Iterator[str]:
        yield (
            "Calendars have no bell schedule, so the times most entries share are the periods, numbered through the "
            "day; correct bell_schedule.csv."
        )
        if self.moved:
            yield f"{self.moved} entries at other times were put into the period they share most minutes with."
        left = sum(file.left_out for file in self.files.values())
        if left:
            yield f"{left} entries without a time of day, or repeated otherwise than by day or week, are left out."
        yield "Check staff.csv: names and addresses come from the files, and nobody is the coordinator yet."
        if self.wanted.zone is None:
            yield "No time zone was given, so times are read as UTC; give --timezone, or correct school.toml."


def _bell(day: str, times: Counter[Span]) -> BellSchedule:
    """The spans that most entries have, of those that overlap the most frequent one alone."""
    taken: list[Span] = []
    for span, _ in sorted(times.items(), key=lambda one: (-one[1], one[0])):
        if not any(start < span[1] and span[0] < end for start, end in taken):
            taken.append(span)
    return BellSchedule(day, tuple(Period(str(n), start, end) for n, (start, end) in enumerate(sorted(taken), 1)))


def _nearest(bell: BellSchedule, start: time, end: time) -> Period:
    def shared(period: Period) -> timedelta:
        today = date(2000, 1, 1)
        first, last = max(start, period.start), min(end, period.end)
        return datetime.combine(today, last) - datetime.combine(today, first)

    return max(bell, key=shared)
