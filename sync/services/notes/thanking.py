"""Thank-yous: who is owed one, a draft in the visitor's own words, soft reminders, and what was borrowed.

The words of a thank-you pass through to the visitor's own mail and are kept nowhere.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from urllib.parse import urlencode

from sync.core.notes import thanks as clock_rules
from sync.core.notes.thanks import Borrowing, Thanks, ThanksState
from sync.core.school.school import School
from sync.core.visits.walk import DONE
from sync.services.ports import (
    Clock,
    English,
    Fault,
    Item,
    Letter,
    Mail,
    MaybeSent,
    Speech,
    Store,
    Topic,
    Work,
    item_key,
)
from sync.services.visits.refusing import refuse

BACK = timedelta(days=21)
"""how far back a pass looks for visits that are held; older ones were looked at before"""
REMINDS_FOR = timedelta(days=2)
"""a reminder that could not go out by then is left to Home"""
COMPOSE = "https://mail.google.com/mail/"
WORDS_AT_MOST = 1500
_ENGLISH = English()


@dataclass(frozen=True, slots=True)
class Owed:
    """A thank-you that waits, for its visitor's Home."""

    thanks: Thanks
    due: datetime


@dataclass(frozen=True, slots=True)
class Draft:
    """A mail to look through and send: nothing is sent by itself, and nothing of it is kept."""

    to: str
    subject: str
    body: str
    link: str
    """opens the draft in the visitor's own Gmail"""


def take_stock(store: Store, clock: Clock, school_key: str) -> int:
    """Note the thank-yous of visits that were held, and let those of visits that were not fall; returns changes."""
    now = clock.now()
    with store.work() as work:
        school = work.schools.get(school_key).school
        today = now.astimezone(school.zone).date()
        walks = work.walks.between(school_key, today - BACK, today)
        there = {(one.walk, one.visitor, one.host): one for one in work.notebook.thanks(school_key)}
        owed = {(one.walk, one.visitor, one.host): one for walk in walks for one in clock_rules.owed(walk)}
        held = {walk.key for walk in walks if walk.state in DONE}
        fallen = [
            replace(one, state=ThanksState.CANCELLED)
            for one in there.values()
            if one.state is ThanksState.WAITING and one.walk not in held and _fell(work, school_key, one.walk)
        ]
        changes = [one for key, one in owed.items() if key not in there] + fallen
        if changes:
            work.lock(school_key)
            work.notebook.keep_thanks(school_key, changes)
            work.commit()
    return len(changes)


def remind(store: Store, clock: Clock, school_key: str) -> list[Item]:
    """Note the reminders that are to go out now, for the next mail (`telling`); none is ever noted twice."""
    now = clock.now()
    items: list[Item] = []
    with store.work() as work:
        school = work.schools.get(school_key).school
        if not clock_rules.is_at_school(school, now):
            return items
        work.lock(school_key)
        waiting = (one for one in work.notebook.thanks(school_key) if one.state is ThanksState.WAITING)
        told = [one for one in (clock_rules.reminder_now(school, each, now) for each in waiting) if one]
        if told:
            work.notebook.keep_thanks(school_key, told)
            items = [_reminder(school, one, now) for one in told]
            work.news.tell(school_key, items)
            work.commit()
    return items


def waiting_for(store: Store, school_key: str, email: str) -> list[Owed]:
    """What somebody may still thank for, the most pressing first; nobody else ever sees this list."""
    with store.work() as work:
        school = work.schools.get(school_key).school
        found = [one for one in work.notebook.thanks(school_key, visitor=email) if one.state is ThanksState.WAITING]
    return sorted((Owed(one, clock_rules.due(school, one.ended)) for one in found), key=lambda owed: owed.due)


def draft(
    store: Store,
    school_key: str,
    walk: str,
    *,
    actor: str,
    host: str,
    saw: str,
    borrow: str = "",
    speech: Speech = _ENGLISH,
) -> Draft:
    """A thank-you out of the visitor's own words: what they saw, and what they will try. Raises `Refused`."""
    saw, borrow = (" ".join(words.split())[:WORDS_AT_MOST] for words in (saw, borrow))
    if not saw:
        raise refuse("no_words", "thanks", "Say one thing you saw students do; your own words make it a thank-you.")
    with store.work() as work:
        school = work.schools.get(school_key).school
        _own(work, school_key, walk, actor, host)
    name = school.person(host).name.split()[0]
    blocks = [speech.say("Hi {name},", name=name), speech.say("Thank you for letting me in."), saw]
    blocks += [speech.say("I will try: {what}", what=borrow)] if borrow else []
    subject, body = speech.say("Thank you for having me"), "\n\n".join([*blocks, school.person(actor).name])
    link = f"{COMPOSE}?{urlencode({'view': 'cm', 'fs': '1', 'to': host, 'su': subject, 'body': body})}"
    return Draft(host, subject, body, link)


def send(
    store: Store,
    mail: Mail,
    clock: Clock,
    school_key: str,
    walk: str,
    *,
    actor: str,
    host: str,
    saw: str,
    borrow: str = "",
    speech: Speech = _ENGLISH,
) -> Thanks:
    """Send the visitor's words as the visitor, for whom that was granted. Raises `Refused`, `NotGranted`, `Fault`.

    Counts as sent before it goes out, so that a second tap sends nothing; a letter that surely did not go out waits on.
    """
    made = draft(store, school_key, walk, actor=actor, host=host, saw=saw, borrow=borrow, speech=speech)
    with store.work() as work:
        before = _own(work, school_key, walk, actor, host)
        name = work.schools.get(school_key).school.name_of(actor)
    if before.state is ThanksState.SENT:
        return before
    if borrow.strip():
        before = borrowed(store, school_key, walk, actor=actor, host=host, what=Borrowing.WILL_TRY)
    thanks = sent(store, clock, school_key, walk, actor=actor, host=host)
    try:
        mail.send(actor, Letter(item_key("thanks", walk, actor, host), made.to, made.subject, made.body, name))
    except MaybeSent:
        return thanks
    except Fault:
        _change(store, school_key, walk, actor, host, lambda one: before)
        raise
    return thanks


def sent(store: Store, clock: Clock, school_key: str, walk: str, *, actor: str, host: str) -> Thanks:
    """The visitor says that the thanks are sent. Raises `Refused`."""
    return _change(store, school_key, walk, actor, host, lambda one: one.sent(clock.now()))


def let_be(store: Store, clock: Clock, school_key: str, walk: str, *, actor: str, host: str) -> Thanks:
    """The visitor does not want to be reminded: said in person, or for reasons of their own. Raises `Refused`."""
    return _change(store, school_key, walk, actor, host, lambda one: one.let_be(clock.now()))


def borrowed(store: Store, school_key: str, walk: str, *, actor: str, host: str, what: Borrowing) -> Thanks:
    """The visitor says "I will try" or "I tried it"; who may know of it stays as it is. Raises `Refused`."""
    return _change(store, school_key, walk, actor, host, lambda one: replace(one, borrowing=what))


def tell_of_borrowing(store: Store, school_key: str, walk: str, *, actor: str, host: str, tell: bool) -> Thanks:
    """The visitor's yes, or no, to a "borrowed from" that colleagues see. Raises `Refused`."""
    return _change(store, school_key, walk, actor, host, lambda one: replace(one, names_visitor=tell))


def tell_borrowed(store: Store, school_key: str, walk: str, *, actor: str, visitor: str, tell: bool) -> Thanks:
    """The host's own yes, or no, to being named as the one something was borrowed from. Raises `Refused`."""
    return _change(store, school_key, walk, visitor, actor, lambda one: replace(one, names_host=tell))


def borrowings(store: Store, school_key: str, email: str) -> tuple[list[Thanks], list[Thanks]]:
    """What somebody borrows, and what is borrowed from them; for that person alone."""
    with store.work() as work:
        found = [one for one in work.notebook.thanks(school_key) if one.borrowing is not Borrowing.NOTHING]
    mine = email.lower()
    return [one for one in found if one.visitor == mine], [one for one in found if one.host == mine]


def trail(store: Store, school_key: str) -> list[tuple[str, str, Borrowing]]:
    """(visitor, host, will try or tried) where both said yes: what may be told to everybody."""
    with store.work() as work:
        found = work.notebook.thanks(school_key)
    return [(one.visitor, one.host, one.borrowing) for one in found if one.trail_is_told]


def thanked(store: Store, school_key: str) -> dict[str, int]:
    """How many thank-yous each visitor has sent: that, and no more, is what the Tracker holds."""
    counts: dict[str, int] = {}
    with store.work() as work:
        for one in work.notebook.thanks(school_key):
            counts[one.visitor] = counts.get(one.visitor, 0) + (one.state is ThanksState.SENT)
    return counts


def _change(
    store: Store, school_key: str, walk: str, visitor: str, host: str, change: Callable[[Thanks], Thanks]
) -> Thanks:
    with store.work() as work:
        work.lock(school_key)
        changed = change(_own(work, school_key, walk, visitor, host))
        work.notebook.keep_thanks(school_key, [changed])
        work.commit()
    return changed


def _own(work: Work, school_key: str, walk_key: str, visitor: str, host: str) -> Thanks:
    """The thank-you between these two, noted now if no pass did so yet."""
    for one in work.notebook.thanks(school_key, walk=walk_key):
        if (one.visitor, one.host) == (visitor.lower(), host.lower()):
            return one
    walk = work.walks.get(school_key, walk_key)
    for one in clock_rules.owed(walk) if walk else ():
        if (one.visitor, one.host) == (visitor.lower(), host.lower()):
            return one
    raise refuse("not_yours", "people", "There is no visit of yours to thank for here; Home shows those there are.")


def _fell(work: Work, school_key: str, walk_key: str) -> bool:
    walk = work.walks.get(school_key, walk_key)
    return walk is None or walk.state not in DONE


def _reminder(school: School, thanks: Thanks, now: datetime) -> Item:
    return Item(
        item_key("thanks", thanks.walk, thanks.visitor, thanks.host, thanks.reminded),
        thanks.visitor,
        Topic.THANKS,
        f"You visited {school.name_of(thanks.host)}: say one thing you will borrow.",
        now,
        thanks.walk,
        until=now + REMINDS_FOR,
    )
