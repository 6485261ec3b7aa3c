"""`cover.csv`: who offers to cover, and how many minutes a week; the bank that a programme draws on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sync.core.preflight.gaps import COVERAGE
from sync.core.school.school import School
from sync.schools.folder.staff import Staff, known_person
from sync.schools.problems import Findings, quoted
from sync.schools.tables import Columns, Row

COLUMNS = Columns(("email", "minutes_per_week"), ("note",))
MOST = 40 * 60
"""minutes of a week"""


def read_cover(rows: Iterable[Row], staff: Staff | None, found: Findings) -> dict[str, int]:
    offered: dict[str, int] = {}
    for row in rows:
        email, said = known_person(row, "email", staff, found), row["minutes_per_week"]
        if not (said.isascii() and said.isdecimal() and int(said[:6]) <= MOST):
            what = f"{quoted(said)} is no number of minutes" if said else "the minutes are missing"
            found.problem(COVERAGE, row.number, "minutes_per_week", what, f"write 0 to {MOST}, like 50")
        elif email in offered:
            found.problem(COVERAGE, row.number, "email", f"{email} is there twice", "keep one of the two rows")
        elif email is not None:
            offered[email] = int(said)
    return offered


def cover_rows(school: School) -> Iterable[Sequence[str]]:
    return ([email, str(minutes), ""] for email, minutes in school.cover_minutes.items())
