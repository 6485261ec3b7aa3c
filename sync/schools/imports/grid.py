"""A timetable as schools print it: a teacher a row, a period a column, the class in the cell. Pasted as CSV or TSV.

The first row names the days (a name counts until the next one) and the second the periods; or one row names both, as
`Mon 1`; or periods alone, for a timetable that is the same every day. E-mails may stand in a column of that name.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from zoneinfo import ZoneInfo

from sync.core.school.bell import BellSchedule
from sync.core.school.people import Person
from sync.core.school.school import School
from sync.core.school.timetable import Entry, Has, Timetable
from sync.schools.addresses import slug, unused_address
from sync.schools.cells import as_email
from sync.schools.imports.cellwords import Lesson, lesson_of
from sync.schools.imports.hours import MOST_HOURS, Clock, periods
from sync.schools.imports.source import Imported, Wanted
from sync.schools.imports.terms import WEEKDAYS, days_of_cycle, weekday_of
from sync.schools.imports.weekdays import weekdays_of
from sync.schools.problems import Findings, quoted
from sync.schools.tables import content, decoded

EVERY_DAY = "every day"
Place = tuple[str, str]
"""(day, period)"""


def read_grid(path: Path, wanted: Wanted) -> Imported:
    """The school of a pasted grid. Raises `SchoolProblems` with file, row and column of what cannot be read."""
    found = Findings()
    data = content(path, found)
    text = decoded(data, path.name, found)
    found.stop_if_any()
    assert text is not None
    delimiter = "\t" if text.count("\t") > text.count(",") else ","
    try:
        rows = [
            [cell.strip() for cell in row] for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
        ]
    except csv.Error:
        found.problem(path.name, 0, "", "a cell is longer than 131,072 letters", "close the quotation mark before it")
        found.stop_if_any()
        raise
    return _Grid(path.name, rows, wanted, found).school()


class _Grid:
    def __init__(self, file: str, rows: list[list[str]], wanted: Wanted, found: Findings) -> None:
        self.file, self.rows, self.wanted, self.found = file, rows, wanted, found
        self.mail = -1
        self.head = 0

    def school(self) -> Imported:
        places = self._places()
        self.found.stop_if_any()
        days = list(dict.fromkeys(day for day, _ in places.values()))
        domain = self.wanted.domain or f"{slug(Path(self.file).stem, '-') or 'school'}.example"
        people, entries = self._people(places, domain)
        if not any(entry.kind is Has.CLASS for entry in entries):
            self.found.problem(self.file, 0, "", "no cell holds a class", "write the classes below their periods")
        self.found.stop_if_any()
        hours = {day: [period for of, period in places.values() if of == day] for day in days}
        taught = {entry.period for entry in entries if entry.kind is Has.CLASS}
        bells = {day: periods(hours[day], taught) for day in days}
        term = self.wanted.term()
        cycle = WEEKDAYS[:5] if days == [EVERY_DAY] else days
        dates = days_of_cycle(term, cycle)
        if days == [EVERY_DAY]:
            dates = {day: type(one)(one.date, EVERY_DAY, one.note) for day, one in dates.items()}
        school = School(
            name=self.wanted.name or Path(self.file).stem.replace("_", " ").title(),
            zone=self.wanted.zone or ZoneInfo("UTC"),
            domain=domain,
            staff=people,
            bells={day: BellSchedule(day, made) for day, (made, _) in bells.items()},
            days=dates,
            timetable=Timetable(entries),
            terms=(term,),
        )
        return Imported(school, tuple(self._assumed(school, [clock for _, clock in bells.values()])))

    def _places(self) -> dict[int, Place]:
        """Which column is which period of which day; tells a problem where that cannot be seen."""
        if len(self.rows) < 2:
            self.found.problem(
                self.file, 1, "", "there is no row of periods", "put days and periods above the teachers"
            )
            return {}
        first, second = self.rows[0], self.rows[1]
        self.mail = next((n for n, cell in enumerate(first) if cell.casefold() in ("email", "e-mail")), -1)
        named = [cell for n, cell in enumerate(first[1:], 1) if cell and n != self.mail]
        two_rows = bool(named) and (
            all(weekday_of(cell) is not None or cell.casefold().startswith("day") for cell in named)
            or weekdays_of(list(dict.fromkeys(named))) is not None
        )
        places: dict[int, Place] = {}
        day = EVERY_DAY
        for n in range(1, max(len(first), len(second) if two_rows else 0)):
            cell = first[n] if n < len(first) else ""
            if n == self.mail:
                continue
            if two_rows:
                day = cell or day
                period = second[n] if n < len(second) else ""
            else:
                word, _, rest = cell.partition(" ")
                day, period = (word, rest.strip()) if weekday_of(word) is not None and rest else (EVERY_DAY, cell)
            if not period:
                continue
            if (day, period) in places.values():
                what = f"{quoted(period)} of {quoted(day)} is there twice"
                self.found.problem(self.file, 2 if two_rows else 1, f"column {n + 1}", what, "give each its own name")
            places[n] = (day, period)
        self.head = 2 if two_rows else 1
        most = Counter(day for day, _ in places.values()).most_common(1)
        if not places or most[0][1] > MOST_HOURS:
            what = "no column names a period" if not places else f"a day has {most[0][1]} periods"
            self.found.problem(self.file, 1, "", what, "put days and periods above the teachers")
        return places

    def _people(self, places: dict[int, Place], domain: str) -> tuple[dict[str, Person], list[Entry]]:
        people: dict[str, Person] = {}
        entries: list[Entry] = []
        names: dict[str, int] = {}
        for number, row in enumerate(self.rows[self.head :], start=self.head + 1):
            name = " ".join(row[0].split()) if row else ""
            if not name:
                if any(row[1:]):
                    self.found.problem(self.file, number, "column 1", "the teacher's name is missing", "fill it in")
                continue
            if name.casefold() in names:
                what = f"{quoted(name)} is in row {names[name.casefold()]} already"
                self.found.problem(self.file, number, "column 1", what, "keep one row for each teacher")
                continue
            names[name.casefold()] = number
            email = self._email(row, name, number, domain, people)
            lessons = [(place, lesson) for n, place in places.items() if n < len(row) and (lesson := lesson_of(row[n]))]
            people[email] = _person(email, name, [lesson for _, lesson in lessons])
            entries += _entries(email, lessons)
        return people, entries

    def _email(self, row: Sequence[str], name: str, number: int, domain: str, people: dict[str, Person]) -> str:
        written = row[self.mail] if 0 <= self.mail < len(row) else ""
        if not written:
            return unused_address(name, domain, people)
        email = as_email(written)
        if email is None or email in people:
            what = f"{quoted(written)} is {'there twice' if email else 'not an e-mail address'}"
            self.found.problem(self.file, number, "email", what, "write each teacher's own, like ada@school.org")
        return email or unused_address(name, domain, people)

    def _assumed(self, school: School, clocks: Collection[Clock]) -> Iterator[str]:
        yield from max(clocks, key=lambda clock: clock.value).assumed("periods")
        if not self.wanted.dates_given:
            term = school.terms[0]
            yield f"A grid has no dates, so the term goes from {term.first} to {term.last}; give --from and --to."
        if self.mail < 0:
            yield f"The e-mail addresses are made from the names, at {school.domain}; correct staff.csv."
        if self.wanted.zone is None:
            yield "No time zone was given, so times are read as UTC; give --timezone, or correct school.toml."
        yield "Nobody is the coordinator yet; write coordinator into the roles of whoever runs the programme."


def _person(email: str, name: str, lessons: Sequence[Lesson]) -> Person:
    classes = [lesson for lesson in lessons if lesson.kind is Has.CLASS]
    rooms = Counter(lesson.room for lesson in classes if lesson.room)
    grades = sorted({lesson.grade for lesson in classes if lesson.grade}, key=int)
    return Person(email, name, grades=tuple(grades), room=rooms.most_common(1)[0][0] if rooms else "")


def _entries(email: str, lessons: Sequence[tuple[Place, Lesson]]) -> Iterator[Entry]:
    for (day, period), lesson in lessons:
        yield Entry(email, day, period, lesson.kind, lesson.course, lesson.course, lesson.grade, lesson.room)
