"""How cover looks in Google Calendar: the coverer's own event, with the handover note."""

from __future__ import annotations

import hashlib

from sync.core.school.school import School
from sync.core.visits.cover import Cover, CoverFor
from sync.core.visits.walk import State, Walk
from sync.services.ports import EventView

THANKS = {
    CoverFor.VISIT: "Thank you for taking {away}'s class, so that {away} can visit a colleague.",
    CoverFor.PAYBACK: "{by} takes this class; {away} has this time back as prep.",
}


def covers_to_show(walk: Walk) -> dict[str, Cover]:
    """The covers of a walk that have an event now, by the key that names it in Google."""
    if not walk.stands or walk.state is State.PROPOSED:
        return {}
    return {cover_key(walk, cover): cover for cover in walk.covers if cover.stands}


def cover_key(walk: Walk, cover: Cover) -> str:
    """32 hexadecimal digits; another coverer, or another time, is another event."""
    said = (walk.key, cover.purpose.value, cover.away, cover.by, str(cover.slot.date), cover.slot.period)
    return hashlib.sha256("\n".join(said).encode()).hexdigest()[:32]


def cover_view(walk: Walk, cover: Cover, school: School) -> EventView:
    """The event of a class that somebody takes; whom the visit is to stays with its people."""
    where = " · ".join(part for part in (_room(cover.room), cover.course) if part)
    names = {"away": school.name_of(cover.away), "by": school.name_of(cover.by)}
    text = [THANKS[cover.purpose].format(**names)]
    if cover.note:
        text.append(f"Handover: {cover.note}")
    return EventView(
        walk=cover_key(walk, cover),
        revision=walk.revision,
        title=f"Cover: {where or 'a class'}" if cover.purpose is CoverFor.VISIT else f"Prep given back: {where}",
        description="\n\n".join(text),
        start=cover.slot.start,
        end=cover.slot.end,
        zone=school.zone.key,
        location=_room(cover.room),
        guests=(cover.by, cover.away),
    )


def _room(room: str) -> str:
    return f"Room {room}" if room[:1].isdigit() else room
