"""What several routes show: home, a visit's card, and what a person reads of a refusal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from addon.cards.home import home_card
from addon.cards.visit import Shown, visit_card
from addon.envelopes import Json
from addon.routes.calls import Call, OutOfDate
from sync.core.refusals import Refused
from sync.core.visits.doors import Doors
from sync.core.visits.prep import Stretch
from sync.core.visits.walk import PieceKind, State, Walk
from sync.services import home
from sync.services.passes.listening import answers_of
from sync.services.ports import Mirror, Topic
from sync.services.visits import focus, overlaps, own_calendars, placing, watching
from sync.services.visits.booking import ALTERNATIVES
from sync.services.visits.other_times import OtherTime, other_times
from sync.services.visits.shutting_doors import is_shut_since


def home_of(call: Call) -> Json:
    """Home as it is now, for whatever ends there."""
    found = home.home(call.product.store, call.product.clock, call.school_key, call.person.email)
    return home_card(found, call.person.email, call.school, call.reader)


def visit_of(call: Call, walk: Walk) -> Json:
    """The card of a visit as it is now; with what an invitation falls on in one's own calendar."""
    shown, me = shown_of(call, walk), call.person.email
    if shown.is_invited and me in walk.visitors and me not in walk.covered:
        shown = replace(shown, calendars=calendars_of(call, (me,), [(walk.starts, walk.ends)]))
    return visit_card(shown, focus.every_wording(call.school), call.school, call.reader)


def shown_of(call: Call, walk: Walk) -> Shown:
    with call.product.store.work() as work:
        notes = work.mirrors.shown(call.school_key, Mirror.NOTES, walk.key)
        event = work.mirrors.shown(call.school_key, Mirror.EVENT, walk.key)
        news = work.news.of(call.school_key, call.person.email)
        doors = Doors(work.doors.of(call.school_key, walk.hosts))
        asked = overlaps.asked_of(work, call.school_key, call.person.email, call.product.clock.now())
    ref, answers = (event.ref, answers_of(event)) if event else ({}, {})
    changed = any(one.walk == walk.key and one.topic is Topic.CHANGED for one in news)
    return Shown(
        walk,
        call.person.email,
        call.product.clock.now(),
        doc_link=notes.ref.get("link", "") if notes else "",
        event_link=ref.get("link", ""),
        meet_link=ref.get("meet", ""),
        video=watching.video_of(call.product.store, call.product.clock, call.school_key, walk.video),
        coming=tuple(one for one in walk.people if one in walk.accepted or answers.get(one) == "accepted"),
        door_is_shut=is_shut_since(call.school, doors, walk),
        news=tuple(one.sentence for one in news if one.walk == walk.key),
        instead=_instead(call, walk) if changed else (),
        asked=tuple(one for one in asked if one.walk.key == walk.key),
    )


def calendars_of(call: Call, people: Sequence[str], times: Sequence[Stretch]) -> own_calendars.OwnCalendars:
    """What these people's own calendars hold then: one call to Google, for a card that somebody books from."""
    return own_calendars.look(call.product.store, call.product.google, call.school_key, people, times)


def _instead(call: Call, walk: Walk) -> tuple[OtherTime, ...]:
    """What works where an event was dragged to what does not fit, or the visit was moved without being asked."""
    if walk.state is not State.BOOKED or walk.starts <= call.product.clock.now():
        return ()
    found = other_times(call.product.store, call.product.clock, call.school_key, walk, at_most=ALTERNATIVES)
    return found.times


def sentences_of(refused: Refused) -> tuple[str, ...]:
    return tuple(reason.sentence for reason in refused.reasons)


def wish_of(kind: PieceKind, value: str) -> placing.Wish | None:
    """A time for a piece as cards carry it, None where none was chosen. Raises `OutOfDate`."""
    if not value:
        return None
    start, _, minutes = value.partition("/")
    moment = placing.moment_of(start)
    if moment is None or not (minutes.isascii() and minutes.isdecimal() and len(minutes) <= 2):
        raise OutOfDate
    return kind, moment, int(minutes)
