"""Booking a visit, moving it, giving it up, and saying whether it happened.

Each use case is one transaction under the school's lock: read what is promised, ask the rules of the domain, write.
Nobody acts for another, and whoever takes no part in a walk is told nothing about it. What is refused is raised as
`Refused`, and then nothing was changed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime
from uuid import uuid4

from sync.core.refusals import Refusal, Refused
from sync.core.school.agreement import Kind
from sync.core.school.school import NoSuchPerson, School
from sync.core.school.timetable import Has
from sync.core.visits.ask import Known
from sync.core.visits.cover import Cover
from sync.core.visits.openings import SHORTEST_VISIT
from sync.core.visits.purpose import purpose_comes_first
from sync.core.visits.routes import objections_to
from sync.core.visits.together import Mode
from sync.core.visits.walk import DONE, State, Stop, Walk
from sync.services.mirrors.views import TALKS
from sync.services.ports import Clock, SeatTaken, Store, Waiting, Work
from sync.services.visits import focus as focuses
from sync.services.visits import placing, routing, waiting, watching
from sync.services.visits.asking import cover_for, known_about, stop_in
from sync.services.visits.finding import Offer, find_in
from sync.services.visits.inviting import planned_around
from sync.services.visits.refusing import SlotRefused, refuse

ALTERNATIVES = 3
_WITHOUT_ALTERNATIVE = frozenset({"own_class", "door_closed"})
"""reasons that no other period with this host mends"""
_QUICKER = Refusal("seat_taken", "seats", "Somebody was quicker and has this seat; choose another period.")


def book(
    store: Store,
    clock: Clock,
    school_key: str,
    *,
    actor: str,
    visitors: Iterable[str],
    host: str,
    day: date,
    period: str,
    focus: Iterable[str],
    own_focus: str = "",
    minutes: int | None = None,
    kind: Kind = Kind.PAIR,
    group: str = "",
    key: str | None = None,
    covered: Iterable[str] = (),
    pieces: Sequence[placing.Wish] = (),
    route: Sequence[str] = (),
    video: str = "",
    protocol: str = "",
    mode: str = "",
) -> Walk:
    """Book a visit with one host in one period, for the actor and whoever comes along.

    With a `route` it leads through the rooms of these hosts in this order (the first is `host`), `minutes` in each.
    With a `video` of the host's it is watched in the visitor's own prep, and nobody comes into the room.

    `covered` are visitors who teach then: their class waits for somebody to take it (`services.covers`).

    `pieces` are times to prepare it and to talk it over, placed in the same go.
    `focus` are one or two ids of the focus library; with `minutes` the visit is the beginning of the period alone.
    With a `key` (any text of the caller's, such as one made for a form) the same booking is made once however often
    it is sent: the second time its walk is returned as it is now.
    Raises `Refused`, and `SlotRefused` with other openings when the rules object; `NoSuchSchool`.
    """
    now, own_words = clock.now(), own_focus.strip()
    with store.work() as work:
        work.lock(school_key)
        school = work.schools.get(school_key).school
        me, *guests_named = _known_people(school, [actor, *visitors])
        guests, hosts = tuple(dict.fromkeys(guests_named)), _known_people(school, route or [host])
        if me not in guests:
            raise refuse("not_for_others", "people", "You book for yourself; others book their own visits.")
        walk_key = _walk_key(school_key, me, key)
        again = work.walks.get(school_key, walk_key)
        if again is not None:
            return again
        _object(focuses.objections_to(tuple(focus), own_words, focuses.library_of(school)))
        _object(_objections_to_group(school, group, guests))
        _object(_objections_to_talk(protocol, mode))
        known = known_about(work, school_key, (*guests, *hosts), day, day, now)
        if route:
            routing.must_be_company(kind, guests)
            stops = routing.stops_of(school, kind, hosts, day, period, minutes or 0)
        else:
            stops = (_stop(school, hosts[0], day, period, minutes),)
        if video:
            _object(watching.objections_to(work.videos.get(school_key, video), hosts[0], day))
            stops = (Stop(hosts[0], stops[0].slot),)
        walk = Walk(
            key=walk_key,
            kind=kind,
            visitors=guests,
            stops=stops,
            focus=tuple(focus),
            initiated_by=me,
            booked_at=now,
            group=group,
            own_focus=own_words if focuses.OWN in tuple(focus) else "",
            covers=_covers(school, guests, tuple(covered), stops[0], me),
            protocol=protocol,
            mode=mode,
            video=video,
        )
        if kind is Kind.PAIR and known.door(hosts[0], stops[0].slot) is not None:
            walk = replace(walk, kind=Kind.OPEN_DOOR)
        _ask_rules(work, school_key, walk, known)
        if pieces:
            walk = placing.with_pieces(walk, pieces, placing.known_for(work, school_key, walk, now))
        work.waiting.remove(school_key, Waiting(me, hosts[0], day, period, now))
        _keep(work, school_key, walk, known, work.walks.add)
    return walk


def move(
    store: Store,
    clock: Clock,
    school_key: str,
    walk_key: str,
    *,
    actor: str,
    day: date,
    period: str,
    minutes: int | None = None,
    route: Sequence[str] = (),
) -> Walk:
    """Move a visit that is still to come to another period. Raises as `book` does.

    The people stay the same; a walk through several rooms moves as one, with a `route` through the rooms of these
    hosts, since others teach then.
    """
    now = clock.now()
    with store.work() as work:
        work.lock(school_key)
        walk = own_walk(work, school_key, walk_key, actor)
        _must_be_to_come(walk, now)
        school = work.schools.get(school_key).school
        hosts = _known_people(school, route) if route and len(walk.stops) > 1 else walk.hosts
        stops = _stops_then(school, walk, hosts, day, period, minutes)
        if [(stop.host, stop.slot) for stop in stops] == [(stop.host, stop.slot) for stop in walk.stops]:
            return walk
        if walk.video:
            _object(watching.objections_to(work.videos.get(school_key, walk.video), hosts[0], day))
        moved = walk.moved(*stops)
        known = known_about(work, school_key, moved.people, day, day, now, without=walk.key)
        _ask_rules(work, school_key, moved, known)
        moved = placing.moved_along(work, school_key, walk, moved, now)
        _keep(work, school_key, moved, known, work.walks.save)
    return moved


def cancel(store: Store, clock: Clock, school_key: str, walk_key: str, *, actor: str) -> Walk:
    """Give up a visit that is not over, without a reason; cancelling it again is fine. Raises `Refused`."""

    def cancelled(walk: Walk, now: datetime) -> Walk:
        if walk.state in (State.CANCELLED, State.LAPSED):
            return walk
        if walk.state in DONE or walk.ends <= now:
            raise refuse("over", "clock", "This visit is over. If it did not happen, say so on its card.")
        return walk.became(State.CANCELLED)

    return _change(store, clock, school_key, walk_key, actor, cancelled)


def decline(store: Store, clock: Clock, school_key: str, walk_key: str, *, actor: str) -> Walk:
    """One of the people stays away: without its last host or visitor a walk is cancelled. Raises `Refused`.

    Where a plan had brought them together, the visitors are invited to somebody else instead.
    """
    email = actor.lower()

    def declined(walk: Walk, now: datetime) -> Walk:
        if walk.state in (State.CANCELLED, State.LAPSED):
            return walk
        if walk.state in DONE or walk.ends <= now:
            raise refuse("over", "clock", "This visit is over. If it did not happen, say so on its card.")
        return walk.without(email)

    return _change(store, clock, school_key, walk_key, actor, declined, _around_the_host)


def happened(store: Store, clock: Clock, school_key: str, walk_key: str, *, actor: str) -> Walk:
    """Say that a visit took place; it must have begun. Raises `Refused`."""

    def held(walk: Walk, now: datetime) -> Walk:
        if walk.state in DONE:
            return walk
        _must_have_begun(walk, now)
        return walk.became(State.HELD)

    return _change(store, clock, school_key, walk_key, actor, held)


def did_not_happen(store: Store, clock: Clock, school_key: str, walk_key: str, *, actor: str) -> Walk:
    """Say that a visit did not take place after all; nobody is asked why. Raises `Refused`."""

    def cancelled(walk: Walk, now: datetime) -> Walk:
        if walk.state in (State.CANCELLED, State.LAPSED):
            return walk
        if walk.state is State.DEBRIEFED:
            raise refuse("debriefed", "walk", "You have talked about this visit already, so it did happen.")
        if walk.starts > now:
            raise refuse("not_begun", "clock", "This visit is still to come; cancel it instead.")
        return walk.became(State.CANCELLED)

    return _change(store, clock, school_key, walk_key, actor, cancelled)


def debriefed(store: Store, clock: Clock, school_key: str, walk_key: str, *, actor: str) -> Walk:
    """Say that the people of a visit have talked about it; it must have begun. Raises `Refused`."""

    def done(walk: Walk, now: datetime) -> Walk:
        _must_have_begun(walk, now)
        return walk.became(State.DEBRIEFED)

    return _change(store, clock, school_key, walk_key, actor, done)


def choose_mode(store: Store, school_key: str, walk_key: str, *, actor: str, mode: str) -> Walk:
    """The host says what they would like to hear: moments or advice; for all who take part. Raises `Refused`."""
    with store.work() as work:
        work.lock(school_key)
        walk = own_walk(work, school_key, walk_key, actor)
        _object(_objections_to_talk(walk.protocol, mode))
        if actor.lower() not in walk.hosts:
            raise refuse("not_the_host", "walk", "What is heard afterwards is the host's to choose.")
        if mode != walk.mode:
            walk = replace(walk, mode=mode, revision=walk.revision + 1)
            work.walks.save(school_key, walk)
            work.commit()
    return walk


def close_past(store: Store, clock: Clock, school_key: str) -> list[Walk]:
    """Let time pass: booked walks whose end is over become held; proposed ones lapse, and those nobody covered.

    Returns those that changed.
    """
    now = clock.now()
    with store.work() as work:
        if not work.walks.over(school_key, now):
            return []
        work.lock(school_key)
        closed = [
            walk.became(State.HELD if walk.state is State.BOOKED and not walk.open_covers else State.LAPSED)
            for walk in work.walks.over(school_key, now)
        ]
        for walk in closed:
            work.walks.save(school_key, walk)
        work.commit()
    return closed


# --- what they share ---


def _change(
    store: Store,
    clock: Clock,
    school_key: str,
    walk_key: str,
    actor: str,
    change: Callable[[Walk, datetime], Walk],
    then: Callable[[Work, str, Walk, Walk, datetime], object] = lambda *_: None,
) -> Walk:
    with store.work() as work:
        work.lock(school_key)
        walk, now = own_walk(work, school_key, walk_key, actor), clock.now()
        changed = change(walk, now)
        if changed is not walk:
            work.walks.save(school_key, changed)
            then(work, school_key, walk, changed, now)
            if walk.stands and len(changed.visitors) * changed.stands < len(walk.visitors):
                waiting.offer_seats_of(work, school_key, walk, now)
            work.commit()
    return changed


def _around_the_host(work: Work, school_key: str, before: Walk, after: Walk, now: datetime) -> None:
    if before.is_directed and before.state is State.BOOKED and not after.stands:
        planned_around(work, school_key, work.schools.get(school_key).school, after, now)


def own_walk(work: Work, school_key: str, walk_key: str, actor: str) -> Walk:
    """A walk in which the actor takes part; to everybody else it is as if it did not exist."""
    walk = work.walks.get(school_key, walk_key)
    if walk is None or actor.lower() not in walk.people:
        raise refuse("not_yours", "people", "This is not one of your visits; Home shows those that are.")
    return walk


def _known_people(school: School, emails: Sequence[str]) -> list[str]:
    try:
        return [school.person(email).email for email in emails]
    except NoSuchPerson as error:
        raise refuse("no_such_person", "people", str(error)) from error


def _walk_key(school_key: str, actor: str, key: str | None) -> str:
    """A new key, or the one that this actor's booking of this key has; nobody can hit upon another's walk."""
    if key is None:
        return uuid4().hex
    return hashlib.sha256("\n".join((school_key, actor, key)).encode()).hexdigest()[:32]


def _stop(school: School, host: str, day: date, period: str, minutes: int | None) -> Stop:
    whole = school.slot(day, period)
    stop = stop_in(school, host, day, period, minutes)
    if whole is not None and stop is None:
        raise refuse(
            "minutes", "walk", f"A visit then takes {SHORTEST_VISIT} to {whole.minutes} minutes; choose within these."
        )
    if stop is None or not any(slot == whole for slot in school.class_slots(day, day)):
        raise refuse("no_such_slot", "days", f"There is no class period {period} on {day}; choose another one.")
    return stop


def _stops_then(
    school: School, walk: Walk, hosts: Sequence[str], day: date, period: str, minutes: int | None
) -> tuple[Stop, ...]:
    """A walk's stops at another time; of a route as long in each room as before."""
    if len(walk.stops) > 1:
        minutes = walk.stops[0].slot.minutes
        return routing.stops_of(school, walk.kind, hosts, day, period, minutes, as_before=True)
    stop = _stop(school, hosts[0], day, period, minutes)
    return (Stop(stop.host, stop.slot),) if walk.video else (stop,)


def _objections_to_group(school: School, group: str, visitors: Iterable[str]) -> list[Refusal]:
    if not group:
        return []
    if group not in school.groups:
        return [Refusal("no_such_group", "groups", f"There is no group {group} any more; choose one of yours.")]
    outside = [school.person(email).name for email in visitors if email not in school.groups[group]]
    strange = [Refusal("not_in_group", "groups", f"{name} is not in {group}; ask the coordinator.") for name in outside]
    return [*strange, *purpose_comes_first(school, group)]


def _objections_to_talk(protocol: str, mode: str) -> Iterator[Refusal]:
    if protocol not in ("", *TALKS):
        yield Refusal("no_such_protocol", "walk", "There is no such protocol; choose one of those offered.")
    if mode not in ("", *Mode):
        yield Refusal("no_such_mode", "walk", "A host asks for moments or for advice; choose one of these.")


def _covers(school: School, visitors: Sequence[str], covered: Sequence[str], stop: Stop, by: str) -> tuple[Cover, ...]:
    """A cover for each visitor who is to be covered and has a class then."""
    slot = stop.slot
    away = [email for email in _known_people(school, covered) if email in visitors]
    classes = [email for email in away if school.has(email, slot.date, slot.period) is Has.CLASS]
    return tuple(cover_for(school, email, slot, by) for email in classes)


def _object(reasons: Iterable[Refusal]) -> None:
    found = tuple(reasons)
    if found:
        raise Refused(found)


def _ask_rules(work: Work, school_key: str, walk: Walk, known: Known) -> None:
    reasons = tuple(objections_to(walk, known))
    if reasons:
        raise SlotRefused(reasons, _alternatives(work, school_key, walk, known.now, reasons))


def _keep(work: Work, school_key: str, walk: Walk, known: Known, keep: Callable[[str, Walk], None]) -> None:
    try:
        keep(school_key, walk)
    except SeatTaken as error:
        # Only a writer without the lock can have come in between; its seat stands.
        raise SlotRefused((_QUICKER,), _alternatives(work, school_key, walk, known.now, (_QUICKER,))) from error
    work.commit()


def _alternatives(
    work: Work, school_key: str, walk: Walk, now: datetime, reasons: Iterable[Refusal]
) -> tuple[Offer, ...]:
    if len(walk.stops) > 1 or walk.video or any(reason.code in _WITHOUT_ALTERNATIVE for reason in reasons):
        return ()
    host, instead_of = walk.stops[0].host, walk.key if walk.revision > 1 else ""
    return find_in(work, now, school_key, walk.visitors, host=host, at_most=ALTERNATIVES, instead_of=instead_of).offers


def _must_be_to_come(walk: Walk, now: datetime) -> None:
    if walk.state not in (State.PROPOSED, State.BOOKED):
        raise refuse("not_standing", "walk", "This visit is cancelled or over; book a new one instead.")
    if walk.starts <= now:
        raise refuse("begun", "clock", "This visit has begun or is over; book a new one instead.")


def _must_have_begun(walk: Walk, now: datetime) -> None:
    if not walk.stands:
        raise refuse("not_standing", "walk", "This visit is cancelled; book a new one instead.")
    if walk.starts > now:
        raise refuse("not_begun", "clock", "This visit is still to come; tell us when it was.")
