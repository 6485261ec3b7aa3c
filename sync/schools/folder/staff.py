"""`staff.csv`: the people of a school."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from sync.core.school.people import ROLES, TEACHER, Person
from sync.schools import cells
from sync.schools.problems import Findings, listed, quoted
from sync.schools.tables import Columns, Row

FILE = "staff.csv"
COLUMNS = Columns(
    ("email", "name"), ("roles", "grades", "departments", "building", "room", "specialty", "open_to_visits")
)


@dataclass
class Staff:
    """The people read, and every address that stands in the file, so that one bad row is told once."""

    people: dict[str, Person] = field(default_factory=dict)
    mentioned: set[str] = field(default_factory=set)


def read_staff(rows: Iterable[Row], found: Findings) -> Staff:
    staff, first_rows = Staff(), dict[str, int]()
    for row in rows:
        staff.mentioned.add(row["email"].lower())
        person = _person(row, found)
        if person is None:
            continue
        if person.email in first_rows:
            what = f"{person.email} is on the list already, in row {first_rows[person.email]}"
            found.problem(FILE, row.number, "email", what, "keep one of the two rows")
            continue
        first_rows[person.email] = row.number
        staff.people[person.email] = person
    if not staff.mentioned:
        found.problem(FILE, 0, "", "there is nobody on the staff list", "add a row for each member of staff")
    return staff


def _person(row: Row, found: Findings) -> Person | None:
    called = f"{row['name']} has no e-mail" if row["name"] else "the e-mail is missing"
    email = cells.email(row, "email", found, called)
    name = cells.needed(row, "name", found, "fill in the person's name")
    open_to_visits = cells.flag(row, "open_to_visits", found)
    roles = tuple(role.lower() for role in cells.as_list(row["roles"])) or (TEACHER,)
    strange = [quoted(role) for role in roles if role not in ROLES]
    if strange:
        what = f"the role {listed(strange)} gives no rights here"
        found.odd(FILE, row.number, "roles", what, f"the known ones are {listed(sorted(ROLES))}")
    if email is None or name is None:
        return None
    return Person(
        email=email,
        name=name,
        roles=tuple(dict.fromkeys(roles)),
        grades=cells.as_list(row["grades"]),
        departments=cells.as_list(row["departments"]),
        building=row["building"],
        room=row["room"],
        specialty=row["specialty"],
        open_to_visits=open_to_visits,
    )


def known_person(row: Row, column: str, staff: Staff | None, found: Findings) -> str | None:
    """The address in a cell of another file, if that person is on the staff list."""
    address = cells.email(row, column, found)
    if address is None or staff is None:
        return address
    if address in staff.people:
        return address
    if address not in staff.mentioned:
        what = f"{address} is not on the staff list"
        found.problem(row.file, row.number, column, what, "check the spelling, or add the person to staff.csv")
    return None
