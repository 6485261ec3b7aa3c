"""FET files with the timetable they were solved to, as a school.

FET's days are the school's day types. What FET does not know, an import has to assume, and says so: dates, e-mail
addresses, sometimes the clock.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from zoneinfo import ZoneInfo

from sync.core.school.bell import BellSchedule, Period, PeriodKind
from sync.core.school.people import Person
from sync.core.school.school import School
from sync.core.school.timetable import Entry, Has, Timetable
from sync.schools.addresses import slug, unused_address
from sync.schools.imports.fet_file import Activity, FetFile, parse_fet
from sync.schools.imports.fet_halves import AFTERNOON, joined
from sync.schools.imports.hours import MOST_HOURS, Clock, periods, two_halves
from sync.schools.imports.source import Imported, Wanted
from sync.schools.imports.terms import days_of_cycle
from sync.schools.problems import Findings, listed, quoted
from sync.schools.tables import content

GRADE = re.compile(r"0*([0-9]{1,2})(?![0-9])")


def read_fet(path: Path, wanted: Wanted) -> Imported:
    """The school of a FET file. Raises `SchoolProblems` where it cannot be read or holds no timetable."""
    found = Findings()
    data = content(path, found)
    fet = parse_fet(data, path.name, found)
    if fet is not None and len(fet.hours) > MOST_HOURS:
        found.problem(
            path.name, 0, "Hours_List", f"a day has {len(fet.hours)} hours", f"at most {MOST_HOURS} fit a day"
        )
    found.stop_if_any()
    assert fet is not None
    return _Reading(joined(fet) if fet.half_days else fet, path.name, found, wanted).school()


class _Reading:
    """One file on its way to a school."""

    def __init__(self, fet: FetFile, file: str, found: Findings, wanted: Wanted) -> None:
        self.fet, self.file, self.found, self.wanted = fet, file, found, wanted
        self.domain = wanted.domain or f"{slug(fet.name, '-') or 'school'}.example"
        self.emails: dict[str, str] = {}
        for teacher in fet.teachers:
            self.emails[teacher] = unused_address(teacher, self.domain, self.emails.values())
        self.taught: dict[str, list[Activity]] = defaultdict(list)
        self.assumed: list[str] = []

    def school(self) -> Imported:
        entries = list(self._entries())
        used_days = {entry.day_type for entry in entries if entry.kind is Has.CLASS}
        if not used_days:
            do = "give the activities their students and teachers in FET, and generate the timetable anew"
            self.found.problem(self.file, 0, "Activities_List", "no teacher has a class with students", do)
        self.found.stop_if_any()
        days = [day for day in self.fet.days if day in used_days]
        taught = {(entry.day_type, entry.period) for entry in entries if entry.kind is not Has.OFF}
        hours, clock = self._hours_of_a_day({hour for _, hour in taught})
        bells = {day: BellSchedule(day, self._bell(day, hours, taught)) for day in days}
        lessons = {(day, period.name) for day, bell in bells.items() for period in bell if period.is_class}
        term = self.wanted.term()
        school = School(
            name=self.wanted.name or self.fet.name or "School",
            zone=self.wanted.zone or ZoneInfo("UTC"),
            domain=self.domain,
            staff={person.email: person for person in map(self._person, self.fet.teachers)},
            bells=bells,
            days=days_of_cycle(term, self.fet.days, set(self.fet.days) - used_days, self.fet.terms, self.fet.half_days),
            timetable=Timetable(entry for entry in entries if (entry.day_type, entry.period) in lessons),
            terms=(term,),
        )
        self._tell(school, days, clock)
        return Imported(school, tuple(self.assumed))

    # --- the bells ---

    def _hours_of_a_day(self, taught: set[str]) -> tuple[tuple[Period, ...], Clock]:
        if not self.fet.half_days:
            return periods(self.fet.hours, taught)
        afternoon = sum(hour.startswith(f"{AFTERNOON} ") for hour in self.fet.hours)
        return two_halves(self.fet.hours, len(self.fet.hours) - afternoon, taught)

    def _bell(self, day: str, hours: tuple[Period, ...], taught: set[tuple[str, str]]) -> tuple[Period, ...]:
        """The periods of a day. In a break of FET's is no lesson; at either end of the day it means no school."""
        closed = [(day, hour.name) in self.fet.breaks and (day, hour.name) not in taught for hour in hours]
        open_ = [place for place, is_closed in enumerate(closed) if not is_closed]
        return tuple(
            replace(hours[place], kind=PeriodKind.LUNCH) if closed[place] else hours[place]
            for place in range(open_[0], open_[-1] + 1)
        )

    # --- the timetable ---

    def _entries(self) -> Iterator[Entry]:
        held: dict[tuple[str, str, str], Activity] = {}
        untimed = []
        for activity in self.fet.activities:
            if activity.id not in self.fet.starts:
                untimed.append(activity.id)
                continue
            for day, hour in self._hours(activity):
                for teacher in activity.teachers:
                    other = held.setdefault((teacher, day, hour), activity)
                    if teacher not in self.emails:
                        what = f"activity {activity.id} has {quoted(teacher)}, who is not in the list of teachers"
                        self.found.problem(self.file, 0, "Teachers_List", what, "add the teacher in FET and save again")
                    elif other is not activity:
                        what = f"{teacher} has the activities {other.id} and {activity.id} at once, on {day} at {hour}"
                        self.found.problem(
                            self.file, 0, "Time_Constraints_List", what, "generate the timetable anew in FET"
                        )
                    else:
                        yield self._entry(activity, teacher, day, hour)
            for teacher in activity.teachers:
                self.taught[teacher].append(activity)
        yield from self._absences(held)
        if untimed:
            of_all = f"{len(untimed)} of {len(self.fet.activities)} activities"
            self.assumed.append(f"{of_all} have no time in the timetable and are left out: {listed(untimed)}.")

    def _hours(self, activity: Activity) -> Iterator[tuple[str, str]]:
        day, hour = self.fet.starts[activity.id]
        if day not in self.fet.days or hour not in self.fet.hours:
            what = f"activity {activity.id} starts on {quoted(day)} at {quoted(hour)}, which the file does not list"
            self.found.problem(self.file, 0, "Time_Constraints_List", what, "generate the timetable anew in FET")
            return
        first = self.fet.hours.index(hour)
        if first + activity.duration > len(self.fet.hours):
            what = (
                f"activity {activity.id} goes on for {activity.duration} hours from {quoted(hour)}, past the day's last"
            )
            self.found.problem(self.file, 0, "Time_Constraints_List", what, "generate the timetable anew in FET")
        for later in self.fet.hours[first : first + activity.duration]:
            yield day, later

    def _entry(self, activity: Activity, teacher: str, day: str, hour: str) -> Entry:
        many = len(activity.students) > 3
        return Entry(
            email=self.emails[teacher],
            day_type=day,
            period=hour,
            kind=Has.CLASS if activity.students else Has.DUTY,
            section=activity.subject if many else " + ".join(activity.students),
            course=activity.subject,
            grade=";".join(self._grades([activity])),
            room=self.fet.room_of.get(activity.id, ""),
        )

    def _absences(self, held: dict[tuple[str, str, str], Activity]) -> Iterator[Entry]:
        for teacher, day, hour in dict.fromkeys(self.fet.absent):
            known = teacher in self.emails and day in self.fet.days and hour in self.fet.hours
            if known and (teacher, day, hour) not in held:
                yield Entry(self.emails[teacher], day, hour, Has.OFF)

    # --- people ---

    def _person(self, teacher: str) -> Person:
        taught = [activity for activity in self.taught[teacher] for _ in range(activity.duration)]
        rooms = Counter(room for activity in taught if (room := self.fet.room_of.get(activity.id)))
        room = self.fet.home_rooms.get(teacher) or _most(rooms)
        subject = _most(Counter(activity.subject for activity in taught))
        department = self._department(taught)
        return Person(
            email=self.emails[teacher],
            name=teacher,
            grades=self._grades(taught),
            departments=(department.replace(";", ","),) if department else (),
            building=self.fet.rooms.get(room, ""),
            room=room,
            specialty=subject,
        )

    def _department(self, taught: list[Activity]) -> str:
        """The activity tag most of the lessons have, the school's most used among equals; without tags, the subject."""
        tags = Counter(tag for activity in taught for tag in activity.tags)
        if not tags:
            return _most(Counter(activity.subject for activity in taught))
        most = max(tags.values())
        return max((tag for tag in tags if tags[tag] == most), key=lambda tag: (self._tag_use[tag], tag))

    @cached_property
    def _tag_use(self) -> Counter[str]:
        return Counter(tag for activity in self.fet.activities for tag in activity.tags)

    def _grades(self, activities: list[Activity]) -> tuple[str, ...]:
        """The years taught: `07A-D` and `07E-H` are grade 7. Years that are no grades keep no name."""
        years = {self.fet.year_of.get(students, "") for activity in activities for students in activity.students}
        grades = {int(found[1]) for year in years if (found := GRADE.match(year))}
        return tuple(str(grade) for grade in sorted(grades))

    # --- what was assumed ---

    def _tell(self, school: School, days: list[str], clock: Clock) -> None:
        say = self.assumed.append
        if off := self.fet.switched_off:
            say(f"{off} {'activity is' if off == 1 else 'activities are'} switched off in FET and left out.")
        self.assumed += clock.assumed("hours")
        if self.fet.half_days:
            say("FET keeps this school's mornings and afternoons as days of their own; each two are one day here. When "
                "afternoons begin is not in the file; correct bell_schedule.csv.")  # fmt: skip
        if self.fet.terms > 1:
            say(f"The timetable differs in {self.fet.terms} terms; each has its share of the dates; correct days.csv.")
        if not self.wanted.dates_given:
            term = school.terms[0]
            say(f"A FET file has no dates, so the term goes from {term.first} to {term.last}; give --from and --to, or "
                "correct days.csv and school.toml, and take the holidays out.")  # fmt: skip
        if len(days) < len(self.fet.days):
            idle = [day for day in self.fet.days if day not in days]
            say(f"Nobody teaches on {listed(idle)}, so there is no school then.")
        if not self.wanted.domain:
            say(f"A FET file has no e-mail addresses, so they are made from the names, at {school.domain}; "
                "give --domain, or correct staff.csv.")  # fmt: skip
        if self.wanted.zone is None:
            say("No time zone was given, so times are read as UTC; give --timezone, or correct school.toml.")
        if not school.coordinators:
            say("Nobody is the coordinator yet; write coordinator into the roles of whoever runs the programme.")


def _most(counted: Counter[str]) -> str:
    """The most frequent, the first by name among equals."""
    return min(counted, key=lambda name: (-counted[name], name), default="")
