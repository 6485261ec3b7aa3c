"""Walks in the database: kept whole, found by person, by date, and by what a mirror does not show yet."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Text, and_, cast, delete, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from sync.core.visits.commitments import Commitment, Commitments, Part
from sync.core.visits.walk import State, Walk
from sync.services.ports import Mirror, Outdated, Tally
from sync.store import seats, walk_rows
from sync.store.cancelled import given_up
from sync.store.connection import WorkConnection
from sync.store.schools import SqlSchools
from sync.store.tables.covers import covers
from sync.store.tables.promised import participations
from sync.store.tables.walks import pieces, stops, visitors, walks
from sync.store.tally import tally
from sync.store.walk_cache import WalkCache


class SqlWalks:
    """The repository of walks (`sync.services.ports.Walks`)."""

    def __init__(self, connection: WorkConnection, schools: SqlSchools, cache: WalkCache) -> None:
        self._connection = connection
        self._schools = schools
        self._cache = cache
        self._zones: dict[str, ZoneInfo] = {}

    # --- keeping ---

    def add(self, school: str, walk: Walk) -> None:
        writing = self._connection.writing()
        cap = self._schools.room_cap(school)
        # The savepoint lets nothing of a refused walk stay, even if somebody should commit afterwards.
        with writing.begin_nested():
            try:
                writing.execute(insert(walks).values(school=school, key=walk.key, **walk_rows.of_walk(walk)))
            except IntegrityError as error:
                raise Outdated(f"Walk {walk.key} is kept already.") from error
            self._keep_parts(school, walk)
            seats.take(writing, school, walk, cap)

    def save(self, school: str, walk: Walk) -> None:
        writing = self._connection.writing()
        before = self.get(school, walk.key)
        if before == walk:
            return
        cap = self._schools.room_cap(school)
        with writing.begin_nested():
            changed = writing.execute(
                update(walks)
                .where(_is(school, walk.key), walks.c.revision == walk.revision - 1)
                .values(**walk_rows.of_walk(walk))
            )
            if before is None or changed.rowcount != 1:
                raise Outdated(f"Walk {walk.key} is no longer at revision {walk.revision - 1}.")
            for table in (visitors, stops, pieces, covers, participations):
                writing.execute(delete(table).where(table.c.school == school, table.c.walk == walk.key))
            self._keep_parts(school, walk)
            if not seats.same(before, walk):
                seats.give_back(writing, school, walk.key)
                seats.take(writing, school, walk, cap)

    def _keep_parts(self, school: str, walk: Walk) -> None:
        for table, rows in walk_rows.of_parts(school, walk):
            if rows:
                self._connection.writing().execute(insert(table), rows)

    # --- finding ---

    def get(self, school: str, key: str) -> Walk | None:
        return next(iter(self._read(school, walks.c.key == key)), None)

    def of_person(self, school: str, email: str, first: date, last: date) -> list[Walk]:
        keys = self._keys_of(school, [email.lower()], first, last)
        found = (walk for some in _batches(keys) for walk in self._read(school, walks.c.key.in_(some)))
        return sorted(found, key=lambda walk: (walk.starts, walk.key))

    def last_seen(self, school: str, visitors: Iterable[str], first: date, last: date) -> dict[str, date]:
        # In two steps, walks first: asked for at once, a database is tempted to go through every host there is.
        part = participations.c
        came = select(part.walk).where(
            part.school == school,
            part.email.in_(sorted(set(visitors))),
            part.date.between(first, last),
            part.part == Part.VISITOR.value,
        )
        seen: dict[str, date] = {}
        for some in _batches(list(self._connection.reading().scalars(came))):
            hosts = select(part.email, part.date).where(
                part.school == school, part.walk.in_(some), part.part == Part.HOST.value
            )
            for host, day in self._connection.reading().execute(hosts):
                seen[host] = max(day, seen.get(host, date.min))
        return seen

    def given_up(self, school: str, visitors: Iterable[str], now: datetime) -> frozenset[tuple[str, date, str]]:
        return given_up(self._connection, school, visitors, now)

    def between(self, school: str, first: date, last: date) -> list[Walk]:
        return self._read(school, and_(walks.c.first_date <= last, walks.c.last_date >= first))

    def all(self, school: str) -> list[Walk]:
        here, zone = walks.c, self._zone(school)
        asked = select(here.key, here.revision, here.own_focus).where(here.school == school)
        rows = self._connection.reading().execute(asked.order_by(here.starts, here.key)).all()
        known = self._cache.get(school, zone)
        same = {
            row.key: walk
            for row in rows
            if (walk := known.get(row.key)) and (walk.revision, walk.own_focus) == (row.revision, row.own_focus)
        }
        missing = [row.key for row in rows if row.key not in same]
        if len(missing) * 2 > len(rows):
            found = self._read(school)
        else:
            read = [one for some in _batches(missing) for one in self._read(school, here.key.in_(some))]
            both = same | {one.key: one for one in read}
            found = [both[row.key] for row in rows if row.key in both]
        if missing and not self._connection.has_written:
            self._cache.keep(school, zone, {walk.key: walk for walk in found})
        return found

    def left_in_peace(self, school: str, first: date, last: date) -> set[str]:
        somebody = func.length(cast(walks.c.declined, Text)) > len("[]")
        between = walks.c.last_date.between(first, last)
        found = self._connection.reading().scalars(
            select(walks.c.declined).where(walks.c.school == school, between, somebody)
        )
        return {email for emails in found for email in emails}

    def behind(self, school: str, mirror: Mirror) -> list[Walk]:
        return self._read(school, walks.c[f"{mirror.value}_revision"] < walks.c.revision)

    def over(self, school: str, moment: datetime) -> list[Walk]:
        open_states = (State.PROPOSED.value, State.BOOKED.value)
        return self._read(school, and_(walks.c.state.in_(open_states), walks.c.ends <= moment))

    def tally(self, school: str, first: date, last: date, now: datetime) -> Tally:
        return tally(self._connection, school, first, last, now)

    def commitments(self, school: str, first: date, last: date, people: Iterable[str] | None = None) -> Commitments:
        part = participations.c
        if people is None:
            wanted = [part.date.between(first, last)]
        else:
            wanted = [part.walk.in_(some) for some in _batches(self._keys_of(school, people, first, last))]
        zone = self._zone(school)
        return Commitments(
            Commitment(
                row.walk,
                row.email,
                Part(row.part),
                row.date,
                row.period,
                row.starts.astimezone(zone),
                row.ends.astimezone(zone),
            )
            for condition in wanted
            for row in self._connection.reading().execute(
                select(participations).where(part.school == school, condition)
            )
        )

    def _keys_of(self, school: str, people: Iterable[str], first: date, last: date) -> list[str]:
        """Keys of the standing walks in which somebody of these people takes part on these dates."""
        part = participations.c
        found: dict[str, None] = {}
        for some in _batches(sorted(set(people))):
            asked = select(part.walk).where(part.school == school, part.email.in_(some), part.date.between(first, last))
            found.update(dict.fromkeys(self._connection.reading().scalars(asked)))
        return list(found)

    def _read(self, school: str, condition: ColumnElement[bool] | None = None) -> list[Walk]:
        """Walks that meet a condition on `walks`, in order of time and key."""
        reading = self._connection.reading()
        asked = select(walks).where(walks.c.school == school).order_by(walks.c.starts, walks.c.key)
        rows = reading.execute(asked if condition is None else asked.where(condition)).all()
        # The parts are asked for by key, not by the condition again: that reads the primary key on every database.
        some = [None] if condition is None else _batches([row.key for row in rows])
        parts = walk_rows.Parts(self._zone(school))
        for keys in some:
            for table, take in (
                (visitors, parts.take_visitor),
                (stops, parts.take_stop),
                (pieces, parts.take_piece),
                (covers, parts.take_cover),
            ):
                of_school = select(table).where(table.c.school == school).order_by(*table.primary_key.columns)
                for row in reading.execute(of_school if keys is None else of_school.where(table.c.walk.in_(keys))):
                    take(row)
        return [parts.walk(row) for row in rows]

    def _zone(self, school: str) -> ZoneInfo:
        if school not in self._zones:
            self._zones[school] = self._schools.zone(school)
        return self._zones[school]


def _batches(values: list[str]) -> list[list[str]]:
    """At most a thousand values a statement: databases bound the number of parameters."""
    return [values[start : start + 1000] for start in range(0, len(values), 1000)]


def _is(school: str, key: str) -> ColumnElement[bool]:
    return and_(walks.c.school == school, walks.c.key == key)
