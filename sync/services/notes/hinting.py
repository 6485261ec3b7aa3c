"""The descriptive helper beside an open Doc: up to three questions for its writers. Nothing is kept or marked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sync.core.notes import evidence
from sync.core.notes.wall import Artefact, Kind, Viewer, may_see
from sync.core.school.people import Person
from sync.services.mirrors.views import protocol_of, readers
from sync.services.ports import Mirror, PlaceGone, Store, WantedTab, Workspace
from sync.services.visits.refusing import refuse

AT_MOST = 3


@dataclass(frozen=True, slots=True)
class Hints:
    """For the card of a walk's Doc, shown to its readers alone and off by one tap."""

    questions: tuple[tuple[str, str], ...] = ()
    """(the sentence as it was written, the question to ask instead)"""
    pupils_named: int = 0
    """how often a pupil of the roster is named; which one is not said"""


def hints_for(
    store: Store,
    workspace: Workspace,
    school_key: str,
    walk_key: str,
    *,
    reader: Person,
    language: str = "en",
    roster: Sequence[str] = (),
) -> Hints:
    """Questions about the sentences in a walk's section that judge. Raises `Refused` for anybody outside, `Fault`.

    `roster` are pupils' names, the school's own, given for this one look.
    """
    with store.work() as work:
        walk = work.walks.get(school_key, walk_key)
        rooms = work.mirrors.rooms(school_key)
        shown = work.mirrors.shown(school_key, Mirror.NOTES, walk_key)
        school = work.schools.get(school_key).school
        texts = work.notebook.protocols(school_key)
    made_from = texts.get(shown.ref.get("protocol", ""), "") if shown else ""
    people = frozenset(readers(walk, school)) if walk else frozenset[str]()
    seen = may_see(Viewer.of(reader, school_key), Artefact(Kind.NOTES, school_key, people))
    if walk is None or not seen:
        raise refuse("not_yours", "wall", seen.sentence or "This visit is not there any more.")
    if rooms is None or shown is None or not shown.ref.get("doc"):
        return Hints()
    wanted = WantedTab(walk_key, shown.ref.get("tab", ""), protocol_of(walk), made_from)
    try:
        lines = workspace.notes.written(rooms, shown.ref["doc"], wanted, school.zone)
    except PlaceGone:
        return Hints()
    named = sum(len(evidence.pupils_named(line, roster)) for line in lines) if roster else 0
    return Hints(tuple(evidence.questions(lines, language, AT_MOST)), named)
