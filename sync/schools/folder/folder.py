"""A school folder, read whole or not at all.

Every file is read to its end and everything that is wrong is told at once; a school is given only when nothing is.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from sync.core.preflight.gaps import COVERAGE, FOCUS
from sync.core.school.school import School
from sync.core.school.timetable import Timetable
from sync.schools.folder import bells, covering, extras, focuses, lessons, settings, staff
from sync.schools.folder.rules import FILE as RULES
from sync.schools.folder.rules import read_rules
from sync.schools.oddities import tell_oddities
from sync.schools.problems import Findings, Problem, SchoolProblems
from sync.schools.tables import Columns, Row, read_table

NEEDED = (staff.FILE, bells.BELLS, bells.DAYS, lessons.FILE)
FILES = (settings.FILE, *NEEDED, extras.GROUPS, extras.BUSY, extras.WISHES, RULES, FOCUS, COVERAGE)
BIGGEST = 64 * 1024 * 1024
"""bytes of one file; a school of 300 needs less than one megabyte"""


class Checked(NamedTuple):
    """What a look at a school folder brings: the school only where there is no problem."""

    school: School | None
    problems: list[Problem]
    oddities: list[Problem]


def files_of(path: Path) -> list[Path]:
    """The files a school folder may have; whatever else lies in it is not the school's."""
    return [path / name for name in FILES]


def read_school(path: Path) -> School:
    """The school of a folder. Raises `SchoolProblems` with everything that is wrong, in the order of the files."""
    school, problems, _ = check_school(path)
    if school is None:
        raise SchoolProblems(problems)
    return school


def check_school(path: Path) -> Checked:
    """The school of a folder if nothing is wrong, all that is wrong, and what is odd but no obstacle."""
    found = Findings(FILES)
    contents = _contents(path, found)
    school = school_of(contents, path.resolve().name, found) if contents is not None else None
    if found.problems or school is None:
        return Checked(None, found.sorted_problems(), found.sorted_oddities())
    tell_oddities(school, found)
    return Checked(school, [], found.sorted_oddities())


def _contents(path: Path, found: Findings) -> dict[str, bytes] | None:
    if not path.is_dir():
        what = "this is a file, not a folder" if path.exists() else "there is no such folder"
        found.problem(
            str(path), 0, "", what, "name a folder with staff.csv, bell_schedule.csv, days.csv and timetable.csv"
        )
        return None
    contents: dict[str, bytes] = {}
    for name in FILES:
        try:
            if (path / name).stat().st_size > BIGGEST:
                found.problem(name, 0, "", "the file is bigger than 64 MB", "check that it is the right one")
            else:
                contents[name] = (path / name).read_bytes()
        except FileNotFoundError:
            if name in NEEDED:
                found.problem(name, 0, "", "this file is missing", f"put it into {path}")
        except OSError as error:
            found.problem(
                name, 0, "", f"the file cannot be read ({error.strerror})", "check what it is and who may read it"
            )
    return contents


def school_of(contents: Mapping[str, bytes], name: str, found: Findings) -> School | None:
    """A school from the bytes of its files; None, with problems in `found`, where anything is wrong."""

    def table(file: str, columns: Columns) -> list[Row] | None:
        return read_table(contents[file], file, columns, found) if file in contents else None

    set_up = settings.read_settings(contents.get(settings.FILE), found)
    people_rows = table(staff.FILE, staff.COLUMNS)
    people = staff.read_staff(people_rows, found) if people_rows is not None else None
    bell_rows = table(bells.BELLS, bells.BELL_COLUMNS)
    schedules = bells.read_bells(bell_rows, found) if bell_rows is not None else None
    day_rows = table(bells.DAYS, bells.DAY_COLUMNS)
    days = bells.read_days(day_rows, schedules, set_up.terms, found) if day_rows is not None else {}
    lesson_rows = table(lessons.FILE, lessons.COLUMNS)
    entries = lessons.read_timetable(lesson_rows, people, schedules, found) if lesson_rows is not None else []
    group_rows = table(extras.GROUPS, extras.GROUP_COLUMNS) or ()
    groups = extras.read_groups(group_rows, people, found)
    purpose_met = extras.read_purpose(group_rows, found)
    busy = extras.read_busy(table(extras.BUSY, extras.BUSY_COLUMNS) or (), people, set_up.zone, found)
    wishes = extras.read_wishes(table(extras.WISHES, extras.WISH_COLUMNS) or (), people, found)
    rules = read_rules(contents.get(RULES), found)
    own_focuses = focuses.read_focuses(table(FOCUS, focuses.COLUMNS) or (), None, found) if FOCUS in contents else ()
    cover = covering.read_cover(table(COVERAGE, covering.COLUMNS) or (), people, found)
    if found.problems or people is None or schedules is None:
        return None
    return School(
        name=set_up.name or spoken_name(name),
        zone=set_up.zone,
        domain=set_up.domain or _usual_domain(people),
        staff=people.people,
        bells=schedules.schedules,
        days=days,
        timetable=Timetable(entries),
        terms=set_up.terms,
        notes=set_up.notes,
        groups=groups,
        purpose_met=purpose_met,
        busy=busy,
        wishes=wishes,
        rules=rules,
        focuses=own_focuses,
        cover_minutes=cover,
    )


def spoken_name(folder: str) -> str:
    """A folder's name as a school's: `maple-hall` is Maple Hall."""
    return " ".join(re.split(r"[\s_-]+", folder.strip("_- "))).strip().title() or "School"


def _usual_domain(people: staff.Staff) -> str:
    """The domain that most of the addresses have."""
    domains = [email.rpartition("@")[2] for email in people.people]
    return max(sorted(set(domains)), key=domains.count, default="")
