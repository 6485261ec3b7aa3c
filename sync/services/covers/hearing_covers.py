"""What people did to a cover's event in Google Calendar: a no there is a no, and the next one is asked."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from sync.core.refusals import Refused
from sync.core.school.school import School
from sync.core.visits.commitments import Part
from sync.core.visits.cover import Cover, CoverFor
from sync.core.visits.walk import Walk
from sync.services.covers import covering, repaying
from sync.services.mirrors.cover_views import covers_to_show
from sync.services.ports import Clock, Mirror, SeenEvent, Store, Work

FAR = timedelta(days=60)
"""how far somebody may have dragged the event and it is still found"""


def hear_cover(store: Store, clock: Clock, key: str, school: School, event: SeenEvent) -> str:
    """Take in one event that is no walk's own. Returns the key of the walk whose cover changed; "" where none did.

    A no of the coverer gives the class up and asks whose turn it is; a no of whoever would have prep back leaves it
    owed. A drag is put back: a class is when it is.
    """
    with store.work() as work:
        found = _cover_of(work, key, school, event)
    if found is None:
        return ""
    walk, cover = found
    refusing = event.answers.get(cover.by) == "declined"
    if refusing or (cover.purpose is CoverFor.PAYBACK and event.answers.get(cover.away) == "declined"):
        return walk.key if _given_up(store, clock, key, walk, cover, by_coverer=refusing) else ""
    if (event.start, event.end) != (cover.slot.start, cover.slot.end):
        with store.work() as work:
            shown = work.mirrors.shown(key, Mirror.EVENT, walk.key)
            if shown is not None:
                work.mirrors.keep_shown(key, [replace(shown, revision=0)])
                work.commit()
    return ""


def _given_up(store: Store, clock: Clock, key: str, walk: Walk, cover: Cover, *, by_coverer: bool) -> bool:
    try:
        if by_coverer:
            covering.decline(store, clock, key, walk.key, actor=cover.by)
        else:
            day, period = cover.slot.date, cover.slot.period
            repaying.turn_down(store, clock, key, walk.key, actor=cover.away, day=day, period=period)
    except Refused:
        return False  # it has begun
    return True


def _cover_of(work: Work, key: str, school: School, event: SeenEvent) -> tuple[Walk, Cover] | None:
    """The cover that an event shows: its stamp is made of what the cover is, so it is one of its guests' covers."""
    if not event.walk or event.start is None or event.cancelled:
        return None
    day, guests = event.start.astimezone(school.zone).date(), tuple(event.answers)
    held = work.walks.commitments(key, day - FAR, day + FAR, guests)
    for name in sorted({one.walk for one in held if one.part is Part.COVER}):
        walk = work.walks.get(key, name)
        cover = covers_to_show(walk).get(event.walk) if walk else None
        if walk is not None and cover is not None:
            return walk, cover
    return None
