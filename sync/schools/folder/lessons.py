"""`timetable.csv`: what each person has, period by period, on each type of day."""

from __future__ import annotations

from collections.abc import Iterable

from sync.core.school.timetable import ROW_KINDS, Entry
from sync.schools import cells
from sync.schools.folder.bells import BELLS, Bells
from sync.schools.folder.staff import Staff, known_person
from sync.schools.problems import Findings, listed, quoted
from sync.schools.tables import Columns, Row

FILE = "timetable.csv"
COLUMNS = Columns(("email", "day_type", "period", "kind"), ("section", "course", "grade", "room"))


def read_timetable(rows: Iterable[Row], staff: Staff | None, bells: Bells | None, found: Findings) -> list[Entry]:
    entries, first_rows, any_row = list[Entry](), dict[tuple[str, str, str], int](), False
    for row in rows:
        any_row = True
        email = known_person(row, "email", staff, found)
        kind = cells.choice(row, "kind", ROW_KINDS, found)
        placed = _has_place(row, bells, found)
        if email is None or kind is None or not placed:
            continue
        key = (email, row["day_type"], row["period"])
        earlier = first_rows.setdefault(key, row.number)
        if earlier != row.number:
            what = f"{email} has two things at once: {quoted(key[1])}, {quoted(key[2])} is in row {earlier} already"
            found.problem(
                FILE, row.number, "period", what, "keep one of the two rows, or correct its day type or period"
            )
            continue
        entries.append(Entry(*key, kind, row["section"], row["course"], row["grade"], row["room"]))
    if not any_row:
        do = "add a row for each person, day type and period with a class"
        found.problem(FILE, 0, "", "the timetable is empty, so nobody teaches", do)
    return entries


def _has_place(row: Row, bells: Bells | None, found: Findings) -> bool:
    day_type = cells.needed(row, "day_type", found, "say on which kind of day")
    period = cells.needed(row, "period", found, "say in which period")
    if day_type is None or period is None or bells is None:
        return False
    if day_type not in bells.periods:
        what = f"the day type {quoted(day_type)} has no bell schedule"
        do = f"add its periods to {BELLS}, or use one of {listed(sorted(bells.periods))}"
        found.problem(FILE, row.number, "day_type", what, do)
        return False
    if period not in bells.periods[day_type]:
        what = f"there is no period {quoted(period)} on day type {quoted(day_type)}"
        found.problem(FILE, row.number, "period", what, f"use one of {listed(list(bells.periods[day_type]), 12)}")
        return False
    return True
