"""Finding a walk through several rooms: near each other, in one period in which its visitors may go."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import islice

from sync.core.refusals import Refusal
from sync.core.school.agreement import Kind
from sync.core.school.school import School
from sync.core.school.slots import Slot
from sync.core.school.timetable import Entry
from sync.core.visits.ask import Ask, Known
from sync.core.visits.openings import OF_THE_HOST, OF_THE_VISITORS
from sync.core.visits.routes import ROUTES, fitting, stretches, whole_of
from sync.core.visits.walk import Stop, Walk
from sync.services.ports import Clock, Store, Work
from sync.services.visits.asking import known_about, stop_in
from sync.services.visits.finding import WhyNot, first_objection
from sync.services.visits.focus import library_of
from sync.services.visits.matching import Wanted, read_query
from sync.services.visits.refusing import refuse

NEAR = 24
"""classes nearest to the first visitor's own room that are looked at in one period"""


@dataclass(frozen=True, slots=True)
class RouteOffer:
    """A walk through several rooms that may be booked: its stops in walking order."""

    kind: Kind
    stops: tuple[Stop, ...]

    @property
    def slot(self) -> Slot:
        return whole_of([stop.slot for stop in self.stops])

    @property
    def hosts(self) -> tuple[str, ...]:
        return tuple(stop.host for stop in self.stops)

    @property
    def minutes(self) -> int:
        """In each room."""
        return self.stops[0].slot.minutes


@dataclass(frozen=True, slots=True)
class FoundRoutes:
    """Routes, the soonest first, and why the periods looked at before have none."""

    offers: tuple[RouteOffer, ...] = ()
    why_not: tuple[WhyNot, ...] = ()


def find_routes(
    store: Store,
    clock: Clock,
    school_key: str,
    visitors: Sequence[str],
    kind: Kind,
    *,
    query: str = "",
    days: int = 10,
    at_most: int = 6,
    instead_of: str = "",
) -> FoundRoutes:
    """Routes of this kind for these visitors within the next `days` school days, one at most in a period.

    `instead_of` is a walk that would be moved: through as many rooms, the same ones where they are open, as long in
    each, and as if it did not stand. Raises `NoSuchSchool`, `NoSuchPerson`, and `Refused` where the kind wants more
    company.
    """
    now = clock.now()
    with store.work() as work:
        school = work.schools.get(school_key).school
        people = tuple(school.person(one).email for one in visitors)
        moved = work.walks.get(school_key, instead_of) if instead_of else None
        if moved is None:
            must_be_company(kind, people)
        today = now.astimezone(school.zone).date()
        dates = [day.date for day in islice(school.days_between(today, date.max), days)]
        if not dates:
            return FoundRoutes()
        search = _Search(
            work, school_key, people, kind, read_query(query, school, today, library_of(school)), dates, now, moved
        )
        offers: list[RouteOffer] = []
        for slot in school.class_slots(dates[0], dates[-1]):
            if len(offers) == at_most:
                break
            if search.wanted.on(slot.date, slot.period) and (offer := search.route_in(slot)):
                offers.append(offer)
        return FoundRoutes(tuple(offers), tuple(search.why_not()))


def stops_of(
    school: School, kind: Kind, hosts: Sequence[str], day: date, period: str, minutes: int, *, as_before: bool = False
) -> tuple[Stop, ...]:
    """The stops of a route, in the order of its hosts. Raises `Refused` when it is not one of this kind.

    `as_before`: it stands already, and the minutes in each room are its own.
    """
    preset, slot = ROUTES[kind], school.slot(day, period)
    fewest, most = preset.rooms
    usual = as_before or minutes in preset.minutes
    if len(set(hosts)) != len(hosts) or not fewest <= len(hosts) <= most or not usual:
        raise refuse("route", "walk", f"Such a walk leads through {fewest} to {most} rooms; choose it anew.")
    parts = stretches(slot, len(hosts), minutes, preset.walking) if slot else []
    if not parts:
        raise refuse("route_too_long", "walk", "These rooms do not fit into the period; choose fewer minutes a room.")
    return _stops(school, hosts, parts)


def _stops(school: School, hosts: Sequence[str], parts: Sequence[Slot]) -> tuple[Stop, ...]:
    found = [stop_in(school, host, parts[0].date, parts[0].period) for host in hosts]
    return tuple(replace(stop, slot=part) for stop, part in zip(found, parts, strict=True) if stop)


def must_be_company(kind: Kind, visitors: Sequence[str]) -> None:
    """Raises `Refused` where so many do not make such a walk."""
    fewest, most = ROUTES[kind].visitors
    if not fewest <= len(visitors) <= most:
        raise refuse(
            "company", "walk", f"Such a walk is for {fewest} to {most} colleagues; look for it under My group."
        )


class _Search:
    """One search: periods go in, routes and reasons come out."""

    def __init__(
        self, work: Work, school_key: str, visitors: tuple[str, ...], kind: Kind, wanted: Wanted,
        dates: Sequence[date], now: datetime, moved: Walk | None,
    ) -> None:  # fmt: skip
        self._moved = moved
        self._work, self._key, self._visitors, self._kind, self.wanted = work, school_key, visitors, kind, wanted
        self._first, self._last, self._now = dates[0], dates[-1], now
        self._alone = self._known(())
        self._reasons: dict[str, list[Refusal]] = {}

    def route_in(self, slot: Slot) -> RouteOffer | None:
        parts = _like(self._moved, slot) if self._moved else fitting(self._kind, slot)
        if not parts or (self._moved and self._moved.stops[0].slot.start == parts[0].start):
            return None
        whole = whole_of(parts)
        reason = first_objection(Ask(self._visitors, "", whole), self._alone, OF_THE_VISITORS)
        if reason is not None:
            self._reasons.setdefault(reason.code, []).append(reason)
            return None
        hosts = self._hosts(whole, len(parts))
        if len(hosts) < ROUTES[self._kind].rooms[0]:
            told = f"Too few classes near you are open on {slot}; choose another period."
            self._reasons.setdefault("few_rooms", []).append(Refusal("few_rooms", "timetable", told))
            return None
        return RouteOffer(self._kind, _stops(self._alone.school, hosts, parts[: len(hosts)]))

    def why_not(self) -> Iterator[WhyNot]:
        for code, reasons in self._reasons.items():
            yield WhyNot(code, reasons[0].rule, reasons[0].sentence, len(reasons))

    def _hosts(self, slot: Slot, rooms: int) -> list[str]:
        """The hosts nearest to the first visitor's room to whom nothing objects, in the order of their rooms."""
        school = self._alone.school
        lessons = school.timetable.teaching(school.days[slot.date].day_type, slot.period)
        others = [lesson for lesson in lessons if lesson.email not in self._visitors and self.wanted.fits(lesson)]
        here = school.person(self._visitors[0])
        mine = _place(here.building, here.room)

        kept = self._moved.hosts if self._moved else ()

        def distance(lesson: Entry) -> tuple[bool, bool, int, str]:
            there = _place(*self._where(lesson))
            return lesson.email not in kept, there[0] != mine[0], abs(there[1] - mine[1]), lesson.email

        near = [lesson for lesson in sorted(others, key=distance)][:NEAR]
        known = self._known([lesson.email for lesson in near])
        good = [
            lesson
            for lesson in near
            if first_objection(Ask(self._visitors, lesson.email, slot), known, OF_THE_HOST) is None
        ]
        return [lesson.email for lesson in sorted(good[:rooms], key=lambda lesson: _place(*self._where(lesson)))]

    def _where(self, lesson: Entry) -> tuple[str, str]:
        person = self._alone.school.person(lesson.email)
        room = lesson.room or person.room
        return self._alone.school.building_of_room(room, person.building), room

    def _known(self, hosts: Sequence[str]) -> Known:
        people, without = (*self._visitors, *hosts), self._moved.key if self._moved else ""
        return known_about(self._work, self._key, people, self._first, self._last, self._now, without=without)


def _like(moved: Walk, slot: Slot) -> list[Slot]:
    """The stretches of a walk that is moved into this period; fewer rooms where it is short, or []."""
    preset, minutes = ROUTES[moved.kind], moved.stops[0].slot.minutes
    fewest = preset.rooms[0]
    counts = range(max(len(moved.stops), fewest), fewest - 1, -1)
    return next((found for rooms in counts if (found := stretches(slot, rooms, minutes, preset.walking))), [])


def _place(building: str, room: str) -> tuple[str, int, str]:
    """Rooms in the order in which one passes them: by building, then by number."""
    number = re.search(r"\d+", room)
    return building, int(number[0]) if number else 0, room
