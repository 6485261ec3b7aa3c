"""What people's own calendars say of a time: advice on top of the rules, which refuses nothing and hides nothing.

Google tells when somebody is busy and not with what, and joins events that touch. What our own events take is therefore
cut out by what the store knows of them. A calendar that could not be seen is unknown, which is never taken as free.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from sync.core.visits.prep import Stretch, subtract
from sync.core.visits.walk import State, Walk
from sync.services.ports import Fault, Store, Work, Workspace


@dataclass(frozen=True, slots=True)
class OwnCalendars:
    """What stands in people's calendars besides our own events, by e-mail; None, or nobody of that name = unknown."""

    stretches: Mapping[str, Sequence[Stretch] | None] = field(default_factory=dict)

    def then(self, email: str, start: datetime, end: datetime) -> list[Stretch]:
        """What this calendar has between two moments, cut to them; nothing where it is unknown."""
        found = ((max(begins, start), min(ends, end)) for begins, ends in self.stretches.get(email) or ())
        return [stretch for stretch in found if stretch[0] < stretch[1]]

    def busy(self, people: Sequence[str], start: datetime, end: datetime) -> tuple[str, ...]:
        """Who of them is known to have something between two moments."""
        return tuple(email for email in people if self.then(email, start, end))

    def unknown(self, people: Sequence[str]) -> tuple[str, ...]:
        """Whose calendar could not be seen."""
        return tuple(email for email in people if self.stretches.get(email) is None)


def look(
    store: Store, google: Workspace | None, school_key: str, people: Sequence[str], times: Sequence[Stretch]
) -> OwnCalendars:
    """Ask Google once about all of these people, from the first of these times to the last.

    Whatever keeps Google from answering soon makes all of them unknown; so does a school without a calendar of its own.
    """
    if google is None or not people or not times:
        return OwnCalendars()
    first, last = min(start for start, _ in times), max(end for _, end in times)
    with store.work() as work:
        rooms = work.mirrors.rooms(school_key)
        ours = {email: list(_ours(work, school_key, email, first.date(), last.date())) for email in people}
    if rooms is None:
        return OwnCalendars()
    try:
        seen = google.calendar.busy(rooms, people, first, last, soon=True)
    except Fault:
        return OwnCalendars()
    return OwnCalendars({email: _besides(seen.get(email), ours[email]) for email in people})


def _ours(work: Work, school_key: str, email: str, first: date, last: date) -> Iterator[Stretch]:
    """The times of the events that we put into this person's calendar; a proposal has none yet."""
    for walk in work.walks.of_person(school_key, email, first, last):
        if walk.state is State.PROPOSED:
            continue
        if email in _guests(walk):
            yield walk.starts, walk.ends
        for cover in walk.covers:
            if cover.stands and email in (cover.by, cover.away):
                yield cover.slot.start, cover.slot.end


def _guests(walk: Walk) -> tuple[str, ...]:
    return walk.visitors if walk.video else walk.people


def _besides(seen: Sequence[Stretch] | None, ours: Sequence[Stretch]) -> list[Stretch] | None:
    return None if seen is None else [rest for stretch in seen for rest in subtract(stretch, ours)]
