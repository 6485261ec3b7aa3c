"""Covers in Calendar: an event each, beside the walk's own, and what is needed to find it again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sync.core.school.school import School
from sync.core.visits.walk import Walk
from sync.services.mirrors.cover_views import cover_key, cover_view, covers_to_show
from sync.services.ports import Calendar, EventLost, EventView, Fault, Rooms

PREFIX = "cover:"
"""before a cover's key and the name of a value, in the ref of the walk's event"""
Ref = dict[str, str]


def show_covers(calendar: Calendar, rooms: Rooms, school: School, walk: Walk, ref: Mapping[str, str]) -> Iterator[Ref]:
    """Make the events of a walk's covers be as they should; yields the whole ref after each step, to be kept at once.

    Yields nothing for a walk that has no cover and never had.
    """
    kept, wanted = dict(ref), covers_to_show(walk)
    # Even what was never put down may be there: a pass that was cut off may have made it.
    made = {cover_key(walk, cover) for cover in walk.covers if cover.by} | _keys(kept)
    for key in sorted(made - wanted.keys()):
        calendar.withdraw(rooms, _of(kept, key) or calendar.ref(key))
        kept = {name: value for name, value in kept.items() if not name.startswith(f"{PREFIX}{key}:")}
        yield kept
    for key, cover in wanted.items():
        view = cover_view(walk, cover, school)
        try:
            found = calendar.show(rooms, view, _of(kept, key))
        except EventLost as lost:
            kept = {**kept, **_named(key, lost.ref)}
            yield kept
            found = _once_more(calendar, rooms, view, lost)
        kept = {**kept, **_named(key, found)}
        yield kept


def _once_more(calendar: Calendar, rooms: Rooms, view: EventView, lost: EventLost) -> Mapping[str, str]:
    try:
        return calendar.show(rooms, view, lost.ref)
    except EventLost as again:
        raise Fault("A cover's event cannot be brought back yet; the next pass tries again.", retry=True) from again


def of_covers(ref: Mapping[str, str]) -> Ref:
    """The part of a ref that is about covers."""
    return {name: value for name, value in ref.items() if name.startswith(PREFIX)}


def _keys(ref: Mapping[str, str]) -> set[str]:
    return {name.split(":")[1] for name in ref if name.startswith(PREFIX)}


def _of(ref: Mapping[str, str], key: str) -> Ref:
    start = f"{PREFIX}{key}:"
    return {name.removeprefix(start): value for name, value in ref.items() if name.startswith(start)}


def _named(key: str, ref: Mapping[str, str]) -> Ref:
    return {f"{PREFIX}{key}:{name}": value for name, value in ref.items()}
