"""What people wrote in their Docs comes back: talked over, thanked, next steps, tags, lines to be shown.

Only Docs that changed are read, by one feed for all of them. What is kept is exactly what stands there now: a line that
was taken out of the Doc is gone here within one pass. No Doc is ever written from here.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from sync.core.notes.next_steps import NextStep, StepState
from sync.core.notes.sharing import line_key
from sync.core.school.days import school_year
from sync.core.school.school import School
from sync.core.visits.walk import State, Walk
from sync.services.mirrors.views import protocol_of
from sync.services.notes.open_to import take_in
from sync.services.notes.retaining import removed_years
from sync.services.ports import Clock, Fault, PlaceGone, ReadStep, ReadTab, Store, WalkNotes, WantedTab, Work, Workspace

GONE = "doc"


@dataclass
class NotesRead:
    """What a look at the Docs brought. Holds keys and names of places, never a word of a note."""

    docs: int = 0
    debriefed: list[str] = field(default_factory=list)
    lost: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """places that could not be found again, by walk"""
    trouble: list[str] = field(default_factory=list)

    def sentences(self) -> list[str]:
        """For the people of a walk and for the coordinator's Health: how many, never what."""
        found = [f"{len(self.debriefed)} visits were talked over, as their Docs say."] if self.debriefed else []
        if self.lost:
            found.append(f"In {len(self.lost)} sections of Docs some places could not be found again.")
        return found + self.trouble


def read_notes(store: Store, workspace: Workspace, clock: Clock, school_key: str) -> NotesRead:
    """Read the Docs that changed since the last look. Raises `Fault` when the feed itself cannot be read."""
    report = NotesRead()
    with store.work() as work:
        rooms = work.mirrors.rooms(school_key)
        token = work.notebook.token(school_key)
        school = work.schools.get(school_key).school
    if rooms is None:
        return report
    changed = workspace.notes.changed(rooms, token)
    if not (changed.whole or changed.files or changed.token != token):
        return report
    with store.work() as work:
        docs = work.notebook.walks_of_docs(school_key, None if changed.whole else changed.files)
        closed, texts = removed_years(work, school_key), work.notebook.protocols(school_key)
        walks = {
            key: walk
            for tabs in docs.values()
            for key in tabs
            if (walk := work.walks.get(school_key, key)) and school_year(walk.starts.date()) not in closed
        }
    for doc, tabs in sorted(docs.items()):
        wanted = [
            WantedTab(key, ref.tab, protocol_of(walks[key]), texts.get(ref.protocol, ""))
            for key, ref in tabs.items()
            if ref.tab and key in walks
        ]
        try:
            found = workspace.notes.read(rooms, doc, wanted, school.zone)
        except PlaceGone:
            found = [ReadTab(one.walk, lost=(GONE,)) for one in wanted]
        except Fault as fault:
            report.trouble.append(str(fault))
            continue
        report.docs += 1
        _keep(store, clock.now(), school_key, school, found, report)
    report.trouble += take_in(store, workspace, school_key, rooms, changed)
    if not report.trouble and changed.token != token:
        # Kept last: whatever a pass that was cut off did not read is in the feed again.
        with store.work() as work:
            work.notebook.keep_token(school_key, changed.token)
            work.commit()
    return report


def lost_of(store: Store, school_key: str, walk_key: str) -> tuple[str, ...]:
    """For the card of a walk's Doc: what could not be found in it, in words."""
    with store.work() as work:
        notes = work.notebook.notes(school_key).get(walk_key)
    return tuple(LOST[place] for place in (notes.lost if notes else ()) if place in LOST)


LOST: Mapping[str, str] = {
    "doc": "This visit's Doc is gone. Bring it back from the trash in Google Drive if you miss it.",
    "tab": "This visit's section was taken out of the Doc. Nothing is read from it any more.",
    "talked": "The choice “We talked” is gone. Tap “We talked” on the visit's card instead.",
    "thanks": "The choice “Thanks” is gone. Tap “Thank” on the visit's card instead.",
    "steps": "The table of next steps cannot be found, so your next steps stay in the Doc alone.",
    "tags": "The line of tags cannot be found, so its tags are not counted.",
    "share": "The heading “Share” cannot be found, so no line of this visit is shown to anybody.",
}


def _keep(
    store: Store, now: datetime, school_key: str, school: School, found: list[ReadTab], report: NotesRead
) -> None:
    with store.work() as work:
        work.lock(school_key)
        for read in found:
            walk = work.walks.get(school_key, read.walk)
            if walk is None:
                continue
            if read.lost:
                report.lost[walk.key] = read.lost
            _keep_words(work, school_key, school, walk, read)
            work.notebook.keep_notes(school_key, WalkNotes(walk.key, now, read.talked, read.tags, read.lost))
            _keep_acts(work, now, school_key, walk, read, report)
        work.commit()


def _keep_words(work: Work, school_key: str, school: School, walk: Walk, read: ReadTab) -> None:
    before = {step.key: step for step in work.notebook.steps(school_key, [walk.key])}
    known = {person.lower() for person in school.staff}
    work.notebook.keep_steps(
        school_key,
        walk.key,
        [_step(walk.key, row, step, known, before) for row, step in enumerate(read.steps)],
    )
    lines = {line_key(walk.key, words): words for words in read.share}
    work.notebook.keep_lines(school_key, walk.key, list(lines.items()))


def _step(walk: str, row: int, read: ReadStep, known: Collection[str], before: Mapping[str, NextStep]) -> NextStep:
    """What stands there now; whether it is listed, and how it is going where the index does not say, stay known."""
    found = NextStep(walk, row, read.what, read.owner if read.owner in known else "", read.by)
    was = before.get(found.key)
    state = StepState(read.going) if read.going in list(StepState) else was.state if was else StepState.CHOOSE
    return replace(found, state=state, listed=was.listed if was else False)


def _keep_acts(work: Work, now: datetime, school_key: str, walk: Walk, read: ReadTab, report: NotesRead) -> None:
    """What the Doc says was done counts as if it had been tapped."""
    if read.talked and walk.state in (State.BOOKED, State.HELD) and walk.starts <= now:
        work.walks.save(school_key, walk.became(State.DEBRIEFED))
        report.debriefed.append(walk.key)
    if read.thanked:
        waiting = work.notebook.thanks(school_key, walk=walk.key)
        work.notebook.keep_thanks(school_key, [one.sent(now) for one in waiting])
