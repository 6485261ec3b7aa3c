"""Is this plan valid? Every rule of a term's plan, in sentences, read off the rows of `plan.csv` as written.

Written before the solver and sharing nothing with it: it knows the school and the rows, and no more. A judge
who reads it should be able to say which line of the agreement each sentence comes from.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import combinations

from sync.core.school.agreement import DebriefRule, Kind
from sync.core.school.people import COVER, TEACHER
from sync.core.school.school import School
from sync.core.school.slots import moment
from sync.core.school.timetable import Has
from sync.planning.check_rows import odd_rows

ONE_ROOM = frozenset({Kind.PAIR, Kind.GROUP})
"""kinds in which a visit lasts the whole period; on a route each stop is a part of it"""
COVERABLE = frozenset({Kind.GROUP, Kind.LEARNING, Kind.INQUIRY})
VISITORS = {Kind.PAIR: (1, 1), Kind.GROUP: (2, 3), Kind.LEARNING: (1, 4), Kind.INQUIRY: (2, 6)}
_CLOCK = re.compile(r"[0-2]\d:[0-5]\d")
ROOMS = {Kind.LEARNING: (2, 7), Kind.INQUIRY: (2, 5)}


@dataclass(frozen=True)
class _Piece:
    """One row, read."""

    line: int
    walk: str
    group: str
    day: date
    period: str
    start: datetime
    end: datetime
    piece: str
    role: str
    email: str
    host: str
    covered_by: str

    def __str__(self) -> str:
        return f"row {self.line} ({self.walk}, {self.email}, {self.day} {self.period} {self.start:%H:%M})"

    @property
    def minutes(self) -> int:
        return int((self.end - self.start).total_seconds() // 60)

    def meets(self, other: _Piece) -> bool:
        return self.start < other.end and other.start < self.end


def broken_rules(
    school: School, rows: Iterable[Mapping[str, str]], first: date, last: date, lines: Sequence[int] = ()
) -> list[str]:
    """Every rule this plan breaks, a sentence each; an empty list means that it may be published.

    `rows` are the lines of `plan.csv` as dictionaries of text, and `lines` where they stand in the file, if they are
    not all of it. Whether everybody is placed is not asked here: a plan that leaves people out is short, not wrong.
    """
    pieces: list[_Piece] = []
    broken: list[str] = []
    written = list(rows)
    lines = lines or range(2, len(written) + 2)
    for line, row in zip(lines, written, strict=True):
        read = _read(school, line, row)
        if isinstance(read, str):
            broken.append(read)
        else:
            pieces.append(read)
    for rule in (
        _days,
        _visits,
        _people_at_visits,
        _covers,
        _two_places,
        _calendars,
        _rooms,
        _weeks,
        _hosting,
        _kept_free,
        _walks,
        _ways,
    ):
        broken.extend(rule(school, pieces, first, last))
    broken.extend(_debriefs(school, pieces, first, last))
    broken.extend(_floors(school, pieces, first, last))
    broken.extend(odd_rows(school, written, lines))
    return broken


def _read(school: School, line: int, row: Mapping[str, str]) -> _Piece | str:
    try:
        day = date.fromisoformat(row["date"])
        start, end = time.fromisoformat(row["start"]), time.fromisoformat(row["end"])
        piece, role, email, host = row["piece"], row["role"], row["email"], row["host"]
        walk, group, period, covered_by = row["walk"], row["group"], row["period"], row.get("covered_by", "")
    except KeyError as missing:
        return f"row {line} has no column {missing}; plan.csv needs it."
    except ValueError as error:
        return f"row {line} has a date or time that cannot be read ({error}); dates are ISO, times HH:MM."
    if row.get("kind", "") != school.rules.goal.kind.value:
        return f"row {line} is of kind {row.get('kind', '')!r}; the goal is {school.rules.goal.kind.value!r}."
    if piece not in ("prepare", "visit", "debrief") or role not in ("visitor", "host", "cover"):
        return f"row {line} has piece {piece!r} and role {role!r}, which no plan has."
    for name in filter(None, (email, host, covered_by)):
        if name not in school.staff:
            return f"row {line} names {name}, who is not on the staff list."
    if not all(map(_CLOCK.fullmatch, (row["start"], row["end"]))) or row["date"] != day.isoformat():
        return f"row {line} has {row['date']} {row['start']}-{row['end']}; dates are YYYY-MM-DD, times HH:MM."
    if not walk or not email or start >= end:
        return f"row {line} lacks a walk or a person, or ends before it begins."
    return _Piece(
        line, walk, group, day, period, moment(day, start, school.zone), moment(day, end, school.zone),
        piece, role, email, host, covered_by,
    )  # fmt: skip


def _days(school: School, pieces: list[_Piece], first: date, last: date) -> Iterator[str]:
    open_days = {day.date for day in school.school_days}
    for piece in pieces:
        if not first <= piece.day <= last:
            yield f"{piece} lies outside the range {first} to {last}."
        elif piece.day not in open_days:
            yield f"{piece} is not on a school day."


def _visits(school: School, pieces: list[_Piece], first: date, last: date) -> Iterator[str]:
    """Visits stand in class periods, as a whole or, on a route, as a part of one."""
    for piece in pieces:
        if piece.piece != "visit":
            continue
        slot = school.slot(piece.day, piece.period)
        found = school.bells[school.days[piece.day].day_type].period(piece.period) if slot else None
        if slot is None or found is None or not found.is_class:
            yield f"{piece}: there is no class period of that name on that day."
        elif school.rules.goal.kind in ONE_ROOM and (piece.start, piece.end) != (slot.start, slot.end):
            yield f"{piece}: a visit lasts the whole period, {slot.start:%H:%M} to {slot.end:%H:%M}."
        elif piece.start < slot.start or piece.end > slot.end:
            yield f"{piece} does not lie within its period."


def _people_at_visits(school: School, pieces: list[_Piece], first: date, last: date) -> Iterator[str]:
    for piece in pieces:
        if piece.piece != "visit":
            continue
        has = school.has(piece.email, piece.day, piece.period)
        if piece.role == "host":
            if has is not Has.CLASS:
                yield f"{piece} hosts without a class; the timetable has {has.value}."
            if not school.person(piece.email).open_to_visits:
                yield f"{piece} hosts although not open to visits."
            if piece.host != piece.email:
                yield f"{piece} is a host's row that names another host, {piece.host}."
        elif piece.role == "visitor":
            if piece.host == piece.email:
                yield f"{piece} visits their own class."
            if piece.covered_by:
                if school.rules.goal.kind not in COVERABLE:
                    yield f"{piece}: visits of this kind use prep, not cover."
                if has is not Has.CLASS:
                    yield f"{piece} is covered without having a class; the timetable has {has.value}."
            elif has is not Has.PREP:
                yield f"{piece} visits without prep; the timetable has {has.value}."


def _covers(school: School, pieces: list[_Piece], first: date, last: date) -> Iterator[str]:
    """Whoever is covered has a named cover, who is cover staff and free; no cover stands for nothing."""
    standing = {(p.walk, p.day, p.period, p.email) for p in pieces if p.role == "cover"}
    wanted = {(p.walk, p.day, p.period, p.covered_by) for p in pieces if p.covered_by}
    for piece in pieces:
        key = (piece.walk, piece.day, piece.period)
        if piece.covered_by and (*key, piece.covered_by) not in standing:
            yield f"{piece} is covered by {piece.covered_by}, who has no row of their own for it."
        if piece.role != "cover":
            continue
        if (*key, piece.email) not in wanted:
            yield f"{piece} covers nobody."
        if not school.person(piece.email).has_role(COVER):
            yield f"{piece} is not cover staff."
        if school.has(piece.email, piece.day, piece.period) is not Has.PREP:
            yield f"{piece} covers without being free."
    by_cover: dict[tuple[str, str, date, str], int] = defaultdict(int)
    for piece in pieces:
        if piece.covered_by and piece.piece == "visit":
            by_cover[piece.covered_by, piece.email, piece.day, piece.period] = 1
    for (one, visitor, day, period), (other, second, same_day, same_period) in combinations(by_cover, 2):
        if one == other and visitor != second and (day, period) == (same_day, same_period):
            yield f"{one} covers both {visitor} and {second} on {day} {period}."


def _two_places(school: School, pieces: list[_Piece], first: date, last: date) -> Iterator[str]:
    """Nobody is in two places. A host with visitors of two walks in one class is in one place."""
    for mine in _by_person_and_day(pieces).values():
        for one, other in combinations(mine, 2):
            together = one.role == other.role == "host" and one.piece == other.piece == "visit"
            if one.meets(other) and not (together and one.walk != other.walk and one.period == other.period):
                yield f"{one} and {other} are at the same time."


def _calendars(school: School, pieces: list[_Piece], first: date, last: date) -> Iterator[str]:
    for piece in pieces:
        if school.is_busy(piece.email, piece.start, piece.end):
            yield f"{piece}: their calendar is busy then."


def _rooms(school: School, pieces: list[_Piece], first: date, last: date) -> Iterator[str]:
    guests: dict[tuple[str, date, str], list[_Piece]] = defaultdict(list)
    for piece in pieces:
        if piece.piece == "visit" and piece.role == "visitor":
            guests[piece.host, piece.day, piece.period].append(piece)
    cap = school.rules.agreement.room_cap
    for (host, day, period), visitors in guests.items():
        most = max(sum(one.meets(other) for other in visitors) for one in visitors)
        if most > cap:
            yield f"{host} has {most} visitors at a time on {day} {period}; the room cap is {cap}."


def _weeks(school: School, pieces: list[_Piece], first: date, last: date) -> Iterator[str]:
    cap = school.rules.agreement.max_visits_per_week
    walks: dict[tuple[str, date], set[str]] = defaultdict(set)
    for piece in pieces:
        if piece.piece == "visit" and piece.role == "visitor":
            walks[piece.email, piece.day - timedelta(days=piece.day.weekday())].add(piece.walk)
    for (email, monday), found in walks.items():
        if cap and len(found) > cap:
            yield f"{email} visits {len(found)} times in the week of {monday}; the agreement has {cap}."


def _hosting(school: School, pieces: list[_Piece], first: date, last: date) -> Iterator[str]:
    most, agreement = school.rules.goal.visits_hosted_at_most, school.rules.agreement
    hosted: dict[str, set[str]] = defaultdict(set)
    in_week: dict[tuple[str, date], set[str]] = defaultdict(set)
    in_year: dict[tuple[str, int], list[_Piece]] = defaultdict(list)
    for piece in pieces:
        if piece.piece == "visit" and piece.role == "host":
            hosted[piece.email].add(piece.walk)
            in_week[piece.email, piece.day - timedelta(days=piece.day.weekday())].add(piece.walk)
            in_year[piece.email, piece.day.year - (piece.day.month < 8)].append(piece)
    for email, walks in hosted.items():
        if len(walks) > most:
            yield f"{email} hosts {len(walks)} times; the goal has {most} at most."
    for (email, monday), walks in in_week.items():
        if 0 < agreement.max_hosted_per_week < len(walks):
            yield (
                f"{email} hosts {len(walks)} times in the week of {monday}; "
                f"the agreement has {agreement.max_hosted_per_week} at most."
            )
    for (email, year), mine in in_year.items():
        times, minutes = len({piece.walk for piece in mine}), sum(piece.minutes for piece in mine)
        if 0 < agreement.max_hosted_per_year < times:
            yield f"{email} hosts {times} times in the school year from {year}; the agreement has less."
        if 0 < agreement.hosted_minutes_per_year < minutes:
            yield f"{email} hosts for {minutes} minutes in the school year from {year}; the agreement has less."


def _kept_free(school: School, pieces: list[_Piece], first: date, last: date) -> Iterator[str]:
    """Nobody visits on dates, in periods and in rooms that the rules block, nor outside their windows."""
    windows = school.rules.windows
    for piece in pieces:
        if piece.piece != "visit" or piece.role != "visitor":
            continue
        if windows and not any(window.holds(piece.day, piece.period) for window in windows):
            yield f"{piece} visits outside the windows of the rules."
        room = school.room_of(piece.host, piece.day, piece.period)
        for blocked in school.rules.blocked:
            if blocked.holds(piece.day, piece.period) and (not blocked.rooms or room in blocked.rooms):
                yield f"{piece} visits at a time that is kept free of visits ({blocked.reason or 'no reason given'})."


def _walks(school: School, pieces: list[_Piece], first: date, last: date) -> Iterator[str]:
    """A walk has the visitors and hosts of its kind, in one period, and comes from one group."""
    kind = school.rules.goal.kind
    fewest, most = VISITORS[kind]
    rooms = ROOMS.get(kind, (1, 1))
    together: dict[str, list[_Piece]] = defaultdict(list)
    for piece in pieces:
        together[piece.walk].append(piece)
    for walk, members in together.items():
        visits = [piece for piece in members if piece.piece == "visit"]
        visitors = {piece.email for piece in visits if piece.role == "visitor"}
        hosts = {piece.email for piece in visits if piece.role == "host"}
        least = min(fewest, max(1, _teachers_of(school, members[0].group) - 1))
        if not least <= len(visitors) <= most:
            yield f"walk {walk} has {len(visitors)} visitors; a {kind.value} walk has {least} to {most}."
        if not rooms[0] <= len(hosts) <= rooms[1]:
            yield f"walk {walk} has {len(hosts)} hosts; a {kind.value} walk has {rooms[0]} to {rooms[1]}."
        if visitors & hosts:
            yield f"walk {walk} has somebody as visitor and as host."
        if len({(piece.day, piece.period) for piece in visits}) > 1:
            yield f"walk {walk} has visits at several times; a walk is one period."
        met = {(piece.email, piece.host) for piece in visits if piece.role == "visitor"}
        if met != {(visitor, host) for visitor in visitors for host in hosts}:
            yield f"walk {walk} does not bring every visitor to every host."
        yield from _from_one_group(school, walk, members, visitors | hosts)


def _teachers_of(school: School, group: str) -> int:
    """Teachers of a group, or of a school without groups of its own; others do not walk. Of two, one visits."""
    members = school.groups.get(group, ()) if school.groups else school.staff
    return sum(school.person(email).has_role(TEACHER) for email in members)


def _from_one_group(school: School, walk: str, members: list[_Piece], people: set[str]) -> Iterator[str]:
    if school.rules.goal.kind is not Kind.GROUP or not school.groups:
        return
    name = members[0].group
    if name in school.groups and not people <= set(school.groups[name]):
        yield f"walk {walk} is of group {name}, and not all its people are."


def _ways(school: School, pieces: list[_Piece], first: date, last: date) -> Iterator[str]:
    """Time to get from one building to the next, between every class or duty and a visit, or a class that is taken."""
    needed = timedelta(minutes=school.rules.agreement.travel_minutes)
    taken = {(piece.walk, piece.day, piece.covered_by): piece.email for piece in pieces if piece.covered_by}
    for piece in pieces:
        slot = school.slot(piece.day, piece.period)
        whose = taken.get((piece.walk, piece.day, piece.email)) if piece.role == "cover" else piece.host
        if not needed or piece.role not in ("visitor", "cover") or piece.piece != "visit" or not whose or slot is None:
            continue
        there = school.building_of(whose, piece.day, piece.period)
        for other, period in school.slots_of(school.days[piece.day]):
            if school.has(piece.email, piece.day, period.name) not in (Has.CLASS, Has.DUTY) or other == slot:
                continue
            here = school.building_of(piece.email, piece.day, period.name)
            gap = slot.start - other.end if other.start < slot.start else other.start - slot.end
            if here and there and here != there and gap < needed:
                yield f"{piece} has no time to get between {here} and {there}."


def _debriefs(school: School, pieces: list[_Piece], first: date, last: date) -> Iterator[str]:
    goal = school.rules.goal
    together: dict[str, list[_Piece]] = defaultdict(list)
    for piece in pieces:
        together[piece.walk].append(piece)
    for walk, members in together.items():
        visits = [piece for piece in members if piece.piece == "visit" and piece.role != "cover"]
        debriefs = [piece for piece in members if piece.piece == "debrief"]
        if goal.debrief is DebriefRule.NONE:
            if debriefs:
                yield f"walk {walk} has a debrief; the goal asks for none."
            continue
        if not visits:
            yield f"walk {walk} has no visit."
            continue
        talking = {piece.email for piece in visits if goal.kind in ONE_ROOM or piece.role == "visitor"}
        if {piece.email for piece in debriefs} != talking:
            yield f"walk {walk} does not bring its people, and only them, to its debrief."
            continue
        if len({(piece.start, piece.end) for piece in debriefs}) != 1:
            yield f"walk {walk} has its debrief at several times."
        ends = max(piece.end for piece in visits)
        within = 0 if goal.debrief is DebriefRule.SAME_DAY else 2
        for piece in debriefs:
            if piece.minutes != goal.debrief_minutes:
                yield f"{piece} lasts {piece.minutes} minutes; the goal has {goal.debrief_minutes}."
            if piece.start < ends:
                yield f"{piece} begins before the visit is over."
            if school.school_days_after(ends.date(), piece.day) > within:
                yield f"{piece} is later than {goal.debrief.value} allows."
            if not _is_free_time(school, piece):
                yield f"{piece} is neither in their prep nor before or after school."


def _is_free_time(school: School, piece: _Piece) -> bool:
    """In prep from end to end, or, where the goal allows it, outside the bells of that day."""
    day = school.days.get(piece.day)
    bell = [slot for slot, _ in school.slots_of(day)] if day and day.day_type in school.bells else []
    if not bell:
        return False
    if piece.end <= min(slot.start for slot in bell) or piece.start >= max(slot.end for slot in bell):
        return school.rules.goal.debrief_outside_hours
    reached = piece.start
    for slot in school.prep_slots(piece.email, piece.day):
        if slot.start <= reached < slot.end:
            reached = slot.end
    return reached >= piece.end


def _floors(school: School, pieces: list[_Piece], first: date, last: date) -> Iterator[str]:
    """Prep left on every day and in every week in which this plan takes any, by the minute."""
    daily = school.rules.agreement.prep_floor_minutes_per_day
    weekly = school.rules.agreement.prep_floor_minutes_per_week
    taken: dict[tuple[str, date], int] = {}
    for (email, day), mine in _by_person_and_day(pieces).items():
        taking = [piece for piece in mine if not (piece.role == "host" and piece.piece == "visit")]
        lost = sum(_shared(slot.start, slot.end, taking) for slot in school.prep_slots(email, day))
        if not lost:
            continue
        taken[email, day] = lost
        left = _prep_minutes(school, email, day) - lost
        if left < daily:
            yield f"{email} keeps {left} minutes of prep on {day}; the agreement keeps {daily}."
    weeks: dict[tuple[str, date], int] = defaultdict(int)
    for (email, day), lost in taken.items():
        weeks[email, day - timedelta(days=day.weekday())] += lost
    for (email, monday), lost in weeks.items() if weekly else ():
        days = school.days_between(monday, monday + timedelta(days=6))
        left = sum(_prep_minutes(school, email, found.date) for found in days) - lost
        if left < weekly:
            yield f"{email} keeps {left} minutes of prep in the week of {monday}; the agreement keeps {weekly}."


def _shared(start: datetime, end: datetime, taking: list[_Piece]) -> int:
    """Minutes of one prep that these pieces take together; on a route the way between two stops counts too."""
    walks: dict[tuple[str, str], tuple[datetime, datetime]] = {}
    for piece in taking:
        begins, ends = walks.get((piece.walk, piece.piece), (piece.start, piece.end))
        walks[piece.walk, piece.piece] = (min(begins, piece.start), max(ends, piece.end))
    seconds = sum(max(0.0, (min(end, ends) - max(start, begins)).total_seconds()) for begins, ends in walks.values())
    return int(seconds // 60)


def _prep_minutes(school: School, email: str, day: date) -> int:
    return sum(slot.minutes for slot in school.prep_slots(email, day))


def _by_person_and_day(pieces: list[_Piece]) -> dict[tuple[str, date], list[_Piece]]:
    found: dict[tuple[str, date], list[_Piece]] = defaultdict(list)
    for piece in pieces:
        found[piece.email, piece.day].append(piece)
    return found
