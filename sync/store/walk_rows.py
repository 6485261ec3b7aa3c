"""A walk as rows, and back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Row, Table

from sync.core.school.agreement import Kind
from sync.core.school.slots import Slot
from sync.core.visits.cover import Cover, CoverFor
from sync.core.visits.walk import Piece, PieceKind, State, Stop, Walk
from sync.store.tables.covers import covers
from sync.store.tables.promised import participations
from sync.store.tables.walks import pieces, stops, visitors

Values = dict[str, Any]


def of_walk(walk: Walk) -> Values:
    """The row of the walk itself, without its key."""
    dates = [stop.slot.date for stop in walk.stops] + [piece.slot.date for piece in walk.pieces]
    return {
        "kind": walk.kind.value,
        "state": walk.state.value,
        "group_name": walk.group,
        "focus": list(walk.focus),
        "own_focus": walk.own_focus,
        "initiated_by": walk.initiated_by,
        "booked_at": walk.booked_at,
        "starts": walk.starts,
        "ends": walk.ends,
        "first_date": min(dates),
        "last_date": max(dates),
        "revision": walk.revision,
        "accepted": list(walk.accepted),
        "declined": list(walk.declined),
        "lapses_on": walk.lapses_on,
        "protocol": walk.protocol,
        "mode": walk.mode,
        "video": walk.video,
        "link_opens": list(walk.link_opens),
    }


def of_parts(school: str, walk: Walk) -> Iterator[tuple[Table, list[Values]]]:
    """The rows that belong to a walk, table by table."""
    key = {"school": school, "walk": walk.key}
    yield visitors, [{**key, "place": place, "email": email} for place, email in enumerate(walk.visitors)]
    yield stops, [{**key, "place": place, **_of_stop(stop)} for place, stop in enumerate(walk.stops)]
    yield pieces, [{**key, "kind": piece.kind.value, **_of_slot(piece.slot)} for piece in walk.pieces]
    yield covers, [{**key, "place": place, **_of_cover(cover)} for place, cover in enumerate(walk.covers)]
    yield (
        participations,
        [
            {
                **key,
                "email": held.email,
                "part": held.part.value,
                "date": held.date,
                "period": held.period,
                "starts": held.start,
                "ends": held.end,
            }
            for held in walk.commitments()
        ],
    )


def _of_stop(stop: Stop) -> Values:
    return {
        "host": stop.host,
        **_of_slot(stop.slot),
        "room": stop.room,
        "section": stop.section,
        "course": stop.course,
        "grade": stop.grade,
    }


def _of_cover(cover: Cover) -> Values:
    return {
        "away": cover.away,
        **_of_slot(cover.slot),
        "purpose": cover.purpose.value,
        "asked": cover.asked,
        "taken_by": cover.by,
        "declined": list(cover.declined),
        "agreed": cover.agreed,
        "initiated_by": cover.initiated_by,
        "room": cover.room,
        "course": cover.course,
        "note": cover.note,
    }


def _of_slot(slot: Slot) -> Values:
    return {"date": slot.date, "period": slot.period, "starts": slot.start, "ends": slot.end}


class Parts:
    """Rows of visitors, stops and pieces as they are read, until each walk is put together again."""

    def __init__(self, zone: ZoneInfo) -> None:
        self._zone = zone
        self._visitors: dict[str, list[str]] = defaultdict(list)
        self._stops: dict[str, list[Stop]] = defaultdict(list)
        self._pieces: dict[str, list[Piece]] = defaultdict(list)
        self._covers: dict[str, list[Cover]] = defaultdict(list)

    def take_visitor(self, row: Row[Any]) -> None:
        self._visitors[row.walk].append(row.email)

    def take_stop(self, row: Row[Any]) -> None:
        stop = Stop(row.host, self._slot(row), row.room, row.section, row.course, row.grade)
        self._stops[row.walk].append(stop)

    def take_piece(self, row: Row[Any]) -> None:
        self._pieces[row.walk].append(Piece(PieceKind(row.kind), self._slot(row)))

    def take_cover(self, row: Row[Any]) -> None:
        said = (row.asked, row.taken_by, tuple(row.declined), row.agreed, row.initiated_by)
        cover = Cover(row.away, self._slot(row), CoverFor(row.purpose), *said, row.room, row.course, row.note)
        self._covers[row.walk].append(cover)

    def _slot(self, row: Row[Any]) -> Slot:
        return Slot(row.date, row.starts.astimezone(self._zone), row.ends.astimezone(self._zone), row.period)

    def walk(self, row: Row[Any]) -> Walk:
        pieces_in_order = sorted(self._pieces[row.key], key=lambda piece: piece.slot.start)
        return Walk(
            key=row.key,
            kind=Kind(row.kind),
            visitors=tuple(self._visitors[row.key]),
            stops=tuple(self._stops[row.key]),
            focus=tuple(row.focus),
            initiated_by=row.initiated_by,
            booked_at=row.booked_at.astimezone(self._zone),
            state=State(row.state),
            group=row.group_name,
            own_focus=row.own_focus,
            pieces=tuple(pieces_in_order),
            covers=tuple(self._covers[row.key]),
            accepted=tuple(row.accepted),
            declined=tuple(row.declined),
            lapses_on=row.lapses_on,
            protocol=row.protocol,
            mode=row.mode,
            video=row.video,
            link_opens=tuple(row.link_opens),
            revision=row.revision,
        )
