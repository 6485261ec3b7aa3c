"""Beside Google Calendar: a host's doors, and waiting for a seat behind a colleague's."""

from __future__ import annotations

from datetime import date

from addon import paths
from addon.cards.confirm import waiting_card
from addon.cards.hosting import (
    ABOUT,
    DROP_IN,
    LAST,
    MOST,
    REPEATS,
    SEATS,
    WELCOME,
    YEARLY,
    ask_card,
    door_card,
    doors_card,
)
from addon.envelopes import Answer, Json, back_to, from_root, push, update
from addon.routes.calls import Call, OutOfDate
from addon.routes.doors import Doors
from addon.routes.shows import home_of
from sync.core.visits.doors import Repeats
from sync.services.visits import opening_doors, shutting_doors, waiting, watching

routes = Doors("hosting", __name__)


@routes.action(paths.MY_DOORS)
def my_doors(call: Call) -> Answer:
    return push(doors_of(call))


@routes.action(paths.DOOR_ASK)
def ask_door(call: Call) -> Answer:
    day, period = call.day(), call.period()
    own = opening_doors.doors_of(call.product.store, call.product.clock, call.school_key, call.person.email)
    found = next((one for one in own.classes if (one.slot.date, one.slot.period) == (day, period)), None)
    if found is None:
        raise OutOfDate
    ends = opening_doors.last_days(call.school, day)
    return push(ask_card(found, call.school.rules.agreement.room_cap, ends, call.reader))


@routes.action(paths.DOOR_OPEN)
def open_door(call: Call) -> Answer:
    repeats, seats = call.event.typed(REPEATS), call.event.typed(SEATS)
    a_week, a_year = call.event.typed(MOST) or "0", call.event.typed(YEARLY) or "0"
    if repeats not in frozenset(Repeats) or not all(map(_is_small, (seats, a_week, a_year))):
        raise OutOfDate
    opening_doors.open_door(
        call.product.store,
        call.product.clock,
        call.school_key,
        actor=call.person.email,
        day=call.day(),
        period=call.period(),
        repeats=Repeats(repeats),
        seats=int(seats),
        drop_in=call.event.typed(WELCOME) == DROP_IN,
        visits_a_week=int(a_week),
        visits_a_year=int(a_year),
        last=_last(call),
        about=call.event.typed(ABOUT),
    )
    return back_to(doors_of(call), call.reader.say("Your door is open."))


@routes.action(paths.DOOR_CLOSE)
def close_door(call: Call) -> Answer:
    shutting_doors.close_door(
        call.product.store, call.product.clock, call.school_key, actor=call.person.email, key=call.key("door")
    )
    call.changed()
    if call.event.parameter("here"):
        return update(doors_of(call), call.reader.say("Noted."))
    return back_to(doors_of(call), call.reader.say("Closed. Visits that are booked stand."))


@routes.action(paths.DOOR_NOBODY)
def nobody_then(call: Call) -> Answer:
    shutting_doors.no_visitors(
        call.product.store, call.product.clock, call.school_key,
        actor=call.person.email, day=call.day(), period=call.period(),
    )  # fmt: skip
    call.changed()
    return back_to(doors_of(call), call.reader.say("Noted. Visits that are booked stand."))


@routes.action(paths.DOOR_DATES)
def door_dates(call: Call) -> Answer:
    return push(_door(call))


@routes.action(paths.DOOR_SHUT)
def keep_shut(call: Call) -> Answer:
    shutting_doors.keep_shut(
        call.product.store, call.product.clock, call.school_key,
        actor=call.person.email, key=call.key("door"), day=call.day(), shut=call.event.parameter("shut") == "yes",
    )  # fmt: skip
    return update(_door(call), call.reader.say("Noted."))


@routes.action(paths.WAIT)
def wait(call: Call) -> Answer:
    """Wait for a seat; Home offers it first once it is free."""
    host, day, period = call.colleague(), call.day(), call.period()
    waiting.wait_for_seat(
        call.product.store, call.product.clock, call.school_key,
        actor=call.person.email, host=host, day=day, period=period,
    )  # fmt: skip
    return push(waiting_card(call.reader), call.reader.say("You are on the list."))


@routes.action(paths.WAIT_NO_MORE)
def wait_no_more(call: Call) -> Answer:
    waiting.wait_no_more(
        call.product.store, call.school_key,
        actor=call.person.email, host=call.colleague(), day=call.day(), period=call.period(),
    )  # fmt: skip
    return from_root(home_of(call), notice=call.reader.say("Noted."))


def doors_of(call: Call) -> Json:
    """A host's doors and videos as they are now."""
    own = opening_doors.doors_of(call.product.store, call.product.clock, call.school_key, call.person.email)
    videos = watching.own_videos(call.product.store, call.product.clock, call.school_key, call.person.email)
    return doors_card(own, videos, call.reader)


def _door(call: Call) -> Json:
    """One of this person's doors. Raises `OutOfDate`."""
    own = opening_doors.doors_of(call.product.store, call.product.clock, call.school_key, call.person.email)
    door = next((one for one in own.doors if one.key == call.key("door")), None)
    if door is None:
        raise OutOfDate
    dates = shutting_doors.dates_of(
        call.product.store, call.product.clock, call.school_key, actor=call.person.email, key=door.key
    )
    return door_card(door, dates, call.reader)


def _last(call: Call) -> date | None:
    """The last day that was chosen of those offered. Raises `OutOfDate`."""
    chosen = call.event.typed(LAST)
    offered = {end.isoformat(): end for end in opening_doors.last_days(call.school, call.day())}
    if chosen and chosen not in offered:
        raise OutOfDate
    return offered.get(chosen)


def _is_small(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) <= 2
