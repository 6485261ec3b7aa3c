"""OneRoster CSV exports as a school.

OneRoster knows people, classes, the numbers of their periods and the terms. It knows no weekdays and no clock: those
are set to one stated day type, "every day", with stated times, for somebody to correct. Students are not read.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

from sync.core.school.bell import BellSchedule
from sync.core.school.days import Term
from sync.core.school.people import LEADER, TEACHER, Person
from sync.core.school.school import School
from sync.core.school.timetable import Entry, Has, Timetable
from sync.schools.addresses import slug
from sync.schools.cells import as_date, as_email
from sync.schools.imports.hours import FIRST_BELL, MOST_HOURS, Clock, periods
from sync.schools.imports.oneroster_files import CLASSES, ENROLLMENTS, ORGS, ROLES, SESSIONS, USERS, Export, read_export
from sync.schools.imports.source import Imported, Wanted
from sync.schools.imports.terms import days_of_cycle
from sync.schools.problems import Findings, listed, quoted
from sync.schools.tables import Row

EVERY_DAY = "every day"
OUR_ROLE = {"teacher": TEACHER, "principal": LEADER, "aide": "staff", "counselor": "staff"}
"""OneRoster's roles of people who work in a school; accounts of administrators are not people of the timetable"""
HAVE_SCHOOL = ("monday", "tuesday", "wednesday", "thursday", "friday")


@dataclass(frozen=True, slots=True)
class Session:
    id: str
    title: str
    kind: str
    first: date
    last: date


def read_oneroster(path: Path, wanted: Wanted) -> Imported:
    """The school of an export. Raises `SchoolProblems` naming file, row and field of all that is wrong."""
    found = Findings((SESSIONS, CLASSES, ENROLLMENTS, ORGS, USERS, ROLES))
    export = read_export(path, found)
    found.stop_if_any()
    assert export is not None
    return _Reading(export, found, wanted).school()


class _Reading:
    """One export on its way to a school."""

    def __init__(self, export: Export, found: Findings, wanted: Wanted) -> None:
        self.export, self.found, self.wanted = export, found, wanted
        self.assumed: list[str] = []

    def school(self) -> Imported:
        sessions = self._sessions()
        now = self._reference(sessions)
        classes = self._classes(sessions, now)
        teaching = self._teaching(classes)
        staff = self._staff({user for user, _ in teaching})
        lessons = self._lessons(teaching, classes, staff)
        self.found.stop_if_any()
        seen = sorted({period for _, period in lessons}, key=_by_number)
        bells, clock = periods(seen, seen)
        term = self._term(sessions, classes, now)
        domain = self.wanted.domain or _usual_domain(staff.values())
        self._tell(seen, clock, term)
        school = School(
            name=self.wanted.name or self._name(),
            zone=self.wanted.zone or ZoneInfo("UTC"),
            domain=domain,
            staff={person.email: person for person in self._placed(staff, lessons)},
            bells={EVERY_DAY: BellSchedule(EVERY_DAY, bells)},
            days={
                day: type(school_day)(day, EVERY_DAY) for day, school_day in days_of_cycle(term, HAVE_SCHOOL).items()
            },
            timetable=Timetable(self._entry(*key, held) for key, held in lessons.items()),
            terms=(term,),
        )
        return Imported(school, tuple(self.assumed))

    # --- terms ---

    def _sessions(self) -> dict[str, Session]:
        sessions = {}
        for row in self.export.rows[SESSIONS]:
            ends = [self._date(row, "startdate", "startDate"), self._date(row, "enddate", "endDate")]
            if ends[0] is None or ends[1] is None:
                continue
            if ends[1] < ends[0]:
                what = f"{quoted(row['title'])} ends before it begins"
                self.found.problem(SESSIONS, row.number, "endDate", what, "correct its dates")
                continue
            name = row["sourcedid"]
            sessions[name] = Session(name, row["title"] or name, row["type"].lower(), ends[0], ends[1])
        return sessions

    def _date(self, row: Row, column: str, spelled: str) -> date | None:
        day = as_date(row[column][:10])
        if day is None:
            what = f"{quoted(row[column])} is not a date" if row[column] else "the date is missing"
            self.found.problem(row.file, row.number, spelled, what, "export it again with dates like 2026-09-01")
        return day

    def _reference(self, sessions: dict[str, Session]) -> date:
        """The day whose timetable is read: the first wanted, else today; else the start of the latest session."""
        day = self.wanted.first or self.wanted.today
        if not sessions or any(one.first <= day <= one.last for one in sessions.values()):
            return day
        coming = sorted(one.first for one in sessions.values() if one.first > day)
        return coming[0] if coming else max(one.first for one in sessions.values())

    def _term(self, sessions: dict[str, Session], classes: dict[str, Row], now: date) -> Term:
        if self.wanted.dates_given or not sessions:
            return self.wanted.term()
        used = {name for row in classes.values() for name in _ids(row["termsourcedids"])}
        current = [one for one in sessions.values() if one.first <= now <= one.last]
        attached = [one for one in current if one.id in used] or current
        shortest = min(attached, key=lambda one: (one.last - one.first, one.id))
        return Term(shortest.title, shortest.first, shortest.last)

    # --- classes ---

    def _classes(self, sessions: dict[str, Session], now: date) -> dict[str, Row]:
        """Classes of the sessions that `now` lies in, by id."""
        classes, over = {}, 0
        for row in self.export.rows[CLASSES]:
            named = _ids(row["termsourcedids"])
            for name in named:
                if name not in sessions and name not in self.export.gone[SESSIONS]:
                    what = f"there is no session {quoted(name)}"
                    self.found.problem(CLASSES, row.number, "termSourcedIds", what, f"add it to {SESSIONS}")
            known = [sessions[name] for name in named if name in sessions]
            if named and not any(one.first <= now <= one.last for one in known):
                over += 1
                continue
            classes[row["sourcedid"]] = row
        if over:
            self.assumed.append(f"{_are(over, 'class', 'classes')} of other terms than that of {now} and left out.")
        return classes

    def _teaching(self, classes: dict[str, Row]) -> dict[tuple[str, str], Row]:
        """Enrolments of teachers in current classes, by user and class."""
        users = {row["sourcedid"] for row in self.export.rows[USERS]}
        known = {row["sourcedid"] for row in self.export.rows[CLASSES]} | self.export.gone[CLASSES]
        teaching = {}
        for row in self.export.rows[ENROLLMENTS]:
            if row["role"].lower() != "teacher":
                continue
            user, held = row["usersourcedid"], row["classsourcedid"]
            if held not in known:
                what = f"there is no class {quoted(held)}"
                self.found.problem(ENROLLMENTS, row.number, "classSourcedId", what, f"add it to {CLASSES}")
            if user not in users | self.export.gone[USERS]:
                what = f"there is no user {quoted(user)}"
                self.found.problem(ENROLLMENTS, row.number, "userSourcedId", what, f"add the person to {USERS}")
            if held in classes and user in users:
                teaching[user, held] = row
        return teaching

    def _lessons(
        self, teaching: Iterable[tuple[str, str]], classes: dict[str, Row], staff: dict[str, Person]
    ) -> dict[tuple[str, str], list[Row]]:
        """Classes by e-mail and period."""
        lessons: dict[tuple[str, str], list[Row]] = defaultdict(list)
        for user, held in teaching:
            for period in _ids(classes[held]["periods"]) if user in staff else ():
                lessons[staff[user].email, period].append(classes[held])
        self._tell_without_periods([classes[held] for held in dict.fromkeys(held for _, held in teaching)])
        many = len({period for _, period in lessons})
        if many > MOST_HOURS:
            what = f"the classes have {many} different periods"
            self.found.problem(CLASSES, 0, "periods", what, f"at most {MOST_HOURS} fit a day; list them with commas")
        for (email, period), rows in lessons.items():
            if len(rows) > 1:
                titles = [quoted(row["title"]) for row in rows]
                self.assumed.append(
                    f"{email} has {listed(titles)} in period {period}; they stand there as one class. If they meet on "
                    "different days, give these days day types of their own."
                )
        return dict(lessons)

    def _tell_without_periods(self, taught: list[Row]) -> None:
        without = [row for row in taught if not _ids(row["periods"])]
        if not taught:
            what = "no class of the term has a teacher"
            self.found.problem(ENROLLMENTS, 0, "role", what, "export the classes with the enrolments of their teachers")
        elif len(without) == len(taught):
            for row in without:
                what = f"the class {quoted(row['title'])} has no periods"
                do = "fill them in like 1,2,3: without them nobody knows who has prep when"
                self.found.problem(CLASSES, row.number, "periods", what, do)
        elif without:
            titles = sorted({quoted(row["title"]) for row in without})
            self.assumed.append(
                f"No periods are given for {listed(titles)}, so these classes are not in the timetable."
            )

    def _entry(self, email: str, period: str, rows: list[Row]) -> Entry:
        def said(column: str, between: str = " + ") -> str:
            return between.join(dict.fromkeys(row[column] for row in rows if row[column]))

        grades = ";".join(dict.fromkeys(grade for row in rows for grade in _ids(row["grades"])))
        return Entry(
            email, EVERY_DAY, period, Has.CLASS, said("classcode"), said("title"), grades, said("location", " / ")
        )

    # --- people ---

    def _staff(self, teaching: set[str]) -> dict[str, Person]:
        """Whoever works in the school, by their id in the export."""
        roles = self._roles()
        staff, addresses = dict[str, Person](), dict[str, int]()
        for row in self.export.rows[USERS]:
            user = row["sourcedid"]
            ours = [OUR_ROLE[role] for role in roles.get(user, ()) if role in OUR_ROLE]
            if user in teaching and TEACHER not in ours:
                ours.insert(0, TEACHER)
            if not ours or row["enableduser"].lower() == "false":
                continue
            person = self._person(row, tuple(dict.fromkeys(ours)))
            if person is None:
                continue
            if addresses.setdefault(person.email, row.number) != row.number:
                what = f"{person.email} is there already, in row {addresses[person.email]}"
                self.found.problem(USERS, row.number, "email", what, "give each person an address of their own")
                continue
            staff[user] = person
        if not staff and not self.found.problems:
            file, field = (ROLES, "role") if ROLES in self.export.rows else (USERS, "role")
            self.found.problem(file, 0, field, "nobody is a teacher", "export the staff as well as the students")
        return staff

    def _roles(self) -> dict[str, list[str]]:
        roles: dict[str, list[str]] = defaultdict(list)
        if ROLES not in self.export.rows:
            for row in self.export.rows[USERS]:
                roles[row["sourcedid"]].append(row["role"].lower())
            return roles
        users = {row["sourcedid"] for row in self.export.rows[USERS]} | self.export.gone[USERS]
        for row in self.export.rows[ROLES]:
            if row["usersourcedid"] not in users:
                what = f"there is no user {quoted(row['usersourcedid'])}"
                self.found.problem(ROLES, row.number, "userSourcedId", what, f"add the person to {USERS}")
            roles[row["usersourcedid"]].append(row["role"].lower())
        return roles

    def _person(self, row: Row, roles: tuple[str, ...]) -> Person | None:
        given = row["preferredgivenname"] or row["givenname"]
        name = " ".join(filter(None, (given, row["preferredfamilyname"] or row["familyname"])))
        address = row["email"]
        if not address and self.wanted.domain and slug(row["username"]):
            address = f"{slug(row['username'])}@{self.wanted.domain}"
        email = as_email(address)
        if not name:
            self.found.problem(USERS, row.number, "givenName", "the person has no name", "export it again with names")
        if email is None:
            what = f"{quoted(address)} is not an e-mail address" if address else f"{name or 'the person'} has no e-mail"
            do = "fill it in, or give --domain to make addresses from user names"
            self.found.problem(USERS, row.number, "email", what, do)
        return Person(email, name, roles) if email and name else None

    def _placed(self, staff: dict[str, Person], lessons: dict[tuple[str, str], list[Row]]) -> Iterable[Person]:
        """People with their most used room, the subjects and grades they teach."""
        for person in staff.values():
            taught = [row for (email, _), rows in lessons.items() if email == person.email for row in rows]
            rooms = [row["location"] for row in taught if row["location"]]
            subjects = [subject for row in taught for subject in _ids(row["subjects"])[:1]]
            yield Person(
                person.email,
                person.name,
                person.roles,
                grades=tuple(dict.fromkeys(grade for row in taught for grade in _ids(row["grades"]))),
                departments=tuple(dict.fromkeys(subjects)),
                room=max(sorted(set(rooms)), key=rooms.count, default=""),
            )

    # --- words ---

    def _name(self) -> str:
        schools = [row["name"] for row in self.export.rows[ORGS] if row["type"].lower() == "school" and row["name"]]
        if len(schools) > 1:
            self.assumed.append(f"The export has {len(schools)} schools ({listed(schools)}); they are read as one.")
        named = schools or [row["name"] for row in self.export.rows[ORGS] if row["name"]]
        return named[0] if named else "School"

    def _tell(self, seen: list[str], clock: Clock, term: Term) -> None:
        say = self.assumed.append
        if clock is Clock.ASSUMED:
            periods = (
                f"the periods {listed(seen, 12)} go one after the other" if len(seen) > 1 else f"period {seen[0]} is"
            )
            say(
                f"OneRoster has no bell schedule, so {periods} from {FIRST_BELL:%H:%M}, 50 minutes each; correct "
                "bell_schedule.csv, and add lunch."
            )
        say(
            f'OneRoster has no weekdays, so every class meets "{EVERY_DAY}", Monday to Friday from {term.first} to '
            f"{term.last}; correct days.csv, take the holidays out, and split the day type if days differ."
        )
        if self.wanted.zone is None:
            say("OneRoster has no time zone, so times are read as UTC; give --timezone, or correct school.toml.")
        say("Nobody is the coordinator yet; write coordinator into the roles of whoever runs the programme.")


def _ids(cell: str) -> list[str]:
    """The items of a list in a cell; a `;` inside would part lists of ours."""
    return [item.strip().replace(";", ",") for item in cell.split(",") if item.strip()]


def _by_number(period: str) -> tuple[int, int, str]:
    digits = period if period.isascii() and period.isdecimal() and len(period) < 10 else ""
    return (0, int(digits), period) if digits else (1, 0, period)


def _are(number: int, one: str, many: str) -> str:
    return f"{number} {one} is" if number == 1 else f"{number} {many} are"


def _usual_domain(people: Iterable[Person]) -> str:
    domains = [person.email.rpartition("@")[2] for person in people]
    return max(sorted(set(domains)), key=domains.count, default="")
