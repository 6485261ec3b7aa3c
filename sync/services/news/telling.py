"""One mail a person with all that is new, not a flood: put together from `News`, sent while people are at school.

What is to be said is noted in the unit of work that causes it (`work.news.tell(school_key, [Item(...)])`), so nothing
is lost and nothing said twice. Each pass sends what waits: never at night, at a weekend or on a holiday, and never two
mails to one person within three hours. Where mail was not granted, Home says the same (`waiting_for`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import groupby

from sync.core.notes.thanks import ThanksState, is_at_school
from sync.core.school.school import School
from sync.services.news.letters import letter
from sync.services.ports import (
    Clock,
    Fault,
    Item,
    Letter,
    Mail,
    MaybeSent,
    NotGranted,
    Speech,
    Store,
    Topic,
    Work,
    Workspace,
    item_key,
)

QUIET = timedelta(hours=3)
KEPT = timedelta(days=60)
"""news older than this is nobody's news any more"""
SAID_AT_MOST = 12
"""sentences of one mail; the rest is counted"""


@dataclass
class Delivered:
    """What became of the mails of a pass."""

    sent: int = 0
    unsure: int = 0
    granted: bool = True
    trouble: list[str] = field(default_factory=list)


def waiting_for(work: Work, now: datetime, school_key: str, email: str) -> list[Item]:
    """For Home: what this person has not tapped away and may still be said. Thank-yous have a place of their own."""
    found = work.news.of(school_key, email)
    return [one for one in found if one.topic is not Topic.THANKS and one.may_be_said(now)]


def seen(store: Store, clock: Clock, school_key: str, *, actor: str) -> None:
    """The person has read their news on Home."""
    with store.work() as work:
        work.news.mark_seen(school_key, actor, clock.now())
        work.commit()


def reads(store: Store, school_key: str, *, actor: str, locale: str) -> None:
    """The person opened a card in this locale: from now on their mails are in its language."""
    with store.work() as work:
        if work.news.languages(school_key).get(actor.lower()) != locale:
            work.news.reads(school_key, actor, locale)
            work.commit()


def deliver(store: Store, workspace: Workspace, clock: Clock, school_key: str) -> Delivered:
    """Send what waits, one mail a person. Raises nothing of Google's."""
    done, now = Delivered(), clock.now()
    with store.work() as work:
        rooms = work.mirrors.rooms(school_key)
        school = work.schools.get(school_key).school
        if rooms is None or workspace.mail is None or not is_at_school(school, now):
            return done
        told, languages = work.news.last_mailed(school_key), work.news.languages(school_key)
        waiting = [one for one in _still_true(work, school_key, now) if one.email in school.staff]
    for email, items in groupby(waiting, key=lambda one: one.email):
        if email in told and now - told[email] < QUIET:
            continue
        found, locale = list(items), languages.get(email, "")
        try:
            made = digest(school, found, workspace.speaks(locale), locale)
            _send(store, workspace.mail, rooms.account, clock, school_key, made, found, done)
        except NotGranted:
            done.granted = False
            break
        except Fault as fault:
            done.trouble.append(str(fault))
            if fault.stop:
                break
    return done


def _send(
    store: Store,
    mail: Mail,
    account: str,
    clock: Clock,
    school_key: str,
    made: Letter,
    items: Sequence[Item],
    done: Delivered,
) -> None:
    """Marked before it is sent: a process that dies in between leaves it to Home, and nobody gets it twice."""
    keys = [one.key for one in items]
    if not _claimed(store, clock, school_key, keys):
        return
    try:
        mail.send(account, made)
        done.sent += 1
    except MaybeSent:
        done.unsure += 1
    except Fault:
        with store.work() as work:
            work.news.mark_mailed(school_key, keys, None)
            work.commit()
        raise


def _claimed(store: Store, clock: Clock, school_key: str, keys: Sequence[str]) -> bool:
    """False when another process is about to say any of it."""
    with store.work() as work:
        if work.news.mark_mailed(school_key, keys, clock.now()) != len(keys):
            return False
        work.commit()
    return True


def digest(school: School, items: Sequence[Item], speech: Speech, locale: str = "") -> Letter:
    """One person's mail in their language: changes first, then what waits for an answer."""
    order = list(Topic)
    ordered = sorted(items, key=lambda one: (order.index(one.topic), one.made_at, one.key))
    said = [speech.sentence(sentence) for sentence in dict.fromkeys(one.sentence for one in ordered)]
    more = len(said) - SAID_AT_MOST
    rest = [speech.say("And {number} more, on the card.", number=more)] if more > 0 else []
    person = school.staff[ordered[0].email]
    return letter(
        "digest",
        item_key(*(one.key for one in ordered)),
        person.email,
        locale=locale,
        name=person.name.split()[0] if person.name.split() else person.name,
        first=_subject(ordered[0].topic, speech),
        sentences="\n".join(f"- {one}" for one in (*said[:SAID_AT_MOST], *rest)),
    )


def _subject(topic: Topic, speech: Speech) -> str:
    return {
        Topic.CHANGED: speech.say("something changed"),
        Topic.INVITED: speech.say("you are invited"),
        Topic.COVER: speech.say("a question about a class"),
        Topic.THANKS: speech.say("say one thing you will borrow"),
        Topic.OTHER: speech.say("news"),
    }[topic]


def _still_true(work: Work, school_key: str, now: datetime) -> Iterator[Item]:
    """A reminder to thank falls as soon as the thanks are sent or let be."""
    waiting = {(one.walk, one.visitor) for one in work.notebook.thanks(school_key) if one.state is ThanksState.WAITING}
    for one in work.news.unmailed(school_key, now):
        if one.topic is not Topic.THANKS or (one.walk, one.email) in waiting:
            yield one


def forget_old(work: Work, school_key: str, now: datetime) -> int:
    """Take out news that is nobody's news any more; returns how much."""
    return work.news.drop(school_key, before=now - KEPT)
