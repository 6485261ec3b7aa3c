"""The files a school may leave out: `groups.csv`, `busy.csv` and `wishes.csv`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from enum import StrEnum
from zoneinfo import ZoneInfo

from sync.core.school.school import Busy, School, Wish
from sync.schools import cells
from sync.schools.folder.staff import Staff, known_person
from sync.schools.problems import Findings, quoted
from sync.schools.tables import Columns, Row

GROUPS, BUSY, WISHES = "groups.csv", "busy.csv", "wishes.csv"
GROUP_COLUMNS = Columns(("group", "email"), ("purpose_met",))
BUSY_COLUMNS = Columns(("email", "start", "end"))
WISH_COLUMNS = Columns(("email", "wish", "other"))


class WishFor(StrEnum):
    VISIT = "visit"
    PARTNER = "partner"


def read_groups(rows: Iterable[Row], staff: Staff | None, found: Findings) -> dict[str, tuple[str, ...]]:
    groups: dict[str, dict[str, int]] = {}
    for row in rows:
        group = cells.needed(row, "group", found, "give the group its name")
        email = known_person(row, "email", staff, found)
        if group is None or email is None:
            continue
        earlier = groups.setdefault(group, {}).setdefault(email, row.number)
        if earlier != row.number:
            what = f"{email} is in {quoted(group)} already, in row {earlier}"
            found.problem(GROUPS, row.number, "email", what, "remove one of the two rows")
    return {group: tuple(members) for group, members in groups.items()}


def read_purpose(rows: Iterable[Row], found: Findings) -> dict[str, date]:
    """When groups talked about what visits are for; one row of a group that says so is enough."""
    met: dict[str, date] = {}
    for row in rows:
        if row["group"] and row["purpose_met"] and (day := cells.day(row, "purpose_met", found)):
            met[row["group"]] = min(day, met.get(row["group"], day))
    return met


def group_rows(school: School) -> Iterable[Sequence[str]]:
    for group, members in school.groups.items():
        met = school.purpose_met.get(group)
        yield from ([group, email, met.isoformat() if met else ""] for email in members)


def read_busy(rows: Iterable[Row], staff: Staff | None, zone: ZoneInfo, found: Findings) -> tuple[Busy, ...]:
    busy = []
    for row in rows:
        email = known_person(row, "email", staff, found)
        start, end = cells.moment(row, "start", zone, found), cells.moment(row, "end", zone, found)
        if start and end and end.timestamp() <= start.timestamp():
            found.problem(BUSY, row.number, "end", "the end is not after the start", "correct one of the two")
        elif email and start and end:
            busy.append(Busy(email, start, end))
    return tuple(busy)


def read_wishes(rows: Iterable[Row], staff: Staff | None, found: Findings) -> tuple[Wish, ...]:
    wishes: dict[Wish, int] = {}
    for row in rows:
        email = known_person(row, "email", staff, found)
        wish = cells.choice(row, "wish", tuple(WishFor), found)
        other = known_person(row, "other", staff, found)
        if email is None or wish is None or other is None:
            continue
        if email == other:
            found.problem(
                WISHES, row.number, "other", f"{email} wishes for themselves", "name a colleague, or remove it"
            )
        elif wishes.setdefault(Wish(email, wish.value, other), row.number) != row.number:
            found.odd(WISHES, row.number, "", "the same wish is there twice", "one is enough")
    return tuple(wishes)
