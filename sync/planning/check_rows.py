"""Do the rows of `plan.csv` say the same thing twice over? Columns that repeat what others imply must agree with them.

A part of the check (see `check`), and like it without anything of the planner's: rooms, periods and hosts are looked
up in the school again. A row whose person or date cannot be read at all is `check`'s to tell.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, time

from sync.core.school.agreement import Kind
from sync.core.school.school import School

COLUMNS = (
    "walk", "kind", "group", "date", "period", "start", "end", "piece", "role", "email", "host", "room", "covered_by",
)  # fmt: skip
OUTSIDE = ("before school", "after school")


def odd_rows(school: School, rows: Sequence[Mapping[str, str]], lines: Sequence[int]) -> Iterator[str]:
    """A sentence for every row, and every walk, that contradicts itself or is there twice."""
    seen: dict[tuple[str, ...], int] = {}
    walks: dict[str, list[Mapping[str, str]]] = defaultdict(list)
    for line, row in zip(lines, rows, strict=True):
        if set(COLUMNS) - set(row):
            yield f"row {line} has no column {', '.join(sorted(set(COLUMNS) - set(row)))}; plan.csv needs it."
            continue
        same = tuple(row[name] for name in COLUMNS)
        if same in seen:
            yield f"row {line} repeats row {seen[same]}."
        seen.setdefault(same, line)
        walks[row["walk"]].append(row)
        yield from _one_row(school, line, row)
    for walk, mine in walks.items():
        yield from _one_walk(school, walk, mine)


def _one_row(school: School, line: int, row: Mapping[str, str]) -> Iterator[str]:
    try:
        day, start = date.fromisoformat(row["date"]), time.fromisoformat(row["start"])
    except ValueError:
        return
    known = school.days.get(day)
    if known is None or known.day_type not in school.bells or row["email"] not in school.staff:
        return
    if not row["host"]:
        yield f"row {line} names no host."
    if row["covered_by"] and (row["piece"], row["role"]) != ("visit", "visitor"):
        yield f"row {line} is covered by somebody; only a visitor's visit is."
    if row["piece"] == "debrief" and row["role"] == "cover":
        yield f"row {line} has cover for a debrief, which takes no class."
    if row["piece"] == "visit" and row["host"] in school.staff:
        room = school.room_of(row["host"], day, row["period"])
        if row["role"] != "cover" and row["room"] != room:
            yield f"row {line} is in room {row['room']!r}; the host's class is in {room!r}."
    period = school.bells[known.day_type].period(row["period"])
    if period is None and (row["piece"] == "visit" or row["period"] not in OUTSIDE):
        yield f"row {line} names {row['period']!r}, which is no period of that day."
    slot = school.slot(day, row["period"]) if period is not None else None
    if slot is not None and not slot.start.time() <= start < slot.end.time():
        yield f"row {line} begins at {start:%H:%M}, which is not in {row['period']!r}."


def _one_walk(school: School, walk: str, rows: Sequence[Mapping[str, str]]) -> Iterator[str]:
    if len({row["group"] for row in rows}) > 1:
        yield f"walk {walk} is of several groups."
    group = rows[0]["group"]
    if school.rules.goal.kind is Kind.GROUP and school.groups and group not in school.groups:
        yield f"walk {walk} is of group {group!r}, which the school does not have."
    hosts = {row["email"] for row in rows if (row["piece"], row["role"]) == ("visit", "host")}
    for row in rows:
        if row["host"] and row["host"] not in hosts:
            yield f"walk {walk} names the host {row['host']}, who hosts no stop of it."
            return
