"""Beside Google Calendar: home, the open event, and the way from finding a visit to having it booked."""

from __future__ import annotations

import re
import secrets
from dataclasses import replace

from addon import paths
from addon.cards.confirm import FOCUS, MINUTES, OWN_FOCUS, Draft, confirm_card
from addon.cards.elsewhere import other_event_card
from addon.cards.find import QUERY, find_card
from addon.cards.visit_acts import booked_card
from addon.envelopes import Answer, Json, from_root, push, update
from addon.routes.calls import Call, OutOfDate
from addon.routes.doors import Doors
from addon.routes.shows import home_of, sentences_of, shown_of, visit_of, wish_of
from sync.core.agreement import Kind
from sync.core.refusals import Refused
from sync.core.slots import Slot
from sync.core.walk import FOCUSES_AT_MOST, PieceKind, Stop, Walk
from sync.services import booking, finding, focus, my_year, placing
from sync.services.asking import stop_in
from sync.services.refusing import SlotRefused

routes = Doors("calendar", __name__)
NOT_YET = "0" * 32
"""key of a walk that is not booked yet"""
GROUP_DAYS = 20
"""school days in which a common time of a group is looked for"""
NONCE = re.compile(r"[0-9a-f]{32}")


@routes.trigger(paths.CALENDAR_HOME)
def calendar_home(call: Call) -> Answer:
    return push(home_of(call))


@routes.trigger(paths.CALENDAR_EVENT)
def event_open(call: Call) -> Answer:
    """The event is a visit of this person's, on the visits calendar or as their own copy; or it is something else."""
    walk = _walk_of_open_event(call)
    return push(visit_of(call, walk) if walk else other_event_card(call.reader))


@routes.action(paths.HOME)
def back_home(call: Call) -> Answer:
    return from_root(home_of(call))


@routes.action(paths.FIND)
def find(call: Call) -> Answer:
    """From its own card the card is renewed; from any other a new one comes on top. Empty fields may not be sent."""
    query, group = call.event.typed(QUERY), call.group()
    found = _find_for_group(call, group, query) if group else finding.find(
        call.product.store, call.product.clock, call.school_key, call.person.email, query=query, host=_only(call)
    )  # fmt: skip
    card = find_card(found, query, call.reader, group)
    return update(card) if query or call.event.parameter("again") else push(card)


@routes.action(paths.CONFIRM)
def confirm(call: Call) -> Answer:
    return push(
        _confirm(call, Draft(_stop(call), secrets.token_hex(16), _focus_to_begin_with(call), group=call.group()))
    )


@routes.action(paths.BOOK)
def book(call: Call) -> Answer:
    """Book, or show the same form again with what stands in the way and everything that was chosen."""
    stop, group, nonce = _with_minutes(call, _stop(call)), call.group(), call.event.parameter("nonce")
    if not NONCE.fullmatch(nonce):
        raise OutOfDate
    chosen, own = _chosen(call)
    try:
        walk = booking.book(
            call.product.store,
            call.product.clock,
            call.school_key,
            actor=call.person.email,
            visitors=_visitors(call, stop.host),
            kind=Kind.GROUP if group else Kind.PAIR,
            group=group,
            host=stop.host,
            day=stop.slot.date,
            period=stop.slot.period,
            minutes=stop.slot.minutes,
            focus=chosen,
            own_focus=own,
            key=_key(stop, nonce),
            pieces=[wish for kind in PieceKind if (wish := wish_of(kind, call.event.typed(kind.value)))],
        )
    except Refused as refused:
        draft = Draft(
            stop,
            nonce,
            chosen,
            own,
            sentences_of(refused),
            _instead(refused),
            _lacks_a_seat(refused),
            group=group,
            picked=_picked(call),
        )
        return update(_confirm(call, draft))
    if not walk.stands:
        raise OutOfDate  # booked from this card before, and cancelled since
    call.changed()
    return from_root(
        home_of(call), booked_card(shown_of(call, walk), call.school, call.reader), notice=call.reader.say("Booked.")
    )


def _walk_of_open_event(call: Call) -> Walk | None:
    opened = call.event.opened
    ids = (opened.event_id, opened.recurring_event_id) if opened else ()
    with call.product.store.work() as work:
        keys = [work.mirrors.walk_of_event(call.school_key, event_id) for event_id in ids if event_id]
    return next((walk for walk in map(call.own_walk, keys) if walk), None)


def _stop(call: Call) -> Stop:
    """The stop that the card's parameters name: a period of a day, in a colleague's class."""
    host, day, period = call.colleague(), call.day(), call.period()
    stop = stop_in(call.school, host, day, period, call.minutes())
    if stop is None:
        raise OutOfDate
    return stop


def _chosen(call: Call) -> tuple[tuple[str, ...], str]:
    """The focuses that were ticked, in our library, and the person's own words, which count as one."""
    known = focus.library()
    ticked = tuple(one for one in call.event.chosen(FOCUS) if one in known and one != focus.OWN)
    own = call.event.typed(OWN_FOCUS)
    return (*ticked, focus.OWN) if own else ticked, own


def _visitors(call: Call, host: str) -> tuple[str, ...]:
    """The person alone, or with their group but for the host."""
    members = call.school.groups.get(call.group(), ())
    return (call.person.email, *(email for email in members if email not in (call.person.email, host)))


def _find_for_group(call: Call, group: str, query: str) -> finding.Found:
    """When all of a group but the member whose turn it is to host can visit that member."""
    mine = my_year.groups_of(call.product.store, call.product.clock, call.school_key, call.person.email)
    host = next(one.next_host for one in mine if one.name == group)
    if host == call.person.email:
        return finding.Found()
    with call.product.store.work() as work:
        now, visitors = call.product.clock.now(), _visitors(call, host)
        return finding.find_in(work, now, call.school_key, visitors, query=query, host=host, days=GROUP_DAYS)


def _only(call: Call) -> str:
    """The one colleague whom the card is about; "" = anybody. Raises `OutOfDate`."""
    email = call.event.parameter("to").lower()
    if email and email not in call.school.staff:
        raise OutOfDate
    return email


def _lacks_a_seat(refused: Refused) -> bool:
    return bool(refused.reasons) and all(reason.code in ("room_full", "seat_taken") for reason in refused.reasons)


def _picked(call: Call) -> dict[str, str]:
    """What was chosen in the folded part of the form, to be shown so again."""
    return {name: call.event.typed(name) for name in (MINUTES, *(kind.value for kind in PieceKind))}


def _with_minutes(call: Call, stop: Stop) -> Stop:
    """The stop with the length that was chosen in the form. Raises `OutOfDate`."""
    chosen = call.event.typed(MINUTES)
    if not chosen:
        return stop
    if not (chosen.isascii() and chosen.isdecimal() and len(chosen) <= 3):
        raise OutOfDate
    shorter = stop_in(call.school, stop.host, stop.slot.date, stop.slot.period, int(chosen))
    if shorter is None:
        raise OutOfDate
    return shorter


def _key(stop: Stop, nonce: str) -> str:
    """What makes two taps on one card one booking; the use case adds whose it is."""
    return " ".join((stop.host, stop.slot.date.isoformat(), stop.slot.period, nonce))


def _focus_to_begin_with(call: Call) -> tuple[str, ...]:
    """What is ticked beforehand: what was searched for, else what this person chose last, else the library's first."""
    known = [one for one in focus.library() if one != focus.OWN]
    named = tuple(one for one in call.event.parameter("focus").split() if one in known)
    if named:
        return named[:FOCUSES_AT_MOST]
    first, last = call.school.school_days[0].date, call.school.school_days[-1].date
    with call.product.store.work() as work:
        own = work.walks.of_person(call.school_key, call.person.email, first, last)
    last_chosen = [walk.focus[0] for walk in own if call.person.email in walk.visitors and walk.focus]
    return (last_chosen[-1],) if last_chosen and last_chosen[-1] in known else tuple(known[:1])


def _instead(refused: Refused) -> tuple[finding.Offer, ...]:
    return refused.alternatives if isinstance(refused, SlotRefused) else ()


def _confirm(call: Call, draft: Draft) -> Json:
    draft = replace(draft, pieces=_pieces_of(call, draft))
    return confirm_card(draft, list(focus.library().values()), call.school, call.reader)


def _pieces_of(call: Call, draft: Draft) -> dict[PieceKind, list[Slot]]:
    """Where the pieces of a visit that is being confirmed may stand."""
    me, now = call.person.email, call.product.clock.now()
    visitors = _visitors(call, draft.stop.host)
    walk = Walk(NOT_YET, Kind.PAIR, visitors, (draft.stop,), (), me, now)
    with call.product.store.work() as work:
        return placing.openings_for(work, call.school_key, walk, now)
