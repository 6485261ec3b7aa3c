"""Beside Google Calendar: confirming a visit and booking it, with everything that was chosen for it."""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass, replace

from addon import paths
from addon.cards.confirm import FOCUS, MINUTES, MODE, OWN_FOCUS, PROTOCOL, Draft, confirm_card
from addon.cards.find import COVERED, KIND
from addon.cards.visit_acts import booked_card
from addon.envelopes import Answer, Json, from_root, push, update
from addon.routes.calls import Call, OutOfDate
from addon.routes.doors import Doors
from addon.routes.shows import calendars_of, home_of, sentences_of, shown_of, wish_of
from sync.core.refusals import Refused
from sync.core.school.agreement import Kind
from sync.core.school.slots import Slot
from sync.core.visits.routes import ROUTES
from sync.core.visits.walk import FOCUSES_AT_MOST, PieceKind, Stop, Walk
from sync.services.visits import booking, focus, opening_doors, placing, routing, watching
from sync.services.visits.asking import stop_in
from sync.services.visits.refusing import SlotRefused

routes = Doors("booking", __name__)
NOT_YET = "0" * 32
"""key of a walk that is not booked yet"""
NO_SEAT = frozenset({"room_full", "seat_taken", "seat_kept"})
"""codes of refusals for which one may wait"""
NONCE = re.compile(r"[0-9a-f]{32}")
KINDS = frozenset({"", COVERED, Kind.VIRTUAL.value, *(kind.value for kind in ROUTES)})
CARRIED = ("with", KIND, "hosts", "video")
"""parameters that say what is booked besides the stop"""


@dataclass(frozen=True, slots=True)
class Asked:
    """What the card's parameters name, each looked up: one stop, or a route of them."""

    stops: tuple[Stop, ...]
    kind: str
    group: str
    video: str
    visitors: tuple[str, ...]

    @property
    def stop(self) -> Stop:
        return self.stops[0]

    @property
    def route(self) -> tuple[Stop, ...]:
        return self.stops if len(self.stops) > 1 else ()

    @property
    def walk_type(self) -> Kind:
        if self.video:
            return Kind.VIDEO
        if self.kind in ROUTES or self.kind == Kind.VIRTUAL:
            return Kind(self.kind)
        return Kind.GROUP if self.group else Kind.PAIR


@routes.action(paths.CONFIRM)
def confirm(call: Call) -> Answer:
    asked = _asked(call)
    return push(_confirm(call, asked, _draft(call, asked, secrets.token_hex(16), _focus_to_begin_with(call))))


@routes.action(paths.BOOK)
def book(call: Call) -> Answer:
    """Book, or show the same form again with what stands in the way and everything that was chosen."""
    asked, nonce = _asked(call), call.event.parameter("nonce")
    if not NONCE.fullmatch(nonce):
        raise OutOfDate
    chosen, own = _chosen(call)
    slot = asked.stop.slot
    try:
        walk = booking.book(
            call.product.store,
            call.product.clock,
            call.school_key,
            actor=call.person.email,
            visitors=asked.visitors,
            kind=asked.walk_type,
            group=asked.group,
            host=asked.stop.host,
            day=slot.date,
            period=slot.period,
            minutes=slot.minutes,
            focus=chosen,
            own_focus=own,
            key=_key(asked.stop, nonce),
            covered=asked.visitors if asked.kind == COVERED else (),
            pieces=[wish for kind in PieceKind if (wish := wish_of(kind, call.event.typed(kind.value)))],
            route=[stop.host for stop in asked.route],
            video=asked.video,
            protocol=call.event.typed(PROTOCOL),
            mode=call.event.typed(MODE),
        )
    except Refused as refused:
        draft = replace(
            _draft(call, asked, nonce, chosen),
            own_focus=own,
            reasons=sentences_of(refused),
            instead=refused.alternatives if isinstance(refused, SlotRefused) else (),
            may_wait=_lacks_a_seat(refused),
            picked=_picked(call),
        )
        return update(_confirm(call, asked, draft))
    if not walk.stands:
        raise OutOfDate  # booked from this card before, and cancelled since
    call.changed()
    return from_root(
        home_of(call), booked_card(shown_of(call, walk), call.school, call.reader), notice=call.reader.say("Booked.")
    )


# --- what is asked for ---


def _asked(call: Call) -> Asked:
    """What the card names, with the length that was chosen in the form. Raises `OutOfDate`, `Refused`."""
    kind, group, video = call.event.parameter(KIND), call.group(), call.event.parameter("video")
    if kind not in KINDS:
        raise OutOfDate
    stops = _stops(call, kind)
    hosts = {stop.host for stop in stops} if kind not in ROUTES else set()
    return Asked(stops, kind, group, video, call.with_group(*hosts))


def _stops(call: Call, kind: str) -> tuple[Stop, ...]:
    day, period, minutes = call.day(), call.period(), _minutes(call)
    if kind in ROUTES:
        return routing.stops_of(call.school, Kind(kind), call.hosts(), day, period, minutes or 0)
    stop = stop_in(call.school, call.colleague(), day, period, minutes)
    if stop is None:
        raise OutOfDate
    return (stop,)


def _minutes(call: Call) -> int | None:
    chosen = call.event.typed(MINUTES)
    if not chosen:
        return call.minutes()
    if not (chosen.isascii() and chosen.isdecimal() and len(chosen) <= 3):
        raise OutOfDate
    return int(chosen)


def _chosen(call: Call) -> tuple[tuple[str, ...], str]:
    """The focuses that were ticked, in our library, and the person's own words, which count as one."""
    known = focus.library_of(call.school)
    ticked = tuple(one for one in call.event.chosen(FOCUS) if one in known and one != focus.OWN)
    own = call.event.typed(OWN_FOCUS)
    return (*ticked, focus.OWN) if own else ticked, own


def _key(stop: Stop, nonce: str) -> str:
    """What makes two taps on one card one booking; the use case adds whose it is."""
    return " ".join((stop.host, stop.slot.date.isoformat(), stop.slot.period, nonce))


# --- the form ---


def _draft(call: Call, asked: Asked, nonce: str, chosen: tuple[str, ...]) -> Draft:
    """The form as it begins, with what its host says of the class."""
    more = {name: value for name in CARRIED if (value := call.event.parameter(name))}
    door = opening_doors.door_at(call.product.store, call.school_key, asked.stop)
    video = watching.video_of(call.product.store, call.product.clock, call.school_key, asked.video)
    about = video.about if video else door.about if door else ""
    drops_in = door is not None and door.drop_in and not asked.video
    return Draft(asked.stop, nonce, chosen, more=more, route=asked.route, about=about, drops_in=drops_in)


def _confirm(call: Call, asked: Asked, draft: Draft) -> Json:
    draft = replace(draft, visitors=asked.visitors, pieces={} if asked.video else _pieces_of(call, asked))
    times = [draft.time, *((slot.start, slot.end) for slots in draft.pieces.values() for slot in slots)]
    people = asked.visitors if asked.route or asked.video else (*asked.visitors, asked.stop.host)
    draft = replace(draft, calendars=calendars_of(call, people, times))
    return confirm_card(draft, list(focus.library_of(call.school).values()), call.school, call.reader)


def _pieces_of(call: Call, asked: Asked) -> dict[PieceKind, list[Slot]]:
    """Where the pieces of a visit that is being confirmed may stand."""
    me, now = call.person.email, call.product.clock.now()
    walk = Walk(NOT_YET, asked.walk_type, asked.visitors, asked.stops, (), me, now)
    with call.product.store.work() as work:
        return placing.openings_for(work, call.school_key, walk, now)


def _picked(call: Call) -> dict[str, str]:
    """What was chosen in the folded part of the form, to be shown so again."""
    names = (MINUTES, PROTOCOL, MODE, *(kind.value for kind in PieceKind))
    return {name: call.event.typed(name) for name in names}


def _lacks_a_seat(refused: Refused) -> bool:
    return bool(refused.reasons) and all(reason.code in NO_SEAT for reason in refused.reasons)


def _focus_to_begin_with(call: Call) -> tuple[str, ...]:
    """What is ticked beforehand: what was searched for, else what this person chose last, else the library's first."""
    known = [one for one in focus.library_of(call.school) if one != focus.OWN]
    named = tuple(one for one in call.event.parameter("focus").split() if one in known)
    if named:
        return named[:FOCUSES_AT_MOST]
    first, last = call.school.school_days[0].date, call.school.school_days[-1].date
    with call.product.store.work() as work:
        own = work.walks.of_person(call.school_key, call.person.email, first, last)
    last_chosen = [walk.focus[0] for walk in own if call.person.email in walk.visitors and walk.focus]
    return (last_chosen[-1],) if last_chosen and last_chosen[-1] in known else tuple(known[:1])
