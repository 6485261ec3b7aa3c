"""What landed in people's own calendars on time that they have promised: theirs to keep or to move.

A visit that people agreed to is never moved by a calendar. Whose calendar it is is told, on Home, and they alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from sync.core.school.slots import overlap
from sync.core.visits.commitments import Commitment, Part
from sync.core.visits.prep import Stretch
from sync.core.visits.walk import State, Walk
from sync.services.ports import Appointment, Clock, Overlap, Store, Work

IN_CLASS = frozenset({Part.HOST, Part.RESTORED})
"""parts that people take while their timetable has a class, which stands in their calendar too"""


@dataclass(frozen=True, slots=True)
class Asked:
    """What one person is asked on Home: keep this, though there is something else, or move it?"""

    walk: Walk
    promised: Commitment
    hours: tuple[Stretch, ...]
    """in which their calendar has something, within what they promised"""


def own_time(walk: Walk) -> Iterator[Commitment]:
    """What a walk takes of people's own free time: not of a lesson, whether it is visited or somebody else takes it."""
    for held in walk.commitments():
        if held.part not in IN_CLASS and not (held.part is Part.VISITOR and held.email in walk.covered):
            yield held


def overlaps_of(promised: Iterable[Commitment], appointments: Iterable[Appointment]) -> list[Overlap]:
    """Where one person's appointments fall on what they promised; of the rooms of a route, the whole of it."""
    found: dict[tuple[str, str, str, Part], Overlap] = {}
    for one in appointments:
        for held in promised:
            if not overlap(held.start, held.end, one.start, one.end):
                continue
            start, end = max(held.start, one.start), min(held.end, one.end)
            new = Overlap(held.walk, held.email, one.key, held.part, start, end)
            old = found.get(new.name, new)
            found[new.name] = replace(new, start=min(start, old.start), end=max(end, old.end))
    return list(found.values())


def has_agreed(walk: Walk, email: str, part: Part) -> bool:
    """Whether somebody has said yes to their part of a walk, so that no calendar moves it."""
    return part is Part.COVER or walk.state is not State.PROPOSED or email in (walk.initiated_by, *walk.accepted)


def was_said(walk: Walk, held: Part, email: str, appointment: Appointment) -> bool:
    """Whether the card told of it when this person said yes: it stood there, and they took the time all the same."""
    if appointment.changed is None or appointment.changed > walk.booked_at or held is Part.COVER:
        return False
    return email == walk.initiated_by or (held is Part.VISITOR and email in walk.accepted)


def asked_of(work: Work, school_key: str, email: str, now: datetime) -> list[Asked]:
    """What this person is asked now, earliest first; nothing of what has moved away, was cancelled, or is over."""
    found: dict[tuple[str, Part], Asked] = {}
    for one in work.overlaps.of(school_key, email):
        walk = work.walks.get(school_key, one.walk)
        if walk is None or one.end <= now or not has_agreed(walk, email, one.part):
            continue
        for held in own_time(walk):
            if (held.email, held.part) == (email, one.part) and overlap(held.start, held.end, one.start, one.end):
                known = found.get((one.walk, one.part), Asked(walk, held, ()))
                found[one.walk, one.part] = replace(known, hours=(*known.hours, (one.start, one.end)))
                break
    return list(found.values())


def keep(store: Store, clock: Clock, school_key: str, *, actor: str, walk_key: str, part: str) -> None:
    """They keep what they promised beside what their calendar has then; it is not said again."""
    with store.work() as work:
        theirs = [one for one in work.overlaps.of(school_key, actor) if (one.walk, one.part) == (walk_key, part)]
        if theirs:
            work.overlaps.put(school_key, [replace(one, kept_at=clock.now()) for one in theirs])
            work.commit()
