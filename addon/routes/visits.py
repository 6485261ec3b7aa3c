"""Beside Google Calendar: the card of a visit, with what may be done to it and to its other pieces."""

from __future__ import annotations

from dataclasses import replace

from addon import paths
from addon.cards.visit import Shown
from addon.cards.visit_acts import cancel_card, move_card, pieces_card
from addon.envelopes import Answer, Json, back_to, push, update
from addon.routes.calls import Call, OutOfDate
from addon.routes.doors import Doors
from addon.routes.shows import calendars_of, sentences_of, shown_of, visit_of, wish_of
from sync.core.refusals import Refused
from sync.core.visits.walk import PieceKind, State
from sync.services.visits import answering, booking, placing
from sync.services.visits.other_times import other_times

routes = Doors("visits", __name__)


@routes.action(paths.VISIT)
def visit(call: Call) -> Answer:
    card = visit_of(call, call.walk())
    return back_to(card) if call.event.parameter("back") else push(card)


@routes.action(paths.VISIT_MODE)
def choose_mode(call: Call) -> Answer:
    walk = booking.choose_mode(
        call.product.store, call.school_key, call.walk().key,
        actor=call.person.email, mode=call.event.parameter("mode"),
    )  # fmt: skip
    return update(visit_of(call, walk), call.reader.say("Noted."))


@routes.action(paths.VISIT_WELCOME)
def welcome(call: Call) -> Answer:
    store, clock, me = call.product.store, call.product.clock, call.person.email
    walk = answering.welcome(store, clock, call.school_key, call.walk().key, actor=me)
    call.changed()
    return update(visit_of(call, walk), call.reader.say("Your visitors see that you look forward to it."))


@routes.action(paths.VISIT_LINK)
def link_opens(call: Call) -> Answer:
    store, clock, me = call.product.store, call.product.clock, call.person.email
    walk = answering.link_opens(store, clock, call.school_key, call.walk().key, actor=me)
    return update(visit_of(call, walk), call.reader.say("Noted."))


@routes.action(paths.CANCEL_ASK)
def ask_to_cancel(call: Call) -> Answer:
    shown = shown_of(call, call.walk())
    if not shown.to_come:
        return update(visit_of(call, shown.walk))
    return push(cancel_card(shown, call.school, call.reader))


@routes.action(paths.CANCEL)
def cancel(call: Call) -> Answer:
    walk = call.walk()
    if walk.state is not State.CANCELLED:
        walk = booking.cancel(
            call.product.store, call.product.clock, call.school_key, walk.key, actor=call.person.email
        )
        call.changed()
    return back_to(visit_of(call, walk), call.reader.say("Cancelled. Everyone is told."))


@routes.action(paths.MOVE_OFFERS)
def move_offers(call: Call) -> Answer:
    shown = shown_of(call, call.walk())
    return push(_move(call, shown)) if shown.to_come else update(visit_of(call, shown.walk))


@routes.action(paths.MOVE)
def move(call: Call) -> Answer:
    walk, day, period = call.walk(), call.day(), call.period()
    try:
        walk = booking.move(
            call.product.store,
            call.product.clock,
            call.school_key,
            walk.key,
            actor=call.person.email,
            day=day,
            period=period,
            minutes=call.minutes(),
            route=call.hosts(),
        )
    except Refused as refused:
        return update(_move(call, shown_of(call, walk), sentences_of(refused)))
    call.changed()
    return back_to(visit_of(call, walk), call.reader.say("Moved. Everyone is told."))


@routes.action(paths.HAPPENED)
def happened(call: Call) -> Answer:
    walk = booking.happened(
        call.product.store, call.product.clock, call.school_key, call.walk().key, actor=call.person.email
    )
    call.changed()
    return update(visit_of(call, walk), call.reader.say("Thank you."))


@routes.action(paths.DID_NOT_HAPPEN)
def did_not_happen(call: Call) -> Answer:
    walk = booking.did_not_happen(
        call.product.store, call.product.clock, call.school_key, call.walk().key, actor=call.person.email
    )
    call.changed()
    return update(visit_of(call, walk), call.reader.say("Noted."))


@routes.action(paths.PIECES)
def pieces(call: Call) -> Answer:
    walk, kind = call.walk(), _kind(call)
    with call.product.store.work() as work:
        slots = placing.openings_for(work, call.school_key, walk, call.product.clock.now())[kind]
    shown = replace(
        shown_of(call, walk), calendars=calendars_of(call, walk.meeting, [(slot.start, slot.end) for slot in slots])
    )
    return push(pieces_card(shown, kind, slots, call.school, call.reader))


@routes.action(paths.PIECE_PLACE)
def place_piece(call: Call) -> Answer:
    walk, wish = call.walk(), wish_of(_kind(call), call.event.parameter("at"))
    if wish is None:
        raise OutOfDate
    kind, start, minutes = wish
    placed = placing.place(
        call.product.store,
        call.product.clock,
        call.school_key,
        walk.key,
        actor=call.person.email,
        kind=kind,
        start=start,
        minutes=minutes,
    )
    call.changed()
    return back_to(visit_of(call, placed), call.reader.say("It is in the invitation."))


@routes.action(paths.PIECE_DROP)
def drop_piece(call: Call) -> Answer:
    walk = placing.drop(call.product.store, call.school_key, call.walk().key, actor=call.person.email, kind=_kind(call))
    call.changed()
    return back_to(visit_of(call, walk), call.reader.say("Noted."))


def _kind(call: Call) -> PieceKind:
    try:
        return PieceKind(call.event.parameter("kind"))
    except ValueError:
        raise OutOfDate from None


def _move(call: Call, shown: Shown, reasons: tuple[str, ...] = ()) -> Json:
    others = other_times(call.product.store, call.product.clock, call.school_key, shown.walk)
    times = [(other.slot.start, other.slot.end) for other in others.times]
    shown = replace(shown, calendars=calendars_of(call, shown.walk.visitors, times))
    return move_card(shown, others, reasons, call.school, call.reader)
