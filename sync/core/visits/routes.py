"""Walks through several rooms: how long in each, the way between them, and what stands against them.

A learning walk spends a few minutes in each of some neighbouring rooms, an inquiry walk longer in fewer (domain facts
27, 34 to 37). Hosts keep teaching; preparing it and talking it over is for the visitors alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, timedelta

from sync.core.refusals import Refusal
from sync.core.school.agreement import Kind
from sync.core.school.slots import Slot
from sync.core.visits.ask import Ask, Known
from sync.core.visits.openings import OF_THE_HOST, OF_THE_VISITORS, enough_notice, objections
from sync.core.visits.walk import Walk


@dataclass(frozen=True, slots=True)
class Preset:
    """What a kind of route usually is. Minutes are those in one room."""

    rooms: tuple[int, int]
    usual_rooms: int
    minutes: tuple[int, ...]
    """that may be chosen, the usual ones first"""
    walking: int
    """minutes from one room to the next"""
    visitors: tuple[int, int]


ROUTES: Mapping[Kind, Preset] = {
    Kind.LEARNING: Preset((3, 7), 5, (4, 3, 5), 1, (1, 4)),
    Kind.INQUIRY: Preset((3, 5), 3, (12, 7, 6, 15), 2, (3, 6)),
}


def stretches(slot: Slot, rooms: int, minutes: int, walking: int) -> list[Slot]:
    """The stretch of each room within a period, from its beginning, with the way between; [] where they do not fit."""
    if rooms * minutes + (rooms - 1) * walking > slot.minutes:
        return []
    return [_part(slot, place * (minutes + walking), minutes) for place in range(rooms)]


def whole_of(slots: Sequence[Slot]) -> Slot:
    """One slot from the beginning of the first to the end of the last."""
    return replace(slots[0], end=slots[-1].end)


def fitting(kind: Kind, slot: Slot) -> list[Slot]:
    """The usual route of a kind in a period: fewer rooms where the period is short, then fewer minutes; or []."""
    preset = ROUTES[kind]
    for minutes in (preset.minutes[0], *sorted(preset.minutes, reverse=True)):
        for rooms in range(preset.usual_rooms, preset.rooms[0] - 1, -1):
            if found := stretches(slot, rooms, minutes, preset.walking):
                return found
    return []


def objections_to(walk: Walk, known: Known) -> Iterator[Refusal]:
    """Everything that stands in a walk's way: on a route of the visitors' whole stretch, and of each host's room."""
    stop = walk.stops[0]
    if walk.video:
        # Nobody is in the host's room: only the visitors' own time is asked, and nobody has to be told beforehand.
        rules = [rule for rule in OF_THE_VISITORS if rule is not enough_notice]
        yield from (reason for rule in rules for reason in rule(Ask(walk.visitors, "", stop.slot), known))
        return
    if len(walk.stops) == 1:
        yield from objections(Ask(walk.visitors, stop.host, stop.slot, walk.covered), known)
        return
    whole = whole_of([stop.slot for stop in walk.stops])
    asked = [(rule, Ask(walk.visitors, "", whole, walk.covered)) for rule in OF_THE_VISITORS]
    asked += [
        (rule, Ask(walk.visitors, stop.host, stop.slot, walk.covered)) for stop in walk.stops for rule in OF_THE_HOST
    ]
    yield from dict.fromkeys(reason for rule, ask in asked for reason in rule(ask, known))


def _part(slot: Slot, after: int, minutes: int) -> Slot:
    start = slot.start.astimezone(UTC) + timedelta(minutes=after)
    zone = slot.start.tzinfo
    return replace(slot, start=start.astimezone(zone), end=(start + timedelta(minutes=minutes)).astimezone(zone))
