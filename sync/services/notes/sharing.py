"""Showing lines outside the group: who is asked, who agreed, and the drafts that follow from it at any moment."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sync.core.notes import sharing as rules
from sync.core.notes.sharing import Newsletter, SharedLine
from sync.core.notes.wall import Viewer, may_see
from sync.services.ports import Clock, KeptLine, Store, Work
from sync.services.visits.refusing import refuse


def lines_of(store: Store, school_key: str, *, actor: str, walk: str = "") -> list[SharedLine]:
    """Lines this person may see: those of their own visits, and those all sides agreed to."""
    with store.work() as work:
        person = work.schools.get(school_key).school.person(actor)
        found = _lines(work, school_key, work.notebook.lines(school_key, walk))
    viewer = Viewer.of(person, school_key)
    return [line for line in found if may_see(viewer, line.artefact(school_key))]


def waiting_for(store: Store, school_key: str, *, actor: str) -> list[SharedLine]:
    """Lines of this person's visits that wait for their answer."""
    return [line for line in lines_of(store, school_key, actor=actor) if actor.lower() in line.waits_for()]


def answer(store: Store, clock: Clock, school_key: str, *, actor: str, walk: str, line: str, yes: bool) -> SharedLine:
    """Agree to a line's being shown, or take that back. Raises `Refused` for anybody who took no part."""
    email = actor.lower()
    with store.work() as work:
        work.lock(school_key)
        found = [one for one in _lines(work, school_key, work.notebook.lines(school_key, walk)) if one.key == line]
        if not found or email not in found[0].visitors | found[0].hosts:
            raise refuse(
                "no_such_line", "sharing", "This line is not in your Docs any more, so there is nothing to ask."
            )
        work.notebook.agree(school_key, walk, line, email, clock.now() if yes else None)
        work.commit()
    return found[0].with_answer(email, yes)


def spotlights(store: Store, school_key: str) -> list[SharedLine]:
    """What everybody of the school may see at this moment."""
    with store.work() as work:
        return rules.shown(_lines(work, school_key, work.notebook.lines(school_key)), school_key)


def newsletter(store: Store, school_key: str, title: str, hashtags: Sequence[str] = ()) -> Newsletter:
    """The draft as consent stands now; asked for again, it follows whatever was taken back."""
    with store.work() as work:
        own = work.schools.get(school_key).school.notes.hashtags
    return rules.newsletter(spotlights(store, school_key), school_key, title, hashtags or own)


def _lines(work: Work, school_key: str, kept: Iterable[KeptLine]) -> list[SharedLine]:
    found = []
    for line in kept:
        walk = work.walks.get(school_key, line.walk)
        if walk is not None:
            sides = frozenset(walk.visitors), frozenset(walk.hosts)
            found.append(SharedLine(line.walk, line.words, *sides, agreed=line.agreed))
    return found
