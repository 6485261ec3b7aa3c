"""Cover: who is asked to take a colleague's class, and what they answer.

Nobody is told to cover. One person at a time is asked, in a fair order; whoever says yes has a seat of their own then,
and whoever says no is not named to anybody. A request that nobody is asked for is taken up again by `ask_waiting`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sync.core.covers.coverage import Candidate, CoverAsk, Covered, candidates, cover_objections
from sync.core.refusals import Refused
from sync.core.school.people import COORDINATOR, COVER, TEACHER
from sync.core.school.school import School
from sync.core.visits.cover import Cover, CoverFor
from sync.core.visits.walk import STANDING, Walk
from sync.services.covers.swapping import in_return, without_return
from sync.services.ports import Clock, Item, SeatTaken, Store, Topic, Work, item_key
from sync.services.visits.asking import known_about
from sync.services.visits.refusing import refuse

AHEAD = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class Request:
    """A class that this person is asked to take, or takes. Of the visit itself nothing is told."""

    walk: str
    cover: Cover


def candidates_for(store: Store, clock: Clock, school_key: str, walk_key: str, *, away: str) -> list[Candidate]:
    """Who may be asked to take the class of `away`, in whose turn it is. Raises `Refused`."""
    with store.work() as work:
        walk, cover = _cover_of(work, school_key, walk_key, away)
        return _candidates(work, school_key, walk, cover, clock.now())


def ask(
    store: Store,
    clock: Clock,
    school_key: str,
    walk_key: str,
    *,
    actor: str,
    away: str,
    email: str = "",
    note: str = "",
) -> Walk:
    """Ask somebody to take the class of `away`: this person, or whose turn it is. Raises `Refused`.

    For the people of the walk and coordinators. `note` is what the coverer should know; a note that is there stays
    where none is given.
    """
    with store.work() as work:
        work.lock(school_key)
        walk, cover = _cover_of(work, school_key, walk_key, away)
        _may_arrange(work.schools.get(school_key).school, walk, actor)
        if cover.by:
            return walk
        now = clock.now()
        if email:
            _object(work, school_key, walk, cover, email.lower(), now)
            chosen = email.lower()
        else:
            found = _candidates(work, school_key, walk, cover, now)
            if not found:
                raise refuse("nobody_to_cover", "coverage", f"Nobody is free to cover on {cover.slot}; choose another.")
            chosen = found[0].email
        asking = _noted(cover.asking(chosen), note)
        asked = walk.covering(cover, asking)
        work.walks.save(school_key, asked)
        tell_asked(work, school_key, asked, asking, now)
        work.commit()
    return asked


def ask_waiting(store: Store, clock: Clock, school_key: str) -> list[Walk]:
    """Ask whose turn it is wherever a class waits for cover and nobody is asked; to be called in every pass."""
    with store.work() as work:
        waiting = work.covers.waiting(school_key)
        if not waiting:
            return []
        work.lock(school_key)
        changed = []
        for key in waiting:
            before = walk = work.walks.get(school_key, key)
            assert walk is not None
            for cover in walk.open_covers:
                if not cover.asked:
                    walk = ask_next(work, school_key, walk, cover, clock.now())
            if before is not None and walk != before:
                one = walk.at_revision(before.revision + 1)
                work.walks.save(school_key, one)
                changed.append(one)
        work.commit()
    return changed


def accept(store: Store, clock: Clock, school_key: str, walk_key: str, *, actor: str) -> Walk:
    """Say yes to covering; the rules are asked once more. Raises `Refused`.

    Where the agreement has swaps, the class in return is offered at once.
    """
    me = actor.lower()
    with store.work() as work:
        work.lock(school_key)
        walk = _standing(work, school_key, walk_key)
        cover = _first(walk, lambda one: one.asked == me)
        if cover is None:
            if _first(walk, lambda one: one.by == me):
                return walk
            raise refuse("not_asked", "people", "You are not asked to cover here any more; thank you all the same.")
        _object(work, school_key, walk, cover, me, clock.now())
        school, now = work.schools.get(school_key).school, clock.now()
        yes = cover.accepted()
        taken = walk.covering(cover, yes)
        returned = in_return(work, school_key, school, yes, now)
        if returned is not None and not any(one.is_same_as(returned) for one in taken.covers):
            taken = taken.covering(None, returned).at_revision(taken.revision)
            tell_asked(work, school_key, taken, returned, now)
        try:
            work.walks.save(school_key, taken)
        except SeatTaken as error:
            raise refuse("cover_taken", "seats", f"You are taken on {cover.slot}; somebody else is asked.") from error
        sentence = f"{school.name_of(me)} takes your class on {cover.slot}."
        _tell(work, school_key, taken, cover, cover.away, sentence, now)
        work.commit()
    return taken


def decline(store: Store, clock: Clock, school_key: str, walk_key: str, *, actor: str) -> Walk:
    """Say no to covering, or give it up while there is time; the next one is asked. Nobody is asked why.

    Raises `Refused`.
    """
    me = actor.lower()
    with store.work() as work:
        work.lock(school_key)
        walk, now = _standing(work, school_key, walk_key), clock.now()
        cover = _first(walk, lambda one: me in (one.asked, one.by) and one.slot.start > now)
        if cover is None:
            return walk
        if cover.purpose is CoverFor.PAYBACK:
            changed = walk.covering(cover, None)
        else:
            left = cover.turned_down(me)
            changed = ask_next(work, school_key, without_return(walk.covering(cover, left), cover), left, now)
            if cover.by:
                sentence = f"Your class on {cover.slot} is not covered yet; somebody else is asked."
                _tell(work, school_key, changed, cover, cover.away, sentence, now)
        work.walks.save(school_key, changed)
        work.commit()
    return changed


def requests(work: Work, now: datetime, school_key: str, email: str) -> list[Request]:
    """The classes that this person is asked to take, soonest first."""
    me = email.lower()
    return _requests(work, now, school_key, work.covers.asked(school_key, me), lambda one: _is_asked(one, me))


def offers_of_prep(work: Work, now: datetime, school_key: str, email: str) -> list[Request]:
    """Prep that this person is offered back and has not answered yet, soonest first."""
    me = email.lower()
    found = work.covers.owed_an_answer(school_key, me)
    return _requests(work, now, school_key, found, lambda one: one.away == me and not one.agreed)


def covering(work: Work, now: datetime, school_key: str, email: str) -> list[Request]:
    """The classes that this person is going to take, soonest first."""
    me = email.lower()
    today = now.astimezone(work.schools.get(school_key).school.zone).date()
    walks = work.walks.of_person(school_key, me, today, today + AHEAD)
    found = [Request(walk.key, one) for walk in walks for one in walk.covers if one.by == me and one.slot.end > now]
    return sorted(found, key=lambda one: one.cover.slot)


def mark_easy(store: Store, school_key: str, *, actor: str, day_type: str, period: str, easy: bool = True) -> None:
    """Mark one's own class as easy to cover, or not any more. Raises `Refused`, `NoSuchPerson`."""
    with store.work() as work:
        work.lock(school_key)
        school = work.schools.get(school_key).school
        me = school.person(actor).email
        if day_type not in school.bells or school.bells[day_type].period(period) is None:
            raise refuse("no_such_period", "bell_schedule", f"{day_type} has no period {period}; choose another one.")
        work.covers.mark_easy(school_key, (me, day_type, period), easy)
        work.commit()


# --- what they share ---


def _cover_of(work: Work, school_key: str, walk_key: str, away: str) -> tuple[Walk, Cover]:
    walk = _standing(work, school_key, walk_key)
    cover = _first(walk, lambda one: one.away == away.lower() and one.purpose is CoverFor.VISIT)
    if cover is None:
        raise refuse("no_cover_needed", "coverage", "No class needs cover here.")
    return walk, cover


def _standing(work: Work, school_key: str, walk_key: str) -> Walk:
    walk = work.walks.get(school_key, walk_key)
    if walk is None or walk.state not in STANDING:
        raise refuse("stood_down", "walk", "This visit is not taking place, so no cover is needed. Thank you!")
    return walk


def _first(walk: Walk, fits: Callable[[Cover], bool]) -> Cover | None:
    return next((cover for cover in walk.covers if fits(cover)), None)


def _may_arrange(school: School, walk: Walk, actor: str) -> None:
    person = school.staff.get(actor.lower())
    if person is None or (person.email not in walk.people and not person.has_role(COORDINATOR)):
        raise refuse("not_yours", "people", "This is not one of your visits; Home shows those that are.")


def _noted(cover: Cover, note: str) -> Cover:
    return replace(cover, note=note.strip()) if note.strip() else cover


def ask_next(work: Work, school_key: str, walk: Walk, cover: Cover, now: datetime) -> Walk:
    """The walk with the next one asked, at the same revision; as it is where nobody is left."""
    found = _candidates(work, school_key, walk, cover, now)
    if not found:
        return walk
    asking = cover.asking(found[0].email)
    tell_asked(work, school_key, walk, asking, now)
    return walk.covering(cover, asking).at_revision(walk.revision)


def tell_asked(work: Work, school_key: str, walk: Walk, cover: Cover, now: datetime) -> None:
    """Note for whoever is asked that they are: of the visit itself nothing is told."""
    name = work.schools.get(school_key).school.name_of(cover.away)
    what = {CoverFor.VISIT: "so that they can visit a colleague", CoverFor.PAYBACK: "to give prep back"}[cover.purpose]
    sentence = f"Could you take {name}'s class on {cover.slot}, {what}? Say yes or no on your Home card."
    _tell(work, school_key, walk, cover, cover.asked, sentence, now)


def _tell(work: Work, school_key: str, walk: Walk, cover: Cover, email: str, sentence: str, now: datetime) -> None:
    key = item_key("cover", walk.key, cover.slot.date, cover.slot.period, cover.asked or cover.by, email, sentence)
    item = Item(key, email, Topic.COVER, sentence, now, walk.key, cover.slot.start)
    work.news.tell(school_key, [item])


def _candidates(work: Work, school_key: str, walk: Walk, cover: Cover, now: datetime) -> list[Candidate]:
    school = work.schools.get(school_key).school
    pool = [
        email
        for email, person in school.staff.items()
        if (person.has_role(TEACHER) or person.has_role(COVER)) and email not in cover.declined
    ]
    known = known_about(work, school_key, pool, cover.slot.date, cover.slot.date, now)
    return candidates(_asking(walk, cover, ""), known, _covered(work, school_key, school, cover), pool)


def _object(work: Work, school_key: str, walk: Walk, cover: Cover, email: str, now: datetime) -> None:
    school = work.schools.get(school_key).school
    if email not in school.staff:
        raise refuse("no_such_person", "people", f"{email} is not on the staff list; check the spelling.")
    known = known_about(work, school_key, [email], cover.slot.date, cover.slot.date, now)
    covered = _covered(work, school_key, school, cover)
    reasons = tuple(cover_objections(_asking(walk, cover, email), known, covered))
    if reasons:
        raise Refused(reasons)


def _covered(work: Work, school_key: str, school: School, cover: Cover) -> Covered:
    term = school.term_around(cover.slot.date)
    return Covered(work.covers.given(school_key, term.first, term.last))


def _asking(walk: Walk, cover: Cover, email: str) -> CoverAsk:
    return CoverAsk(email, cover.away, cover.slot, walk.people if cover.purpose is CoverFor.VISIT else ())


def _is_asked(cover: Cover, email: str) -> bool:
    return cover.asked == email


def _requests(
    work: Work, now: datetime, school_key: str, keys: Iterable[str], mine: Callable[[Cover], bool]
) -> list[Request]:
    walks = [work.walks.get(school_key, key) for key in keys]
    found = [
        Request(walk.key, cover)
        for walk in walks
        if walk is not None
        for cover in walk.covers
        if mine(cover) and cover.slot.start > now
    ]
    return sorted(found, key=lambda one: one.cover.slot)
