"""Another time for a visit of any kind: with the same host, through the same rooms as far as may be, or its video."""

from __future__ import annotations

from dataclasses import dataclass

from sync.core.school.slots import Slot
from sync.core.visits.walk import Walk
from sync.services.ports import Clock, Store
from sync.services.visits import finding, routing, watching
from sync.services.visits.finding import WhyNot

TIMES_AT_MOST = 8


@dataclass(frozen=True, slots=True)
class OtherTime:
    """A time to which a visit may be moved as it is; of a route also whose rooms it would lead through, in order."""

    slot: Slot
    hosts: tuple[str, ...]
    rooms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OtherTimes:
    """What works, the soonest first, and why nothing is sooner."""

    times: tuple[OtherTime, ...] = ()
    why_not: tuple[WhyNot, ...] = ()


def other_times(store: Store, clock: Clock, school_key: str, walk: Walk, *, at_most: int = TIMES_AT_MOST) -> OtherTimes:
    """Where this walk may go, as if it did not stand. The rules are its visitors', whoever asks."""
    if walk.video:
        return _of_a_video(store, clock, school_key, walk, at_most)
    if len(walk.stops) > 1:
        return _of_a_route(store, clock, school_key, walk, at_most)
    host = walk.stops[0].host
    found = finding.find(store, clock, school_key, walk.visitors[0], host=host, at_most=at_most, instead_of=walk.key)
    return OtherTimes(tuple(OtherTime(offer.slot, (host,)) for offer in found.offers), found.why_not)


def _of_a_video(store: Store, clock: Clock, school_key: str, walk: Walk, at_most: int) -> OtherTimes:
    """As long as its host shows it."""
    video = watching.video_of(store, clock, school_key, walk.video)
    if video is None:
        return OtherTimes()
    slots = watching.times_for(store, clock, school_key, walk.visitors, video, instead_of=walk.key)
    times = [OtherTime(slot, walk.hosts) for slot in slots if slot != walk.stops[0].slot]
    return OtherTimes(tuple(times[:at_most]))


def _of_a_route(store: Store, clock: Clock, school_key: str, walk: Walk, at_most: int) -> OtherTimes:
    found = routing.find_routes(
        store, clock, school_key, walk.visitors, walk.kind, at_most=at_most, instead_of=walk.key
    )
    times = [OtherTime(one.slot, one.hosts, tuple(stop.room for stop in one.stops)) for one in found.offers]
    return OtherTimes(tuple(times), found.why_not)
