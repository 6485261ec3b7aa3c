"""What people did in Google Calendar comes back: they dragged an event, deleted it, or said no.

People's edits win as far as the agreement lets them. A drag to another period asks the same rules as the card does;
what the rules refuse is put back, and said. Our own writes come back as echoes and cause nothing: a time is a
person's only if it is neither what the store has nor what was last shown.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sync.core.refusals import Refused
from sync.core.school.school import School
from sync.core.visits.walk import State, Walk
from sync.services.covers.hearing_covers import hear_cover
from sync.services.ports import Clock, Item, Mirror, SeenEvent, Shown, Store, Topic, Work, Workspace, item_key
from sync.services.visits import booking
from sync.services.visits.refusing import SlotRefused

ANSWER = "answer:"
"""prefix under which a mirror's ref keeps people's answers to the invitation"""
OPEN = (State.PROPOSED, State.BOOKED)


@dataclass(frozen=True, slots=True)
class Notice:
    """Something that those who take part should hear; Google's own mail tells them the time."""

    walk: str
    people: tuple[str, ...]
    sentence: str


@dataclass(frozen=True, slots=True)
class Heard:
    """What a look at the calendar brought: keys of walks by what became of them."""

    moved: tuple[str, ...] = ()
    cancelled: tuple[str, ...] = ()
    fewer: tuple[str, ...] = ()
    """a visitor stays away, the walk goes on"""
    given_up: tuple[str, ...] = ()
    """whoever was to take a class for it said no"""
    put_back: tuple[str, ...] = ()
    answered: tuple[str, ...] = ()
    notices: tuple[Notice, ...] = ()


def answers_of(shown: Shown) -> dict[str, str]:
    """E-mail -> needsAction, accepted, tentative or declined, as Google Calendar has it."""
    return {key.removeprefix(ANSWER): answer for key, answer in shown.ref.items() if key.startswith(ANSWER)}


def listen(store: Store, workspace: Workspace, clock: Clock, key: str) -> Heard:
    """Take in what changed in the school's visits calendar since last time. Raises `Fault`, `CalendarGone`.

    The sync token is kept last: what was cut off is heard again, and hearing it twice changes nothing.
    """
    with store.work() as work:
        rooms = work.mirrors.rooms(key)
    if rooms is None or not rooms.calendar_id:
        return Heard()
    seen = workspace.calendar.seen(rooms)
    hearing = _Hearing(store, clock, key)
    with store.work() as work:
        school = work.schools.get(key).school
        news = [event for event in seen.events if _is_news(work, key, event)]
        strangers = [event for event in seen.events if event.walk and work.walks.get(key, event.walk) is None]
    for event in news:
        hearing.hear(school, event)
    for event in strangers:
        hearing.hear_cover(school, event)
    if seen.whole:
        _show_again_what_is_missing(store, clock, key, {event.event_id for event in seen.events})
    if seen.token != rooms.calendar_token:
        with store.work() as work:
            kept = work.mirrors.rooms(key) or rooms
            work.mirrors.keep_rooms(key, replace(kept, calendar_token=seen.token))
            work.commit()
    return hearing.heard


def forget_calendar(store: Store, clock: Clock, key: str) -> None:
    """The calendar was deleted: every visit still to come is shown anew, in the one that takes its place."""
    with store.work() as work:
        rooms = work.mirrors.rooms(key)
        if rooms is None:
            return
        work.mirrors.keep_rooms(key, replace(rooms, calendar_id="", calendar_token=""))
        coming = [walk for walk in work.walks.all(key) if walk.state in OPEN and walk.ends > clock.now()]
        work.mirrors.keep_shown(key, [Shown(walk.key, Mirror.EVENT, 0) for walk in coming])
        work.commit()


def _is_news(work: Work, key: str, event: SeenEvent) -> bool:
    """Whether an event says anything that the store does not know; most are echoes of our own writes."""
    found = _ours(work, key, event)
    return found is not None and any(_differences(*found, event))


def _ours(work: Work, key: str, event: SeenEvent) -> tuple[Walk, Shown] | None:
    """The walk of an event and how it was shown; None for strangers, copies, and events of walks that are over."""
    walk_key = event.walk or work.mirrors.walk_of_event(key, event.event_id) or ""
    shown = work.mirrors.shown(key, Mirror.EVENT, walk_key) if walk_key else None
    walk = work.walks.get(key, walk_key) if shown else None
    if walk is None or shown is None or shown.ref.get("id") != event.event_id or walk.state not in OPEN:
        return None
    return walk, shown


def _differences(walk: Walk, shown: Shown, event: SeenEvent) -> Iterator[bool]:
    yield event.cancelled
    yield _was_moved(walk, shown, event)
    yield _answers(walk, event) != answers_of(shown)


def _was_moved(walk: Walk, shown: Shown, event: SeenEvent) -> bool:
    times = (event.start, event.end)
    return not event.cancelled and times != (walk.starts, walk.ends) and times != _shown_times(shown)


def _shown_times(shown: Shown) -> tuple[datetime, datetime] | None:
    if "start" not in shown.ref or "end" not in shown.ref:
        return None
    return datetime.fromisoformat(shown.ref["start"]), datetime.fromisoformat(shown.ref["end"])


def _answers(walk: Walk, event: SeenEvent) -> dict[str, str]:
    if event.cancelled:
        return {}
    return {email: event.answers[email] for email in walk.people if email in event.answers}


class _Hearing:
    """Takes in one event after the other, each in units of work of its own."""

    def __init__(self, store: Store, clock: Clock, key: str) -> None:
        self.store, self.clock, self.key = store, clock, key
        self.heard = Heard()

    def hear(self, school: School, event: SeenEvent) -> None:
        with self.store.work() as work:
            found = _ours(work, self.key, event)
        if found is None:
            return
        walk, shown = found
        if event.cancelled:
            self._deleted(walk)
            return
        for email, answer in _answers(walk, event).items():
            if answer == "declined" and walk.state in OPEN:
                walk = self._declined(walk, email)
        if walk.state in OPEN and _was_moved(walk, shown, event):
            self._moved(school, walk, event)
        self._keep_answers(walk, event)

    def hear_cover(self, school: School, event: SeenEvent) -> None:
        walk = hear_cover(self.store, self.clock, self.key, school, event)
        if walk:
            self._add("given_up", walk)

    def _deleted(self, walk: Walk) -> None:
        try:
            booking.cancel(self.store, self.clock, self.key, walk.key, actor=walk.people[0])
            self._add("cancelled", walk.key)
        except Refused:
            return  # it is over: deleting the event of a visit that took place does not undo the visit

    def _declined(self, walk: Walk, email: str) -> Walk:
        if email not in walk.people:
            return walk
        try:
            changed = booking.decline(self.store, self.clock, self.key, walk.key, actor=email)
        except Refused:
            return walk
        self._add("fewer" if changed.stands else "cancelled", walk.key)
        return changed

    def _moved(self, school: School, walk: Walk, event: SeenEvent) -> None:
        slot = school.slot_meant(event.start, event.end)
        if slot is None:
            self._put_back(walk, "There is no class period then.")
            return
        try:
            moved = booking.move(
                self.store,
                self.clock,
                self.key,
                walk.key,
                actor=walk.people[0],
                day=slot.date,
                period=slot.period,
            )
        except Refused as refused:
            others = refused.alternatives if isinstance(refused, SlotRefused) else ()
            ways_on = "; ".join(str(offer.slot) for offer in others)
            self._put_back(walk, f"{refused}{f' These work: {ways_on}.' if ways_on else ''}")
            return
        if moved.revision > walk.revision:
            self._add("moved", walk.key)
        if (event.start, event.end) != (moved.starts, moved.ends):
            self._show_again(walk.key)  # dropped roughly on the period: the event is set to its exact times

    def _put_back(self, walk: Walk, reason: str) -> None:
        self._show_again(walk.key)
        self._add("put_back", walk.key)
        stop = walk.stops[0]
        sentence = f"The visit stays on {stop.slot}. {reason}"
        now = self.clock.now()
        with self.store.work() as work:
            for email in walk.people:
                key = item_key("put back", walk.key, walk.revision, reason, email)
                news = Item(key, email, Topic.CHANGED, sentence, now, walk.key, walk.starts)
                work.news.tell(self.key, [news])
            work.commit()
        self.heard = replace(self.heard, notices=(*self.heard.notices, Notice(walk.key, walk.people, sentence)))

    def _show_again(self, walk: str) -> None:
        with self.store.work() as work:
            shown = work.mirrors.shown(self.key, Mirror.EVENT, walk)
            if shown is not None:
                work.mirrors.keep_shown(self.key, [replace(shown, revision=0)])
                work.commit()

    def _keep_answers(self, walk: Walk, event: SeenEvent) -> None:
        answers = _answers(walk, event)
        with self.store.work() as work:
            shown = work.mirrors.shown(self.key, Mirror.EVENT, walk.key)
            if shown is None or answers_of(shown) == answers:
                return
            ref = {key: value for key, value in shown.ref.items() if not key.startswith(ANSWER)}
            ref |= {f"{ANSWER}{email}": answer for email, answer in answers.items()}
            work.mirrors.keep_shown(self.key, [replace(shown, ref=ref)])
            work.commit()
        self._add("answered", walk.key)

    def _add(self, what: str, walk: str) -> None:
        there: tuple[str, ...] = getattr(self.heard, what)
        if walk not in there:
            changed: dict[str, Any] = {what: (*there, walk)}
            self.heard = replace(self.heard, **changed)


def _show_again_what_is_missing(store: Store, clock: Clock, key: str, there: set[str]) -> None:
    """After a whole reading: visits still to come whose event is not in the calendar, nor a trace of it."""
    with store.work() as work:
        again = []
        for walk in work.walks.all(key):
            shown = work.mirrors.shown(key, Mirror.EVENT, walk.key) if walk.state in OPEN else None
            if shown and "start" in shown.ref and shown.ref["id"] not in there and walk.ends > clock.now():
                again.append(replace(shown, revision=0))
        if again:
            work.mirrors.keep_shown(key, again)
            work.commit()
