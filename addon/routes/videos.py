"""Beside Google Calendar: the videos that a host shows."""

from __future__ import annotations

from addon import paths
from addon.cards.videos import ABOUT, DAYS, LINK, ask_video_card
from addon.envelopes import Answer, back_to, push, update
from addon.routes.calls import Call
from addon.routes.doors import Doors
from addon.routes.hosting import doors_of
from sync.services.visits import watching

routes = Doors("videos", __name__)


@routes.action(paths.VIDEO_ASK)
def ask_video(call: Call) -> Answer:
    return push(ask_video_card(call.reader))


@routes.action(paths.VIDEO_SHOW)
def show_video(call: Call) -> Answer:
    days = call.event.typed(DAYS)
    watching.show_video(
        call.product.store,
        call.product.clock,
        call.school_key,
        actor=call.person.email,
        link=call.event.typed(LINK),
        about=call.event.typed(ABOUT),
        days=int(days) if days.isascii() and days.isdecimal() and len(days) <= 2 else 0,
    )
    return back_to(doors_of(call), call.reader.say("Your colleagues see it now."))


@routes.action(paths.VIDEO_END)
def end_video(call: Call) -> Answer:
    watching.end_video(call.product.store, call.school_key, actor=call.person.email, key=call.key("video"))
    return update(doors_of(call), call.reader.say("Ended. Nobody sees the link any more."))
