"""Why a visit to come no longer fits its school, as it is told to the people who take part."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from sync.core.refusals import Refusal
from sync.core.school.bell import spoken
from sync.core.school.saying import day_of
from sync.core.school.school import School
from sync.core.visits.ask import Ask, Known
from sync.core.visits.openings import OF_THE_VISITORS, objections
from sync.core.visits.walk import State, Stop, Walk
from sync.services.ports import Work
from sync.services.visits.asking import known_about

TO_COME = (State.PROPOSED, State.BOOKED)
NO_HIT = frozenset({"past", "notice", "door_closed", "door_crowded", "room_full", "weekly_cap"}) | frozenset(
    {"seat_kept", "kept_shut", "host_week", "host_year", "host_year_minutes"}
)
"""rules for whoever books: what was booked under others stands"""
WHY = {
    "host_busy": "{host} is away.",
    "visitor_busy": "{visitors} cannot come then.",
    "no_class": "{host} has no class then any more.",
    "no_prep": "{visitors} has no prep then any more.",
    "room_closed": "The room has no visitors then.",
    "blocked": "That date is kept free of visits.",
}
"""reasons as they are told to everybody who takes part; the others speak of the agreement"""


def is_to_come(walk: Walk, now: datetime) -> bool:
    return walk.state in TO_COME and walk.starts > now


def known_beside(work: Work, school_key: str, school: School, walk: Walk, now: datetime) -> Known:
    """What the people of a walk have promised around its dates, as if it did not stand."""
    dates = dates_of(walk)
    return known_about(work, school_key, walk.people, min(dates), max(dates), now, without=walk.key, school=school)


def dates_of(walk: Walk) -> list[date]:
    """The dates of a walk's stops, pieces and covers."""
    slots = [one.slot for one in walk.stops] + [one.slot for one in walk.pieces] + [one.slot for one in walk.covers]
    return [slot.date for slot in slots]


def reasons(walk: Walk, known: Known) -> list[str]:
    """Why this walk cannot be as it is, the plainest first; nothing where it can."""
    gone = [email for email in walk.people if email not in known.school.staff]
    if gone:
        return [f"{email} is no longer on the staff list." for email in gone]
    return [reason for stop in walk.stops for reason in reasons_at(walk, stop, known)]


def reasons_at(walk: Walk, stop: Stop, known: Known) -> Iterator[str]:
    """The same for one of its rooms."""
    school = known.school
    if stop.host not in school.staff:
        yield f"{stop.host} is no longer on the staff list."
        return
    slot = school.slot(stop.slot.date, stop.slot.period)
    if slot is None:
        yield "There is no such period on that day any more."
        return
    if not (slot.start <= stop.slot.start and stop.slot.end <= slot.end):
        yield "The bells of that day have changed."
    names = {
        "host": school.name_of(stop.host),
        "visitors": " or ".join(school.name_of(email) for email in walk.visitors),
    }
    for reason in objections_at(walk, stop, known):
        if reason.code not in NO_HIT:
            yield WHY.get(reason.code, "It would take more prep than your agreement allows.").format(**names)


def objections_at(walk: Walk, stop: Stop, known: Known, covered: tuple[str, ...] | None = None) -> Iterator[Refusal]:
    """What the rules say of this walk at a stop; a video is watched in one's own prep, whatever its host has then."""
    ask = Ask(walk.visitors, stop.host, stop.slot, walk.covered if covered is None else covered)
    if not walk.video:
        yield from objections(ask, known)
        return
    for rule in OF_THE_VISITORS:
        yield from rule(ask, known)


def spoken_of(school: School, walk: Walk) -> str:
    """`The visit to Ben on 3 Mar, period 3`."""
    stop = walk.stops[0]
    what = f"visit to {school.name_of(stop.host)}" if len(walk.stops) == 1 else f"walk through {len(walk.stops)} rooms"
    return f"The {what} on {day_of(stop.slot.date)}, {spoken(stop.slot.period)}"
