"""People out of Google's Directory: the CSV that the Admin console gives under Users, Download users.

Its headings carry marks in brackets (`Email Address [Required]`); they are left away. A Directory holds pupils too, so
where there is more than one organisational unit, the one that teaches has to be named.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from sync.core.school.people import Person
from sync.schools import cells
from sync.schools.problems import Findings, listed, quoted
from sync.schools.tables import Columns, Row, content, read_table

COLUMNS = Columns(
    ("first name", "last name", "email address"),
    ("org unit path", "department", "employee title", "building id", "status"),
)
AWAY = frozenset({"suspended", "archived", "deleted"})


def read_directory(path: Path, unit: str, before: Mapping[str, Person]) -> dict[str, Person]:
    """The people of a unit and of those below it, in the order of the file. Raises `SchoolProblems`.

    Whoever is known `before` keeps roles, grades, room and openness; the Directory does not know them.
    """
    found = Findings()
    data = content(path, found)
    head, line, rest = data.partition(b"\n")
    rows = read_table(_plain(head) + line + rest, path.name, COLUMNS, found) or []
    rows = [row for row in rows if row["status"].casefold() not in AWAY]
    units = sorted({row["org unit path"] for row in rows})
    if not unit and len(units) > 1:
        do = f"say whose with --unit; the units are {listed(units)}"
        found.problem(path.name, 0, "Org Unit Path", "the Directory holds more than one unit, pupils perhaps", do)
    people = {person.email: person for row in rows if _in(row, unit) and (person := _person(row, before, found))}
    if unit and not people and not found.problems:
        what = f"nobody is in the unit {quoted(unit)}"
        found.problem(path.name, 0, "Org Unit Path", what, f"the units are {listed(units)}")
    found.stop_if_any()
    return people


def _plain(head: bytes) -> bytes:
    """The headings in small letters, without what stands in brackets."""
    names = [name.partition(b"[")[0].strip(b' "\r') for name in head.lower().split(b",")]
    return b",".join(names)


def _in(row: Row, unit: str) -> bool:
    return not unit or f"{row['org unit path'].rstrip('/')}/".startswith(f"{unit.rstrip('/')}/")


def _person(row: Row, before: Mapping[str, Person], found: Findings) -> Person | None:
    email = cells.email(row, "email address", found)
    name = " ".join(part for part in (row["first name"], row["last name"]) if part)
    if not name:
        found.problem(row.file, row.number, "first name", "the name is missing", "fill in first or last name")
    if email is None or not name:
        return None
    was = before.get(email) or Person(email, name)
    department = (row["department"].replace(";", ","),) if row["department"] else was.departments
    return Person(
        email=email,
        name=name,
        roles=was.roles,
        grades=was.grades,
        departments=department,
        building=row["building id"] or was.building,
        room=was.room,
        specialty=was.specialty or row["employee title"],
        open_to_visits=was.open_to_visits,
    )
