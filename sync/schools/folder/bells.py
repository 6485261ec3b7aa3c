"""`bell_schedule.csv` and `days.csv`: what a kind of day is cut into, and which date is which kind."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from sync.core.school.bell import BellSchedule, Period, PeriodKind
from sync.core.school.days import SchoolDay, Term
from sync.schools import cells
from sync.schools.problems import Findings, listed, quoted
from sync.schools.tables import Columns, Row

BELLS, DAYS = "bell_schedule.csv", "days.csv"
BELL_COLUMNS = Columns(("day_type", "period", "start", "end", "kind"))
DAY_COLUMNS = Columns(("date", "day_type"), ("note",))


@dataclass
class Bells:
    """The schedules read, and every day type and period that stands in the file, good or not."""

    schedules: dict[str, BellSchedule] = field(default_factory=dict)
    periods: dict[str, dict[str, int]] = field(default_factory=lambda: defaultdict(dict))
    """row by day type and period"""


def read_bells(rows: Iterable[Row], found: Findings) -> Bells:
    bells, by_type, any_row = Bells(), defaultdict[str, list[tuple[Period, int]]](list), False
    for row in rows:
        any_row = True
        day_type = cells.needed(row, "day_type", found, "say which kind of day this period belongs to")
        name = cells.needed(row, "period", found, "give the period its number or name")
        period = _period(row, name or "", found)
        if day_type is None or name is None:
            continue
        earlier = bells.periods[day_type].setdefault(name, row.number)
        if earlier != row.number:
            what = f"day type {quoted(day_type)} has {quoted(name)} already, in row {earlier}"
            found.problem(BELLS, row.number, "period", what, "give one of them another name, or remove it")
        elif period:
            by_type[day_type].append((period, row.number))
    for day_type, periods in by_type.items():
        periods.sort(key=lambda one: (one[0].start, one[0].end))
        _tell_overlaps(day_type, periods, found)
        bells.schedules[day_type] = BellSchedule(day_type, tuple(period for period, _ in periods))
    if not any_row:
        found.problem(BELLS, 0, "", "there are no periods", "add a row for each period of each day type")
    return bells


def _period(row: Row, name: str, found: Findings) -> Period | None:
    start, end = cells.clock(row, "start", found), cells.clock(row, "end", found)
    kind = cells.choice(row, "kind", tuple(PeriodKind), found) if row["kind"] else PeriodKind.CLASS
    if start is None or end is None or kind is None:
        return None
    if end <= start:
        starts = "when it starts" if end == start else f"before it starts at {start:%H:%M}"
        what = f"{quoted(name)} ends at {end:%H:%M}, {starts}"
        found.problem(BELLS, row.number, "end", what, "correct the times; they are on the 24-hour clock")
        return None
    return Period(name, start, end, kind)


def _tell_overlaps(day_type: str, periods: list[tuple[Period, int]], found: Findings) -> None:
    latest: tuple[Period, int] | None = None
    for period, row in periods:
        if latest and period.start < latest[0].end:
            what = (
                f"on {quoted(day_type)}, {quoted(period.name)} starts at {period.start:%H:%M}, "
                f"before {quoted(latest[0].name)} (row {latest[1]}) ends at {latest[0].end:%H:%M}"
            )
            found.problem(BELLS, row, "start", what, "correct the times so that no two periods overlap")
        if latest is None or period.end > latest[0].end:
            latest = (period, row)


def read_days(
    rows: Iterable[Row], bells: Bells | None, terms: tuple[Term, ...], found: Findings
) -> dict[date, SchoolDay]:
    days, first_rows, any_row = dict[date, SchoolDay](), dict[date, int](), False
    for row in rows:
        any_row = True
        day = cells.day(row, "date", found)
        day_type = row["day_type"]
        if day_type and bells and day_type not in bells.periods:
            what = f"the day type {quoted(day_type)} has no bell schedule"
            do = f"add its periods to {BELLS}, or use one of {listed(sorted(bells.periods))}"
            found.problem(DAYS, row.number, "day_type", what, do)
        if day is None:
            continue
        if day in first_rows:
            what = f"{day} is in the file already, in row {first_rows[day]}"
            found.problem(DAYS, row.number, "date", what, "keep one row for each date")
            continue
        first_rows[day] = row.number
        days[day] = SchoolDay(day, day_type, row["note"])
        if terms and not any(day in term for term in terms):
            kind = "school day" if day_type else "holiday"
            what = f"the {kind} {day} lies in no term ({listed([f'{t.name} {t.first} to {t.last}' for t in terms])})"
            found.problem(DAYS, row.number, "date", what, "correct the date, or the terms in school.toml")
    if not any_row:
        found.problem(DAYS, 0, "", "there are no dates", "add a row for each school day, with its day type")
    return days
